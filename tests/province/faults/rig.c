/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rig.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* So that no test waits, no proxy of the machine takes part, and a page is a page. */
#define USUAL                                                                                      \
  "{\"transport\":{\"timeout_seconds\":20,\"deadline_seconds\":20,\"requests_per_second\":0,"      \
  "\"max_response_bytes\":4194304,\"allow_insecure_http\":true,\"proxy\":\"none\"},"              \
  "\"error_handler\":{\"max_retries\":2,\"backoff_strategies\":["                                  \
  "{\"type\":\"WaitTimeFromHeader\",\"header\":\"Retry-After\"},"                                  \
  "{\"type\":\"ConstantBackoffStrategy\",\"seconds\":0.001}]}}"

void
rig_set_up (Rig *self, guint64 rows)
{
  g_autoptr (GError) error = NULL;

  self->province = province_new (rows, &error);
  g_assert_no_error (error);
  self->faults = faults_new (self->province);
  rig_start (self);
}

/* Listens as the armed faults say. */
void
rig_start (Rig *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *folder = g_test_build_filename (G_TEST_DIST, "data", "tls", NULL);

  self->server = faulty_server_start (self->faults, 0, folder, &error);
  g_assert_no_error (error);
  g_free (self->base);
  self->base = g_strdup (faulty_server_get_base (self->server));
}

/* Lets @answer answer in the place of the faults. */
void
rig_serve (Rig *self, WireAnswer answer, gpointer data)
{
  g_autoptr (GError) error = NULL;

  rig_stop (self);
  self->other = wire_server_new (answer, data, WIRE_PLAIN, NULL, 0, &error);
  g_assert_no_error (error);
  g_free (self->base);
  self->base = g_strdup_printf ("http://127.0.0.1:%u", wire_server_get_port (self->other));
}

void
rig_stop (Rig *self)
{
  g_clear_pointer (&self->server, faulty_server_stop);
  g_clear_pointer (&self->other, wire_server_free);
}

void
rig_tear_down (Rig *self)
{
  rig_stop (self);
  g_clear_pointer (&self->faults, faults_free);
  g_clear_pointer (&self->province, province_free);
  g_free (self->base);
}

/* Several, with blanks between them. */
void
rig_arm (Rig *self, const char *faults)
{
  g_auto (GStrv) names = g_strsplit (faults, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      faults_add (self->faults, names[i], &error);
      g_assert_no_error (error);
    }
}

/* RFC 7396. */
static void
merge (JsonObject *into, JsonObject *patch)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  json_object_iter_init (&iter, patch);
  while (json_object_iter_next (&iter, &name, &value))
    {
      JsonNode *there = json_object_get_member (into, name);

      if (JSON_NODE_HOLDS_NULL (value))
        json_object_remove_member (into, name);
      else if (JSON_NODE_HOLDS_OBJECT (value) && there != NULL && JSON_NODE_HOLDS_OBJECT (there))
        merge (json_node_get_object (there), json_node_get_object (value));
      else
        json_object_set_member (into, name, json_node_copy (value));
    }
}

/* The member "stream" of a patch is for the first stream. */
static void
apply (JsonObject *root, const char *text)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) patch = json_from_string (text, &error);
  JsonObject          *object;

  g_assert_no_error (error);
  object = json_node_get_object (patch);
  if (json_object_has_member (object, "stream"))
    {
      JsonArray *streams = json_object_get_array_member (root, "streams");

      merge (json_array_get_object_element (streams, 0),
             json_object_get_object_member (object, "stream"));
      json_object_remove_member (object, "stream");
    }
  merge (root, object);
}

/* A description that ships, patched for tests and then by @patch. */
ShyService *
rig_describe (const char *file, const char *patch)
{
  g_autofree char       *path = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services", file, NULL);
  g_autoptr (JsonNode)   root = NULL;
  g_autoptr (GError)     error = NULL;
  g_autofree char       *text = NULL;
  g_autoptr (GBytes)     bytes = NULL;
  ShyService            *service;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  root = json_from_string (text, &error);
  g_assert_no_error (error);
  apply (json_node_get_object (root), USUAL);
  if (patch != NULL)
    apply (json_node_get_object (root), patch);
  g_free (text);
  text = json_to_string (root, FALSE);
  bytes = g_bytes_new (text, strlen (text));
  service = shy_service_new_from_bytes (bytes, file, &error);
  g_assert_no_error (error);
  return service;
}

/* The keys the province expects. */
ShySecrets *
rig_secrets (ShyService *service)
{
  ShySecrets *secrets = shy_secrets_new ();

  for (guint i = 0; i < shy_service_get_n_configs (service); i++)
    {
      const char *name = shy_service_get_config (service, i)->name;

      shy_secrets_set (secrets, name, province_get_key (shy_service_get_id (service), name));
    }
  return secrets;
}

static gboolean
begin_cb (gboolean resumed, gpointer data, GError **error)
{
  Heap *self = data;

  if (self->rows == NULL)
    self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!resumed)
    g_hash_table_remove_all (self->rows);
  self->begun++;
  return TRUE;
}

static gboolean
page_cb (GPtrArray *rows, ShyPullState *state, ShyPullReport *so_far, gpointer data, GError **error)
{
  Heap *self = data;

  for (guint i = 0; i < rows->len; i++)
    {
      const ShyServiceRow *row = g_ptr_array_index (rows, i);
      GString             *text;

      if (row->rejected != NULL)
        continue;
      text = g_string_new (NULL);
      for (guint j = 0; j < shy_service_stream_get_n_fields (self->stream); j++)
        g_string_append_printf (text, "|%s", row->values[j] != NULL ? row->values[j] : "NULL");
      g_hash_table_replace (self->rows, g_strdup (row->key), g_string_free (text, FALSE));
    }
  self->pages++;
  if (self->paged != NULL)
    self->paged (self->paged_data);
  return TRUE;
}

static gboolean
again_cb (gpointer data, GError **error)
{
  g_hash_table_remove_all (((Heap *) data)->rows);
  return TRUE;
}

static gboolean
end_cb (ShyPullReport *report, ShyPullState *state, gpointer data, GError **error)
{
  Heap *self = data;

  self->ended++;
  self->complete = report->complete;
  g_free (self->reason);
  self->reason = g_strdup (report->reason);
  return TRUE;
}

/* Pulls the first stream from @base. */
ShyPullReport *
rig_pull_at (const char *base, ShyService *service, ShyPullState *state, Heap *heap,
             GCancellable *cancellable, GError **error)
{
  static const ShyPullSink sink = { begin_cb, page_cb, end_cb, NULL, again_cb };
  g_autoptr (ShySecrets)   secrets = rig_secrets (service);
  g_autoptr (ShyPull)      pull = NULL;

  heap->stream = shy_service_get_stream (service, 0);
  pull = shy_pull_new (service, heap->stream, secrets, state);
  shy_pull_set_url_base (pull, base);
  return shy_pull_run (pull, &sink, heap, cancellable, error);
}

ShyPullReport *
rig_pull (Rig *self, ShyService *service, ShyPullState *state, Heap *heap, GCancellable *cancellable,
          GError **error)
{
  return rig_pull_at (self->base, service, state, heap, cancellable, error);
}

void
heap_clear (Heap *self)
{
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->reason, g_free);
}

/* Fails with a row that is not the same in both. */
void
heap_assert_same (Heap *self, Heap *expected)
{
  GHashTableIter iter;
  gpointer       key;
  gpointer       row;

  g_assert_cmpuint (g_hash_table_size (self->rows), ==, g_hash_table_size (expected->rows));
  g_hash_table_iter_init (&iter, expected->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    g_assert_cmpstr (g_hash_table_lookup (self->rows, key), ==, row);
}

void
assert_says (const char *text, const char *part)
{
  if (text == NULL || strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}
