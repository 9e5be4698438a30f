/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-grid-private.h"

#include "sheet/shy-xml-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The XML that Excel 2003 saves (“XML Spreadsheet”), and reporting programs under the name of .xls. */
#define SPREADSHEET ":office:spreadsheet"
#define CHUNK_SIZE (64 * 1024)

typedef struct
{
  ShyXml        xml; /* first: the callbacks get it */
  ShyGrid      *grid;
  ShyGridSheet *sheet;    /* (nullable) the one that is open */
  GHashTable   *formats;  /* (owned) (element-type utf8 ShyNumberFormat) by style */
  char         *style;    /* (owned) (nullable) the one that is open */
  GString      *text;     /* (owned) of the cell */
  char         *type;     /* (owned) (nullable) of its value */
  ShySheetCell  cell;     /* its place, format and flags */
  const ShyNumberFormat *format; /* (not owned) (nullable) of the cell */
  guint         row;      /* from 1 */
  guint         column;   /* the next, from 0 */
  guint         described; /* columns that were spoken of */
  guint         row_span; /* rows that the current one stands for besides itself */
  guint         skipped;  /* depth inside of a comment */
  gboolean      in_book;
  gboolean      in_cell;
  gboolean      in_data;
  gboolean      in_visible;
  gboolean      epoch_1904;
} Loader;

static void
format_free (gpointer data)
{
  ShyNumberFormat *format = data;

  shy_number_format_clear (format);
  g_free (format);
}

static char *
dup_attribute (const xmlChar **attributes,
               int             n_attributes,
               const char     *name)
{
  char *value = shy_xml_dup_attribute_of (attributes, n_attributes, SPREADSHEET, name);

  return value != NULL ? value : shy_xml_dup_attribute (attributes, n_attributes, name);
}

static guint
get_number (const xmlChar **attributes,
            int             n_attributes,
            const char     *name)
{
  g_autofree char *value = dup_attribute (attributes, n_attributes, name);

  return value != NULL ? (guint) MIN (g_ascii_strtoull (value, NULL, 10), SHY_SHEET_MAX_ROWS) : 0;
}

/* Formats may go by a name. */
static const char *
get_code (const char *format)
{
  static const struct
  {
    const char *name;
    const char *code;
  } names[] = {
    { "General Date", "yyyy-m-d h:mm" }, { "Short Date", "yyyy-m-d" }, { "Medium Date", "yyyy-m-d" },
    { "Long Date", "yyyy-m-d" }, { "Short Time", "h:mm" }, { "Medium Time", "h:mm" }, { "Long Time", "h:mm:ss" },
    { "Fixed", "0.00" }, { "Standard", "#,##0.00" }, { "Currency", "#,##0.00" }, { "Euro Currency", "#,##0.00" },
    { "Percent", "0.00%" }, { "Scientific", "0.00E+00" }, { "Yes/No", "General" }, { "True/False", "General" },
    { "On/Off", "General" }, { "General Number", "General" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (format, names[i].name) == 0)
      return names[i].code;

  return format;
}

static void
set_format (Loader     *self,
            const char *style,
            const char *code)
{
  ShyNumberFormat *format = g_new0 (ShyNumberFormat, 1);

  shy_number_format_init (format, 0, code);
  g_hash_table_insert (self->formats, g_strdup (style), format);
}

static void
start_style (Loader         *self,
             const xmlChar **attributes,
             int             n_attributes)
{
  g_autofree char       *parent = dup_attribute (attributes, n_attributes, "Parent");
  const ShyNumberFormat *inherited = parent != NULL ? g_hash_table_lookup (self->formats, parent) : NULL;

  g_free (self->style);
  self->style = dup_attribute (attributes, n_attributes, "ID");
  if (self->style != NULL && inherited != NULL)
    set_format (self, self->style, inherited->code);
}

static void
start_number_format (Loader         *self,
                     const xmlChar **attributes,
                     int             n_attributes)
{
  g_autofree char *format = dup_attribute (attributes, n_attributes, "Format");

  if (self->style != NULL && format != NULL)
    set_format (self, self->style, get_code (format));
}

static void
start_sheet (Loader         *self,
             const xmlChar **attributes,
             int             n_attributes)
{
  g_autofree char *name = dup_attribute (attributes, n_attributes, "Name");

  self->sheet = shy_grid_add_sheet (self->grid, name);
  self->row = self->row_span = self->described = 0;
}

static void
start_row (Loader         *self,
           const xmlChar **attributes,
           int             n_attributes)
{
  guint            index = get_number (attributes, n_attributes, "Index");
  g_autofree char *hidden = dup_attribute (attributes, n_attributes, "Hidden");
  g_autofree char *height = dup_attribute (attributes, n_attributes, "Height");

  self->row = index > 0 ? index : MIN (self->row + self->row_span, SHY_SHEET_MAX_ROWS) + 1;
  self->row_span = get_number (attributes, n_attributes, "Span");
  self->column = 0;
  if (self->sheet != NULL && (g_strcmp0 (hidden, "1") == 0 || g_strcmp0 (height, "0") == 0))
    g_hash_table_add (self->sheet->hidden, GUINT_TO_POINTER (self->row));
}

static void
start_column (Loader         *self,
              const xmlChar **attributes,
              int             n_attributes)
{
  guint            index = get_number (attributes, n_attributes, "Index");
  guint            span = get_number (attributes, n_attributes, "Span");
  g_autofree char *hidden = dup_attribute (attributes, n_attributes, "Hidden");
  g_autofree char *width = dup_attribute (attributes, n_attributes, "Width");

  if (self->sheet == NULL)
    return;
  if (index > 0)
    self->described = index - 1;
  if (g_strcmp0 (hidden, "1") == 0 || g_strcmp0 (width, "0") == 0)
    shy_grid_hide_columns (self->sheet, self->described, span + 1);
  self->described = MIN (self->described + span + 1, SHY_SHEET_MAX_COLUMNS);
}

static void
start_cell (Loader         *self,
            const xmlChar **attributes,
            int             n_attributes)
{
  guint            index = get_number (attributes, n_attributes, "Index");
  guint            across = get_number (attributes, n_attributes, "MergeAcross");
  guint            down = get_number (attributes, n_attributes, "MergeDown");
  g_autofree char *style = dup_attribute (attributes, n_attributes, "StyleID");
  g_autofree char *formula = dup_attribute (attributes, n_attributes, "Formula");

  if (self->sheet == NULL)
    return;
  self->in_cell = TRUE;
  self->column = index > 0 ? index - 1 : self->column;
  self->format = style != NULL ? g_hash_table_lookup (self->formats, style) : NULL;
  self->cell = (ShySheetCell){ .row = self->row, .column = self->column };
  self->cell.flags = (formula != NULL ? SHY_SHEET_CELL_FORMULA : 0) |
                     (self->epoch_1904 ? SHY_SHEET_CELL_EPOCH_1904 : 0);
  self->cell.format = self->format != NULL ? self->format->code : NULL;
  shy_grid_add_merge (self->sheet, self->row, self->column, down + 1, across + 1);
  self->column = MIN (self->column + across + 1, SHY_SHEET_MAX_COLUMNS);
  g_string_truncate (self->text, 0);
  g_clear_pointer (&self->type, g_free);
}

static void
start_cb (void           *data,
          const xmlChar  *xml_name,
          const xmlChar  *prefix,
          const xmlChar  *uri,
          int             n_namespaces,
          const xmlChar **namespaces,
          int             n_attributes,
          int             n_defaulted,
          const xmlChar **attributes)
{
  Loader     *self = data;
  const char *name = (const char *) xml_name;

  if (self->skipped > 0 || strcmp (name, "Comment") == 0)
    self->skipped++;
  else if (strcmp (name, "Visible") == 0)
    self->in_visible = TRUE;
  else if (strcmp (name, "Date1904") == 0)
    self->epoch_1904 = TRUE;
  else if (uri == NULL || !g_str_has_suffix ((const char *) uri, SPREADSHEET))
    return;
  else if (strcmp (name, "Workbook") == 0)
    self->in_book = TRUE;
  else if (strcmp (name, "Style") == 0)
    start_style (self, attributes, n_attributes);
  else if (strcmp (name, "NumberFormat") == 0)
    start_number_format (self, attributes, n_attributes);
  else if (strcmp (name, "Worksheet") == 0)
    start_sheet (self, attributes, n_attributes);
  else if (strcmp (name, "Row") == 0)
    start_row (self, attributes, n_attributes);
  else if (strcmp (name, "Column") == 0)
    start_column (self, attributes, n_attributes);
  else if (strcmp (name, "Cell") == 0)
    start_cell (self, attributes, n_attributes);
  else if (strcmp (name, "Data") == 0 && self->in_cell)
    {
      self->in_data = TRUE;
      self->type = dup_attribute (attributes, n_attributes, "Type");
    }
}

/* 2024-01-12T00:00:00.000 */
static void
take_date (Loader *self)
{
  char *time = strchr (self->text->str, 'T');

  self->cell.kind = SHY_SHEET_CELL_DATE;
  if (time != NULL && strspn (time + 1, "0:.Z") == strlen (time + 1))
    *time = '\0';
  else if (time != NULL)
    {
      *time = ' ';
      self->cell.kind = SHY_SHEET_CELL_DATETIME;
      time[1 + strspn (time + 1, "0123456789:")] = '\0';
    }
  /* A time alone is written with the day zero. */
  if (g_str_has_prefix (self->text->str, "1899-12-31 "))
    {
      g_string_erase (self->text, 0, strlen ("1899-12-31 "));
      self->cell.kind = SHY_SHEET_CELL_TIME;
    }
}

static gboolean
take_value (Loader *self)
{
  const char *type = self->type != NULL ? self->type : "String";

  self->cell.kind = SHY_SHEET_CELL_TEXT;
  if (self->text->len == 0 && self->cell.flags & SHY_SHEET_CELL_FORMULA && strcmp (type, "String") != 0)
    self->cell.kind = SHY_SHEET_CELL_ERROR;
  else if (self->text->len == 0)
    return TRUE;
  else if (strcmp (type, "Number") == 0)
    return shy_grid_add_number (self->grid, self->sheet, &self->cell, g_strstrip (self->text->str), self->format);
  else if (strcmp (type, "DateTime") == 0)
    take_date (self);
  else if (strcmp (type, "Boolean") == 0)
    {
      self->cell.kind = SHY_SHEET_CELL_BOOLEAN;
      g_string_assign (self->text, strcmp (self->text->str, "1") == 0 ? "TRUE" : "FALSE");
    }
  else if (strcmp (type, "Error") == 0)
    self->cell.kind = SHY_SHEET_CELL_ERROR;
  self->cell.text = self->text->str;
  return shy_grid_add_cell (self->grid, self->sheet, &self->cell);
}

static void
end_cell (Loader *self)
{
  self->in_cell = FALSE;
  /* A formula without any value was never computed. */
  if (self->type == NULL && self->cell.flags & SHY_SHEET_CELL_FORMULA)
    self->type = g_strdup ("Number");
  if (!take_value (self))
    {
      GError *error = NULL;

      shy_grid_set_limit_error (self->grid, &error);
      shy_xml_fail (&self->xml, error);
    }
}

static void
end_cb (void          *data,
        const xmlChar *xml_name,
        const xmlChar *prefix,
        const xmlChar *uri)
{
  Loader     *self = data;
  const char *name = (const char *) xml_name;

  if (self->skipped > 0)
    self->skipped--;
  else if (strcmp (name, "Visible") == 0)
    self->in_visible = FALSE;
  else if (strcmp (name, "Data") == 0)
    self->in_data = FALSE;
  else if (strcmp (name, "Cell") == 0 && self->in_cell)
    end_cell (self);
  else if (strcmp (name, "Style") == 0)
    g_clear_pointer (&self->style, g_free);
}

static void
text_cb (void          *data,
         const xmlChar *text,
         int            length)
{
  Loader *self = data;

  if (self->skipped > 0)
    return;
  if (self->in_data)
    g_string_append_len (self->text, (const char *) text, length);
  else if (self->in_visible && self->sheet != NULL && length >= 11 && memcmp (text, "SheetHidden", 11) == 0)
    self->sheet->visible = FALSE;
}

/* The text is UTF-8 by now, whatever its declaration says. */
static const char *
skip_declaration (const char *text,
                  gsize      *length)
{
  const char *p = text;
  const char *end;

  while ((gsize) (p - text) < *length && g_ascii_isspace (*p))
    p++;
  end = g_str_has_prefix (p, "<?xml") ? strstr (p, "?>") : NULL;
  if (end != NULL)
    p = end + 2;
  *length -= p - text;
  return p;
}

static gboolean
parse (Loader        *self,
       const char    *text,
       gsize          length,
       GCancellable  *cancellable,
       GError       **error)
{
  gsize at = 0;

  do
    {
      gsize              step = MIN (length - at, CHUNK_SIZE);
      g_autoptr (GError) local = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!shy_xml_feed (&self->xml, text + at, step, step == 0, &local))
        {
          if (local->code == SHY_ERROR_INVALID)
            shy_book_source_set_damaged (self->grid->source, local->message, error);
          else
            g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      at += step;
      if (step == 0)
        return TRUE;
    }
  while (TRUE);
}

/* Reads an XML spreadsheet. */
ShyGrid *
shy_xml_book_load (ShyBookSource  *source,
                   GCancellable   *cancellable,
                   GError        **error)
{
  g_autoptr (GBytes)  bytes = shy_grid_read_all (source, cancellable, error);
  g_autoptr (ShyGrid) grid = NULL;
  g_autofree char    *text = NULL;
  const char         *root;
  gsize               length;
  Loader              self = { .grid = NULL };
  gboolean            ok;

  if (bytes == NULL)
    return NULL;
  text = shy_grid_dup_text (bytes, &length);
  root = skip_declaration (text, &length);
  self.grid = grid = shy_grid_new (source);
  self.formats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, format_free);
  self.text = g_string_new (NULL);
  shy_xml_init (&self.xml, start_cb, end_cb, text_cb);
  ok = parse (&self, root, length, cancellable, error);
  shy_xml_clear (&self.xml);
  g_hash_table_unref (self.formats);
  g_string_free (self.text, TRUE);
  g_free (self.style);
  g_free (self.type);
  if (!ok || !shy_grid_finish (grid, error))
    return NULL;
  if (self.in_book)
    return g_steal_pointer (&grid);

  g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
               _("The file “%s” is an XML file, whatever its name says. Open it in WPS or Excel "
                 "and save it as .xlsx."),
               source->name);
  return NULL;
}
