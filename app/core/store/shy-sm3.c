/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/shy-sm3-private.h"

/* SM3 (GB/T 32905-2016), the digest that Chinese public offices use, by libgcrypt. */

/* libgcrypt wants to be started before its first use, once and by one thread. */
static void
start_gcrypt (void)
{
  static gsize started;

  if (!g_once_init_enter (&started))
    return;
  if (!gcry_control (GCRYCTL_INITIALIZATION_FINISHED_P))
    {
      gcry_check_version (NULL);
      gcry_control (GCRYCTL_DISABLE_SECMEM, 0);
      gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
  g_once_init_leave (&started, 1);
}

/* Lower-case hexadecimal digits. */
char *
shy_hex (const guint8 *bytes, gsize length)
{
  static const char digits[] = "0123456789abcdef";
  char             *hex = g_malloc (2 * length + 1);

  for (gsize i = 0; i < length; i++)
    {
      hex[2 * i] = digits[bytes[i] >> 4];
      hex[2 * i + 1] = digits[bytes[i] & 0xf];
    }
  hex[2 * length] = '\0';
  return hex;
}

void
shy_sm3 (const void *bytes, gsize length, guint8 *digest)
{
  start_gcrypt ();
  gcry_md_hash_buffer (GCRY_MD_SM3, digest, bytes, length);
}

char *
shy_sm3_hex (const void *bytes, gsize length)
{
  guint8 digest[SHY_SM3_BYTES];

  shy_sm3 (bytes, length, digest);
  return shy_hex (digest, sizeof digest);
}

/* For what does not fit into memory: give gcry_md_write() the parts. */
gcry_md_hd_t
shy_sm3_open (void)
{
  gcry_md_hd_t md;

  start_gcrypt ();
  if (gcry_md_open (&md, GCRY_MD_SM3, 0) != 0)
    g_error ("libgcrypt has no SM3");
  return md;
}

/* An HMAC; gcry_md_reset() keeps the key. */
gcry_md_hd_t
shy_sm3_open_keyed (const void *key, gsize length)
{
  gcry_md_hd_t md;

  start_gcrypt ();
  if (gcry_md_open (&md, GCRY_MD_SM3, GCRY_MD_FLAG_HMAC) != 0 || gcry_md_setkey (md, key, length) != 0)
    g_error ("libgcrypt has no HMAC of SM3");
  return md;
}

char *
shy_sm3_close (gcry_md_hd_t md)
{
  char *hex = shy_hex (gcry_md_read (md, GCRY_MD_SM3), SHY_SM3_BYTES);

  gcry_md_close (md);
  return hex;
}

void
shy_random_bytes (guint8 *bytes, gsize length)
{
  start_gcrypt ();
  gcry_create_nonce (bytes, length);
}
