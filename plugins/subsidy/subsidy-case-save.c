/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-case-private.h"

#include "subsidy-register.h"
#include "subsidy-row.h"

/* A decision with all it owns, on its way to the register. */
typedef struct
{
  SubsidyDecision  decision;
  ShyVerdict      *verdict; /* (owned) */
  char            *pack;    /* (owned) (nullable) */
  GPtrArray       *kept;    /* (owned) (nullable): warnings of the spreadsheet that still hold */
  SubsidySummary  *summary; /* (owned): read again after the change */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  subsidy_record_clear (&self->decision.record);
  subsidy_summary_free (self->summary);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_free (self->pack);
  g_object_unref (self->verdict);
  g_free (self);
}

static char *
dup_text (const ShyFacts       *facts,
          const ShyPolicyField *field)
{
  return field != NULL ? g_strdup (shy_facts_get_text (facts, field->name)) : NULL;
}

/* On the worker, for what would change a verdict is searched here. */
static void
fill_record (Saving       *self,
             GCancellable *cancellable)
{
  ShyPolicy      *policy = shy_verdict_get_policy (self->verdict);
  const ShyFacts *facts = shy_verdict_get_facts (self->verdict);
  SubsidyRecord  *record = &self->decision.record;

  record->outcome = (SubsidyOutcome) shy_verdict_get_outcome (self->verdict);
  if (record->outcome == SUBSIDY_ELIGIBLE)
    record->amount = MAX (shy_verdict_get_amount (self->verdict), 0);
  record->county = g_strdup (shy_facts_get_county (facts));
  record->name = dup_text (facts, shy_policy_get_name_field (policy));
  record->person = dup_text (facts, shy_policy_get_person_field (policy));
  record->employer = dup_text (facts, shy_policy_get_employer_field (policy));
  record->facts = subsidy_facts_to_json (facts);
  self->decision.pack = self->pack = subsidy_register_load_pack (policy);
  record->verdict = subsidy_verdict_to_json (self->verdict, self->kept, cancellable);
  record->reason = subsidy_verdict_dup_reason (self->verdict);
}

static gboolean
save_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Saving                  *self = data;
  g_autoptr (ShyStatement) row = NULL;

  fill_record (self, cancellable);
  if (!subsidy_register_amend (connection, &self->decision, cancellable, error))
    return FALSE;

  row = shy_connection_prepare (
    connection, "SELECT " SUBSIDY_SUMMARY_COLUMNS " FROM subsidy_case WHERE id = $1", error);
  if (row == NULL)
    return FALSE;

  shy_statement_bind_int64 (row, "$1", self->decision.id);
  if (!shy_statement_step (row, error))
    return FALSE;
  self->summary = subsidy_summary_read (connection, row, error);
  return self->summary != NULL;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  SubsidyCase      *self = g_task_get_source_object (task);
  Saving           *saving = shy_store_get_job_data (result);
  GError           *error = NULL;

  if (!shy_store_run_finish (SHY_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->id = saving->decision.id;
  subsidy_case_fill (self, g_steal_pointer (&saving->summary));
  g_task_return_boolean (task, TRUE);
}

/*
 * subsidy_case_save_async: stores the verdict and the facts it was given, with the journal's entry.
 * @verdict: from subsidy_case_decide()
 *
 * A case with number 0 becomes a new one. Errors: SHY_ERROR_BUSY if somebody else changed the case
 * since it was read; nothing was stored then.
 */
void
subsidy_case_save_async (SubsidyCase         *self,
                         ShyStore            *store,
                         ShyVerdict          *verdict,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  ShyPolicy *policy;
  Saving    *saving;
  GTask     *task;

  g_return_if_fail (SUBSIDY_IS_CASE (self));
  g_return_if_fail (SHY_IS_VERDICT (verdict));

  policy = shy_verdict_get_policy (verdict);
  saving = g_new0 (Saving, 1);
  saving->verdict = g_object_ref (verdict);
  saving->decision.id = self->id;
  saving->decision.revision = subsidy_case_get_revision (self);
  saving->decision.policy = shy_policy_get_id (policy);
  saving->decision.version = shy_policy_get_version (policy);
  saving->decision.on = *shy_facts_get_on (shy_verdict_get_facts (verdict));
  if (self->detail != NULL)
    saving->kept = subsidy_json_kept_warnings (json_node_get_object (self->detail->verdict),
                                               shy_verdict_get_facts (verdict));
  if (self->summary != NULL)
    {
      saving->decision.batch = self->summary->batch;
      saving->decision.record.row = self->summary->row;
    }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, subsidy_case_save_async);
  shy_store_run_async (store, SHY_STORE_WRITE, save_job, saving, saving_free, cancellable, saved_cb,
                       task);
}

gboolean
subsidy_case_save_finish (SubsidyCase   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
