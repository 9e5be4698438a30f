/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/describe/shy-service-load-private.h"

#include "crypto/shy-pin-private.h"
#include "service/describe/shy-address-private.h"
#include "service/describe/shy-template-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The newest form of descriptions that this program reads. */
#define FORMAT "1"

#define MEMBERS                                                                                    \
  "wsd! id! title! about audience protocol doc_url licence config transport requester! "             \
  "authenticator error_handler streams lookups"

/* What is usual where a description says nothing. */
#define TIMEOUT_SECONDS 30
#define DEADLINE_SECONDS 120
#define CONCURRENCY_MOST 8
#define RESPONSE_BYTES (32 * 1024 * 1024)
#define RESPONSE_BYTES_MOST (256 * 1024 * 1024)

void
shy_service_reader_list (ShyServiceReader   *reader,
                         const ShyJson      *object,
                         const char         *name,
                         ShyServiceReadFunc  read,
                         GPtrArray          *into)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_ARRAY);

  for (guint i = 0; json != NULL && i < json->items->len && reader->json.error == NULL; i++)
    {
      gpointer item = read (reader, g_ptr_array_index (json->items, i));

      if (item != NULL)
        g_ptr_array_add (into, item);
    }
}

static ShyPath *
read_path (ShyServiceReader *reader, const ShyJson *json)
{
  g_autoptr (GError) error = NULL;
  ShyPath           *path;

  if (!shy_json_reader_expect (&reader->json, json, SHY_JSON_STRING))
    return NULL;
  path = shy_path_new (json->text, &error);
  if (path == NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID, "%s", error->message);
  return path;
}

ShyPath *
shy_service_reader_path (ShyServiceReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_STRING);

  return json != NULL ? read_path (reader, json) : NULL;
}

GPtrArray *
shy_service_reader_paths (ShyServiceReader *reader, const ShyJson *object, const char *name)
{
  GPtrArray     *paths = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_path_free);
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_ARRAY);

  for (guint i = 0; json != NULL && i < json->items->len && reader->json.error == NULL; i++)
    {
      ShyPath *path = read_path (reader, g_ptr_array_index (json->items, i));

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  return paths;
}

/* Reads a list of texts, numbers and booleans, as text. */
char **
shy_service_reader_scalars (ShyServiceReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_ARRAY);
  char         **values;

  if (json == NULL)
    return NULL;
  values = g_new0 (char *, json->items->len + 1);
  for (guint i = 0; i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);

      if (item->text != NULL)
        values[i] = g_strdup (item->text);
      else if (item->kind == SHY_JSON_TRUE || item->kind == SHY_JSON_FALSE)
        values[i] = g_strdup (item->kind == SHY_JSON_TRUE ? "true" : "false");
      else
        {
          shy_json_reader_fail (&reader->json, item, SHY_ERROR_INVALID,
                                _("A text, a number, true or false must stand here."));
          break;
        }
    }
  return values;
}

/* Reads a number from 0 to @most. */
double
shy_service_reader_number (ShyServiceReader *reader,
                           const ShyJson    *object,
                           const char       *name,
                           double            most,
                           double            otherwise)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_NUMBER);
  double         value;

  if (json == NULL)
    return otherwise;
  value = g_ascii_strtod (json->text, NULL);
  if (value >= 0 && value <= most)
    return value;
  shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                        _("%s is not between 0 and %g. Correct it."), json->text, most);
  return otherwise;
}

GRegex *
shy_service_reader_pattern (ShyServiceReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson     *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_STRING);
  g_autoptr (GError) error = NULL;
  GRegex            *regex;

  if (json == NULL)
    return NULL;
  regex = g_regex_new (json->text, G_REGEX_OPTIMIZE, 0, &error);
  if (regex == NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("“%s” is no regular expression: %s"), json->text, error->message);
  return regex;
}

ShySuccess *
shy_service_reader_success (ShyServiceReader *reader, const ShyJson *json)
{
  ShySuccess    *self;
  const ShyJson *any;

  if (json == NULL || !shy_json_reader_object (&reader->json, json, "path in exists any"))
    return NULL;
  self = g_new0 (ShySuccess, 1);
  self->path = shy_service_reader_path (reader, json, "path");
  self->in = shy_service_reader_scalars (reader, json, "in");
  self->exists = shy_json_reader_boolean (&reader->json, json, "exists", TRUE);
  any = shy_json_reader_get (&reader->json, json, "any", SHY_JSON_ARRAY);
  if ((any != NULL) == (self->path != NULL))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("Either “path” or “any” must stand here."));
  else if (self->path != NULL && (self->in != NULL) == (shy_json_get (json, "exists") != NULL))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("Beside “path” either “in” or “exists” must stand."));
  if (any == NULL)
    return self;
  self->any = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_success_free);
  for (guint i = 0; i < any->items->len && reader->json.error == NULL; i++)
    {
      ShySuccess *one = shy_service_reader_success (reader, g_ptr_array_index (any->items, i));

      if (one != NULL)
        g_ptr_array_add (self->any, one);
    }
  return self;
}

static gpointer
read_layer (ShyServiceReader *reader, const ShyJson *json)
{
  ShyLayer *self;

  if (!shy_json_reader_object (&reader->json, json, "optional success message descend"))
    return NULL;
  self = g_new0 (ShyLayer, 1);
  self->optional = shy_json_reader_boolean (&reader->json, json, "optional", FALSE);
  self->success = shy_service_reader_success (
    reader, shy_json_reader_get (&reader->json, json, "success", SHY_JSON_OBJECT));
  self->message = shy_service_reader_paths (reader, json, "message");
  self->descend = shy_service_reader_paths (reader, json, "descend");
  return self;
}

GPtrArray *
shy_service_reader_layers (ShyServiceReader *reader, const ShyJson *object)
{
  GPtrArray *layers = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_layer_free);

  shy_service_reader_list (reader, object, "layers", read_layer, layers);
  return layers;
}

static gboolean
is_known (const char *name, gpointer data)
{
  static const char *const fixed[] = {
    "now.ms",           "now.s",          "now.iso8",       "now.yyyymmddhhmmss", "nonce.uuid",
    "nonce.hex",        "nonce.ms4",      "page.number",    "page.size",          "page.offset",
    "page.row_first",   "page.row_last",  "page.cursor",    "window.start",       "window.end",
    "request.method",   "request.path",   "request.url",    "request.body",
    "request.body_md5_b64", NULL,
  };
  ShyServiceReader *reader = data;

  if (reader->late != NULL && g_str_has_prefix (name, "request."))
    return FALSE;
  return g_strv_contains (fixed, name) || g_hash_table_contains (reader->names, name) ||
         g_str_has_prefix (name, "request.form.") || g_str_has_prefix (name, "request.query.") ||
         g_str_has_prefix (name, "request.header.");
}

static gboolean
is_known_or_late (const char *name, gpointer data)
{
  ShyServiceReader *reader = data;

  return is_known (name, data) ||
         (reader->late != NULL && (g_hash_table_contains (reader->late, name) ||
                                   g_str_has_prefix (name, "request.")));
}

/* From here on a request is described that has no signature yet. */
static void
leave_authenticator (ShyServiceReader *reader)
{
  GHashTableIter iter;
  gpointer       name;

  reader->late = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, reader->names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_str_has_prefix (name, "config."))
      {
        g_hash_table_iter_steal (&iter);
        g_hash_table_add (reader->late, name);
      }
}

/* Checks every template in a value, however deep. */
void
shy_service_reader_templates (ShyServiceReader *reader, const ShyJson *json)
{
  g_autoptr (GError) error = NULL;

  if (json == NULL || reader->json.error != NULL)
    return;
  if (json->kind == SHY_JSON_STRING && !shy_template_check (json->text, is_known, reader, &error))
    {
      if (shy_template_check (json->text, is_known_or_late, reader, NULL))
        shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                              _("What the steps of “authenticator” give is not known here yet: they "
                                "sign a request that stands. Put it in by “inject”."));
      else
        shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID, "%s", error->message);
    }
  for (guint i = 0; json->items != NULL && i < json->items->len; i++)
    shy_service_reader_templates (reader, g_ptr_array_index (json->items, i));
}

/* What goes into a header or a cookie is one line: whoever breaks it writes headers of his own. */
static void
check_pairs (ShyServiceReader *reader, const ShyJson *request, const char *name)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, request, name, SHY_JSON_OBJECT);
  gboolean       lines = g_str_equal (name, "request_parameters");

  shy_service_reader_templates (reader, json);
  for (guint i = 0; !lines && json != NULL && i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);

      if (strpbrk (item->name, "\r\n") != NULL
          || (item->kind == SHY_JSON_STRING && strpbrk (item->text, "\r\n") != NULL))
        shy_json_reader_fail (&reader->json, item, SHY_ERROR_INVALID,
                              _("There is a line break in it. Write it on one line."));
    }
}

/* Where keys go is to be known before they are read: no secret says it, and no answer. */
static gboolean
is_known_in_base (const char *name, gpointer data)
{
  ShyServiceReader *reader = data;

  for (guint i = 0; i < reader->service->configs->len; i++)
    {
      const ShyServiceConfig *config = g_ptr_array_index (reader->service->configs, i);

      if (g_str_has_prefix (name, "config.") &&
          g_strcmp0 (config->name, name + strlen ("config.")) == 0)
        return !config->secret;
    }
  return FALSE;
}

/* Checks what stands there already; what the bureau configures is checked when a request is made. */
static void
check_address (ShyServiceReader *reader, const ShyJson *request)
{
  const ShyJson     *base = shy_json_reader_get (&reader->json, request, "url_base", SHY_JSON_STRING);
  const ShyJson     *path = shy_json_reader_get (&reader->json, request, "path", SHY_JSON_STRING);
  g_autoptr (GError) error = NULL;

  if (base != NULL && !shy_template_check (base->text, is_known_in_base, reader, NULL))
    shy_json_reader_fail (&reader->json, base, SHY_ERROR_INVALID,
                          _("The address may only be made of values of “config” that are no "
                            "secrets. Write it so."));
  else if (base != NULL && !g_str_has_prefix (base->text, "{{")
      && !shy_address_check_base (base->text, &error))
    shy_json_reader_fail (&reader->json, base, SHY_ERROR_INVALID, "%s", error->message);
  g_clear_error (&error);
  if (path != NULL && !g_str_has_prefix (path->text, "{{")
      && !shy_address_check_path (path->text, &error))
    shy_json_reader_fail (&reader->json, path, SHY_ERROR_INVALID, "%s", error->message);
}

/* Checks a request, or what a stream or a step changes in one. */
const ShyJson *
shy_service_reader_request (ShyServiceReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_OBJECT);
  const ShyJson *body;

  if (json == NULL ||
      !shy_json_reader_object (&reader->json, json,
                               "url_base path http_method allow_insecure_http request_headers "
                               "request_parameters request_cookies request_body"))
    return NULL;
  shy_service_reader_templates (reader, shy_json_reader_get (&reader->json, json, "path",
                                                             SHY_JSON_STRING));
  check_address (reader, json);
  shy_json_reader_word (&reader->json, json, "http_method", "GET POST PUT", 0);
  if (shy_json_reader_boolean (&reader->json, json, "allow_insecure_http", FALSE))
    reader->service->transport.allow_insecure_http = TRUE;
  check_pairs (reader, json, "request_headers");
  check_pairs (reader, json, "request_parameters");
  check_pairs (reader, json, "request_cookies");
  body = shy_json_reader_get (&reader->json, json, "request_body", SHY_JSON_OBJECT);
  if (body != NULL && shy_json_reader_object (&reader->json, body, "type value content_type"))
    {
      shy_json_reader_word (&reader->json, body, "type", "form json text", 0);
      shy_json_reader_get (&reader->json, body, "content_type", SHY_JSON_STRING);
      shy_service_reader_templates (reader, shy_json_get (body, "value"));
    }
  return json;
}

static gpointer
read_config (ShyServiceReader *reader, const ShyJson *json)
{
  ShyServiceConfig *self;
  const ShyJson    *otherwise;

  if (!shy_json_reader_object (&reader->json, json, "name! title! secret required default"))
    return NULL;
  self = g_new0 (ShyServiceConfig, 1);
  self->name = shy_json_get (json, "name")->text;
  self->title = shy_json_get (json, "title")->text;
  self->secret = shy_json_reader_boolean (&reader->json, json, "secret", FALSE);
  self->required = shy_json_reader_boolean (&reader->json, json, "required", TRUE);
  otherwise = shy_json_reader_get (&reader->json, json, "default", SHY_JSON_STRING);
  self->otherwise = otherwise != NULL ? otherwise->text : NULL;
  if (self->secret && otherwise != NULL && *otherwise->text != '\0')
    shy_json_reader_fail (&reader->json, otherwise, SHY_ERROR_INVALID,
                          _("A secret must not stand in a description. Remove it; each bureau "
                            "enters its own."));
  if (self->name != NULL)
    g_hash_table_add (reader->names, g_strconcat ("config.", self->name, NULL));
  return self;
}

static void
read_tls (ShyServiceReader *reader, const ShyJson *transport)
{
  ShyTransportOptions *options = &reader->service->transport;
  const ShyJson       *tls = shy_json_reader_get (&reader->json, transport, "tls", SHY_JSON_OBJECT);

  if (tls == NULL || !shy_json_reader_object (&reader->json, tls, "ca_file pin_sha256"))
    return;
  options->ca_file = shy_json_reader_string (&reader->json, tls, "ca_file");
  options->pin_sha256 = shy_json_reader_string (&reader->json, tls, "pin_sha256");
  if (options->pin_sha256 != NULL && !shy_pin_is_valid (options->pin_sha256))
    shy_json_reader_fail (&reader->json, shy_json_get (tls, "pin_sha256"), SHY_ERROR_INVALID,
                          _("“%s” is no SHA-256: 64 hexadecimal digits or 44 of Base64."),
                          options->pin_sha256);
}

static void
read_transport (ShyServiceReader *reader, const ShyJson *root)
{
  static const ShyCharset charsets[] = { SHY_CHARSET_AUTO, SHY_CHARSET_UTF_8, SHY_CHARSET_GB18030 };
  ShyTransportOptions    *options = &reader->service->transport;
  ShyJsonReader          *json = &reader->json;
  const ShyJson *transport = shy_json_reader_get (json, root, "transport", SHY_JSON_OBJECT);

  options->max_concurrency = 1;
  options->timeout_seconds = TIMEOUT_SECONDS;
  options->deadline_seconds = DEADLINE_SECONDS;
  options->max_response_bytes = RESPONSE_BYTES;
  options->cookies = options->http1_only = TRUE;
  if (transport == NULL ||
      !shy_json_reader_object (json, transport,
                               "timeout_seconds deadline_seconds requests_per_second "
                               "max_concurrency cookies http1_only max_response_bytes "
                               "follow_redirects user_agent charset proxy tls allow_insecure_http"))
    return;
  options->timeout_seconds =
    (guint) shy_json_reader_integer (json, transport, "timeout_seconds", 1, TIMEOUT_SECONDS);
  options->deadline_seconds =
    (guint) shy_json_reader_integer (json, transport, "deadline_seconds", 1, DEADLINE_SECONDS);
  options->requests_per_second =
    shy_service_reader_number (reader, transport, "requests_per_second", 1000, 0);
  options->max_concurrency =
    (guint) MIN (shy_json_reader_integer (json, transport, "max_concurrency", 1, 1),
                 CONCURRENCY_MOST);
  options->cookies = shy_json_reader_boolean (json, transport, "cookies", TRUE);
  options->http1_only = shy_json_reader_boolean (json, transport, "http1_only", TRUE);
  options->max_response_bytes = (gsize) shy_service_reader_number (
    reader, transport, "max_response_bytes", RESPONSE_BYTES_MOST, RESPONSE_BYTES);
  options->same_host_redirects =
    shy_json_reader_word (json, transport, "follow_redirects", "never same_host_get", 0) == 1;
  options->user_agent = shy_json_reader_string (json, transport, "user_agent");
  reader->service->charset =
    charsets[shy_json_reader_word (json, transport, "charset", "auto utf-8 gb18030", 0)];
  options->proxy = shy_json_reader_string (json, transport, "proxy");
  options->allow_insecure_http =
    shy_json_reader_boolean (json, transport, "allow_insecure_http", FALSE);
  read_tls (reader, transport);
}

static gboolean
check_format (ShyServiceReader *reader, const ShyJson *root)
{
  const ShyJson *format;

  if (!shy_json_reader_is_object (&reader->json, root))
    return FALSE;
  format = shy_json_reader_get (&reader->json, root, "wsd", SHY_JSON_NUMBER);
  if (format != NULL && !g_str_equal (format->text, FORMAT))
    shy_json_reader_fail (&reader->json, format, SHY_ERROR_UNSUPPORTED,
                          _("This program reads wsd %s. Update the program, or use a description "
                            "made for it."), FORMAT);
  return shy_json_reader_object (&reader->json, root, MEMBERS);
}

static void
check_id (ShyServiceReader *reader, const ShyJson *root)
{
  const char *id = reader->service->id;

  if (id != NULL && (strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (id) ||
                     strlen (id) > 64 || *id == '-'))
    shy_json_reader_fail (&reader->json, shy_json_get (root, "id"), SHY_ERROR_INVALID,
                          _("“%s” is no id. Use small letters, digits and “-”."), id);
}

static void
check_requester (ShyServiceReader *reader, const ShyJson *root)
{
  ShyService    *self = reader->service;
  const ShyJson *json;

  self->requester = shy_service_reader_request (reader, root, "requester");
  json = self->requester != NULL ? shy_json_get (self->requester, "url_base") : NULL;
  if (self->requester == NULL || reader->json.error != NULL)
    return;
  if (json == NULL)
    shy_json_reader_fail (&reader->json, self->requester, SHY_ERROR_INVALID,
                          _("The member “%s” is missing. Add it."), "url_base");
  else if (g_str_has_prefix (json->text, "http://") && !self->transport.allow_insecure_http)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("Everybody on the way can read what goes over http. Write https, or "
                            "“allow_insecure_http”: true where there is no other way."));
}

/* A service is of use for rows or for answers; an empty list is a slip. */
static void
check_contents (ShyServiceReader *reader, const ShyJson *root)
{
  const ShyJson *streams = shy_json_get (root, "streams");
  const ShyJson *lookups = shy_json_get (root, "lookups");

  if (reader->json.error != NULL)
    return;
  if (streams == NULL && lookups == NULL)
    shy_json_reader_fail (&reader->json, root, SHY_ERROR_INVALID,
                          _("The service has neither “streams” nor “lookups”. Add one."));
  else if (streams != NULL && reader->service->streams->len == 0)
    shy_json_reader_fail (&reader->json, streams, SHY_ERROR_INVALID,
                          _("The service has no streams. Add one."));
  else if (lookups != NULL && reader->service->lookups->len == 0)
    shy_json_reader_fail (&reader->json, lookups, SHY_ERROR_INVALID,
                          _("The service has no look-ups. Add one, or remove “lookups”."));
}

/* Reads the description that @service holds as JSON. Sets @line to that of what is wrong, 0 for the
 * description as a whole. */
gboolean
shy_service_load (ShyService *service, guint *line, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ShyServiceReader       reader = { .json = { .file = service->file }, service, names };
  const ShyJson         *root = shy_json_document_get_root (service->json);

  if (check_format (&reader, root))
    {
      service->id = shy_json_reader_string (&reader.json, root, "id");
      service->title = shy_json_reader_string (&reader.json, root, "title");
      service->about = shy_json_reader_string (&reader.json, root, "about");
      service->audience = shy_json_reader_string (&reader.json, root, "audience");
      service->protocol = shy_json_reader_string (&reader.json, root, "protocol");
      service->doc_url = shy_json_reader_string (&reader.json, root, "doc_url");
      service->licence = shy_json_reader_string (&reader.json, root, "licence");
      check_id (&reader, root);
      shy_service_reader_list (&reader, root, "config", read_config, service->configs);
      shy_json_reader_unique (&reader.json, root, "config", "name");
      read_transport (&reader, root);
      shy_service_reader_auth (&reader, root);
      leave_authenticator (&reader);
      check_requester (&reader, root);
      shy_service_reader_handler (&reader, root);
      shy_service_reader_list (&reader, root, "streams", shy_service_reader_stream,
                               service->streams);
      shy_json_reader_unique (&reader.json, root, "streams", "name");
      shy_service_reader_list (&reader, root, "lookups", shy_service_reader_lookup,
                               service->lookups);
      shy_json_reader_unique (&reader.json, root, "lookups", "name");
      check_contents (&reader, root);
    }
  g_clear_pointer (&reader.late, g_hash_table_unref);
  *line = reader.json.line;
  if (reader.json.error == NULL)
    return TRUE;
  g_propagate_error (error, reader.json.error);
  return FALSE;
}
