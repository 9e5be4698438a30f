/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../gateway.h"
#include "service/pull/shy-pull-private.h"

#include <string.h>

/* Trials of connections against gateways on loopback. */

static ShyService *
load (const char *name)
{
  g_autofree char   *path = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services", name, NULL);
  g_autoptr (GError) error = NULL;
  ShyService        *service = shy_service_new_from_file (path, &error);

  g_assert_no_error (error);
  service->transport.allow_insecure_http = TRUE;
  service->transport.requests_per_second = 0;
  for (guint i = 0; i < service->handler.backoffs->len; i++)
    ((ShyBackoff *) g_ptr_array_index (service->handler.backoffs, i))->seconds = 0;
  return service;
}

static ShyPull *
prepare (Gateway *self, const char *name, const char *key, const char *value)
{
  g_autoptr (ShyService) service = load (name);
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();
  ShyPull               *pull;

  if (value != NULL)
    shy_secrets_set (secrets, key, value);
  pull = shy_pull_new (service, shy_service_get_stream (service, 0), secrets, NULL);
  shy_pull_set_url_base (pull, self->base);
  return pull;
}

/* Each outcome as a letter, in the order of the steps. */
static void
assert_steps (const ShyTrial *trial, const char *expected)
{
  static const char letters[] = { [SHY_TRIAL_FINE] = 'f', [SHY_TRIAL_ATTENTION] = 'a',
                                  [SHY_TRIAL_FAILED] = 'X', [SHY_TRIAL_SKIPPED] = '-' };
  static const char *const names[] = { "network",  "tls",    "clock", "sign",
                                       "envelope", "paging", "rows" };
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (trial->steps->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < trial->steps->len; i++)
    {
      const ShyTrialStep *step = g_ptr_array_index (trial->steps, i);

      g_assert_cmpstr (step->name, ==, names[i]);
      g_assert_true (step->sentence != NULL && *step->sentence != '\0');
      g_string_append_c (text, letters[step->outcome]);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static const char *
get_sentence (const ShyTrial *trial, guint step)
{
  return ((const ShyTrialStep *) g_ptr_array_index (trial->steps, step))->sentence;
}

static void
test_works (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyPull)  pull = prepare (self, "zj-open-jobfair.json", "appsecret", "good");
  g_autoptr (ShyTrial) trial = shy_pull_try (pull, NULL);
  g_autofree char     *text = shy_trial_to_text (trial, pull);

  g_assert_true (trial->works);
  assert_steps (trial, "fafffff");
  g_assert_cmpuint (trial->rows->len, ==, 10);
  g_assert_cmpstr (((ShyServiceRow *) g_ptr_array_index (trial->rows, 9))->key, ==, "9");
  g_assert_cmpstr (g_hash_table_lookup (trial->mapped, "fair_id"), ==, "ACB330");
  g_assert_cmpstr (g_hash_table_lookup (trial->unmapped, "xyz"), ==, "");
  g_assert_nonnull (strstr (trial->sample_reply, "\"ACB330\": \"0\""));
  g_assert_nonnull (strstr (trial->sample_reply, "198"));
  g_assert_cmpuint (strlen (trial->sample_reply), <=, 2048);
  g_assert_nonnull (strstr (text, "招聘会9"));
  g_assert_nonnull (strstr (get_sentence (trial, 5), "450 rows"));
  g_assert_null (trial->server_pin);
  /* A total and two pages, each signed by a request of its own. */
  g_assert_cmpuint (self->hits, ==, 6);
}

/* Without a key nothing is sent; with a wrong one the service says so. */
static void
test_keys (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyPull)  unset = prepare (self, "zj-open-jobfair.json", "appsecret", NULL);
  g_autoptr (ShyTrial) none = shy_pull_try (unset, NULL);
  g_autoptr (ShyPull)  pull = prepare (self, "zj-open-jobfair.json", "appsecret", "wrong");
  g_autoptr (ShyTrial) trial = NULL;

  assert_steps (none, "---X---");
  g_assert_cmpuint (self->hits, ==, 0);
  g_assert_false (none->works);
  trial = shy_pull_try (pull, NULL);
  assert_steps (trial, "fafX---");
  g_assert_nonnull (strstr (((ShyTrialStep *) trial->steps->pdata[3])->sentence, "密钥错误"));
  g_assert_nonnull (strstr (trial->sample_reply, "密钥错误"));
  g_assert_null (strstr (trial->sample_reply, "wrong"));
}

static void
test_nobody (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyPull)  pull = prepare (self, "zj-open-jobfair.json", "appsecret", "good");
  g_autoptr (ShyTrial) trial = NULL;

  shy_pull_set_url_base (pull, "http://127.0.0.1:1");
  trial = shy_pull_try (pull, NULL);
  assert_steps (trial, "X------");
  g_assert_null (trial->sample_reply);
}

static ShyPull *
prepare_employers (Gateway *self, const char *secret)
{
  ShyPull *pull = prepare (self, "hmac-offset-employers.json", "secret", secret);

  shy_secrets_set (pull->secrets, "client_id", "id");
  return pull;
}

/* A service that does not look at the page number is found out. */
static void
test_same_page (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyPull)  pull = prepare_employers (self, "s3cret");
  g_autoptr (ShyTrial) trial = NULL;

  self->same_page = TRUE;
  trial = shy_pull_try (pull, NULL);
  assert_steps (trial, "fafffX-");
}

static void
test_no_rows (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyPull)  pull = prepare_employers (self, "s3cret");
  g_autoptr (ShyTrial) trial = NULL;

  self->rows = 0;
  trial = shy_pull_try (pull, NULL);
  assert_steps (trial, "faffffX");
  g_assert_false (trial->works);
}

/* Nobody waits at the window until a service that is busy is not. */
static void
test_busy (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyPull)  pull = prepare (self, "zj-open-jobfair.json", "appsecret", "good");
  g_autoptr (ShyTrial) trial = NULL;

  self->refuse_once = 1;
  trial = shy_pull_try (pull, NULL);
  assert_steps (trial, "faffX--");
  g_assert_nonnull (strstr (get_sentence (trial, 4), "503"));
  g_assert_cmpuint (self->hits, ==, 2);
}

/* Where time is asked for in windows, a trial looks into a few of the newest. */
static void
test_windows (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyPull)  pull = prepare (self, "zj-irs-vacancy.json", "app_secret", "fixed");
  g_autoptr (ShyTrial) trial = NULL;

  shy_secrets_set (pull->secrets, "app_key", "key");
  trial = shy_pull_try (pull, NULL);
  /* The gateway has rows in the oldest only. A token, and six pages without rows. */
  assert_steps (trial, "faffffX");
  g_assert_cmpuint (self->hits, ==, 7);
}

/* The sign service of the tests signs what was sent, which is not the rule of the family, unless
 * asked to. */
static void
test_compare (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyPull) pull = prepare (self, "zj-open-jobfair.json", "appsecret", "good");
  g_autoptr (ShyPull) other = prepare_employers (self, "s3cret");
  g_autoptr (GError)  error = NULL;
  g_autofree char    *sentence = NULL;
  ShySignMatch        match = SHY_SIGN_SAME;

  g_assert_true (shy_trial_has_sign_call (pull->service));
  g_assert_true (shy_trial_compare_sign (pull, &match, &sentence, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (match, ==, SHY_SIGN_DIFFERENT);
  g_assert_nonnull (sentence);
  self->family = TRUE;
  g_assert_true (shy_trial_compare_sign (pull, &match, NULL, NULL, &error));
  g_assert_cmpint (match, ==, SHY_SIGN_SAME);
  self->quoted = TRUE;
  g_assert_true (shy_trial_compare_sign (pull, &match, NULL, NULL, &error));
  g_assert_cmpint (match, ==, SHY_SIGN_SAME_QUOTED);
  g_assert_false (shy_trial_compare_sign (other, &match, NULL, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED);
}

#define ADD(path, func) g_test_add (path, Gateway, NULL, gateway_set_up, func, gateway_tear_down)

static char *
get_value (const ShyTrial *trial, guint row, guint field)
{
  return ((ShyServiceRow *) g_ptr_array_index (trial->rows, row))->values[field];
}

/* A person says what a name means, and sees the same rows by that, without another request. */
static void
test_remap (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyPull)    pull = prepare (self, "zj-open-jobfair.json", "appsecret", "good");
  g_autoptr (ShyTrial)   trial = shy_pull_try (pull, NULL);
  g_autoptr (GBytes)     before = shy_data_load ("services/zj-open-jobfair.json", NULL);
  g_autoptr (GError)     error = NULL;
  g_autoptr (GBytes)     after = NULL;
  g_autoptr (ShyService) service = NULL;
  g_autoptr (ShyTrial)   again = NULL;
  g_autoptr (ShyTrial)   none = NULL;

  after = shy_service_edit_alias (before, "job_fair", "place", "gws", &error);
  g_assert_no_error (error);
  service = shy_service_new_from_bytes (after, "x", &error);
  again = shy_trial_remap (trial, service, "job_fair", &error);
  g_assert_no_error (error);
  g_assert_true (again->works);
  g_assert_cmpuint (again->rows->len, ==, 10);
  g_assert_cmpstr (g_hash_table_lookup (again->mapped, "place"), ==, "gws");
  g_assert_null (g_hash_table_lookup (again->mapped, "posts"));
  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpstr (get_value (again, i, 0), ==, get_value (trial, i, 0));
      g_assert_true (g_str_has_prefix (get_value (again, i, 3), "1,0"));
      g_assert_null (get_value (trial, i, 3));
    }
  g_assert_cmpuint (self->hits, ==, 6);

  none = shy_trial_remap (trial, service, "vacancy", &error);
  g_assert_null (none);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
}

static void
test_remap_nothing (Gateway *self, gconstpointer data)
{
  g_autoptr (ShyPull)    pull = prepare (self, "zj-open-jobfair.json", "appsecret", NULL);
  g_autoptr (ShyService) service = load ("zj-open-jobfair.json");
  g_autoptr (ShyTrial)   trial = shy_pull_try (pull, NULL);
  g_autoptr (GError)     error = NULL;

  g_assert_null (shy_trial_remap (trial, service, "job_fair", &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  /* Without isolated folders, in which the proxy settings have no schema and their module aborts. */
  g_test_init (&argc, &argv, NULL);
  ADD ("/service/trial/works", test_works);
  ADD ("/service/trial/keys", test_keys);
  ADD ("/service/trial/nobody", test_nobody);
  ADD ("/service/trial/same-page", test_same_page);
  ADD ("/service/trial/no-rows", test_no_rows);
  ADD ("/service/trial/remap", test_remap);
  ADD ("/service/trial/remap-nothing", test_remap_nothing);
  ADD ("/service/trial/busy", test_busy);
  ADD ("/service/trial/windows", test_windows);
  ADD ("/service/trial/compare", test_compare);
  return g_test_run ();
}
