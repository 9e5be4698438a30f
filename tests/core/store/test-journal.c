/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

/* Two entries whose hashes were computed by another implementation of SM3 (OpenSSL, by Python). */
#define FIRST_HASH "535486d9c4a176aaa14e71d61d64426c288028c3b8a01483b255b836048ab892"
#define SECOND_HASH "13ca4022dbdfd73e6e17ff62b0cff6cf26ff0b1b4c841d057d7e9a083081d8ed"
#define NO_HASH "0000000000000000000000000000000000000000000000000000000000000000"

#define GOLDEN \
  "INSERT INTO shy_journal VALUES " \
  "(1, '2026-03-02T07:45:10Z', 'wang', 'subsidy.decide', 'subsidy_case:17'," \
  " '{\"outcome\":\"eligible\"}', '" NO_HASH "', '" FIRST_HASH "')," \
  "(2, '2026-03-02T07:45:11Z', '李', 'subsidy.decide', 'subsidy_case:18'," \
  " '{\"a\":\"山业\",\"b\":[1,2]}', '" FIRST_HASH "', '" SECOND_HASH "');" \
  "UPDATE shy_journal_head SET number = 2, hash = '" SECOND_HASH "';"

static const char unguard[] = "DROP TRIGGER shy_journal_no_update; DROP TRIGGER shy_journal_no_delete;"
                              "DROP TRIGGER shy_journal_head_stays;";

static gboolean
append_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autoptr (JsonNode) details = json_from_string (data, error);

  return details != NULL &&
         shy_journal_append (connection, "test.do", "thing:1", details, error);
}

static void
append (ShyStore   *store,
        const char *details)
{
  g_autoptr (GError) error = NULL;

  shy_store_run (store, SHY_STORE_WRITE, append_job, (gpointer) details, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  gint64            number;
  const char       *hash;
  ShyJournalReport *report;
} Verify;

static gboolean
verify_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  Verify *verify = data;

  verify->report = shy_journal_verify (connection, verify->number, verify->hash, cancellable, error);
  return verify->report != NULL;
}

static ShyJournalReport *
verify_expecting (ShyStore   *store,
                  gint64      number,
                  const char *hash)
{
  g_autoptr (GError) error = NULL;
  Verify             verify = { number, hash };

  shy_store_run (store, SHY_STORE_READ, verify_job, &verify, NULL, &error);
  g_assert_no_error (error);
  return verify.report;
}

static void
test_knows_the_golden_chain (Fixture       *self,
                             gconstpointer  data)
{
  g_autoptr (ShyStore)         store = open_ok (self->path);
  g_autoptr (ShyJournalReport) report = NULL;

  meddle (self->path, GOLDEN);
  report = verify_expecting (store, 1, FIRST_HASH);
  g_assert_cmpstr (report->reason, ==, NULL);
  g_assert_cmpint (report->broken, ==, 0);
  g_assert_cmpint (report->entries, ==, 2);
  g_assert_cmpstr (report->head, ==, SECOND_HASH);
}

static gboolean
collect (const ShyJournalEntry *entry,
         gpointer               data)
{
  GPtrArray *texts = data;

  g_ptr_array_add (texts, g_strdup_printf ("%d %s %s %s", (int) entry->number, entry->action,
                                           entry->subject, entry->details));
  return texts->len < 3;
}

static gboolean
collect_job (ShyConnection  *connection,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  return shy_journal_foreach (connection, 1, collect, data, error);
}

static void
test_writes_canonical_details (Fixture       *self,
                               gconstpointer  data)
{
  g_autoptr (ShyStore)         store = open_ok (self->path);
  g_autoptr (GPtrArray)        texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ShyJournalReport) report = NULL;

  append (store, "{}");
  append (store, "{ \"b\" : [ 1, { \"z\": null, \"y\": true } ],\n \"a\" : \"二\\\"\" }");
  append (store, "{\"n\": -12345678901234}");
  append (store, "{\"n\": 4}");
  append (store, "{\"n\": 5}");
  shy_store_run (store, SHY_STORE_READ, collect_job, texts, NULL, NULL);
  g_assert_cmpuint (texts->len, ==, 3);
  g_assert_cmpstr (texts->pdata[0], ==,
                   "2 test.do thing:1 {\"a\":\"二\\\"\",\"b\":[1,{\"y\":true,\"z\":null}]}");
  g_assert_cmpstr (texts->pdata[1], ==, "3 test.do thing:1 {\"n\":-12345678901234}");

  report = verify_expecting (store, 0, NULL);
  g_assert_cmpint (report->broken, ==, 0);
  g_assert_cmpint (report->entries, ==, 5);
}

static void
test_only_grows (Fixture       *self,
                 gconstpointer  data)
{
  static const char *const rows[] = {
    "UPDATE shy_journal SET actor = 'x' WHERE number = 1",
    "DELETE FROM shy_journal",
    "DELETE FROM shy_journal_head",
  };
  g_autoptr (ShyStore) store = open_ok (self->path);

  append (store, "{}");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *const  script[] = { rows[i], NULL };
      g_autoptr (GError) error = NULL;

      shy_store_run (store, SHY_STORE_WRITE, script_job, (gpointer) script, NULL, &error);
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "the journal only grows"));
    }
}

static void
test_finds_what_was_done_to_it (Fixture       *self,
                                gconstpointer  data)
{
  static const struct
  {
    const char *sql;
    gint64      broken;
    const char *reason;
  } rows[] = {
    { "UPDATE shy_journal SET actor = 'other' WHERE number = 3", 3, "content was changed" },
    { "UPDATE shy_journal SET details = '{}' WHERE number = 1", 1, "content was changed" },
    { "UPDATE shy_journal SET time = '2020-01-01T00:00:00Z' WHERE number = 5", 5, "was changed" },
    { "UPDATE shy_journal SET hash = '" NO_HASH "' WHERE number = 2", 2, "content was changed" },
    { "UPDATE shy_journal SET previous = '" NO_HASH "' WHERE number = 2", 2, "does not follow" },
    { "DELETE FROM shy_journal WHERE number = 2", 3, "before it are missing" },
    { "DELETE FROM shy_journal WHERE number = 1", 2, "before it are missing" },
    { "DELETE FROM shy_journal WHERE number > 3", 4, "all that followed are missing" },
    { "DELETE FROM shy_journal", 1, "all that followed are missing" },
    { "UPDATE shy_journal_head SET number = 4", 5, "added from outside" },
    { "UPDATE shy_journal_head SET hash = '" NO_HASH "'", 5, "head of the journal" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShyJournalReport) report = NULL;
      ShyStore                    *store = open_ok (self->path);

      for (int n = 0; n < 5; n++)
        append (store, "{\"n\":1}");
      meddle (self->path, unguard);
      meddle (self->path, rows[i].sql);
      report = verify_expecting (store, 0, NULL);
      g_test_message ("%s: %d %s", rows[i].sql, (int) report->broken, report->reason);
      g_assert_cmpint (report->broken, ==, rows[i].broken);
      g_assert_nonnull (strstr (report->reason, rows[i].reason));

      g_object_unref (store);
      remove_tree (self->folder);
    }
  g_mkdir_with_parents (self->folder, 0700);
}

/* Who rewrites the whole chain is found by a head that was noted elsewhere. */
static void
test_honours_a_noted_head (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr (ShyStore) store = open_ok (self->path);
  ShyJournalReport    *report;

  append (store, "{}");
  append (store, "{}");
  report = verify_expecting (store, 2, FIRST_HASH);
  g_assert_cmpint (report->broken, ==, 2);
  g_assert_nonnull (strstr (report->reason, "was noted"));
  shy_journal_report_free (report);

  report = verify_expecting (store, 3, FIRST_HASH);
  g_assert_cmpint (report->broken, ==, 3);
  shy_journal_report_free (report);
}

/* The same text commits to the same value under one nonce only. */
static void
test_commits_without_telling (void)
{
  g_autofree char *nonce = shy_journal_new_nonce ();
  g_autofree char *other = shy_journal_new_nonce ();
  g_autofree char *first = shy_journal_commit (nonce, "{\"证件号\":\"330822199001011234\"}");
  g_autofree char *again = shy_journal_commit (nonce, "{\"证件号\":\"330822199001011234\"}");
  g_autofree char *second = shy_journal_commit (other, "{\"证件号\":\"330822199001011234\"}");

  g_assert_cmpuint (strlen (nonce), ==, 32);
  g_assert_cmpuint (strlen (first), ==, 64);
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, second);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/journal/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("knows-the-golden-chain", test_knows_the_golden_chain);
  ADD ("writes-canonical-details", test_writes_canonical_details);
  ADD ("only-grows", test_only_grows);
  ADD ("finds-what-was-done-to-it", test_finds_what_was_done_to_it);
  ADD ("honours-a-noted-head", test_honours_a_noted_head);
  g_test_add_func ("/journal/commits-without-telling", test_commits_without_telling);

  return g_test_run ();
}
