/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-service.h"

#include <glib/gi18n.h>
#include <string.h>
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
  /* Somebody was faster, and does it. */
  if (self->due && g_error_matches (local, SHY_ERROR, SHY_ERROR_BUSY))
    {
      g_print ("%s, %s: %s\n", id, stream, local->message);
      return SHY_COMMAND_OK;
    }
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

/* Who pulls by a timer is not there to put a key in: a service that lacks one is told of and left
 * alone, so that the window, which may have it, does not find a failure. */
static gboolean
has_keys (const char *id, ShyService *service, ShySecrets *secrets)
{
  g_auto (GStrv)   missing = shy_service_list_missing (service, secrets);
  g_autofree char *names = g_strjoinv (_(", "), missing);

  if (missing[0] != NULL)
    /* Translators: the id of a service, then the names of its keys. */
    g_printerr (_("%s: not pulled, for %s is missing. Put it into the keyring in the window, or give "
                  "it by --secret-file or in the environment.\n"), id, names);
  return missing[0] == NULL;
}

/* What is due is looked up when its turn comes: what was before it may have taken hours. */
static ShyCommandStatus
pull_due (ServiceCall *self, ShyServiceBook *book, const ShyServiceEntry *entry, guint *count,
          GError **error)
{
  g_autoptr (GDateTime)  now = g_date_time_new_now_utc ();
  g_autoptr (GPtrArray)  streams = shy_service_book_list_streams (book, entry->id, error);
  g_autoptr (ShyService) service = NULL;
  g_autoptr (ShySecrets) secrets = NULL;
  ShyCommandStatus       worst = SHY_COMMAND_OK;

  for (guint i = 0; streams != NULL && i < streams->len; i++)
    {
      const ShyStreamStatus *stream = g_ptr_array_index (streams, i);
      ShyCommandStatus       status;

      if (!shy_schedule_is_due (entry, stream, now))
        continue;
      (*count)++;
      if (service == NULL)
        service = shy_service_book_load (book, entry->id, error);
      if (service != NULL && secrets == NULL)
        secrets = service_call_secrets (self, service, error);
      if (secrets == NULL)
        return SHY_COMMAND_BAD;
      if (!has_keys (entry->id, service, secrets))
        return SHY_COMMAND_NEGATIVE;
      status = pull_stream (self, book, entry->id, stream->stream, secrets, error);
      worst = MAX (worst, status);
    }
  return streams != NULL ? worst : SHY_COMMAND_BAD;
}

/* The first moment at which something is due again, NULL where nothing ever is. */
static const char *
find_next (GPtrArray *entries, const char *id)
{
  const char *next = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const ShyServiceEntry *entry = g_ptr_array_index (entries, i);

      if (entry->next_pull != NULL && (id == NULL || g_str_equal (entry->id, id)) &&
          (next == NULL || strcmp (entry->next_pull, next) < 0))
        next = entry->next_pull;
    }
  return next;
}

static void
print_none_due (GPtrArray *entries, const char *id)
{
  const char *next = find_next (entries, id);

  if (next != NULL)
    g_print (_("Nothing is due. The next pull is due at %s.\n"), next);
  else
    g_print ("%s\n", _("Nothing is due: no service is pulled automatically."));
}

/* By a timer, one service that fails does not keep others from their pull. */
static ShyCommandStatus
pull_services (ServiceCall *self, ShyServiceBook *book, GPtrArray *entries, GError **error)
{
  ShyCommandStatus worst = SHY_COMMAND_OK;
  gboolean         found = FALSE;
  guint            due = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const ShyServiceEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (GError)     local = NULL;
      ShyCommandStatus       status;

      if (self->words[2] != NULL && !g_str_equal (entry->id, self->words[2]))
        continue;
      found = TRUE;
      status = self->due ? pull_due (self, book, entry, &due, &local)
                         : pull_service (self, book, entry->id, error);
      if (local != NULL)
        g_printerr ("%s: %s\n", entry->id, local->message);
      else if (status == SHY_COMMAND_BAD)
        return SHY_COMMAND_BAD;
      worst = MAX (worst, status);
    }
  if (!found && self->words[2] != NULL)
    return explain_missing (self->words[2], error);
  if (self->due && due == 0)
    print_none_due (entries, self->words[2]);
  return worst;
}

static gboolean
check_due (ServiceCall *self, GError **error)
{
  if (!self->full && !self->accept && self->stream == NULL && self->url_base == NULL)
    return TRUE;
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE,
                       _("--due pulls what the schedule asks for, as the bureau set it. It does not "
                         "go with --full, --accept, --stream or --url-base."));
  return FALSE;
}

ShyCommandStatus
service_call_pull (ServiceCall *self, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  ShyServiceBook       *book;

  if (self->due && !check_due (self, error))
    return SHY_COMMAND_BAD;
  /* That something could be pulled is no reason to make a database. */
  if (self->due && !g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      g_print ("%s\n", _("Nothing is due: there is no database yet."));
      return SHY_COMMAND_OK;
    }
  book = service_call_book (self, error);
  entries = book != NULL ? shy_service_book_list (book, error) : NULL;
  return entries != NULL ? pull_services (self, book, entries, error) : SHY_COMMAND_BAD;
}
