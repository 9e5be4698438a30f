/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-fixture.h"
#include "subsidy-list.h"
#include "subsidy-packer.h"
#include "subsidy-search.h"

#define SAMPLE "postdoc-applications-40.xls"

/* As the list does in the window. */
static GArray *
find (ShyStore   *store,
      const char *text)
{
  g_autoptr (ShyRecords)     records = subsidy_list_new (store, NULL);
  g_autoptr (ShyRecordQuery) query = shy_record_query_new ();

  shy_record_query_set_text (query, text);
  shy_records_set_query (records, query);
  while (shy_records_is_loading (records) || !shy_records_is_counted (records))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (shy_records_get_error (records));
  return shy_records_dup_ids (records);
}

static gboolean
found (ShyStore   *store,
       const char *text,
       gint64      id)
{
  g_autoptr (GArray) ids = find (store, text);

  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* What may be typed to find an application, and what finds it by looking at all of them. */
typedef struct
{
  const char *text;
  gboolean    indexed; /* whether the index was asked */
  GArray     *ids;     /* the newest first */
} Looked;

static gboolean
look_at_all_job (ShyConnection  *connection,
                 gpointer        data,
                 GCancellable   *cancellable,
                 GError        **error)
{
  Looked          *self = data;
  gint64           last = shy_sql_int64 (connection, error, 0, "SELECT MAX(id) FROM subsidy_case", "");
  gboolean         exact;
  g_autofree char *match = subsidy_search_build (connection, self->text, &exact, error);

  self->indexed = match != NULL;
  for (gint64 id = last; id > 0; id--)
    if (subsidy_search_compare (connection, id, self->text, error))
      g_array_append_val (self->ids, id);
  return TRUE;
}

static void
assert_found_alike (ShyStore   *store,
                    const char *text,
                    gboolean    indexed,
                    gint64      id)
{
  g_autoptr (GArray) ids = find (store, text);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  Looked             looked = { text, FALSE, all };

  g_assert_true (shy_store_run (store, SHY_STORE_READ, look_at_all_job, &looked, NULL, &error));
  g_assert_cmpint (looked.indexed, ==, indexed);
  if (ids->len != all->len || memcmp (ids->data, all->data, ids->len * sizeof (gint64)) != 0)
    g_error ("“%s”: the index finds %u applications, comparing %u", text, ids->len, all->len);
  if (id > 0 && !found (store, text, id))
    g_error ("“%s” does not find application %d", text, (int) id);
}

typedef struct
{
  gint64 id;
  char  *name;
  char  *person;
  char  *employer;
  char  *facts;
} Row;

static gboolean
read_row_job (ShyConnection  *connection,
              gpointer        data,
              GCancellable   *cancellable,
              GError        **error)
{
  Row                     *self = data;
  g_autoptr (ShyStatement) row = shy_sql_query (
    connection, error, "SELECT c.name, c.person, c.employer, r.id, r.facts FROM subsidy_case c "
    "JOIN subsidy_revision r ON r.case_id = c.id AND r.revision = c.revision WHERE c.id = $1", "i",
    self->id);

  if (!shy_statement_step (row, error))
    return FALSE;
  self->name = shy_statement_dup_text (row, 0);
  self->person = shy_statement_dup_text (row, 1);
  self->employer = shy_statement_dup_text (row, 2);
  self->facts = subsidy_unpack (connection, SUBSIDY_PACKED_FACTS, shy_statement_get_int64 (row, 3), row,
                                4, error);
  return self->facts != NULL;
}

static void
row_clear (Row *self)
{
  g_free (self->name);
  g_free (self->person);
  g_free (self->employer);
  g_free (self->facts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

static void
read_row (ShyStore *store,
          gint64    id,
          Row      *row)
{
  g_autoptr (GError) error = NULL;

  row->id = id;
  shy_store_run (store, SHY_STORE_READ, read_row_job, row, NULL, &error);
  g_assert_no_error (error);
}

/* As somebody types it: from its beginning, letter by letter. */
static void
type (ShyStore   *store,
      const char *text,
      gboolean    digits,
      gint64      id)
{
  for (const char *end = g_utf8_next_char (text);; end = g_utf8_next_char (end))
    {
      g_autofree char *typed = g_strndup (text, (gsize) (end - text));

      assert_found_alike (store, typed, !digits || strlen (typed) >= 4, id);
      if (*end == '\0')
        break;
    }
}

static char *
find_mobile (const char *facts)
{
  g_autoptr (GRegex)     regex = g_regex_new ("\"(1\\d{10})\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, facts, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

static void
type_all (ShyStore *store,
          gint64    id)
{
  g_auto (Row)     row = { 0 };
  g_autofree char *pinyin = NULL;
  g_autofree char *initials = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *mobile = NULL;
  g_autofree char *both = NULL;
  g_auto (GStrv)   syllables = NULL;

  read_row (store, id, &row);
  type (store, row.name, FALSE, id);
  type (store, g_utf8_next_char (row.name), FALSE, id);
  pinyin = shy_pinyin_of_name (row.name);
  initials = shy_pinyin_initials (pinyin);
  syllables = g_strsplit (pinyin, " ", -1);
  joined = g_strjoinv (NULL, syllables);
  type (store, joined, FALSE, id);
  type (store, syllables[1], FALSE, id);
  type (store, initials, FALSE, id);
  type (store, initials + 1, FALSE, id);
  type (store, row.person, TRUE, id);
  for (gsize tail = 4; tail <= 8; tail++)
    assert_found_alike (store, row.person + strlen (row.person) - tail, TRUE, id);
  type (store, row.employer, TRUE, id);
  mobile = find_mobile (row.facts);
  g_assert_nonnull (mobile);
  assert_found_alike (store, mobile + strlen (mobile) - 4, TRUE, id);
  assert_found_alike (store, mobile, TRUE, id);
  both = g_strdup_printf (" %s  %s ", syllables[0], row.person + strlen (row.person) - 4);
  assert_found_alike (store, both, TRUE, id);
}

/* Whatever is typed of what stands in an application, letter by letter, finds what comparing them all
 * finds, and the application with it. */
static void
test_finds (Fixture       *self,
            gconstpointer  data)
{
  commit_sample (self, SAMPLE);
  for (gint64 id = 1; id <= 6; id++)
    type_all (self->store, id);
  assert_found_alike (self->store, "no such name", TRUE, 0);
  assert_found_alike (self->store, "999999999999999999", TRUE, 0);
  assert_found_alike (self->store, "\" OR rowid > 0 OR \"", FALSE, 0);
  assert_found_alike (self->store, "  ", FALSE, 1);
}

/* Who reads the index reads nothing of anybody. */
static void
test_is_blind (Fixture       *self,
               gconstpointer  data)
{
  g_auto (Row) row = { 0 };

  commit_sample (self, SAMPLE);
  read_row (self->store, 1, &row);
  for (guint i = 0; i < 2; i++)
    {
      const char      *clear = i == 0 ? row.name : row.person + strlen (row.person) - 4;
      g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) FROM subsidy_search_data "
                                              "WHERE instr(block, CAST('%s' AS BLOB)) > 0", clear);

      g_assert_cmpint (ask (self->store, sql), ==, 0);
    }
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_search_data"), >, 0);
}

static void
rename_case (Fixture    *self,
             gint64      id,
             const char *name)
{
  g_auto (Row)         row = { 0 };
  g_autoptr (GError)   error = NULL;
  g_autoptr (ShyFacts) facts = NULL;
  SubsidyDecision      decision = { .id = id, .revision = 1, .policy = self->policy };

  read_row (self->store, id, &row);
  facts = subsidy_facts_from_json (row.facts, &error);
  g_assert_no_error (error);
  shy_facts_set_on (facts, &self->on);
  shy_facts_read (facts, self->policy, "姓名", name, SHY_FACT_ORIGIN_TYPED, NULL, &error);
  g_assert_no_error (error);
  decision.facts = facts;
  decision.warnings = g_ptr_array_new ();
  shy_store_run (self->store, SHY_STORE_WRITE, subsidy_register_amend, &decision, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (decision.warnings);
  subsidy_decision_clear (&decision);
}

/* An application that was changed is found by what it says now, and by nothing else; one that was
 * withdrawn stays in the register, and is found. */
static void
test_keeps_up (Fixture       *self,
               gconstpointer  data)
{
  SubsidyWithdrawal  withdrawal = { 2, "the applicant asked for it" };
  g_auto (Row)       before = { 0 };
  g_autoptr (GError) error = NULL;

  commit_sample (self, SAMPLE);
  read_row (self->store, 1, &before);
  rename_case (self, 1, "欧阳修远");
  g_assert_true (found (self->store, "修远", 1));
  g_assert_true (found (self->store, "ouyangx", 1));
  g_assert_false (found (self->store, before.name, 1));
  type_all (self->store, 1);

  shy_store_run (self->store, SHY_STORE_WRITE, subsidy_register_withdraw, &withdrawal, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (withdrawal.others);
  type_all (self->store, 2);
}

static gboolean
fail_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  return subsidy_search_forget (connection, 1, error) &&
         shy_connection_execute (connection, "INSERT INTO nowhere VALUES (1)", error);
}

/* What is not kept leaves no trace in the index. */
static void
test_undoes (Fixture       *self,
             gconstpointer  data)
{
  commit_sample (self, SAMPLE);
  g_assert_false (shy_store_run (self->store, SHY_STORE_WRITE, fail_job, NULL, NULL, NULL));
  type_all (self->store, 1);
}

static const char *const unfill[] = {
  "DELETE FROM subsidy_search_fill", "DROP TABLE subsidy_search", "DROP TABLE subsidy_search_fill",
  "DELETE FROM shy_unbound WHERE name LIKE 'subsidy_search%'",
  "DELETE FROM shy_import", "DELETE FROM shy_sequence WHERE name IN ('shy_import', 'subsidy_batch')",
  "INSERT INTO shy_sequence (name, last) SELECT 'subsidy_batch', max(id) FROM subsidy_batch",
  "DELETE FROM shy_migration WHERE component = 'subsidy' AND number >= 12", NULL
};

static gboolean
script_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  for (const char *const *sql = data; *sql != NULL; sql++)
    if (!shy_connection_execute (connection, *sql, error))
      return FALSE;
  return TRUE;
}

/* A database of before the index is searched while that is made, behind all other work, and changed;
 * what stops the making loses nothing. */
static void
test_fills (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Row)             row = { 0 };

  commit_sample (self, SAMPLE);
  shy_store_run (self->store, SHY_STORE_WRITE, script_job, (gpointer) unfill, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (subsidy_dataset_prepare (self->store, &error));
  g_assert_no_error (error);

  read_row (self->store, 1, &row);
  assert_found_alike (self->store, row.name, FALSE, 1);
  rename_case (self, 3, "欧阳修远");
  g_assert_true (found (self->store, "修远", 3));

  g_cancellable_cancel (cancellable);
  g_assert_false (subsidy_search_fill (self->store, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_found_alike (self->store, row.name, FALSE, 1);

  g_assert_true (subsidy_search_fill (self->store, NULL, NULL, &error));
  g_assert_no_error (error);
  for (gint64 id = 1; id <= 4; id++)
    type_all (self->store, id);
  g_assert_true (subsidy_search_fill (self->store, NULL, NULL, &error)); /* nothing is left to do */
  commit_sample (self, SAMPLE);
  type_all (self->store, ask (self->store, "SELECT MAX(id) FROM subsidy_case"));
}

/* A copy that was put in the place of the database has its index with it. */
static void
test_comes_with_a_copy (Fixture       *self,
                        gconstpointer  data)
{
  g_autofree char   *copy = g_build_filename (self->folder, "copy.db", NULL);
  g_autoptr (GError) error = NULL;
  ShyStore          *store;

  commit_sample (self, SAMPLE);
  g_assert_true (shy_store_backup (self->store, copy, &error));
  store = shy_store_open_read_only (copy, &error);
  g_assert_no_error (error);
  type_all (store, 5);
  close_store (store);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/subsidy/search/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("finds", test_finds);
  ADD ("is-blind", test_is_blind);
  ADD ("keeps-up", test_keeps_up);
  ADD ("undoes", test_undoes);
  ADD ("fills", test_fills);
  ADD ("comes-with-a-copy", test_comes_with_a_copy);

  return g_test_run ();
}
