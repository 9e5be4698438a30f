/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/describe/shy-service-load-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Reads how requests are signed and what is done about errors. */

#define RETRIES 3

static const char steps[] =
  "call token canonical digest hmac rsa_sign sm2_sign encrypt decrypt";

static const char *const members[] = {
  [SHY_STEP_CALL] = "id! type! when request! layers extract!",
  [SHY_STEP_TOKEN] = "id! type! early_seconds sources! layers extract!",
  [SHY_STEP_CANONICAL] = "id! type! style! params include exclude skip_empty values_only pair join prefix "
                         "suffix value_escape lines omit_last_if_empty headers",
  [SHY_STEP_DIGEST] = "id! type! algorithm! input! input_encoding encoding",
  [SHY_STEP_HMAC] = "id! type! algorithm! input! input_encoding key! key_encoding encoding",
  [SHY_STEP_RSA_SIGN] = "id! type! key! input! hash encoding",
  [SHY_STEP_SM2_SIGN] = "id! type! key! input! hash form encoding",
  [SHY_STEP_ENCRYPT] = "id! type! algorithm! key! key_encoding iv kdf padding form prefix input! "
                       "input_encoding output_encoding",
  [SHY_STEP_DECRYPT] = "id! type! algorithm! key! key_encoding iv kdf padding form prefix input! "
                       "input_encoding output_encoding",
};

static gpointer read_step (ShyServiceReader *reader,
                           const ShyJson    *json);

static void
add_name (ShyServiceReader *reader, const char *id, const char *value)
{
  if (id != NULL)
    g_hash_table_add (reader->names, g_strconcat (id, ".", value, NULL));
}

static void
free_extract (gpointer data)
{
  ShyExtract *self = data;

  g_free (self->name);
  g_clear_pointer (&self->path, shy_path_free);
  g_free (self->header);
  g_clear_pointer (&self->pattern, g_regex_unref);
  g_clear_pointer (&self->expires, shy_path_free);
  g_free (self);
}

static void
free_source (gpointer data)
{
  ShySource *self = data;

  g_free (self->requires);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

void
shy_step_free (ShyStep *self)
{
  g_free (self->id);
  g_clear_pointer (&self->layers, g_ptr_array_unref);
  g_clear_pointer (&self->extracts, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_strfreev (self->include);
  g_strfreev (self->exclude);
  g_free (self);
}

static void
read_extract (ShyServiceReader *reader, const ShyJson *json, ShyStep *step)
{
  ShyExtract    *self;
  const ShyJson *from;

  if (!shy_json_reader_object (&reader->json, json,
                               "path from pattern expires_path expires_unit ttl_seconds"))
    return;
  self = g_new0 (ShyExtract, 1);
  g_ptr_array_add (step->extracts, self);
  self->name = g_strdup (json->name);
  self->path = shy_service_reader_path (reader, json, "path");
  self->pattern = shy_service_reader_pattern (reader, json, "pattern");
  self->expires = shy_service_reader_path (reader, json, "expires_path");
  self->unit = (ShyExpires) shy_json_reader_word (&reader->json, json, "expires_unit",
                                                  "ms s lifetime_ms lifetime_s", 0);
  self->ttl_seconds = shy_json_reader_integer (&reader->json, json, "ttl_seconds", 1, 0);
  from = shy_json_reader_get (&reader->json, json, "from", SHY_JSON_STRING);
  if (from != NULL && g_str_has_prefix (from->text, "header:"))
    self->header = g_ascii_strdown (from->text + strlen ("header:"), -1);
  else if (from != NULL && !g_str_equal (from->text, "text"))
    shy_json_reader_fail (&reader->json, from, SHY_ERROR_INVALID,
                          _("“%s” is none of the words that may stand here: %s."), from->text,
                          "text, header:NAME");
  if (reader->json.error == NULL && (from != NULL) == (self->path != NULL))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("Either “path” or “from” must stand here."));
  add_name (reader, step->id, self->name);
}

static void
read_extracts (ShyServiceReader *reader, const ShyJson *json, ShyStep *step)
{
  const ShyJson *object = shy_json_reader_get (&reader->json, json, "extract", SHY_JSON_OBJECT);

  step->extracts = g_ptr_array_new_with_free_func (free_extract);
  for (guint i = 0; object != NULL && i < object->items->len; i++)
    read_extract (reader, g_ptr_array_index (object->items, i), step);
}

static gpointer
read_source (ShyServiceReader *reader, const ShyJson *json)
{
  ShySource *self;

  if (!shy_json_reader_object (&reader->json, json, "requires steps request!"))
    return NULL;
  self = g_new0 (ShySource, 1);
  self->requires = shy_json_reader_string (&reader->json, json, "requires");
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_step_free);
  shy_service_reader_list (reader, json, "steps", read_step, self->steps);
  self->request = shy_service_reader_request (reader, json, "request");
  return self;
}

static void
read_exchange (ShyServiceReader *reader, const ShyJson *json, ShyStep *self)
{
  self->layers = shy_service_reader_layers (reader, json);
  read_extracts (reader, json, self);
  if (self->kind == SHY_STEP_CALL)
    {
      shy_json_reader_word (&reader->json, json, "when", "per_request", 0);
      self->request = shy_service_reader_request (reader, json, "request");
      return;
    }
  self->early_seconds =
    (guint) shy_json_reader_integer (&reader->json, json, "early_seconds", 0, 60);
  self->sources = g_ptr_array_new_with_free_func (free_source);
  shy_service_reader_list (reader, json, "sources", read_source, self->sources);
  if (reader->json.error == NULL && self->sources->len == 0)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The token has no sources. Add one."));
}

static const char *
get_text (ShyServiceReader *reader, const ShyJson *json, const char *name)
{
  const ShyJson *member = shy_json_reader_get (&reader->json, json, name, SHY_JSON_STRING);

  shy_service_reader_templates (reader, member);
  return member != NULL ? member->text : NULL;
}

static void
read_canonical (ShyServiceReader *reader, const ShyJson *json, ShyStep *self)
{
  self->style = shy_canonical_get_style (
    shy_json_reader_word (&reader->json, json, "style", shy_canonical_get_styles (), 0));
  self->include = shy_json_reader_strings (&reader->json, json, "include");
  self->exclude = shy_json_reader_strings (&reader->json, json, "exclude");
  self->pairs.include = (const char *const *) self->include;
  self->pairs.exclude = (const char *const *) self->exclude;
  self->pairs.skip_empty = shy_json_reader_boolean (&reader->json, json, "skip_empty", FALSE);
  self->pairs.values_only = shy_json_reader_boolean (&reader->json, json, "values_only", FALSE);
  self->pairs.pair = get_text (reader, json, "pair");
  self->pairs.join = get_text (reader, json, "join");
  get_text (reader, json, "prefix");
  get_text (reader, json, "suffix");
  self->pairs.escape = (ShyEscape) shy_json_reader_word (&reader->json, json, "value_escape",
                                                         "none html_quot rfc3986", 0);
  self->omit_last_if_empty =
    shy_json_reader_boolean (&reader->json, json, "omit_last_if_empty", FALSE);
  shy_service_reader_templates (reader, shy_json_reader_get (&reader->json, json, "params",
                                                             SHY_JSON_OBJECT));
  shy_service_reader_templates (reader, shy_json_reader_get (&reader->json, json, "headers",
                                                             SHY_JSON_OBJECT));
  shy_service_reader_templates (reader, shy_json_reader_get (&reader->json, json, "lines",
                                                             SHY_JSON_ARRAY));
  add_name (reader, self->id, "text");
  if (self->style->signs_headers)
    add_name (reader, self->id, "names");
}

/* Reads "hex", "HEX", "base64", or "text" where that may stand; the first is usual. */
static ShyEncoding
read_encoding (ShyServiceReader *reader,
               const ShyJson    *json,
               const char       *name,
               const char       *words,
               gboolean         *is_text)
{
  ShyEncoding    encoding = SHY_ENCODING_HEX;
  const ShyJson *member = shy_json_reader_get (&reader->json, json, name, SHY_JSON_STRING);
  gboolean       text = member == NULL && g_str_has_prefix (words, "text");

  shy_json_reader_word (&reader->json, json, name, words, 0);
  if (member != NULL && g_str_equal (member->text, "text"))
    text = TRUE;
  else if (member != NULL && reader->json.error == NULL)
    shy_encoding_from_name (member->text, &encoding);
  if (is_text != NULL)
    *is_text = text;
  return encoding;
}

static void
read_digest (ShyServiceReader *reader, const ShyJson *json, const char *name, ShyStep *self,
             ShyDigest otherwise)
{
  const ShyJson *member = shy_json_reader_get (&reader->json, json, name, SHY_JSON_STRING);

  self->digest = otherwise;
  shy_json_reader_word (&reader->json, json, name, "md5 sha1 sha256 sha384 sha512 sm3", 0);
  if (member != NULL && reader->json.error == NULL)
    shy_digest_from_name (member->text, &self->digest);
}

static void
read_cipher (ShyServiceReader *reader, const ShyJson *json, ShyStep *self)
{
  const ShyJson *name = shy_json_reader_get (&reader->json, json, "algorithm", SHY_JSON_STRING);

  shy_json_reader_word (&reader->json, json, "algorithm",
                        "aes-128-ecb aes-128-cbc sm4-ecb sm4-cbc sm2", 0);
  shy_json_reader_word (&reader->json, json, "padding", "pkcs7", 0);
  if (reader->json.error != NULL)
    return;
  self->is_sm2 = g_str_equal (name->text, "sm2");
  if (!self->is_sm2)
    shy_cipher_from_name (name->text, &self->cipher);
  self->java_key =
    shy_json_reader_word (&reader->json, json, "kdf", "none java_sha1prng", 0) == 1;
  self->form = shy_json_reader_word (&reader->json, json, "form", "c1c3c2 c1c2c3", 0) == 0
                 ? SHY_KEY_FORM_C1C3C2
                 : SHY_KEY_FORM_C1C2C3;
  self->prefix = shy_json_reader_boolean (&reader->json, json, "prefix", TRUE);
  if (self->kind == SHY_STEP_ENCRYPT)
    {
      self->input_encoding =
        read_encoding (reader, json, "input_encoding", "text hex HEX base64", &self->input_is_text);
      self->encoding = read_encoding (reader, json, "output_encoding", "hex HEX base64", NULL);
      return;
    }
  self->input_encoding = read_encoding (reader, json, "input_encoding", "hex HEX base64", NULL);
  self->encoding =
    read_encoding (reader, json, "output_encoding", "text hex HEX base64", &self->output_is_text);
}

static void
read_computation (ShyServiceReader *reader, const ShyJson *json, ShyStep *self)
{
  get_text (reader, json, "input");
  get_text (reader, json, "iv");
  get_text (reader, json, "key");
  if (self->kind == SHY_STEP_DIGEST || self->kind == SHY_STEP_HMAC)
    {
      read_digest (reader, json, "algorithm", self, SHY_DIGEST_SHA256);
      self->input_encoding =
        read_encoding (reader, json, "input_encoding", "text hex HEX base64", &self->input_is_text);
      self->encoding = read_encoding (reader, json, "encoding", "hex HEX base64", NULL);
    }
  else if (self->kind == SHY_STEP_RSA_SIGN || self->kind == SHY_STEP_SM2_SIGN)
    {
      gboolean is_sm2 = self->kind == SHY_STEP_SM2_SIGN;

      read_digest (reader, json, "hash", self, is_sm2 ? SHY_DIGEST_SM3 : SHY_DIGEST_SHA256);
      self->form = is_sm2 && shy_json_reader_word (&reader->json, json, "form", "der raw", 0) == 1
                     ? SHY_KEY_FORM_RAW
                     : SHY_KEY_FORM_DER;
      self->input_is_text = TRUE;
      self->encoding = shy_json_get (json, "encoding") == NULL
                         ? SHY_ENCODING_BASE64
                         : read_encoding (reader, json, "encoding", "hex HEX base64", NULL);
    }
  else
    read_cipher (reader, json, self);
  self->key_encoding =
    read_encoding (reader, json, "key_encoding", "text hex HEX base64", &self->key_is_text);
  add_name (reader, self->id, "value");
}

static gpointer
read_step (ShyServiceReader *reader, const ShyJson *json)
{
  ShyStep *self;
  int      kind;

  if (!shy_json_reader_is_object (&reader->json, json))
    return NULL;
  kind = shy_json_reader_word (&reader->json, json, "type", steps, -1);
  if (kind < 0)
    {
      shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                            _("The member “%s” is missing. Add it."), "type");
      return NULL;
    }
  if (!shy_json_reader_object (&reader->json, json, members[kind]))
    return NULL;
  self = g_new0 (ShyStep, 1);
  self->kind = (ShyStepKind) kind;
  self->json = json;
  self->id = shy_json_reader_string (&reader->json, json, "id");
  if (self->kind == SHY_STEP_CALL || self->kind == SHY_STEP_TOKEN)
    {
      /* The sources of a token may use what it holds. */
      const ShyJson *extract = shy_json_reader_get (&reader->json, json, "extract",
                                                    SHY_JSON_OBJECT);

      for (guint i = 0; extract != NULL && i < extract->items->len; i++)
        add_name (reader, self->id, ((const ShyJson *) extract->items->pdata[i])->name);
      read_exchange (reader, json, self);
    }
  else if (self->kind == SHY_STEP_CANONICAL)
    read_canonical (reader, json, self);
  else
    read_computation (reader, json, self);
  return self;
}

static void
free_inject (gpointer data)
{
  ShyInject *self = data;

  g_free (self->member);
  g_free (self->name);
  g_free (self);
}

static gboolean
read_into (ShyInject *self, const char *into)
{
  static const char *const words[] = { "header", "query", "form", "json", "cookie", NULL };
  g_auto (GStrv)           parts = g_strsplit (into, ".", 2);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (parts[0], words[i]))
      {
        self->into = (ShyInto) i;
        self->member = g_strdup (parts[1]);
        return parts[1] == NULL || i == SHY_INTO_QUERY || i == SHY_INTO_FORM;
      }
  return FALSE;
}

static gpointer
read_inject (ShyServiceReader *reader, const ShyJson *json)
{
  ShyInject     *self;
  const ShyJson *into;

  if (!shy_json_reader_object (&reader->json, json, "into! name! value!"))
    return NULL;
  self = g_new0 (ShyInject, 1);
  into = shy_json_reader_get (&reader->json, json, "into", SHY_JSON_STRING);
  self->name = shy_json_reader_string (&reader->json, json, "name");
  self->value = get_text (reader, json, "value");
  if (into != NULL && !read_into (self, into->text))
    shy_json_reader_fail (&reader->json, into, SHY_ERROR_INVALID,
                          _("“%s” is none of the words that may stand here: %s."), into->text,
                          "header, query, form, json, cookie, query.X, form.X");
  return self;
}

void
shy_service_reader_auth (ShyServiceReader *reader, const ShyJson *root)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, root, "authenticator",
                                             SHY_JSON_OBJECT);

  if (json == NULL || !shy_json_reader_object (&reader->json, json, "steps inject"))
    return;
  shy_service_reader_list (reader, json, "steps", read_step, reader->service->steps);
  g_ptr_array_set_free_func (reader->service->inject, free_inject);
  shy_service_reader_list (reader, json, "inject", read_inject, reader->service->inject);
}

static void
free_backoff (gpointer data)
{
  g_free (((ShyBackoff *) data)->header);
  g_free (data);
}

static gpointer
read_backoff (ShyServiceReader *reader, const ShyJson *json)
{
  ShyBackoff *self;

  if (!shy_json_reader_object (&reader->json, json, "type! factor jitter seconds header"))
    return NULL;
  self = g_new0 (ShyBackoff, 1);
  self->kind = (ShyBackoffKind) shy_json_reader_word (
    &reader->json, json, "type",
    "ConstantBackoffStrategy ExponentialBackoffStrategy WaitTimeFromHeader", 0);
  self->seconds = shy_service_reader_number (
    reader, json, self->kind == SHY_BACKOFF_CONSTANT ? "seconds" : "factor", 3600, 2);
  self->jitter = shy_service_reader_number (reader, json, "jitter", 1, 0);
  if (self->kind == SHY_BACKOFF_HEADER)
    {
      g_autofree char *header = shy_json_reader_string (&reader->json, json, "header");

      self->header = g_ascii_strdown (header != NULL ? header : "retry-after", -1);
    }
  return self;
}

static void
free_filter (ShyFilter *self)
{
  g_clear_pointer (&self->http_codes, g_array_unref);
  g_clear_pointer (&self->path, shy_path_free);
  g_strfreev (self->in);
  g_strfreev (self->contains);
  g_free (self->content_type);
  g_free (self->message);
  g_free (self);
}

static GArray *
read_codes (ShyServiceReader *reader, const ShyJson *json)
{
  g_auto (GStrv) texts = shy_service_reader_scalars (reader, json, "http_codes");
  GArray        *codes;

  if (texts == NULL)
    return NULL;
  codes = g_array_new (FALSE, FALSE, sizeof (guint));
  for (gsize i = 0; texts[i] != NULL; i++)
    {
      guint code = (guint) g_ascii_strtoull (texts[i], NULL, 10);

      if (code < 100 || code > 599)
        shy_json_reader_fail (&reader->json, shy_json_get (json, "http_codes"), SHY_ERROR_INVALID,
                              _("“%s” is no HTTP status. Write a number from 100 to 599."),
                              texts[i]);
      g_array_append_val (codes, code);
    }
  return codes;
}

static gpointer
read_filter (ShyServiceReader *reader, const ShyJson *json)
{
  ShyFilter *self;

  if (!shy_json_reader_object (&reader->json, json,
                               "http_codes path in error_message_contains content_type action! "
                               "error_message"))
    return NULL;
  self = g_new0 (ShyFilter, 1);
  self->http_codes = read_codes (reader, json);
  self->path = shy_service_reader_path (reader, json, "path");
  self->in = shy_service_reader_scalars (reader, json, "in");
  self->contains = shy_json_reader_strings (&reader->json, json, "error_message_contains");
  self->content_type = shy_json_reader_string (&reader->json, json, "content_type");
  self->action = (ShyAction) shy_json_reader_word (
    &reader->json, json, "action",
    "SUCCESS RETRY FAIL IGNORE RATE_LIMITED REFRESH_AUTH RESIGN STOP_STREAM", 0);
  self->message = shy_json_reader_string (&reader->json, json, "error_message");
  if (reader->json.error == NULL && (self->path != NULL) != (self->in != NULL))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("“path” and “in” stand together or not at all."));
  else if (reader->json.error == NULL && self->http_codes == NULL && self->path == NULL &&
           self->contains == NULL && self->content_type == NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The filter would take every answer. Say which ones it is for."));
  return self;
}

void
shy_service_reader_handler (ShyServiceReader *reader, const ShyJson *root)
{
  ShyErrorHandler *self = &reader->service->handler;
  const ShyJson   *json = shy_json_reader_get (&reader->json, root, "error_handler",
                                               SHY_JSON_OBJECT);

  self->max_retries = RETRIES;
  self->backoffs = g_ptr_array_new_with_free_func (free_backoff);
  self->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) free_filter);
  if (json == NULL ||
      !shy_json_reader_object (&reader->json, json,
                               "max_retries backoff_strategies response_filters"))
    return;
  self->max_retries =
    (guint) shy_json_reader_integer (&reader->json, json, "max_retries", 0, RETRIES);
  shy_service_reader_list (reader, json, "backoff_strategies", read_backoff, self->backoffs);
  shy_service_reader_list (reader, json, "response_filters", read_filter, self->filters);
}
