/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/shy-pull-private.h"

#include <glib/gi18n-lib.h>

/* Tests a connection: what happened at each step, and what rows look like. */

#define ROWS_SHOWN 10

/* Clocks closer than this are said to agree, in seconds. */
#define SKEW_FINE 60

typedef struct
{
  ShyPull *pull;
  GString *text;
  guint    shown;
} Test;

static void G_GNUC_PRINTF (2, 3)
say (Test *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->text, format, args);
  va_end (args);
  g_string_append_c (self->text, '\n');
}

static void
trace_cb (const char *what, gpointer data)
{
  say (data, "· %s", what);
}

static void
show_row (Test *self, const ShyServiceRow *row, GHashTable *mapped)
{
  GPtrArray *fields = self->pull->stream->fields;

  if (row->rejected != NULL)
    say (self, _("Row %u is rejected: %s"), ++self->shown, row->rejected);
  else
    say (self, _("Row %u:"), ++self->shown);
  for (guint i = 0; i < fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (fields, i);
      const char     *source = g_hash_table_lookup (mapped, field->name);

      if (field->public.sensitive)
        say (self, _("  %s ← %s: not shown"), field->name, source != NULL ? source : "—");
      else
        say (self, "  %s ← %s: %s", field->name, source != NULL ? source : "—",
             row->values[i] != NULL ? row->values[i] : "—");
    }
}

static gboolean
page_cb (GPtrArray *rows, ShyPullState *state, ShyPullReport *so_far, gpointer data, GError **error)
{
  for (guint i = 0; i < MIN (rows->len, ROWS_SHOWN); i++)
    show_row (data, g_ptr_array_index (rows, i), so_far->mapped);
  return TRUE;
}

static void
show_report (Test *self, const ShyPullReport *report)
{
  if (ABS (report->skew) < SKEW_FINE)
    say (self, _("Clock: agrees with the service's."));
  if (report->total >= 0)
    say (self, _("Total the service says: %lld"), (long long) report->total);
  if (report->unmapped->len > 0)
    {
      g_ptr_array_add (report->unmapped, NULL);
      {
        g_autofree char *names = g_strjoinv (", ", (char **) report->unmapped->pdata);

        say (self, _("Not mapped: %s"), names);
      }
      g_ptr_array_set_size (report->unmapped, (int) report->unmapped->len - 1);
    }
  if (report->warnings > 0)
    say (self, _("Cells that could not be read: %llu"), (unsigned long long) report->warnings);
  for (guint i = 0; i < report->notes->len; i++)
    say (self, "· %s", (const char *) g_ptr_array_index (report->notes, i));
}

/**
 * shy_pull_test: (skip)
 * @self: a pull that has not begun
 * @works: (out): whether rows came
 * @cancellable: (nullable): to end it early
 *
 * Asks for one page and tells what happened at each step: network, clock, signing, envelopes,
 * paging, and the first rows with what the source calls each field. Keeps nothing. Blocks.
 *
 * Returns: (transfer full): lines for a person, without secrets and sensitive values
 */
char *
shy_pull_test (ShyPull *self, gboolean *works, GCancellable *cancellable)
{
  static const ShyPullSink  sink = { NULL, page_cb, NULL };
  Test                      test = { .pull = self };
  g_autoptr (ShyPullReport) report = NULL;
  g_autoptr (GError)        error = NULL;

  g_return_val_if_fail (SHY_IS_PULL (self), NULL);
  g_return_val_if_fail (works != NULL, NULL);

  test.text = g_string_new (NULL);
  say (&test, _("%s, stream “%s” (%s)"), self->service->title, self->stream->title,
       self->stream->name);
  if (self->service->transport.allow_insecure_http)
    say (&test, _("Attention: the service may be asked without encryption."));
  shy_pull_state_restart (self->state);
  shy_pull_set_max_pages (self, 1);
  shy_pull_set_trace (self, trace_cb, &test);
  report = shy_pull_run (self, &sink, &test, cancellable, &error);
  *works = report != NULL && report->rows > report->rejected;
  if (report != NULL)
    show_report (&test, report);
  else
    say (&test, _("Failed: %s"), error->message);
  if (report != NULL && report->rows == 0)
    say (&test, _("The service answered, but with no rows."));
  return g_string_free (test.text, FALSE);
}
