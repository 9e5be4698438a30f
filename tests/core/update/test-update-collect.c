/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "update-fixture.h"

#include "../service/gateway.h"

#include <string.h>

/* Updates from the gateway to the person: the description that ships pulls them, they land as rows,
 * and wait. */

#define SERVICE "hmac-updates"

typedef struct
{
  Gateway         gateway;
  ShyStore       *store;
  ShyServiceBook *book;
} Fixture;

static void
connect_service (Fixture *self, gboolean sample)
{
  g_autofree char    *shipped = read_data ("services/" SERVICE ".json");
  g_autofree char    *base = g_strdup_printf ("\"%s\"", self->gateway.base);
  g_autofree char    *text = replace (shipped, "\"http://data.example.gov.cn\"", base);
  g_autoptr (GBytes)  bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError)  error = NULL;
  g_autofree char    *id = shy_service_book_add (self->book, bytes, SERVICE ".json", sample, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, SERVICE);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char   *path = NULL;
  g_autoptr (GError) error = NULL;

  start_afresh ();
  gateway_set_up (&self->gateway, data);
  path = g_build_filename (g_get_user_data_dir (), "shanye", "test.db", NULL);
  self->store = shy_store_open (path, &error);
  g_assert_no_error (error);
  self->book = shy_service_book_new (self->store);
  connect_service (self, GPOINTER_TO_INT (data));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->book);
  g_assert_finalize_object (self->store);
  gateway_tear_down (&self->gateway, data);
}

static void
pull (Fixture *self, const char *stream)
{
  g_autoptr (ShySecrets)       secrets = shy_secrets_new ();
  g_autoptr (GError)           error = NULL;
  g_autoptr (ShyLanding)       landing = NULL;
  g_autoptr (ShyLandingResult) result = NULL;

  shy_secrets_set (secrets, "client_id", "id");
  shy_secrets_set (secrets, "secret", "s3cret");
  landing = shy_landing_new (self->book, SERVICE, stream, secrets, &error);
  g_assert_no_error (error);
  result = shy_landing_run (landing, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->reason, ==, NULL);
}

static GPtrArray *
collect (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray         *updates;

  shy_updates_collect (self->store, &error);
  g_assert_no_error (error);
  updates = shy_updates_list (self->store, FALSE, &error);
  g_assert_no_error (error);
  return updates;
}

/* What came through gateway, rows and database is to the byte what was signed. */
static void
test_pull (Fixture *self, gconstpointer data)
{
  g_autofree char            *pack = make_pack ("2025.1");
  g_autofree char            *calendar = make_calendar ("2027.1");
  g_autofree char            *packs = sign (pack, "bureau-key.pem");
  g_autofree char            *calendars = sign (calendar, "bureau-key.pem");
  g_autoptr (ShyUpdateBasis)  basis = NULL;
  g_autoptr (GPtrArray)       first = NULL;
  g_autoptr (GPtrArray)       again = NULL;

  self->gateway.packs = packs;
  self->gateway.calendars = calendars;
  pull (self, "policy_pack");
  pull (self, "calendar");
  first = collect (self);
  g_assert_cmpuint (first->len, ==, 2);
  basis = shy_update_basis_load (NULL);
  for (guint i = 0; i < first->len; i++)
    {
      g_autoptr (ShyUpdateReview) review = shy_update_review (first->pdata[i], basis);

      g_assert_cmpstr (shy_update_review_get_reason (review), ==, NULL);
      g_assert_cmpstr (review->update->source, ==, "service:" SERVICE);
      g_assert_false (review->update->sample);
    }

  pull (self, "policy_pack");
  again = collect (self);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_cmpint (((ShyUpdate *) again->pdata[0])->number, ==,
                   ((ShyUpdate *) first->pdata[0])->number);
}

/* What a person discarded is not offered again, and what the service takes back waits no longer. */
static void
test_answers (Fixture *self, gconstpointer data)
{
  g_autofree char       *content = make_pack ("2025.1");
  g_autofree char       *packs = sign (content, "bureau-key.pem");
  g_autoptr (GPtrArray)  waiting = NULL;
  g_autoptr (GPtrArray)  none = NULL;
  g_autoptr (GPtrArray)  forgotten = NULL;
  g_autoptr (GError)     error = NULL;
  guint64                rows = 0;

  self->gateway.packs = packs;
  pull (self, "policy_pack");
  waiting = collect (self);
  g_assert_cmpuint (waiting->len, ==, 1);
  shy_updates_discard (self->store, ((ShyUpdate *) waiting->pdata[0])->number, &error);
  g_assert_no_error (error);
  none = collect (self);
  g_assert_cmpuint (none->len, ==, 0);

  g_free (packs);
  self->gateway.packs = packs = sign (content, "bureau-key.pem");
  pull (self, "policy_pack");
  g_ptr_array_unref (waiting);
  waiting = collect (self);
  g_assert_cmpuint (waiting->len, ==, 1);
  shy_service_book_forget (self->book, SERVICE, &rows, &error);
  g_assert_no_error (error);
  forgotten = collect (self);
  g_assert_cmpuint (forgotten->len, ==, 0);
  g_assert_cmpint (ask (self->store, "SELECT count(*) FROM shy_update"), ==, 1);
  g_assert_cmpint (ask (self->store, "SELECT count(*) FROM shy_journal "
                                     "WHERE action = 'update.withdraw'"), ==, 1);
}

static void
test_sample (Fixture *self, gconstpointer data)
{
  g_autofree char            *real = make_pack ("2025.1");
  g_autofree char            *practice = replace (real, "\"zj-post-care\"", "\"sample-post-care\"");
  g_autofree char            *packs = sign (practice, "sample-key.pem");
  g_autoptr (ShyUpdateBasis)  basis = shy_update_basis_load (NULL);
  g_autoptr (ShyUpdateReview) review = NULL;
  g_autoptr (GPtrArray)       waiting = NULL;

  self->gateway.packs = packs;
  pull (self, "policy_pack");
  waiting = collect (self);
  g_assert_cmpuint (waiting->len, ==, 1);
  review = shy_update_review (waiting->pdata[0], basis);
  g_assert_cmpstr (shy_update_review_get_reason (review), ==, NULL);
  g_assert_true (review->update->sample);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add ("/update/collect/pull", Fixture, NULL, set_up, test_pull, tear_down);
  g_test_add ("/update/collect/answers", Fixture, NULL, set_up, test_answers, tear_down);
  g_test_add ("/update/collect/sample", Fixture, GINT_TO_POINTER (TRUE), set_up, test_sample,
              tear_down);
  return g_test_run ();
}
