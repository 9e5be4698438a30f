/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-fixture.h"

#include <string.h>

/* A run may work only so much. When that is spent, an application whose conditions need more than the
 * share of its own is left to a person, says why, and is stored so; the others are decided as ever, and
 * whoever started the run is told. */

/* About a million steps: more than each application's share, less than one condition may take. */
#define COSTLY "(some i in 1..400 satisfies some j in 1..400 satisfies i * j < 0)"
#define SENTENCE "This run has worked too much"

static const char pack[] =
  "{\"format\": 1, \"id\": \"budget-test\", \"version\": \"1\", \"title\": {\"zh_CN\": \"虚构\", \"en\": \"Invented\"},"
  " \"kind\": \"application\", \"subject\": {\"person\": \"证件号\", \"name\": \"姓名\", \"county\": \"申报县\"},"
  " \"documents\": [{\"id\": \"d\", \"title\": \"虚构\", \"number\": \"1\", \"issuer\": \"虚构\", \"date\": \"2020-01-01\","
  "   \"address\": null, \"confidence\": \"A\"}],"
  " \"clauses\": [{\"id\": \"c\", \"document\": \"d\", \"number\": \"1\", \"status\": \"verified\","
  "   \"text\": {\"zh_CN\": \"虚构\", \"en\": \"Invented\"}}],"
  " \"effective\": {\"from\": null, \"until\": null},"
  " \"fields\": [{\"name\": \"姓名\", \"label\": {\"zh_CN\": \"姓名\", \"en\": \"Name\"}, \"type\": \"text\"},"
  "   {\"name\": \"证件号\", \"label\": {\"zh_CN\": \"证件号\", \"en\": \"ID\"}, \"type\": \"resident-id\", \"required\": true},"
  "   {\"name\": \"申报县\", \"label\": {\"zh_CN\": \"申报县\", \"en\": \"County\"}, \"type\": \"county\"}],"
  " \"criteria\": [{\"id\": \"k\", \"title\": {\"zh_CN\": \"条件\", \"en\": \"Condition\"}, \"clause\": \"c\","
  "   \"condition\": \"if 姓名 = \\\"贵\\\" then not(" COSTLY ") else true\","
  "   \"when_true\": {\"zh_CN\": \"是\", \"en\": \"Yes\"}, \"when_false\": {\"zh_CN\": \"否\", \"en\": \"No\"},"
  "   \"when_unknown\": {\"zh_CN\": \"缺\", \"en\": \"Missing\"}, \"unknown\": \"materials\"}],"
  " \"amount\": {\"expression\": \"1000\", \"unit\": \"元\", \"clause\": \"c\"}, \"limits\": [], \"steps\": [],"
  " \"settings\": [{\"name\": \"口径\", \"label\": {\"zh_CN\": \"口径\", \"en\": \"Reading\"}, \"type\": \"boolean\","
  "   \"unit\": null, \"value\": null, \"clause\": \"c\", \"status\": \"unverified\"}],"
  " \"cases\": [{\"id\": \"good\", \"title\": {\"zh_CN\": \"好\", \"en\": \"Good\"}, \"county\": \"331122\","
  "   \"on\": \"2025-06-30\", \"facts\": {\"姓名\": \"张\", \"证件号\": \"331122199202290010\"},"
  "   \"expect\": {\"outcome\": \"eligible\"}}]}";

static const char sheet[] =
  "姓名,证件号,申报县\n"
  "张,330727198008116720,331122\n"
  "贵,330727198108116736,331122\n"
  "贵,330822199001011238,331122\n"
  "李,331126198512310014,331122\n";

static ShyImport *
open_import (Fixture *self)
{
  g_autoptr (GBytes)    bytes = g_bytes_new_static (pack, strlen (pack));
  g_autoptr (ShyPolicy) policy = NULL;
  g_autofree char      *path = g_build_filename (self->folder, "list.csv", NULL);
  g_autoptr (GError)    error = NULL;
  ShyImport        *import;

  policy = shy_policy_new_from_bytes (bytes, "budget-test", &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, sheet, -1, NULL));
  import = new_import (self, policy);
  g_assert_true (shy_import_open (import, path, NULL, &error));
  g_assert_no_error (error);
  return import;
}

static gboolean
is_told (ShyImport *import)
{
  for (const char *const *remark = shy_import_get_remarks (import); *remark != NULL; remark++)
    if (strstr (*remark, SENTENCE) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
count_saying (const SubsidyRecord  *record,
              gpointer              data,
              GError              **error)
{
  *(guint *) data += strstr (record->verdict, SENTENCE) != NULL;
  return TRUE;
}

/* Runs with so many steps beside the shares of the rows. */
static void
run (ShyImport *import,
     gint64         steps,
     guint          n_eligible,
     guint          n_person)
{
  SubsidyTotals totals;
  g_autoptr (GError)   error = NULL;
  guint                n_saying = 0;

  subsidy_target_set_work (SUBSIDY_TARGET (shy_import_get_target (import)), steps);
  g_assert_true (shy_import_run (import, NULL, &error));
  g_assert_no_error (error);
  totals = subsidy_spool_count (shy_import_get_spool (import));
  g_assert_cmpuint (totals.of[SUBSIDY_ELIGIBLE], ==, n_eligible);
  g_assert_cmpuint (totals.of[SUBSIDY_PERSON], ==, n_person);
  g_assert_true (subsidy_spool_foreach (shy_import_get_spool (import), count_saying, &n_saying, &error));
  g_assert_cmpuint (n_saying, ==, n_person);
  g_assert_true (is_told (import) == (n_person > 0));
}

static void
test_spent (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (ShyImport) import = open_import (self);
  g_autoptr (GError)        error = NULL;

  /* Enough for all; for one of the two that need it; for none. */
  run (import, 100000000, 4, 0);
  run (import, 1000000, 3, 1);
  run (import, 0, 2, 2);
  g_assert_cmpint (shy_import_commit (import, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case"), ==, 4);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case WHERE outcome = 'person'"), ==, 2);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case WHERE outcome = 'eligible'"), ==, 2);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case WHERE outcome = 'person' AND amount > 0"),
                   ==, 0);
}

static gboolean
setting_job (ShyConnection  *connection,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  return shy_county_settings_set (connection, "budget-test", "331122", "口径", "true", NULL, error);
}

/* Rows whose grounds changed since they were decided are decided again while they are stored, when nobody
 * else can write: together they may work no more than the run. */
static void
test_spent_again (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (ShyImport) import = open_import (self);
  g_autoptr (GError)        error = NULL;

  run (import, 100000000, 4, 0);
  g_assert_false (is_told (import));
  g_assert_true (shy_store_run (self->store, SHY_STORE_WRITE, setting_job, NULL, NULL, &error));
  g_assert_no_error (error);
  subsidy_target_set_work (SUBSIDY_TARGET (shy_import_get_target (import)), 0);
  g_assert_cmpint (shy_import_commit (import, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case WHERE outcome = 'person'"), ==, 2);
  g_assert_cmpint (ask (self->store, "SELECT COUNT(*) FROM subsidy_case WHERE outcome = 'eligible'"), ==, 2);
  g_assert_cmpuint (subsidy_target_get_turned (SUBSIDY_TARGET (shy_import_get_target (import)))->len, ==, 2);
  g_assert_true (is_told (import));
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add ("/subsidy/budget/spent", Fixture, NULL, set_up, test_spent, tear_down);
  g_test_add ("/subsidy/budget/spent-again", Fixture, NULL, set_up, test_spent_again, tear_down);

  return g_test_run ();
}
