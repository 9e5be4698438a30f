/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-trial-private.h"

#include "service/wire/shy-layers-private.h"
#include "service/pull/shy-row-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>

/* Maps what a trial got once more, by a description that was changed since. */

static gboolean
open_reply (const char *reply, const ShyServiceStream *stream, ShyPeeled *peeled, GError **error)
{
  if (reply != NULL)
    return shy_peeled_open (peeled, reply, error) &&
           shy_peeled_peel (peeled, stream->layers, error);
  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               _("The trial got no rows that could be mapped. Try the service again."));
  return FALSE;
}

static ShyTrial *
map (const ShyServiceStream *stream, const ShyJson *json)
{
  g_autoptr (ShyPullReport) report = shy_pull_report_new ();
  g_autoptr (GPtrArray)     records = shy_stream_find_records (stream, json);
  g_autoptr (GPtrArray)     rows = NULL;
  ShyTrial                 *self = shy_trial_new ();
  ShyRowMaker               maker = { NULL };
  guint                     odd;

  shy_row_maker_init (&maker, stream, report);
  maker.examples = self->unmapped;
  rows = shy_row_maker_make_page (&maker, records, TRUE, &odd);
  shy_row_maker_finish (&maker);
  shy_trial_keep_page (self, rows);
  shy_trial_keep_names (self, report);
  self->works = report->rows > report->rejected;
  shy_row_maker_clear (&maker);
  return self;
}

/**
 * shy_trial_remap: (skip)
 * @self: a trial
 * @service: the service as it is described now
 * @stream: the name of the stream that was tried
 * @error: return location for an error
 *
 * Maps the rows of a trial anew, without another request. Steps, reply and log stay with @self.
 *
 * Errors: %SHY_ERROR_NOT_FOUND where the trial got no page or @service has no such stream, and
 * those of envelopes that do not fit any more.
 *
 * Returns: (transfer full): a trial with rows and names, or %NULL with @error set
 */
ShyTrial *
shy_trial_remap (const ShyTrial *self, ShyService *service, const char *stream, GError **error)
{
  const ShyServiceStream *said;
  g_auto (ShyPeeled)      peeled = { NULL };

  g_return_val_if_fail (self != NULL && stream != NULL, NULL);
  g_return_val_if_fail (SHY_IS_SERVICE (service), NULL);

  said = shy_service_find_stream (service, stream);
  if (said == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                   _("The description has no “%s”. Open it again; it may have been changed."),
                   stream);
      return NULL;
    }
  shy_peeled_init (&peeled);
  if (!open_reply (self->reply, said, &peeled, error))
    return NULL;
  return map (said, shy_peeled_last (&peeled));
}
