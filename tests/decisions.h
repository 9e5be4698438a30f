/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

/* The counties of the sample have decided to pay what the policies leave to them: what stands in
 * data/samples/county-decisions.csv, made up like the rest of the sample. */

static inline gboolean
decide_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  char **lines = data;

  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) /* the first is the header */
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      if (!shy_county_settings_set (connection, cells[0], cells[1], cells[3], cells[4], NULL, error))
        return FALSE;
    }
  return TRUE;
}

static inline void
decide_for_counties (ShyStore *store)
{
  g_autofree char   *path = shy_data_build ("samples", "county-decisions.csv", NULL);
  g_autofree char   *text = NULL;
  g_auto (GStrv)     lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  shy_store_run (store, SHY_STORE_WRITE, decide_job, lines, NULL, &error);
  g_assert_no_error (error);
}

/* The same in a database that nobody has open; %NULL for the person's own. */
static inline void
decide_for_counties_in (const char *database)
{
  g_autofree char     *own = database == NULL ? shy_store_dup_default_path () : NULL;
  g_autoptr (GError)   error = NULL;
  g_autoptr (ShyStore) store = shy_store_open (database != NULL ? database : own, &error);

  g_assert_no_error (error);
  decide_for_counties (store);
}
