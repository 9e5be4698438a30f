/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-behind.h"

/* How many lots of rows may wait: enough that neither thread stands still for the other. */
#define MAX_WAITING 4

struct _SubsidyBehind
{
  ShyPolicy    *policy;  /* (unowned) */
  SubsidySpool *spool;   /* (unowned) */
  GThread      *thread;  /* (owned) (nullable) */
  GMutex        mutex;
  GCond         changed;
  GQueue        waiting; /* (owned) of GPtrArray of SubsidyReading; guarded by mutex */
  GError       *error;   /* (owned) (nullable): why nothing more is written; guarded by mutex */
  gboolean      ended;   /* no more will come; guarded by mutex */
};

/* The next rows; NULL if there will be none. */
static GPtrArray *
wait_for_rows (SubsidyBehind *self)
{
  GPtrArray *rows;

  g_mutex_lock (&self->mutex);
  while (self->waiting.length == 0 && !self->ended)
    g_cond_wait (&self->changed, &self->mutex);
  rows = g_queue_pop_head (&self->waiting);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);

  return rows;
}

static gboolean
write_rows (SubsidyBehind  *self,
            GPtrArray      *rows,
            GError        **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      SubsidyReading *reading = rows->pdata[i];

      subsidy_reading_write (reading, self->policy);
      if (!subsidy_spool_add (self->spool, &reading->record, error))
        return FALSE;
    }

  return TRUE;
}

static gpointer
write_behind (gpointer data)
{
  SubsidyBehind     *self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray         *rows;

  while (error == NULL && (rows = wait_for_rows (self)) != NULL)
    {
      write_rows (self, rows, &error);
      g_ptr_array_unref (rows);
    }

  g_mutex_lock (&self->mutex);
  self->error = g_steal_pointer (&error);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/* subsidy_behind_new: begins to write. What is given must outlive it; the spool is its own meanwhile. */
SubsidyBehind *
subsidy_behind_new (ShyPolicy    *policy,
                    SubsidySpool *spool)
{
  SubsidyBehind *self = g_new0 (SubsidyBehind, 1);

  self->policy = policy;
  self->spool = spool;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->waiting);
  self->thread = g_thread_new ("written", write_behind, self);
  return self;
}

/* Nobody waits any more when this returns. */
static void
end (SubsidyBehind *self)
{
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->thread, g_thread_join);
}

/* subsidy_behind_free: writes no further than it must. */
void
subsidy_behind_free (SubsidyBehind *self)
{
  g_mutex_lock (&self->mutex);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) g_ptr_array_unref);
  g_mutex_unlock (&self->mutex);
  end (self);

  g_clear_error (&self->error);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
fail_if_failed (SubsidyBehind  *self,
                GError        **error)
{
  if (self->error == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (self->error);
  return FALSE;
}

/*
 * subsidy_behind_add: hands over rows that were judged, which nobody else touches any more. Waits
 * where too many stand in line. Errors: of the rows before.
 */
gboolean
subsidy_behind_add (SubsidyBehind  *self,
                    GPtrArray      *rows,
                    GError        **error)
{
  gboolean well;

  g_mutex_lock (&self->mutex);
  while (self->error == NULL && self->waiting.length >= MAX_WAITING)
    g_cond_wait (&self->changed, &self->mutex);
  well = fail_if_failed (self, error);
  if (well)
    {
      g_queue_push_tail (&self->waiting, g_ptr_array_ref (rows));
      g_cond_broadcast (&self->changed);
    }
  g_mutex_unlock (&self->mutex);

  return well;
}

/* subsidy_behind_finish: waits until all rows are in the spool, which is the caller's again. */
gboolean
subsidy_behind_finish (SubsidyBehind  *self,
                       GError        **error)
{
  end (self);
  return fail_if_failed (self, error);
}
