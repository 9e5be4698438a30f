/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-grid-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <libxml/HTMLparser.h>
#include <string.h>

/* Web pages that go by the name of .xls are what many systems on the web export. As a spreadsheet program
 * does, all tables of the page are read into one sheet, one below the other; of a table that lies in a
 * cell of another the rows stand where that cell is. */

/* The HTML standard's own limits. */
#define MAX_COLUMN_SPAN 1000
#define MAX_ROW_SPAN 65534
#define MAX_TABLES 64 /* inside of each other */
#define CHUNK_SIZE (64 * 1024)

/* A page is laid out in fewer columns than a list has. */
#define MIN_LIST_CELLS 4

/* A cell that reaches down from a row above. */
typedef struct
{
  guint left;
  guint right;
  guint last_row;
} Reach;

/* A table that is open; those around it wait. */
typedef struct
{
  GArray  *reaches; /* (owned) (element-type Reach) */
  guint    column;  /* the next cell's */
  guint    described; /* columns that were spoken of */
  guint    in_group;  /* columns of the group that is open, while none of them was spoken of; 0 for none */
  gboolean group_hidden;
  gboolean in_row;
  guint    n_cells; /* of the row, as its page has it */
  gboolean nested;  /* one of them holds a table */
} Table;

typedef struct
{
  ShyGrid      *grid;
  ShyGridSheet *sheet;
  GArray       *tables;   /* (owned) (element-type Table) */
  GString      *text;     /* (owned) of the cell that is open */
  guint         row;      /* the current row, from 1; 0 before the first */
  guint         cell_row, cell_column;
  guint         unseen;   /* depth inside of what a page does not show */
  gboolean      in_cell;
  gboolean      blank;    /* a blank is due before the next word */
  gboolean      full;
  guint         mixed;    /* the first row of a list of which a cell holds a table; 0 for none */
} Page;

static void
clear_table (gpointer data)
{
  Table *self = data;

  g_clear_pointer (&self->reaches, g_array_unref);
}

static Table *
get_table (Page *self)
{
  return self->tables->len > 0 ? &g_array_index (self->tables, Table, self->tables->len - 1) : NULL;
}

static const char *
get_attribute (const xmlChar **attributes,
               const char     *name)
{
  for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
    if (g_ascii_strcasecmp ((const char *) attributes[0], name) == 0)
      return attributes[1] != NULL ? (const char *) attributes[1] : "";

  return NULL;
}

static guint
get_span (const xmlChar **attributes,
          const char     *name,
          guint           most)
{
  const char *value = get_attribute (attributes, name);
  guint64     span = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 1;

  return (guint) CLAMP (span, 1, most);
}

static gboolean
is_hidden (const xmlChar **attributes)
{
  const char      *style = get_attribute (attributes, "style");
  g_autofree char *folded = style != NULL ? g_ascii_strdown (style, -1) : NULL;
  const char      *display = folded != NULL ? strstr (folded, "display") : NULL;

  if (display == NULL)
    return get_attribute (attributes, "hidden") != NULL;
  display += strlen ("display");
  display += strspn (display, " :");
  return g_str_has_prefix (display, "none");
}

/* A row or column that is folded away. A cell would leave its place free. */
static gboolean
is_unseen_line (const xmlChar **attributes)
{
  const char      *style = get_attribute (attributes, "style");
  const char      *width = get_attribute (attributes, "width");
  g_autofree char *folded = style != NULL ? g_ascii_strdown (style, -1) : NULL;
  const char      *visibility = folded != NULL ? strstr (folded, "visibility") : NULL;

  if (is_hidden (attributes) || g_strcmp0 (width, "0") == 0)
    return TRUE;
  if (visibility == NULL)
    return FALSE;
  visibility += strlen ("visibility");
  visibility += strspn (visibility, " :");
  return g_str_has_prefix (visibility, "collapse") || g_str_has_prefix (visibility, "hidden");
}

static void
end_cell (Page *self)
{
  ShySheetCell cell = { .row = self->cell_row, .column = self->cell_column, .kind = SHY_SHEET_CELL_TEXT };

  if (!self->in_cell)
    return;
  self->in_cell = FALSE;
  g_strchomp (self->text->str);
  cell.text = self->text->str;
  if (shy_grid_is_fault (cell.text))
    cell.kind = SHY_SHEET_CELL_ERROR;
  self->full |= !shy_grid_add_cell (self->grid, self->sheet, &cell);
}

static void
end_row (Page *self)
{
  Table *table = get_table (self);

  end_cell (self);
  if (table != NULL)
    table->in_row = FALSE;
}

static void
start_row (Page           *self,
           const xmlChar **attributes)
{
  Table *table = get_table (self);

  if (table == NULL)
    return;
  end_row (self);
  self->row++;
  table->in_row = TRUE;
  table->column = 0;
  for (guint i = table->reaches->len; i-- > 0;)
    if (g_array_index (table->reaches, Reach, i).last_row < self->row)
      g_array_remove_index_fast (table->reaches, i);
  if (is_unseen_line (attributes) && self->row <= SHY_SHEET_MAX_ROWS)
    g_hash_table_add (self->sheet->hidden, GUINT_TO_POINTER (self->row));
}

/* Steps over columns that cells from above reach into. */
static void
skip_reached (Table *table)
{
  for (gboolean again = TRUE; again;)
    {
      again = FALSE;
      for (guint i = 0; i < table->reaches->len; i++)
        {
          const Reach *reach = &g_array_index (table->reaches, Reach, i);

          if (table->column >= reach->left && table->column <= reach->right)
            {
              table->column = reach->right + 1;
              again = TRUE;
            }
        }
    }
}

/* The rows of a table inside of a list would tear its applications apart. */
static void
check_nested (Page  *self,
              Table *table)
{
  if (table->nested && table->n_cells >= MIN_LIST_CELLS && self->mixed == 0)
    self->mixed = self->row;
}

static void
start_cell (Page           *self,
            const xmlChar **attributes)
{
  Table *table = get_table (self);
  guint  n_rows = get_span (attributes, "rowspan", MAX_ROW_SPAN);
  guint  n_columns = get_span (attributes, "colspan", MAX_COLUMN_SPAN);

  if (table == NULL)
    return;
  if (!table->in_row)
    start_row (self, NULL);
  end_cell (self);
  table->n_cells++;
  check_nested (self, table);
  /* What is not shown takes no place: the next cell stands in its column. */
  if (is_hidden (attributes))
    return;
  skip_reached (table);
  self->cell_row = self->row;
  self->cell_column = table->column;
  self->in_cell = TRUE;
  self->blank = FALSE;
  g_string_truncate (self->text, 0);
  shy_grid_add_merge (self->sheet, self->row, table->column, n_rows, n_columns);
  if (n_rows > 1 && table->reaches->len < SHY_SHEET_MAX_COLUMNS)
    {
      Reach reach = { table->column, table->column + n_columns - 1, self->row + n_rows - 1 };

      g_array_append_val (table->reaches, reach);
    }
  table->column = MIN (table->column + n_columns, SHY_SHEET_MAX_COLUMNS);
}

/* What a col element, or a group without any, says of the next columns. */
static void
describe_columns (Page     *self,
                  guint     n_columns,
                  gboolean  hidden)
{
  Table *table = get_table (self);

  if (hidden)
    shy_grid_hide_columns (self->sheet, table->described, n_columns);
  table->described = MIN (table->described + n_columns, SHY_SHEET_MAX_COLUMNS);
}

static void
end_group (Page *self)
{
  Table *table = get_table (self);

  if (table == NULL)
    return;
  if (table->in_group > 0)
    describe_columns (self, table->in_group, table->group_hidden);
  table->in_group = 0;
  table->group_hidden = FALSE;
}

static void
start_group (Page           *self,
             const xmlChar **attributes)
{
  Table *table = get_table (self);

  if (table == NULL)
    return;
  end_group (self);
  table->in_group = get_span (attributes, "span", MAX_COLUMN_SPAN);
  table->group_hidden = is_unseen_line (attributes);
}

static void
start_column (Page           *self,
              const xmlChar **attributes)
{
  Table *table = get_table (self);

  if (table == NULL)
    return;
  table->in_group = 0;
  describe_columns (self, get_span (attributes, "span", MAX_COLUMN_SPAN),
                    table->group_hidden || is_unseen_line (attributes));
}

/* A table inside of a cell begins on a row of its own. */
static void
start_table (Page *self)
{
  Table  table = { NULL };
  Table *around = get_table (self);

  if (around != NULL && self->in_cell)
    {
      around->nested = TRUE;
      check_nested (self, around);
    }
  end_row (self);
  if (self->tables->len >= MAX_TABLES)
    return;
  table.reaches = g_array_new (FALSE, FALSE, sizeof (Reach));
  g_array_append_val (self->tables, table);
}

/* What reaches down ends with its table, so that the next one below is not moved. */
static void
end_table (Page *self)
{
  end_row (self);
  if (self->tables->len > 0)
    g_array_set_size (self->tables, self->tables->len - 1);
}

static gboolean
is_unseen (const char *name)
{
  static const char *const names[] = { "script", "style", "head", "title", "noscript", "template", "select",
                                       "button", NULL };

  return g_strv_contains (names, name);
}

static gboolean
is_block (const char *name)
{
  static const char *const names[] = { "br", "p", "div", "li", "h1", "h2", "h3", "h4", "tr", NULL };

  return g_strv_contains (names, name);
}

static void
break_line (Page *self)
{
  if (self->in_cell && self->text->len > 0)
    g_string_append_c (self->text, '\n');
  self->blank = FALSE;
}

static void
forget_cells (Table *table)
{
  if (table == NULL)
    return;
  table->n_cells = 0;
  table->nested = FALSE;
}

static void
start_cb (void           *data,
          const xmlChar  *xml_name,
          const xmlChar **attributes)
{
  Page       *self = data;
  const char *name = (const char *) xml_name;

  if (is_unseen (name))
    self->unseen++;
  else if (strcmp (name, "table") == 0)
    start_table (self);
  else if (strcmp (name, "colgroup") == 0)
    start_group (self, attributes);
  else if (strcmp (name, "col") == 0)
    start_column (self, attributes);
  else if (strcmp (name, "tr") == 0)
    {
      forget_cells (get_table (self));
      start_row (self, attributes);
    }
  else if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    start_cell (self, attributes);
  else if (is_block (name))
    break_line (self);
}

static void
end_cb (void          *data,
        const xmlChar *xml_name)
{
  Page       *self = data;
  const char *name = (const char *) xml_name;

  if (is_unseen (name))
    self->unseen -= self->unseen > 0;
  else if (strcmp (name, "table") == 0)
    end_table (self);
  else if (strcmp (name, "colgroup") == 0)
    end_group (self);
  else if (strcmp (name, "tr") == 0)
    end_row (self);
  else if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    end_cell (self);
}

/* Runs of blanks count as one; a no-break space is one that somebody meant. */
static void
text_cb (void          *data,
         const xmlChar *text,
         int            length)
{
  Page *self = data;

  if (!self->in_cell || self->unseen > 0)
    return;
  for (int i = 0; i < length; i++)
    {
      char c = (char) text[i];

      if (g_ascii_isspace (c))
        {
          self->blank = self->text->len > 0 && self->text->str[self->text->len - 1] != '\n';
          continue;
        }
      if (self->blank)
        g_string_append_c (self->text, ' ');
      self->blank = FALSE;
      g_string_append_c (self->text, c == '\0' ? ' ' : c);
    }
}

static void
parse (Page         *self,
       const char   *text,
       gsize         length,
       GCancellable *cancellable)
{
  htmlSAXHandler   handler = {
    .startElement = start_cb,
    .endElement = end_cb,
    .characters = text_cb,
    .ignorableWhitespace = text_cb,
    .cdataBlock = NULL,
  };
  htmlParserCtxtPtr context = htmlCreatePushParserCtxt (&handler, self, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);

  htmlCtxtUseOptions (context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                 HTML_PARSE_IGNORE_ENC);
  for (gsize at = 0; at < length && !self->full && !g_cancellable_is_cancelled (cancellable); at += CHUNK_SIZE)
    htmlParseChunk (context, text + at, (int) MIN (length - at, CHUNK_SIZE), 0);
  htmlParseChunk (context, NULL, 0, 1);
  if (context->myDoc != NULL)
    xmlFreeDoc (g_steal_pointer (&context->myDoc));
  htmlFreeParserCtxt (context);
}

/* Reads the tables of a web page. */
ShyGrid *
shy_html_load (ShyBookSource  *source,
               GCancellable   *cancellable,
               GError        **error)
{
  g_autoptr (ShyGrid)  grid = NULL;
  g_autoptr (GBytes)   bytes = shy_grid_read_all (source, cancellable, error);
  g_autofree char     *text = NULL;
  gsize                length;
  Page                 page = { NULL };

  if (bytes == NULL)
    return NULL;
  text = shy_grid_dup_text (bytes, &length);
  grid = shy_grid_new (source);
  page.grid = grid;
  page.sheet = shy_grid_add_sheet (grid, NULL);
  page.tables = g_array_new (FALSE, FALSE, sizeof (Table));
  g_array_set_clear_func (page.tables, clear_table);
  page.text = g_string_new (NULL);
  parse (&page, text, length, cancellable);
  end_cell (&page);
  g_array_unref (page.tables);
  g_string_free (page.text, TRUE);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !shy_grid_finish (grid, error))
    return NULL;
  if (page.mixed > 0)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                   /* Translators: a file, and a row of its table. */
                   _("The file “%s” is a web page with a table inside of a cell of its table, at row %u. Open it in "
                     "WPS or Excel, give each application one row and save it as .xlsx."),
                   source->name, page.mixed);
      return NULL;
    }
  if (page.sheet->cells->len > 0)
    return g_steal_pointer (&grid);

  g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
               _("The file “%s” is a web page, whatever its name says, and holds no table. Open it in WPS "
                 "or Excel and save it as .xlsx, or export it again."),
               source->name);
  return NULL;
}
