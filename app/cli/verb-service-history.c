/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-service.h"

#include <glib/gi18n.h>

/* Shows what pulls did, and tells a pull that is held what a person says. */

static const char *
get_words (ShyPullOutcome outcome)
{
  switch (outcome)
    {
    case SHY_PULL_LANDED:
      return _("landed");
    case SHY_PULL_UNCHANGED:
      return _("unchanged");
    case SHY_PULL_HELD:
      return _("waits for a person");
    case SHY_PULL_CANCELLED:
      return _("cancelled");
    case SHY_PULL_RUNNING:
      return _("running");
    case SHY_PULL_FAILED:
    default:
      return _("failed");
    }
}

static void
print_record (const ShyPullRecord *record)
{
  g_print ("%s\t%s\t%s\t%s\t%" G_GUINT64_FORMAT "\t+%" G_GUINT64_FORMAT "\t~%" G_GUINT64_FORMAT
           "\t-%" G_GUINT64_FORMAT "\t%s\n",
           record->started, record->service, record->stream, get_words (record->outcome),
           record->rows, record->added, record->changed, record->withdrawn,
           record->reason != NULL ? record->reason : "");
}

static ShyCommandStatus
print_notices (ShyServiceBook *book, const char *id, GError **error)
{
  g_autoptr (GPtrArray) notices = shy_pull_history_list_notices (book, id, error);

  if (notices == NULL)
    return SHY_COMMAND_BAD;
  for (guint i = 0; i < notices->len; i++)
    {
      const ShyPullNotice *notice = g_ptr_array_index (notices, i);

      g_print ("%s\t%s\t%s\t%s\n", notice->made_at, notice->service, notice->stream,
               notice->sentence);
    }
  return SHY_COMMAND_OK;
}

ShyCommandStatus
service_call_history (ServiceCall *self, GError **error)
{
  ShyServiceBook       *book = service_call_book (self, error);
  const char           *id = self->words[2];
  g_autoptr (GPtrArray) records =
    book != NULL ? shy_pull_history_list (book, id, 0, error) : NULL;

  if (records == NULL)
    return SHY_COMMAND_BAD;
  for (guint i = 0; i < records->len; i++)
    if (self->json)
      {
        g_autofree char *line = shy_pull_record_to_json (g_ptr_array_index (records, i));

        g_print ("%s\n", line);
      }
    else
      print_record (g_ptr_array_index (records, i));
  return self->json ? SHY_COMMAND_OK : print_notices (book, id, error);
}

/* The stream that is named, or the only one of which a pull is held. */
static char *
find_held (ServiceCall *self, ShyServiceBook *book, GError **error)
{
  g_autoptr (GPtrArray) streams = NULL;
  const char           *held = NULL;

  if (self->stream != NULL)
    return g_strdup (self->stream);
  streams = shy_service_book_list_streams (book, self->words[2], error);
  for (guint i = 0; streams != NULL && i < streams->len; i++)
    {
      const ShyStreamStatus *status = g_ptr_array_index (streams, i);

      if (!status->held)
        continue;
      if (held != NULL)
        {
          g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                       _("Pulls of several streams of “%s” wait. Name one with --stream."),
                       self->words[2]);
          return NULL;
        }
      held = status->stream;
    }
  if (held == NULL && streams != NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND, _("No pull of “%s” waits for a person."),
                 self->words[2]);
  return g_strdup (held);
}

ShyCommandStatus
service_call_decide (ServiceCall *self, GError **error)
{
  ShyServiceBook  *book = service_call_book (self, error);
  g_autofree char *stream = book != NULL ? find_held (self, book, error) : NULL;
  gboolean         accepts = g_str_equal (self->words[1], "accept");

  if (stream == NULL ||
      !(accepts ? shy_landing_accept : shy_landing_discard) (book, self->words[2], stream, error))
    return SHY_COMMAND_BAD;
  g_print (accepts ? _("The rows of “%s” are taken.\n") : _("The rows of “%s” are thrown away.\n"),
           stream);
  return SHY_COMMAND_OK;
}
