/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-register-private.h"

#include "subsidy-dataset.h"
#include "subsidy-keys.h"
#include "subsidy-provenance.h"
#include "subsidy-row.h"
#include "subsidy-search.h"

#include <glib/gi18n-lib.h>

/* subsidy_register_now: the time as tables have it. */
char *
subsidy_register_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

/* Binds a personal value as it is to be stored. */
static gboolean
bind_sealed (ShyConnection  *connection,
             ShyStatement   *statement,
             const char     *parameter,
             const char     *field,
             gint64          row,
             const char     *clear,
             GError        **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char   *sealed = shy_personal_seal (connection, field, row, clear, &local);

  shy_statement_bind_text (statement, parameter, sealed);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
bind_names (ShyConnection        *connection,
            ShyStatement         *statement,
            gint64                id,
            const SubsidyRecord  *record,
            GError              **error)
{
  g_autofree char *pinyin = record->name != NULL ? shy_pinyin_of_name (record->name) : NULL;
  g_autofree char *initials = pinyin != NULL ? shy_pinyin_initials (pinyin) : NULL;

  return bind_sealed (connection, statement, "$11", "subsidy_case.name", id, record->name, error) &&
         bind_sealed (connection, statement, "$12", "subsidy_case.pinyin", id, pinyin, error) &&
         bind_sealed (connection, statement, "$13", "subsidy_case.initials", id, initials, error) &&
         bind_sealed (connection, statement, "$14", "subsidy_case.person", id, record->person, error);
}

static void
bind_record (ShyStatement         *statement,
             const SubsidyStoring *storing)
{
  const SubsidyRecord *record = storing->record;

  if (storing->batch > 0)
    shy_statement_bind_int64 (statement, "$2", storing->batch);
  else
    shy_statement_bind_null (statement, "$2");
  shy_statement_bind_int64 (statement, "$3", record->row);
  shy_statement_bind_text (statement, "$4", shy_policy_get_id (storing->policy));
  shy_statement_bind_text (statement, "$5", shy_policy_get_version (storing->policy));
  shy_statement_bind_text (statement, "$6", record->county);
  shy_statement_bind_date (statement, "$7", storing->on);
  shy_statement_bind_text (statement, "$8", subsidy_outcome_to_word (record->outcome));
  shy_statement_bind_int64 (statement, "$9", record->amount);
  shy_statement_bind_text (statement, "$10", record->employer);
  shy_statement_bind_text (statement, "$17", record->reason);
}

/* Writes the present state of a case; a new case is made, one that was read is replaced. */
static gboolean
write_case (ShyConnection         *connection,
            const SubsidyStoring  *storing,
            GError               **error)
{
  g_autofree char         *now = subsidy_register_now ();
  g_autoptr (ShyStatement) statement = NULL;

  statement = shy_connection_prepare (
    connection,
    "INSERT INTO subsidy_case (id, batch, row_number, policy, policy_version, county, decided_on, "
    "outcome, amount, employer, name, pinyin, initials, person, revision, changed_at, "
    "reason) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) "
    "ON CONFLICT (id) DO UPDATE SET policy_version = excluded.policy_version, "
    "county = excluded.county, decided_on = excluded.decided_on, outcome = excluded.outcome, "
    "amount = excluded.amount, employer = excluded.employer, name = excluded.name, "
    "pinyin = excluded.pinyin, initials = excluded.initials, person = excluded.person, "
    "revision = excluded.revision, changed_at = excluded.changed_at, "
    "reason = excluded.reason",
    error);
  if (statement == NULL)
    return FALSE;

  bind_record (statement, storing);
  shy_statement_bind_int64 (statement, "$1", storing->id);
  shy_statement_bind_int64 (statement, "$15", storing->revision);
  shy_statement_bind_text (statement, "$16", now);
  return bind_names (connection, statement, storing->id, storing->record, error) &&
         shy_statement_execute (statement, error);
}

static gboolean
write_revision (ShyConnection         *connection,
                const SubsidyStoring  *storing,
                const char            *nonce,
                const char            *commitment,
                GError               **error)
{
  const SubsidyRecord     *record = storing->record;
  g_autofree char         *now = subsidy_register_now ();
  g_autoptr (ShyStatement) statement = NULL;

  statement = shy_connection_prepare (
    connection,
    "INSERT INTO subsidy_revision (id, case_id, revision, policy_version, outcome, amount, facts, "
    "verdict, nonce, commitment, decided_at, actor, pack, provenance) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_int64 (statement, "$1", storing->revision_id);
  shy_statement_bind_int64 (statement, "$2", storing->id);
  shy_statement_bind_int64 (statement, "$3", storing->revision);
  shy_statement_bind_text (statement, "$4", shy_policy_get_version (storing->policy));
  shy_statement_bind_text (statement, "$5", subsidy_outcome_to_word (record->outcome));
  shy_statement_bind_int64 (statement, "$6", record->amount);
  shy_statement_bind_text (statement, "$9", nonce);
  shy_statement_bind_text (statement, "$10", commitment);
  shy_statement_bind_text (statement, "$11", now);
  shy_statement_bind_text (statement, "$12", shy_connection_get_actor (connection));
  shy_statement_bind_text (statement, "$13", shy_policy_get_digest (storing->policy));
  if (storing->provenance > 0)
    shy_statement_bind_int64 (statement, "$14", storing->provenance);
  else
    shy_statement_bind_text (statement, "$14", NULL);
  return subsidy_packer_bind (storing->packer, connection, statement, "$7",
                              SUBSIDY_PACKED_FACTS, storing->revision_id, record->facts,
                              error) &&
         subsidy_packer_bind (storing->packer, connection, statement, "$8",
                              SUBSIDY_PACKED_VERDICT, storing->revision_id, record->verdict,
                              error) &&
         shy_statement_execute (statement, error);
}

/*
 * subsidy_register_keep_pack: keeps the text of the policy that decides, as it was read, once for
 * each content, and by whose word it does. Revisions name both.
 * @provenance: (out): the number of the latter, 0 if there is none
 */
gboolean
subsidy_register_keep_pack (ShyConnection  *connection,
                            ShyPolicy      *policy,
                            gint64         *provenance,
                            GError        **error)
{
  GBytes                  *text = shy_policy_get_text (policy);
  g_autoptr (ShyStatement) statement = NULL;
  g_autofree char         *contents = NULL;
  g_autofree char         *now = subsidy_register_now ();

  statement = shy_connection_prepare (
    connection,
    "INSERT INTO subsidy_pack (digest, policy, policy_version, contents, seen_at) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (digest) DO NOTHING",
    error);
  if (statement == NULL)
    return FALSE;

  contents = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  shy_statement_bind_text (statement, "$1", shy_policy_get_digest (policy));
  shy_statement_bind_text (statement, "$2", shy_policy_get_id (policy));
  shy_statement_bind_text (statement, "$3", shy_policy_get_version (policy));
  shy_statement_bind_text (statement, "$4", contents);
  shy_statement_bind_text (statement, "$5", now);
  if (!shy_statement_execute (statement, error))
    return FALSE;
  *provenance = subsidy_provenance_keep (connection, policy, error);
  return *provenance >= 0;
}

/*
 * subsidy_register_insert: writes a decision, the only place that does, and the case as it stands
 * after it. The policy's pack is kept already.
 * @commitment: (out): what the journal is to hold of it
 */
gboolean
subsidy_register_insert (ShyConnection         *connection,
                         const SubsidyStoring  *storing,
                         char                 **commitment,
                         GError               **error)
{
  const SubsidyRecord *record = storing->record;
  g_autofree char     *nonce = shy_journal_new_nonce ();
  g_autofree char     *text = g_strconcat (record->facts, "\n", record->verdict, NULL);

  *commitment = shy_journal_commit (nonce, text);
  if (storing->revision > 1)
    return subsidy_search_forget (connection, storing->id, error) &&
           write_case (connection, storing, error) &&
           write_revision (connection, storing, nonce, *commitment, error) &&
           subsidy_search_add (connection, storing->id, error) &&
           subsidy_keys_index (connection, storing->policy, storing->id, error);
  return write_case (connection, storing, error) &&
         write_revision (connection, storing, nonce, *commitment, error) &&
         subsidy_search_add_new (connection, storing->id, record, error) &&
         subsidy_keys_index_new (connection, storing->policy, storing->id, record, error);
}

static gboolean
write_batch (ShyConnection        *connection,
             const SubsidyCommit  *commit,
             GError              **error)
{
  const ShyImportCommit   *import = commit->import;
  g_autofree char         *now = subsidy_register_now ();
  g_autoptr (ShyStatement) statement = NULL;

  statement = shy_connection_prepare (
    connection,
    "INSERT INTO subsidy_batch (id, file, sheet, policy, policy_version, decided_on, cases, "
    "rejected, created_at, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_int64 (statement, "$1", import->batch);
  shy_statement_bind_text (statement, "$4", shy_policy_get_id (commit->policy));
  shy_statement_bind_text (statement, "$5", shy_policy_get_version (commit->policy));
  shy_statement_bind_date (statement, "$6", &commit->on);
  shy_statement_bind_int64 (statement, "$7", import->taken);
  shy_statement_bind_int64 (statement, "$8", import->rejected);
  shy_statement_bind_text (statement, "$9", now);
  shy_statement_bind_text (statement, "$10", shy_connection_get_actor (connection));
  return bind_sealed (connection, statement, "$2", "subsidy_batch.file", import->batch, import->file,
                      error) &&
         bind_sealed (connection, statement, "$3", "subsidy_batch.sheet", import->batch,
                      import->sheet, error) &&
         shy_statement_execute (statement, error);
}

typedef struct
{
  ShyConnection  *connection;
  SubsidyCommit  *commit;
  SubsidyGrounds *grounds;       /* (unowned) (nullable): if rows must be looked at again */
  ShyWorkBudget  *budget;        /* (unowned) (nullable): of those that are decided again */
  gint64          next_case;
  gint64          next_revision;
  gint64          provenance;    /* of the policy */
  SubsidyPacker  *packer;        /* (unowned): of the policy */
  char           *chain;         /* (owned): over the commitments, in order */
  GCancellable   *cancellable;   /* (unowned) (nullable) */
} Taking;

/* The applicant's facts, as the row was decided on them. */
static ShyFacts *
read_facts (Taking               *self,
            const SubsidyRecord  *record,
            GError              **error)
{
  ShyFacts *facts = subsidy_facts_from_json (record->facts, error);

  if (facts == NULL)
    return NULL;
  shy_facts_set_on (facts, &self->commit->on);
  shy_facts_set_county (facts, record->county);
  shy_facts_set_work_budget (facts, self->budget);
  return facts;
}

static gboolean
judge_again (Taking          *self,
             const ShyFacts  *facts,
             SubsidyRecord   *record,
             GError         **error)
{
  g_autoptr (JsonNode)  verdict = shy_json_node_from_text (record->verdict, -1, error);
  g_autoptr (GPtrArray) kept = NULL;

  if (verdict == NULL)
    return FALSE;
  kept = subsidy_json_kept_warnings (json_node_get_object (verdict), facts);
  return subsidy_grounds_judge (self->grounds, facts, 0, kept, record, NULL, error);
}

/* What stands in a row’s way may have been stored since it was decided, by anybody: what it rests on
 * is read again, here in the transaction that stores it, and compared. The rows of this batch that
 * were stored already are read with the rest. */
static gboolean
look_again (Taking               *self,
            const SubsidyRecord  *shown,
            SubsidyRecord        *record,
            GError              **error)
{
  g_autoptr (ShyFacts) facts = read_facts (self, shown, error);
  g_autofree char     *seen = NULL;
  SubsidyTurn         *turn;

  if (facts == NULL || !subsidy_grounds_read (self->grounds, self->connection, facts, error))
    return FALSE;
  seen = subsidy_grounds_describe (self->grounds, facts, 0);
  if (g_strcmp0 (seen, shown->seen) != 0 && !judge_again (self, facts, record, error))
    return FALSE;

  turn = subsidy_turn_new (shown, record, self->next_case);
  if (turn != NULL)
    g_ptr_array_add (self->commit->turned, turn);
  return TRUE;
}

static gboolean
store_row (Taking               *self,
           const SubsidyRecord  *record,
           GError              **error)
{
  SubsidyStoring   storing = { .batch = self->commit->import->batch, .revision = 1, .record = record };
  g_autofree char *commitment = NULL;
  char            *chain;

  storing.id = self->next_case++;
  storing.revision_id = self->next_revision++;
  storing.policy = self->commit->policy;
  storing.provenance = self->provenance;
  storing.packer = self->packer;
  storing.on = &self->commit->on;
  if (!subsidy_register_insert (self->connection, &storing, &commitment, error))
    return FALSE;

  chain = shy_journal_commit (self->chain, commitment);
  g_free (self->chain);
  self->chain = chain;
  return TRUE;
}

static gboolean
take_row (const SubsidyRecord  *shown,
          gpointer              data,
          GError              **error)
{
  Taking                *self = data;
  g_auto (SubsidyRecord) record = { 0 };

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->grounds == NULL)
    return shown->outcome == SUBSIDY_REJECTED || store_row (self, shown, error);

  subsidy_record_copy (&record, shown);
  if (shown->outcome != SUBSIDY_REJECTED &&
      (!look_again (self, shown, &record, error) || !store_row (self, &record, error)))
    return FALSE;
  return subsidy_spool_add (self->commit->import->anew, &record, error);
}

static void
add_number (JsonObject *object,
            const char *name,
            gint64      number)
{
  json_object_set_int_member (object, name, number);
}

/* What the journal is to know of the rows, beside the file they came from. */
static void
note_rows (const SubsidyCommit  *commit,
           gint64                first,
           const Taking         *taking)
{
  ShyImportCommit    *import = commit->import;
  const SubsidyTotals totals = subsidy_spool_count (import->again ? import->anew : import->rows);
  JsonObject         *object = import->details;

  json_object_set_string_member (object, "policy", shy_policy_get_id (commit->policy));
  json_object_set_string_member (object, "version", shy_policy_get_version (commit->policy));
  json_object_set_string_member (object, "commitments", taking->chain);
  json_object_set_string_member (object, "pack", shy_policy_get_digest (commit->policy));
  shy_policy_origin_add (shy_policy_get_origin (commit->policy), object);
  add_number (object, "first_case", first);
  add_number (object, "turned", commit->turned->len);
  for (guint i = 0; i < SUBSIDY_N_OUTCOMES; i++)
    add_number (object, subsidy_outcome_to_word ((SubsidyOutcome) i), totals.of[i]);
}

static gboolean
take_rows (ShyConnection  *connection,
           SubsidyCommit  *commit,
           gint64          first,
           gint64          first_revision,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr (SubsidyGrounds) grounds = NULL;
  g_autoptr (ShyWorkBudget)  budget = shy_work_budget_new (commit->work);
  g_autoptr (SubsidyPacker)  packer = subsidy_packer_new (connection, commit->policy, error);
  Taking                     taking = {
    connection, commit, NULL, budget, first, first_revision, .packer = packer, .cancellable = cancellable,
  };
  gboolean                   done;

  if (packer == NULL)
    return FALSE;

  if (commit->import->again)
    {
      taking.grounds = grounds = subsidy_grounds_new (commit->policy);
      subsidy_grounds_begin (grounds);
    }
  taking.chain = g_strdup ("");
  done = subsidy_keys_prepare (connection, commit->policy, error) &&
         subsidy_register_keep_pack (connection, commit->policy, &taking.provenance, error) &&
         write_batch (connection, commit, error) &&
         subsidy_spool_foreach (commit->import->rows, take_row, &taking, error);
  if (done)
    note_rows (commit, first, &taking);
  g_free (taking.chain);
  commit->spent = shy_work_budget_is_spent (budget);
  return done;
}

/*
 * subsidy_register_commit: stores all rows that were decided, in the transaction that notes their file.
 * Rows whose grounds changed since they were decided are decided anew.
 */
gboolean
subsidy_register_commit (ShyConnection  *connection,
                         SubsidyCommit  *commit,
                         GCancellable   *cancellable,
                         GError        **error)
{
  const SubsidyTotals totals = subsidy_spool_count (commit->import->rows);
  ShyImportCommit    *import = commit->import;
  gint64              first, first_revision;

  g_ptr_array_set_size (commit->turned, 0);
  import->rejected = totals.of[SUBSIDY_REJECTED];
  import->taken = subsidy_totals_sum (&totals) - import->rejected;
  if (!shy_policies_check_current (connection, commit->policy, error))
    return FALSE;
  first = shy_connection_reserve_ids (connection, "subsidy_case", MAX (import->taken, 1), error);
  if (first < 0)
    return FALSE;
  first_revision = shy_connection_reserve_ids (connection, "subsidy_revision", MAX (import->taken, 1), error);
  if (first_revision < 0)
    return FALSE;

  shy_connection_touch (connection, SUBSIDY_TOPIC);
  return take_rows (connection, commit, first, first_revision, cancellable, error);
}

/*
 * subsidy_register_prove: what another program changed is not shown as what was decided, and not
 * exported as such: fails, with SHY_ERROR_DAMAGED, where the row is not as it was stored.
 */
gboolean
subsidy_register_prove (ShyConnection  *connection,
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
