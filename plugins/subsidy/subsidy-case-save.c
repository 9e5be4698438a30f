/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-case-private.h"

#include "subsidy-register.h"
#include "subsidy-row.h"

#include <glib/gi18n-lib.h>

/* A change of one case with all it owns, on its way to the register and back. */
typedef struct
{
  SubsidyDecision   decision;
  SubsidyWithdrawal withdrawal;
  ShyPolicy        *policy;  /* (owned) (nullable) */
  ShyFacts         *facts;   /* (owned) (nullable): the applicant's */
  char             *reason;  /* (owned) (nullable) */
  SubsidySummary   *summary; /* (owned) (nullable): read again after the change */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_clear_pointer (&self->decision.warnings, g_ptr_array_unref);
  subsidy_decision_clear (&self->decision);
  g_clear_pointer (&self->withdrawal.others, g_ptr_array_unref);
  subsidy_summary_free (self->summary);
  g_clear_object (&self->policy);
  g_clear_pointer (&self->facts, shy_facts_free);
  g_free (self->reason);
  g_free (self);
}

/* What was shown goes with it, so that it is told if the register says otherwise. */
static Saving *
saving_new (SubsidyCase *self,
            ShyVerdict  *verdict,
            const char  *reason)
{
  Saving          *saving = g_new0 (Saving, 1);
  SubsidyDecision *decision = &saving->decision;

  saving->policy = g_object_ref (self->detail->policy);
  saving->facts = shy_facts_copy (shy_verdict_get_facts (verdict));
  shy_facts_forget_past (saving->facts);
  saving->reason = g_strdup (reason);
  decision->id = self->id;
  decision->revision = subsidy_case_get_revision (self);
  decision->policy = saving->policy;
  decision->facts = saving->facts;
  decision->reason = saving->reason;
  decision->record.outcome = (SubsidyOutcome) shy_verdict_get_outcome (verdict);
  if (decision->record.outcome == SUBSIDY_ELIGIBLE)
    decision->record.amount = MAX (shy_verdict_get_amount (verdict), 0);
  decision->warnings = subsidy_json_kept_warnings (
    json_node_get_object (self->detail->verdict), saving->facts);
  if (self->summary != NULL)
    {
      decision->batch = self->summary->batch;
      decision->record.row = self->summary->row;
    }
  return saving;
}

static gboolean
read_summary (Saving         *self,
              ShyConnection  *connection,
              gint64          id,
              GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;

  row = shy_connection_prepare (
    connection, "SELECT " SUBSIDY_SUMMARY_COLUMNS " FROM subsidy_case WHERE id = $1", error);
  if (row == NULL)
    return FALSE;

  shy_statement_bind_int64 (row, "$1", id);
  if (!shy_statement_step (row, error))
    return FALSE;
  self->summary = subsidy_summary_read (connection, row, error);
  return self->summary != NULL;
}

static gboolean
save_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Saving *self = data;

  return subsidy_register_amend (connection, &self->decision, cancellable, error) &&
         read_summary (self, connection, self->decision.id, error);
}

/* What was just stored is what is decided from now on. */
static void
renew_detail (SubsidyDetail *detail,
              const Saving  *saving)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (JsonNode)  verdict =
    shy_json_node_from_text (saving->decision.record.verdict, -1, NULL);

  g_clear_pointer (&detail->facts, shy_facts_free);
  detail->facts = shy_facts_copy (saving->facts);
  g_clear_pointer (&detail->verdict, json_node_unref);
  detail->verdict = g_steal_pointer (&verdict);
  g_free (detail->digest);
  detail->digest = g_strdup (shy_policy_get_digest (saving->policy));
  g_clear_pointer (&detail->origin, shy_policy_origin_free);
  detail->origin = shy_policy_origin_copy (shy_policy_get_origin (saving->policy));
  g_free (detail->decided_at);
  detail->decided_at = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_free (detail->actor);
  detail->actor = g_strdup (g_get_user_name ());
}

static void
take_saving (SubsidyCase *self,
             Saving      *saving)
{
  self->id = saving->decision.id;
  g_clear_pointer (&self->turned, subsidy_turn_free);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  self->turned = g_steal_pointer (&saving->decision.turned);
  self->others = g_steal_pointer (&saving->decision.others);
  if (self->detail != NULL && saving->facts != NULL)
    renew_detail (self->detail, saving);
  subsidy_case_fill (self, g_steal_pointer (&saving->summary));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError           *error = NULL;

  if (!shy_store_run_finish (SHY_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  take_saving (g_task_get_source_object (task), shy_store_get_job_data (result));
  g_task_return_boolean (task, TRUE);
}

/*
 * subsidy_case_save_async: stores the facts of a verdict and what is decided on them, with the
 * journal's entry. What the decision rests on is read again in the same transaction: where it comes
 * out otherwise than @verdict, subsidy_case_get_turned() says so afterwards, and
 * subsidy_case_get_others() names the other cases that would now turn.
 * @verdict: from subsidy_case_decide()
 * @reason: (nullable): why it is stored although the clock fell back
 *
 * The case was loaded with the policy that decides it. Errors: SHY_ERROR_BUSY if somebody else changed the case
 * since it was read; nothing was stored then.
 */
void
subsidy_case_save_async (SubsidyCase         *self,
                         ShyStore            *store,
                         ShyVerdict          *verdict,
                         const char          *reason,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (SUBSIDY_IS_CASE (self));
  g_return_if_fail (SHY_IS_VERDICT (verdict));
  g_return_if_fail (self->detail != NULL && self->detail->policy != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, subsidy_case_save_async);
  shy_store_run_async (store, SHY_STORE_WRITE, save_job, saving_new (self, verdict, reason),
                       saving_free, cancellable, saved_cb, task);
}

gboolean
subsidy_case_save_finish (SubsidyCase   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* subsidy_case_save: as subsidy_case_save_async(). Blocks. */
gboolean
subsidy_case_save (SubsidyCase  *self,
                   ShyStore     *store,
                   ShyVerdict   *verdict,
                   const char   *reason,
                   GError      **error)
{
  Saving  *saving;
  gboolean done;

  g_return_val_if_fail (SUBSIDY_IS_CASE (self), FALSE);
  g_return_val_if_fail (SHY_IS_VERDICT (verdict), FALSE);
  g_return_val_if_fail (self->detail != NULL && self->detail->policy != NULL, FALSE);

  saving = saving_new (self, verdict, reason);
  done = shy_store_run (store, SHY_STORE_WRITE, save_job, saving, NULL, error);
  if (done)
    take_saving (self, saving);
  saving_free (saving);
  return done;
}

static gboolean
withdraw_job (ShyConnection  *connection,
              gpointer        data,
              GCancellable   *cancellable,
              GError        **error)
{
  Saving *self = data;

  return subsidy_register_withdraw (connection, &self->withdrawal, cancellable, error) &&
         read_summary (self, connection, self->withdrawal.id, error);
}

/*
 * subsidy_case_withdraw: marks the case as withdrawn; it does not count for limits any more. Blocks.
 * @reason: why it is withdrawn
 * @clock_reason: (nullable): why it is stored although the clock fell back
 */
gboolean
subsidy_case_withdraw (SubsidyCase  *self,
                       ShyStore     *store,
                       const char   *reason,
                       const char   *clock_reason,
                       GError      **error)
{
  Saving  *saving;
  gboolean done;

  g_return_val_if_fail (SUBSIDY_IS_CASE (self), FALSE);
  g_return_val_if_fail (reason != NULL && *reason != '\0', FALSE);

  saving = g_new0 (Saving, 1);
  saving->decision.id = saving->withdrawal.id = self->id;
  saving->withdrawal.reason = reason;
  saving->withdrawal.clock_reason = clock_reason;
  done = shy_store_run (store, SHY_STORE_WRITE, withdraw_job, saving, NULL, error);
  if (done)
    {
      saving->decision.others = g_steal_pointer (&saving->withdrawal.others);
      take_saving (self, saving);
    }
  saving_free (saving);
  return done;
}

/* subsidy_case_get_turned: how the last save came out, if otherwise than it was shown; else NULL. */
const SubsidyTurn *
subsidy_case_get_turned (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->turned;
}

/* subsidy_case_get_others: of SubsidyTurn: the other cases that would come out otherwise after the
 * last change of this one; NULL before one. What is stored of them did not change. */
GPtrArray *
subsidy_case_get_others (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->others;
}

/* subsidy_case_dup_remarks: what a person should know after the last change, as sentences. */
char **
subsidy_case_dup_remarks (SubsidyCase *self)
{
  g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();

  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  if (self->turned != NULL)
    {
      g_autofree char *turn = subsidy_turn_to_sentence (self->turned);
      /* Translators: %s is “an outcome → another outcome (what decided)”. */
      g_autofree char *remark = g_strdup_printf (
        _("The register changed while you worked, and the application was decided anew: %s."), turn);

      g_strv_builder_add (remarks, remark);
    }
  for (guint i = 0; self->others != NULL && i < self->others->len; i++)
    {
      const SubsidyTurn *other = self->others->pdata[i];
      g_autofree char   *turn = subsidy_turn_to_sentence (other);
      /* Translators: the number of an application, then “an outcome → another outcome (why)”. */
      g_autofree char   *remark = g_strdup_printf (
        _("Application %d would now come out otherwise: %s. What is stored of it did not change: open "
          "it to decide it again."),
        (int) other->id, turn);

      g_strv_builder_add (remarks, remark);
    }
  return g_strv_builder_end (remarks);
}
