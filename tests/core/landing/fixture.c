/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
open_store (Fixture *self)
{
  g_autofree char   *path = g_build_filename (self->folder, "shanye.db", NULL);
  g_autoptr (GError) error = NULL;

  self->store = shy_store_open (path, &error);
  g_assert_no_error (error);
  self->book = shy_service_book_new (self->store);
}

void
fixture_set_up (Fixture *self, gconstpointer data)
{
  gateway_set_up (&self->gateway, data);
  self->folder = g_dir_make_tmp ("shanye-landing-XXXXXX", NULL);
  open_store (self);
}

static void
close_store (Fixture *self)
{
  g_clear_object (&self->book);
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

void
fixture_reopen (Fixture *self)
{
  close_store (self);
  open_store (self);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  close_store (self);
  gateway_tear_down (&self->gateway, data);
  remove_folder (self->folder);
  g_free (self->folder);
}

static void
replace_part (GString *text, const char *from, const char *to)
{
  g_assert_nonnull (strstr (text->str, from));
  g_string_replace (text, from, to, 1);
}

void
fixture_add (Fixture *self, ...)
{
  g_autofree char     *path = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services",
                                                SERVICE ".json", NULL);
  g_autofree char     *file = NULL;
  g_autofree char     *id = NULL;
  g_autofree char     *base = g_strdup_printf ("\"%s\"", self->gateway.base);
  g_autoptr (GError)   error = NULL;
  g_autoptr (GString)  text = NULL;
  g_autoptr (GBytes)   bytes = NULL;
  const char          *from;
  va_list              args;

  g_assert_true (g_file_get_contents (path, &file, NULL, NULL));
  text = g_string_new (file);
  replace_part (text, "\"requests_per_second\": 2", "\"requests_per_second\": 1000");
  replace_part (text, "\"http://data.example.gov.cn\"", base);
  replace_part (text, "\"factor\": 2", "\"factor\": 0.01");
  va_start (args, self);
  while ((from = va_arg (args, const char *)) != NULL)
    replace_part (text, from, va_arg (args, const char *));
  va_end (args);
  bytes = g_bytes_new (text->str, text->len);
  id = shy_service_book_add (self->book, bytes, SERVICE ".json", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, SERVICE);
}

ShyLanding *
fixture_prepare (Fixture *self)
{
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();
  g_autoptr (GError)     error = NULL;
  ShyLanding            *landing;

  shy_secrets_set (secrets, "client_id", "id");
  shy_secrets_set (secrets, "secret", "s3cret");
  landing = shy_landing_new (self->book, SERVICE, STREAM, secrets, &error);
  g_assert_no_error (error);
  return landing;
}

ShyLandingResult *
fixture_pull (Fixture *self, GError **error)
{
  g_autoptr (ShyLanding) landing = fixture_prepare (self);

  return shy_landing_run (landing, NULL, error);
}

ShyLandingResult *
fixture_must_pull (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  ShyLandingResult  *result = fixture_pull (self, &error);

  g_assert_no_error (error);
  return result;
}

ShyStreamStatus *
fixture_status (Fixture *self)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) streams = shy_service_book_list_streams (self->book, SERVICE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (streams->len, ==, 1);
  return g_ptr_array_steal_index (streams, 0);
}

GPtrArray *
fixture_rows (Fixture *self)
{
  GPtrArray                *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ShyLandedRows) rows = shy_landed_rows_new (self->book, STREAM, NULL);
  g_autoptr (GError)        error = NULL;

  for (;;)
    {
      g_autoptr (GPtrArray) page = shy_landed_rows_next (rows, 77, &error);

      g_assert_no_error (error);
      if (page->len == 0)
        return lines;
      for (guint i = 0; i < page->len; i++)
        {
          char *line = shy_landed_row_to_json (g_ptr_array_index (page, i));

          g_assert_nonnull (strstr (line, "\"_source\":\"" SERVICE "\""));
          *strstr (line, ",\"_source\"") = '\0';
          g_ptr_array_add (lines, line);
        }
    }
}

static gboolean
add_entry (const ShyJournalEntry *entry, gpointer data)
{
  g_ptr_array_add (data, g_strdup_printf ("%s %s %s", entry->action, entry->subject,
                                          entry->details));
  return TRUE;
}

static gboolean
journal_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return shy_journal_foreach (connection, 0, add_entry, data, error);
}

GPtrArray *
fixture_journal (Fixture *self)
{
  GPtrArray         *entries = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  shy_store_run (self->store, SHY_STORE_READ, journal_job, entries, NULL, &error);
  g_assert_no_error (error);
  return entries;
}
