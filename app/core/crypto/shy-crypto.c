/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crypto/shy-crypto-private.h"

#include "shy-error.h"

#include <gcrypt.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define BLOCK 16 /* bytes; AES and SM4 have the same block and key size */

static const struct
{
  const char *name;
  int         algorithm; /* of libgcrypt */
} digests[] = {
  [SHY_DIGEST_MD5] = { "md5", GCRY_MD_MD5 },
  [SHY_DIGEST_SHA1] = { "sha1", GCRY_MD_SHA1 },
  [SHY_DIGEST_SHA256] = { "sha256", GCRY_MD_SHA256 },
  [SHY_DIGEST_SHA384] = { "sha384", GCRY_MD_SHA384 },
  [SHY_DIGEST_SHA512] = { "sha512", GCRY_MD_SHA512 },
  [SHY_DIGEST_SM3] = { "sm3", GCRY_MD_SM3 },
};

static const char *const encodings[] = {
  [SHY_ENCODING_HEX] = "hex",
  [SHY_ENCODING_HEX_UPPER] = "HEX",
  [SHY_ENCODING_BASE64] = "base64",
};

static const struct
{
  const char *name;
  int         algorithm;
  int         mode;
} ciphers[] = {
  [SHY_CIPHER_AES_128_ECB] = { "aes-128-ecb", GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_ECB },
  [SHY_CIPHER_AES_128_CBC] = { "aes-128-cbc", GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CBC },
  [SHY_CIPHER_SM4_ECB] = { "sm4-ecb", GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_ECB },
  [SHY_CIPHER_SM4_CBC] = { "sm4-cbc", GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_CBC },
};

typedef struct gcry_cipher_handle CipherHandle;
typedef struct gcry_md_handle     DigestHandle;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CipherHandle, gcry_cipher_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DigestHandle, gcry_md_close)

/* libgcrypt wants its version asked for once before anything else. */
static void
ensure_library (void)
{
  static gsize ready;

  if (!g_once_init_enter (&ready))
    return;
  gcry_check_version (NULL);
  gcry_control (GCRYCTL_DISABLE_SECMEM, 0);
  gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
  g_once_init_leave (&ready, 1);
}

/**
 * shy_digest_from_name: (skip)
 * @name: as a service description writes it: "md5", "sha256", "sm3"
 * @digest: (out): the digest
 *
 * Returns: whether the name is known
 */
gboolean
shy_digest_from_name (const char *name,
                      ShyDigest  *digest)
{
  for (guint i = 0; i < G_N_ELEMENTS (digests); i++)
    if (g_strcmp0 (digests[i].name, name) == 0)
      {
        *digest = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * shy_encoding_from_name: (skip)
 * @name: "hex", "HEX" or "base64"
 * @encoding: (out): the encoding
 *
 * Returns: whether the name is known
 */
gboolean
shy_encoding_from_name (const char  *name,
                        ShyEncoding *encoding)
{
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (g_strcmp0 (encodings[i], name) == 0)
      {
        *encoding = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * shy_cipher_from_name: (skip)
 * @name: "aes-128-ecb", "aes-128-cbc", "sm4-ecb" or "sm4-cbc"
 * @cipher: (out): the cipher
 *
 * Returns: whether the name is known
 */
gboolean
shy_cipher_from_name (const char *name,
                      ShyCipher  *cipher)
{
  for (guint i = 0; i < G_N_ELEMENTS (ciphers); i++)
    if (g_strcmp0 (ciphers[i].name, name) == 0)
      {
        *cipher = i;
        return TRUE;
      }

  return FALSE;
}

static char *
encode_hex (const guint8 *data,
            gsize         size,
            const char   *digits)
{
  char *text = g_malloc (2 * size + 1);

  for (gsize i = 0; i < size; i++)
    {
      text[2 * i] = digits[data[i] >> 4];
      text[2 * i + 1] = digits[data[i] & 15];
    }
  text[2 * size] = '\0';

  return text;
}

/**
 * shy_encoding_encode: (skip)
 * @encoding: how
 * @bytes: what
 *
 * Returns: (transfer full): the text of @bytes
 */
char *
shy_encoding_encode (ShyEncoding encoding,
                     GBytes     *bytes)
{
  gsize         size;
  const guint8 *data;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  switch (encoding)
    {
    case SHY_ENCODING_HEX:
      return encode_hex (data, size, "0123456789abcdef");
    case SHY_ENCODING_HEX_UPPER:
      return encode_hex (data, size, "0123456789ABCDEF");
    case SHY_ENCODING_BASE64:
      return size > 0 ? g_base64_encode (data, size) : g_strdup ("");
    default:
      g_return_val_if_reached (NULL);
    }
}

static GBytes *
decode_hex (const char *text)
{
  gsize              length = strlen (text);
  g_autofree guint8 *data = NULL;

  if (length % 2 != 0)
    return NULL;
  data = g_malloc (length / 2 + 1);
  for (gsize i = 0; i < length / 2; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return NULL;
      data[i] = high << 4 | low;
    }

  return g_bytes_new_take (g_steal_pointer (&data), length / 2);
}

/* Brings base64 as gateways write it to the form that GLib reads: line breaks and blanks, which RFC
 * 2045 §6.8 lets a reader ignore, are taken out, the letters of base64url become those of base64,
 * padding that was left off is put back. NULL if it is no base64. */
static char *
tidy_base64 (const char *text)
{
  g_autoptr (GString) tidy = g_string_new (NULL);
  gsize               digits;

  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isspace (*c))
      g_string_append_c (tidy, *c == '-' ? '+' : *c == '_' ? '/' : *c);
  digits = strspn (tidy->str, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  if (strspn (tidy->str + digits, "=") != tidy->len - digits || tidy->len - digits > 2
      || digits % 4 == 1 || (tidy->len > digits && tidy->len % 4 != 0))
    return NULL;
  while (tidy->len % 4 != 0)
    g_string_append_c (tidy, '=');
  return g_string_free (g_steal_pointer (&tidy), FALSE);
}

/**
 * shy_encoding_decode: (skip)
 * @encoding: how @text is written; both cases of hexadecimal digits are read
 * @text: the text
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_INVALID if the text is not of that encoding. The message does not repeat the
 * text, for it may be a secret.
 *
 * Returns: (transfer full): the bytes, or %NULL with @error set
 */
GBytes *
shy_encoding_decode (ShyEncoding  encoding,
                     const char  *text,
                     GError     **error)
{
  GBytes *bytes = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (encoding == SHY_ENCODING_BASE64)
    {
      g_autofree char *tidy = tidy_base64 (text);

      if (tidy != NULL)
        {
          gsize   size;
          guint8 *data = g_base64_decode (tidy, &size);

          bytes = g_bytes_new_take (data, size);
        }
    }
  else
    {
      bytes = decode_hex (text);
    }
  if (bytes == NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 /* Translators: %s is "hex", "HEX" or "base64". */
                 _("A value that should be %s is not. Check the key and the description."),
                 encodings[encoding]);

  return bytes;
}

static GBytes *
compute (int     algorithm,
         GBytes *key,
         GBytes *input)
{
  g_autoptr (DigestHandle) handle = NULL;
  gsize                    size;
  const void              *data;

  ensure_library ();
  if (gcry_md_open (&handle, algorithm, key != NULL ? GCRY_MD_FLAG_HMAC : 0) != 0)
    g_error ("libgcrypt lacks digest %d", algorithm);
  if (key != NULL)
    {
      data = g_bytes_get_data (key, &size);
      gcry_md_setkey (handle, data != NULL ? data : "", size);
    }
  data = g_bytes_get_data (input, &size);
  if (size > 0)
    gcry_md_write (handle, data, size);

  return g_bytes_new (gcry_md_read (handle, algorithm), gcry_md_get_algo_dlen (algorithm));
}

/**
 * shy_digest_compute: (skip)
 * @digest: the algorithm
 * @input: what to hash
 *
 * Returns: (transfer full): the hash
 */
GBytes *
shy_digest_compute (ShyDigest digest,
                    GBytes   *input)
{
  g_return_val_if_fail (digest < G_N_ELEMENTS (digests), NULL);
  g_return_val_if_fail (input != NULL, NULL);

  return compute (digests[digest].algorithm, NULL, input);
}

/**
 * shy_hmac_compute: (skip)
 * @digest: the algorithm below the HMAC (RFC 2104)
 * @key: the key
 * @input: what to sign
 *
 * Returns: (transfer full): the code
 */
GBytes *
shy_hmac_compute (ShyDigest digest,
                  GBytes   *key,
                  GBytes   *input)
{
  g_return_val_if_fail (digest < G_N_ELEMENTS (digests), NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (input != NULL, NULL);

  return compute (digests[digest].algorithm, key, input);
}

/**
 * shy_cipher_derive_java: (skip)
 * @seed: what a Java program seeds its `SHA1PRNG` with
 *
 * Derives the key that Java's AES `KeyGenerator` makes from a seeded `SHA1PRNG`, which several
 * exchange platforms use: the first 16 bytes of SHA1(SHA1(seed)).
 *
 * Returns: (transfer full): a key of 16 bytes
 */
GBytes *
shy_cipher_derive_java (GBytes *seed)
{
  g_autoptr (GBytes) once = NULL;
  g_autoptr (GBytes) twice = NULL;

  g_return_val_if_fail (seed != NULL, NULL);

  once = shy_digest_compute (SHY_DIGEST_SHA1, seed);
  twice = shy_digest_compute (SHY_DIGEST_SHA1, once);

  return g_bytes_new_from_bytes (twice, 0, BLOCK);
}

static CipherHandle *
open_cipher (ShyCipher   cipher,
             GBytes     *key,
             GBytes     *iv,
             GError    **error)
{
  g_autoptr (CipherHandle) handle = NULL;
  gboolean                 chained = ciphers[cipher].mode == GCRY_CIPHER_MODE_CBC;

  ensure_library ();
  if (g_bytes_get_size (key) != BLOCK || (chained && (iv == NULL || g_bytes_get_size (iv) != BLOCK)))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   /* Translators: %s is a cipher such as "sm4-cbc". */
                   _("The key of %s must have 16 bytes, and so must its iv if it has one. "
                     "Check the key you typed."),
                   ciphers[cipher].name);
      return NULL;
    }
  if (gcry_cipher_open (&handle, ciphers[cipher].algorithm, ciphers[cipher].mode, 0) != 0)
    g_error ("libgcrypt lacks cipher %s", ciphers[cipher].name);
  gcry_cipher_setkey (handle, g_bytes_get_data (key, NULL), BLOCK);
  if (chained)
    gcry_cipher_setiv (handle, g_bytes_get_data (iv, NULL), BLOCK);

  return g_steal_pointer (&handle);
}

/**
 * shy_cipher_encrypt: (skip)
 * @cipher: the cipher
 * @key: 16 bytes
 * @iv: (nullable): 16 bytes for the chained modes
 * @plain: what to encrypt
 * @error: return location for an error
 *
 * Encrypts with PKCS #7 padding.
 *
 * Errors: %SHY_ERROR_INVALID for a key or iv of another size.
 *
 * Returns: (transfer full): the secret text, or %NULL with @error set
 */
GBytes *
shy_cipher_encrypt (ShyCipher   cipher,
                    GBytes     *key,
                    GBytes     *iv,
                    GBytes     *plain,
                    GError    **error)
{
  g_autoptr (CipherHandle) handle = NULL;
  gsize                    size, padding;
  const void              *data;
  guint8                  *out;

  g_return_val_if_fail (cipher < G_N_ELEMENTS (ciphers), NULL);
  g_return_val_if_fail (key != NULL && plain != NULL, NULL);

  handle = open_cipher (cipher, key, iv, error);
  if (handle == NULL)
    return NULL;

  data = g_bytes_get_data (plain, &size);
  padding = BLOCK - size % BLOCK;
  out = g_malloc (size + padding);
  if (size > 0)
    memcpy (out, data, size);
  memset (out + size, (int) padding, padding);
  gcry_cipher_encrypt (handle, out, size + padding, NULL, 0);

  return g_bytes_new_take (out, size + padding);
}

/* The length without its PKCS #7 padding, or -1 if there is none: the key was wrong. */
static gssize
unpadded_size (const guint8 *data,
               gsize         size)
{
  guint8 padding = size > 0 ? data[size - 1] : 0;

  if (padding == 0 || padding > BLOCK)
    return -1;
  for (gsize i = size - padding; i < size; i++)
    if (data[i] != padding)
      return -1;

  return (gssize) (size - padding);
}

/**
 * shy_cipher_decrypt: (skip)
 * @cipher: the cipher
 * @key: 16 bytes
 * @iv: (nullable): 16 bytes for the chained modes
 * @secret: what to decrypt
 * @error: return location for an error
 *
 * Decrypts and takes the PKCS #7 padding off.
 *
 * Errors: %SHY_ERROR_INVALID if a size or the padding is wrong, as after a wrong key.
 *
 * Returns: (transfer full): the plain text, or %NULL with @error set
 */
GBytes *
shy_cipher_decrypt (ShyCipher   cipher,
                    GBytes     *key,
                    GBytes     *iv,
                    GBytes     *secret,
                    GError    **error)
{
  g_autoptr (CipherHandle) handle = NULL;
  g_autofree guint8       *out = NULL;
  gsize                    size;
  gssize                   length = -1;
  const void              *data;

  g_return_val_if_fail (cipher < G_N_ELEMENTS (ciphers), NULL);
  g_return_val_if_fail (key != NULL && secret != NULL, NULL);

  handle = open_cipher (cipher, key, iv, error);
  if (handle == NULL)
    return NULL;

  data = g_bytes_get_data (secret, &size);
  if (size > 0 && size % BLOCK == 0)
    {
      out = g_memdup2 (data, size);
      gcry_cipher_decrypt (handle, out, size, NULL, 0);
      length = unpadded_size (out, size);
    }
  if (length < 0)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("The answer cannot be decrypted with %s. Check the key you typed."),
                   ciphers[cipher].name);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&out), (gsize) length);
}
