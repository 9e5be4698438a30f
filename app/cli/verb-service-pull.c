/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-service.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* Pulls rows into the database. */

static void
progress_cb (const ShyLandingProgress *progress, gpointer data)
{
  g_printerr ("\r");
  if (progress->total >= 0)
    g_printerr (_("%llu of %lld rows, %.0f a second "), (unsigned long long) progress->rows,
                (long long) progress->total, progress->rate);
  else
    g_printerr (_("%llu rows, %.0f a second "), (unsigned long long) progress->rows,
                progress->rate);
}

static void
print_result (const char *service, const char *stream, const ShyLandingResult *result)
{
  if (result->outcome == SHY_PULL_UNCHANGED)
    g_print (_("%s, %s: nothing has changed; %llu rows.\n"), service, stream,
             (unsigned long long) result->rows);
  else if (result->outcome == SHY_PULL_LANDED)
    g_print (_("%s, %s: %llu rows; %llu new, %llu changed, %llu withdrawn.\n"), service, stream,
             (unsigned long long) result->rows, (unsigned long long) result->added,
             (unsigned long long) result->changed, (unsigned long long) result->withdrawn);
}

/* Prints what the history has of the pull. */
static void
print_report (ShyServiceBook *book, const char *id)
{
  g_autoptr (GPtrArray) records = shy_pull_history_list (book, id, 1, NULL);

  if (records != NULL && records->len > 0)
    {
      g_autofree char *line = shy_pull_record_to_json (g_ptr_array_index (records, 0));

      g_print ("%s\n", line);
    }
}

static void
print_notices (const char *service, const char *stream, const ShyLandingResult *result)
{
  for (guint i = 0; i < result->report->notes->len; i++)
    g_printerr ("%s, %s: %s\n", service, stream,
                (const char *) g_ptr_array_index (result->report->notes, i));
  for (guint i = 0; i < result->notices->len; i++)
    g_printerr ("%s, %s: %s\n", service, stream,
                (const char *) g_ptr_array_index (result->notices, i));
}

static ShyCommandStatus
pull_stream (ServiceCall *self, ShyServiceBook *book, const char *id, const char *stream,
             ShySecrets *secrets, GError **error)
{
  g_autoptr (ShyLanding)       landing = shy_landing_new (book, id, stream, secrets, error);
  g_autoptr (ShyLandingResult) result = NULL;
  g_autoptr (GError)           local = NULL;

  if (landing == NULL)
    return SHY_COMMAND_BAD;
  shy_landing_set_full (landing, self->full);
  shy_landing_set_accept (landing, self->accept);
  shy_landing_set_url_base (landing, self->url_base);
  if (isatty (STDERR_FILENO))
    shy_landing_set_progress (landing, progress_cb, NULL);
  result = shy_landing_run (landing, NULL, &local);
  if (isatty (STDERR_FILENO))
    g_printerr ("\r\033[K");
  if (self->json)
    print_report (book, id);
  else if (result != NULL)
    print_result (id, stream, result);
  if (result != NULL)
    print_notices (id, stream, result);
  if (result != NULL && result->outcome != SHY_PULL_HELD)
    return SHY_COMMAND_OK;
  g_printerr ("%s, %s: %s\n", id, stream, result != NULL ? result->reason : local->message);
  return SHY_COMMAND_NEGATIVE;
}

static ShyCommandStatus
pull_service (ServiceCall *self, ShyServiceBook *book, const char *id, GError **error)
{
  g_autoptr (ShyService) service = shy_service_book_load (book, id, error);
  g_autoptr (ShySecrets) secrets =
    service != NULL ? service_call_secrets (self, service, error) : NULL;
  ShyCommandStatus       worst = SHY_COMMAND_OK;

  if (secrets == NULL)
    return SHY_COMMAND_BAD;
  if (self->stream != NULL)
    return pull_stream (self, book, id, self->stream, secrets, error);
  for (guint i = 0; i < shy_service_get_n_streams (service); i++)
    {
      const ShyServiceStream *stream = shy_service_get_stream (service, i);
      ShyCommandStatus        status = pull_stream (self, book, id,
                                                    shy_service_stream_get_name (stream), secrets,
                                                    error);

      if (status == SHY_COMMAND_BAD)
        return SHY_COMMAND_BAD;
      worst = MAX (worst, status);
    }
  return worst;
}

/* Tells who pulls from a shipped service that was never connected what to do. */
static ShyCommandStatus
explain_missing (const char *id, GError **error)
{
  g_autofree char *path = service_call_find (id);

  g_clear_error (error);
  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               path != NULL ? _("The service “%s” is described but not connected. “shanyectl "
                                "service add %s” connects it.")
                            : _("There is no service “%s”. “shanyectl service add FILE” connects "
                                "one that the file describes."), id, id);
  return SHY_COMMAND_BAD;
}

ShyCommandStatus
service_call_pull (ServiceCall *self, GError **error)
{
  ShyServiceBook       *book = service_call_book (self, error);
  g_autoptr (GPtrArray) entries = book != NULL ? shy_service_book_list (book, error) : NULL;
  ShyCommandStatus      worst = SHY_COMMAND_OK;
  gboolean              found = FALSE;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const ShyServiceEntry *entry = g_ptr_array_index (entries, i);
      ShyCommandStatus       status;

      if (self->words[2] != NULL && !g_str_equal (entry->id, self->words[2]))
        continue;
      found = TRUE;
      status = pull_service (self, book, entry->id, error);
      if (status == SHY_COMMAND_BAD)
        return SHY_COMMAND_BAD;
      worst = MAX (worst, status);
    }
  if (entries == NULL)
    return SHY_COMMAND_BAD;
  return found || self->words[2] == NULL ? worst : explain_missing (self->words[2], error);
}
