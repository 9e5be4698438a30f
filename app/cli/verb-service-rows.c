/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-service.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* Prints the rows that are kept. */

#define PAGE_ROWS 1000

static char *
write_line (const ShyLandedRow *row)
{
  GString *line = g_string_new (row->service);

  for (guint i = 0; i < row->fields->len; i++)
    {
      g_string_append_c (line, '\t');
      g_string_append (line, row->values[i] != NULL ? row->values[i] : "");
    }
  g_strdelimit (line->str, "\n\r", ' ');
  return g_string_free (line, FALSE);
}

static gboolean
print_page (ServiceCall *self, GPtrArray *page, GError **error)
{
  for (guint i = 0; i < page->len; i++)
    {
      const ShyLandedRow *row = g_ptr_array_index (page, i);
      g_autofree char    *line = self->json ? shy_landed_row_to_json (row) : write_line (row);

      fputs (line, stdout);
      putchar ('\n');
    }
  if (fflush (stdout) == 0)
    return TRUE;
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_NO_SPACE,
                       _("The rows cannot be written to where the output goes."));
  return FALSE;
}

/* A stream that no service has is a wrong word, not a stream without rows. */
static gboolean
check_stream (ServiceCall *self, ShyServiceBook *book, GError **error)
{
  g_autoptr (GPtrArray) streams = shy_service_book_list_streams (book, self->service, error);

  for (guint i = 0; streams != NULL && i < streams->len; i++)
    if (g_str_equal (((ShyStreamStatus *) streams->pdata[i])->stream, self->words[2]))
      return TRUE;
  if (streams != NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("No service that is connected has a stream “%s”. “shanyectl service list” shows "
                   "what there is."), self->words[2]);
  return FALSE;
}

ShyCommandStatus
service_call_rows (ServiceCall *self, GError **error)
{
  ShyServiceBook           *book = service_call_book (self, error);
  g_autoptr (ShyLandedRows) rows = NULL;

  if (book == NULL || !check_stream (self, book, error))
    return SHY_COMMAND_BAD;
  rows = shy_landed_rows_new (book, self->words[2], self->service);
  shy_landed_rows_set_reveal (rows, self->sensitive);
  for (;;)
    {
      g_autoptr (GPtrArray) page = shy_landed_rows_next (rows, PAGE_ROWS, error);

      if (page == NULL || !print_page (self, page, error))
        return SHY_COMMAND_BAD;
      if (page->len == 0)
        return SHY_COMMAND_OK;
    }
}
