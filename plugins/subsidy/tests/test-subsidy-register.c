/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-fixture.h"
#include "subsidy-packer.h"

/* Enough rows for these tests; test-subsidy-sample decides all of them. */
#define SAMPLE "postdoc-applications-40.xls"

static void
wait_for (gboolean (*done) (gpointer), gpointer data)
{
  while (!done (data))
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_read (gpointer records)
{
  return !shy_records_is_loading (records);
}

static guint
count (ShyRecords *records)
{
  wait_for (is_read, records);
  return g_list_model_get_n_items (G_LIST_MODEL (records));
}

/* Asks for what one filter lets pass, and a text; in an order. */
static guint
ask_list (ShyRecords *records,
          const char *filter,
          const char *value,
          const char *text,
          const char *sort,
          gboolean    descending)
{
  g_autoptr (ShyRecordQuery) query = shy_record_query_new ();

  shy_record_query_set_filter (query, filter, value);
  shy_record_query_set_text (query, text);
  shy_record_query_set_sort (query, sort, descending);
  shy_records_set_query (records, query);
  return count (records);
}

static guint
filter_list (ShyRecords *records,
             const char *filter,
             const char *value)
{
  return ask_list (records, filter, value, "", "", FALSE);
}

static gboolean
is_loaded (gpointer item)
{
  return shy_record_is_loaded (item);
}

static ShyRecord *
get_loaded (ShyRecords *records,
            guint       position)
{
  ShyRecord *item = g_list_model_get_item (G_LIST_MODEL (records), position);

  g_assert_nonnull (item);
  wait_for (is_loaded, item);
  return item;
}

/* The value of a row in the column of this name. */
static char *
dup_value (ShyRecords *records,
           guint       position,
           const char *name)
{
  GPtrArray             *columns = shy_records_get_columns (records);
  g_autoptr (ShyRecord)  item = get_loaded (records, position);

  for (guint i = 0; i < columns->len; i++)
    if (g_str_equal (((const ShyField *) columns->pdata[i])->name, name))
      return g_strdup (shy_record_get_value (item, i));
  g_error ("no column %s", name);
}

static void
test_lists_and_filters (Fixture       *self,
                        gconstpointer  data)
{
  gint64                 batch = commit_sample (self, SAMPLE);
  g_autoptr (ShyRecords) records = subsidy_list_new (self->store, NULL);
  g_autoptr (ShyRecord)  first = NULL;
  g_autoptr (ShyRecord)  last = NULL;
  g_autofree char       *number = g_strdup_printf ("%" G_GINT64_FORMAT, batch);
  g_autofree char       *next = g_strdup_printf ("%" G_GINT64_FORMAT, batch + 1);
  g_autofree char       *name = NULL;
  g_autofree char       *person = NULL;
  guint                  all, eligible;

  all = count (records);
  g_assert_cmpuint (all, ==, ask (self->store, "SELECT COUNT(*) FROM subsidy_case"));
  g_assert_cmpuint (all, ==, shy_records_get_total (records));
  g_assert_cmpuint (all, ==, shy_records_get_count (records, "outcome", ""));
  g_assert_cmpuint (shy_records_get_count (records, "outcome", "rejected"), ==, 0);

  first = get_loaded (records, 0);
  last = get_loaded (records, all - 1);
  g_assert_cmpint (shy_record_get_id (first), ==, all);
  g_assert_cmpint (shy_record_get_id (last), ==, 1);
  name = dup_value (records, 0, "name");
  g_assert_nonnull (name);
  person = dup_value (records, 0, "person"); /* masked, wherever it goes from here */
  g_assert_nonnull (strstr (person, "********"));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (records), all));

  /* Whoever is not eligible reads in the list why, and nobody else does. */
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case "
                                     "WHERE (reason IS NULL) != (outcome = 'eligible')"), ==, 0);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case "
                                     "WHERE reason LIKE '%2025%'"), ==, 0);

  eligible = filter_list (records, "outcome", "eligible");
  g_assert_cmpuint (eligible, ==, shy_records_get_count (records, "outcome", "eligible"));
  g_assert_cmpuint (eligible, >, 0);
  g_assert_cmpuint (shy_records_get_count (records, "outcome", ""), ==, all);
  g_assert_cmpuint (ask_list (records, "outcome", "eligible", "", "amount", TRUE), ==, eligible);

  g_assert_cmpuint (filter_list (records, "scope", "331100"), ==,
                    ask (self->store, "SELECT COUNT(*) FROM subsidy_case WHERE county LIKE '3311%'"));
  g_assert_cmpuint (filter_list (records, "scope", "330824"), ==,
                    ask (self->store, "SELECT COUNT(*) FROM subsidy_case WHERE county = '330824'"));
  g_assert_cmpuint (shy_records_get_total (records), ==, all);

  g_assert_cmpuint (filter_list (records, "batch", next), ==, 0);
  g_assert_cmpuint (filter_list (records, "batch", number), ==, all);
  g_assert_cmpuint (filter_list (records, "policy", "other"), ==, 0);
  g_assert_cmpuint (filter_list (records, "policy", POSTDOC), ==, all);
}

static void
assert_finds (ShyRecords *records,
              const char *text,
              const char *name)
{
  gboolean found = FALSE;
  guint    n = ask_list (records, "outcome", "", text, "", FALSE);

  g_assert_cmpuint (shy_records_get_count (records, "outcome", ""), ==, n);
  for (guint i = 0; i < n && !found; i++)
    {
      g_autofree char *other = dup_value (records, i, "name");

      found = g_strcmp0 (other, name) == 0;
    }
  g_assert_true (found);
}

static void
test_finds_by_sound (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr (ShyRecords)  records = NULL;
  g_autofree char        *name = NULL;
  g_autofree char        *pinyin = NULL;
  g_autofree char        *initials = NULL;
  g_autofree char        *joined = NULL;
  g_auto (GStrv)          syllables = NULL;

  commit_sample (self, SAMPLE);
  records = subsidy_list_new (self->store, NULL);
  g_assert_cmpuint (count (records), >, 0);
  name = dup_value (records, 0, "name");
  pinyin = shy_pinyin_of_name (name);
  initials = shy_pinyin_initials (pinyin);
  syllables = g_strsplit (pinyin, " ", -1);
  joined = g_strjoinv ("", syllables);

  assert_finds (records, name, name);
  assert_finds (records, pinyin, name);
  assert_finds (records, joined, name);
  assert_finds (records, initials, name);
  g_assert_cmpuint (ask_list (records, "outcome", "", "no such name", "", FALSE), ==, 0);
}

/* By a column, up and down: by pinyin, by number, by day. */
static void
test_orders (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (ShyRecords) records = NULL;
  static const char *const sorts[] = { "name", "county", "policy", "outcome", "amount", "decided-on" };

  commit_sample (self, SAMPLE);
  records = subsidy_list_new (self->store, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      guint               n = ask_list (records, "outcome", "", "", sorts[i], FALSE);
      g_autoptr (GArray)  up = shy_records_dup_ids (records);
      g_autoptr (GArray)  down = NULL;

      g_assert_cmpuint (ask_list (records, "outcome", "", "", sorts[i], TRUE), ==, n);
      down = shy_records_dup_ids (records);
      for (guint j = 0; j < n; j++)
        g_assert_cmpint (g_array_index (up, gint64, j), ==, g_array_index (down, gint64, n - 1 - j));
    }

  g_assert_cmpuint (ask_list (records, "outcome", "", "", "name", FALSE), >, 10);
  for (guint i = 0; i + 10 < count (records); i += 10)
    {
      g_autofree char *one = dup_value (records, i, "name");
      g_autofree char *other = dup_value (records, i + 10, "name");
      g_autofree char *first = shy_pinyin_of_name (one);
      g_autofree char *second = shy_pinyin_of_name (other);

      g_assert_cmpstr (first, <=, second);
    }

  g_assert_cmpuint (ask_list (records, "outcome", "", "", "amount", TRUE), >, 10);
  for (guint i = 0; i + 10 < count (records); i += 10)
    {
      g_autofree char *one = dup_value (records, i, "amount");
      g_autofree char *other = dup_value (records, i + 10, "amount");

      g_assert_cmpfloat (one != NULL ? g_ascii_strtod (one, NULL) : 0, >=,
                         other != NULL ? g_ascii_strtod (other, NULL) : 0);
    }
}

/* The same file again: nobody is paid twice. */
static void
test_pays_nobody_twice (Fixture       *self,
                        gconstpointer  data)
{
  g_autoptr (ShyImport) first = import_sample (self, SAMPLE);
  g_autoptr (ShyImport) second = NULL;
  g_autoptr (GError)        error = NULL;

  g_assert_cmpuint (subsidy_spool_count (shy_import_get_spool (first)).of[SUBSIDY_ELIGIBLE],
                    >, 0);
  shy_import_commit (first, NULL, &error);
  g_assert_no_error (error);
  second = import_sample (self, SAMPLE);
  g_assert_cmpuint (subsidy_spool_count (shy_import_get_spool (second)).of[SUBSIDY_ELIGIBLE],
                    ==, 0);
}

static gboolean
grant_job (ShyConnection  *connection,
           gpointer        person,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autofree char         *sealed = NULL;

  sealed = shy_personal_seal (connection, "subsidy_grant.person", 1, person, error);
  statement = shy_connection_prepare (connection,
                                      "INSERT INTO subsidy_grant (id, policy, granted_on, amount, "
                                      "year, person) VALUES (1, '" POSTDOC "', '2023-05-01', "
                                      "20000000, 0, $1)", error);
  shy_statement_bind_text (statement, "$1", sealed);
  return shy_statement_execute (statement, error);
}

static gboolean
setting_job (ShyConnection  *connection,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  return shy_county_settings_set (connection, POSTDOC, "331022", "原设站企业口径", data, NULL, error);
}

static gboolean
find_first_eligible (const SubsidyRecord  *record,
                     gpointer              data,
                     GError              **error)
{
  char **person = data;

  if (*person == NULL && record->outcome == SUBSIDY_ELIGIBLE)
    *person = g_strdup (record->person);
  return TRUE;
}

static guint
count_eligible (ShyImport *import)
{
  return subsidy_spool_count (shy_import_get_spool (import)).of[SUBSIDY_ELIGIBLE];
}

/* What was granted before this database began counts too. */
static void
test_knows_earlier_grants (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr (ShyImport) before = import_sample (self, SAMPLE);
  g_autoptr (ShyImport) after = NULL;
  g_autofree char          *person = NULL;
  g_autoptr (GError)        error = NULL;

  subsidy_spool_foreach (shy_import_get_spool (before), find_first_eligible, &person, NULL);
  g_assert_nonnull (person);
  shy_store_run (self->store, SHY_STORE_WRITE, grant_job, person, NULL, &error);
  g_assert_no_error (error);
  after = import_sample (self, SAMPLE);
  g_assert_cmpuint (count_eligible (after), ==, count_eligible (before) - 1);
}

/* Row 6 of the sample is of 331022, and stays with the firm that ran the station. */
static gboolean
find_same_firm (const SubsidyRecord  *record,
                gpointer              data,
                GError              **error)
{
  SubsidyOutcome *outcome = data;

  if (record->row == 6)
    {
      g_assert_cmpstr (record->county, ==, "331022");
      *outcome = record->outcome;
    }
  return TRUE;
}

static SubsidyOutcome
decide_same_firm (Fixture    *self,
                  const char *setting)
{
  g_autoptr (ShyImport) import = NULL;
  g_autoptr (GError)        error = NULL;
  SubsidyOutcome            outcome = SUBSIDY_REJECTED;

  shy_store_run (self->store, SHY_STORE_WRITE, setting_job, (gpointer) setting, NULL, &error);
  g_assert_no_error (error);
  import = import_sample (self, SAMPLE);
  subsidy_spool_foreach (shy_import_get_spool (import), find_same_firm, &outcome, NULL);
  return outcome;
}

/* What a county decided reaches its own applications, and is noted. */
static void
test_takes_settings (Fixture       *self,
                     gconstpointer  data)
{
  g_assert_cmpint (decide_same_firm (self, "不认定"), ==, SUBSIDY_NOT_ELIGIBLE);
  g_assert_cmpint (decide_same_firm (self, "认定"), !=, SUBSIDY_NOT_ELIGIBLE);
  g_assert_cmpint (decide_same_firm (self, NULL), ==, SUBSIDY_PERSON);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM shy_county_setting "
                                     "WHERE name = '原设站企业口径'"), ==, 0);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM shy_journal "
                                     "WHERE action = 'policy.set' AND subject = 'county:331022'"),
                   ==, 4); /* the first is what the county of the sample decided */
}

typedef struct
{
  GMainLoop *loop;
  GError    *error;
} Waiting;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Waiting *waiting = data;

  subsidy_case_load_finish (SUBSIDY_CASE (source), result, &waiting->error);
  g_main_loop_quit (waiting->loop);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Waiting *waiting = data;

  subsidy_case_save_finish (SUBSIDY_CASE (source), result, &waiting->error);
  g_main_loop_quit (waiting->loop);
}

static SubsidyCase *
load_case (Fixture *self,
           gint64   id)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting               waiting = { loop };
  SubsidyCase          *item = subsidy_case_new (id);

  subsidy_case_load_async (item, self->store, self->policy, NULL, loaded_cb, &waiting);
  g_main_loop_run (loop);
  g_assert_no_error (waiting.error);
  return item;
}

static GError *
save_case (Fixture     *self,
           SubsidyCase *item,
           ShyVerdict  *verdict)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting               waiting = { loop };

  subsidy_case_save_async (item, self->store, verdict, NULL, NULL, saved_cb, &waiting);
  g_main_loop_run (loop);
  return waiting.error;
}

static gint64
find_eligible (Fixture *self)
{
  return ask (self->store, "SELECT MIN(id) FROM subsidy_case WHERE outcome = 'eligible'");
}

/* A fact is changed, the verdict turns, is stored, and stands in the journal. */
static void
test_changes_a_fact (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr (SubsidyCase) item = NULL;
  g_autoptr (SubsidyCase) other = NULL;
  g_autoptr (ShyFacts)    facts = NULL;
  g_autoptr (ShyVerdict)  same = NULL;
  g_autoptr (ShyVerdict)  verdict = NULL;
  g_autoptr (GError)      error = NULL;
  g_autoptr (GError)      busy = NULL;
  g_autofree char        *reason = NULL;

  commit_sample (self, SAMPLE);
  item = load_case (self, find_eligible (self));
  other = load_case (self, find_eligible (self));
  same = subsidy_case_decide (item, subsidy_case_get_facts (item), &error);
  g_assert_no_error (error);
  g_assert_cmpint (shy_verdict_get_outcome (same), ==, SHY_POLICY_ELIGIBLE);
  g_assert_cmpstr (json_object_get_string_member (subsidy_case_get_verdict (item), "outcome"), ==,
                   "eligible");

  facts = shy_facts_copy (subsidy_case_get_facts (item));
  shy_facts_take (facts, self->policy, "出站类型", "在站", SHY_FACT_ORIGIN_TYPED, NULL, &error);
  g_assert_no_error (error);
  verdict = subsidy_case_decide (item, facts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, SHY_POLICY_NOT_ELIGIBLE);
  g_assert_null (save_case (self, item, verdict));
  g_assert_cmpint (subsidy_case_get_outcome (item), ==, SUBSIDY_NOT_ELIGIBLE);
  g_assert_cmpuint (subsidy_case_get_revision (item), ==, 2);
  g_object_get (item, "reason", &reason, NULL);
  g_assert_cmpstr (reason, ==, "Not met: Has left the station");
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM shy_journal "
                                     "WHERE action = 'subsidy.decide'"), ==, 1);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_revision WHERE revision = 2"),
                   ==, 1);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_pack p "
                                     "JOIN subsidy_revision r ON r.pack = p.digest "
                                     "WHERE instr(p.contents, '\"zj-postdoc-grant\"') > 0"),
                   ==, ask (self->store, "SELECT COUNT(*) FROM subsidy_revision"));
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_pack"), ==, 1);

  busy = save_case (self, other, verdict);
  g_assert_error (busy, SHY_ERROR, SHY_ERROR_BUSY);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_revision WHERE revision > 1"),
                   ==, 1);
}

/* A person of the register, at another desk, lets a pack decide that was made of the one in force. */
static void
adopt (Fixture    *self,
       const char *id,
       const char *version)
{
  g_autoptr (ShyStore) desk = NULL;
  g_autoptr (GError)   error = NULL;
  g_autofree char     *text = shy_policy_to_json (self->policy);
  g_autofree char     *path = g_strdup_printf ("%s/%s.json", self->folder, version);
  g_autofree char     *digest = NULL;
  g_autoptr (GString)  pack = g_string_new (text);
  g_autofree char     *old = g_strdup_printf ("\"%s\"", shy_policy_get_version (self->policy));
  g_autofree char     *now = g_strdup_printf ("\"%s\"", version);
  g_autofree char     *named = g_strdup_printf ("\"%s\"", id);

  g_string_replace (pack, old, now, 0);
  g_string_replace (pack, "\"" POSTDOC "\"", named, 0);
  g_assert_true (g_file_set_contents (path, pack->str, -1, NULL));
  desk = shy_store_open (self->path, &error);
  g_assert_no_error (error);
  digest = shy_policies_adopt (desk, path, "test", &error);
  g_assert_no_error (error);
}

static void
take_policy_in_force (Fixture *self)
{
  g_autoptr (GError)            error = NULL;
  g_autoptr (ShyPolicyRegistry) registry = shy_policies_load_from_store (self->store, &error);

  g_assert_no_error (error);
  g_clear_object (&self->policy);
  self->policy = shy_policy_registry_activate (registry, POSTDOC, &self->on, &error);
  g_assert_no_error (error);
}

/* Between the preview and the storing another version came into force: nothing is stored by the one
 * that is not in force any more, and that is said; neither a sheet nor an application. */
static void
test_in_force_meanwhile (Fixture       *self,
                         gconstpointer  data)
{
  g_autoptr (ShyImport) import = NULL;
  g_autoptr (SubsidyCase)   item = NULL;
  g_autoptr (ShyVerdict)    verdict = NULL;
  g_autoptr (GError)        error = NULL;
  g_autoptr (GError)        refused = NULL;

  take_policy_in_force (self);
  import = import_sample (self, SAMPLE);
  adopt (self, POSTDOC, "2031.1");
  g_assert_cmpint (shy_import_commit (import, NULL, &error), ==, -1);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "changed what is in force"));
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case"), ==, 0);

  take_policy_in_force (self);
  g_assert_cmpstr (shy_policy_get_version (self->policy), ==, "2031.1");
  adopt (self, "another-grant", "2031.7"); /* that is no matter of this one */
  commit_sample (self, SAMPLE);
  item = load_case (self, find_eligible (self));
  g_assert_cmpint (shy_policy_get_origin (self->policy)->kind, ==, SHY_POLICY_LOCAL);
  g_assert_cmpint (subsidy_case_get_origin (item)->kind, ==, SHY_POLICY_LOCAL);
  g_clear_error (&error);
  verdict = subsidy_case_decide (item, subsidy_case_get_facts (item), &error);
  g_assert_no_error (error);
  adopt (self, POSTDOC, "2031.2");
  refused = save_case (self, item, verdict);
  g_assert_error (refused, SHY_ERROR, SHY_ERROR_REFUSED);
  g_assert_cmpint (ask (self->store, "SELECT MAX(revision) FROM subsidy_case"), ==, 1);
}

/* Every stored revision is the one that was committed to, and the journal is whole. */
static gboolean
prove_job (ShyConnection  *connection,
           gpointer        data,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr (ShyJournalReport) report = NULL;
  g_autoptr (ShyStatement)     rows = NULL;
  g_autofree char             *chain = g_strdup ("");
  GString                     *details = data;

  report = shy_journal_verify (connection, 0, NULL, NULL, error);
  g_assert_cmpint (report->broken, ==, 0);

  rows = shy_connection_prepare (connection, "SELECT nonce, facts, verdict, commitment, id "
                                             "FROM subsidy_revision ORDER BY id", error);
  while (shy_statement_step (rows, error))
    {
      gint64           id = shy_statement_get_int64 (rows, 4);
      g_autofree char *facts = subsidy_unpack (connection, SUBSIDY_PACKED_FACTS, id, rows, 1, error);
      g_autofree char *verdict =
        subsidy_unpack (connection, SUBSIDY_PACKED_VERDICT, id, rows, 2, error);
      g_autofree char *text = g_strconcat (facts, "\n", verdict, NULL);
      g_autofree char *commitment = shy_journal_commit (shy_statement_get_text (rows, 0), text);
      char            *next = shy_journal_commit (chain, commitment);

      g_assert_cmpstr (commitment, ==, shy_statement_get_text (rows, 3));
      g_free (chain);
      chain = next;
    }
  g_string_assign (details, chain);
  return TRUE;
}

static gboolean
find_commitment (const ShyJournalEntry *entry,
                 gpointer               data)
{
  if (strstr (entry->details, ((GString *) data)->str) != NULL)
    g_string_assign (data, "found");
  return TRUE;
}

static gboolean
journal_job (ShyConnection  *connection,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  return shy_journal_foreach (connection, 0, find_commitment, data, error);
}

static void
test_proves_what_was_decided (Fixture       *self,
                              gconstpointer  data)
{
  g_autoptr (GString) details = g_string_new (NULL);

  commit_sample (self, SAMPLE);
  shy_store_run (self->store, SHY_STORE_READ, prove_job, details, NULL, NULL);
  shy_store_run (self->store, SHY_STORE_READ, journal_job, details, NULL, NULL);
  g_assert_cmpstr (details->str, ==, "found");
}

/* Stores every decision as registers of before have it: as text. */
static gboolean
write_plainly_job (ShyConnection  *connection,
                   gpointer        data,
                   GCancellable   *cancellable,
                   GError        **error)
{
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (ShyStatement) write = NULL;

  rows = shy_connection_prepare (connection, "SELECT id, facts, verdict FROM subsidy_revision "
                                             "ORDER BY id", error);
  write = shy_connection_prepare (connection, "UPDATE subsidy_revision SET facts = $1, verdict = $2 "
                                              "WHERE id = $3", error);
  while (shy_statement_step (rows, error))
    {
      gint64           id = shy_statement_get_int64 (rows, 0);
      g_autofree char *facts = subsidy_unpack (connection, SUBSIDY_PACKED_FACTS, id, rows, 1, error);
      g_autofree char *verdict =
        subsidy_unpack (connection, SUBSIDY_PACKED_VERDICT, id, rows, 2, error);

      shy_statement_bind_text (write, "$1", facts);
      shy_statement_bind_text (write, "$2", verdict);
      shy_statement_bind_int64 (write, "$3", id);
      g_assert_true (shy_statement_execute (write, error));
    }
  return shy_journal_append (connection, "test", "test", NULL, error);
}

static char *
describe_case (Fixture *self,
               gint64   id)
{
  g_autoptr (SubsidyCase) item = load_case (self, id);
  g_autoptr (JsonNode)    node = json_node_init_object (json_node_alloc (),
                                                        subsidy_case_get_verdict (item));
  g_autofree char        *verdict = json_to_string (node, FALSE);
  g_autofree char        *facts = subsidy_facts_to_json (subsidy_case_get_facts (item));

  return g_strconcat (facts, verdict, NULL);
}

/* What every decision repeats is stored once; what registers of before repeat is read all the same. */
static void
test_packs_what_was_decided (Fixture       *self,
                             gconstpointer  data)
{
  g_autofree char  *before = NULL;
  g_autofree char  *after = NULL;
  g_autoptr (GError) error = NULL;
  gint64            id, packed, plain;

  commit_sample (self, SAMPLE);
  id = find_eligible (self);
  before = describe_case (self, id);
  packed = ask (self->store, "SELECT SUM(LENGTH(facts) + LENGTH(verdict)) FROM subsidy_revision");
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_dictionary"), ==, 2);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_revision "
                                     "WHERE typeof(facts) != 'blob' OR typeof(verdict) != 'blob'"),
                   ==, 0);

  shy_store_run (self->store, SHY_STORE_WRITE, write_plainly_job, NULL, NULL, &error);
  g_assert_no_error (error);
  plain = ask (self->store, "SELECT SUM(LENGTH(CAST(facts AS BLOB)) + LENGTH(CAST(verdict AS BLOB))) "
                            "FROM subsidy_revision WHERE typeof(facts) = 'text'");
  g_assert_cmpint (packed * 7, <, plain);
  after = describe_case (self, id);
  g_assert_cmpstr (after, ==, before);
}

/* Nothing of a person stands outside the columns that are marked. */
static gboolean
leak_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autoptr (ShyStatement) persons = NULL;

  g_assert_true (shy_personal_check (connection, error));
  persons = shy_connection_prepare (connection,
                                    "SELECT COUNT(*) FROM subsidy_case c, shy_journal j "
                                    "WHERE instr(j.details, c.person) > 0 "
                                    "OR instr(j.details, c.name) > 0 "
                                    "OR instr(j.subject, c.person) > 0", error);
  g_assert_true (shy_statement_step (persons, error));
  g_assert_cmpint (shy_statement_get_int64 (persons, 0), ==, 0);
  return TRUE;
}

static void
test_keeps_persons_to_itself (Fixture       *self,
                              gconstpointer  data)
{
  commit_sample (self, SAMPLE);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM shy_journal WHERE action != 'policy.set'"),
                   ==, 1);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case WHERE person IS NOT NULL"),
                   >, 20);
  shy_store_run (self->store, SHY_STORE_READ, leak_job, NULL, NULL, NULL);
}

static void
test_cancels_without_a_trace (Fixture       *self,
                              gconstpointer  data)
{
  g_autofree char          *path = sample (SAMPLE);
  g_autoptr (ShyImport) import = new_import (self, self->policy);
  g_autoptr (GCancellable)  cancellable = g_cancellable_new ();
  g_autoptr (GError)        error = NULL;

  shy_import_open (import, path, NULL, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_false (shy_import_run (import, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (shy_import_get_spool (import));
  g_clear_error (&error);

  shy_import_run (import, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (shy_import_commit (import, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case"), ==, 0);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM shy_journal WHERE action != 'policy.set'"),
                   ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/subsidy/register/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("lists-and-filters", test_lists_and_filters);
  ADD ("finds-by-sound", test_finds_by_sound);
  ADD ("orders", test_orders);
  ADD ("pays-nobody-twice", test_pays_nobody_twice);
  ADD ("knows-earlier-grants", test_knows_earlier_grants);
  ADD ("takes-settings", test_takes_settings);
  ADD ("changes-a-fact", test_changes_a_fact);
  ADD ("in-force-meanwhile", test_in_force_meanwhile);
  ADD ("proves-what-was-decided", test_proves_what_was_decided);
  ADD ("packs-what-was-decided", test_packs_what_was_decided);
  ADD ("keeps-persons-to-itself", test_keeps_persons_to_itself);
  ADD ("cancels-without-a-trace", test_cancels_without_a_trace);

  return g_test_run ();
}
