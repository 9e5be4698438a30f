/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crypto/shy-key-parts-private.h"

#include "crypto/shy-der-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct gcry_mpi Mpi;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mpi, gcry_mpi_release)

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
  memcpy (self->point, point, SHY_SM2_POINT);
  self->sm2 = TRUE;

  return gcry_sexp_build (&self->public, NULL, "(public-key(ecc(curve sm2p256v1)(q %b)))", SHY_SM2_POINT,
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
  guint8          point[SHY_SM2_POINT];
  gsize           written = 0;
  gboolean        loaded;

  if (size > SHY_SM2_COORDINATE || gcry_mpi_scan (&d, GCRYMPI_FMT_USG, scalar, size, NULL) != 0 ||
      gcry_mpi_ec_new (&context, NULL, "sm2p256v1") != 0)
    return FALSE;
  gcry_mpi_ec_set_mpi ("d", d, context);
  q = gcry_mpi_ec_get_mpi ("q", context, 1);
  gcry_ctx_release (context);

  loaded = q != NULL && gcry_mpi_print (GCRYMPI_FMT_USG, point, SHY_SM2_POINT, &written, q) == 0 &&
           written == SHY_SM2_POINT && load_sm2_public (self, point);
  return loaded && gcry_sexp_build (&self->private, NULL,
                                    "(private-key(ecc(curve sm2p256v1)(q %b)(d %m)))", SHY_SM2_POINT, point,
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
  if (bits.size == SHY_SM2_POINT && bits.data[0] == 4)
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
  guint8        point[SHY_SM2_POINT] = { 4 };

  if (size == SHY_SM2_COORDINATE)
    return load_sm2_private (self, data, size);
  if (size == SHY_SM2_POINT && data[0] == 4)
    return load_sm2_public (self, data);
  if (size != SHY_SM2_POINT - 1)
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
