/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-register.h"

#include "subsidy-dataset.h"

#include <glib/gi18n-lib.h>

static char *
now_text (void)
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

/* Writes the present state of a case; a new case is made, one that was read is replaced. */
static gboolean
write_case (ShyConnection          *connection,
            const SubsidyDecision  *decision,
            GError                **error)
{
  const SubsidyRecord     *record = &decision->record;
  g_autofree char         *now = now_text ();
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

  shy_statement_bind_int64 (statement, "$1", decision->id);
  if (decision->batch > 0)
    shy_statement_bind_int64 (statement, "$2", decision->batch);
  else
    shy_statement_bind_null (statement, "$2");
  shy_statement_bind_int64 (statement, "$3", record->row);
  shy_statement_bind_text (statement, "$4", decision->policy);
  shy_statement_bind_text (statement, "$5", decision->version);
  shy_statement_bind_text (statement, "$6", record->county);
  shy_statement_bind_date (statement, "$7", &decision->on);
  shy_statement_bind_text (statement, "$8", subsidy_outcome_to_word (record->outcome));
  shy_statement_bind_int64 (statement, "$9", record->amount);
  shy_statement_bind_text (statement, "$10", record->employer);
  shy_statement_bind_int64 (statement, "$15", decision->revision + 1);
  shy_statement_bind_text (statement, "$16", now);
  shy_statement_bind_text (statement, "$17", record->reason);
  return bind_names (connection, statement, decision->id, record, error) &&
         shy_statement_execute (statement, error);
}

static gboolean
write_revision (ShyConnection          *connection,
                const SubsidyDecision  *decision,
                gint64                  revision_id,
                const char             *pack,
                const char             *nonce,
                const char             *commitment,
                GError                **error)
{
  const SubsidyRecord     *record = &decision->record;
  g_autofree char         *now = now_text ();
  g_autoptr (ShyStatement) statement = NULL;

  statement = shy_connection_prepare (
    connection,
    "INSERT INTO subsidy_revision (id, case_id, revision, policy_version, outcome, amount, facts, "
    "verdict, nonce, commitment, decided_at, actor, pack) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_int64 (statement, "$1", revision_id);
  shy_statement_bind_int64 (statement, "$2", decision->id);
  shy_statement_bind_int64 (statement, "$3", decision->revision + 1);
  shy_statement_bind_text (statement, "$4", decision->version);
  shy_statement_bind_text (statement, "$5", subsidy_outcome_to_word (record->outcome));
  shy_statement_bind_int64 (statement, "$6", record->amount);
  shy_statement_bind_text (statement, "$9", nonce);
  shy_statement_bind_text (statement, "$10", commitment);
  shy_statement_bind_text (statement, "$11", now);
  shy_statement_bind_text (statement, "$12", shy_connection_get_actor (connection));
  shy_statement_bind_text (statement, "$13", pack);
  return bind_sealed (connection, statement, "$7", "subsidy_revision.facts", revision_id,
                      record->facts, error) &&
         bind_sealed (connection, statement, "$8", "subsidy_revision.verdict", revision_id,
                      record->verdict, error) &&
         shy_statement_execute (statement, error);
}

/* subsidy_register_load_pack: the file of a policy; NULL if there is none. Blocks. */
char *
subsidy_register_load_pack (ShyPolicy *policy)
{
  const char *file = shy_policy_get_file (policy);
  char       *contents = NULL;

  if (file != NULL)
    shy_file_get_contents (file, &contents, NULL, NULL);
  return contents;
}

/* Keeps the policy's file, once for each content, and gives its digest. */
static gboolean
keep_pack (ShyConnection  *connection,
           const char     *policy,
           const char     *version,
           const char     *contents,
           char          **digest,
           GError        **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autofree char         *now = now_text ();

  if (contents == NULL)
    return TRUE;
  statement = shy_connection_prepare (
    connection,
    "INSERT INTO subsidy_pack (digest, policy, policy_version, contents, seen_at) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (digest) DO NOTHING",
    error);
  if (statement == NULL)
    return FALSE;

  *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, contents, -1);
  shy_statement_bind_text (statement, "$1", *digest);
  shy_statement_bind_text (statement, "$2", policy);
  shy_statement_bind_text (statement, "$3", version);
  shy_statement_bind_text (statement, "$4", contents);
  shy_statement_bind_text (statement, "$5", now);
  return shy_statement_execute (statement, error);
}

/*
 * subsidy_register_insert: writes a decision and the case as it stands after it.
 * @revision_id: a reserved number
 * @pack: (nullable): digest of the policy's file, which is kept already
 * @commitment: (out): what the journal is to hold of it
 */
gboolean
subsidy_register_insert (ShyConnection          *connection,
                         const SubsidyDecision  *decision,
                         gint64                  revision_id,
                         const char             *pack,
                         char                  **commitment,
                         GError                **error)
{
  g_autofree char *nonce = shy_journal_new_nonce ();
  g_autofree char *text = g_strconcat (decision->record.facts, "\n", decision->record.verdict, NULL);

  *commitment = shy_journal_commit (nonce, text);
  return write_case (connection, decision, error) &&
         write_revision (connection, decision, revision_id, pack, nonce, *commitment, error);
}

static gboolean
write_batch (ShyConnection        *connection,
             const SubsidyCommit  *commit,
             GError              **error)
{
  const SubsidyTotals     *totals = subsidy_spool_get_totals (commit->spool);
  guint                    rejected = totals->of[SUBSIDY_REJECTED];
  g_autofree char         *now = now_text ();
  g_autoptr (ShyStatement) statement = NULL;

  statement = shy_connection_prepare (
    connection,
    "INSERT INTO subsidy_batch (id, file, sheet, policy, policy_version, decided_on, cases, "
    "rejected, created_at, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_int64 (statement, "$1", commit->batch);
  shy_statement_bind_text (statement, "$4", commit->policy);
  shy_statement_bind_text (statement, "$5", commit->version);
  shy_statement_bind_date (statement, "$6", &commit->on);
  shy_statement_bind_int64 (statement, "$7", subsidy_totals_sum (totals) - rejected);
  shy_statement_bind_int64 (statement, "$8", rejected);
  shy_statement_bind_text (statement, "$9", now);
  shy_statement_bind_text (statement, "$10", shy_connection_get_actor (connection));
  return bind_sealed (connection, statement, "$2", "subsidy_batch.file", commit->batch, commit->file,
                      error) &&
         bind_sealed (connection, statement, "$3", "subsidy_batch.sheet", commit->batch,
                      commit->sheet, error) &&
         shy_statement_execute (statement, error);
}

typedef struct
{
  ShyConnection       *connection;
  const SubsidyCommit *commit;
  gint64               next_case;
  gint64               next_revision;
  char                *chain;      /* (owned): over the commitments, in order */
  char                *pack;       /* (owned) (nullable): digest */
} Taking;

static gboolean
take_row (const SubsidyRecord  *record,
          gpointer              data,
          GError              **error)
{
  Taking          *self = data;
  SubsidyDecision  decision = { 0 };
  g_autofree char *commitment = NULL;
  char            *chain;

  if (record->outcome == SUBSIDY_REJECTED)
    return TRUE;

  decision.id = self->next_case++;
  decision.batch = self->commit->batch;
  decision.policy = self->commit->policy;
  decision.version = self->commit->version;
  decision.on = self->commit->on;
  decision.record = *record;
  if (!subsidy_register_insert (self->connection, &decision, self->next_revision++, self->pack,
                                &commitment, error))
    return FALSE;

  chain = shy_journal_commit (self->chain, commitment);
  g_free (self->chain);
  self->chain = chain;
  return TRUE;
}

static void
add_number (JsonObject *object,
            const char *name,
            gint64      number)
{
  json_object_set_int_member (object, name, number);
}

static gboolean
note_batch (ShyConnection        *connection,
            const SubsidyCommit  *commit,
            gint64                first,
            const Taking         *taking,
            GError              **error)
{
  const SubsidyTotals *totals = subsidy_spool_get_totals (commit->spool);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode)   node = json_node_init_object (json_node_alloc (), object);
  g_autofree char       *subject = g_strdup_printf ("subsidy_batch:%" G_GINT64_FORMAT, commit->batch);

  json_object_set_string_member (object, "policy", commit->policy);
  json_object_set_string_member (object, "version", commit->version);
  json_object_set_string_member (object, "commitments", taking->chain);
  json_object_set_string_member (object, "pack", taking->pack);
  if (commit->digest != NULL)
    json_object_set_string_member (object, "file_digest", commit->digest);
  add_number (object, "first_case", first);
  for (guint i = 0; i < SUBSIDY_N_OUTCOMES; i++)
    add_number (object, subsidy_outcome_to_word ((SubsidyOutcome) i), totals->of[i]);
  return shy_journal_append (connection, "subsidy.import", subject, node, error);
}

/*
 * subsidy_register_commit: stores all rows that were decided, and the journal's entry, or nothing.
 */
gboolean
subsidy_register_commit (ShyConnection  *connection,
                         gpointer        data,
                         GCancellable   *cancellable,
                         GError        **error)
{
  SubsidyCommit       *commit = data;
  const SubsidyTotals *totals = subsidy_spool_get_totals (commit->spool);
  guint                count = subsidy_totals_sum (totals) - totals->of[SUBSIDY_REJECTED];
  Taking               taking = { connection, commit };
  gint64               first;
  gboolean             done;

  commit->batch = shy_connection_reserve_ids (connection, "subsidy_batch", 1, error);
  first = shy_connection_reserve_ids (connection, "subsidy_case", MAX (count, 1), error);
  if (commit->batch < 0 || first < 0)
    return FALSE;
  taking.next_case = first;
  taking.next_revision = shy_connection_reserve_ids (connection, "subsidy_revision",
                                                     MAX (count, 1), error);
  if (taking.next_revision < 0)
    return FALSE;

  taking.chain = g_strdup ("");
  done = write_batch (connection, commit, error) &&
         keep_pack (connection, commit->policy, commit->version, commit->pack, &taking.pack, error) &&
         subsidy_spool_foreach (commit->spool, take_row, &taking, error) &&
         note_batch (connection, commit, first, &taking, error);
  g_free (taking.chain);
  g_free (taking.pack);
  shy_connection_touch (connection, SUBSIDY_TOPIC);
  return done;
}

static gboolean
is_current (ShyConnection          *connection,
            const SubsidyDecision  *decision,
            GError                **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GError)       local = NULL;

  statement = shy_connection_prepare (connection, "SELECT revision FROM subsidy_case WHERE id = $1",
                                      error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_int64 (statement, "$1", decision->id);
  if (shy_statement_step (statement, &local) &&
      shy_statement_get_int64 (statement, 0) == (gint64) decision->revision)
    return TRUE;

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
                 _("Somebody else changed application %d meanwhile. Nothing was stored: open it "
                   "again, then make your change."),
                 (int) decision->id);
  return FALSE;
}

static gboolean
note_decision (ShyConnection          *connection,
               const SubsidyDecision  *decision,
               const char             *pack,
               const char             *commitment,
               GError                **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode)   node = json_node_init_object (json_node_alloc (), object);
  g_autofree char       *subject = g_strdup_printf ("subsidy_case:%" G_GINT64_FORMAT, decision->id);

  json_object_set_string_member (object, "policy", decision->policy);
  json_object_set_string_member (object, "version", decision->version);
  json_object_set_string_member (object, "outcome",
                                 subsidy_outcome_to_word (decision->record.outcome));
  json_object_set_string_member (object, "commitment", commitment);
  json_object_set_string_member (object, "pack", pack);
  add_number (object, "amount", decision->record.amount);
  add_number (object, "revision", decision->revision + 1);
  return shy_journal_append (connection, "subsidy.decide", subject, node, error);
}

/*
 * subsidy_register_amend: stores a decision on one case: a new one, or one that was read at
 * @decision.revision and nobody changed since. Sets the case's number in a new one.
 */
gboolean
subsidy_register_amend (ShyConnection  *connection,
                        gpointer        data,
                        GCancellable   *cancellable,
                        GError        **error)
{
  SubsidyDecision *decision = data;
  g_autofree char *commitment = NULL;
  g_autofree char *pack = NULL;
  gint64           revision_id;

  if (decision->id == 0)
    decision->id = shy_connection_reserve_ids (connection, "subsidy_case", 1, error);
  else if (!is_current (connection, decision, error))
    return FALSE;
  revision_id = shy_connection_reserve_ids (connection, "subsidy_revision", 1, error);
  if (decision->id < 0 || revision_id < 0)
    return FALSE;

  shy_connection_touch (connection, SUBSIDY_TOPIC);
  return keep_pack (connection, decision->policy, decision->version, decision->pack, &pack, error) &&
         subsidy_register_insert (connection, decision, revision_id, pack, &commitment, error) &&
         note_decision (connection, decision, pack, commitment, error);
}

/* subsidy_register_count: counts the cases of each outcome into a SubsidyTotals. */
gboolean
subsidy_register_count (ShyConnection  *connection,
                        gpointer        data,
                        GCancellable   *cancellable,
                        GError        **error)
{
  SubsidyTotals           *totals = data;
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;

  rows = shy_connection_prepare (
    connection, "SELECT outcome, COUNT(*) FROM subsidy_case GROUP BY outcome", error);
  if (rows == NULL)
    return FALSE;

  while (shy_statement_step (rows, &local))
    {
      SubsidyOutcome outcome;

      if (subsidy_outcome_parse (shy_statement_get_text (rows, 0), &outcome))
        totals->of[outcome] = (guint) shy_statement_get_int64 (rows, 1);
    }

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
