/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-draft-private.h"

#include "json/shy-json-document-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The steps of signing that need no network. */

static char *
expand_member (ShyRequestScope *scope, const ShyStep *step, const char *name, GError **error)
{
  const ShyJson *json = shy_json_get (step->json, name);

  return shy_request_scope_expand (scope, json != NULL && json->text != NULL ? json->text : "",
                                   error);
}

/* What the texts of a step are written from. */
typedef struct
{
  ShyJsonDocument *document;   /* (owned) */
  ShyPairs         pairs;
  ShyPairs         headers;
  ShyPairs         parameters;
  GPtrArray       *lines;      /* (owned) of char, ended by NULL */
  char            *prefix;     /* (owned) */
  char            *suffix;     /* (owned) */
  char            *md5;        /* (owned) (nullable) of the body */
  char            *path;       /* (owned) (nullable) */
} Material;

static void
material_init (Material *self)
{
  *self = (Material) { shy_json_document_create (NULL, 0) };
  shy_pairs_init (&self->pairs);
  shy_pairs_init (&self->headers);
  shy_pairs_init (&self->parameters);
  self->lines = g_ptr_array_new_with_free_func (g_free);
}

static void
material_clear (Material *self)
{
  shy_pairs_clear (&self->pairs);
  shy_pairs_clear (&self->headers);
  shy_pairs_clear (&self->parameters);
  g_ptr_array_unref (self->lines);
  shy_json_document_unref (self->document);
  g_free (self->prefix);
  g_free (self->suffix);
  g_free (self->md5);
  g_free (self->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Material, material_clear)

static gboolean
take_pairs (Material *self, ShyRequestScope *scope, const ShyStep *step, GError **error)
{
  const ShyJson *params = shy_json_get (step->json, "params");
  const ShyJson *object;

  self->prefix = expand_member (scope, step, "prefix", error);
  if (self->prefix == NULL ||
      (self->suffix = expand_member (scope, step, "suffix", error)) == NULL)
    return FALSE;
  object = params != NULL ? shy_value_evaluate (scope, self->document, params, error)
                          : shy_json_document_add (self->document, SHY_JSON_OBJECT);
  if (object != NULL)
    shy_draft_pairs (object, &self->pairs);
  return object != NULL;
}

static gboolean
take_lines (Material *self, ShyRequestScope *scope, const ShyStep *step, GError **error)
{
  const ShyJson *json = shy_json_get (step->json, "lines");

  for (guint i = 0; json != NULL && i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);
      char *line = shy_request_scope_expand (scope, item->text != NULL ? item->text : "", error);

      if (line == NULL)
        return FALSE;
      g_ptr_array_add (self->lines, line);
    }
  g_ptr_array_add (self->lines, NULL);
  return TRUE;
}

/* Puts the headers of the step into the request, with the digest of a body that is no form. */
static gboolean
take_request (Material *self, ShyRequestScope *scope, const ShyJson *json, GError **error)
{
  ShyDraft *draft = scope->request;
  ShyJson  *object = shy_value_evaluate (scope, draft->document, json, error);

  if (object == NULL)
    return FALSE;
  shy_draft_pairs (object, &self->headers);
  shy_value_merge (draft->document, draft->headers, object);
  shy_draft_pairs (draft->query, &self->parameters);
  if (draft->type == SHY_BODY_FORM)
    shy_draft_pairs (draft->body, &self->parameters);
  else if (draft->type != SHY_BODY_NONE)
    {
      self->md5 = shy_draft_lookup (draft, "body_md5_b64");
      shy_json_document_set (draft->document, draft->headers, "Content-MD5",
                             shy_json_document_string (draft->document, self->md5));
    }
  self->path = shy_draft_lookup (draft, "path");
  return TRUE;
}

static ShyCanonicalRequest
describe_request (const Material *self, ShyDraft *draft)
{
  return (ShyCanonicalRequest) {
    .method = draft->method,
    .accept = shy_draft_header (draft, "accept"),
    .content_md5 = self->md5,
    .content_type = shy_draft_content_type (draft),
    .date = shy_draft_header (draft, "date"),
    .path = self->path,
    .headers = (const ShyPair *) self->headers.pairs->data,
    .n_headers = self->headers.pairs->len,
    .parameters = (const ShyPair *) self->parameters.pairs->data,
    .n_parameters = self->parameters.pairs->len,
  };
}

/* Writes the text that is to be signed. */
static gboolean
write_canonical (ShyRequestScope *scope, const ShyStep *step, GError **error)
{
  const ShyJson    *headers = shy_json_get (step->json, "headers");
  g_auto (Material) material = { NULL };
  ShyCanonicalPairs how = step->pairs;
  ShyCanonicalInput input = { .how = &how, .omit_last_if_empty = step->omit_last_if_empty };
  g_autofree char  *names = NULL;
  g_autofree char  *text = NULL;

  material_init (&material);
  if (step->style->signs_headers && (scope->request == NULL || headers == NULL))
    return TRUE;
  if (!take_pairs (&material, scope, step, error) || !take_lines (&material, scope, step, error) ||
      (step->style->signs_headers && !take_request (&material, scope, headers, error)))
    return FALSE;
  if (step->style->signs_headers)
    input.request = describe_request (&material, scope->request);
  input.pairs = (const ShyPair *) material.pairs.pairs->data;
  input.n_pairs = material.pairs.pairs->len;
  input.lines = (const char *const *) material.lines->pdata;
  how.prefix = material.prefix;
  how.suffix = material.suffix;
  text = step->style->write (&input, &names);
  shy_request_scope_set (scope, step->id, "text", text);
  if (names != NULL)
    shy_request_scope_set (scope, step->id, "names", names);
  return TRUE;
}

static GBytes *
take_bytes (ShyRequestScope *scope, const ShyStep *step, const char *name, gboolean is_text,
            ShyEncoding encoding, GError **error)
{
  g_autofree char *text = expand_member (scope, step, name, error);

  if (text == NULL)
    return NULL;
  return is_text ? g_bytes_new (text, strlen (text)) : shy_encoding_decode (encoding, text, error);
}

static GBytes *
use_cipher (const ShyStep *step, GBytes *key, GBytes *iv, GBytes *input, GError **error)
{
  g_autoptr (GBytes) derived = step->java_key ? shy_cipher_derive_java (key) : g_bytes_ref (key);

  return step->kind == SHY_STEP_ENCRYPT
           ? shy_cipher_encrypt (step->cipher, derived, iv, input, error)
           : shy_cipher_decrypt (step->cipher, derived, iv, input, error);
}

static GBytes *
use_key (const ShyStep *step, GBytes *text, GBytes *input, GError **error)
{
  g_autofree char  *pem = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  g_autoptr (ShyKey) key = shy_key_new (pem, error);

  if (key == NULL)
    return NULL;
  if (step->kind == SHY_STEP_ENCRYPT)
    return shy_key_encrypt (key, step->form, step->prefix, input, error);
  if (step->kind == SHY_STEP_DECRYPT)
    return shy_key_decrypt (key, step->form, input, error);
  return shy_key_sign (key, step->digest, step->form, input, error);
}

static GBytes *
compute (ShyRequestScope *scope, const ShyStep *step, GBytes *input, GError **error)
{
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GBytes) iv = NULL;

  if (step->kind == SHY_STEP_DIGEST)
    return shy_digest_compute (step->digest, input);
  key = take_bytes (scope, step, "key", step->key_is_text, step->key_encoding, error);
  if (key == NULL)
    return NULL;
  if (step->kind == SHY_STEP_HMAC)
    return shy_hmac_compute (step->digest, key, input);
  if (step->is_sm2 || step->kind == SHY_STEP_RSA_SIGN || step->kind == SHY_STEP_SM2_SIGN)
    return use_key (step, key, input, error);
  if (shy_json_get (step->json, "iv") != NULL)
    {
      iv = take_bytes (scope, step, "iv", step->key_is_text, step->key_encoding, error);
      if (iv == NULL)
        return NULL;
    }
  return use_cipher (step, key, iv, input, error);
}

static gboolean
compute_value (ShyRequestScope *scope, const ShyStep *step, GError **error)
{
  g_autoptr (GBytes) input =
    take_bytes (scope, step, "input", step->input_is_text, step->input_encoding,
                error);
  g_autoptr (GBytes) output = input != NULL ? compute (scope, step, input, error) : NULL;
  g_autofree char   *text = NULL;

  if (output == NULL)
    return FALSE;
  text = step->output_is_text
           ? g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output))
           : shy_encoding_encode (step->encoding, output);
  shy_request_scope_set (scope, step->id, "value", text);
  return TRUE;
}

/* Does one step and keeps its values in @scope. Errors name the step, never a value. */
gboolean
shy_sign_step (ShyRequestScope *scope, const ShyStep *step, GError **error)
{
  gboolean done = step->kind == SHY_STEP_CANONICAL ? write_canonical (scope, step, error)
                                                   : compute_value (scope, step, error);

  if (!done)
    g_prefix_error (error, _("Signing failed at the step “%s”: "), step->id);
  return done;
}
