/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/shy-export.h"

#include "json/shy-json-writer.h"
#include "sheet/shy-sheet-writer.h"
#include "shy-date.h"
#include "shy-error.h"
#include "shy-new-file.h"

#include <errno.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>

struct _ShyExport
{
  GPtrArray      *columns;  /* (owned) of ShyField */
  gboolean        replace;  /* a file that is there */
  ShySheetWriter *writer;   /* (owned) (nullable): of a table */
  ShyNewFile     *file;     /* (owned) (nullable): for programs */
  GOutputStream  *stream;   /* (owned) (nullable): into that file */
  char           *path;     /* (owned) */
  gboolean        begun;    /* a record was written to the stream */
};

static gboolean
ends_in (const char *path,
         const char *suffix)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, suffix);
}

/**
 * shy_export_can_write: (skip)
 * @path: (type filename): where a list is to be written
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_USAGE.
 *
 * Returns: whether the name ends as a kind of file that can be written
 */
gboolean
shy_export_can_write (const char  *path,
                      GError     **error)
{
  if (ends_in (path, ".xlsx") || ends_in (path, ".csv") || ends_in (path, ".json"))
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
               _("The results cannot be written to “%s”: name a file that ends in .xlsx, .csv or "
                 ".json."),
               path);
  return FALSE;
}

static gboolean
begin_table (ShyExport   *self,
             const char  *sheet,
             GError     **error)
{
  ShySheetFormat        format = ends_in (self->path, ".csv") ? SHY_SHEET_FORMAT_CSV
                                                              : SHY_SHEET_FORMAT_XLSX;
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();

  for (guint i = 0; i < self->columns->len; i++)
    g_ptr_array_add (headers, (gpointer) shy_field_get_label (self->columns->pdata[i]));
  g_ptr_array_add (headers, NULL);

  self->writer = shy_sheet_writer_new (self->path, format, error);
  if (self->writer == NULL)
    return FALSE;
  shy_sheet_writer_set_keep (self->writer, !self->replace);
  return shy_sheet_writer_add_sheet (self->writer, sheet, (const char *const *) headers->pdata, error);
}

static gboolean
begin_objects (ShyExport  *self,
               GError    **error)
{
  g_autoptr (GOutputStream) stream = NULL;

  self->file = shy_new_file_create (self->path, error);
  if (self->file == NULL)
    return FALSE;
  stream = g_unix_output_stream_new (shy_new_file_get_fd (self->file), FALSE);
  self->stream = g_buffered_output_stream_new (stream);
  return TRUE;
}

/**
 * shy_export_new: (skip)
 * @path: (type filename): where the list is to be
 * @sheet: what its sheet is called
 * @columns: (element-type ShyField): its columns
 * @replace: whether a file that is there already is replaced
 * @error: return location for an error
 *
 * Blocks: call it on a thread of its own.
 *
 * Errors: %SHY_ERROR_USAGE for another kind of file, and as [method@SheetWriter.close].
 *
 * Returns: (transfer full): an export, or %NULL with @error set
 */
ShyExport *
shy_export_new (const char  *path,
                const char  *sheet,
                GPtrArray   *columns,
                gboolean     replace,
                GError     **error)
{
  g_autoptr (ShyExport) self = NULL;

  if (!shy_export_can_write (path, error) || !shy_new_file_check (path, NULL, replace, error))
    return NULL;

  self = g_new0 (ShyExport, 1);
  self->columns = g_ptr_array_ref (columns);
  self->replace = replace;
  self->path = g_strdup (path);
  if (ends_in (path, ".json") ? begin_objects (self, error) : begin_table (self, sheet, error))
    return g_steal_pointer (&self);
  return NULL;
}

static void
add_cell (ShyExport       *self,
          const ShyField *column,
          const char      *value)
{
  g_autofree char *shown = NULL;
  GDate            date;

  if (value == NULL)
    shy_sheet_writer_add_empty (self->writer);
  else if (shy_record_field_is_number (column))
    shy_sheet_writer_add_number (self->writer, value);
  else if (column->type == SHY_FIELD_DATE && shy_date_parse (value, &date))
    shy_sheet_writer_add_date (self->writer, &date);
  else
    shy_sheet_writer_add_text (self->writer, shown = shy_record_field_display (column, value));
}

static gboolean
write_text (ShyExport   *self,
            const char  *text,
            GError     **error)
{
  g_autoptr (GError) local = NULL;

  if (g_output_stream_write_all (self->stream, text, strlen (text), NULL, NULL, &local))
    return TRUE;
  shy_new_file_set_error (self->path,
                          g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? ENOSPC : EIO,
                          error);
  return FALSE;
}

/* Numbers stay decimal text as they are written, which is how JSON writes them. */
static gboolean
add_object (ShyExport           *self,
            const char * const  *values,
            GError             **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  shy_json_writer_open (text, NULL, '{');
  for (guint i = 0; i < self->columns->len; i++)
    {
      const ShyField *column = self->columns->pdata[i];

      if (values[i] == NULL)
        shy_json_writer_value (text, column->name, "null");
      else if (shy_record_field_is_number (column))
        shy_json_writer_value (text, column->name, values[i]);
      else if (column->type == SHY_FIELD_BOOLEAN)
        shy_json_writer_boolean (text, column->name, g_str_equal (values[i], "true"));
      else
        shy_json_writer_text (text, column->name, values[i]);
    }
  shy_json_writer_close (text, '}');
  g_string_prepend (text, self->begun ? ",\n" : "[\n");
  self->begun = TRUE;
  return write_text (self, text->str, error);
}

/**
 * shy_export_add: (skip)
 * @self: an export
 * @values: (array): a value for each column, as it is stored; %NULL for none
 * @error: return location for an error
 *
 * Writes one record. Numbers and days become numbers and days of a spreadsheet; everything else is
 * text, numbers of persons too.
 *
 * Returns: whether all went well so far
 */
gboolean
shy_export_add (ShyExport           *self,
                const char * const  *values,
                GError             **error)
{
  if (self->writer == NULL)
    return add_object (self, values, error);

  for (guint i = 0; i < self->columns->len; i++)
    add_cell (self, self->columns->pdata[i], values[i]);
  return shy_sheet_writer_end_row (self->writer, error);
}

/**
 * shy_export_close: (skip)
 * @self: an export
 * @error: return location for an error
 *
 * Puts the file in its place. After it nothing can be written.
 *
 * Errors: as [method@SheetWriter.close].
 *
 * Returns: whether the file is there
 */
gboolean
shy_export_close (ShyExport  *self,
                  GError    **error)
{
  const char *end = self->begun ? "\n]\n" : "[]\n";

  if (self->writer != NULL)
    return shy_sheet_writer_close (self->writer, error);
  if (!write_text (self, end, error))
    return FALSE;
  if (g_output_stream_close (self->stream, NULL, NULL))
    return shy_new_file_commit (self->file, self->replace, error);
  shy_new_file_set_error (self->path, EIO, error);
  return FALSE;
}

/**
 * shy_export_free: (skip)
 * @self: an export
 *
 * Ends it. What was not closed leaves nothing behind.
 */
void
shy_export_free (ShyExport *self)
{
  g_clear_object (&self->writer);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->file, shy_new_file_free);
  g_ptr_array_unref (self->columns);
  g_free (self->path);
  g_free (self);
}

/* A list that is written while it is read. */
typedef struct
{
  ShyExport *export; /* (owned) (nullable) until the first record */
  char      *sheet;  /* (owned) */
  char      *path;   /* (owned) (nullable) */
} Writing;

static void
writing_free (gpointer data)
{
  Writing *self = data;

  g_clear_pointer (&self->export, shy_export_free);
  g_free (self->sheet);
  g_free (self->path);
  g_free (self);
}

/* The chooser asked whether a file that is there is to be replaced. */
static gboolean
begin_writing (Writing    *self,
               GPtrArray  *columns,
               GError    **error)
{
  if (self->path == NULL)
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE,
                           _("The place is not on this computer. Choose a folder here."));
      return FALSE;
    }
  self->export = shy_export_new (self->path, self->sheet, columns, TRUE, error);
  return self->export != NULL;
}

static gboolean
write_record (GPtrArray           *columns,
              const char * const  *values,
              gpointer             data,
              GError             **error)
{
  Writing *self = data;

  if (self->export == NULL && !begin_writing (self, columns, error))
    return FALSE;
  return values != NULL ? shy_export_add (self->export, values, error)
                        : shy_export_close (self->export, error);
}

/**
 * shy_records_export_async: (skip)
 * @records: a list
 * @ids: (element-type gint64): which of its records, in which order
 * @sheet: what the sheet is called
 * @file: where to; a file that is there is replaced
 * @cancellable: (nullable): stops it; nothing is left behind
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes records to a file, masked as they are on the screen.
 */
void
shy_records_export_async (ShyRecords          *records,
                          GArray              *ids,
                          const char          *sheet,
                          GFile               *file,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->sheet = g_strdup (sheet);
  writing->path = g_file_get_path (file);
  shy_records_foreach_async (records, ids, write_record, writing, writing_free, cancellable, callback,
                             user_data);
}

/**
 * shy_records_export_finish: (skip)
 * @records: a list
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_USAGE for another kind of file or a place that is not on this computer, and as
 * [method@SheetWriter.close].
 *
 * Returns: whether the file is there
 */
gboolean
shy_records_export_finish (ShyRecords    *records,
                           GAsyncResult  *result,
                           GError       **error)
{
  return shy_records_foreach_finish (records, result, error);
}
