/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <string.h>

/* Pulls into a database; what is live changes whole or not at all. */

static void
test_lands (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) result = NULL;
  g_autoptr (ShyStreamStatus)  status = NULL;
  g_autoptr (GPtrArray)        rows = NULL;
  g_autoptr (GPtrArray)        journal = NULL;

  fixture_add (self, NULL);
  result = fixture_must_pull (self);
  g_assert_cmpint (result->outcome, ==, SHY_PULL_LANDED);
  g_assert_cmpuint (result->rows, ==, EMPLOYERS);
  g_assert_cmpuint (result->added, ==, EMPLOYERS);
  g_assert_cmpuint (result->changed, ==, 0);
  rows = fixture_rows (self);
  g_assert_cmpuint (rows->len, ==, EMPLOYERS);
  g_assert_cmpstr (g_ptr_array_index (rows, 1), ==,
                   "{\"uscc\":\"91330822MA2000001X\",\"name\":\"农业公司1\",\"level\":\"省级\","
                   "\"year\":2021,\"updated_at\":\"2025-01-01T08:00:00+08:00\"");
  status = fixture_status (self);
  g_assert_cmpuint (status->rows, ==, EMPLOYERS);
  g_assert_nonnull (status->last_success);
  g_assert_cmpstr (status->source_date, ==, "2025-01-01T08:00:00+08:00");
  g_assert_false (status->interrupted || status->held || status->pulling);
  journal = fixture_journal (self);
  g_assert_cmpuint (journal->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (journal, 1), ==,
                   "service.land service:" SERVICE "/" STREAM
                   " {\"added\":\"250\",\"changed\":\"0\",\"rows\":\"250\",\"withdrawn\":\"0\"}");
}

/* Rows that come no more are withdrawn; none is counted that stayed. */
static void
test_replaces (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) first = NULL;
  g_autoptr (ShyLandingResult) second = NULL;
  g_autoptr (GPtrArray)        rows = NULL;

  fixture_add (self, NULL);
  first = fixture_must_pull (self);
  self->gateway.rows = EMPLOYERS - 10;
  second = fixture_must_pull (self);
  g_assert_cmpint (second->outcome, ==, SHY_PULL_LANDED);
  g_assert_cmpuint (second->rows, ==, EMPLOYERS - 10);
  g_assert_cmpuint (second->added, ==, 0);
  g_assert_cmpuint (second->changed, ==, 0);
  g_assert_cmpuint (second->withdrawn, ==, 10);
  rows = fixture_rows (self);
  g_assert_cmpuint (rows->len, ==, EMPLOYERS - 10);
}

static void
test_holds (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) first = NULL;
  g_autoptr (ShyLandingResult) second = NULL;
  g_autoptr (ShyStreamStatus)  status = NULL;
  g_autoptr (GPtrArray)        rows = NULL;

  fixture_add (self, NULL);
  first = fixture_must_pull (self);
  self->gateway.rows = 0;
  second = fixture_must_pull (self);
  g_assert_cmpint (second->outcome, ==, SHY_PULL_HELD);
  g_assert_nonnull (second->reason);
  status = fixture_status (self);
  g_assert_true (status->held);
  g_assert_cmpstr (status->trouble, ==, second->reason);
  rows = fixture_rows (self);
  g_assert_cmpuint (rows->len, ==, EMPLOYERS);
}

static void
test_fails (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) first = NULL;
  g_autoptr (ShyLandingResult) second = NULL;
  g_autoptr (ShyStreamStatus)  status = NULL;
  g_autoptr (GPtrArray)        rows = NULL;
  g_autoptr (GError)           error = NULL;

  fixture_add (self, NULL);
  first = fixture_must_pull (self);
  self->gateway.same_page = TRUE;
  second = fixture_pull (self, &error);
  g_assert_null (second);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_REFUSED);
  status = fixture_status (self);
  g_assert_cmpuint (status->failures, ==, 1);
  g_assert_cmpstr (status->trouble, ==, error->message);
  rows = fixture_rows (self);
  g_assert_cmpuint (rows->len, ==, EMPLOYERS);
}

static void
test_forgets (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) result = NULL;
  g_autoptr (GPtrArray)        rows = NULL;
  g_autoptr (GPtrArray)        none = NULL;
  g_autoptr (GError)           error = NULL;
  guint64                      count;

  fixture_add (self, NULL);
  result = fixture_must_pull (self);
  g_assert_true (shy_service_book_forget (self->book, SERVICE, &count, &error));
  g_assert_cmpuint (count, ==, EMPLOYERS);
  rows = fixture_rows (self);
  g_assert_cmpuint (rows->len, ==, 0);
  g_assert_true (shy_service_book_remove (self->book, SERVICE, &error));
  g_assert_no_error (error);
  none = shy_service_book_list (self->book, &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_false (shy_service_book_forget (self->book, SERVICE, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
}

/* What a person accepts is live, what is thrown away leaves no trace but in the history. */
static void
test_decides (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) first = NULL;
  g_autoptr (ShyLandingResult) second = NULL;
  g_autoptr (ShyLandingResult) third = NULL;
  g_autoptr (ShyStreamStatus)  status = NULL;
  g_autoptr (ShyStreamStatus)  later = NULL;
  g_autoptr (GPtrArray)        history = NULL;
  g_autoptr (GError)           error = NULL;

  fixture_add (self, NULL);
  first = fixture_must_pull (self);
  self->gateway.rows = 100;
  second = fixture_must_pull (self);
  g_assert_cmpint (second->outcome, ==, SHY_PULL_HELD);
  g_assert_true (shy_landing_discard (self->book, SERVICE, STREAM, &error));
  status = fixture_status (self);
  g_assert_false (status->held);
  g_assert_null (status->trouble);
  g_assert_cmpuint (status->rows, ==, EMPLOYERS);
  g_assert_false (shy_landing_accept (self->book, SERVICE, STREAM, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  third = fixture_must_pull (self);
  g_assert_cmpint (third->outcome, ==, SHY_PULL_HELD);
  g_assert_true (shy_landing_accept (self->book, SERVICE, STREAM, &error));
  g_assert_no_error (error);
  later = fixture_status (self);
  g_assert_cmpuint (later->rows, ==, 100);
  g_assert_false (later->held);
  history = shy_pull_history_list (self->book, SERVICE, 0, &error);
  g_assert_cmpuint (history->len, ==, 3);
  g_assert_cmpint (((ShyPullRecord *) history->pdata[0])->outcome, ==, SHY_PULL_LANDED);
  g_assert_cmpuint (((ShyPullRecord *) history->pdata[0])->withdrawn, ==, EMPLOYERS - 100);
  g_assert_cmpint (((ShyPullRecord *) history->pdata[1])->outcome, ==, SHY_PULL_HELD);
  g_assert_nonnull (((ShyPullRecord *) history->pdata[1])->reason);
}

static void
test_accepts_at_once (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) first = NULL;
  g_autoptr (ShyLandingResult) second = NULL;
  g_autoptr (ShyLanding)       landing = NULL;
  g_autoptr (GPtrArray)        rows = NULL;
  g_autoptr (GError)           error = NULL;

  fixture_add (self, NULL);
  first = fixture_must_pull (self);
  self->gateway.rows = 0;
  landing = fixture_prepare (self);
  shy_landing_set_accept (landing, TRUE);
  second = shy_landing_run (landing, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (second->outcome, ==, SHY_PULL_LANDED);
  g_assert_cmpuint (second->withdrawn, ==, EMPLOYERS);
  rows = fixture_rows (self);
  g_assert_cmpuint (rows->len, ==, 0);
}

/* A field that is empty all at once holds the rows back, and what is new is told. */
static void
test_drifts (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) first = NULL;
  g_autoptr (ShyLandingResult) second = NULL;
  g_autoptr (ShyLandingResult) third = NULL;
  g_autoptr (ShyLanding)       landing = NULL;
  g_autoptr (GPtrArray)        notices = NULL;
  g_autoptr (GPtrArray)        left = NULL;
  g_autoptr (GError)           error = NULL;

  fixture_add (self, NULL);
  first = fixture_must_pull (self);
  self->gateway.emptied = TRUE;
  second = fixture_must_pull (self);
  g_assert_cmpint (second->outcome, ==, SHY_PULL_HELD);
  g_assert_nonnull (strstr (second->reason, "is empty in 100 of 100 rows; last time it was in 0"));
  landing = fixture_prepare (self);
  shy_landing_set_accept (landing, TRUE);
  third = shy_landing_run (landing, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (third->notices->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (third->notices, 0), "xin"));
  notices = shy_pull_history_list_notices (self->book, SERVICE, &error);
  g_assert_cmpuint (notices->len, ==, 1);
  g_assert_true (shy_pull_history_dismiss (self->book, ((ShyPullNotice *) notices->pdata[0])->id,
                                           &error));
  left = shy_pull_history_list_notices (self->book, SERVICE, &error);
  g_assert_cmpuint (left->len, ==, 0);
}

/* A name with a star does not take the place of the whole name; another year does. */
static void
test_masked (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) first = NULL;
  g_autoptr (ShyLandingResult) second = NULL;
  g_autoptr (GPtrArray)        rows = NULL;

  fixture_add (self, NULL);
  first = fixture_must_pull (self);
  self->gateway.masked = TRUE;
  self->gateway.years = 1;
  second = fixture_must_pull (self);
  g_assert_cmpint (second->outcome, ==, SHY_PULL_LANDED);
  g_assert_cmpuint (second->changed, ==, EMPLOYERS);
  rows = fixture_rows (self);
  g_assert_nonnull (strstr (g_ptr_array_index (rows, 7), "\"农业公司7\""));
  g_assert_nonnull (strstr (g_ptr_array_index (rows, 7), "2022"));
}

static gint64
count_found (Fixture *self, const char *text, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShyLandedRows) rows = shy_landed_rows_new (self->book, STREAM, NULL);

  shy_landed_rows_set_search (rows, text);
  shy_landed_rows_set_cancellable (rows, cancellable);
  return shy_landed_rows_count (rows, error);
}

/* What is found is what a person sees: no cell that is empty, nothing of how rows are stored. */
static void
test_search (Fixture *self, gconstpointer data)
{
  static const char *const unseen[] = { "null", "NULL", "\",\"", "[", "true", "false", "T0", "+08",
                                        "local_key", "level", "%", "_" };
  g_autoptr (ShyLandingResult) result = NULL;
  g_autoptr (GCancellable)     cancellable = g_cancellable_new ();
  g_autoptr (GError)           error = NULL;

  fixture_add (self, NULL);
  self->gateway.emptied = TRUE;
  result = fixture_must_pull (self);
  g_assert_cmpint (count_found (self, "农业公司7", NULL, &error), ==, 11); /* 7, 70 to 79 */
  g_assert_cmpint (count_found (self, "农业公司", NULL, &error), ==, EMPLOYERS);
  g_assert_cmpint (count_found (self, "2025-01-01 08:00", NULL, &error), ==, EMPLOYERS);
  for (gsize i = 0; i < G_N_ELEMENTS (unseen); i++)
    if (count_found (self, unseen[i], NULL, &error) != 0)
      g_error ("“%s” is found", unseen[i]);
  g_assert_no_error (error);

  g_cancellable_cancel (cancellable);
  g_assert_cmpint (count_found (self, "农业公司7", cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gint64
count_personal (Fixture *self)
{
  g_autoptr (ShyLandedRows) rows = shy_landed_rows_new (self->book, STREAM, NULL);
  g_autoptr (GPtrArray)     page = NULL;
  gint64                    count = 0;

  shy_landed_rows_set_reveal (rows, TRUE);
  page = shy_landed_rows_next (rows, 1000, NULL);
  for (guint i = 0; i < page->len; i++)
    count += shy_landed_row_get (g_ptr_array_index (page, i), "name") != NULL;
  return count;
}

static void
keep_sensitive (Fixture *self, gboolean keep)
{
  g_autoptr (GPtrArray) entries = shy_service_book_list (self->book, NULL);
  ShyServiceOptions     options = ((ShyServiceEntry *) entries->pdata[0])->options;

  options.keep_sensitive = keep;
  g_assert_true (shy_service_book_set_options (self->book, SERVICE, &options, NULL));
}

/* Fields about persons are kept only where somebody wants it, and go when nobody does any more. */
static void
test_sensitive (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) first = NULL;
  g_autoptr (ShyLandingResult) second = NULL;
  g_autoptr (GPtrArray)        masked = NULL;

  fixture_add (self, "\"name\": \"name\",", "\"name\": \"name\", \"sensitive\": true,", NULL);
  first = fixture_must_pull (self);
  g_assert_cmpint (count_personal (self), ==, 0);
  keep_sensitive (self, TRUE);
  second = fixture_must_pull (self);
  g_assert_cmpuint (second->changed, ==, EMPLOYERS);
  g_assert_cmpint (count_personal (self), ==, EMPLOYERS);
  masked = fixture_rows (self);
  g_assert_nonnull (strstr (g_ptr_array_index (masked, 7), "\"name\":\"农****\""));
  keep_sensitive (self, FALSE);
  g_assert_cmpint (count_personal (self), ==, 0);
}

/* Rows that are merged stay when they come no more. */
static void
test_merges (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) first = NULL;
  g_autoptr (ShyLandingResult) second = NULL;
  g_autoptr (GPtrArray)        rows = NULL;

  fixture_add (self, "\"replace\"", "\"merge\"", "\"min_complete_ratio\": 0.9",
               "\"min_complete_ratio\": 0", NULL);
  self->gateway.rows = 200;
  first = fixture_must_pull (self);
  self->gateway.rows = 120;
  self->gateway.years = 1;
  second = fixture_must_pull (self);
  g_assert_cmpint (second->outcome, ==, SHY_PULL_LANDED);
  g_assert_cmpuint (second->rows, ==, 200);
  g_assert_cmpuint (second->changed, ==, 120);
  g_assert_cmpuint (second->withdrawn, ==, 0);
  rows = fixture_rows (self);
  g_assert_cmpuint (rows->len, ==, 200);
  g_assert_nonnull (strstr (g_ptr_array_index (rows, 119), "2022"));
  g_assert_nonnull (strstr (g_ptr_array_index (rows, 120), "2021"));
}

static void
cancel_cb (const ShyLandingProgress *progress, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* A pull that is cancelled keeps what came, and the next asks only for the rest. */
static void
test_resumes (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) none = NULL;
  g_autoptr (ShyLandingResult) result = NULL;
  g_autoptr (ShyLanding)       landing = NULL;
  g_autoptr (ShyStreamStatus)  status = NULL;
  g_autoptr (GCancellable)     cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray)        rows = NULL;
  g_autoptr (GError)           error = NULL;

  fixture_add (self, NULL);
  landing = fixture_prepare (self);
  shy_landing_set_progress (landing, cancel_cb, cancellable);
  none = shy_landing_run (landing, cancellable, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&landing);
  fixture_reopen (self);
  status = fixture_status (self);
  g_assert_true (status->interrupted);
  g_assert_cmpuint (status->rows, ==, 0);
  self->gateway.hits = 0;
  result = fixture_must_pull (self);
  g_assert_cmpuint (self->gateway.hits, ==, 2);
  g_assert_true (result->report->resumed);
  g_assert_cmpuint (result->staged, ==, EMPLOYERS);
  g_assert_cmpuint (result->report->unique, ==, EMPLOYERS);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (result->report->field_warnings,
                                                           "level")), ==, EMPLOYERS / 4);
  rows = fixture_rows (self);
  g_assert_cmpuint (rows->len, ==, EMPLOYERS);
}

static void
pull_again_cb (const ShyLandingProgress *progress, gpointer data)
{
  Fixture                     *self = data;
  g_autoptr (GError)           error = NULL;
  g_autoptr (ShyStreamStatus)  status = fixture_status (self);
  g_autoptr (ShyLandingResult) none = fixture_pull (self, &error);

  g_assert_true (status->pulling);
  g_assert_null (none);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_BUSY);
  self->told++;
}

/* One pull at a time; who comes second changes nothing. */
static void
test_busy (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) result = NULL;
  g_autoptr (ShyLanding)       landing = NULL;
  g_autoptr (GPtrArray)        history = NULL;
  g_autoptr (GError)           error = NULL;

  fixture_add (self, NULL);
  landing = fixture_prepare (self);
  shy_landing_set_progress (landing, pull_again_cb, self);
  result = shy_landing_run (landing, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->told, >, 0);
  g_assert_cmpuint (result->rows, ==, EMPLOYERS);
  history = shy_pull_history_list (self->book, NULL, 0, &error);
  g_assert_cmpuint (history->len, ==, 1);
}

static void
forget_cb (const ShyLandingProgress *progress, gpointer data)
{
  g_assert_true (shy_service_book_forget (data, SERVICE, NULL, NULL));
}

/* What is deleted while a pull runs stays deleted. */
static void
test_forgotten_meanwhile (Fixture *self, gconstpointer data)
{
  g_autoptr (ShyLandingResult) none = NULL;
  g_autoptr (ShyLanding)       landing = NULL;
  g_autoptr (GPtrArray)        rows = NULL;
  g_autoptr (ShyStreamStatus)  status = NULL;
  g_autoptr (GError)           error = NULL;

  fixture_add (self, NULL);
  landing = fixture_prepare (self);
  shy_landing_set_progress (landing, forget_cb, self->book);
  none = shy_landing_run (landing, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_BUSY);
  rows = fixture_rows (self);
  g_assert_cmpuint (rows->len, ==, 0);
  status = fixture_status (self);
  g_assert_false (status->interrupted || status->held || status->pulling);
}

int
main (int argc, char *argv[])
{
  /* Without isolated folders, in which the proxy settings have no schema and their module aborts. */
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/landing/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("lands", test_lands);
  ADD ("replaces", test_replaces);
  ADD ("holds", test_holds);
  ADD ("fails", test_fails);
  ADD ("forgets", test_forgets);
  ADD ("decides", test_decides);
  ADD ("accepts-at-once", test_accepts_at_once);
  ADD ("drifts", test_drifts);
  ADD ("search", test_search);
  ADD ("masked", test_masked);
  ADD ("sensitive", test_sensitive);
  ADD ("merges", test_merges);
  ADD ("resumes", test_resumes);
  ADD ("busy", test_busy);
  ADD ("forgotten-meanwhile", test_forgotten_meanwhile);
  return g_test_run ();
}
