/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-draft-private.h"

#include "json/shy-json-document-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The steps of signing that need no network. */

static char *
expand_member (ShyScope *scope, const ShyStep *step, const char *name, GError **error)
{
  const ShyJson *json = shy_json_get (step->json, name);

  return shy_scope_expand (scope, json != NULL && json->text != NULL ? json->text : "", error);
}

static gboolean
sign_pairs (ShyScope *scope, const ShyStep *step, GError **error)
{
  g_autoptr (ShyJsonDocument) document = shy_json_document_create (NULL, 0);
  g_auto (ShyPairs)           pairs = { NULL };
  const ShyJson              *params = shy_json_get (step->json, "params");
  ShyCanonicalPairs           style = step->pairs;
  g_autofree char            *prefix = expand_member (scope, step, "prefix", error);
  g_autofree char            *suffix = NULL;
  g_autofree char            *text = NULL;
  const ShyJson              *object;

  if (prefix == NULL || (suffix = expand_member (scope, step, "suffix", error)) == NULL)
    return FALSE;
  object = params != NULL ? shy_value_evaluate (scope, document, params, error)
                          : shy_json_document_add (document, SHY_JSON_OBJECT);
  if (object == NULL)
    return FALSE;
  shy_pairs_init (&pairs);
  shy_draft_pairs (object, &pairs);
  style.prefix = prefix;
  style.suffix = suffix;
  text = shy_canonical_pairs ((const ShyPair *) pairs.pairs->data, pairs.pairs->len, &style);
  shy_scope_set (scope, step->id, "text", text);
  return TRUE;
}

static gboolean
sign_lines (ShyScope *scope, const ShyStep *step, GError **error)
{
  const ShyJson       *json = shy_json_get (step->json, "lines");
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char     *text = NULL;

  for (guint i = 0; json != NULL && i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);
      char *line = shy_scope_expand (scope, item->text != NULL ? item->text : "", error);

      if (line == NULL)
        return FALSE;
      g_ptr_array_add (lines, line);
    }
  g_ptr_array_add (lines, NULL);
  text = shy_canonical_lines ((const char *const *) lines->pdata, step->omit_last_if_empty);
  shy_scope_set (scope, step->id, "text", text);
  return TRUE;
}

/* Signs the headers of the step and puts them into the request. */
static gboolean
sign_aliyun (ShyScope *scope, const ShyStep *step, GError **error)
{
  ShyDraft          *draft = scope->request;
  const ShyJson     *json = shy_json_get (step->json, "headers");
  g_auto (ShyPairs)  headers = { NULL };
  g_auto (ShyPairs)  parameters = { NULL };
  g_autofree char   *md5 = NULL;
  g_autofree char   *path = NULL;
  g_autofree char   *text = NULL;
  g_autofree char   *names = NULL;
  ShyJson           *object;

  shy_pairs_init (&headers);
  shy_pairs_init (&parameters);
  if (draft == NULL || json == NULL)
    return TRUE;
  object = shy_value_evaluate (scope, draft->document, json, error);
  if (object == NULL)
    return FALSE;
  shy_draft_pairs (object, &headers);
  shy_value_merge (draft->document, draft->headers, object);
  shy_draft_pairs (draft->query, &parameters);
  if (draft->type == SHY_BODY_FORM)
    shy_draft_pairs (draft->body, &parameters);
  else if (draft->type != SHY_BODY_NONE)
    {
      md5 = shy_draft_lookup (draft, "body_md5_b64");
      shy_json_document_set (draft->document, draft->headers, "Content-MD5",
                             shy_json_document_string (draft->document, md5));
    }
  path = shy_draft_lookup (draft, "path");
  text = shy_canonical_aliyun (
    &(ShyCanonicalRequest) {
      .method = draft->method,
      .accept = shy_draft_header (draft, "accept"),
      .content_md5 = md5,
      .content_type = shy_draft_content_type (draft),
      .date = shy_draft_header (draft, "date"),
      .path = path,
      .headers = (const ShyPair *) headers.pairs->data,
      .n_headers = headers.pairs->len,
      .parameters = (const ShyPair *) parameters.pairs->data,
      .n_parameters = parameters.pairs->len,
    },
    &names);
  shy_scope_set (scope, step->id, "text", text);
  shy_scope_set (scope, step->id, "names", names);
  return TRUE;
}

static GBytes *
take_bytes (ShyScope *scope, const ShyStep *step, const char *name, gboolean is_text,
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
compute (ShyScope *scope, const ShyStep *step, GBytes *input, GError **error)
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
compute_value (ShyScope *scope, const ShyStep *step, GError **error)
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
  shy_scope_set (scope, step->id, "value", text);
  return TRUE;
}

/* Does one step and keeps its values in @scope. Errors name the step, never a value. */
gboolean
shy_sign_step (ShyScope *scope, const ShyStep *step, GError **error)
{
  gboolean done;

  if (step->kind != SHY_STEP_CANONICAL)
    done = compute_value (scope, step, error);
  else if (step->style == SHY_STYLE_LINES)
    done = sign_lines (scope, step, error);
  else if (step->style == SHY_STYLE_ALIYUN_CA)
    done = sign_aliyun (scope, step, error);
  else
    done = sign_pairs (scope, step, error);
  if (!done)
    g_prefix_error (error, _("Signing failed at the step “%s”: "), step->id);
  return done;
}
