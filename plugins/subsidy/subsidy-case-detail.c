/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-case-private.h"

#include "subsidy-packer.h"
#include "subsidy-provenance.h"
#include "subsidy-register.h"
#include "subsidy-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a job reads of one case; the callback hands it to the object. */
typedef struct
{
  gint64          id;
  SubsidySummary *summary; /* (owned) */
  SubsidyDetail  *detail;  /* (owned) */
} Loading;

static void
detail_clear (gpointer data)
{
  SubsidyDetail *self = data;

  g_clear_pointer (&self->facts, shy_facts_free);
  g_clear_pointer (&self->verdict, json_node_unref);
  g_clear_object (&self->policy);
  g_clear_object (&self->store);
  g_free (self->digest);
  g_free (self->title);
  g_clear_pointer (&self->origin, shy_policy_origin_free);
  g_free (self->decided_at);
  g_free (self->actor);
  g_free (self->withdrawn_for);
}

void
subsidy_detail_unref (SubsidyDetail *self)
{
  g_atomic_rc_box_release_full (self, detail_clear);
}

static void
loading_free (gpointer data)
{
  Loading *self = data;

  subsidy_summary_free (self->summary);
  g_clear_pointer (&self->detail, subsidy_detail_unref);
  g_free (self);
}

static ShyStatement *
find_row (ShyConnection  *connection,
          const char     *sql,
          gint64          id,
          GError        **error)
{
  g_autoptr (ShyStatement) row = shy_connection_prepare (connection, sql, error);
  g_autoptr (GError)       local = NULL;

  if (row == NULL)
    return NULL;

  shy_statement_bind_int64 (row, "$1", id);
  if (shy_statement_step (row, &local))
    return g_steal_pointer (&row);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("There is no application %d in the register."), (int) id);
  return NULL;
}

static gboolean
load_summary (Loading        *self,
              ShyConnection  *connection,
              GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;

  row = find_row (connection, "SELECT " SUBSIDY_SUMMARY_COLUMNS " FROM subsidy_case WHERE id = $1",
                  self->id, error);
  if (row == NULL)
    return FALSE;

  self->summary = subsidy_summary_read (connection, row, error);
  return self->summary != NULL;
}

static void
set_context (Loading *self)
{
  g_autofree char *day = g_strdup (self->summary->decided_on);
  GDate            on;

  day[4] = day[7] = '\0';
  g_date_clear (&on, 1);
  g_date_set_dmy (&on, (GDateDay) g_ascii_strtoull (day + 8, NULL, 10),
                  (GDateMonth) g_ascii_strtoull (day + 5, NULL, 10),
                  (GDateYear) g_ascii_strtoull (day, NULL, 10));
  shy_facts_set_on (self->detail->facts, &on);
  shy_facts_set_county (self->detail->facts, self->summary->county);
}

static gboolean
load_revision (Loading        *self,
               ShyConnection  *connection,
               GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autofree char         *facts = NULL;
  g_autofree char         *verdict = NULL;
  gint64                   revision;

  row = find_row (connection,
                  "SELECT id, facts, verdict, pack, decided_at, actor, provenance FROM subsidy_revision "
                  "WHERE case_id = $1 ORDER BY revision DESC LIMIT 1",
                  self->id, error);
  if (row == NULL)
    return FALSE;

  revision = shy_statement_get_int64 (row, 0);
  if (!subsidy_register_prove (connection, "subsidy_revision", revision, error))
    return FALSE;
  facts = subsidy_unpack (connection, SUBSIDY_PACKED_FACTS, revision, row, 1, error);
  if (facts == NULL)
    return FALSE;
  verdict = subsidy_unpack (connection, SUBSIDY_PACKED_VERDICT, revision, row, 2, error);
  if (verdict == NULL)
    return FALSE;

  if (!subsidy_provenance_read (connection, shy_statement_get_int64 (row, 6), &self->detail->origin,
                                error))
    return FALSE;
  self->detail->digest = shy_statement_dup_text (row, 3);
  self->detail->decided_at = shy_statement_dup_text (row, 4);
  self->detail->actor = shy_statement_dup_text (row, 5);
  self->detail->verdict = shy_json_node_from_text (verdict, -1, error);
  self->detail->facts = subsidy_facts_from_json (facts, error);
  return self->detail->verdict != NULL && self->detail->facts != NULL;
}

/* What the very text that decided calls itself. The policy of today may have another title; a text
 * that can no longer be read has none, and does not keep anybody from the case. */
static gboolean
load_title (Loading        *self,
            ShyConnection  *connection,
            GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (ShyPolicy)    policy = NULL;
  g_autoptr (GBytes)       bytes = NULL;
  g_autoptr (GError)       local = NULL;
  char                    *text;

  if (self->detail->digest == NULL)
    return TRUE;
  row = shy_connection_prepare (connection, "SELECT contents FROM subsidy_pack WHERE digest = $1",
                                error);
  if (row == NULL)
    return FALSE;
  shy_statement_bind_text (row, "$1", self->detail->digest);
  if (!shy_statement_step (row, &local))
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  text = shy_statement_dup_text (row, 0);
  bytes = g_bytes_new_take (text, strlen (text));
  policy = shy_policy_new_from_bytes (bytes, self->summary->policy, NULL);
  if (policy != NULL && g_str_equal (shy_policy_get_digest (policy), self->detail->digest))
    self->detail->title = g_strdup (shy_policy_get_title (policy));
  return TRUE;
}

static gboolean
load_withdrawal (Loading        *self,
                 ShyConnection  *connection,
                 GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;

  if (self->summary->withdrawn_at == NULL)
    return TRUE;
  row = find_row (connection, "SELECT reason FROM subsidy_withdrawal WHERE case_id = $1", self->id,
                  error);
  if (row == NULL)
    return FALSE;

  self->detail->withdrawn_for = shy_personal_unseal (connection, "subsidy_withdrawal.reason", self->id,
                                                     shy_statement_get_text (row, 0), error);
  return self->detail->withdrawn_for != NULL;
}

static gboolean
load_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Loading *self = data;

  if (!load_summary (self, connection, error) ||
      !subsidy_register_prove (connection, "subsidy_case", self->id, error) ||
      !load_revision (self, connection, error) || !load_title (self, connection, error))
    return FALSE;

  set_context (self);
  return load_withdrawal (self, connection, error);
}

static Loading *
loading_new (SubsidyCase *self,
             ShyStore    *store,
             ShyPolicy   *policy)
{
  Loading *loading = g_new0 (Loading, 1);

  loading->id = self->id;
  loading->detail = g_atomic_rc_box_new0 (SubsidyDetail);
  loading->detail->id = self->id;
  loading->detail->store = g_object_ref (store);
  g_set_object (&loading->detail->policy, policy);
  return loading;
}

static void
take_loading (SubsidyCase *self,
              Loading     *loading)
{
  g_clear_pointer (&self->detail, subsidy_detail_unref);
  self->detail = g_steal_pointer (&loading->detail);
  subsidy_case_fill (self, g_steal_pointer (&loading->summary));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  SubsidyCase      *self = g_task_get_source_object (task);
  GError           *error = NULL;
  Loading          *loading = shy_store_get_job_data (result);

  if (!shy_store_run_finish (SHY_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  take_loading (self, loading);
  g_task_return_boolean (task, TRUE);
}

/*
 * subsidy_case_load: as subsidy_case_load_async(). Blocks.
 */
gboolean
subsidy_case_load (SubsidyCase   *self,
                   ShyStore      *store,
                   ShyPolicy     *policy,
                   GError       **error)
{
  Loading *loading = loading_new (self, store, policy);
  gboolean done = shy_store_run (store, SHY_STORE_READ, load_job, loading, NULL, error);

  if (done)
    take_loading (self, loading);
  loading_free (loading);
  return done;
}

/*
 * subsidy_case_load_async: reads facts and verdict as stored.
 * @policy: (nullable): the policy that decides the case now; without one it can only be looked at
 */
void
subsidy_case_load_async (SubsidyCase         *self,
                         ShyStore            *store,
                         ShyPolicy           *policy,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask   *task;
  Loading *loading;

  g_return_if_fail (SUBSIDY_IS_CASE (self));

  loading = loading_new (self, store, policy);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, subsidy_case_load_async);
  shy_store_run_async (store, SHY_STORE_READ, load_job, loading, loading_free, cancellable,
                       loaded_cb, task);
}

gboolean
subsidy_case_load_finish (SubsidyCase   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* subsidy_case_get_facts: the facts as stored, without the past; NULL before loading. */
const ShyFacts *
subsidy_case_get_facts (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->detail != NULL ? self->detail->facts : NULL;
}

/* subsidy_case_get_verdict: the verdict as stored; NULL before loading. */
JsonObject *
subsidy_case_get_verdict (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->detail != NULL ? json_node_get_object (self->detail->verdict) : NULL;
}

/* subsidy_case_get_title: of the policy that decided it, as its text of then says; its id where that
 * text was not kept. */
const char *
subsidy_case_get_title (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->detail != NULL && self->detail->title != NULL ? self->detail->title
                                                             : subsidy_case_get_policy (self);
}

/* subsidy_case_get_digest: of the pack that decided it, as stored; NULL in cases of long ago. */
const char *
subsidy_case_get_digest (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->detail != NULL ? self->detail->digest : NULL;
}

/* subsidy_case_get_origin: by whose word that pack decided; NULL in cases of long ago. */
const ShyPolicyOrigin *
subsidy_case_get_origin (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->detail != NULL ? self->detail->origin : NULL;
}

/* subsidy_case_get_decided_at: when what is stored was decided, in UTC; NULL before loading. */
const char *
subsidy_case_get_decided_at (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->detail != NULL ? self->detail->decided_at : NULL;
}

/* subsidy_case_get_actor: who stored the decision; NULL before loading. */
const char *
subsidy_case_get_actor (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->detail != NULL ? self->detail->actor : NULL;
}

/* subsidy_case_get_withdrawn_for: why it was withdrawn, NULL if it was not. */
const char *
subsidy_case_get_withdrawn_for (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->detail != NULL ? self->detail->withdrawn_for : NULL;
}

typedef struct
{
  SubsidyGrounds *grounds;
  const ShyFacts *facts;
} Lookup;

static gboolean
look_up_job (ShyConnection  *connection,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  Lookup *self = data;

  return subsidy_grounds_read (self->grounds, connection, self->facts, error);
}

/* subsidy_case_ref_detail: what was read of the case, for a worker; NULL before loading. */
SubsidyDetail *
subsidy_case_ref_detail (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->detail != NULL ? g_atomic_rc_box_acquire (self->detail) : NULL;
}

/*
 * subsidy_detail_decide: decides the case as of today on these facts: a changed copy of
 * subsidy_case_get_facts(). By the policy it was loaded with, the settings of its county and what all
 * other cases were granted, for the day of the case. Stores nothing. Blocks; any thread may call it.
 */
ShyVerdict *
subsidy_detail_decide (SubsidyDetail   *self,
                       const ShyFacts  *facts,
                       GError         **error)
{
  g_autoptr (SubsidyGrounds) grounds = NULL;
  Lookup                     lookup = { NULL, facts };

  g_return_val_if_fail (self != NULL && self->policy != NULL, NULL);
  g_return_val_if_fail (facts != NULL, NULL);

  lookup.grounds = grounds = subsidy_grounds_new (self->policy);
  if (!shy_store_run (self->store, SHY_STORE_READ, look_up_job, &lookup, NULL, error))
    return NULL;
  return subsidy_grounds_decide (grounds, facts, self->id, error);
}

/* subsidy_case_decide: as subsidy_detail_decide(), on the thread that owns the case. */
ShyVerdict *
subsidy_case_decide (SubsidyCase     *self,
                     const ShyFacts  *facts,
                     GError         **error)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self) && self->detail != NULL, NULL);

  return subsidy_detail_decide (self->detail, facts, error);
}

static gboolean
find_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  return load_summary (data, connection, error);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask)       task = data;
  g_autoptr (SubsidyCase) found = NULL;
  GError                 *error = NULL;
  Loading                *loading = shy_store_get_job_data (result);

  if (!shy_store_run_finish (SHY_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  found = subsidy_case_new (loading->id);
  subsidy_case_fill (found, g_steal_pointer (&loading->summary));
  g_task_return_pointer (task, g_steal_pointer (&found), g_object_unref);
}

/* subsidy_case_find_async: reads what a list shows of the application with this number. */
void
subsidy_case_find_async (ShyStore            *store,
                         gint64               id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Loading *loading = g_new0 (Loading, 1);
  GTask   *task = g_task_new (store, cancellable, callback, user_data);

  loading->id = id;
  g_task_set_source_tag (task, subsidy_case_find_async);
  shy_store_run_async (store, SHY_STORE_READ, find_job, loading, loading_free, cancellable,
                       found_cb, task);
}

/* subsidy_case_find_finish: gives the application, or NULL with the error set. */
SubsidyCase *
subsidy_case_find_finish (ShyStore      *store,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
