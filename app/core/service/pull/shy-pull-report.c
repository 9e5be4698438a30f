/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-pull-private.h"

#include <glib/gi18n-lib.h>

#define MOST_REJECTED 5 /* one row in so many may lack what is required, more means a change */

G_DEFINE_BOXED_TYPE (ShyPullReport, shy_pull_report, shy_pull_report_ref, shy_pull_report_unref)

ShyPullReport *
shy_pull_report_new (void)
{
  ShyPullReport *self = g_new0 (ShyPullReport, 1);

  g_atomic_ref_count_init (&self->refs);
  self->total = -1;
  self->whole = TRUE;
  self->previous = -1;
  self->field_warnings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->field_nulls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->mapped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->unmapped = g_ptr_array_new_with_free_func (g_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * shy_pull_report_ref:
 * @self: a report
 *
 * Returns: (transfer full): the same report
 */
ShyPullReport *
shy_pull_report_ref (ShyPullReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * shy_pull_report_unref:
 * @self: a report
 *
 * Lets go of the report.
 */
void
shy_pull_report_unref (ShyPullReport *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->reason);
  g_hash_table_unref (self->field_warnings);
  g_hash_table_unref (self->field_nulls);
  g_hash_table_unref (self->mapped);
  g_ptr_array_unref (self->unmapped);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/* Adds a sentence that a person should read, once. */
void
shy_pull_report_note (ShyPullReport *self, const char *format, ...)
{
  g_autofree char *note = NULL;
  va_list          args;

  va_start (args, format);
  note = g_strdup_vprintf (format, args);
  va_end (args);
  if (!g_ptr_array_find_with_equal_func (self->notes, note, g_str_equal, NULL))
    g_ptr_array_add (self->notes, g_steal_pointer (&note));
}

static void
take_reason (ShyPullReport *self, const char *format, va_list args)
{
  if (self->reason == NULL)
    self->reason = g_strdup_vprintf (format, args);
}

/* Says why pages are missing; the first reason stays. */
void
shy_pull_report_fail (ShyPullReport *self, const char *format, ...)
{
  va_list args;

  self->whole = FALSE;
  va_start (args, format);
  take_reason (self, format, args);
  va_end (args);
}

/* Says why the rows of all pages should not be taken unseen; the first reason stays. */
void
shy_pull_report_doubt (ShyPullReport *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  take_reason (self, format, args);
  va_end (args);
}

/* Counts rows anew. What was noted stays. */
void
shy_pull_report_reset (ShyPullReport *self)
{
  self->pages = self->rows = self->unique = self->duplicates = self->rejected = self->warnings = 0;
  self->total = -1;
  self->resumed = FALSE;
  g_hash_table_remove_all (self->field_warnings);
  g_hash_table_remove_all (self->field_nulls);
}

/* Says whether the rows may take the place of those before. */
void
shy_pull_report_judge (ShyPullReport *self, const ShyServiceStream *stream, gint64 previous,
                       guint64 rows)
{
  if (self->rejected * MOST_REJECTED > self->rows)
    shy_pull_report_doubt (self,
                           _("%llu of %llu rows lack what is required. What is there is kept. The "
                             "service may have changed; test the connection and correct the "
                             "description."),
                           (unsigned long long) self->rejected, (unsigned long long) self->rows);
  if (stream->sync == NULL && previous >= 0 &&
      (double) rows < stream->min_complete_ratio * (double) previous)
    shy_pull_report_doubt (self,
                           _("Only %llu rows came; the last complete pull had %lld. What is there "
                             "is kept. Ask who runs the service, or accept the new number."),
                           (unsigned long long) rows, (long long) previous);
}
