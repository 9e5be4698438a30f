/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/shy-key-private.h"

#include "service/shy-der-private.h"
#include "shy-error.h"

#include <gcrypt.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define COORDINATE 32 /* bytes of a coordinate, a scalar and an SM3 hash on the SM2 curve */
#define POINT (1 + 2 * COORDINATE)

typedef struct gcry_sexp Sexp;
typedef struct gcry_mpi  Mpi;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sexp, gcry_sexp_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mpi, gcry_mpi_release)

struct _ShyKey
{
  gcry_sexp_t private; /* (owned) (nullable): a public key only */
  gcry_sexp_t public;  /* (owned) */
  gboolean    sm2;
  guint8      point[POINT]; /* of an SM2 key: 04, x, y */
};

/* a, b, Gx and Gy of the curve of GB/T 32918.5-2017, which the identity hash begins with. */
static const char curve[] =
  "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC"
  "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"
  "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
  "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0";

/* The identity that gateways use when they name none (GM/T 0009-2012). */
static const char default_identity[] = "1234567812345678";

static gboolean
set_invalid (GError **error)
{
  /* Never says what was typed: it may be nearly the right key. */
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                       _("The key is not an RSA or SM2 key that can be read. Paste it in PEM form, "
                         "or an SM2 key in hexadecimal digits."));
  return FALSE;
}

static gboolean
load_sm2_public (ShyKey       *self,
                 const guint8 *point)
{
  memcpy (self->point, point, POINT);
  self->sm2 = TRUE;

  return gcry_sexp_build (&self->public, NULL, "(public-key(ecc(curve sm2p256v1)(q %b)))", POINT,
                          point) == 0;
}

static gboolean
load_sm2_private (ShyKey       *self,
                  const guint8 *scalar,
                  gsize         size)
{
  g_autoptr (Mpi) d = NULL;
  g_autoptr (Mpi) q = NULL;
  gcry_ctx_t      context = NULL;
  guint8          point[POINT];
  gsize           written = 0;
  gboolean        loaded;

  if (size > COORDINATE || gcry_mpi_scan (&d, GCRYMPI_FMT_USG, scalar, size, NULL) != 0 ||
      gcry_mpi_ec_new (&context, NULL, "sm2p256v1") != 0)
    return FALSE;
  gcry_mpi_ec_set_mpi ("d", d, context);
  q = gcry_mpi_ec_get_mpi ("q", context, 1);
  gcry_ctx_release (context);

  loaded = q != NULL && gcry_mpi_print (GCRYMPI_FMT_USG, point, POINT, &written, q) == 0 &&
           written == POINT && load_sm2_public (self, point);
  return loaded && gcry_sexp_build (&self->private, NULL,
                                    "(private-key(ecc(curve sm2p256v1)(q %b)(d %m)))", POINT, point,
                                    d) == 0;
}

static gboolean
load_rsa_private (ShyKey *self,
                  ShyDer  fields)
{
  ShyDer version, n, e, d, p, q;

  if (!shy_der_integer (&fields, &version) || !shy_der_integer (&fields, &n) ||
      !shy_der_integer (&fields, &e) || !shy_der_integer (&fields, &d) ||
      !shy_der_integer (&fields, &p) || !shy_der_integer (&fields, &q))
    return FALSE;

  return gcry_sexp_build (&self->private, NULL, "(private-key(rsa(n %b)(e %b)(d %b)))",
                          (int) n.size, n.data, (int) e.size, e.data, (int) d.size, d.data) == 0 &&
         gcry_sexp_build (&self->public, NULL, "(public-key(rsa(n %b)(e %b)))", (int) n.size,
                          n.data, (int) e.size, e.data) == 0;
}

static gboolean
load_rsa_public (ShyKey *self,
                 ShyDer  fields)
{
  ShyDer n, e;

  return shy_der_integer (&fields, &n) && shy_der_integer (&fields, &e) &&
         gcry_sexp_build (&self->public, NULL, "(public-key(rsa(n %b)(e %b)))", (int) n.size,
                          n.data, (int) e.size, e.data) == 0;
}

/* SEC 1: version, then the scalar in an octet string. */
static gboolean
load_ec_private (ShyKey *self,
                 ShyDer  fields)
{
  ShyDer version, scalar;

  return shy_der_integer (&fields, &version) &&
         shy_der_next (&fields, SHY_DER_OCTET_STRING, &scalar) &&
         load_sm2_private (self, scalar.data, scalar.size);
}

/* PKCS #8: version, algorithm, the key of PKCS #1 or SEC 1 in an octet string. */
static gboolean
load_wrapped_private (ShyKey *self,
                      ShyDer  fields)
{
  ShyDer version, algorithm, octets, key;

  return shy_der_integer (&fields, &version) &&
         shy_der_next (&fields, SHY_DER_SEQUENCE, &algorithm) &&
         shy_der_next (&fields, SHY_DER_OCTET_STRING, &octets) &&
         shy_der_next (&octets, SHY_DER_SEQUENCE, &key) &&
         (load_rsa_private (self, key) || load_ec_private (self, key));
}

/* SubjectPublicKeyInfo: algorithm, then the key in a bit string without unused bits. */
static gboolean
load_wrapped_public (ShyKey *self,
                     ShyDer  fields)
{
  ShyDer algorithm, bits, key;

  if (!shy_der_next (&fields, SHY_DER_SEQUENCE, &algorithm) ||
      !shy_der_next (&fields, SHY_DER_BIT_STRING, &bits) || bits.size < 1 || bits.data[0] != 0)
    return FALSE;
  bits.data++;
  bits.size--;
  if (bits.size == POINT && bits.data[0] == 4)
    return load_sm2_public (self, bits.data);

  return shy_der_next (&bits, SHY_DER_SEQUENCE, &key) && load_rsa_public (self, key);
}

static gboolean
load_der (ShyKey *self,
          GBytes *bytes)
{
  ShyDer file, fields;

  file.data = g_bytes_get_data (bytes, &file.size);
  if (!shy_der_next (&file, SHY_DER_SEQUENCE, &fields))
    return FALSE;

  return load_wrapped_private (self, fields) || load_rsa_private (self, fields) ||
         load_ec_private (self, fields) || load_wrapped_public (self, fields) ||
         load_rsa_public (self, fields);
}

/* Takes the armour and all white space off; what is left is base64 or hexadecimal. */
static char *
strip_armour (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);
  GString       *body = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!g_str_has_prefix (lines[i], "-----"))
      for (const char *c = lines[i]; *c != '\0'; c++)
        if (!g_ascii_isspace (*c))
          g_string_append_c (body, *c);

  return g_string_free (body, FALSE);
}

static gboolean
load_hex (ShyKey *self,
          GBytes *bytes)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint8        point[POINT] = { 4 };

  if (size == COORDINATE)
    return load_sm2_private (self, data, size);
  if (size == POINT && data[0] == 4)
    return load_sm2_public (self, data);
  if (size != POINT - 1)
    return FALSE;
  memcpy (point + 1, data, size);

  return load_sm2_public (self, point);
}

/**
 * shy_key_new: (skip)
 * @text: a key in PEM (PKCS #1, PKCS #8, SEC 1, SubjectPublicKeyInfo), the same without its armour,
 *   or an SM2 key in hexadecimal digits: 64 of a private one, 128 or 130 of a public one
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_INVALID if the text is none of these.
 *
 * Returns: (transfer full): the key, or %NULL with @error set
 */
ShyKey *
shy_key_new (const char  *text,
             GError     **error)
{
  g_autoptr (ShyKey) self = g_new0 (ShyKey, 1);
  g_autofree char   *body = NULL;
  g_autoptr (GBytes) hex = NULL;
  g_autoptr (GBytes) der = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  gcry_check_version (NULL);
  body = strip_armour (text);
  hex = shy_encoding_decode (SHY_ENCODING_HEX, body, NULL);
  der = hex == NULL ? shy_encoding_decode (SHY_ENCODING_BASE64, body, NULL) : NULL;
  if (!(hex != NULL && load_hex (self, hex)) && !(der != NULL && load_der (self, der)))
    {
      set_invalid (error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * shy_key_free: (skip)
 * @self: (transfer full): a key
 */
void
shy_key_free (ShyKey *self)
{
  gcry_sexp_release (self->private);
  gcry_sexp_release (self->public);
  g_free (self);
}

/**
 * shy_key_is_sm2: (skip)
 * @self: a key
 *
 * Returns: whether it is an SM2 key, else RSA
 */
gboolean
shy_key_is_sm2 (ShyKey *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->sm2;
}

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
  g_byte_array_append (out, self->point + 1, POINT - 1);
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
  g_autoptr (Sexp) found = gcry_sexp_find_token (list, token, 0);
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
      g_byte_array_append (inner, r, COORDINATE);
      g_byte_array_append (inner, s, COORDINATE);
      return g_byte_array_free_to_bytes (g_steal_pointer (&inner));
    }
  shy_der_put_integer (inner, r, COORDINATE);
  shy_der_put_integer (inner, s, COORDINATE);
  out = g_byte_array_new ();
  shy_der_put (out, SHY_DER_SEQUENCE, inner);

  return g_byte_array_free_to_bytes (out);
}

static GBytes *
signature_to_bytes (ShyKey      *self,
                    gcry_sexp_t  signature,
                    ShyKeyForm   form)
{
  guint8           r[COORDINATE], s[COORDINATE];
  g_autoptr (Sexp) found = NULL;
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
  g_autoptr (Sexp) data = NULL;
  g_autoptr (Sexp) signature = NULL;
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
      if (der.size != 2 * COORDINATE)
        return NULL;
      r = (ShyDer){ der.data, COORDINATE };
      s = (ShyDer){ der.data + COORDINATE, COORDINATE };
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
 * @form: how an SM2 signature is written
 * @input: the message
 * @signature: what was said to sign it
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
  g_autoptr (Sexp) data = NULL;
  g_autoptr (Sexp) value = NULL;

  g_return_val_if_fail (self != NULL && input != NULL && signature != NULL, FALSE);

  data = data_to_sign (self, digest, input);
  value = bytes_to_signature (self, signature, form);

  return value != NULL && gcry_pk_verify (value, data, self->public) == 0;
}

static GBytes *
join_ciphertext (gcry_sexp_t list,
                 ShyKeyForm  form,
                 gboolean    prefix)
{
  guint8           point[POINT], check[COORDINATE];
  g_autoptr (Sexp) found = gcry_sexp_find_token (list, "c", 0);
  GByteArray      *out;
  const char      *text;
  gsize            size;

  text = found != NULL ? gcry_sexp_nth_data (found, 1, &size) : NULL;
  if (text == NULL || !take_number (list, "a", point, POINT) ||
      !take_number (list, "b", check, COORDINATE))
    return NULL;

  out = g_byte_array_new ();
  g_byte_array_append (out, point + (prefix ? 0 : 1), POINT - (prefix ? 0 : 1));
  if (form == SHY_KEY_FORM_C1C3C2)
    g_byte_array_append (out, check, COORDINATE);
  g_byte_array_append (out, (const guint8 *) text, size);
  if (form != SHY_KEY_FORM_C1C3C2)
    g_byte_array_append (out, check, COORDINATE);

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
  g_autoptr (Sexp) data = NULL;
  g_autoptr (Sexp) secret = NULL;
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
  guint8        point[POINT] = { 4 };
  gsize         size, length;
  const guint8 *data = g_bytes_get_data (secret, &size);
  const guint8 *check, *text;

  /* The point's x may itself begin with 04: only the length tells, so the prefix is assumed. */
  if (size > POINT + COORDINATE && data[0] == 4)
    {
      data++;
      size--;
    }
  if (size <= POINT - 1 + COORDINATE)
    return NULL;
  memcpy (point + 1, data, POINT - 1);
  length = size - (POINT - 1) - COORDINATE;
  check = data + POINT - 1 + (form == SHY_KEY_FORM_C1C3C2 ? 0 : length);
  text = data + POINT - 1 + (form == SHY_KEY_FORM_C1C3C2 ? COORDINATE : 0);
  gcry_sexp_build (&list, NULL, "(enc-val(flags sm2)(sm2(a %b)(b %b)(c %b)))", POINT, point,
                   COORDINATE, check, (int) length, text);

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
  g_autoptr (Sexp) data = NULL;
  g_autoptr (Sexp) plain = NULL;
  g_autoptr (Sexp) value = NULL;
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
