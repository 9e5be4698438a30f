/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-row-private.h"

#include "service/wire/shy-draft-private.h"
#include "service/wire/shy-scrub-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Makes rows from records. */

#define MOST_UNMAPPED 500 /* names of a source that are listed */
#define MOST_NAMES 5000   /* names of a source that are remembered */

/* Between the parts of a key: U+001F. */
#define KEY_SEPARATOR "\x1f"

void
shy_row_maker_init (ShyRowMaker *self, const ShyServiceStream *stream, ShyPullReport *report)
{
  *self = (ShyRowMaker) { .stream = stream, .report = report };
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unmapped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->keyed = stream->key_fields->len > 0;
  shy_hash_set_init (&self->seen);
  self->nulls = g_new0 (guint, stream->fields->len);
}

void
shy_row_maker_clear (ShyRowMaker *self)
{
  g_clear_pointer (&self->fields, g_hash_table_unref);
  g_clear_pointer (&self->unmapped, g_hash_table_unref);
  shy_hash_set_clear (&self->seen);
  g_clear_pointer (&self->nulls, g_free);
  g_clear_pointer (&self->header, g_strfreev);
}

/* Forgets the rows so far, but not what the source calls its fields. */
void
shy_row_maker_reset (ShyRowMaker *self)
{
  shy_hash_set_empty (&self->seen);
  memset (self->nulls, 0, sizeof *self->nulls * self->stream->fields->len);
}

void
shy_service_row_free (ShyServiceRow *self)
{
  g_strfreev (self->warnings);
  g_free (self->rejected);
  g_free (self->key);
  g_free (self->values); /* the texts are one block behind it, see shrink() */
  g_free (self);
}

/* Which field takes a name of the source, as its index + 1; 0 if none does. */
static guint
find_field (ShyRowMaker *self, const char *name)
{
  gpointer         there;
  g_autofree char *folded = NULL;
  guint            field;

  if (g_hash_table_lookup_extended (self->fields, name, NULL, &there))
    return GPOINTER_TO_UINT (there);
  folded = g_utf8_casefold (name, -1);
  field = GPOINTER_TO_UINT (g_hash_table_lookup (self->stream->aliases, folded));
  if (g_hash_table_size (self->fields) < MOST_NAMES)
    g_hash_table_insert (self->fields, g_strdup (name), GUINT_TO_POINTER (field));
  if (field == 0 && g_hash_table_size (self->unmapped) < MOST_UNMAPPED)
    g_hash_table_add (self->unmapped, shy_scrub_numbers (name));
  return field;
}

static void
count (GHashTable *table, const char *name)
{
  guint so_far = GPOINTER_TO_UINT (g_hash_table_lookup (table, name));

  g_hash_table_replace (table, g_strdup (name), GUINT_TO_POINTER (so_far + 1));
}

/* Rejects a row for a field, with a format that has its name. */
static void
reject (ShyRowMaker *self, ShyServiceRow *row, const ShyServiceField *field, const char *format)
{
  g_autoptr (GString) why = NULL;

  if (row->rejected != NULL)
    return;
  why = g_string_new (format);
  g_string_replace (why, "%s", field->field.name, 1);
  row->rejected = g_string_free (g_steal_pointer (&why), FALSE);
  self->report->rejected++;
}

static void
warn (ShyRowMaker *self, const ShyServiceField *field, const char *why, GPtrArray *warnings)
{
  self->report->warnings++;
  count (self->report->field_warnings, field->field.name);
  g_ptr_array_add (warnings, g_strdup_printf ("%s: %s", field->field.name, why));
}

/* Which alias of a field a name is: earlier ones win where a record has several. */
static guint
rank_alias (const ShyServiceField *field, const char *name)
{
  guint rank = 0;

  while (field->field.aliases[rank] != NULL && g_strcmp0 (field->field.aliases[rank], name) != 0)
    rank++;
  return rank;
}

static char *
cell_text (const ShyJson *cell)
{
  return cell->kind == SHY_JSON_NULL ? NULL : shy_value_text (cell);
}

/* Who maps fields wants to see what stands in those that are not mapped. */
static void
keep_example (ShyRowMaker *self, const char *name, const ShyJson *cell)
{
  g_autofree char *shown = self->examples != NULL ? shy_scrub_numbers (name) : NULL;
  g_autofree char *text = shown != NULL && !g_hash_table_contains (self->examples, shown)
                            ? cell_text (cell)
                            : NULL;

  if (text != NULL && *text != '\0')
    g_hash_table_insert (self->examples, g_steal_pointer (&shown), shy_scrub_mask (text));
}

/* Puts a cell where its field is, unless a better alias or a value stands there. */
static void
place_cell (ShyRowMaker *self, const char *name, const ShyJson *cell, const ShyJson **cells,
            const char **names)
{
  guint                  field = find_field (self, name);
  const ShyServiceField *said;

  if (field == 0)
    keep_example (self, name, cell);
  if (field == 0)
    return;
  said = g_ptr_array_index (self->stream->fields, field - 1);
  if (cells[field - 1] == NULL || cells[field - 1]->kind == SHY_JSON_NULL ||
      (cell->kind != SHY_JSON_NULL &&
       rank_alias (said, name) < rank_alias (said, names[field - 1])))
    {
      cells[field - 1] = cell;
      names[field - 1] = name;
    }
}

static void
place_cells (ShyRowMaker *self, const ShyJson *record, const ShyJson **cells, const char **names)
{
  char *const *header = self->header != NULL ? self->header : self->stream->columns;

  for (guint i = 0; i < record->items->len; i++)
    {
      const ShyJson *cell = g_ptr_array_index (record->items, i);

      if (record->kind == SHY_JSON_OBJECT)
        place_cell (self, cell->name, cell, cells, names);
      else if (header == NULL || header[i] == NULL)
        break;
      else
        place_cell (self, header[i], cell, cells, names);
    }
}

static gboolean
is_damaged (const char *text)
{
  return strstr (text, "\xEF\xBF\xBD") != NULL;
}

static char *
read_cell (ShyRowMaker *self, const ShyServiceField *field, const ShyJson *cell, ShyServiceRow *row,
           GPtrArray   *warnings)
{
  g_autofree char *text = cell != NULL ? cell_text (cell) : NULL;
  g_autofree char *warning = NULL;
  char            *value;

  if (cell != NULL && cell->items != NULL)
    {
      warn (self, field, _("A list or an object stands where a value is expected."), warnings);
      g_clear_pointer (&text, g_free);
    }
  if (text != NULL && is_damaged (text))
    reject (self, row, field, _("“%s” holds characters that cannot be read."));
  value = text != NULL ? shy_cell_read (field, text, &warning) : NULL;
  if (warning != NULL)
    warn (self, field, warning, warnings);
  if (value == NULL && field->field.required)
    reject (self, row, field, _("“%s” is required and has no value that can be used."));
  return value;
}

/* Puts the values into one block of memory. */
static char **
shrink (char **values, guint n)
{
  gsize  size = sizeof (char *) * (n + 1);
  char **out;
  char  *at;

  for (guint i = 0; i < n; i++)
    size += values[i] != NULL ? strlen (values[i]) + 1 : 0;
  out = g_malloc0 (size);
  at = (char *) (out + n + 1);
  for (guint i = 0; i < n; i++)
    if (values[i] != NULL)
      {
        gsize length = strlen (values[i]) + 1;

        memcpy (at, values[i], length);
        out[i] = at;
        at += length;
        g_free (values[i]);
      }
  return out;
}

static const ShyServiceField *
get_field (ShyRowMaker *self, guint field)
{
  return g_ptr_array_index (self->stream->fields, field);
}

static gboolean
is_hidden (ShyRowMaker *self, guint field)
{
  const ShyServiceField *said = get_field (self, field);

  return said->field.personal && !self->keep_sensitive &&
         (self->kept == NULL || !g_strv_contains ((const char *const *) self->kept, said->field.name));
}

/* A key with a part about a person tells rows apart by its digest, for keys stand in indexes. */
static char *
make_key (ShyRowMaker *self, char *const *values)
{
  g_autoptr (GString) key = g_string_new (NULL);
  gboolean            is_personal = FALSE;

  for (guint i = 0; i < self->stream->key_fields->len; i++)
    {
      guint field = g_array_index (self->stream->key_fields, guint, i);

      is_personal = is_personal || get_field (self, field)->field.personal;
      if (i > 0)
        g_string_append (key, KEY_SEPARATOR);
      g_string_append (key, values[field] != NULL ? values[field] : "");
    }
  return is_personal ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, key->str, -1)
                     : g_strdup (key->str);
}

static void
set_key (ShyRowMaker *self, ShyServiceRow *row, char *const *values)
{
  if (!self->keyed)
    {
      self->report->unique++;
      return;
    }
  row->key = make_key (self, values);
  if (!self->counted &&
      !shy_hash_set_add (&self->seen, shy_hash_bytes (0, row->key, strlen (row->key))))
    {
      row->repeated = TRUE;
      self->report->duplicates++;
      return;
    }
  self->report->unique++;
}

/* Takes a list of texts as the names of columns. Says whether it was one. */
gboolean
shy_row_maker_take_header (ShyRowMaker *self, const ShyJson *record)
{
  if (record->kind != SHY_JSON_ARRAY || record->items->len == 0 || self->stream->columns != NULL)
    return FALSE;
  for (guint i = 0; i < record->items->len; i++)
    if (((const ShyJson *) record->items->pdata[i])->kind != SHY_JSON_STRING)
      return FALSE;
  g_strfreev (self->header);
  self->header = g_new0 (char *, record->items->len + 1);
  for (guint i = 0; i < record->items->len; i++)
    self->header[i] = g_strdup (((const ShyJson *) record->items->pdata[i])->text);
  return TRUE;
}

/* Whether a list repeats the names of columns. */
gboolean
shy_row_maker_is_header (ShyRowMaker *self, const ShyJson *record)
{
  if (self->header == NULL || g_strv_length (self->header) != record->items->len)
    return FALSE;
  for (guint i = 0; i < record->items->len; i++)
    if (g_strcmp0 (((const ShyJson *) record->items->pdata[i])->text, self->header[i]) != 0)
      return FALSE;
  return TRUE;
}

/* Makes a row of a record, %NULL if it is neither an object nor a list. */
ShyServiceRow *
shy_row_maker_make (ShyRowMaker *self, const ShyJson *record)
{
  guint                      n = self->stream->fields->len;
  g_autofree const ShyJson **cells = g_new0 (const ShyJson *, n);
  g_autofree const char    **names = g_new0 (const char *, n);
  g_autofree char          **values = g_new0 (char *, n);
  g_autoptr (GPtrArray)      warnings = g_ptr_array_new ();
  ShyServiceRow             *row;

  if (record->items == NULL)
    return NULL;
  row = g_new0 (ShyServiceRow, 1);
  self->report->rows++;
  place_cells (self, record, cells, names);
  for (guint i = 0; i < n; i++)
    {
      values[i] = read_cell (self, g_ptr_array_index (self->stream->fields, i), cells[i], row,
                             warnings);
      self->nulls[i] += values[i] == NULL;
    }
  if (row->rejected == NULL)
    set_key (self, row, values);
  for (guint i = 0; i < n; i++)
    if (is_hidden (self, i))
      g_clear_pointer (&values[i], g_free);
  row->values = shrink (values, n);
  if (warnings->len > 0)
    {
      g_ptr_array_add (warnings, NULL);
      row->warnings = (char **) g_ptr_array_free (g_steal_pointer (&warnings), FALSE);
    }
  return row;
}

/* Makes the rows of a page; the first may begin with the names of columns. @odd is how many
 * records are none. */
GPtrArray *
shy_row_maker_make_page (ShyRowMaker *self, GPtrArray *records, gboolean is_first, guint *odd)
{
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_service_row_free);
  ShyShape   shape = self->stream->shape;

  *odd = 0;
  for (guint i = 0; i < records->len; i++)
    {
      const ShyJson *record = g_ptr_array_index (records, i);
      ShyServiceRow *row;

      if (i == 0 && is_first && record->kind == SHY_JSON_ARRAY &&
          (shape == SHY_SHAPE_AUTO || shape == SHY_SHAPE_HEADER) &&
          shy_row_maker_take_header (self, record))
        continue;
      row = shy_row_maker_make (self, record);
      if (row != NULL)
        g_ptr_array_add (page, row);
      else
        ++*odd;
    }
  return page;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Lists in the report what fields take and what none takes. */
void
shy_row_maker_finish (ShyRowMaker *self)
{
  GHashTableIter iter;
  gpointer       name;
  gpointer       index;

  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, &name, &index))
    if (GPOINTER_TO_UINT (index) > 0)
      {
        const ShyServiceField *field =
          g_ptr_array_index (self->stream->fields, GPOINTER_TO_UINT (index) - 1);

        g_hash_table_replace (self->report->mapped, g_strdup (field->field.name), g_strdup (name));
      }
  for (guint i = 0; i < self->stream->fields->len; i++)
    if (self->nulls[i] > 0)
      g_hash_table_replace (self->report->field_nulls,
                            g_strdup (((ShyServiceField *) self->stream->fields->pdata[i])->field.name),
                            GUINT_TO_POINTER (self->nulls[i]));
  g_ptr_array_set_size (self->report->unmapped, 0);
  g_hash_table_iter_init (&iter, self->unmapped);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (self->report->unmapped, g_strdup (name));
  g_ptr_array_sort (self->report->unmapped, compare_texts);
}
