/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connect.h"
#include "server.h"

#include "landing/shy-landed-rows.h"
#include "landing/shy-landing.h"

#include <glib/gstdio.h>

/* What ./dev run shows: a database connected with the province, every stream of it pulled with
 * keys from the environment, all of it marked as sample. */

#define ROWS 60

typedef struct
{
  char           *folder;
  char           *database;
  Province       *province;
  ProvinceServer *server;
} Sample;

static void
set_up (Sample *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("sample-XXXXXX", &error);
  g_assert_no_error (error);
  self->database = g_build_filename (self->folder, "shanye.db", NULL);
  self->province = province_new (ROWS, &error);
  g_assert_no_error (error);
  self->server = province_server_start (self->province, 0, &error);
  g_assert_no_error (error);
}

static void
tear_down (Sample *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char      *name;

  province_server_stop (self->server);
  province_free (self->province);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->database);
}

/* Of updates there are few: a policy to practise on, and no calendar. */
static guint
expect_rows (const ShyStreamStatus *stream)
{
  return g_str_equal (stream->stream, "policy_pack") ? 1
         : g_str_equal (stream->stream, "calendar")  ? 0
                                                     : ROWS;
}

static void
pull (ShyServiceBook *book, const ShyStreamStatus *stream)
{
  g_autoptr (GError)           error = NULL;
  g_autoptr (ShySecrets)       secrets = shy_secrets_new ();
  g_autoptr (ShyLanding)       landing = NULL;
  g_autoptr (ShyLandingResult) result = NULL;

  shy_secrets_add_environment (secrets, stream->service);
  landing = shy_landing_new (book, stream->service, stream->stream, secrets, &error);
  g_assert_no_error (error);
  result = shy_landing_run (landing, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result->outcome, ==, SHY_PULL_LANDED);
  g_assert_cmpuint (result->rows, ==, expect_rows (stream));
}

static void
test_sample (Sample *self, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShyStore)       store = NULL;
  g_autoptr (ShyServiceBook) book = NULL;
  g_autoptr (GPtrArray)      entries = NULL;
  g_autoptr (GPtrArray)      streams = NULL;
  const char                *base = province_server_get_base (self->server);

  /* Twice: each start connects again, for the address is another one. */
  g_assert_true (province_connect (self->database, "http://127.0.0.1:1", &error));
  g_assert_true (province_connect (self->database, base, &error));
  g_assert_no_error (error);
  store = shy_store_open (self->database, &error);
  g_assert_no_error (error);
  book = shy_service_book_new (store);
  entries = shy_service_book_list (book, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 6);
  for (guint i = 0; i < entries->len; i++)
    {
      const ShyServiceEntry *entry = g_ptr_array_index (entries, i);

      g_assert_true (entry->sample && entry->options.automatic);
      g_assert_cmpstr (entry->options.url_base, ==, base);
    }
  streams = shy_service_book_list_streams (book, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < streams->len; i++)
    pull (book, g_ptr_array_index (streams, i));
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) variables = province_dup_environment ();

  for (guint i = 0; variables[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (variables[i], "=", 2);

      g_setenv (parts[0], parts[1], TRUE);
    }
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpuint (g_strv_length (variables), ==, 7);
  g_test_add ("/sample/pulls", Sample, NULL, set_up, test_sample, tear_down);
  return g_test_run ();
}
