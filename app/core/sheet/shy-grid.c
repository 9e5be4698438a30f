/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-grid-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* 65,536 full rows of 30 columns; a file of 128 MB. */
#define MAX_CELLS (2u << 20)
#define MAX_TEXT (256u << 20)
#define MAX_FILE (128u << 20)
#define CHUNK_SIZE (64 * 1024)
#define DECLARED_WITHIN 4096

static void
sheet_free (gpointer data)
{
  ShyGridSheet *self = data;

  g_free (self->name);
  g_array_unref (self->cells);
  g_array_unref (self->merges);
  g_hash_table_unref (self->hidden);
  g_array_unref (self->hidden_columns);
  g_free (self);
}

ShyGrid *
shy_grid_new (ShyBookSource *source)
{
  ShyGrid *self = g_atomic_rc_box_new0 (ShyGrid);

  self->source = shy_book_source_ref (source);
  self->sheets = g_ptr_array_new_with_free_func (sheet_free);
  self->texts = g_string_chunk_new (CHUNK_SIZE);
  return self;
}

ShyGrid *
shy_grid_ref (ShyGrid *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  ShyGrid *self = data;

  shy_book_source_unref (self->source);
  g_ptr_array_unref (self->sheets);
  g_string_chunk_free (self->texts);
}

void
shy_grid_unref (ShyGrid *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

ShyGridSheet *
shy_grid_add_sheet (ShyGrid    *self,
                    const char *name)
{
  ShyGridSheet *sheet = g_new0 (ShyGridSheet, 1);

  sheet->name = name != NULL ? g_strdup (name) : g_strdup_printf ("Sheet%u", self->sheets->len + 1);
  sheet->visible = TRUE;
  sheet->cells = g_array_new (FALSE, FALSE, sizeof (ShySheetCell));
  sheet->merges = g_array_sized_new (FALSE, FALSE, sizeof (ShySheetRange), 1);
  sheet->hidden = g_hash_table_new (NULL, NULL);
  sheet->hidden_columns = g_array_new (FALSE, FALSE, sizeof (ShySheetRange));
  g_ptr_array_add (self->sheets, sheet);
  return sheet;
}

static const char *
keep (ShyGrid    *self,
      const char *text)
{
  if (text == NULL)
    return NULL;
  self->size += strlen (text) + 1;
  return g_string_chunk_insert (self->texts, text);
}

gboolean
shy_grid_add_cell (ShyGrid            *self,
                   ShyGridSheet       *sheet,
                   const ShySheetCell *cell)
{
  ShySheetCell kept = *cell;

  if (cell->row == 0 || cell->row > SHY_SHEET_MAX_ROWS || cell->column >= SHY_SHEET_MAX_COLUMNS ||
      (cell->kind == SHY_SHEET_CELL_TEXT && shy_sheet_is_blank (cell->text)))
    return TRUE;
  if (self->n_cells >= MAX_CELLS || self->size >= MAX_TEXT)
    {
      self->size = MAX_TEXT;
      return FALSE;
    }
  self->n_cells++;
  kept.sheet = sheet->name;
  kept.text = keep (self, cell->text);
  kept.number = cell->number == cell->text ? kept.text : keep (self, cell->number);
  kept.format = cell->format != NULL ? g_string_chunk_insert_const (self->texts, cell->format) : NULL;
  g_array_append_val (sheet->cells, kept);
  return TRUE;
}

gboolean
shy_grid_add_number (ShyGrid               *self,
                     ShyGridSheet          *sheet,
                     const ShySheetCell    *cell,
                     const char            *written,
                     const ShyNumberFormat *format)
{
  ShySheetCell kept = *cell;
  char         number[SHY_NUMBER_SIZE];
  char         shown[SHY_NUMBER_SIZE];
  gboolean     rounded;

  kept.format = format != NULL ? format->code : cell->format;
  if (shy_number_write (written, strlen (written), number, &rounded) == 0)
    {
      kept.kind = SHY_SHEET_CELL_ERROR;
      kept.text = "#NUM!";
      return shy_grid_add_cell (self, sheet, &kept);
    }
  kept.kind = shy_number_format_show (format, number, (cell->flags & SHY_SHEET_CELL_EPOCH_1904) != 0, shown);
  kept.number = number;
  kept.text = *shown == '\0' ? number : shown;
  kept.flags |= rounded ? SHY_SHEET_CELL_ROUNDED : 0;
  return shy_grid_add_cell (self, sheet, &kept);
}

void
shy_grid_add_merge (ShyGridSheet *sheet,
                    guint         row,
                    guint         column,
                    guint         n_rows,
                    guint         n_columns)
{
  ShySheetRange range;

  if (n_rows == 0 || n_columns == 0 || (n_rows == 1 && n_columns == 1) || column >= SHY_SHEET_MAX_COLUMNS ||
      row > SHY_SHEET_MAX_ROWS)
    return;
  range.top = row;
  range.left = column;
  range.bottom = row + MIN (n_rows - 1, SHY_SHEET_MAX_ROWS - row);
  range.right = column + MIN (n_columns - 1, SHY_SHEET_MAX_COLUMNS - 1 - column);
  g_array_append_val (sheet->merges, range);
}

void
shy_grid_hide_columns (ShyGridSheet *sheet,
                       guint         first,
                       guint         n_columns)
{
  ShySheetRange range = { .left = first };

  if (n_columns == 0 || first >= SHY_SHEET_MAX_COLUMNS || sheet->hidden_columns->len >= SHY_SHEET_MAX_COLUMNS)
    return;
  range.right = first + MIN (n_columns - 1, SHY_SHEET_MAX_COLUMNS - 1 - first);
  g_array_append_val (sheet->hidden_columns, range);
}

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const ShySheetCell *one = a;
  const ShySheetCell *other = b;

  if (one->row != other->row)
    return one->row < other->row ? -1 : 1;
  return (one->column > other->column) - (one->column < other->column);
}

static int
compare_ranges (gconstpointer a,
                gconstpointer b)
{
  const ShySheetRange *one = a;
  const ShySheetRange *other = b;

  if (one->top != other->top)
    return one->top < other->top ? -1 : 1;
  return (one->left > other->left) - (one->left < other->left);
}

/* Of two values for one place the first counts. */
static void
order (ShyGridSheet *sheet)
{
  ShySheetCell *cells = (ShySheetCell *) sheet->cells->data;
  guint         n = 0;

  g_array_sort (sheet->cells, compare_cells);
  cells = (ShySheetCell *) sheet->cells->data;
  for (guint i = 0; i < sheet->cells->len; i++)
    if (n == 0 || compare_cells (&cells[n - 1], &cells[i]) != 0)
      cells[n++] = cells[i];
  g_array_set_size (sheet->cells, n);
  g_array_sort (sheet->merges, compare_ranges);
}

void
shy_grid_set_limit_error (ShyGrid  *self,
                          GError  **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
               _("The file “%s” holds too much for a file of its kind. Open it in WPS or Excel and save "
                 "it as .xlsx."),
               self->source->name);
}

gboolean
shy_grid_finish (ShyGrid  *self,
                 GError  **error)
{
  if (self->size >= MAX_TEXT)
    {
      shy_grid_set_limit_error (self, error);
      return FALSE;
    }
  for (guint i = 0; i < self->sheets->len; i++)
    order (g_ptr_array_index (self->sheets, i));
  return TRUE;
}

GBytes *
shy_grid_read_all (ShyBookSource  *source,
                   GCancellable   *cancellable,
                   GError        **error)
{
  g_autoptr (GInputStream) stream = shy_book_source_open (source, cancellable, error);
  g_autoptr (GByteArray)   bytes = g_byte_array_new ();
  g_autofree guint8       *chunk = g_malloc (CHUNK_SIZE);
  gssize                   n = -1;

  while (stream != NULL && bytes->len <= MAX_FILE &&
         (n = g_input_stream_read (stream, chunk, CHUNK_SIZE, cancellable, error)) > 0)
    g_byte_array_append (bytes, chunk, n);
  if (n > 0)
    g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
                 _("The file “%s” is larger than %u MB. Open it in WPS or Excel and save it as "
                   ".xlsx."),
                 source->name, MAX_FILE >> 20);
  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

/* The character set that an XML declaration or a meta element names. */
static char *
dup_declared (const char *data,
              gsize       size)
{
  g_autofree char *head = g_strndup (data, MIN (size, DECLARED_WITHIN));
  static const char *const marks[] = { "encoding=", "charset=" };

  for (char *p = head; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *p = strstr (head, marks[i]);
      gsize       length;

      if (p == NULL)
        continue;
      p += strlen (marks[i]);
      p += strspn (p, "\"' ");
      length = strcspn (p, "\"' />;?");
      if (length > 0 && length < 40)
        return g_strndup (p, length);
    }
  return NULL;
}

/* Converts what can be; the rest is shown as such. */
static char *
convert (const char *data,
         gsize       size,
         const char *charset,
         gsize      *length)
{
  return g_convert_with_fallback (data, (gssize) size, "UTF-8", charset, "\xef\xbf\xbd", NULL, length, NULL);
}

char *
shy_grid_dup_text (GBytes *bytes,
                   gsize  *length)
{
  gsize            size;
  const char      *data = g_bytes_get_data (bytes, &size);
  g_autofree char *declared = NULL;
  char            *text = NULL;

  if (size >= 2 && (memcmp (data, "\xff\xfe", 2) == 0 || memcmp (data, "\xfe\xff", 2) == 0))
    text = convert (data + 2, size - 2, (guchar) data[0] == 0xff ? "UTF-16LE" : "UTF-16BE", length);
  else if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      size -= 3;
    }
  /* What is valid UTF-8 is hardly ever anything else, whatever it declares. */
  if (text == NULL && g_utf8_validate_len (data, size, NULL))
    {
      *length = size;
      return g_strndup (data, size);
    }
  declared = dup_declared (data, size);
  if (text == NULL && declared != NULL && !g_str_has_prefix (declared, "gb") && !g_str_has_prefix (declared, "utf"))
    text = convert (data, size, declared, length);
  if (text == NULL)
    text = convert (data, size, "GB18030", length);
  if (text == NULL)
    {
      text = g_utf8_make_valid (data, (gssize) size);
      *length = strlen (text);
    }
  return text;
}

gboolean
shy_grid_is_fault (const char *text)
{
  static const char *const faults[] = { "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", NULL };

  return *text == '#' && g_strv_contains (faults, text);
}
