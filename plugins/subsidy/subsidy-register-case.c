/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-register-private.h"

#include "subsidy-dataset.h"
#include "subsidy-keys.h"
#include "subsidy-others.h"
#include "subsidy-row.h"

#include <glib/gi18n-lib.h>

/* What becomes of applications of the register: one is decided again, or withdrawn; all of a spreadsheet
 * are withdrawn. */

void
subsidy_decision_clear (SubsidyDecision *decision)
{
  subsidy_record_clear (&decision->record);
  g_clear_pointer (&decision->turned, subsidy_turn_free);
  g_clear_pointer (&decision->others, g_ptr_array_unref);
}

/* Sets the error if the application is not there any more, or was withdrawn. */
static gboolean
read_revision (ShyConnection  *connection,
               gint64          id,
               gint64         *revision,
               GError        **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GError)       local = NULL;

  statement = shy_connection_prepare (
    connection, "SELECT revision, withdrawn_at FROM subsidy_case WHERE id = $1", error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_int64 (statement, "$1", id);
  if (!shy_statement_step (statement, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                     _("There is no application %d in the register."), (int) id);
      return FALSE;
    }

  *revision = shy_statement_get_int64 (statement, 0);
  if (shy_statement_get_text (statement, 1) == NULL)
    return TRUE;
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("Application %d was withdrawn, and stays as it is. If the person applies again, "
                 "take the application in anew."),
               (int) id);
  return FALSE;
}

static gboolean
check_current (ShyConnection          *connection,
               const SubsidyDecision  *decision,
               GError                **error)
{
  gint64 revision;

  if (!read_revision (connection, decision->id, &revision, error))
    return FALSE;
  if (revision == (gint64) decision->revision)
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
               _("Somebody else changed application %d meanwhile. Nothing was stored: open it "
                 "again, then make your change."),
               (int) decision->id);
  return FALSE;
}

static gboolean
note_decision (ShyConnection          *connection,
               const SubsidyDecision  *decision,
               const char             *commitment,
               GError                **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode)   node = json_node_init_object (json_node_alloc (), object);
  g_autofree char       *subject = g_strdup_printf ("subsidy_case:%" G_GINT64_FORMAT, decision->id);

  json_object_set_string_member (object, "policy", shy_policy_get_id (decision->policy));
  json_object_set_string_member (object, "version", shy_policy_get_version (decision->policy));
  json_object_set_string_member (object, "outcome",
                                 subsidy_outcome_to_word (decision->record.outcome));
  json_object_set_string_member (object, "commitment", commitment);
  json_object_set_string_member (object, "pack", shy_policy_get_digest (decision->policy));
  shy_policy_origin_add (shy_policy_get_origin (decision->policy), object);
  if (decision->reason != NULL)
    json_object_set_string_member (object, "reason", decision->reason);
  json_object_set_int_member (object, "amount", decision->record.amount);
  json_object_set_int_member (object, "revision", decision->revision + 1);
  return shy_journal_append (connection, "subsidy.decide", subject, node, error);
}

/* Decides the case on what the register holds now, whatever was shown. */
static gboolean
decide_anew (ShyConnection    *connection,
             SubsidyDecision  *decision,
             GCancellable     *cancellable,
             GError          **error)
{
  g_autoptr (SubsidyGrounds) grounds = subsidy_grounds_new (decision->policy);
  SubsidyRecord              shown = { .outcome = decision->record.outcome,
                                       .amount = decision->record.amount };

  if (!subsidy_grounds_read (grounds, connection, decision->facts, error) ||
      !subsidy_grounds_judge (grounds, decision->facts, decision->id, decision->warnings,
                              &decision->record, cancellable, error))
    return FALSE;

  subsidy_record_identify (&decision->record, decision->policy, decision->facts);
  decision->record.facts = subsidy_facts_to_json (decision->facts);
  decision->turned = subsidy_turn_new (&shown, &decision->record, decision->id);
  return TRUE;
}

static gboolean
store (ShyConnection    *connection,
       SubsidyDecision  *decision,
       GError          **error)
{
  SubsidyStoring   storing = { .revision = decision->revision + 1, .batch = decision->batch };
  g_autofree char *commitment = NULL;
  g_autoptr (SubsidyPacker) packer = subsidy_packer_new (connection, decision->policy, error);

  if (packer == NULL)
    return FALSE;
  if (decision->id == 0)
    decision->id = shy_connection_reserve_ids (connection, "subsidy_case", 1, error);
  storing.id = decision->id;
  storing.revision_id = shy_connection_reserve_ids (connection, "subsidy_revision", 1, error);
  if (storing.id < 0 || storing.revision_id < 0)
    return FALSE;

  storing.policy = decision->policy;
  storing.on = shy_facts_get_on (decision->facts);
  storing.record = &decision->record;
  storing.packer = packer;
  shy_connection_touch (connection, SUBSIDY_TOPIC);
  return subsidy_register_keep_pack (connection, decision->policy, &storing.provenance, error) &&
         subsidy_register_insert (connection, &storing, &commitment, error) &&
         note_decision (connection, decision, commitment, error);
}

/* Limits count by the number of the person: without one that can be, nobody would be found again. */
static gboolean
check_person (const SubsidyDecision  *decision,
              GError                **error)
{
  const ShyField      *field = shy_policy_get_person_field (decision->policy);
  const char          *text = field != NULL ? shy_facts_get_text (decision->facts, field->name) : NULL;
  g_autoptr (ShyFacts) read = shy_facts_copy (decision->facts);
  g_autofree char     *again = NULL;

  if (field == NULL)
    return TRUE;
  if (text != NULL && !shy_facts_read (read, decision->policy, field->name, again = g_strdup (text),
                                       SHY_FACT_ORIGIN_TYPED, NULL, error))
    return FALSE;
  if (text != NULL && shy_facts_lookup_unread (read, field->name) == NULL &&
      shy_facts_get_text (read, field->name) != NULL)
    return TRUE;

  /* Translators: %s is the name of the field with the number of the person. */
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("“%s” is missing or cannot be right. Without it nobody can say whose application it "
                 "is: correct it first."), shy_text_get (field->label));
  return FALSE;
}

/*
 * subsidy_register_amend: stores a decision on one case: a new one, or one that was read at
 * @decision.revision and nobody changed since. What the decision rests on is read here, so it may
 * come out otherwise than it was shown: @decision.turned says so. Sets the case's number in a new one.
 */
gboolean
subsidy_register_amend (ShyConnection  *connection,
                        gpointer        data,
                        GCancellable   *cancellable,
                        GError        **error)
{
  SubsidyDecision          *decision = data;
  g_autoptr (SubsidyOthers) others = NULL;

  if (!check_person (decision, error) ||
      !shy_journal_check_clock (connection, decision->reason, error) ||
      !shy_policies_check_current (connection, decision->policy, error) ||
      (decision->id != 0 && !check_current (connection, decision, error)))
    return FALSE;

  decision->others = g_ptr_array_new_with_free_func (subsidy_turn_free);
  if (!subsidy_keys_prepare (connection, decision->policy, error) ||
      !decide_anew (connection, decision, cancellable, error))
    return FALSE;

  others = subsidy_others_find (connection, decision->id, decision->policy, decision->facts,
                                decision->record.outcome == SUBSIDY_ELIGIBLE, error);
  return others != NULL && store (connection, decision, error) &&
         subsidy_others_compare (others, connection, decision->others, error);
}

static gboolean
write_withdrawal (ShyConnection  *connection,
                  gint64          id,
                  const char     *reason,
                  const char     *nonce,
                  const char     *commitment,
                  GError        **error)
{
  g_autofree char         *now = subsidy_register_now ();
  g_autofree char         *sealed = NULL;
  g_autoptr (ShyStatement) statement = NULL;

  sealed = shy_personal_seal (connection, "subsidy_withdrawal.reason", id, reason, error);
  if (sealed == NULL)
    return FALSE;
  statement = shy_connection_prepare (
    connection,
    "INSERT INTO subsidy_withdrawal (case_id, reason, withdrawn_at, actor, nonce, commitment) "
    "VALUES ($1, $2, $3, $4, $5, $6)",
    error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_int64 (statement, "$1", id);
  shy_statement_bind_text (statement, "$2", sealed);
  shy_statement_bind_text (statement, "$3", now);
  shy_statement_bind_text (statement, "$4", shy_connection_get_actor (connection));
  shy_statement_bind_text (statement, "$5", nonce);
  shy_statement_bind_text (statement, "$6", commitment);
  return shy_statement_execute (statement, error);
}

static gboolean
mark_withdrawn (ShyConnection  *connection,
                gint64          id,
                GError        **error)
{
  g_autofree char         *now = subsidy_register_now ();
  g_autoptr (ShyStatement) statement = NULL;

  statement = shy_connection_prepare (
    connection, "UPDATE subsidy_case SET withdrawn_at = $1, changed_at = $1 WHERE id = $2", error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_text (statement, "$1", now);
  shy_statement_bind_int64 (statement, "$2", id);
  return shy_statement_execute (statement, error);
}

static gboolean
note_withdrawal (ShyConnection            *connection,
                 const SubsidyWithdrawal  *withdrawal,
                 gint64                    revision,
                 const char               *commitment,
                 GError                  **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode)   node = json_node_init_object (json_node_alloc (), object);
  g_autofree char       *subject = g_strdup_printf ("subsidy_case:%" G_GINT64_FORMAT,
                                                    withdrawal->id);

  json_object_set_string_member (object, "commitment", commitment);
  json_object_set_int_member (object, "revision", revision);
  if (withdrawal->clock_reason != NULL)
    json_object_set_string_member (object, "reason", withdrawal->clock_reason);
  return shy_journal_append (connection, "subsidy.withdraw", subject, node, error);
}

/*
 * subsidy_register_withdraw: marks an application as withdrawn. It stays as it was decided, and does
 * not count for limits any more.
 */
gboolean
subsidy_register_withdraw (ShyConnection  *connection,
                           gpointer        data,
                           GCancellable   *cancellable,
                           GError        **error)
{
  SubsidyWithdrawal        *withdrawal = data;
  g_autoptr (SubsidyOthers) others = NULL;
  g_autofree char          *nonce = shy_journal_new_nonce ();
  g_autofree char          *commitment = shy_journal_commit (nonce, withdrawal->reason);
  gint64                    revision;

  if (!shy_journal_check_clock (connection, withdrawal->clock_reason, error) ||
      !read_revision (connection, withdrawal->id, &revision, error))
    return FALSE;

  others = subsidy_others_find (connection, withdrawal->id, NULL, NULL, FALSE, error);
  withdrawal->others = g_ptr_array_new_with_free_func (subsidy_turn_free);
  shy_connection_touch (connection, SUBSIDY_TOPIC);
  return others != NULL &&
         write_withdrawal (connection, withdrawal->id, withdrawal->reason, nonce, commitment, error) &&
         mark_withdrawn (connection, withdrawal->id, error) &&
         subsidy_keys_index (connection, NULL, withdrawal->id, error) &&
         note_withdrawal (connection, withdrawal, revision, commitment, error) &&
         subsidy_others_compare (others, connection, withdrawal->others, error);
}

/* As many applications as a sentence names. */
#define N_NAMED 5

/* Numbers that a query gives. Bind what it wants before. */
static GArray *
list_numbers (ShyStatement  *rows,
              GError       **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local = NULL;

  while (shy_statement_step (rows, &local))
    {
      gint64 number = shy_statement_get_int64 (rows, 0);

      g_array_append_val (numbers, number);
    }
  if (local == NULL)
    return g_steal_pointer (&numbers);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static GArray *
list_of_batch (ShyConnection  *connection,
               gint64          batch,
               const char     *sql,
               GError        **error)
{
  g_autoptr (ShyStatement) rows = shy_connection_prepare (connection, sql, error);

  if (rows == NULL)
    return NULL;
  shy_statement_bind_int64 (rows, "$1", batch);
  return list_numbers (rows, error);
}

static char *
name_numbers (GArray *numbers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (numbers->len, N_NAMED); i++)
    /* Translators: between the members of a list. */
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? _(", ") : "",
                            g_array_index (numbers, gint64, i));
  if (numbers->len > N_NAMED)
    g_string_append (text, "…");
  return g_string_free (text, FALSE);
}

/* What somebody decided again, having seen more, is not taken back by the way. */
static gboolean
check_decided_once (ShyConnection  *connection,
                    gint64          batch,
                    GError        **error)
{
  g_autofree char   *names = NULL;
  g_autoptr (GArray) again = list_of_batch (connection, batch,
                                            "SELECT id FROM subsidy_case WHERE batch = $1 AND revision > 1 "
                                            "AND withdrawn_at IS NULL ORDER BY id",
                                            error);

  if (again == NULL || again->len == 0)
    return again != NULL;
  names = name_numbers (again);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               g_dngettext (GETTEXT_PACKAGE,
                            "Batch %d cannot be withdrawn as a whole: application %s of it was decided again "
                            "since. Nothing was changed. Withdraw the applications that are not meant one by "
                            "one.",
                            "Batch %d cannot be withdrawn as a whole: applications %s of it were decided again "
                            "since. Nothing was changed. Withdraw the applications that are not meant one by "
                            "one.", again->len),
               (int) batch, names);
  return FALSE;
}

/* Applications that were decided behind the batch and share a limit with one that was found eligible in
 * it: what was granted there may have decided them. */
#define LATER \
  "SELECT DISTINCT o.id FROM subsidy_case c JOIN subsidy_key k ON k.case_id = c.id " \
  "JOIN subsidy_key l ON l.digest = k.digest JOIN subsidy_case o ON o.id = l.case_id " \
  "JOIN subsidy_revision r ON r.case_id = o.id AND r.revision = o.revision " \
  "JOIN subsidy_batch b ON b.id = c.batch " \
  "WHERE c.batch = $1 AND c.outcome = 'eligible' AND c.withdrawn_at IS NULL " \
  "AND (o.batch IS NULL OR o.batch <> c.batch) AND o.withdrawn_at IS NULL " \
  "AND r.decided_at >= b.created_at ORDER BY o.id"

/* A later decision that would come out otherwise without the batch seals it. */
static gboolean
check_nothing_rests (ShyConnection  *connection,
                     SubsidyOthers  *later,
                     gint64          batch,
                     GError        **error)
{
  g_autoptr (GPtrArray) turned = g_ptr_array_new_with_free_func (subsidy_turn_free);
  g_autoptr (GArray)    numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char      *names = NULL;
  g_autofree char      *how = NULL;

  if (!subsidy_others_compare (later, connection, turned, error))
    return FALSE;
  if (turned->len == 0)
    return TRUE;
  for (guint i = 0; i < turned->len; i++)
    g_array_append_val (numbers, ((SubsidyTurn *) turned->pdata[i])->id);
  names = name_numbers (numbers);
  how = subsidy_turn_to_sentence (turned->pdata[0]);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: a batch, the numbers of applications, then “an outcome → another outcome (why)”. */
               _("Batch %d cannot be withdrawn: the later decision on application %s rests on it and would come "
                 "out otherwise (%s). Nothing was changed. Withdraw what is later first, or the applications "
                 "that are not meant one by one."),
               (int) batch, names, how);
  return FALSE;
}

static gboolean
withdraw_one (ShyConnection  *connection,
              gint64          id,
              const char     *reason,
              char          **chain,
              GError        **error)
{
  g_autofree char *nonce = shy_journal_new_nonce ();
  g_autofree char *commitment = shy_journal_commit (nonce, reason);
  char            *longer = shy_journal_commit (*chain, commitment);

  g_free (*chain);
  *chain = longer;
  return write_withdrawal (connection, id, reason, nonce, commitment, error) &&
         mark_withdrawn (connection, id, error) && subsidy_keys_index (connection, NULL, id, error);
}

/*
 * subsidy_register_withdraw_batch: withdraws all applications that a spreadsheet brought, in the
 * transaction that notes it. Those that were withdrawn alone stay so.
 * @details: takes what the journal is to know of them
 *
 * Errors: SHY_ERROR_INVALID where something that was decided later rests on one of them.
 */
gboolean
subsidy_register_withdraw_batch (ShyConnection  *connection,
                                 gint64          batch,
                                 const char     *reason,
                                 JsonObject     *details,
                                 GError        **error)
{
  g_autoptr (GArray)        cases = NULL;
  g_autoptr (GArray)        numbers = NULL;
  g_autoptr (SubsidyOthers) later = NULL;
  g_autofree char          *chain = g_strdup ("");

  if (!check_decided_once (connection, batch, error))
    return FALSE;
  cases = list_of_batch (connection, batch,
                         "SELECT id FROM subsidy_case WHERE batch = $1 AND withdrawn_at IS NULL ORDER BY id",
                         error);
  numbers = cases != NULL ? list_of_batch (connection, batch, LATER, error) : NULL;
  later = numbers != NULL ? subsidy_others_look (connection, numbers, error) : NULL;
  if (later == NULL)
    return FALSE;

  shy_connection_touch (connection, SUBSIDY_TOPIC);
  for (guint i = 0; i < cases->len; i++)
    if (!withdraw_one (connection, g_array_index (cases, gint64, i), reason, &chain, error))
      return FALSE;
  json_object_set_int_member (details, "cases", cases->len);
  json_object_set_string_member (details, "commitments", chain);
  return check_nothing_rests (connection, later, batch, error);
}
