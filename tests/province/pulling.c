/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pulling.h"

#include "service/describe/shy-service-private.h"

#include <glib/gstdio.h>

void
pulling_set_up (Pulling *self, guint64 rows)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *keys = NULL;
  int                file;

  self->province = province_new (rows, &error);
  g_assert_no_error (error);
  self->server = province_server_start (self->province, 0, &error);
  g_assert_no_error (error);
  file = g_file_open_tmp ("province-XXXXXX.json", &self->secret_file, &error);
  g_assert_no_error (error);
  g_close (file, NULL);
  keys = province_dup_secret_file (province_server_get_base (self->server));
  g_assert_true (g_file_set_contents (self->secret_file, keys, -1, NULL));
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, 
                                      (GDestroyNotify) g_ptr_array_unref);
}

void
pulling_tear_down (Pulling *self)
{
  g_unlink (self->secret_file);
  g_free (self->secret_file);
  g_hash_table_unref (self->rows);
  province_server_stop (self->server);
  province_free (self->province);
}

ShyService *
pulling_load (const char *file)
{
  g_autofree char   *path = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services", file, NULL);
  g_autoptr (GError) error = NULL;
  ShyService        *service = shy_service_new_from_file (path, &error);

  g_assert_no_error (error);
  service->transport.requests_per_second = 0;
  for (guint i = 0; i < service->handler.backoffs->len; i++)
    ((ShyBackoff *) g_ptr_array_index (service->handler.backoffs, i))->seconds = 0;
  return service;
}

ShySecrets *
pulling_keys (Pulling *self, ShyService *service)
{
  g_autoptr (GError) error = NULL;
  ShySecrets        *secrets = shy_secrets_new ();

  shy_secrets_add_file (secrets, self->secret_file, shy_service_get_id (service), &error);
  g_assert_no_error (error);
  return secrets;
}

static gboolean
keep_page (GPtrArray *rows, ShyPullState *state, ShyPullReport *so_far, gpointer data,
           GError **error)
{
  Pulling *self = data;

  for (guint i = 0; i < rows->len; i++)
    {
      const ShyServiceRow *row = g_ptr_array_index (rows, i);
      GPtrArray           *values = g_ptr_array_new_with_free_func (g_free);

      for (guint field = 0; field < self->n_fields; field++)
        g_ptr_array_add (values, g_strdup (row->values[field]));
      g_hash_table_replace (self->rows, values->pdata[0], values);
    }
  self->pages++;
  if (self->after_page != NULL)
    self->after_page (self);
  return TRUE;
}

ShyPullReport *
pulling_pull_with (Pulling *self, ShyService *service, const ShyServiceStream *stream,
                   ShySecrets *secrets, GError **error)
{
  const ShyPullSink        sink = { .page = keep_page };
  g_autoptr (ShyPullState) state = shy_pull_state_new ();
  g_autoptr (ShyPull)      pull = shy_pull_new (service, stream, secrets, state);

  g_hash_table_remove_all (self->rows);
  self->pages = 0;
  self->n_fields = shy_service_stream_get_n_fields (stream);
  shy_pull_set_url_base (pull, province_server_get_base (self->server));
  return shy_pull_run (pull, &sink, self, NULL, error);
}

ShyPullReport *
pulling_pull (Pulling *self, ShyService *service, const ShyServiceStream *stream, GError **error)
{
  g_autoptr (ShySecrets) secrets = pulling_keys (self, service);

  return pulling_pull_with (self, service, stream, secrets, error);
}
