/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-grid-private.h"

#include "sheet/shy-xlsx-package-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* OpenDocument spreadsheets, in an archive (.ods) or as one XML file (.fods). */
#define CHUNK_SIZE (64 * 1024)
#define MANIFEST_SIZE (1u << 20)
/* More than this nobody repeats a cell that holds something. */
#define MAX_REPEAT SHY_SHEET_MAX_COLUMNS

typedef struct
{
  ShyXml        xml; /* first: the callbacks get it */
  ShyGrid      *grid;
  ShyGridSheet *sheet;      /* (nullable) the one that is open */
  GHashTable   *hidden;     /* (owned) (element-type utf8) styles of sheets that are not shown */
  char         *style;      /* (owned) (nullable) the one that is open */
  GString      *text;       /* (owned) of the cell */
  char         *type;       /* (owned) (nullable) of its value */
  char         *value;      /* (owned) (nullable) */
  ShySheetCell  cell;       /* its place and flags */
  guint         row;        /* from 1 */
  guint         row_repeat;
  guint         row_cells;  /* cells of the sheet before this row */
  guint         column;     /* the next, from 0 */
  guint         repeat;     /* of the cell */
  guint         skipped;    /* depth inside of what is no cell */
  guint         described;  /* columns that were spoken of */
  guint         groups;     /* depth inside of groups of rows or columns */
  guint         folded;     /* of it the outermost group that is folded away; 0 for none */
  guint         paragraphs; /* of the cell */
  gboolean      in_spreadsheet;
  gboolean      epoch_1904; /* days are counted from 1904 */
  gboolean      in_cell;
  gboolean      in_paragraph;
  gboolean      error;      /* the cell shows an error */
} Loader;

static gboolean
is (const xmlChar *uri,
    const char    *space)
{
  g_autofree char *ending = g_strdup_printf (":%s:1.0", space);

  return uri != NULL && g_str_has_suffix ((const char *) uri, ending);
}

static char *
dup_attribute (const xmlChar **attributes,
               int             n_attributes,
               const char     *space,
               const char     *name)
{
  g_autofree char *ending = g_strdup_printf (":%s:1.0", space);

  return shy_xml_dup_attribute_of (attributes, n_attributes, ending, name);
}

static guint
get_count (const xmlChar **attributes,
           int             n_attributes,
           const char     *space,
           const char     *name)
{
  g_autofree char *value = dup_attribute (attributes, n_attributes, space, name);
  guint64          count = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 1;

  return (guint) CLAMP (count, 1, SHY_SHEET_MAX_ROWS);
}

static void
start_table (Loader         *self,
             const xmlChar **attributes,
             int             n_attributes)
{
  g_autofree char *name = dup_attribute (attributes, n_attributes, "table", "name");
  g_autofree char *style = dup_attribute (attributes, n_attributes, "table", "style-name");

  self->sheet = shy_grid_add_sheet (self->grid, name);
  self->sheet->visible = style == NULL || !g_hash_table_contains (self->hidden, style);
  self->row = 1;
  self->described = self->groups = self->folded = 0;
}

static gboolean
is_unseen (Loader         *self,
           const xmlChar **attributes,
           int             n_attributes)
{
  g_autofree char *visibility = dup_attribute (attributes, n_attributes, "table", "visibility");

  return self->folded > 0 || (visibility != NULL && strcmp (visibility, "visible") != 0);
}

static void
start_column (Loader         *self,
              const xmlChar **attributes,
              int             n_attributes)
{
  guint n_columns = get_count (attributes, n_attributes, "table", "number-columns-repeated");

  if (is_unseen (self, attributes, n_attributes))
    shy_grid_hide_columns (self->sheet, self->described, n_columns);
  self->described = MIN (self->described + n_columns, SHY_SHEET_MAX_COLUMNS);
}

/* Groups of rows and of columns never lie inside of each other. */
static void
start_group (Loader         *self,
             const xmlChar **attributes,
             int             n_attributes)
{
  g_autofree char *display = dup_attribute (attributes, n_attributes, "table", "display");

  self->groups++;
  if (self->folded == 0 && g_strcmp0 (display, "false") == 0)
    self->folded = self->groups;
}

static void
end_group (Loader *self)
{
  if (self->folded == self->groups)
    self->folded = 0;
  self->groups -= self->groups > 0;
}

static void
start_row (Loader         *self,
           const xmlChar **attributes,
           int             n_attributes)
{
  self->column = 0;
  self->row_repeat = get_count (attributes, n_attributes, "table", "number-rows-repeated");
  self->row_cells = self->sheet->cells->len;
  if (is_unseen (self, attributes, n_attributes))
    for (guint i = 0; i < MIN (self->row_repeat, MAX_REPEAT) && self->row + i <= SHY_SHEET_MAX_ROWS; i++)
      g_hash_table_add (self->sheet->hidden, GUINT_TO_POINTER (self->row + i));
}

static char *
dup_value (const xmlChar **attributes,
           int             n_attributes)
{
  static const char *const names[] = { "value", "date-value", "time-value", "boolean-value", "string-value" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *value = dup_attribute (attributes, n_attributes, "office", names[i]);

      if (value != NULL)
        return value;
    }
  return NULL;
}

static void
start_cell (Loader         *self,
            const xmlChar **attributes,
            int             n_attributes)
{
  g_autofree char *formula = dup_attribute (attributes, n_attributes, "table", "formula");
  g_autofree char *extended = dup_attribute (attributes, n_attributes, "calcext", "value-type");

  if (extended == NULL)
    extended = shy_xml_dup_attribute_of (attributes, n_attributes, "calc:extensions", "value-type");
  self->in_cell = TRUE;
  self->error = g_strcmp0 (extended, "error") == 0;
  self->paragraphs = 0;
  self->repeat = get_count (attributes, n_attributes, "table", "number-columns-repeated");
  g_free (self->type);
  self->type = dup_attribute (attributes, n_attributes, "office", "value-type");
  g_free (self->value);
  self->value = dup_value (attributes, n_attributes);
  g_string_truncate (self->text, 0);
  self->cell = (ShySheetCell){ .row = self->row, .column = self->column };
  self->cell.flags = formula != NULL ? SHY_SHEET_CELL_FORMULA : 0;
  self->cell.flags |= self->epoch_1904 ? SHY_SHEET_CELL_EPOCH_1904 : 0;
  shy_grid_add_merge (self->sheet, self->row, self->column,
                      get_count (attributes, n_attributes, "table", "number-rows-spanned"),
                      get_count (attributes, n_attributes, "table", "number-columns-spanned"));
}

/* Blanks, tabs and line breaks are elements. */
static void
start_text (Loader         *self,
            const char     *name,
            const xmlChar **attributes,
            int             n_attributes)
{
  if (strcmp (name, "p") == 0 || strcmp (name, "h") == 0)
    {
      if (self->paragraphs++ > 0)
        g_string_append_c (self->text, '\n');
      self->in_paragraph = TRUE;
    }
  else if (strcmp (name, "s") == 0)
    for (guint n = MIN (get_count (attributes, n_attributes, "text", "c"), 1000); n > 0; n--)
      g_string_append_c (self->text, ' ');
  else if (strcmp (name, "tab") == 0)
    g_string_append_c (self->text, '\t');
  else if (strcmp (name, "line-break") == 0)
    g_string_append_c (self->text, '\n');
  else if (strcmp (name, "ruby-text") == 0 || strcmp (name, "note") == 0)
    self->skipped = 1;
}

static void
start_table_element (Loader         *self,
                     const char     *name,
                     const xmlChar **attributes,
                     int             n_attributes)
{
  if (!self->in_spreadsheet)
    return;
  if (strcmp (name, "null-date") == 0)
    {
      g_autofree char *day = dup_attribute (attributes, n_attributes, "table", "date-value");

      self->epoch_1904 = g_strcmp0 (day, "1904-01-01") == 0;
    }
  else if (strcmp (name, "table") == 0 && !self->in_cell)
    start_table (self, attributes, n_attributes);
  else if (strcmp (name, "table") == 0 || strcmp (name, "tracked-changes") == 0 || strcmp (name, "shapes") == 0 ||
           strcmp (name, "dde-links") == 0 || strcmp (name, "data-pilot-tables") == 0)
    self->skipped = 1;
  else if (self->sheet == NULL)
    return;
  else if (strcmp (name, "table-column") == 0)
    start_column (self, attributes, n_attributes);
  else if (strcmp (name, "table-row-group") == 0 || strcmp (name, "table-column-group") == 0)
    start_group (self, attributes, n_attributes);
  else if (strcmp (name, "table-row") == 0)
    start_row (self, attributes, n_attributes);
  else if (strcmp (name, "table-cell") == 0)
    start_cell (self, attributes, n_attributes);
  else if (strcmp (name, "covered-table-cell") == 0)
    {
      /* What lies under a merged cell nobody sees. */
      self->column = MIN (self->column + get_count (attributes, n_attributes, "table", "number-columns-repeated"),
                          SHY_SHEET_MAX_COLUMNS);
      self->skipped = 1;
    }
}

static void
start_style_element (Loader         *self,
                     const char     *name,
                     const xmlChar **attributes,
                     int             n_attributes)
{
  g_autofree char *display = NULL;

  if (strcmp (name, "style") == 0)
    {
      g_free (self->style);
      self->style = dup_attribute (attributes, n_attributes, "style", "name");
    }
  else if (strcmp (name, "table-properties") == 0 && self->style != NULL)
    {
      display = dup_attribute (attributes, n_attributes, "table", "display");
      if (g_strcmp0 (display, "false") == 0)
        g_hash_table_add (self->hidden, g_strdup (self->style));
    }
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

  if (self->skipped > 0)
    self->skipped++;
  else if (is (uri, "table"))
    start_table_element (self, name, attributes, n_attributes);
  else if (is (uri, "text"))
    {
      if (self->in_cell)
        start_text (self, name, attributes, n_attributes);
    }
  else if (is (uri, "style"))
    start_style_element (self, name, attributes, n_attributes);
  else if (is (uri, "office") && strcmp (name, "spreadsheet") == 0)
    self->in_spreadsheet = TRUE;
  else if (self->in_spreadsheet)
    self->skipped = 1; /* notes, drawings, forms */
}

/* What a number is shown as counts where it is a code: 000042. */
static gboolean
is_code (const char *shown,
         const char *number)
{
  gsize zeros = strspn (shown, "0");

  return zeros > 0 && shown[strspn (shown, "0123456789")] == '\0' && strlen (shown) > strlen (number) &&
         strcmp (shown + zeros, number) == 0;
}

static gboolean
add_number (Loader *self)
{
  static const char *const sizes[] = { "万", "亿", "千", "百" };

  if (is_code (self->text->str, self->value))
    {
      self->cell.kind = SHY_SHEET_CELL_NUMBER;
      self->cell.text = self->text->str;
      self->cell.number = self->value;
      return shy_grid_add_cell (self->grid, self->sheet, &self->cell);
    }
  if (strcmp (self->type, "percentage") == 0)
    self->cell.format = "0%";
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (strstr (self->text->str, sizes[i]) != NULL)
      self->cell.format = self->text->str;
  return shy_grid_add_number (self->grid, self->sheet, &self->cell, self->value, NULL);
}

/* How a day is shown tells whether it is a month that somebody typed: two numbers, and not three. */
static const char *
get_date_format (const char *shown)
{
  guint n = 0;

  for (const char *p = shown; *p != '\0'; p++)
    n += g_ascii_isdigit (*p) && !g_ascii_isdigit (p[1]);

  return n == 2 && strstr (shown, "日") == NULL ? "yyyy-mm" : "yyyy-mm-dd";
}

static void
take_date (Loader *self)
{
  char *time = strchr (self->value, 'T');

  self->cell.kind = SHY_SHEET_CELL_DATE;
  self->cell.format = get_date_format (self->text->str);
  if (time == NULL)
    return;
  if (strspn (time + 1, "0:.Z") == strlen (time + 1))
    *time = '\0';
  else
    {
      *time = ' ';
      time[1 + strspn (time + 1, "0123456789:")] = '\0';
      self->cell.kind = SHY_SHEET_CELL_DATETIME;
    }
}

static gboolean
add_value (Loader *self)
{
  const char *type = self->type != NULL ? self->type : "";

  self->cell.text = self->text->str;
  self->cell.kind = SHY_SHEET_CELL_TEXT;
  if (self->error || shy_grid_is_fault (self->text->str) || (self->text->len == 0 && self->cell.flags & SHY_SHEET_CELL_FORMULA && *type == '\0'))
    self->cell.kind = SHY_SHEET_CELL_ERROR;
  else if (self->value != NULL && (strcmp (type, "float") == 0 || strcmp (type, "percentage") == 0 ||
                                   strcmp (type, "currency") == 0))
    return add_number (self);
  else if (self->value != NULL && strcmp (type, "date") == 0)
    {
      take_date (self);
      self->cell.text = self->value;
    }
  else if (strcmp (type, "time") == 0)
    self->cell.kind = SHY_SHEET_CELL_TIME;
  else if (strcmp (type, "boolean") == 0)
    {
      self->cell.kind = SHY_SHEET_CELL_BOOLEAN;
      self->cell.text = g_strcmp0 (self->value, "true") == 0 ? "TRUE" : "FALSE";
    }
  else if (self->text->len == 0 && self->value != NULL)
    self->cell.text = self->value;
  if (*self->cell.text == '\0' && self->cell.kind != SHY_SHEET_CELL_ERROR)
    return TRUE;
  return shy_grid_add_cell (self->grid, self->sheet, &self->cell);
}

static void
fail_full (Loader *self)
{
  GError *error = NULL;

  shy_grid_set_limit_error (self->grid, &error);
  shy_xml_fail (&self->xml, error);
}

static void
end_cell (Loader *self)
{
  guint    first = self->sheet->cells->len;
  gboolean ok;

  self->in_cell = FALSE;
  ok = add_value (self);
  for (guint i = 1; ok && self->sheet->cells->len > first && i < MIN (self->repeat, MAX_REPEAT); i++)
    {
      ShySheetCell copy = g_array_index (self->sheet->cells, ShySheetCell, first);

      copy.column = self->column + i;
      ok = shy_grid_add_cell (self->grid, self->sheet, &copy);
    }
  if (!ok)
    fail_full (self);
  self->column = MIN (self->column + self->repeat, SHY_SHEET_MAX_COLUMNS);
}

static void
end_row (Loader *self)
{
  guint    end = self->sheet->cells->len;
  gboolean ok = TRUE;

  for (guint i = 1; ok && end > self->row_cells && i < self->row_repeat; i++)
    for (guint j = self->row_cells; ok && j < end; j++)
      {
        ShySheetCell copy = g_array_index (self->sheet->cells, ShySheetCell, j);

        copy.row = self->row + i;
        ok = shy_grid_add_cell (self->grid, self->sheet, &copy);
      }
  if (!ok)
    fail_full (self);
  self->row = MIN (self->row + self->row_repeat, SHY_SHEET_MAX_ROWS + 1);
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
  else if (is (uri, "text") && (strcmp (name, "p") == 0 || strcmp (name, "h") == 0))
    self->in_paragraph = FALSE;
  else if (!is (uri, "table") || self->sheet == NULL)
    return;
  else if (strcmp (name, "table-cell") == 0 && self->in_cell)
    end_cell (self);
  else if (strcmp (name, "table-row") == 0)
    end_row (self);
  else if (strcmp (name, "table-row-group") == 0 || strcmp (name, "table-column-group") == 0)
    end_group (self);
  else if (strcmp (name, "table") == 0)
    self->sheet = NULL;
}

static void
text_cb (void          *data,
         const xmlChar *text,
         int            length)
{
  Loader *self = data;

  if (self->skipped == 0 && self->in_cell && self->in_paragraph)
    g_string_append_len (self->text, (const char *) text, length);
}

static gboolean
parse_flat (Loader        *self,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GBytes) bytes = shy_grid_read_all (self->grid->source, cancellable, error);
  g_autoptr (GError) local = NULL;
  gsize              size;
  const char        *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (data == NULL)
    return FALSE;
  for (gsize at = 0; at < size; at += CHUNK_SIZE)
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    else if (!shy_xml_feed (&self->xml, data + at, MIN (size - at, CHUNK_SIZE), FALSE, &local))
      break;
  if (local == NULL && shy_xml_feed (&self->xml, data, 0, TRUE, &local))
    return TRUE;
  if (local->code == SHY_ERROR_INVALID)
    shy_book_source_set_damaged (self->grid->source, local->message, error);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
is_encrypted (ShyXlsxPackage *package)
{
  g_autoptr (ShyXlsxPart) part = NULL;
  g_autofree char        *text = g_malloc (MANIFEST_SIZE + 1);
  gsize                   used = 0;
  gssize                  n;

  if (!shy_xlsx_package_has (package, "META-INF/manifest.xml"))
    return FALSE;
  part = shy_xlsx_package_open_part (package, "META-INF/manifest.xml", NULL);
  while (part != NULL && used < MANIFEST_SIZE &&
         (n = shy_xlsx_part_read (part, text + used, MANIFEST_SIZE - used, NULL)) > 0)
    used += n;
  text[used] = '\0';
  return strstr (text, "encryption-data") != NULL;
}

static gboolean
parse_package (Loader          *self,
               ShyXlsxPackage  *package,
               GCancellable    *cancellable,
               GError         **error)
{
  if (!is_encrypted (package))
    return shy_xlsx_package_parse (package, "content.xml", &self->xml, cancellable, error);

  g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
               _("The file “%s” is protected by a password. Open it in WPS or Excel, remove the "
                 "password and save it again."),
               self->grid->source->name);
  return FALSE;
}

/* Reads an OpenDocument spreadsheet; what is no archive is one XML file. */
ShyGrid *
shy_ods_load (ShyBookSource  *source,
              GCancellable   *cancellable,
              GError        **error)
{
  g_autoptr (ShyXlsxPackage) package = shy_xlsx_package_open (source, NULL);
  g_autoptr (ShyGrid)        grid = shy_grid_new (source);
  Loader                     self = { .grid = grid };
  gboolean                   ok;

  self.hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.text = g_string_new (NULL);
  shy_xml_init (&self.xml, start_cb, end_cb, text_cb);
  ok = package != NULL ? parse_package (&self, package, cancellable, error) : parse_flat (&self, cancellable, error);
  shy_xml_clear (&self.xml);
  g_hash_table_unref (self.hidden);
  g_string_free (self.text, TRUE);
  g_free (self.style);
  g_free (self.type);
  g_free (self.value);
  if (!ok || !shy_grid_finish (grid, error))
    return NULL;
  if (self.in_spreadsheet)
    return g_steal_pointer (&grid);

  g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
               _("The file “%s” is a text or slide document, not a spreadsheet. Choose the "
                 "spreadsheet, or copy its table into one."),
               source->name);
  return NULL;
}
