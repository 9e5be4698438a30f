/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../store/store-fixture.h"

/* A table of people, and what a plugin says about it. */

#define PEOPLE 2000

/* What happens to the lists of a test; goes with the list. */
typedef struct
{
  int      lists;  /* (atomic) how often a list was begun */
  int      reads;  /* (atomic) how many pages were read */
  int      failing; /* (atomic) lists fail */
  int      held;   /* (atomic) lists wait until they are cancelled */
} People;

static inline gboolean
list_people (ShyConnection   *connection,
             gpointer         data,
             ShyRecordFound  *found,
             GCancellable    *cancellable,
             GError         **error)
{
  People                  *people = data;
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;
  const char              *sort = shy_record_query_get_sort (found->query);
  g_autofree char         *sql = NULL;
  g_autofree char         *like = g_strconcat ("%", shy_record_query_get_text (found->query), "%", NULL);

  g_atomic_int_inc (&people->lists);
  while (g_atomic_int_get (&people->held))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_usleep (1000);
    }
  if (g_atomic_int_get (&people->failing))
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_FAILED, "The disk failed.");
      return FALSE;
    }
  sql = g_strdup_printf ("SELECT id, county FROM people WHERE name LIKE $1 ORDER BY %s %s, id",
                         g_str_equal (sort, "pay") ? "CAST (pay AS REAL)" : "id",
                         shy_record_query_is_descending (found->query) ? "DESC" : "ASC");
  rows = shy_connection_prepare (connection, sql, error);
  if (rows == NULL)
    return FALSE;
  shy_statement_bind_text (rows, "$1", like);
  found->counted = TRUE;
  while (shy_statement_step (rows, &local))
    {
      const char *county = shy_statement_get_text (rows, 1);
      const char *filter = shy_record_query_get_filter (found->query, "county");

      found->total++;
      shy_record_found_count (found, "county", county, 1);
      if ((*filter == '\0' || g_str_equal (filter, county)) &&
          !shy_record_found_add (found, shy_statement_get_int64 (rows, 0)))
        {
          found->counted = FALSE;
          break;
        }
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static inline gboolean
read_people (ShyConnection   *connection,
             gpointer         data,
             GPtrArray       *columns,
             const gint64    *ids,
             guint            n_ids,
             char          ***values,
             GCancellable    *cancellable,
             GError         **error)
{
  g_autoptr (ShyStatement) row =
    shy_connection_prepare (connection, "SELECT name, person, county, pay, born FROM people WHERE id = $1",
                            error);

  g_atomic_int_inc (&((People *) data)->reads);
  g_assert_nonnull (row);
  g_assert_cmpuint (columns->len, ==, 5);
  for (guint i = 0; i < n_ids; i++)
    {
      shy_statement_bind_int64 (row, "$1", ids[i]);
      if (shy_statement_step (row, NULL))
        {
          values[i] = g_new0 (char *, 5);
          for (int j = 0; j < 5; j++)
            values[i][j] = shy_statement_dup_text (row, j);
        }
      shy_statement_reset (row);
    }
  return TRUE;
}

static const ShyRecordSource people_source = { "people", list_people, read_people };

static inline GPtrArray *
people_columns (void)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (shy_field_free);

  g_ptr_array_add (columns, shy_record_make_field ("name", "姓名", SHY_FIELD_TEXT));
  g_ptr_array_add (columns, shy_record_make_field ("person", "证件号码", SHY_FIELD_TEXT));
  g_ptr_array_add (columns, shy_record_make_field ("county", "县", SHY_FIELD_TEXT));
  g_ptr_array_add (columns, shy_record_make_field ("pay", "金额", SHY_FIELD_MONEY));
  g_ptr_array_add (columns, shy_record_make_field ("born", "出生日期", SHY_FIELD_DATE));
  return columns;
}

static inline ShyStore *
open_people (Fixture *self)
{
  static const char *const sql[] = {
    "CREATE TABLE people (id INTEGER NOT NULL PRIMARY KEY, name TEXT, person TEXT, county TEXT, "
    "pay TEXT, born TEXT)",
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " G_STRINGIFY (PEOPLE) ") "
    "INSERT INTO people SELECT i, '人' || i, '33112219920229001' || (i % 10), "
    "CASE i % 2 WHEN 0 THEN 'east' ELSE 'west' END, (i * 7919 % 1000) || '.50', '1992-02-29' FROM n",
    NULL,
  };
  ShyStore *store = open_ok (self->path);

  run_script (store, sql);
  return store;
}

static inline ShyRecords *
people_new (ShyStore *store,
            People   *people)
{
  g_autoptr (GPtrArray) columns = people_columns ();

  return shy_records_new (store, &people_source, columns, people, g_free);
}

static inline void
wait_for_list (ShyRecords *records)
{
  while (shy_records_is_loading (records))
    g_main_context_iteration (NULL, TRUE);
}

static inline gboolean
change_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  shy_connection_touch (connection, "people");
  return shy_connection_execute (connection, data, error);
}

static inline void
change_people (ShyStore   *store,
               const char *sql)
{
  g_autoptr (GError) error = NULL;

  shy_store_run (store, SHY_STORE_WRITE, change_job, (gpointer) sql, NULL, &error);
  g_assert_no_error (error);
}
