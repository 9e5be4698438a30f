/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "field/shy-field.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (ShyField, shy_field, shy_field_copy, shy_field_free)

/**
 * shy_field_new:
 * @name: what it is called in data
 * @type: what it holds
 *
 * Returns: (transfer full): a field without bounds, whose owner may fill in the rest
 */
ShyField *
shy_field_new (const char  *name,
               ShyFieldType type)
{
  ShyField *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_new0 (ShyField, 1);
  self->name = g_strdup (name);
  self->type = type;
  self->bounds.scale = -1;
  return self;
}

static GHashTable *
copy_synonyms (GHashTable *synonyms)
{
  GHashTable    *copy;
  GHashTableIter iter;
  gpointer       written, value;

  if (synonyms == NULL)
    return NULL;
  copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, synonyms);
  while (g_hash_table_iter_next (&iter, &written, &value))
    g_hash_table_insert (copy, g_strdup (written), g_strdup (value));
  return copy;
}

/**
 * shy_field_copy:
 * @self: a field
 *
 * Returns: (transfer full): a field that shares nothing with it
 */
ShyField *
shy_field_copy (const ShyField *self)
{
  ShyField *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (ShyField, 1);
  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->label = shy_text_copy (self->label);
  copy->unit = g_strdup (self->unit);
  copy->values = g_strdupv (self->values);
  copy->synonyms = copy_synonyms (self->synonyms);
  copy->aliases = g_strdupv (self->aliases);
  copy->bounds.minimum = g_strdup (self->bounds.minimum);
  copy->bounds.maximum = g_strdup (self->bounds.maximum);
  copy->bounds.step = g_strdup (self->bounds.step);
  copy->material = shy_text_copy (self->material);
  copy->help = shy_text_copy (self->help);
  copy->papers = g_strdupv (self->papers);
  copy->periods = g_strdupv (self->periods);
  copy->period_end = g_strdup (self->period_end);
  return copy;
}

/**
 * shy_field_clear: (skip)
 * @self: a field that is part of another struct
 *
 * Frees what it is made of.
 */
void
shy_field_clear (ShyField *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->label, shy_text_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->values, g_strfreev);
  g_clear_pointer (&self->synonyms, g_hash_table_unref);
  g_clear_pointer (&self->aliases, g_strfreev);
  g_clear_pointer (&self->bounds.minimum, g_free);
  g_clear_pointer (&self->bounds.maximum, g_free);
  g_clear_pointer (&self->bounds.step, g_free);
  g_clear_pointer (&self->material, shy_text_free);
  g_clear_pointer (&self->help, shy_text_free);
  g_clear_pointer (&self->papers, g_strfreev);
  g_clear_pointer (&self->periods, g_strfreev);
  g_clear_pointer (&self->period_end, g_free);
}

/**
 * shy_field_free: (skip)
 * @self: (nullable): a #ShyField
 */
void
shy_field_free (gpointer self)
{
  if (self == NULL)
    return;
  shy_field_clear (self);
  g_free (self);
}

/**
 * shy_field_add_synonym:
 * @self: a field that is being made
 * @written: what people write
 * @value: the value they mean
 */
void
shy_field_add_synonym (ShyField   *self,
                       const char *written,
                       const char *value)
{
  g_return_if_fail (self != NULL && written != NULL && value != NULL);

  if (self->synonyms == NULL)
    self->synonyms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (self->synonyms, g_strdup (written), g_strdup (value));
}

/**
 * shy_field_get_label:
 * @self: a field
 *
 * Returns: (transfer none): what people call it, in their language; its name where nothing is said
 */
const char *
shy_field_get_label (const ShyField *self)
{
  const char *label;

  g_return_val_if_fail (self != NULL, NULL);

  label = shy_text_get (self->label);
  return label != NULL ? label : self->name;
}

static gboolean
separates (gunichar c)
{
  return g_unichar_isspace (c)
         || (c < 0x80 ? strchr (",;/|", (int) c) != NULL && c != 0
                      : c == 0x3001 /* 、 */ || c == 0xff0c /* ， */ || c == 0xff1b /* ； */
                          || c == 0xff0f /* ／ */ || c == 0xff5c /* ｜ */);
}

static void
add_part (GPtrArray  *parts,
          const char *start,
          const char *end)
{
  char *part;

  if (end == start)
    return;
  part = g_strndup (start, (gsize) (end - start));
  if (g_ptr_array_find_with_equal_func (parts, part, g_str_equal, NULL))
    g_free (part);
  else
    g_ptr_array_add (parts, part);
}

/**
 * shy_field_split:
 * @self: a field
 * @text: a value of it
 *
 * Takes a value that may hold several of its kind apart, at commas, semicolons, enumeration commas,
 * strokes, blanks and line ends.
 *
 * Returns: (transfer full): each of them once, as it is written; ended by %NULL
 */
char **
shy_field_split (const ShyField *self,
                 const char     *text)
{
  GPtrArray  *parts = g_ptr_array_new ();
  const char *start = text;
  const char *p;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  for (p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (self->several && separates (g_utf8_get_char (p)))
      {
        add_part (parts, start, p);
        start = g_utf8_next_char (p);
      }
  add_part (parts, start, p);
  g_ptr_array_add (parts, NULL);

  return (char **) g_ptr_array_free (parts, FALSE);
}
