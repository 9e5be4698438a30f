/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people.h"

/* What a view is told of a list. */
typedef struct
{
  GString *changes; /* (owned): position-removed+added, one behind the other */
} Told;

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            Told       *told)
{
  g_string_append_printf (told->changes, "%u-%u+%u ", position, removed, added);
}

static ShyRecord *
get_read (ShyRecords *records,
          guint       position)
{
  ShyRecord *record = g_list_model_get_item (G_LIST_MODEL (records), position);

  g_assert_nonnull (record);
  while (!shy_record_is_loaded (record))
    g_main_context_iteration (NULL, TRUE);
  return record;
}

static void
ask_for (ShyRecords *records,
         const char *text,
         const char *county,
         const char *sort)
{
  g_autoptr (ShyRecordQuery) query = shy_record_query_new ();

  shy_record_query_set_text (query, text);
  shy_record_query_set_filter (query, "county", county);
  shy_record_query_set_sort (query, sort, FALSE);
  shy_records_set_query (records, query);
}

static void
test_shows_first_rows_first (Fixture       *self,
                             gconstpointer  data)
{
  People                *people = g_new0 (People, 1);
  g_autoptr (ShyStore)   store = open_people (self);
  g_autoptr (ShyRecords) records = people_new (store, people);
  g_autoptr (ShyRecord)  first = NULL;
  g_autoptr (ShyRecord)  last = NULL;
  g_autoptr (GString)    changes = g_string_new (NULL);
  Told                   told = { changes };

  g_signal_connect (records, "items-changed", G_CALLBACK (changed_cb), &told);
  g_assert_true (shy_records_is_loading (records));
  wait_for_list (records);
  g_assert_cmpstr (changes->str, ==, "0-0+256 256-0+1744 ");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (records)), ==, PEOPLE);
  g_assert_cmpuint (shy_records_get_total (records), ==, PEOPLE);
  g_assert_cmpint (people->reads, ==, 1); /* what a screen shows comes with the list */
  first = g_list_model_get_item (G_LIST_MODEL (records), 0);
  g_assert_true (shy_record_is_loaded (first));
  last = get_read (records, PEOPLE - 1);
  g_assert_cmpint (people->reads, ==, 2);
  g_assert_cmpint (shy_record_get_id (last), ==, PEOPLE);
  g_assert_cmpstr (shy_record_get_value (last, 0), ==, "人" G_STRINGIFY (PEOPLE));
  g_assert_null (shy_record_get_value (last, 5));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (records), PEOPLE));
}

static void
test_filters_and_counts (Fixture       *self,
                         gconstpointer  data)
{
  People                *people = g_new0 (People, 1);
  g_autoptr (ShyStore)   store = open_people (self);
  g_autoptr (ShyRecords) records = people_new (store, people);
  g_autoptr (ShyRecord)  first = NULL;

  ask_for (records, " 人199 ", "east", "");
  wait_for_list (records);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (records)), ==, 5); /* 1990, 1992, …, 1998 */
  g_assert_cmpuint (shy_records_get_count (records, "county", "west"), ==, 6); /* 199 too */
  g_assert_cmpuint (shy_records_get_count (records, "county", ""), ==, 11);
  g_assert_cmpuint (shy_records_get_count (records, "county", "north"), ==, 0);
  g_assert_cmpint (people->lists, ==, 1); /* so few are found at once */

  ask_for (records, "", "", "pay");
  wait_for_list (records);
  first = get_read (records, 0);
  g_assert_cmpstr (shy_record_get_value (first, 3), ==, "0.50");
}

/* The answer to what was asked before never comes behind that to what is asked now. */
static void
test_cancels_the_one_before (Fixture       *self,
                             gconstpointer  data)
{
  People                *people = g_new0 (People, 1);
  g_autoptr (ShyStore)   store = open_people (self);
  g_autoptr (ShyRecords) records = people_new (store, people);

  wait_for_list (records);
  g_atomic_int_set (&people->held, TRUE);
  ask_for (records, "", "east", "");
  while (g_atomic_int_get (&people->lists) < 3)
    g_main_context_iteration (NULL, FALSE);
  ask_for (records, "人7", "", "");
  while (g_atomic_int_get (&people->lists) < 4) /* the one that waited ended: it was cancelled */
    g_main_context_iteration (NULL, FALSE);
  g_atomic_int_set (&people->held, FALSE);
  wait_for_list (records);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (records)), ==, 111);
  g_assert_null (shy_records_get_error (records));
}

/* What is looked at stays the same object when the register changes, and says what is new. */
static void
test_keeps_what_is_looked_at (Fixture       *self,
                              gconstpointer  data)
{
  People                *people = g_new0 (People, 1);
  g_autoptr (ShyStore)   store = open_people (self);
  g_autoptr (ShyRecords) records = people_new (store, people);
  g_autoptr (ShyRecord)  tenth = NULL;
  g_autoptr (ShyRecord)  now = NULL;
  g_autoptr (GString)    changes = g_string_new (NULL);
  Told                   told = { changes };

  wait_for_list (records);
  tenth = get_read (records, 9);
  g_signal_connect (records, "items-changed", G_CALLBACK (changed_cb), &told);
  change_people (store, "UPDATE people SET name = '改名' WHERE id = 10");
  while (g_strcmp0 (shy_record_get_value (tenth, 0), "改名") != 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (changes->str, ==, "");

  change_people (store, "DELETE FROM people WHERE id = 4");
  while (*changes->str == '\0')
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (changes->str, ==, "3-1+0 ");
  now = get_read (records, 8);
  g_assert_true (now == tenth);
  g_assert_cmpuint (shy_records_get_total (records), ==, PEOPLE - 1);
}

/* However far somebody scrolls, no more is kept than a few pages. */
static void
test_forgets_pages (Fixture       *self,
                    gconstpointer  data)
{
  static const char *const more[] = {
    "WITH RECURSIVE n (i) AS (SELECT 2001 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) "
    "INSERT INTO people SELECT i, '人' || i, '', 'east', '1', '1992-02-29' FROM n",
    NULL,
  };
  People                *people = g_new0 (People, 1);
  g_autoptr (ShyStore)   store = open_people (self);
  g_autoptr (ShyRecords) records = NULL;
  ShyRecord             *first;

  run_script (store, more);
  records = people_new (store, people);
  wait_for_list (records);
  first = get_read (records, 0);
  g_object_add_weak_pointer (G_OBJECT (first), (gpointer *) &first);
  g_object_unref (first);
  g_assert_nonnull (first);
  for (guint i = 0; i < 6000; i += 100)
    g_object_unref (get_read (records, i));
  while (first != NULL && g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_null (first);
}

static void
test_says_why_not (Fixture       *self,
                   gconstpointer  data)
{
  People                *people = g_new0 (People, 1);
  g_autoptr (ShyStore)   store = open_people (self);
  g_autoptr (ShyRecords) records = people_new (store, people);

  people->failing = TRUE;
  wait_for_list (records);
  g_assert_cmpstr (shy_records_get_error (records), ==, "The disk failed.");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (records)), ==, 0);
  g_atomic_int_set (&people->failing, FALSE);
  shy_records_reload (records);
  wait_for_list (records);
  g_assert_null (shy_records_get_error (records));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (records)), ==, PEOPLE);
}

/* A list that nobody needs any more goes at once, and stops what it was doing. */
static void
test_ends_while_it_reads (Fixture       *self,
                          gconstpointer  data)
{
  People              *people = g_new0 (People, 1);
  g_autoptr (ShyStore) store = open_people (self);
  ShyRecords          *records = people_new (store, people);

  wait_for_list (records);
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (records), 500));
  g_atomic_int_set (&people->held, TRUE);
  ask_for (records, "人", "", "pay");
  while (g_atomic_int_get (&people->lists) < 3)
    g_main_context_iteration (NULL, FALSE);
  g_object_add_weak_pointer (G_OBJECT (records), (gpointer *) &records);
  g_object_unref (records);
  g_assert_null (records);
  g_assert_cmpint (ask (store, "SELECT COUNT(*) FROM people"), ==, PEOPLE); /* nothing holds the store */
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/records/shows-first-rows-first", test_shows_first_rows_first);
  ADD ("/records/filters-and-counts", test_filters_and_counts);
  ADD ("/records/cancels-the-one-before", test_cancels_the_one_before);
  ADD ("/records/keeps-what-is-looked-at", test_keeps_what_is_looked_at);
  ADD ("/records/forgets-pages", test_forgets_pages);
  ADD ("/records/says-why-not", test_says_why_not);
  ADD ("/records/ends-while-it-reads", test_ends_while_it_reads);

  return g_test_run ();
}
