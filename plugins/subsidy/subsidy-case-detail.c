/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-case-private.h"

#include "subsidy-register.h"
#include "subsidy-row.h"

#include <glib/gi18n-lib.h>

/* What a job reads of one case; the callback hands it to the object. */
typedef struct
{
  gint64          id;
  SubsidySummary *summary; /* (owned) */
  SubsidyDetail  *detail;  /* (owned) */
} Loading;

void
subsidy_detail_free (gpointer data)
{
  SubsidyDetail *self = data;

  g_clear_object (&self->policy);
  g_clear_pointer (&self->facts, shy_facts_free);
  g_clear_pointer (&self->verdict, json_node_unref);
  g_clear_pointer (&self->history, subsidy_history_free);
  g_free (self);
}

static void
loading_free (gpointer data)
{
  Loading *self = data;

  subsidy_summary_free (self->summary);
  g_clear_pointer (&self->detail, subsidy_detail_free);
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

/* What another program changed is not shown as what was decided. */
static gboolean
prove (ShyConnection  *connection,
       const char     *table,
       gint64          id,
       GError        **error)
{
  g_autofree char *why = NULL;

  if (!shy_register_check_row (connection, table, id, &why, error))
    return FALSE;
  if (why == NULL)
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_DAMAGED,
               /* Translators: %s is a whole sentence: what was changed. */
               _("%s Keep the database as it is, and let it be verified: shanyectl journal verify."),
               why);
  return FALSE;
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
                  "SELECT id, facts, verdict FROM subsidy_revision WHERE case_id = $1 "
                  "ORDER BY revision DESC LIMIT 1",
                  self->id, error);
  if (row == NULL)
    return FALSE;

  revision = shy_statement_get_int64 (row, 0);
  if (!prove (connection, "subsidy_revision", revision, error))
    return FALSE;
  facts = shy_personal_unseal (connection, "subsidy_revision.facts", revision,
                               shy_statement_get_text (row, 1), error);
  if (facts == NULL)
    return FALSE;
  verdict = shy_personal_unseal (connection, "subsidy_revision.verdict", revision,
                                 shy_statement_get_text (row, 2), error);
  if (verdict == NULL)
    return FALSE;

  self->detail->verdict = shy_json_node_from_text (verdict, -1, error);
  self->detail->facts = subsidy_facts_from_json (facts, error);
  return self->detail->verdict != NULL && self->detail->facts != NULL;
}

static gboolean
load_settings (Loading        *self,
               ShyConnection  *connection,
               GError        **error)
{
  g_autoptr (GHashTable) counties = NULL;
  GHashTable            *own = NULL;
  GHashTableIter         iter;
  gpointer               name, value;

  counties = shy_county_settings_load (connection, self->summary->policy, error);
  if (counties == NULL)
    return FALSE;
  if (self->summary->county != NULL)
    own = g_hash_table_lookup (counties, self->summary->county);
  if (own == NULL)
    return TRUE;

  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!shy_facts_take_setting (self->detail->facts, self->detail->policy, name, value, error))
      return FALSE;

  return TRUE;
}

static gboolean
load_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Loading *self = data;

  if (!load_summary (self, connection, error) ||
      !prove (connection, "subsidy_case", self->id, error) ||
      !load_revision (self, connection, error))
    return FALSE;

  set_context (self);
  return load_settings (self, connection, error) &&
         subsidy_history_load_all (self->detail->history, connection, error);
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

  g_clear_pointer (&self->detail, subsidy_detail_free);
  self->detail = g_steal_pointer (&loading->detail);
  subsidy_case_fill (self, g_steal_pointer (&loading->summary));
  g_task_return_boolean (task, TRUE);
}

/*
 * subsidy_case_load_async: reads facts, verdict, settings of the county and earlier grants.
 * @policy: the policy of the case, which decides it again
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
  g_return_if_fail (SHY_IS_POLICY (policy));

  loading = g_new0 (Loading, 1);
  loading->id = self->id;
  loading->detail = g_new0 (SubsidyDetail, 1);
  loading->detail->policy = g_object_ref (policy);
  loading->detail->history = subsidy_history_new (policy);

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

static const char *
get_text (const ShyFacts       *facts,
          const ShyPolicyField *field)
{
  return field != NULL ? shy_facts_get_text (facts, field->name) : NULL;
}

/*
 * subsidy_case_decide: decides the case on these facts: a changed copy of subsidy_case_get_facts().
 * What the person and the employer had before is added, whoever they are now. Stores nothing.
 */
ShyVerdict *
subsidy_case_decide (SubsidyCase     *self,
                     const ShyFacts  *facts,
                     GError         **error)
{
  g_autoptr (ShyFacts) copy = NULL;
  ShyPolicy           *policy;
  const char          *county;

  g_return_val_if_fail (SUBSIDY_IS_CASE (self) && self->detail != NULL, NULL);
  g_return_val_if_fail (facts != NULL, NULL);

  policy = self->detail->policy;
  copy = shy_facts_copy (facts);
  county = get_text (facts, shy_policy_get_county_field (policy));
  if (county != NULL)
    shy_facts_set_county (copy, county);
  subsidy_history_apply (self->detail->history, copy, self->id);
  return shy_policy_decide (policy, copy, error);
}
