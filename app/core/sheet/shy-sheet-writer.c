/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-writer.h"

#include "sheet/shy-sheet-output-private.h"
#include "sheet/shy-sheet-cell.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>

/**
 * ShySheetWriter:
 *
 * Writes a spreadsheet for people (xlsx) or separated values (csv), row by row, in memory that does
 * not grow with the number of rows. All goes to a file beside the target, which takes its place in
 * [method@SheetWriter.close]: until then, and after any failure, the target is as it was.
 *
 * An xlsx file has columns as wide as what they hold, a header that stays in sight and filters,
 * real dates, and numbers of more than fifteen digits as text. A csv file is UTF-8 with a byte
 * order mark, which WPS and Excel need; text that a spreadsheet would run as a formula (it begins
 * with =, +, -, @ of any width, a tab or a carriage return, or stands so behind a semicolon) gets an
 * apostrophe in front, which our reader takes away again. A spreadsheet that opens a csv file rounds long numbers: give people xlsx.
 */
struct _ShySheetWriter
{
  GObject         parent_instance;
  ShySheetOutput *output;    /* (owned) (nullable) until it is closed */
  gboolean        keep;      /* a file that is there stays */
  GError         *failure;   /* (owned) (nullable) the first thing that went wrong */
  guint           n_columns; /* of the sheet */
  guint           row;       /* being written, from 0 */
  guint           column;    /* next to be written */
};

G_DEFINE_FINAL_TYPE (ShySheetWriter, shy_sheet_writer, G_TYPE_OBJECT)

static void
shy_sheet_writer_finalize (GObject *object)
{
  ShySheetWriter *self = SHY_SHEET_WRITER (object);

  g_clear_pointer (&self->output, shy_sheet_output_free);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (shy_sheet_writer_parent_class)->finalize (object);
}

static void
shy_sheet_writer_class_init (ShySheetWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_sheet_writer_finalize;
}

static void
shy_sheet_writer_init (ShySheetWriter *self)
{
}

/**
 * shy_sheet_writer_new:
 * @path: (type filename): the file to write
 * @format: its format
 * @error: return location for an error
 *
 * Begins a file. Nothing is at @path until [method@SheetWriter.close]; without it nothing ever is.
 *
 * Errors: %SHY_ERROR_NOT_FOUND, %SHY_ERROR_READ_ONLY, %SHY_ERROR_NO_SPACE, %SHY_ERROR_FAILED.
 *
 * Returns: (transfer full): a writer, or %NULL with @error set
 */
ShySheetWriter *
shy_sheet_writer_new (const char      *path,
                      ShySheetFormat   format,
                      GError         **error)
{
  g_autoptr (ShySheetWriter) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (SHY_TYPE_SHEET_WRITER, NULL);
  self->output = format == SHY_SHEET_FORMAT_CSV ? shy_csv_output_new (path, error)
                                                : shy_xlsx_output_new (path, error);
  return self->output != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * shy_sheet_writer_set_keep:
 * @self: a writer
 * @keep: whether a file that is there already is left as it is
 *
 * Says that nobody was asked whether the target may be replaced: [method@SheetWriter.close] fails
 * where it is there then.
 */
void
shy_sheet_writer_set_keep (ShySheetWriter *self,
                           gboolean        keep)
{
  g_return_if_fail (SHY_IS_SHEET_WRITER (self));

  self->keep = keep;
}

/* The first failure is told by the next call that can tell it. */
static gboolean
report (ShySheetWriter  *self,
        GError         **error)
{
  if (self->failure == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (self->failure));
  return FALSE;
}

static gboolean
can_add (ShySheetWriter *self)
{
  return self->output != NULL && self->failure == NULL && self->column < self->n_columns;
}

/**
 * shy_sheet_writer_add_sheet:
 * @self: a writer
 * @name: the sheet's name; signs that sheet names may not hold become "_"
 * @headers: (array zero-terminated=1): what stands in its first row
 * @error: return location for an error
 *
 * Begins a sheet. A csv file has one.
 *
 * Errors: %SHY_ERROR_UNSUPPORTED for a second sheet in a csv file, %SHY_ERROR_INVALID for a name
 * that is taken, and as [method@SheetWriter.close].
 *
 * Returns: whether it was done
 */
gboolean
shy_sheet_writer_add_sheet (ShySheetWriter      *self,
                            const char          *name,
                            const char * const  *headers,
                            GError             **error)
{
  g_return_val_if_fail (SHY_IS_SHEET_WRITER (self) && self->output != NULL, FALSE);
  g_return_val_if_fail (name != NULL && headers != NULL && headers[0] != NULL, FALSE);
  g_return_val_if_fail (self->column == 0, FALSE);

  self->n_columns = g_strv_length ((GStrv) headers);
  self->row = 0;
  if (self->failure == NULL)
    self->output->class->add_sheet (self->output, name, self->n_columns, &self->failure);
  for (guint i = 0; i < self->n_columns && self->failure == NULL; i++)
    self->output->class->add_header (self->output, i, headers[i], &self->failure);
  if (self->failure == NULL)
    self->output->class->end_row (self->output, 0, &self->failure);
  self->row = 1;
  return report (self, error);
}

/**
 * shy_sheet_writer_add_text:
 * @self: a writer
 * @text: (nullable): the next cell; %NULL for an empty one
 *
 * Writes text, as it stands.
 */
void
shy_sheet_writer_add_text (ShySheetWriter *self,
                           const char     *text)
{
  g_return_if_fail (SHY_IS_SHEET_WRITER (self));

  if (can_add (self) && text != NULL && *text != '\0')
    self->output->class->add_text (self->output, self->row, self->column, text, &self->failure);
  self->column++;
}

/**
 * shy_sheet_writer_add_number:
 * @self: a writer
 * @decimal: (nullable): the next cell as decimal text; %NULL for an empty one
 *
 * Writes a number. One of more than fifteen digits, which a spreadsheet would round, becomes text.
 */
void
shy_sheet_writer_add_number (ShySheetWriter *self,
                             const char     *decimal)
{
  g_return_if_fail (SHY_IS_SHEET_WRITER (self));

  if (can_add (self) && decimal != NULL && *decimal != '\0')
    self->output->class->add_number (self->output, self->row, self->column, decimal, &self->failure);
  self->column++;
}

/**
 * shy_sheet_writer_add_date:
 * @self: a writer
 * @date: (nullable): the next cell; %NULL for an empty one
 *
 * Writes a day.
 */
void
shy_sheet_writer_add_date (ShySheetWriter *self,
                           const GDate    *date)
{
  g_return_if_fail (SHY_IS_SHEET_WRITER (self));
  g_return_if_fail (date == NULL || g_date_valid (date));

  if (can_add (self) && date != NULL)
    self->output->class->add_date (self->output, self->row, self->column, date, &self->failure);
  self->column++;
}

/**
 * shy_sheet_writer_add_boolean:
 * @self: a writer
 * @value: the next cell
 *
 * Writes true or false.
 */
void
shy_sheet_writer_add_boolean (ShySheetWriter *self,
                              gboolean        value)
{
  g_return_if_fail (SHY_IS_SHEET_WRITER (self));

  if (can_add (self))
    self->output->class->add_boolean (self->output, self->row, self->column, value, &self->failure);
  self->column++;
}

/**
 * shy_sheet_writer_add_empty:
 * @self: a writer
 *
 * Leaves the next cell empty.
 */
void
shy_sheet_writer_add_empty (ShySheetWriter *self)
{
  g_return_if_fail (SHY_IS_SHEET_WRITER (self));

  self->column++;
}

/**
 * shy_sheet_writer_end_row:
 * @self: a writer
 * @error: return location for an error
 *
 * Ends the row; cells that were not written are empty.
 *
 * Errors: %SHY_ERROR_LIMIT beyond the rows of a sheet or the text of a cell, and as
 * [method@SheetWriter.close]. What went wrong with a cell is told here too.
 *
 * Returns: whether all went well so far
 */
gboolean
shy_sheet_writer_end_row (ShySheetWriter  *self,
                          GError         **error)
{
  g_return_val_if_fail (SHY_IS_SHEET_WRITER (self) && self->output != NULL, FALSE);
  g_return_val_if_fail (self->n_columns > 0 && self->column <= self->n_columns, FALSE);

  if (self->failure == NULL)
    self->output->class->end_row (self->output, self->row, &self->failure);
  self->row++;
  self->column = 0;
  return report (self, error);
}

/**
 * shy_sheet_writer_close:
 * @self: a writer
 * @error: return location for an error
 *
 * Finishes the file, sees that it reached the disk whole, and puts it in the place of the target.
 * After it nothing can be written. Blocks: call it on a worker thread.
 *
 * Errors: %SHY_ERROR_NO_SPACE, %SHY_ERROR_READ_ONLY, %SHY_ERROR_FAILED. The target is then as it
 * was.
 *
 * Returns: whether the file is there
 */
gboolean
shy_sheet_writer_close (ShySheetWriter  *self,
                        GError         **error)
{
  g_autoptr (ShySheetOutput) output = NULL;

  g_return_val_if_fail (SHY_IS_SHEET_WRITER (self) && self->output != NULL, FALSE);

  output = g_steal_pointer (&self->output);
  if (self->failure == NULL && output->class->finish (output, &self->failure))
    shy_sheet_output_replace (output, !self->keep, &self->failure);
  return report (self, error);
}
