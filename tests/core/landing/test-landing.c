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
  return g_test_run ();
}
