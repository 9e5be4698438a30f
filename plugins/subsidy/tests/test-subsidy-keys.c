/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index by which the register finds earlier applications. */
#include "subsidy-fixture.h"

#include "subsidy-history.h"
#include "subsidy-keys.h"

#define SAMPLE "postdoc-applications.csv"

/* What the jobs are asked and give back. */
typedef struct
{
  ShyPolicy *policy;
  ShyFacts  *facts;    /* (owned): an application that was found eligible */
  gint64     excluded; /* its number, to leave it out; 0 */
  gboolean   complete; /* all is indexed */
  guint      found;    /* grants */
  gint64     number;   /* of the last */
} Question;

static gboolean
keep_first_eligible (const SubsidyRecord  *record,
                     gpointer              data,
                     GError              **error)
{
  Question *question = data;

  if (question->facts == NULL && record->outcome == SUBSIDY_ELIGIBLE)
    question->facts = subsidy_facts_from_json (record->facts, error);
  return TRUE;
}

static void
commit (Fixture  *self,
        Question *question)
{
  g_autoptr (ShyImport) import = import_sample (self, SAMPLE);
  g_autoptr (GError)        error = NULL;

  question->policy = self->policy;
  subsidy_spool_foreach (shy_import_get_spool (import), keep_first_eligible, question, NULL);
  g_assert_nonnull (question->facts);
  shy_import_commit (import, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
load_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Question                  *question = data;
  g_autoptr (SubsidyHistory) history = subsidy_history_new (question->policy);
  g_autoptr (ShyFacts)       facts = shy_facts_copy (question->facts);

  if (!subsidy_keys_are_complete (connection, question->policy, &question->complete, error) ||
      !subsidy_history_load (history, connection, facts, error))
    return FALSE;
  subsidy_history_apply (history, facts, question->excluded);
  question->found = shy_facts_get_n_grants (facts);
  for (guint i = 0; i < question->found; i++)
    question->number = shy_facts_get_grant (facts, i)->number;
  return TRUE;
}

static gboolean
prepare_job (ShyConnection  *connection,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  return subsidy_keys_prepare (connection, ((Question *) data)->policy, error);
}

/* The application is no longer eligible. */
static gboolean
withdraw_job (ShyConnection  *connection,
              gpointer        data,
              GCancellable   *cancellable,
              GError        **error)
{
  Question        *question = data;
  g_autofree char *sql = g_strdup_printf ("UPDATE subsidy_case SET outcome = 'person' WHERE id = %d",
                                          (int) question->number);

  return shy_connection_execute (connection, sql, error) &&
         subsidy_keys_index (connection, question->policy, question->number, error);
}

static void
run (Fixture     *self,
     ShyStoreJob  job,
     Question    *question)
{
  g_autoptr (GError) error = NULL;

  shy_store_run (self->store, SHY_STORE_WRITE, job, question, NULL, &error);
  g_assert_no_error (error);
}

/* Without an index everything is read, with one only what shares a key, and both find the same. */
static void
test_finds_the_same (Fixture       *self,
                     gconstpointer  data)
{
  Question question = { NULL };
  gint64   number;

  commit (self, &question);
  run (self, prepare_job, &question);
  run (self, load_job, &question);
  g_assert_true (question.complete);
  g_assert_cmpuint (question.found, ==, 1);
  number = question.number;
  g_assert_cmpint (number, >, 0);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(DISTINCT case_id) FROM subsidy_key"), ==,
                   ask (self->store, "SELECT COUNT(*) FROM subsidy_case "
                                    "WHERE outcome IN ('eligible', 'person')"));

  question.excluded = number;
  run (self, load_job, &question);
  g_assert_cmpuint (question.found, ==, 0);
  shy_facts_free (question.facts);
}

/* A register from before the index is read as a whole, and indexed when a policy first needs it. */
static gboolean
forget_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  return shy_connection_execute (connection, "DELETE FROM subsidy_key", error) &&
         shy_connection_execute (connection, "UPDATE subsidy_key_sum SET held = 0, "
                                 "sum = '00000000000000000000000000000000'", error) &&
         shy_connection_execute (connection, "DELETE FROM subsidy_key_field", error);
}

static void
test_indexes_what_was_there (Fixture       *self,
                             gconstpointer  data)
{
  Question question = { NULL };

  commit (self, &question);
  run (self, forget_job, &question);
  run (self, load_job, &question);
  g_assert_false (question.complete);
  g_assert_cmpuint (question.found, ==, 1);

  run (self, prepare_job, &question);
  run (self, load_job, &question);
  g_assert_true (question.complete);
  g_assert_cmpuint (question.found, ==, 1);
  shy_facts_free (question.facts);
}

static void
test_forgets_what_is_no_more (Fixture       *self,
                              gconstpointer  data)
{
  Question question = { NULL };

  commit (self, &question);
  run (self, prepare_job, &question);
  run (self, load_job, &question);
  g_assert_cmpuint (question.found, ==, 1);
  run (self, withdraw_job, &question);
  run (self, load_job, &question);
  g_assert_cmpuint (question.found, ==, 0);
  shy_facts_free (question.facts);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add ("/subsidy-keys/finds-the-same", Fixture, NULL, set_up, test_finds_the_same, tear_down);
  g_test_add ("/subsidy-keys/indexes-what-was-there", Fixture, NULL, set_up,
              test_indexes_what_was_there, tear_down);
  g_test_add ("/subsidy-keys/forgets-what-is-no-more", Fixture, NULL, set_up,
              test_forgets_what_is_no_more, tear_down);

  return g_test_run ();
}
