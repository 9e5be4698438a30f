/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rig.h"

#include "service/describe/shy-service-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* A recorded exchange of each shipped description (tests/data/services/recorded): what it asks is
 * the same to the byte, and what it makes of the answers too. The answers are the province's. With
 * SHANYE_RECORD=1 they are recorded anew; look at what changed before you commit it. */

#define ROWS 3

/* Says it all: 2025-01-01 08:00:00 +08:00. */
static ShyMoment moment = {
  .ms = 1735689600000,
  .uuid = (char *) "6b2f0c1e-0000-4000-8000-000000000001",
  .hex = (char *) "19418a5ec00-abc123",
  .ms4 = (char *) "17356896000001234",
};

typedef struct
{
  const char *file;      /* of the description */
  Rig         rig;
  gboolean    recording;
  JsonArray  *exchanges; /* of the record */
  JsonArray  *rows;      /* that came */
  GHashTable *used;      /* exchanges that were asked for */
  GString    *strange;   /* requests that were not recorded */
  const ShyServiceStream *stream;
} Tape;

/* What HTTP itself needs is another each time, or another with each libsoup. */
static gboolean
is_plumbing (const char *header)
{
  static const char *const names[] = { "host", "connection", "accept-encoding", "user-agent",
                                       "content-length", NULL };
  g_autofree char *name = g_ascii_strdown (header, -1);

  return g_strv_contains (names, name);
}

static char *
write_request (const WireRequest *request)
{
  g_autofree char *body = wire_request_dup_text (request);
  GString         *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s\n", request->method, request->target);
  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    if (!is_plumbing (request->headers->pdata[i]))
      g_string_append_printf (text, "%s: %s\n", (char *) request->headers->pdata[i],
                              (char *) request->headers->pdata[i + 1]);
  g_string_append_printf (text, "\n%s", body);
  return g_string_free (text, FALSE);
}

static const char *
find_type (const WireReply *reply)
{
  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    if (g_ascii_strcasecmp (reply->headers->pdata[i], "content-type") == 0)
      return reply->headers->pdata[i + 1];
  return "";
}

static WireReply *
record (Tape *self, const WireRequest *request, const char *text)
{
  WireReply       *reply;
  g_autofree char *body = NULL;
  JsonObject      *exchange = json_object_new ();
  gsize            size;
  const char      *bytes;

  province_forget_nonces (self->rig.province);
  reply = faults_answer (request, self->rig.faults);
  bytes = g_bytes_get_data (reply->body, &size);
  body = g_strndup (bytes, size);
  g_assert_true (g_utf8_validate (body, -1, NULL));
  json_object_set_string_member (exchange, "request", text);
  json_object_set_string_member (exchange, "type", find_type (reply));
  json_object_set_string_member (exchange, "reply", body);
  json_array_add_object_element (self->exchanges, exchange);
  return reply;
}

/* Pages may be asked for ahead, so any order will do; but each exchange is used once. */
static WireReply *
replay (Tape *self, const char *text)
{
  for (guint i = 0; i < json_array_get_length (self->exchanges); i++)
    {
      JsonObject *exchange = json_array_get_object_element (self->exchanges, i);

      if (g_str_equal (json_object_get_string_member (exchange, "request"), text) &&
          g_hash_table_add (self->used, exchange))
        return wire_reply_new (200, json_object_get_string_member (exchange, "type"),
                               json_object_get_string_member (exchange, "reply"));
    }
  g_string_append_printf (self->strange, "%s\n--\n", text);
  return wire_reply_new (400, "text/plain", "not recorded");
}

static WireReply *
answer_cb (const WireRequest *request, gpointer data)
{
  Tape            *self = data;
  g_autofree char *text = write_request (request);

  return self->recording ? record (self, request, text) : replay (self, text);
}

static ShyService *
load (const char *file)
{
  g_autofree char   *path = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services", file, NULL);
  g_autoptr (GError) error = NULL;
  ShyService        *service = shy_service_new_from_file (path, &error);

  g_assert_no_error (error);
  service->transport.requests_per_second = 0;
  return service;
}

/* Look-ups have tests of their own, and so have signed updates (tests/core/update). */
static gboolean
has_streams (const char *file)
{
  g_autoptr (ShyService) service = load (file);

  return shy_service_get_n_streams (service) > 0 && !g_str_equal (file, "hmac-updates.json");
}

static gboolean
page_cb (GPtrArray *rows, ShyPullState *state, ShyPullReport *so_far, gpointer data, GError **error)
{
  Tape *self = data;

  for (guint i = 0; i < rows->len; i++)
    {
      const ShyServiceRow *row = g_ptr_array_index (rows, i);
      JsonObject          *object = json_object_new ();

      g_assert_cmpstr (row->rejected, ==, NULL);
      for (guint j = 0; j < shy_service_stream_get_n_fields (self->stream); j++)
        if (row->values[j] != NULL)
          json_object_set_string_member (object,
                                         shy_service_stream_get_field (self->stream, j)->name,
                                         row->values[j]);
      json_array_add_object_element (self->rows, object);
    }
  return TRUE;
}

/* Pulls the first stream once, at the fixed moment. */
static void
pull (Tape *self)
{
  static const ShyPullSink  sink = { .page = page_cb };
  g_autoptr (ShyService)    service = load (self->file);
  g_autoptr (ShySecrets)    secrets = rig_secrets (service);
  g_autoptr (ShyPullState)  state = shy_pull_state_new ();
  g_autoptr (ShyPull)       pull = NULL;
  g_autoptr (ShyPullReport) report = NULL;
  g_autoptr (GError)        error = NULL;

  /* Where a description asks for the address, it is the rig's. */
  shy_secrets_set (secrets, "base", self->rig.base);
  self->stream = shy_service_get_stream (service, 0);
  pull = shy_pull_new (service, self->stream, secrets, state);
  pull->fixed = &moment;
  shy_pull_set_url_base (pull, self->rig.base);
  report = shy_pull_run (pull, &sink, self, NULL, &error);
  if (self->strange->len > 0)
    g_error ("this was asked, and is not in the record:\n%s", self->strange->str);
  g_assert_no_error (error);
  g_assert_cmpuint (report->rows, >, 0);
}

static char *
build_path (Tape *self)
{
  return g_test_build_filename (G_TEST_DIST, "data", "services", "recorded", self->file, NULL);
}

static void
write_record (Tape *self)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode)      root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject)    object = json_object_new ();
  g_autofree char          *path = build_path (self);
  g_autoptr (GError)        error = NULL;

  json_object_set_array_member (object, "exchanges", json_array_ref (self->exchanges));
  json_object_set_array_member (object, "rows", json_array_ref (self->rows));
  json_node_set_object (root, object);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 1);
  json_generator_to_file (generator, path, &error);
  g_assert_no_error (error);
}

static void
assert_same_rows (JsonArray *recorded, JsonArray *rows)
{
  g_autoptr (JsonNode) one = json_node_init_array (json_node_alloc (), recorded);
  g_autoptr (JsonNode) other = json_node_init_array (json_node_alloc (), rows);
  g_autofree char     *expected = json_to_string (one, TRUE);
  g_autofree char     *got = json_to_string (other, TRUE);

  g_assert_cmpstr (got, ==, expected);
}

static void
compare_with_record (Tape *self)
{
  g_autofree char       *path = build_path (self);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError)     error = NULL;
  JsonObject            *object;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  json_array_unref (self->exchanges);
  self->exchanges = json_array_ref (json_object_get_array_member (object, "exchanges"));
  pull (self);
  assert_same_rows (json_object_get_array_member (object, "rows"), self->rows);
  g_assert_cmpuint (g_hash_table_size (self->used), ==, json_array_get_length (self->exchanges));
}

static void
test_record (gconstpointer file)
{
  Tape self = { .file = file };

  self.recording = g_getenv ("SHANYE_RECORD") != NULL;
  self.exchanges = json_array_new ();
  self.rows = json_array_new ();
  self.used = g_hash_table_new (NULL, NULL);
  self.strange = g_string_new (NULL);
  rig_set_up (&self.rig, ROWS);
  province_set_clock_offset (self.rig.province, (moment.ms - g_get_real_time () / 1000) / 1000);
  rig_serve (&self.rig, answer_cb, &self);
  if (self.recording)
    {
      pull (&self);
      write_record (&self);
    }
  else
    compare_with_record (&self);
  rig_tear_down (&self.rig);
  json_array_unref (self.exchanges);
  json_array_unref (self.rows);
  g_hash_table_unref (self.used);
  g_string_free (self.strange, TRUE);
}

int
main (int argc, char **argv)
{
  g_autofree char      *folder = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services", NULL);
  g_autoptr (GDir)      dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char           *name;

  g_test_init (&argc, &argv, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/recorded/", name, NULL);

      if (!g_str_has_suffix (name, ".json") || g_str_has_suffix (name, ".schema.json") ||
          !has_streams (name))
        continue;
      g_ptr_array_add (names, g_strdup (name));
      g_test_add_data_func (test, g_ptr_array_index (names, names->len - 1), test_record);
    }
  g_assert_cmpuint (names->len, >=, 13);
  return g_test_run ();
}
