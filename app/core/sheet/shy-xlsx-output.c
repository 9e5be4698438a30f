/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-output-private.h"

#include "sheet/shy-sheet-cell.h"
#include "sheet/shy-xlsx-check-private.h"
#include "shy-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* Digits that a spreadsheet keeps of a number. */
#define SIGNIFICANT 15
#define MAX_SHEET_NAME 31
/* Widths in characters of the default font; Chinese ones count double. */
#define MIN_WIDTH 8
#define MAX_WIDTH 60
#define MARGIN 2
#define DATE_WIDTH 10

typedef struct
{
  ShySheetOutput  parent;
  lxw_workbook   *book;        /* (owned) */
  lxw_worksheet  *sheet;       /* of the book */
  lxw_format     *header;
  lxw_format     *date;
  lxw_format     *text;
  GArray         *widths;      /* (owned) (element-type guint) of the sheet's columns */
  GArray         *rows;        /* (owned) (element-type guint) rows with cells, of complete sheets */
  guint           n_rows;      /* of the sheet */
  guint           n_filled;    /* rows of the sheet that have cells */
  gboolean        filled;      /* the row has cells */
} ShyXlsxOutput;

/* Signs of ASCII take one place, all others of our texts two. */
static guint
measure (const char *text)
{
  guint width = 0;
  guint widest = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == '\n')
      width = 0;
    else
      {
        width += g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;
        widest = MAX (widest, width);
      }
  return widest;
}

static void
widen (ShyXlsxOutput *self,
       guint          column,
       guint          width)
{
  guint *widest = &g_array_index (self->widths, guint, column);

  *widest = MAX (*widest, width);
  self->filled = TRUE;
}

static void
set_error (ShySheetOutput  *output,
           lxw_error        code,
           guint            row,
           guint            column,
           GError         **error)
{
  g_autofree char *cell = shy_sheet_reference_new (row + 1, column);

  switch (code)
    {
    case LXW_NO_ERROR:
      break;

    case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED:
      g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
                   _("The text for cell %s of “%s” is longer than a cell can hold (32,767 "
                     "characters). Save it as .csv."),
                   cell, output->path);
      break;

    case LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE:
      g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
                   _("“%s” has more rows or columns than a sheet can hold (%d and %d). Save it in "
                     "parts."),
                   output->path, SHY_SHEET_MAX_ROWS, SHY_SHEET_MAX_COLUMNS);
      break;

    default:
      shy_sheet_output_set_error (output, errno != 0 ? errno : EIO, error);
      break;
    }
}

/* Names of sheets are short and without a few signs. */
static char *
make_name (const char *name)
{
  g_autofree char *clean = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_SHEET_NAME));

  g_strdelimit (clean, "[]:*?/\\", '_');
  if (clean[0] == '\'')
    clean[0] = '_';
  if (g_str_has_suffix (clean, "'"))
    clean[strlen (clean) - 1] = '_';
  return g_strdup (*clean != '\0' ? clean : "_");
}

/* What can only be said once all rows of a sheet are known. */
static void
end_sheet (ShyXlsxOutput *self)
{
  if (self->sheet == NULL)
    return;
  for (guint i = 0; i < self->widths->len; i++)
    worksheet_set_column (self->sheet, i, i,
                          CLAMP (g_array_index (self->widths, guint, i) + MARGIN, MIN_WIDTH, MAX_WIDTH),
                          NULL);
  worksheet_autofilter (self->sheet, 0, 0, MAX (self->n_rows, 1) - 1, self->widths->len - 1);
  g_array_append_val (self->rows, self->n_filled);
  self->sheet = NULL;
}

static void
add_sheet (ShySheetOutput  *output,
           const char      *name,
           guint            n_columns,
           GError         **error)
{
  ShyXlsxOutput   *self = (ShyXlsxOutput *) output;
  g_autofree char *clean = make_name (name);
  lxw_error        code = workbook_validate_sheet_name (self->book, clean);

  end_sheet (self);
  if (code != LXW_NO_ERROR)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("“%s” has two sheets named “%s”. Give one another name."), output->path, clean);
      return;
    }
  errno = 0;
  self->sheet = workbook_add_worksheet (self->book, clean);
  if (self->sheet == NULL)
    {
      shy_sheet_output_set_error (output, errno != 0 ? errno : ENOSPC, error);
      return;
    }
  g_array_set_size (self->widths, 0);
  g_array_set_size (self->widths, n_columns);
  memset (self->widths->data, 0, n_columns * sizeof (guint));
  self->n_rows = self->n_filled = 0;
  worksheet_freeze_panes (self->sheet, 1, 0);
  worksheet_ignore_errors (self->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
}

static void
add_header (ShySheetOutput  *output,
            guint            column,
            const char      *text,
            GError         **error)
{
  ShyXlsxOutput *self = (ShyXlsxOutput *) output;

  widen (self, column, measure (text) + MARGIN); /* the filter's arrow */
  set_error (output, worksheet_write_string (self->sheet, 0, column, text, self->header), 0, column, error);
}

static void
add_text (ShySheetOutput  *output,
          guint            row,
          guint            column,
          const char      *text,
          GError         **error)
{
  ShyXlsxOutput *self = (ShyXlsxOutput *) output;

  widen (self, column, measure (text));
  set_error (output, worksheet_write_string (self->sheet, row, column, text, NULL), row, column, error);
}

static gboolean
is_exact (const char *decimal)
{
  guint digits = 0;

  for (const char *p = decimal; *p != '\0'; p++)
    digits += g_ascii_isdigit (*p);

  return digits <= SIGNIFICANT && decimal[strspn (decimal, "0123456789.-")] == '\0';
}

static void
add_number (ShySheetOutput  *output,
            guint            row,
            guint            column,
            const char      *decimal,
            GError         **error)
{
  ShyXlsxOutput *self = (ShyXlsxOutput *) output;
  lxw_error      code;

  widen (self, column, measure (decimal));
  if (is_exact (decimal))
    code = worksheet_write_number (self->sheet, row, column, g_ascii_strtod (decimal, NULL), NULL);
  else
    code = worksheet_write_string (self->sheet, row, column, decimal, self->text);
  set_error (output, code, row, column, error);
}

static void
add_date (ShySheetOutput  *output,
          guint            row,
          guint            column,
          const GDate     *date,
          GError         **error)
{
  ShyXlsxOutput *self = (ShyXlsxOutput *) output;
  lxw_datetime   day = {
    .year = g_date_get_year (date), .month = g_date_get_month (date), .day = g_date_get_day (date),
  };

  widen (self, column, DATE_WIDTH);
  set_error (output, worksheet_write_datetime (self->sheet, row, column, &day, self->date), row, column,
             error);
}

static void
add_boolean (ShySheetOutput  *output,
             guint            row,
             guint            column,
             gboolean         value,
             GError         **error)
{
  ShyXlsxOutput *self = (ShyXlsxOutput *) output;

  widen (self, column, MIN_WIDTH);
  set_error (output, worksheet_write_boolean (self->sheet, row, column, value, NULL), row, column, error);
}

static void
end_row (ShySheetOutput  *output,
         guint            row,
         GError         **error)
{
  ShyXlsxOutput *self = (ShyXlsxOutput *) output;

  self->n_rows = row + 1;
  self->n_filled += self->filled;
  self->filled = FALSE;
  if (row >= SHY_SHEET_MAX_ROWS)
    set_error (output, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE, row, 0, error);
}

static gboolean
sync_file (ShySheetOutput  *output,
           GError         **error)
{
  int      fd = g_open (output->temporary, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    shy_sheet_output_set_error (output, errno, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

/* libxlsxwriter does not look whether its own temporary files took all that it wrote, so the result
 * is unpacked once and its rows are counted. */
static gboolean
finish (ShySheetOutput  *output,
        GError         **error)
{
  ShyXlsxOutput *self = (ShyXlsxOutput *) output;
  lxw_error      code;

  end_sheet (self);
  errno = 0;
  code = workbook_close (g_steal_pointer (&self->book));
  if (code != LXW_NO_ERROR)
    {
      shy_sheet_output_set_error (output, errno != 0 ? errno : EIO, error);
      return FALSE;
    }
  if (!shy_xlsx_check_rows (output->temporary, self->rows))
    {
      shy_sheet_output_set_error (output, ENOSPC, error);
      return FALSE;
    }
  return sync_file (output, error);
}

static void
free_output (ShySheetOutput *output)
{
  ShyXlsxOutput *self = (ShyXlsxOutput *) output;

  if (self->book != NULL)
    lxw_workbook_free (self->book);
  g_array_unref (self->widths);
  g_array_unref (self->rows);
}

static const ShySheetOutputClass xlsx_class = {
  add_sheet, add_header, add_text, add_number, add_date, add_boolean, end_row, finish, free_output,
};

static void
make_formats (ShyXlsxOutput *self)
{
  self->header = workbook_add_format (self->book);
  format_set_bold (self->header);
  format_set_bottom (self->header, LXW_BORDER_THIN);
  format_set_align (self->header, LXW_ALIGN_VERTICAL_CENTER);
  self->date = workbook_add_format (self->book);
  format_set_num_format (self->date, "yyyy-mm-dd");
  self->text = workbook_add_format (self->book);
  format_set_num_format (self->text, "@");
}

ShySheetOutput *
shy_xlsx_output_new (const char  *path,
                     GError     **error)
{
  lxw_workbook_options       options = { .constant_memory = LXW_TRUE };
  ShyXlsxOutput             *self = g_new0 (ShyXlsxOutput, 1);
  g_autoptr (ShySheetOutput) output = &self->parent;
  int                        fd;

  output->class = &xlsx_class;
  self->widths = g_array_new (FALSE, TRUE, sizeof (guint));
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  fd = shy_sheet_output_create (output, path, error);
  if (fd < 0)
    return NULL;
  close (fd);
  self->book = workbook_new_opt (output->temporary, &options);
  make_formats (self);
  return g_steal_pointer (&output);
}
