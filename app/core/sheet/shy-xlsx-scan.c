/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-xlsx-scan-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A row of 16,384 columns with 4,000 bytes each. */
#define MAX_ARENA (64u << 20)
#define FIRST_ARENA (256u << 10)

/* Stops with a detail that names the cell. */
void
shy_xlsx_scan_fail (ShyXlsxScan *self,
                    const char  *detail)
{
  g_autofree char *cell = shy_sheet_reference_new (self->row, self->column);

  shy_xml_fail (&self->xml, g_error_new (SHY_ERROR, SHY_ERROR_INVALID, "%s: %s", cell, detail));
}

static void
grow (ShyXlsxScan *self,
      gsize        length)
{
  if (self->arena_used + length > MAX_ARENA)
    {
      shy_xml_fail (&self->xml,
                    g_error_new (SHY_ERROR, SHY_ERROR_LIMIT,
                                 _("Row %u of the file “%s” holds more than %u MB of text. Delete "
                                   "what does not belong there and save it again."),
                                 self->row, self->book->source->name, MAX_ARENA >> 20));
      /* The parser stops; what it still hands over on the way is dropped. */
      self->arena_used = self->value = self->row_arena;
    }
  while (self->arena_used + length > self->arena_size)
    self->arena_size *= 2;
  self->arena = g_realloc (self->arena, self->arena_size);
}

void
shy_xlsx_scan_append (ShyXlsxScan *self,
                      const char  *text,
                      gsize        length)
{
  if (G_UNLIKELY (self->arena_used + length > self->arena_size))
    grow (self, length);
  memcpy (self->arena + self->arena_used, text, length);
  self->arena_used += length;
}

/* Attributes are at hand as first and end of their value, not terminated. */
static guint
parse_number (const xmlChar *p,
              const xmlChar *end)
{
  guint64 value = 0;

  for (; p < end && g_ascii_isdigit (*p) && value <= G_MAXINT; p++)
    value = value * 10 + (*p - '0');
  return p == end && value <= G_MAXINT ? (guint) value : G_MAXUINT;
}

static void
parse_reference (ShyXlsxScan   *self,
                 const xmlChar *p,
                 const xmlChar *end)
{
  guint column = 0;

  for (; p < end && g_ascii_isalpha (*p) && column <= SHY_SHEET_MAX_COLUMNS; p++)
    column = column * 26 + (g_ascii_toupper (*p) - 'A' + 1);
  self->column = column - 1;
  if (column == 0 || parse_number (p, end) != self->row)
    shy_xlsx_scan_fail (self, _("it does not belong to its row"));
}

static char
parse_type (const xmlChar *p,
            const xmlChar *end)
{
  if (end - p == 1)
    return (char) *p;
  return end - p == 3 || end - p == 9 ? 't' : 'n'; /* str, inlineStr */
}

static void
start_cell (ShyXlsxScan    *self,
            int             n_attributes,
            const xmlChar **attributes)
{
  self->in_cell = TRUE;
  self->capture = self->formula = self->has_value = FALSE;
  self->phonetic = 0;
  self->type = 'n';
  self->style = 0;
  self->column = self->next_column;
  for (int i = 0; i < n_attributes; i++, attributes += 5)
    if (attributes[0][1] == '\0' && attributes[2] == NULL)
      switch (attributes[0][0])
        {
        case 'r':
          parse_reference (self, attributes[3], attributes[4]);
          break;

        case 's':
          self->style = parse_number (attributes[3], attributes[4]);
          break;

        case 't':
          self->type = parse_type (attributes[3], attributes[4]);
          break;

        default:
          break;
        }
  if (self->column >= SHY_SHEET_MAX_COLUMNS)
    shy_xlsx_scan_fail (self, _("there is no such column"));
  self->next_column = self->column + 1;
  self->value = self->arena_used;
}

/* 0, 0.0 */
static gboolean
is_zero (const ShyXmlText *number)
{
  gboolean digit = FALSE;

  for (gsize i = 0; i < number->length; i++)
    if (number->text[i] == '0')
      digit = TRUE;
    else if (number->text[i] != '.')
      return FALSE;

  return digit;
}

static void
start_row (ShyXlsxScan    *self,
           int             n_attributes,
           const xmlChar **attributes)
{
  guint      before = self->row;
  ShyXmlText number;

  self->in_row = TRUE;
  self->unsorted = FALSE;
  self->row++;
  if (shy_xml_attribute (attributes, n_attributes, "r", &number))
    self->row = parse_number ((const xmlChar *) number.text,
                              (const xmlChar *) number.text + number.length);
  /* A row of no height is not seen either. */
  self->hidden = shy_xml_flag (attributes, n_attributes, "hidden") ||
                 (shy_xml_attribute (attributes, n_attributes, "ht", &number) && is_zero (&number));
  self->column = self->next_column = 0;
  self->row_cells = self->cells->len;
  self->row_arena = self->arena_used;
  if (self->row <= before || self->row > SHY_SHEET_MAX_ROWS)
    shy_xlsx_scan_fail (self, _("the rows are out of order"));
}

static void
start_in_cell (ShyXlsxScan   *self,
               const xmlChar *name)
{
  if (name == self->value_name)
    self->capture = self->has_value = TRUE;
  else if (name == self->formula_name)
    self->formula = TRUE;
  else if (name == self->text_name)
    {
      self->capture = self->phonetic == 0;
      self->has_value = TRUE;
    }
  else if (strcmp ((const char *) name, "rPh") == 0)
    self->phonetic++;
  else if (strcmp ((const char *) name, "is") == 0)
    self->type = 't';
}

/* Columns are described before the first row. */
static void
start_columns (ShyXlsxScan    *self,
               int             n_attributes,
               const xmlChar **attributes)
{
  guint      first = 0, last = 0;
  ShyXmlText number;
  gboolean   hidden;

  if (shy_xml_attribute (attributes, n_attributes, "min", &number))
    first = parse_number ((const xmlChar *) number.text, (const xmlChar *) number.text + number.length);
  if (shy_xml_attribute (attributes, n_attributes, "max", &number))
    last = parse_number ((const xmlChar *) number.text, (const xmlChar *) number.text + number.length);
  /* A column of no width is not seen either. */
  hidden = shy_xml_flag (attributes, n_attributes, "hidden") ||
           (shy_xml_attribute (attributes, n_attributes, "width", &number) && is_zero (&number));
  if (hidden && first > 0 && first <= last)
    shy_sheet_reader_hide_columns (self->reader, first - 1, last - 1);
}

static void
start_outside (ShyXlsxScan    *self,
               const xmlChar  *name,
               int             n_attributes,
               const xmlChar **attributes)
{
  if (!self->in_sheet)
    {
      self->in_sheet = TRUE;
      if (strcmp ((const char *) name, "worksheet") != 0)
        shy_xlsx_scan_fail (self, _("it holds no worksheet"));
    }
  else if (strcmp ((const char *) name, "sheetData") == 0)
    self->in_data = TRUE;
  else if (strcmp ((const char *) name, "mergeCell") == 0)
    self->n_merges++;
  else if (strcmp ((const char *) name, "col") == 0)
    start_columns (self, n_attributes, attributes);
}

static void
start_cb (void           *data,
          const xmlChar  *name,
          const xmlChar  *prefix,
          const xmlChar  *uri,
          int             n_namespaces,
          const xmlChar **namespaces,
          int             n_attributes,
          int             n_defaulted,
          const xmlChar **attributes)
{
  ShyXlsxScan *self = data;

  if (!shy_xml_enter (&self->xml, name, uri))
    return;
  if (!self->in_data)
    start_outside (self, name, n_attributes, attributes);
  else if (self->in_cell)
    start_in_cell (self, name);
  else if (name == self->cell_name && self->in_row)
    start_cell (self, n_attributes, attributes);
  else if (name == self->row_name)
    start_row (self, n_attributes, attributes);
}

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const ShyXlsxRawCell *one = a;
  const ShyXlsxRawCell *other = b;

  return (one->column > other->column) - (one->column < other->column);
}

/* Few writers shuffle the cells of a row; two values for one cell are a damage. */
static void
sort_row (ShyXlsxScan *self)
{
  ShyXlsxRawCell *cells = &g_array_index (self->cells, ShyXlsxRawCell, self->row_cells);
  guint           n = self->cells->len - self->row_cells;

  qsort (cells, n, sizeof *cells, compare_cells);
  for (guint i = 1; i < n; i++)
    if (cells[i].column == cells[i - 1].column)
      {
        self->column = cells[i].column;
        shy_xlsx_scan_fail (self, _("it has two values"));
        return;
      }
}

static void
end_row (ShyXlsxScan *self)
{
  ShyXlsxRawRow row = {
    .number = self->row,
    .first = self->row_cells,
    .n_cells = self->cells->len - self->row_cells,
    .hidden = self->hidden,
  };

  self->in_row = FALSE;
  if (self->unsorted)
    sort_row (self);
  if (row.n_cells > 0)
    g_array_append_val (self->rows, row);
}

static void
end_cb (void          *data,
        const xmlChar *name,
        const xmlChar *prefix,
        const xmlChar *uri)
{
  ShyXlsxScan *self = data;

  if (!shy_xml_leave (&self->xml, uri) || !self->in_data)
    return;
  if (self->in_cell)
    {
      self->capture = FALSE;
      if (name == self->cell_name)
        {
          self->in_cell = FALSE;
          if (self->xml.failure == NULL)
            shy_xlsx_scan_end_cell (self);
        }
      else if (self->phonetic > 0 && strcmp ((const char *) name, "rPh") == 0)
        self->phonetic--;
    }
  else if (name == self->row_name && self->in_row)
    end_row (self);
  else if (strcmp ((const char *) name, "sheetData") == 0)
    self->in_data = FALSE;
}

static void
text_cb (void          *data,
         const xmlChar *text,
         int            length)
{
  ShyXlsxScan *self = data;

  if (self->capture)
    shy_xlsx_scan_append (self, (const char *) text, length);
}

void
shy_xlsx_scan_init (ShyXlsxScan       *self,
                    const ShyXlsxBook *book,
                    ShySheetReader    *reader)
{
  shy_xml_init (&self->xml, start_cb, end_cb, text_cb);
  self->book = book;
  self->reader = reader;
  self->rows = g_array_new (FALSE, FALSE, sizeof (ShyXlsxRawRow));
  self->cells = g_array_new (FALSE, FALSE, sizeof (ShyXlsxRawCell));
  self->arena = g_malloc (FIRST_ARENA);
  self->arena_size = FIRST_ARENA;
  self->row_name = shy_xml_intern (&self->xml, "row");
  self->cell_name = shy_xml_intern (&self->xml, "c");
  self->value_name = shy_xml_intern (&self->xml, "v");
  self->formula_name = shy_xml_intern (&self->xml, "f");
  self->text_name = shy_xml_intern (&self->xml, "t");
}

void
shy_xlsx_scan_clear (ShyXlsxScan *self)
{
  shy_xml_clear (&self->xml);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->cells, g_array_unref);
  g_clear_pointer (&self->arena, g_free);
}

/* Forgets the complete rows, once all are taken; what belongs to the row being parsed moves to the
 * front. */
void
shy_xlsx_scan_forget (ShyXlsxScan *self)
{
  guint kept = self->in_row ? self->cells->len - self->row_cells : 0;
  gsize base = self->in_row ? self->row_arena : self->arena_used;

  g_array_set_size (self->rows, 0);
  g_array_remove_range (self->cells, 0, self->cells->len - kept);
  for (guint i = 0; i < kept; i++)
    {
      ShyXlsxRawCell *cell = &g_array_index (self->cells, ShyXlsxRawCell, i);

      cell->text -= cell->shared == NULL ? base : 0;
      cell->number -= cell->number != SHY_XLSX_NO_NUMBER ? base : 0;
    }
  memmove (self->arena, self->arena + base, self->arena_used - base);
  self->arena_used -= base;
  self->value -= MIN (self->value, base);
  self->row_cells = 0;
  self->row_arena = 0;
}
