/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-draft-private.h"

#include "json/shy-json-document-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A request between its description and the wire. What is signed is what is sent: both come from
 * here. */

void
shy_pairs_init (ShyPairs *self)
{
  self->pairs = g_array_new (FALSE, FALSE, sizeof (ShyPair));
  self->texts = g_string_chunk_new (512);
}

void
shy_pairs_clear (ShyPairs *self)
{
  g_clear_pointer (&self->pairs, g_array_unref);
  g_clear_pointer (&self->texts, g_string_chunk_free);
}

static void
add_pair (ShyPairs *self, const char *name, const ShyJson *value)
{
  g_autofree char *text = shy_value_text (value);
  ShyPair          pair = { g_string_chunk_insert (self->texts, name),
                            g_string_chunk_insert (self->texts, text) };

  g_array_append_val (self->pairs, pair);
}

/* Adds the members of an object; a list repeats its name. */
void
shy_draft_pairs (const ShyJson *object, ShyPairs *into)
{
  for (guint i = 0; object != NULL && object->items != NULL && i < object->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (object->items, i);

      if (item->kind != SHY_JSON_ARRAY)
        add_pair (into, item->name, item);
      for (guint j = 0; item->kind == SHY_JSON_ARRAY && j < item->items->len; j++)
        add_pair (into, item->name, g_ptr_array_index (item->items, j));
    }
}

/* name=value&name=value, escaped by RFC 3986. */
static char *
encode_pairs (const ShyJson *object)
{
  g_auto (ShyPairs)   pairs = { NULL };
  g_autoptr (GString) text = g_string_new (NULL);

  shy_pairs_init (&pairs);
  shy_draft_pairs (object, &pairs);
  for (guint i = 0; i < pairs.pairs->len; i++)
    {
      const ShyPair *pair = &g_array_index (pairs.pairs, ShyPair, i);

      if (i > 0)
        g_string_append_c (text, '&');
      g_string_append_uri_escaped (text, pair->name, NULL, FALSE);
      g_string_append_c (text, '=');
      g_string_append_uri_escaped (text, pair->value, NULL, FALSE);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
take_text (ShyRequestScope *scope, const ShyJson *request, const char *name, const char *otherwise,
           char **into, GError **error)
{
  const ShyJson *json = shy_json_get (request, name);

  *into = json != NULL && json->kind == SHY_JSON_STRING
            ? shy_request_scope_expand (scope, json->text, error)
            : g_strdup (otherwise);
  return *into != NULL;
}

static ShyJson *
take_object (ShyDraft *self, ShyRequestScope *scope, const ShyJson *request, const char *name,
             GError **error)
{
  const ShyJson *json = shy_json_get (request, name);

  return json != NULL && json->kind == SHY_JSON_OBJECT
           ? shy_value_evaluate (scope, self->document, json, error)
           : shy_json_document_add (self->document, SHY_JSON_OBJECT);
}

static gboolean
take_body (ShyDraft *self, ShyRequestScope *scope, const ShyJson *request, GError **error)
{
  const ShyJson *body = shy_json_get (request, "request_body");
  const ShyJson *type;
  const ShyJson *value;
  const ShyJson *content_type;

  if (body == NULL || body->kind != SHY_JSON_OBJECT || g_str_equal (self->method, "GET"))
    return TRUE;
  type = shy_json_get (body, "type");
  value = shy_json_get (body, "value");
  content_type = shy_json_get (body, "content_type");
  if (value == NULL || value->kind == SHY_JSON_NULL)
    return TRUE;
  self->type = type == NULL || g_strcmp0 (type->text, "form") == 0 ? SHY_BODY_FORM
               : g_str_equal (type->text, "json")                  ? SHY_BODY_JSON
                                                                   : SHY_BODY_TEXT;
  self->content_type = content_type != NULL ? g_strdup (content_type->text) : NULL;
  self->body = shy_value_evaluate (scope, self->document, value, error);
  return self->body != NULL;
}

/* Whether every value of headers or cookies is one line. */
static gboolean
check_lines (const ShyJson *object, GError **error)
{
  for (guint i = 0; i < object->items->len; i++)
    {
      const ShyJson   *item = g_ptr_array_index (object->items, i);
      g_autofree char *value = shy_value_text (item);

      if (strpbrk (item->name, "\r\n") == NULL && strpbrk (value, "\r\n") == NULL)
        continue;
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   /* Translators: %s is the name of a header or a cookie. */
                   _("There is a line break in “%s”. Enter the values of this service again."),
                   item->name);
      return FALSE;
    }
  return TRUE;
}

/* Lays @parts over each other, the first at the bottom, and works the result out. A part may be
 * %NULL. */
ShyDraft *
shy_draft_new (ShyRequestScope *scope, const ShyJson *const *parts, gsize n_parts, GError **error)
{
  g_autoptr (ShyDraft)        self = g_new0 (ShyDraft, 1);
  g_autoptr (ShyJsonDocument) merged = shy_json_document_create (NULL, 0);
  ShyJson                    *request = shy_json_document_add (merged, SHY_JSON_OBJECT);

  self->document = shy_json_document_create (NULL, 0);
  for (gsize i = 0; i < n_parts; i++)
    if (parts[i] != NULL)
      shy_value_merge (merged, request, parts[i]);

  if (!take_text (scope, request, "http_method", "GET", &self->method, error) ||
      !take_text (scope, request, "url_base", "", &self->base, error) ||
      !take_text (scope, request, "path", "", &self->path, error))
    return NULL;
  if (scope->url_base != NULL)
    {
      g_free (self->base);
      self->base = g_strdup (scope->url_base);
    }
  self->headers = take_object (self, scope, request, "request_headers", error);
  self->query = self->headers != NULL
                  ? take_object (self, scope, request, "request_parameters", error)
                  : NULL;
  self->cookies =
    self->query != NULL ? take_object (self, scope, request, "request_cookies", error) : NULL;
  if (self->cookies == NULL || !take_body (self, scope, request, error)
      || !shy_address_check_base (self->base, error) || !shy_address_check_path (self->path, error)
      || !check_lines (self->headers, error) || !check_lines (self->cookies, error))
    return NULL;
  /* Names in the result belong to the merged document. */
  shy_json_document_keep (self->document, g_steal_pointer (&merged));
  return g_steal_pointer (&self);
}

void
shy_draft_free (ShyDraft *self)
{
  g_free (self->method);
  g_free (self->base);
  g_free (self->path);
  g_free (self->content_type);
  g_clear_pointer (&self->document, shy_json_document_unref);
  g_free (self);
}

static gboolean
inject_inside (ShyDraft *self, ShyJson *object, const ShyInject *inject, ShyJson *value,
               GError **error)
{
  ShyJson *member = object != NULL && object->kind == SHY_JSON_OBJECT
                      ? shy_json_get (object, inject->member)
                      : NULL;
  ShyJson *inside = member != NULL && member->kind == SHY_JSON_OBJECT
                      ? shy_json_get (member, "$json")
                      : NULL;

  if (inside == NULL || inside->kind != SHY_JSON_OBJECT)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("The request has no member “%s” with “$json” to put “%s” into. Correct the "
                     "description."), inject->member, inject->name);
      return FALSE;
    }
  shy_json_document_set (self->document, inside, inject->name, value);
  return TRUE;
}

/* Puts a signature or what belongs to one where it is sent. */
gboolean
shy_draft_inject (ShyDraft *self, const ShyInject *inject, const char *value, GError **error)
{
  ShyJson *json = shy_json_document_string (self->document, value);
  ShyJson *into[] = {
    [SHY_INTO_HEADER] = self->headers, [SHY_INTO_QUERY] = self->query,
    [SHY_INTO_FORM] = self->body,      [SHY_INTO_JSON] = self->body,
    [SHY_INTO_COOKIE] = self->cookies,
  };

  if (inject->member != NULL)
    return inject_inside (self, into[inject->into], inject, json, error);
  if (into[inject->into] == NULL || into[inject->into]->kind != SHY_JSON_OBJECT)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("The request has no body to put “%s” into. Correct the description."),
                   inject->name);
      return FALSE;
    }
  shy_json_document_set (self->document, into[inject->into], inject->name, json);
  return TRUE;
}

/* A header by its name in any case. */
const char *
shy_draft_header (ShyDraft *self, const char *name)
{
  for (guint i = 0; i < self->headers->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (self->headers->items, i);

      if (g_ascii_strcasecmp (item->name, name) == 0)
        return item->text;
    }
  return NULL;
}

/* What the body will be called. */
const char *
shy_draft_content_type (ShyDraft *self)
{
  static const char *const usual[] = {
    [SHY_BODY_NONE] = NULL,
    [SHY_BODY_FORM] = "application/x-www-form-urlencoded",
    [SHY_BODY_JSON] = "application/json; charset=UTF-8",
    [SHY_BODY_TEXT] = "text/plain; charset=UTF-8",
  };
  const char *header = shy_draft_header (self, "content-type");

  if (header != NULL)
    return header;
  return self->content_type != NULL ? self->content_type : usual[self->type];
}

/* The bytes that will be sent, %NULL for none. */
static GBytes *
draft_body (ShyDraft *self)
{
  char *text;

  if (self->type == SHY_BODY_NONE)
    return NULL;
  text = self->type == SHY_BODY_FORM ? encode_pairs (self->body) : shy_value_text (self->body);
  return g_bytes_new_take (text, strlen (text));
}

static char *
make_uri (ShyDraft *self)
{
  g_autofree char *query = encode_pairs (self->query);

  return g_strconcat (self->base, self->path,
                      *query == '\0' ? "" : strchr (self->path, '?') != NULL ? "&" : "?", query,
                      NULL);
}

static char *
lookup_member (const ShyJson *object, const char *name)
{
  const ShyJson *item = object != NULL && object->kind == SHY_JSON_OBJECT
                          ? shy_json_get (object, name)
                          : NULL;

  return item != NULL ? shy_value_text (item) : NULL;
}

static char *
lookup_md5 (GBytes *body)
{
  g_autoptr (GBytes) nothing = body == NULL ? g_bytes_new (NULL, 0) : NULL;
  g_autoptr (GBytes) digest = shy_digest_compute (SHY_DIGEST_MD5, body != NULL ? body : nothing);

  return shy_encoding_encode (SHY_ENCODING_BASE64, digest);
}

/* What "request.NAME" means in a template, %NULL if nothing. */
char *
shy_draft_lookup (ShyDraft *self, const char *name)
{
  g_autoptr (GBytes) body = NULL;
  const char        *header;

  if (g_str_equal (name, "method"))
    return g_strdup (self->method);
  if (g_str_equal (name, "path"))
    return g_strndup (self->path, strcspn (self->path, "?"));
  if (g_str_equal (name, "url"))
    return make_uri (self);
  if (g_str_has_prefix (name, "form."))
    return lookup_member (self->body, name + strlen ("form."));
  if (g_str_has_prefix (name, "query."))
    return lookup_member (self->query, name + strlen ("query."));
  if (g_str_has_prefix (name, "header."))
    {
      header = shy_draft_header (self, name + strlen ("header."));
      return g_strdup (header);
    }
  body = draft_body (self);
  if (g_str_equal (name, "body_md5_b64"))
    return lookup_md5 (body);
  if (!g_str_equal (name, "body"))
    return NULL;
  return body == NULL ? g_strdup ("")
                      : g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
add_cookies (ShyDraft *self, ShyRequest *request)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->cookies->items->len; i++)
    {
      const ShyJson   *item = g_ptr_array_index (self->cookies->items, i);
      g_autofree char *value = shy_value_text (item);

      g_string_append_printf (text, "%s%s=%s", i > 0 ? "; " : "", item->name, value);
    }
  if (text->len > 0)
    shy_request_add_header (request, "Cookie", text->str);
}

/* Makes the request that is sent. */
ShyRequest *
shy_draft_finish (ShyDraft *self)
{
  g_autofree char *uri = make_uri (self);
  ShyRequest      *request = shy_request_new (self->method, uri);

  for (guint i = 0; i < self->headers->items->len; i++)
    {
      const ShyJson   *item = g_ptr_array_index (self->headers->items, i);
      g_autofree char *value = shy_value_text (item);

      if (g_ascii_strcasecmp (item->name, "content-type") != 0)
        shy_request_add_header (request, item->name, value);
    }
  add_cookies (self, request);
  request->body = draft_body (self);
  request->content_type = g_strdup (shy_draft_content_type (self));
  return request;
}
