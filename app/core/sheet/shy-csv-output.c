/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-output-private.h"

#include "sheet/shy-csv-private.h"
#include "shy-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

typedef struct
{
  ShySheetOutput  parent;
  FILE           *file;      /* (owned) */
  GString        *row;       /* (owned) */
  guint           column;    /* next to be written */
  guint           n_columns;
} ShyCsvOutput;

/* Writes the separators up to @column. */
static void
advance (ShyCsvOutput *self,
         guint         column)
{
  for (; self->column < column; self->column++)
    g_string_append_c (self->row, ',');
}

/* -12.50 */
static gboolean
is_plain_number (const char *text)
{
  const char *p = text + (*text == '-');
  gsize       whole = strspn (p, "0123456789");

  p += whole;
  if (whole > 0 && *p == '.')
    p += 1 + strspn (p + 1, "0123456789");
  return whole > 0 && *p == '\0';
}

static void
append_quoted (ShyCsvOutput *self,
               const char   *text,
               gboolean      guarded)
{
  gboolean quoted = strpbrk (text, ",;\"\r\n\t") != NULL || g_ascii_isspace (*text) ||
                    (*text != '\0' && g_ascii_isspace (text[strlen (text) - 1]));

  if (quoted)
    g_string_append_c (self->row, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (guarded && (p == text || p[-1] == ';' || p[-1] == '\t' || p[-1] == '\n') && shy_csv_may_run (p))
        g_string_append_c (self->row, '\'');
      if (*p == '"')
        g_string_append_c (self->row, '"');
      g_string_append_c (self->row, *p);
    }
  if (quoted)
    g_string_append_c (self->row, '"');
}

static void
add_sheet (ShySheetOutput  *output,
           const char      *name,
           guint            n_columns,
           GError         **error)
{
  ShyCsvOutput *self = (ShyCsvOutput *) output;

  if (self->n_columns > 0)
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                 _("A csv file holds one sheet only. Save “%s” as .xlsx."), output->path);
  self->n_columns = n_columns;
}

/* An apostrophe keeps a spreadsheet from running what somebody typed, also where it takes semicolons
 * for separators. A plain number runs nothing and stays as it is. */
static void
add_text (ShySheetOutput  *output,
          guint            row,
          guint            column,
          const char      *text,
          GError         **error)
{
  ShyCsvOutput *self = (ShyCsvOutput *) output;

  advance (self, column);
  append_quoted (self, text, !is_plain_number (text));
}

static void
add_header (ShySheetOutput  *output,
            guint            column,
            const char      *text,
            GError         **error)
{
  if (*text != '\0')
    add_text (output, 0, column, text, error);
}

static void
add_number (ShySheetOutput  *output,
            guint            row,
            guint            column,
            const char      *decimal,
            GError         **error)
{
  ShyCsvOutput *self = (ShyCsvOutput *) output;

  advance (self, column);
  append_quoted (self, decimal, FALSE);
}

static void
add_date (ShySheetOutput  *output,
          guint            row,
          guint            column,
          const GDate     *date,
          GError         **error)
{
  ShyCsvOutput *self = (ShyCsvOutput *) output;

  advance (self, column);
  g_string_append_printf (self->row, "%04u-%02u-%02u", g_date_get_year (date), g_date_get_month (date),
                          g_date_get_day (date));
}

static void
add_boolean (ShySheetOutput  *output,
             guint            row,
             guint            column,
             gboolean         value,
             GError         **error)
{
  ShyCsvOutput *self = (ShyCsvOutput *) output;

  advance (self, column);
  g_string_append (self->row, value ? "TRUE" : "FALSE");
}

static void
end_row (ShySheetOutput  *output,
         guint            row,
         GError         **error)
{
  ShyCsvOutput *self = (ShyCsvOutput *) output;

  advance (self, self->n_columns - 1);
  g_string_append (self->row, "\r\n");
  if (fwrite (self->row->str, 1, self->row->len, self->file) != self->row->len)
    shy_sheet_output_set_error (output, errno, error);
  g_string_truncate (self->row, 0);
  self->column = 0;
}

static gboolean
finish (ShySheetOutput  *output,
        GError         **error)
{
  ShyCsvOutput *self = (ShyCsvOutput *) output;
  gboolean      ok = fflush (self->file) == 0 && fsync (fileno (self->file)) == 0;
  int           reason = errno;

  if (fclose (g_steal_pointer (&self->file)) != 0 && ok)
    {
      ok = FALSE;
      reason = errno;
    }
  if (!ok)
    shy_sheet_output_set_error (output, reason, error);
  return ok;
}

static void
free_output (ShySheetOutput *output)
{
  ShyCsvOutput *self = (ShyCsvOutput *) output;

  g_clear_pointer (&self->file, fclose);
  g_string_free (self->row, TRUE);
}

static const ShySheetOutputClass csv_class = {
  add_sheet, add_header, add_text, add_number, add_date, add_boolean, end_row, finish, free_output,
};

ShySheetOutput *
shy_csv_output_new (const char  *path,
                    GError     **error)
{
  ShyCsvOutput              *self = g_new0 (ShyCsvOutput, 1);
  g_autoptr (ShySheetOutput) output = &self->parent;
  int                        fd;

  output->class = &csv_class;
  self->row = g_string_new (BYTE_ORDER_MARK);
  fd = shy_sheet_output_create (output, path, error);
  if (fd < 0)
    return NULL;
  self->file = fdopen (fd, "w");
  return g_steal_pointer (&output);
}
