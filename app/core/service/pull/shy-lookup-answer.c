/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/pull/shy-lookup-private.h"

/* What a look-up gives back. */

G_DEFINE_BOXED_TYPE (ShyLookupAnswer, shy_lookup_answer, shy_lookup_answer_ref,
                     shy_lookup_answer_unref)

static void
free_fact (gpointer data)
{
  ShyLookupFact *self = data;

  g_free (self->name);
  g_free (self->text);
  g_free (self->trouble);
  g_free (self);
}

static void
free_detail (gpointer data)
{
  ShyLookupDetail *self = data;

  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

static char *
tell_time (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) now = g_date_time_new_now (zone);

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%S%:z");
}

/* An answer that knows nothing yet. */
ShyLookupAnswer *
shy_lookup_answer_new (ShyService *service, const ShyServiceLookup *lookup)
{
  ShyLookupAnswer *self = g_new0 (ShyLookupAnswer, 1);

  g_atomic_ref_count_init (&self->refs);
  self->outcome = SHY_LOOKUP_UNKNOWN;
  self->facts = g_ptr_array_new_with_free_func (free_fact);
  self->details = g_ptr_array_new_with_free_func (free_detail);
  self->service = g_strdup (service->id);
  self->source = g_strdup (service->title);
  self->lookup = g_strdup (lookup->name);
  self->title = g_strdup (lookup->title);
  self->fetched_at = tell_time ();
  return self;
}

/* Says why nothing is known. */
void
shy_lookup_answer_doubt (ShyLookupAnswer *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_free (self->reason);
  self->reason = g_strdup_vprintf (format, args);
  va_end (args);
  self->outcome = SHY_LOOKUP_UNKNOWN;
}

/**
 * shy_lookup_answer_ref:
 * @self: an answer
 *
 * Returns: (transfer full): the same answer
 */
ShyLookupAnswer *
shy_lookup_answer_ref (ShyLookupAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * shy_lookup_answer_unref:
 * @self: an answer
 *
 * Lets go of the answer.
 */
void
shy_lookup_answer_unref (ShyLookupAnswer *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->reason);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->details);
  g_free (self->service);
  g_free (self->source);
  g_free (self->lookup);
  g_free (self->title);
  g_free (self->fetched_at);
  g_free (self->source_at);
  g_free (self);
}

/**
 * shy_lookup_outcome_to_word:
 * @outcome: what became of a look-up
 *
 * Returns: (transfer none): a word for the journal and for programs: found, not_found or unknown
 */
const char *
shy_lookup_outcome_to_word (ShyLookupOutcome outcome)
{
  static const char *const words[] = { "found", "not_found", "unknown" };

  g_return_val_if_fail ((guint) outcome < G_N_ELEMENTS (words), NULL);
  return words[outcome];
}
