/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-private.h"

#include "json/shy-json-private.h"
#include "crypto/shy-key-parts-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * What is signed is a text made of the fields "shanye-update-1", kind, id, version, issued_at and
 * content, in this order, each written as its length in bytes in decimal, a colon, and its bytes, as
 * "8:calendar". So no two updates give one text, whatever stands in them. The signature is SM2 with
 * SM3 (GB/T 32918.2-2016) under the default identity 1234567812345678, written in DER and base64.
 */
#define PREAMBLE "shanye-update-1"

static void
add_field (GString    *text,
           const char *field)
{
  g_string_append_printf (text, "%zu:%s", strlen (field), field);
}

/*< private >
 * shy_update_signed_text:
 *
 * Returns: (transfer full): what a signature covers
 */
GBytes *
shy_update_signed_text (ShyUpdateKind  kind,
                        const char    *id,
                        const char    *version,
                        const char    *issued_at,
                        const char    *content)
{
  GString *text = g_string_new (NULL);

  add_field (text, PREAMBLE);
  add_field (text, shy_update_kind_to_word (kind));
  add_field (text, id);
  add_field (text, version);
  add_field (text, issued_at);
  add_field (text, content);
  return g_string_free_to_bytes (text);
}

/*< private >
 * shy_update_key_fingerprint:
 * @key: an SM2 key
 *
 * Returns: (transfer full): SM3 of its public point (04, x, y), in hexadecimal
 */
char *
shy_update_key_fingerprint (ShyKey *key)
{
  g_autoptr (GBytes) point = g_bytes_new (key->point, SHY_SM2_POINT);
  g_autoptr (GBytes) hash = shy_digest_compute (SHY_DIGEST_SM3, point);

  return shy_encoding_encode (SHY_ENCODING_HEX, hash);
}

/*< private >
 * shy_update_is_signed_by:
 * @self: an update
 * @key: an SM2 key
 *
 * Returns: whether the signature is of this key and covers what stands in the update
 */
gboolean
shy_update_is_signed_by (const ShyUpdate *self,
                         ShyKey          *key)
{
  g_autoptr (GBytes) text = shy_update_signed_text (self->kind, self->id, self->version,
                                                    self->issued_at, self->content);
  g_autoptr (GBytes) signature = shy_encoding_decode (SHY_ENCODING_BASE64, self->signature, NULL);

  return signature != NULL &&
         shy_key_verify (key, SHY_DIGEST_SM3, SHY_KEY_FORM_DER, text, signature);
}

/* A calendar is told from a pack by what it lists. */
static ShyUpdateKind
tell_kind (const ShyJson *root)
{
  if (root->kind != SHY_JSON_OBJECT)
    return SHY_UPDATE_POLICY_PACK;
  return shy_json_get (root, "working_days") != NULL ? SHY_UPDATE_CALENDAR : SHY_UPDATE_POLICY_PACK;
}

static const char *
get_text (const ShyJson *root,
          const char    *name)
{
  const ShyJson *member = root->kind == SHY_JSON_OBJECT ? shy_json_get (root, name) : NULL;

  return member != NULL && member->kind == SHY_JSON_STRING ? member->text : "";
}

static ShyKey *
load_private (const char  *text,
              GError     **error)
{
  g_autoptr (ShyKey) key = shy_key_new (text, error);

  if (key == NULL || (key->sm2 && key->private != NULL))
    return g_steal_pointer (&key);
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                       _("Updates are signed with the private half of an SM2 key. Name its file "
                         "in PEM form."));
  return NULL;
}

static char *
encode_signature (ShyKey   *key,
                  GBytes   *text,
                  GError  **error)
{
  g_autoptr (GBytes) signature = shy_key_sign (key, SHY_DIGEST_SM3, SHY_KEY_FORM_DER, text, error);

  return signature != NULL ? shy_encoding_encode (SHY_ENCODING_BASE64, signature) : NULL;
}

/* White space at the ends is no part of the signed content: services cut it off. */
static char *
take_content (GBytes *content)
{
  gsize       size;
  const char *data = g_bytes_get_data (content, &size);

  return g_strstrip (g_strndup (data != NULL ? data : "", size));
}

/**
 * shy_update_sign: (skip)
 * @content: a policy pack or calendar
 * @name: the name of its file, for messages
 * @key: the private SM2 key, in PEM or hexadecimal digits
 * @issued_at: when, RFC 3339
 * @error: return location for an error
 *
 * Makes an update, for who writes policies. Whether the content is in order is not looked at.
 *
 * Errors: %SHY_ERROR_INVALID if the key is not a private SM2 key, or the content names no id and
 * version.
 *
 * Returns: (transfer full): the text of the update file, or %NULL with @error set
 */
char *
shy_update_sign (GBytes      *content,
                 const char  *name,
                 const char  *key,
                 const char  *issued_at,
                 GError     **error)
{
  g_autofree char            *text = take_content (content);
  g_autoptr (ShyKey)          private = load_private (key, error);
  g_autoptr (ShyJsonDocument) document =
    private != NULL ? shy_json_document_new (content, error) : NULL;
  g_autoptr (GBytes)          signed_text = NULL;
  g_autofree char            *signature = NULL;
  g_autofree char            *signer = NULL;
  g_autoptr (ShyUpdate)       update = NULL;
  ShyUpdateMembers            members = { .content = text, .issued_at = issued_at };
  const ShyJson              *root;

  if (document == NULL)
    {
      g_prefix_error (error, "“%s”: ", name);
      return NULL;
    }
  root = shy_json_document_get_root (document);
  members.kind = shy_update_kind_to_word (tell_kind (root));
  members.id = get_text (root, "id");
  members.version = get_text (root, "version");
  signed_text = shy_update_signed_text (tell_kind (root), members.id, members.version, issued_at,
                                        text);
  members.signature = signature = encode_signature (private, signed_text, error);
  if (signature == NULL)
    return NULL;
  members.signer = signer = shy_update_key_fingerprint (private);
  update = shy_update_new (&members, name, FALSE, error);
  return update != NULL ? shy_update_to_json (update) : NULL;
}
