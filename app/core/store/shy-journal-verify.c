/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-journal-private.h"

#include "store/shy-binding-walk-private.h"
#include "store/shy-row-words.h"
#include "store/shy-statement-private.h"
#include "json/shy-json-node.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Verifying goes from the outside in: the noted head proves the chain, the chain proves the digests of
 * each change, these prove the rows. What is not proved by one is named; the rest is looked at all the
 * same, so that an auditor sees the whole extent.
 */

#define NO_HASH "0000000000000000000000000000000000000000000000000000000000000000"

/* Findings that are told one by one; the others are counted. */
#define MOST_FINDINGS 1000

typedef struct
{
  ShyConnection          *connection;
  ShyJournalReport       *report;
  gint64                  last;
  gint64                  expected_number;
  const char             *expected_hash; /* (nullable) */
  gboolean                bound;         /* whether rows are bound at all */
  gint64                  change;        /* the last that an entry bound */
  gint64                  total;
  gint64                  done;
  ShyJournalProgressFunc  progress;      /* (nullable) */
  gpointer                progress_data;
  GError                 *error;
} Verification;

static void
finding_free (gpointer data)
{
  ShyJournalFinding *self = data;

  g_free (self->table);
  g_free (self->key);
  g_free (self->column);
  g_free (self->sentence);
  g_free (self);
}

static void
add_finding (ShyJournalReport *report,
             const char       *table,
             const char       *key,
             const char       *column,
             char             *sentence)
{
  ShyJournalFinding *self;

  report->faults++;
  if (report->findings->len >= MOST_FINDINGS)
    {
      g_free (sentence);
      return;
    }
  self = g_new0 (ShyJournalFinding, 1);
  self->table = g_strdup (table);
  self->key = g_strdelimit (g_strdup (key), "\x1f", '/');
  self->column = g_strdup (column);
  self->sentence = sentence;
  g_ptr_array_add (report->findings, self);
}

static void
tell_progress (Verification *self,
               gint64        done)
{
  if (self->progress != NULL)
    self->progress (done, MAX (done, self->total), self->progress_data);
}

static void
set_broken (ShyJournalReport *report,
            gint64            number,
            const char       *reason)
{
  report->broken = number;
  report->reason = g_strdup (reason);
}

static const char *
find_fault (Verification          *self,
            const ShyJournalEntry *entry)
{
  g_autofree char *hash = shy_journal_hash_entry (entry);

  if (entry->number != self->last + 1)
    return _("entries before it are missing");
  if (!g_str_equal (entry->previous, self->report->head))
    return _("it does not follow the entry before it");
  if (!g_str_equal (entry->hash, hash))
    return _("its content was changed");
  if (entry->number == self->expected_number && self->expected_hash != NULL &&
      !g_str_equal (entry->hash, self->expected_hash))
    return _("it is not the entry whose hash was noted");

  return NULL;
}

/* What an entry says of the rows that it binds; NULL if it binds none. */
static JsonObject *
dup_bound (const ShyJournalEntry *entry)
{
  g_autoptr (JsonNode) details = NULL;
  JsonObject          *object;

  if (strstr (entry->details, "\"bound\":") == NULL)
    return NULL;
  details = shy_json_node_from_text (entry->details, -1, NULL);
  if (details == NULL || !JSON_NODE_HOLDS_OBJECT (details))
    return NULL;
  object = json_node_get_object (details);
  if (!json_object_has_member (object, "bound") ||
      !JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "bound")))
    return NULL;
  return json_object_ref (json_object_get_object_member (object, "bound"));
}

/* Whether the digests that are stored for a change are those that its entry binds. */
static void
verify_bound (Verification          *self,
              const ShyJournalEntry *entry)
{
  g_autoptr (JsonObject) bound = self->bound ? dup_bound (entry) : NULL;
  g_autofree char       *digest = NULL;
  g_autofree char       *number = NULL;
  gint64                 rows = 0;
  gint64                 change;

  if (bound == NULL)
    return;
  change = json_object_get_int_member_with_default (bound, "change", 0);
  digest = shy_binding_digest_change (self->connection, change, &rows, &self->error);
  if (digest == NULL)
    return;
  if (change != self->change + 1 ||
      g_strcmp0 (digest, json_object_get_string_member_with_default (bound, "digest", "")) != 0)
    {
      number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->number);
      add_finding (self->report, "shy_journal", number, NULL,
                   /* Translators: the number of an entry, what it tells of, as
                      “subsidy.decide subsidy_case:12”. */
                   g_strdup_printf (_("Entry %s of the journal (%s %s): the digests that it binds "
                                      "were changed. Trust none of the rows that it tells of."),
                                    number, entry->action, entry->subject));
    }
  self->change = change;
}

static gboolean
verify_entry (const ShyJournalEntry *entry,
              gpointer               data)
{
  Verification *self = data;
  const char   *fault = find_fault (self, entry);

  self->report->entries++;
  tell_progress (self, ++self->done);
  if (fault != NULL)
    {
      set_broken (self->report, entry->number, fault);
      return FALSE;
    }

  verify_bound (self, entry);
  self->last = entry->number;
  g_free (self->report->head);
  self->report->head = g_strdup (entry->hash);
  return self->error == NULL;
}

static void
verify_end (Verification *self,
            gint64        head_number,
            const char   *head_hash)
{
  if (head_number > self->last || self->expected_number > self->last)
    set_broken (self->report, self->last + 1, _("it and all that followed are missing"));
  else if (head_number < self->last)
    set_broken (self->report, head_number + 1, _("it was added from outside the program"));
  else if (!g_str_equal (head_hash, self->report->head))
    set_broken (self->report, MAX (self->last, 1), _("the head of the journal was changed"));
}

/* Entries that the walk by number does not see. */
static gboolean
verify_numbers (Verification  *self,
                GError       **error)
{
  gint64 odd = shy_connection_query_int64 (self->connection,
                                           "SELECT COUNT(*) FROM shy_journal WHERE number < 1 OR "
                                           "typeof(number) <> 'integer'", 0, error);

  if (odd > 0)
    add_finding (self->report, "shy_journal", "0", NULL,
                 g_strdup (_("The journal holds entries that the program did not write.")));
  return error == NULL || *error == NULL;
}

static gboolean
verify_changes (Verification *self)
{
  gint64 head = shy_connection_query_int64 (self->connection, "SELECT change FROM shy_bound_head", -1,
                                            NULL);
  gint64 last = shy_connection_query_int64 (self->connection, "SELECT MAX(change) FROM shy_bound", 0,
                                            NULL);
  gint64 first = shy_connection_query_int64 (self->connection,
                                             "SELECT COALESCE(MIN(change), 1) FROM shy_bound", 1,
                                             NULL);

  /* The steps of a new database wait for the first entry. */
  if (self->report->broken != 0 ||
      (head == self->change && first == 1 &&
       (last == self->change || (self->report->entries == 0 && last == 1))))
    return TRUE;
  add_finding (self->report, "shy_bound", "", NULL,
               g_strdup (_("The digests of what is stored do not end where the journal ends: they were "
                           "changed by another program.")));
  return TRUE;
}

static gboolean
is_personal (ShyConnection *connection,
             const char    *table,
             const char    *column)
{
  g_autoptr (ShyStatement) statement = shy_connection_prepare (
    connection, "SELECT 1 FROM shy_personal_field WHERE table_name = $1 AND column_name = $2", NULL);

  if (statement == NULL)
    return TRUE;
  shy_statement_bind_text (statement, "$1", table);
  shy_statement_bind_text (statement, "$2", column);
  return shy_statement_step (statement, NULL);
}

/* In clerk's words, without personal data. */
static char *
describe (ShyConnection *connection,
          const char    *table,
          const char    *key,
          ShyRowFault    fault,
          const char    *column,
          const char    *value)
{
  g_autofree char *title = shy_row_words_title_row (table, key);
  g_autofree char *what = column != NULL ? shy_row_words_title (table, column) : NULL;
  g_autofree char *shown = NULL;

  if (fault == SHY_ROW_MISSING)
    /* Translators: %s is what is missing, as “Application 12”. */
    return g_strdup_printf (_("%s is missing: another program removed it."), title);
  if (fault == SHY_ROW_ADDED)
    return g_strdup_printf (_("%s was never stored by this program: another program added it."),
                            title);
  if (column == NULL)
    return g_strdup_printf (_("%s is not as it was stored: another program changed it."), title);
  if (value == NULL || is_personal (connection, table, column))
    /* Translators: what was changed, as “Application 12”, then a part of it, as “amount”. */
    return g_strdup_printf (_("%s: the %s that is stored is not the one that was noted."), title,
                            what);
  shown = shy_row_words_show (table, column, value);
  /* Translators: “Application 12”, then “amount”, then the amount that stands there. */
  return g_strdup_printf (_("%s: the %s that is stored (%s) is not the one that was noted."), title,
                          what, shown);
}

static void
note_fault (const ShyBoundTable *table,
            const char          *key,
            ShyRowFault          fault,
            sqlite3_stmt        *row,
            int                  column,
            gpointer             data)
{
  Verification *self = data;
  const char   *name = column >= 0 ? table->columns->pdata[column] : NULL;
  const char   *value = name != NULL && row != NULL
                          ? (const char *) sqlite3_column_text (row, column) : NULL;

  add_finding (self->report, table->name, key, name,
               describe (self->connection, table->name, key, fault, name,
                         value != NULL && g_utf8_validate (value, -1, NULL) ? value : NULL));
}

static void
count_rows (gint64   rows,
            gpointer data)
{
  Verification *self = data;

  self->report->rows = rows;
  tell_progress (self, self->done + rows);
}

/* The words of SQLite's catalogue that are shown. */
G_GNUC_UNUSED static const char *const kinds[] = {
  N_("index"), N_("table"), N_("trigger"), N_("view"),
};

static gboolean
collect_sentences (Verification  *self,
                   const char    *sql,
                   const char    *format,
                   GError       **error)
{
  g_autoptr (ShyStatement) rows = shy_connection_prepare (self->connection, sql, error);
  g_autoptr (GError)       local = NULL;

  while (rows != NULL && shy_statement_step (rows, &local))
    {
      const char     *kind = shy_statement_get_text (rows, 0);
      const char     *name = shy_statement_get_text (rows, 1);
      g_auto (GStrv)  parts = g_strsplit (format, "%s", 3);
      GString        *text = g_string_new (parts[0]);

      g_string_append (text, kind != NULL ? g_dgettext (GETTEXT_PACKAGE, kind) : "");
      if (parts[1] != NULL)
        g_string_append (text, parts[1]);
      if (parts[1] != NULL && parts[2] != NULL)
        {
          g_string_append (text, name != NULL ? name : "");
          g_string_append (text, parts[2]);
        }
      add_finding (self->report, "sqlite_master", name, NULL, g_string_free (text, FALSE));
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return rows != NULL && local == NULL;
}

/* Without its own tables nothing can be compared: that they were removed is all there is to say. */
static gboolean
verify_protection (Verification *self)
{
  g_autoptr (GPtrArray) lost = shy_binding_list_lost (self->connection);

  for (guint i = 0; i < lost->len; i++)
    add_finding (self->report, "sqlite_master", lost->pdata[i], NULL,
                 g_strdup_printf (_("The table “%s”, which protects what is stored, is missing: "
                                    "another program removed it. Nothing of the register is proved."),
                                  (const char *) lost->pdata[i]));
  return lost->len == 0;
}

/* Tables, indexes, views and triggers must be those that steps made, to the letter. */
static gboolean
verify_schema (Verification  *self,
               GError       **error)
{
  return collect_sentences (self,
                            "SELECT type, name FROM sqlite_master m WHERE NOT "
                            SHY_SCHEMA_OF_SQLITE " AND NOT EXISTS (SELECT 1 FROM shy_schema s "
                            "WHERE s.kind = m.type AND s.name = m.name)",
                            /* Translators: the first %s is “trigger”, “view”, “table” or “index”. */
                            _("The %s “%s” does not belong to this program: another program added "
                              "it."), error) &&
         collect_sentences (self,
                            "SELECT kind, name FROM shy_schema s WHERE NOT EXISTS (SELECT 1 FROM "
                            "sqlite_master m WHERE s.kind = m.type AND s.name = m.name)",
                            _("The %s “%s” is missing: another program removed it."), error) &&
         collect_sentences (self,
                            "SELECT kind, s.name FROM shy_schema s JOIN sqlite_master m "
                            "ON s.kind = m.type AND s.name = m.name WHERE m.sql <> s.sql",
                            _("The %s “%s” was changed by another program."), error) &&
         collect_sentences (self,
                            "SELECT user_version, '' FROM pragma_user_version "
                            "WHERE user_version <> 0",
                            _("Another program marked the database as its version %s."), error) &&
         collect_sentences (self,
                            "SELECT integrity_check, '' FROM pragma_integrity_check "
                            "WHERE integrity_check <> 'ok'",
                            /* Translators: %s is what SQLite says, in English. */
                            _("The file is damaged: %s."), error);
}

static GMutex  proofs_lock;
static GArray *proofs; /* of ShyJournalProof */

/**
 * shy_journal_add_proof: (skip)
 * @proof: what is proved beside the rows whenever a journal is verified
 *
 * Adds the proof of a plugin's own tables, once.
 */
void
shy_journal_add_proof (ShyJournalProof proof)
{
  g_mutex_lock (&proofs_lock);
  if (proofs == NULL)
    proofs = g_array_new (FALSE, FALSE, sizeof (ShyJournalProof));
  g_array_append_val (proofs, proof);
  g_mutex_unlock (&proofs_lock);
}

static gboolean
verify_proofs (Verification  *self,
               GError       **error)
{
  gboolean done = TRUE;

  g_mutex_lock (&proofs_lock);
  for (guint i = 0; done && proofs != NULL && i < proofs->len; i++)
    {
      char *why = NULL;

      done = g_array_index (proofs, ShyJournalProof, i) (self->connection, &why, error);
      if (why != NULL)
        add_finding (self->report, "", "", NULL, why);
    }
  g_mutex_unlock (&proofs_lock);
  return done;
}

static gboolean
verify_rows (Verification  *self,
             GError       **error)
{
  return verify_changes (self) && verify_schema (self, error) &&
         shy_binding_walk (self->connection, note_fault, count_rows, self, error) &&
         verify_proofs (self, error);
}

/**
 * shy_journal_verify_all: (skip)
 * @connection: a connection
 * @expected_number: number of an entry whose hash was noted elsewhere, or 0
 * @expected_hash: (nullable): the noted hash
 * @progress: (nullable): told how far it got, on this thread
 * @data: for @progress
 * @error: return location for an error
 *
 * Recomputes the chain, entry by entry, and what it binds: the digest of every row, the tables and
 * triggers; all in bounded memory. A noted head must be an entry of the chain.
 *
 * Returns: (transfer full): what was found, or %NULL with @error set if it could not be read
 */
ShyJournalReport *
shy_journal_verify_all (ShyConnection          *connection,
                        gint64                  expected_number,
                        const char             *expected_hash,
                        ShyJournalProgressFunc  progress,
                        gpointer                data,
                        GError                **error)
{
  g_autoptr (ShyJournalReport) report = g_new0 (ShyJournalReport, 1);
  g_autofree char             *head = NULL;
  gint64                       number = 0;
  Verification                 self = { connection, report, 0, expected_number, expected_hash };

  self.progress = progress;
  self.progress_data = data;
  report->findings = g_ptr_array_new_with_free_func (finding_free);
  self.bound = verify_protection (&self) && shy_binding_is_there (connection);
  report->bound = self.bound || report->faults > 0;
  if (self.bound && progress != NULL)
    self.total = shy_connection_query_int64 (connection, "SELECT COUNT(*) FROM shy_bound", 0, NULL);
  if (progress != NULL)
    self.total += shy_connection_query_int64 (connection, "SELECT COUNT(*) FROM shy_journal", 0,
                                              NULL);
  report->head = g_strdup (NO_HASH);
  if (!shy_journal_foreach (connection, 0, verify_entry, &self, error) ||
      !shy_journal_read_head (connection, &number, &head, error))
    return NULL;
  if (self.error != NULL)
    {
      g_propagate_error (error, self.error);
      return NULL;
    }

  if (report->broken == 0)
    verify_end (&self, number, head);
  report->number = self.last;
  if (!verify_numbers (&self, error) || (self.bound && !verify_rows (&self, error)))
    return NULL;
  return g_steal_pointer (&report);
}

/**
 * shy_journal_verify: (skip)
 * @connection: a connection
 * @expected_number: number of an entry whose hash was noted elsewhere, or 0
 * @expected_hash: (nullable): the noted hash
 * @cancellable: (nullable): a cancellable, which the store honours between rows
 * @error: return location for an error
 *
 * As shy_journal_verify_all(), telling nobody how far it got.
 *
 * Returns: (transfer full): what was found, or %NULL with @error set if it could not be read
 */
ShyJournalReport *
shy_journal_verify (ShyConnection  *connection,
                    gint64          expected_number,
                    const char     *expected_hash,
                    GCancellable   *cancellable,
                    GError        **error)
{
  return shy_journal_verify_all (connection, expected_number, expected_hash, NULL, NULL, error);
}

/**
 * shy_journal_report_is_intact: (skip)
 * @self: a report
 *
 * Returns: whether nothing wrong was found
 */
gboolean
shy_journal_report_is_intact (const ShyJournalReport *self)
{
  return self->broken == 0 && self->faults == 0;
}

/* A table that is not bound must be one of those that steps exempt, and not one that somebody put among
 * them. */
static gboolean
check_exempt (ShyConnection  *connection,
              const char     *table,
              char          **why,
              GError        **error)
{
  return !shy_binding_is_there (connection) || g_str_equal (table, "shy_unbound") ||
         shy_register_check_key (connection, "shy_unbound", table, why, error);
}

/* As shy_register_check_row(), of a key of one or several columns, as it stands in shy_bound. */
gboolean
shy_register_check_key (ShyConnection  *connection,
                        const char     *table,
                        const char     *key,
                        char          **why,
                        GError        **error)
{
  g_autoptr (ShyStatement)   row = NULL;
  g_autoptr (GError)         local = NULL;
  const ShyBoundTable       *bound = shy_binding_get_table (connection, table, &local);
  ShyRowFault                fault = SHY_ROW_MISSING;
  int                        column = -1;
  gboolean                   right = FALSE;

  *why = NULL;
  if (bound == NULL && local == NULL)
    return check_exempt (connection, table, why, error);
  if (bound == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* The running transaction itself wrote it, and binds it with the rest before it ends. */
  if (g_hash_table_contains (bound->changed, key))
    return TRUE;
  row = shy_connection_prepare (connection, bound->by_key, error);
  if (row == NULL)
    return FALSE;
  shy_binding_bind_key (bound, row, key);
  if (shy_statement_step (row, &local) &&
      !shy_binding_look_at (connection, bound, key, shy_statement_get_handle (row), &fault, &column,
                            &right, error))
    return FALSE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!right)
    *why = describe (connection, table, key, fault,
                     column >= 0 ? bound->columns->pdata[column] : NULL, NULL);
  return TRUE;
}

/**
 * shy_register_check_row: (skip)
 * @connection: a connection
 * @table: a bound table with one column as its key
 * @key: the key
 * @why: (out) (nullable) (transfer full): what is wrong with the row, in clerk's words
 * @error: return location for an error
 *
 * Compares one row with the digest that was stored with it: what was changed by another program, or by
 * a disk that fails, must not be taken for what was decided. It takes a few microseconds. A whole
 * proof is [func@journal_verify_all].
 *
 * Returns: %FALSE with @error set if it could not be looked at
 */
gboolean
shy_register_check_row (ShyConnection  *connection,
                        const char     *table,
                        gint64          key,
                        char          **why,
                        GError        **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, key);

  return shy_register_check_key (connection, table, text, why, error);
}

/**
 * shy_journal_report_free: (skip)
 * @self: a report
 *
 * Frees a report.
 */
void
shy_journal_report_free (ShyJournalReport *self)
{
  g_free (self->reason);
  g_free (self->head);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self);
}

