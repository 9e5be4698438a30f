/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-service.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* Prints the rows of a stream as they come, one JSON object a line, and keeps none. */

static void
append_text (GString *line, const char *text)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char     *quoted = NULL;

  json_node_init_string (node, text);
  quoted = json_to_string (node, FALSE);
  g_string_append (line, quoted);
}

static void
append_value (GString *line, ShyFieldType type, const char *value)
{
  if (value == NULL)
    g_string_append (line, "null");
  else if (type == SHY_FIELD_INTEGER || type == SHY_FIELD_NUMBER || type == SHY_FIELD_BOOLEAN)
    g_string_append (line, value);
  else
    append_text (line, value);
}

static void
print_row (const ShyServiceStream *stream, const ShyServiceRow *row)
{
  g_autoptr (GString) line = g_string_new ("{");

  for (guint i = 0; i < shy_service_stream_get_n_fields (stream); i++)
    {
      const ShyField *field = shy_service_stream_get_field (stream, i);

      if (i > 0)
        g_string_append_c (line, ',');
      append_text (line, field->name);
      g_string_append_c (line, ':');
      append_value (line, field->type, row->values[i]);
    }
  g_string_append (line, "}\n");
  fwrite (line->str, 1, line->len, stdout);
}

static gboolean
page_cb (GPtrArray *rows, ShyPullState *state, ShyPullReport *so_far, gpointer data, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const ShyServiceRow *row = g_ptr_array_index (rows, i);

      if (row->rejected != NULL)
        g_printerr ("%s\n", row->rejected);
      else if (!row->repeated)
        print_row (data, row);
    }
  if (fflush (stdout) == 0)
    return TRUE;
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_NO_SPACE,
                       _("The rows cannot be written to where the output goes."));
  return FALSE;
}

/* Fetches the rows of a stream. */
ShyCommandStatus
service_call_fetch (ServiceCall            *call,
                    ShyService             *service,
                    const ShyServiceStream *stream,
                    ShySecrets             *secrets,
                    GError                **error)
{
  static const ShyPullSink  sink = { .page = page_cb };
  g_autoptr (ShyPull)       pull = shy_pull_new (service, stream, secrets, NULL);
  g_autoptr (ShyPullReport) report = NULL;

  shy_pull_set_url_base (pull, call->url_base);
  shy_pull_set_keep_sensitive (pull, call->sensitive);
  report = shy_pull_run (pull, &sink, (gpointer) stream, NULL, error);
  if (report == NULL)
    return SHY_COMMAND_BAD;
  g_printerr (_("%llu rows, %llu of them rejected, %llu twice; %llu requests.\n"),
              (unsigned long long) report->rows, (unsigned long long) report->rejected,
              (unsigned long long) report->duplicates, (unsigned long long) report->requests);
  for (guint i = 0; i < report->notes->len; i++)
    g_printerr ("%s\n", (const char *) g_ptr_array_index (report->notes, i));
  if (report->complete)
    return SHY_COMMAND_OK;
  g_printerr ("%s\n", report->reason);
  return SHY_COMMAND_NEGATIVE;
}
