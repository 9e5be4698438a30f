/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SHY_DIGEST_MD5,
  SHY_DIGEST_SHA1,
  SHY_DIGEST_SHA256,
  SHY_DIGEST_SHA384,
  SHY_DIGEST_SHA512,
  SHY_DIGEST_SM3,
} ShyDigest;

typedef enum {
  SHY_ENCODING_HEX,
  SHY_ENCODING_HEX_UPPER,
  SHY_ENCODING_BASE64,
} ShyEncoding;

typedef enum {
  SHY_CIPHER_AES_128_ECB,
  SHY_CIPHER_AES_128_CBC,
  SHY_CIPHER_SM4_ECB,
  SHY_CIPHER_SM4_CBC,
} ShyCipher;

gboolean shy_digest_from_name   (const char  *name,
                                 ShyDigest   *digest);
gboolean shy_encoding_from_name (const char  *name,
                                 ShyEncoding *encoding);
gboolean shy_cipher_from_name   (const char  *name,
                                 ShyCipher   *cipher);

char    *shy_encoding_encode    (ShyEncoding  encoding,
                                 GBytes      *bytes);
GBytes  *shy_encoding_decode    (ShyEncoding  encoding,
                                 const char  *text,
                                 GError     **error);

GBytes  *shy_digest_compute     (ShyDigest    digest,
                                 GBytes      *input);
GBytes  *shy_hmac_compute       (ShyDigest    digest,
                                 GBytes      *key,
                                 GBytes      *input);

GBytes  *shy_cipher_derive_java (GBytes      *seed);
GBytes  *shy_cipher_encrypt     (ShyCipher    cipher,
                                 GBytes      *key,
                                 GBytes      *iv,
                                 GBytes      *plain,
                                 GError     **error);
GBytes  *shy_cipher_decrypt     (ShyCipher    cipher,
                                 GBytes      *key,
                                 GBytes      *iv,
                                 GBytes      *secret,
                                 GError     **error);

G_END_DECLS
