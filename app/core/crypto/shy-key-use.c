/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crypto/shy-key-parts-private.h"

#include "crypto/shy-der-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* a, b, Gx and Gy of the curve of GB/T 32918.5-2017, which the identity hash begins with. */
static const char curve[] =
  "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC"
  "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"
  "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
  "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0";

/* The identity that gateways use when they name none (GM/T 0009-2012). */
static const char default_identity[] = "1234567812345678";

static void
append_bytes (GByteArray *out,
              GBytes     *bytes)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size > 0)
    g_byte_array_append (out, data, size);
}

/* SM2 signs SM3 (Z, message), where Z hashes the identity, the curve and the public key
 * (GB/T 32918.2-2016, 5.5 and 6.1); libgcrypt leaves that to its caller. */
static GBytes *
hash_for_sm2 (ShyKey *self,
              GBytes *input)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes)     parameters = shy_encoding_decode (SHY_ENCODING_HEX, curve, NULL);
  g_autoptr (GBytes)     identity = NULL;
  g_autoptr (GBytes)     z = NULL;
  g_autoptr (GBytes)     all = NULL;
  const guint            bits = 8 * strlen (default_identity);
  const guint8           length[2] = { bits >> 8, bits & 0xff };

  g_byte_array_append (out, length, sizeof length);
  g_byte_array_append (out, (const guint8 *) default_identity, strlen (default_identity));
  append_bytes (out, parameters);
  g_byte_array_append (out, self->point + 1, SHY_SM2_POINT - 1);
  identity = g_bytes_new (out->data, out->len);
  z = shy_digest_compute (SHY_DIGEST_SM3, identity);

  g_byte_array_set_size (out, 0);
  append_bytes (out, z);
  append_bytes (out, input);
  all = g_bytes_new (out->data, out->len);

  return shy_digest_compute (SHY_DIGEST_SM3, all);
}

static gcry_sexp_t
data_to_sign (ShyKey   *self,
              ShyDigest digest,
              GBytes   *input)
{
  static const char *const names[] = {
    [SHY_DIGEST_MD5] = "md5", [SHY_DIGEST_SHA1] = "sha1", [SHY_DIGEST_SHA256] = "sha256",
    [SHY_DIGEST_SHA384] = "sha384", [SHY_DIGEST_SHA512] = "sha512", [SHY_DIGEST_SM3] = "sm3",
  };
  g_autoptr (GBytes) hash = self->sm2 ? hash_for_sm2 (self, input)
                                      : shy_digest_compute (digest, input);
  gcry_sexp_t        data = NULL;
  gsize              size;
  const void        *bytes = g_bytes_get_data (hash, &size);

  if (self->sm2)
    gcry_sexp_build (&data, NULL, "(data(flags sm2)(hash sm3 %b))", (int) size, bytes);
  else
    gcry_sexp_build (&data, NULL, "(data(flags pkcs1)(hash %s %b))", names[digest], (int) size,
                     bytes);

  return data;
}

/* Copies a number into a field of fixed size, zeros in front. */
static gboolean
take_number (gcry_sexp_t  list,
             const char  *token,
             guint8      *field,
             gsize        size)
{
  g_autoptr (ShySexp) found = gcry_sexp_find_token (list, token, 0);
  const char      *data;
  gsize            length;

  data = found != NULL ? gcry_sexp_nth_data (found, 1, &length) : NULL;
  while (data != NULL && length > size && *data == 0)
    {
      data++;
      length--;
    }
  if (data == NULL || length > size)
    return FALSE;
  memset (field, 0, size - length);
  memcpy (field + size - length, data, length);

  return TRUE;
}

static GBytes *
pair_to_bytes (const guint8 *r,
               const guint8 *s,
               ShyKeyForm    form)
{
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  GByteArray            *out;

  if (form == SHY_KEY_FORM_RAW)
    {
      g_byte_array_append (inner, r, SHY_SM2_COORDINATE);
      g_byte_array_append (inner, s, SHY_SM2_COORDINATE);
      return g_byte_array_free_to_bytes (g_steal_pointer (&inner));
    }
  shy_der_put_integer (inner, r, SHY_SM2_COORDINATE);
  shy_der_put_integer (inner, s, SHY_SM2_COORDINATE);
  out = g_byte_array_new ();
  shy_der_put (out, SHY_DER_SEQUENCE, inner);

  return g_byte_array_free_to_bytes (out);
}

static GBytes *
signature_to_bytes (ShyKey      *self,
                    gcry_sexp_t  signature,
                    ShyKeyForm   form)
{
  guint8           r[SHY_SM2_COORDINATE], s[SHY_SM2_COORDINATE];
  g_autoptr (ShySexp) found = NULL;
  const char      *data;
  gsize            size;

  if (self->sm2)
    return take_number (signature, "r", r, sizeof r) && take_number (signature, "s", s, sizeof s)
             ? pair_to_bytes (r, s, form)
             : NULL;

  found = gcry_sexp_find_token (signature, "s", 0);
  data = found != NULL ? gcry_sexp_nth_data (found, 1, &size) : NULL;

  return data != NULL ? g_bytes_new (data, size) : NULL;
}

/**
 * shy_key_sign: (skip)
 * @self: a private key
 * @digest: the hash below an RSA signature (PKCS #1 1.5); SM2 always takes SM3
 * @form: how an SM2 signature is written
 * @input: the message
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_INVALID if the key is public or cannot sign.
 *
 * Returns: (transfer full): the signature, or %NULL with @error set
 */
GBytes *
shy_key_sign (ShyKey      *self,
              ShyDigest    digest,
              ShyKeyForm   form,
              GBytes      *input,
              GError     **error)
{
  g_autoptr (ShySexp) data = NULL;
  g_autoptr (ShySexp) signature = NULL;
  GBytes          *bytes = NULL;

  g_return_val_if_fail (self != NULL && input != NULL, NULL);

  data = data_to_sign (self, digest, input);
  if (self->private != NULL && gcry_pk_sign (&signature, data, self->private) == 0)
    bytes = signature_to_bytes (self, signature, form);
  if (bytes == NULL)
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                         _("The key cannot sign. Paste the private key, not the public one."));

  return bytes;
}

static gcry_sexp_t
bytes_to_signature (ShyKey     *self,
                    GBytes     *bytes,
                    ShyKeyForm  form)
{
  gcry_sexp_t signature = NULL;
  ShyDer      der, pair, r, s;

  der.data = g_bytes_get_data (bytes, &der.size);
  if (!self->sm2)
    {
      gcry_sexp_build (&signature, NULL, "(sig-val(rsa(s %b)))", (int) der.size, der.data);
      return signature;
    }
  if (form == SHY_KEY_FORM_RAW)
    {
      if (der.size != 2 * SHY_SM2_COORDINATE)
        return NULL;
      r = (ShyDer){ der.data, SHY_SM2_COORDINATE };
      s = (ShyDer){ der.data + SHY_SM2_COORDINATE, SHY_SM2_COORDINATE };
    }
  else if (!shy_der_next (&der, SHY_DER_SEQUENCE, &pair) || !shy_der_integer (&pair, &r) ||
           !shy_der_integer (&pair, &s))
    {
      return NULL;
    }
  gcry_sexp_build (&signature, NULL, "(sig-val(sm2(r %b)(s %b)))", (int) r.size, r.data,
                   (int) s.size, s.data);

  return signature;
}

/**
 * shy_key_verify: (skip)
 * @self: a key
 * @digest: the hash below an RSA signature
 * @form: how an SM2 signature is thought to be written
 * @input: the message
 * @signature: what was said to sign it; of SM2 it may be in the other form too, for what says the
 *   same numbers in another way was not tampered with
 *
 * Returns: whether it does
 */
gboolean
shy_key_verify (ShyKey     *self,
                ShyDigest   digest,
                ShyKeyForm  form,
                GBytes     *input,
                GBytes     *signature)
{
  g_autoptr (ShySexp) data = NULL;
  g_autoptr (ShySexp) value = NULL;

  g_return_val_if_fail (self != NULL && input != NULL && signature != NULL, FALSE);

  data = data_to_sign (self, digest, input);
  value = bytes_to_signature (self, signature, form);
  if (value == NULL && self->sm2)
    value = bytes_to_signature (self, signature,
                                form == SHY_KEY_FORM_RAW ? SHY_KEY_FORM_DER : SHY_KEY_FORM_RAW);

  return value != NULL && gcry_pk_verify (value, data, self->public) == 0;
}

static GBytes *
join_ciphertext (gcry_sexp_t list,
                 ShyKeyForm  form,
                 gboolean    prefix)
{
  guint8           point[SHY_SM2_POINT], check[SHY_SM2_COORDINATE];
  g_autoptr (ShySexp) found = gcry_sexp_find_token (list, "c", 0);
  GByteArray      *out;
  const char      *text;
  gsize            size;

  text = found != NULL ? gcry_sexp_nth_data (found, 1, &size) : NULL;
  if (text == NULL || !take_number (list, "a", point, SHY_SM2_POINT) ||
      !take_number (list, "b", check, SHY_SM2_COORDINATE))
    return NULL;

  out = g_byte_array_new ();
  g_byte_array_append (out, point + (prefix ? 0 : 1), SHY_SM2_POINT - (prefix ? 0 : 1));
  if (form == SHY_KEY_FORM_C1C3C2)
    g_byte_array_append (out, check, SHY_SM2_COORDINATE);
  g_byte_array_append (out, (const guint8 *) text, size);
  if (form != SHY_KEY_FORM_C1C3C2)
    g_byte_array_append (out, check, SHY_SM2_COORDINATE);

  return g_byte_array_free_to_bytes (out);
}

/**
 * shy_key_encrypt: (skip)
 * @self: an SM2 key
 * @form: %SHY_KEY_FORM_C1C3C2 or %SHY_KEY_FORM_C1C2C3
 * @prefix: whether the point begins with the byte 04
 * @plain: what to encrypt, not empty
 * @error: return location for an error
 *
 * Encrypts for the holder of the private key (GB/T 32918.4-2016).
 *
 * Errors: %SHY_ERROR_INVALID if the key is not SM2 or the text is empty.
 *
 * Returns: (transfer full): the secret text, or %NULL with @error set
 */
GBytes *
shy_key_encrypt (ShyKey      *self,
                 ShyKeyForm   form,
                 gboolean     prefix,
                 GBytes      *plain,
                 GError     **error)
{
  g_autoptr (ShySexp) data = NULL;
  g_autoptr (ShySexp) secret = NULL;
  GBytes          *bytes = NULL;
  gsize            size;
  const void      *text;

  g_return_val_if_fail (self != NULL && plain != NULL, NULL);

  text = g_bytes_get_data (plain, &size);
  if (self->sm2 && size > 0 &&
      gcry_sexp_build (&data, NULL, "(data(flags sm2)(hash-algo sm3)(value %b))", (int) size,
                       text) == 0 &&
      gcry_pk_encrypt (&secret, data, self->public) == 0)
    bytes = join_ciphertext (secret, form, prefix);
  if (bytes == NULL)
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                         _("The key cannot encrypt. Paste the SM2 public key of the gateway."));

  return bytes;
}

static gcry_sexp_t
split_ciphertext (GBytes     *secret,
                  ShyKeyForm  form)
{
  gcry_sexp_t   list = NULL;
  guint8        point[SHY_SM2_POINT] = { 4 };
  gsize         size, length;
  const guint8 *data = g_bytes_get_data (secret, &size);
  const guint8 *check, *text;

  /* The point's x may itself begin with 04: only the length tells, so the prefix is assumed. */
  if (size > SHY_SM2_POINT + SHY_SM2_COORDINATE && data[0] == 4)
    {
      data++;
      size--;
    }
  if (size <= SHY_SM2_POINT - 1 + SHY_SM2_COORDINATE)
    return NULL;
  memcpy (point + 1, data, SHY_SM2_POINT - 1);
  length = size - (SHY_SM2_POINT - 1) - SHY_SM2_COORDINATE;
  check = data + SHY_SM2_POINT - 1 + (form == SHY_KEY_FORM_C1C3C2 ? 0 : length);
  text = data + SHY_SM2_POINT - 1 + (form == SHY_KEY_FORM_C1C3C2 ? SHY_SM2_COORDINATE : 0);
  gcry_sexp_build (&list, NULL, "(enc-val(flags sm2)(sm2(a %b)(b %b)(c %b)))", SHY_SM2_POINT, point,
                   SHY_SM2_COORDINATE, check, (int) length, text);

  return list;
}

/**
 * shy_key_decrypt: (skip)
 * @self: an SM2 private key
 * @form: %SHY_KEY_FORM_C1C3C2 or %SHY_KEY_FORM_C1C2C3
 * @secret: what was encrypted, with or without the leading 04
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_INVALID if key, form or text do not belong together.
 *
 * Returns: (transfer full): the plain text, or %NULL with @error set
 */
GBytes *
shy_key_decrypt (ShyKey      *self,
                 ShyKeyForm   form,
                 GBytes      *secret,
                 GError     **error)
{
  g_autoptr (ShySexp) data = NULL;
  g_autoptr (ShySexp) plain = NULL;
  g_autoptr (ShySexp) value = NULL;
  const char      *text = NULL;
  gsize            size = 0;

  g_return_val_if_fail (self != NULL && secret != NULL, NULL);

  data = split_ciphertext (secret, form);
  if (data != NULL && self->sm2 && self->private != NULL &&
      gcry_pk_decrypt (&plain, data, self->private) == 0)
    {
      value = gcry_sexp_find_token (plain, "value", 0);
      text = gcry_sexp_nth_data (value != NULL ? value : plain, value != NULL ? 1 : 0, &size);
    }
  if (text == NULL)
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                           _("The answer cannot be decrypted with this SM2 key. Check the key and "
                             "the order of its parts in the description."));
      return NULL;
    }

  return g_bytes_new (text, size);
}
