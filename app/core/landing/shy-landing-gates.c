/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-run-private.h"

#include "service/describe/shy-service-private.h"

#include <glib/gi18n-lib.h>

/* What makes the rows of a complete run wait for a person. */

/* A field may become empty in so many more of a hundred rows. */
#define MOST_NEWLY_EMPTY 20

/* One row in so many may be without a key, or come twice. */
#define MOST_ODD 5

/* A run over a window of time may be too short to speak of hundredths. */
#define FEWEST_ROWS 20

/* Whether a run asks for what changed since the last, not for everything. */
static gboolean
is_windowed (const ShyLandingRun *self)
{
  return self->staging.stream->sync != NULL;
}

static guint
percent (guint64 part, guint64 whole)
{
  return whole > 0 ? (guint) (part * 100 / whole) : 0;
}

static guint64
count_before (JsonObject *profile, const char *field)
{
  JsonObject *nulls = json_object_has_member (profile, "field_nulls")
                        ? json_object_get_object_member (profile, "field_nulls") : NULL;

  return nulls != NULL ? (guint64) json_object_get_int_member_with_default (nulls, field, 0) : 0;
}

/* F38: a field that the service does not fill any more. */
static char *
find_emptied (ShyLandingRun *self)
{
  const ShyPullReport *report = self->report;
  guint64              rows_before;

  if (self->profile == NULL || report->rows == 0)
    return NULL;
  rows_before = (guint64) json_object_get_int_member_with_default (self->profile, "rows", 0);
  if (rows_before == 0 ||
      (is_windowed (self) && report->rows < FEWEST_ROWS))
    return NULL;
  for (guint i = 0; i < shy_service_stream_get_n_fields (self->staging.stream); i++)
    {
      const ShyField *field = shy_service_stream_get_field (self->staging.stream, i);
      guint64         nulls = GPOINTER_TO_UINT (g_hash_table_lookup (report->field_nulls, field->name));
      guint           now = percent (nulls, report->rows);
      guint           before = percent (count_before (self->profile, field->name), rows_before);

      if (now > before + MOST_NEWLY_EMPTY)
        return g_strdup_printf (_("“%s” is empty in %u of 100 rows; last time it was in %u. The "
                                  "service may have changed. What is there is kept until you accept "
                                  "the new rows or correct the description."),
                                shy_field_get_label (field), now, before);
    }
  return NULL;
}

static char *
find_odd_keys (ShyLandingRun *self)
{
  const ShyTally *tally = &self->staging.tally;
  guint64         rows = self->report->rows;

  if (tally->keyless * MOST_ODD > rows)
    return g_strdup_printf (_("%llu of %llu rows have no key. What is there is kept. Check "
                              "“primary_key” in the description."),
                            (unsigned long long) tally->keyless, (unsigned long long) rows);
  /* Where a total is known, all its rows are there, and those that came twice do no harm. */
  if (self->report->total < 0 && tally->duplicates * MOST_ODD > rows)
    return g_strdup_printf (_("%llu of %llu rows have the key of another row. What is there is kept. "
                              "Check “primary_key” in the description."),
                            (unsigned long long) tally->duplicates, (unsigned long long) rows);
  return NULL;
}

/* F40: no rows where there were some, as after a right was withdrawn. */
static char *
find_nothing (ShyLandingRun *self)
{
  if (self->staging.tally.staged > 0 || self->staging.live_rows == 0 ||
      is_windowed (self))
    return NULL;
  return g_strdup_printf (_("The service gave no rows; there are %lld from before, which are kept. "
                            "Ask who runs it whether the bureau may still read them."),
                          (long long) self->staging.live_rows);
}

/* Far fewer rows than those that they would replace, also where nothing is known of the last pull, as
 * when all are asked for in full. */
static char *
find_shrunk (ShyLandingRun *self)
{
  const ShyServiceStream *stream = self->staging.stream;
  double                  least = shy_service_stream_get_min_complete_ratio (stream) *
                                  (double) self->staging.live_rows;

  if (is_windowed (self) || shy_service_stream_get_merges (stream) ||
      (double) self->staging.tally.staged >= least)
    return NULL;
  return g_strdup_printf (_("Only %llu rows came; %lld are there from before, which are kept. Ask "
                            "who runs the service, or accept the new number."),
                          (unsigned long long) self->staging.tally.staged,
                          (long long) self->staging.live_rows);
}

/* Says why a whole run should not land unseen, %NULL if nothing speaks against it. */
char *
shy_landing_find_doubt (ShyLandingRun *self)
{
  char *(*const gates[]) (ShyLandingRun *) = { find_nothing, find_shrunk, find_emptied,
                                               find_odd_keys };

  if (self->report->reason != NULL)
    return g_strdup (self->report->reason);
  for (guint i = 0; i < G_N_ELEMENTS (gates); i++)
    {
      char *doubt = gates[i] (self);

      if (doubt != NULL)
        return doubt;
    }
  return NULL;
}
