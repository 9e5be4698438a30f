/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/shy-pin-private.h"

#include "crypto/shy-crypto-private.h"
#include "crypto/shy-der-private.h"

#include <string.h>

/* How pins are parted: an operator that is about to change its key names the next one too. */
#define PARTS " ,"

/* Of the form that RFC 7469 writes. */
#define KEY_PREFIX "sha256/"

#define DIGEST_SIZE 32

/* The version of a certificate, which may be left out. */
#define DER_VERSION 0xa0

/* The tags before the key in a certificate: number, method, issuer, dates, subject. */
static const guint8 before_key[] = { SHY_DER_INTEGER, SHY_DER_SEQUENCE, SHY_DER_SEQUENCE,
                                     SHY_DER_SEQUENCE, SHY_DER_SEQUENCE };

static char *
digest_hex (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) hash = shy_digest_compute (SHY_DIGEST_SHA256, bytes);

  return shy_encoding_encode (SHY_ENCODING_HEX, hash);
}

/* The element of the key (SubjectPublicKeyInfo), with its header. */
static gboolean
find_key (const GByteArray *der, ShyDer *key)
{
  ShyDer  whole = { der->data, der->len };
  ShyDer  certificate, signed_part, skipped;
  guint8  tag;

  if (!shy_der_next (&whole, SHY_DER_SEQUENCE, &certificate) ||
      !shy_der_next (&certificate, SHY_DER_SEQUENCE, &signed_part))
    return FALSE;
  if (shy_der_peek (&signed_part, &tag) && tag == DER_VERSION)
    shy_der_next (&signed_part, DER_VERSION, &skipped);
  for (guint i = 0; i < G_N_ELEMENTS (before_key); i++)
    if (!shy_der_next (&signed_part, before_key[i], &skipped))
      return FALSE;
  key->data = signed_part.data;
  if (!shy_der_next (&signed_part, SHY_DER_SEQUENCE, &skipped))
    return FALSE;
  key->size = (gsize) (signed_part.data - key->data);
  return TRUE;
}

/* The pin of the key of a certificate, as hexadecimal; %NULL if it has none that can be read. */
char *
shy_pin_of_key (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  ShyDer                 key;

  g_object_get (certificate, "certificate", &der, NULL);
  return der != NULL && find_key (der, &key) ? digest_hex (key.data, key.size) : NULL;
}

/* A pin as hexadecimal in small letters, %NULL if it is none. */
static char *
read_pin (const char *pin)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char   *bare = NULL;

  if (g_str_has_prefix (pin, KEY_PREFIX))
    pin += strlen (KEY_PREFIX);
  bare = g_strdup (pin);
  if (strlen (bare) == 2 * DIGEST_SIZE)
    bytes = shy_encoding_decode (SHY_ENCODING_HEX, bare, NULL);
  else
    bytes = shy_encoding_decode (SHY_ENCODING_BASE64, bare, NULL);
  return bytes != NULL && g_bytes_get_size (bytes) == DIGEST_SIZE
           ? shy_encoding_encode (SHY_ENCODING_HEX, bytes)
           : NULL;
}

/* Whether a text is a pin, or several with blanks or commas between: 64 hexadecimal digits, or
 * the Base64 of RFC 7469 with or without “sha256/”. */
gboolean
shy_pin_is_valid (const char *pins)
{
  g_auto (GStrv) parts = g_strsplit_set (pins, PARTS, -1);
  guint          count = 0;

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *pin = *parts[i] != '\0' ? read_pin (parts[i]) : NULL;

      if (*parts[i] != '\0' && pin == NULL)
        return FALSE;
      count += pin != NULL;
    }
  return count > 0;
}

/* Whether a certificate has a key that is pinned, or is itself pinned. */
gboolean
shy_pin_matches (const char *pins, GTlsCertificate *certificate)
{
  g_auto (GStrv)         parts = g_strsplit_set (pins, PARTS, -1);
  g_autoptr (GByteArray) der = NULL;
  g_autofree char       *key = shy_pin_of_key (certificate);
  g_autofree char       *whole = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  whole = der != NULL ? digest_hex (der->data, der->len) : NULL;
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *pin = *parts[i] != '\0' ? read_pin (parts[i]) : NULL;

      if (pin != NULL && (g_strcmp0 (pin, key) == 0 || g_strcmp0 (pin, whole) == 0))
        return TRUE;
    }
  return FALSE;
}
