/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-ahead.h"

/* Rows that are read, looked up and decided together. */
#define AT_ONCE 64

/* How many of those may wait: enough that neither thread stands still for the other. */
#define MAX_WAITING 4

/* Rows that were read; without any, the end or what went wrong. */
typedef struct
{
  GPtrArray *rows;     /* (owned) of SubsidyReading */
  GError    *error;    /* (owned) (nullable) */
  double     progress; /* share of the file, 0 to 1 */
} Some;

struct _SubsidyAhead
{
  ShySheetTable  *table;   /* (unowned) */
  SubsidyDecider *decider; /* (unowned) */
  SubsidyNotes   *notes;   /* (unowned) */
  ShyWorkBudget  *budget;  /* (unowned) */
  GThread        *thread;  /* (owned) */
  gboolean        ended;   /* there are no more rows; of the thread */
  GMutex          mutex;
  GCond           changed;
  GQueue          waiting; /* of Some; guarded by mutex */
  gboolean        stopped; /* nobody wants more; guarded by mutex */
};

static void
some_free (gpointer data)
{
  Some *some = data;

  g_ptr_array_unref (some->rows);
  g_clear_error (&some->error);
  g_free (some);
}

static double
get_progress (SubsidyAhead *self)
{
  guint64 done, total;

  shy_sheet_table_get_progress (self->table, &done, &total);
  return total > 0 ? (double) done / (double) total : 0;
}

static Some *
read_some (SubsidyAhead *self)
{
  Some                 *some = g_new0 (Some, 1);
  const ShySheetRecord *row;

  some->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) subsidy_reading_free);
  while (!self->ended && some->rows->len < AT_ONCE)
    if ((row = shy_sheet_table_next (self->table, &some->error)) == NULL)
      self->ended = TRUE;
    else if (subsidy_notes_take_row (self->notes, row))
      {
        SubsidyReading *reading = subsidy_decider_read (self->decider, row);

        shy_facts_set_work_budget (reading->facts, self->budget);
        g_ptr_array_add (some->rows, reading);
      }
  some->progress = get_progress (self);
  return some;
}

/* Whether more is wanted. Takes @some. */
static gboolean
hand_over (SubsidyAhead *self,
           Some         *some)
{
  gboolean last = some->rows->len == 0 || some->error != NULL;
  gboolean wanted;

  g_mutex_lock (&self->mutex);
  while (!self->stopped && self->waiting.length >= MAX_WAITING)
    g_cond_wait (&self->changed, &self->mutex);
  g_queue_push_tail (&self->waiting, some);
  wanted = !self->stopped;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);

  return wanted && !last;
}

static gpointer
read_ahead (gpointer data)
{
  SubsidyAhead *self = data;

  while (hand_over (self, read_some (self)))
    continue;
  return NULL;
}

/* subsidy_ahead_new: begins to read. What is given must outlive it. */
SubsidyAhead *
subsidy_ahead_new (ShySheetTable  *table,
                   SubsidyDecider *decider,
                   SubsidyNotes   *notes,
                   ShyWorkBudget  *budget)
{
  SubsidyAhead *self = g_new0 (SubsidyAhead, 1);

  self->table = table;
  self->decider = decider;
  self->notes = notes;
  self->budget = budget;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->waiting);
  self->thread = g_thread_new ("rows", read_ahead, self);
  return self;
}

/* subsidy_ahead_free: reads no further. */
void
subsidy_ahead_free (SubsidyAhead *self)
{
  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);

  g_queue_clear_full (&self->waiting, some_free);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/*
 * subsidy_ahead_next: waits for the next rows.
 * @progress: (out): how much of the file they and those before them are, 0 to 1
 *
 * Gives the rows of SubsidyReading, in the order of the sheet; none at its end, where it must not be
 * called again; NULL with the error of the reader.
 */
GPtrArray *
subsidy_ahead_next (SubsidyAhead  *self,
                    double        *progress,
                    GError       **error)
{
  GPtrArray *rows = NULL;
  Some      *some;

  g_mutex_lock (&self->mutex);
  while (self->waiting.length == 0)
    g_cond_wait (&self->changed, &self->mutex);
  some = g_queue_pop_head (&self->waiting);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);

  *progress = some->progress;
  if (some->error != NULL)
    g_propagate_error (error, g_steal_pointer (&some->error));
  else
    rows = g_ptr_array_ref (some->rows);
  some_free (some);
  return rows;
}
