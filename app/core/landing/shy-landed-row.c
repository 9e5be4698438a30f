/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-landing-private.h"

#include <string.h>

/* Digits that a double keeps; longer numbers are written as texts. */
#define EXACT_DIGITS 15

/**
 * shy_landed_row_free: (skip)
 * @self: a row
 */
void
shy_landed_row_free (ShyLandedRow *self)
{
  shy_cells_free (self->values, self->fields->len);
  g_ptr_array_unref (self->fields);
  g_free (self->service);
  g_free (self->key);
  g_free (self->fetched_at);
  g_free (self->source_at);
  g_free (self);
}

/**
 * shy_landed_row_get: (skip)
 * @self: a row
 * @field: the name of a field
 *
 * Returns: (transfer none) (nullable): its value; %NULL for null or where there is no such field
 */
const char *
shy_landed_row_get (const ShyLandedRow *self, const char *field)
{
  g_return_val_if_fail (self != NULL && field != NULL, NULL);

  for (guint i = 0; i < self->fields->len; i++)
    if (g_str_equal (((const ShyField *) self->fields->pdata[i])->name, field))
      return self->values[i];
  return NULL;
}

/* Whether a reader that takes numbers for doubles gets what was written. */
static gboolean
is_exact (const char *number)
{
  const char *at = number + (*number == '-');
  guint       digits = 0;

  at += strspn (at, "0.");
  for (; *at != '\0'; at++)
    digits += g_ascii_isdigit (*at);
  return digits <= EXACT_DIGITS;
}

/* -12, 0.5: as JSON wants them. */
static gboolean
is_number (const char *text)
{
  const char *at = text + (*text == '-');
  gsize       whole = strspn (at, "0123456789");

  if (whole == 0 || (whole > 1 && *at == '0'))
    return FALSE;
  at += whole;
  if (*at == '.')
    {
      gsize part = strspn (++at, "0123456789");

      if (part == 0)
        return FALSE;
      at += part;
    }
  return *at == '\0';
}

/* Appends a value as JSON: a number only where nothing of it is lost. */
static void
append_value (GString *into, ShyFieldType type, const char *value)
{
  gboolean is_bare = FALSE;

  if (value == NULL)
    {
      g_string_append (into, "null");
      return;
    }
  if (type == SHY_FIELD_INTEGER || type == SHY_FIELD_NUMBER)
    is_bare = is_number (value) && is_exact (value);
  else if (type == SHY_FIELD_BOOLEAN)
    is_bare = g_str_equal (value, "true") || g_str_equal (value, "false");
  if (is_bare)
    g_string_append (into, value);
  else
    shy_cells_append_text (into, value);
}

/* Masks a value about a person, whatever it is: the ends of a long one stay. */
char *
shy_cells_mask (const char *value)
{
  glong            length = g_utf8_strlen (value, -1);
  glong            head = length >= 8 ? 3 : length > 1 ? 1 : 0;
  glong            tail = length >= 8 ? 2 : 0;
  GString         *masked = g_string_new (NULL);
  const char      *at = g_utf8_offset_to_pointer (value, head);

  g_string_append_len (masked, value, at - value);
  for (glong i = head; i < length - tail; i++)
    g_string_append_c (masked, '*');
  g_string_append (masked, g_utf8_offset_to_pointer (value, length - tail));
  return g_string_free (masked, FALSE);
}

static void
append_text_member (GString *line, const char *name, const char *value)
{
  g_string_append_printf (line, "%s\"%s\":", line->len > 1 ? "," : "", name);
  shy_cells_append_text (line, value);
}

/**
 * shy_landed_row_to_json: (skip)
 * @self: a row
 *
 * Writes a row as one line of JSON: its fields by name, a number where all its digits survive in a
 * double and a text otherwise, then _source, _fetched_at and, where it is known, _source_at.
 *
 * Returns: (transfer full): the line, without an end
 */
char *
shy_landed_row_to_json (const ShyLandedRow *self)
{
  GString *line = g_string_new ("{");

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (self->fields, i);

      if (i > 0)
        g_string_append_c (line, ',');
      shy_cells_append_text (line, field->name);
      g_string_append_c (line, ':');
      append_value (line, field->type, self->values[i]);
    }
  append_text_member (line, "_source", self->service);
  append_text_member (line, "_fetched_at", self->fetched_at);
  if (self->source_at != NULL)
    append_text_member (line, "_source_at", self->source_at);
  g_string_append_c (line, '}');
  return g_string_free (line, FALSE);
}
