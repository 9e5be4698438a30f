/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "services-export.h"

#include "landing/shy-landed-rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Rows that are read at a time. */
#define BATCH 1000

typedef struct
{
  char *service;
  char *stream;
  char *search;
  char *path;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_free (self->service);
  g_free (self->stream);
  g_free (self->search);
  g_free (self->path);
  g_free (self);
}

static ShySheetFormat
get_format (const char *path)
{
  return g_str_has_suffix (path, ".csv") ? SHY_SHEET_FORMAT_CSV : SHY_SHEET_FORMAT_XLSX;
}

static gboolean
begin_sheet (ShySheetWriter  *writer,
             const char      *name,
             GPtrArray       *fields,
             GError         **error)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();

  for (guint i = 0; i < fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (fields, i);

      g_ptr_array_add (headers, (gpointer) shy_field_get_label (field));
    }
  g_ptr_array_add (headers, (gpointer) _("Service"));
  g_ptr_array_add (headers, (gpointer) _("Date of the source"));
  g_ptr_array_add (headers, (gpointer) _("Pulled"));
  g_ptr_array_add (headers, NULL);

  return shy_sheet_writer_add_sheet (writer, name, (const char *const *) headers->pdata, error);
}

static void
add_value (ShySheetWriter *writer,
           const ShyField *field,
           const char     *value)
{
  if (value == NULL)
    shy_sheet_writer_add_empty (writer);
  else if (!field->personal &&
           (field->type == SHY_FIELD_INTEGER || field->type == SHY_FIELD_NUMBER))
    shy_sheet_writer_add_number (writer, value);
  else
    shy_sheet_writer_add_text (writer, value);
}

static gboolean
write_row (ShySheetWriter      *writer,
           const ShyLandedRow  *row,
           GPtrArray           *fields,
           GError             **error)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (fields, i);

      add_value (writer, field, shy_landed_row_get (row, field->name));
    }
  shy_sheet_writer_add_text (writer, row->service);
  shy_sheet_writer_add_text (writer, row->source_at != NULL ? row->source_at : "");
  shy_sheet_writer_add_text (writer, row->fetched_at);

  return shy_sheet_writer_end_row (writer, error);
}

/* The columns are those of the first row. */
static gboolean
write_rows (ShyLandedRows   *rows,
            ShySheetWriter  *writer,
            const char      *name,
            GCancellable    *cancellable,
            GError         **error)
{
  g_autoptr (GPtrArray) fields = NULL;

  while (TRUE)
    {
      g_autoptr (GPtrArray) batch = shy_landed_rows_next (rows, BATCH, error);

      if (batch == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (batch->len == 0)
        return TRUE;

      if (fields == NULL)
        {
          fields = g_ptr_array_ref (((ShyLandedRow *) g_ptr_array_index (batch, 0))->fields);
          if (!begin_sheet (writer, name, fields, error))
            return FALSE;
        }
      for (guint i = 0; i < batch->len; i++)
        if (!write_row (writer, g_ptr_array_index (batch, i), fields, error))
          return FALSE;
    }
}

static gpointer
export_call (ShyServiceBook  *book,
             gpointer         data,
             GCancellable    *cancellable,
             GError         **error)
{
  const Export              *export = data;
  g_autoptr (ShyLandedRows)  rows = NULL;
  g_autoptr (ShySheetWriter) writer = NULL;

  if (export->path == NULL)
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE,
                           _("The place is not on this computer. Choose a folder here."));
      return NULL;
    }

  /* The chooser asked whether a file that is there is to be replaced. */
  if (!shy_new_file_check (export->path, NULL, TRUE, error))
    return NULL;
  writer = shy_sheet_writer_new (export->path, get_format (export->path), error);
  if (writer == NULL)
    return NULL;

  rows = shy_landed_rows_new (book, export->stream, export->service);
  shy_landed_rows_set_cancellable (rows, cancellable);
  if (*export->search != '\0')
    shy_landed_rows_set_search (rows, export->search);

  if (!write_rows (rows, writer, export->stream, cancellable, error) ||
      !shy_sheet_writer_close (writer, error))
    return NULL;

  return g_strdup (export->path);
}

void
services_export_async (ShyContext          *context,
                       const char          *service,
                       const char          *stream,
                       const char          *search,
                       GFile               *file,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  Export *export = g_new0 (Export, 1);

  export->service = g_strdup (service);
  export->stream = g_strdup (stream);
  export->search = g_strdup (search);
  export->path = g_file_get_path (file);
  services_run_async (context, export_call, export, export_free, g_free, cancellable, callback,
                      user_data);
}

gboolean
services_export_finish (ShyContext    *context,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_autofree char *path = shy_context_run_finish (context, result, error);

  return path != NULL;
}
