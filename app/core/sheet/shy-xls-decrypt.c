/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-xls-private.h"

#include "sheet/shy-biff-private.h"

#include <gcrypt.h>
#include <string.h>

/* A workbook whose structure is protected is encrypted with a password that everybody knows, and opens
 * everywhere without asking ([MS-OFFCRYPTO] 2.3.5 and 2.3.6 say how, [MS-XLS] 2.2.10 what of it). */
#define PASSWORD "VelvetSweatshop"

#define HEADER_SIZE 4
#define BLOCK_SIZE 1024
#define SALT_SIZE 16
#define MAX_HASH 20
#define METHOD_XOR 0
#define METHOD_RC4 1

/* Records that are never encrypted. */
enum {
  BIFF_USER_EXCLUSIVE = 0x0194,
  BIFF_FILE_LOCK = 0x0195,
  BIFF_REVISION_INFO = 0x0196,
  BIFF_REVISION_HEADER = 0x0138,
  BIFF_INTERFACE_HEADER = 0x00e1,
};

typedef struct
{
  GChecksumType hash;
  guint8        base[MAX_HASH]; /* what the number of a block is hashed with */
  gsize         base_size;
  gsize         key_size;       /* of a block, in bytes */
  gsize         used;           /* of these, the bytes that are not zero */
} Key;

static gsize
digest (GChecksumType  type,
        const guint8  *one,
        gsize          one_size,
        const guint8  *other,
        gsize          other_size,
        guint8        *hash)
{
  g_autoptr (GChecksum) sum = g_checksum_new (type);
  gsize                 size = MAX_HASH;

  g_checksum_update (sum, one, (gssize) one_size);
  g_checksum_update (sum, other, (gssize) other_size);
  g_checksum_get_digest (sum, hash, &size);
  return size;
}

static gsize
write_password (guint8 *wide)
{
  for (gsize i = 0; i < strlen (PASSWORD); i++)
    {
      wide[2 * i] = (guint8) PASSWORD[i];
      wide[2 * i + 1] = 0;
    }
  return 2 * strlen (PASSWORD);
}

static guint32
get32 (const guint8 *data)
{
  return data[0] | data[1] << 8 | data[2] << 16 | (guint32) data[3] << 24;
}

/* libgcrypt wants to be started before its first use, by whoever comes first. */
static void
start_gcrypt (void)
{
  static gsize started;

  if (!g_once_init_enter (&started))
    return;
  if (!gcry_control (GCRYCTL_INITIALIZATION_FINISHED_P))
    gcry_check_version (NULL);
  g_once_init_leave (&started, 1);
}

/* A cipher at the start of a block. */
static gcry_cipher_hd_t
open_block (const Key *self,
            guint32    block)
{
  guint8           number[] = { block & 0xff, block >> 8 & 0xff, block >> 16 & 0xff, block >> 24 };
  guint8           hash[MAX_HASH] = { 0 };
  gcry_cipher_hd_t cipher = NULL;

  digest (self->hash, self->base, self->base_size, number, sizeof number, hash);
  memset (hash + self->used, 0, sizeof hash - self->used);
  if (gcry_cipher_open (&cipher, GCRY_CIPHER_ARCFOUR, GCRY_CIPHER_MODE_STREAM, 0) != 0)
    return NULL;
  /* A key of 40 bits is “weak” and is set all the same. */
  gcry_cipher_setkey (cipher, hash, self->key_size);
  return cipher;
}

/* Whether the key opens what was put there to try it on. */
static gboolean
verify (const Key    *self,
        const guint8 *verifier,
        const guint8 *verifier_hash,
        gsize         hash_size)
{
  gcry_cipher_hd_t cipher = open_block (self, 0);
  guint8           plain[SALT_SIZE];
  guint8           told[MAX_HASH];
  guint8           hash[MAX_HASH];

  if (cipher == NULL)
    return FALSE;
  gcry_cipher_decrypt (cipher, plain, sizeof plain, verifier, SALT_SIZE);
  gcry_cipher_decrypt (cipher, told, hash_size, verifier_hash, hash_size);
  gcry_cipher_close (cipher);
  digest (self->hash, plain, sizeof plain, NULL, 0, hash);
  return memcmp (hash, told, hash_size) == 0;
}

/* Office 97: 40 bits by MD5. */
static gboolean
make_rc4_key (Key          *self,
              const guint8 *info,
              gsize         size)
{
  guint8 wide[64];
  guint8 hash[MAX_HASH];
  guint8 salted[16 * (5 + SALT_SIZE)];

  if (size < 3 * SALT_SIZE)
    return FALSE;
  self->hash = G_CHECKSUM_MD5;
  self->key_size = self->used = 16;
  self->base_size = 5;
  digest (self->hash, wide, write_password (wide), NULL, 0, hash);
  for (gsize i = 0; i < 16; i++)
    {
      memcpy (salted + i * (5 + SALT_SIZE), hash, 5);
      memcpy (salted + i * (5 + SALT_SIZE) + 5, info, SALT_SIZE);
    }
  digest (self->hash, salted, sizeof salted, NULL, 0, hash);
  memcpy (self->base, hash, 5);
  return verify (self, info + SALT_SIZE, info + 2 * SALT_SIZE, 16);
}

/* Office XP to 2003: 40 to 128 bits by SHA-1. */
static gboolean
make_crypto_api_key (Key          *self,
                     const guint8 *info,
                     gsize         size)
{
  guint8  wide[64];
  guint32 header, bits;

  if (size < 8 || (header = get32 (info + 4)) < 20 || header > size - 8 ||
      size - 8 - header < 4 + 2 * SALT_SIZE + 4 + MAX_HASH)
    return FALSE;
  bits = get32 (info + 8 + 16);
  bits = bits == 0 ? 40 : bits;
  if (bits < 40 || bits > 128)
    return FALSE;
  self->hash = G_CHECKSUM_SHA1;
  self->used = bits / 8;
  self->key_size = bits == 40 ? 16 : bits / 8;
  info += 8 + header + 4;
  self->base_size = digest (self->hash, info, SALT_SIZE, wide, write_password (wide), self->base);
  return verify (self, info + SALT_SIZE, info + 2 * SALT_SIZE + 4, MAX_HASH);
}

/* The bytes of a record that stay as they are, from its start. */
static gsize
get_clear_size (guint kind,
                gsize length)
{
  switch (kind)
    {
    case SHY_BIFF_BOF:
    case SHY_BIFF_FILE_PASS:
    case BIFF_USER_EXCLUSIVE:
    case BIFF_FILE_LOCK:
    case BIFF_REVISION_INFO:
    case BIFF_REVISION_HEADER:
    case BIFF_INTERFACE_HEADER:
      return length;

    case SHY_BIFF_BOUND_SHEET:
      return MIN (length, 4);

    default:
      return 0;
    }
}

/* Gives each encrypted piece of a record to @piece. */
typedef void (*PieceFunc) (guint8  *data,
                           gsize    offset,
                           gsize    length,
                           gsize    skip,
                           gpointer user_data);

static void
for_each_piece (GByteArray *stream,
                gsize       at,
                PieceFunc   piece,
                gpointer    user_data)
{
  while (at + HEADER_SIZE <= stream->len)
    {
      guint8 *record = stream->data + at;
      gsize   length = MIN ((gsize) (record[2] | record[3] << 8), stream->len - at - HEADER_SIZE);
      gsize   clear = get_clear_size (record[0] | record[1] << 8, length);

      if (clear < length)
        piece (record + HEADER_SIZE, at + HEADER_SIZE, length, clear, user_data);
      at += HEADER_SIZE + length;
    }
}

/* The key changes every 1,024 bytes of the stream, whatever records they belong to. */
static void
decrypt_rc4 (guint8   *data,
             gsize     offset,
             gsize     length,
             gsize     skip,
             gpointer  user_data)
{
  guint8 unused[BLOCK_SIZE] = { 0 };

  for (gsize done = skip; done < length;)
    {
      gsize            inside = (offset + done) % BLOCK_SIZE;
      gsize            step = MIN (length - done, BLOCK_SIZE - inside);
      gcry_cipher_hd_t cipher = open_block (user_data, (guint32) ((offset + done) / BLOCK_SIZE));

      if (cipher == NULL)
        return;
      gcry_cipher_decrypt (cipher, unused, inside, NULL, 0);
      gcry_cipher_decrypt (cipher, data + done, step, NULL, 0);
      gcry_cipher_close (cipher);
      done += step;
    }
}

/* The oldest method: a key of sixteen bytes, from the password and two bytes of the file. */
static gboolean
make_xor_key (guint8       *key,
              const guint8 *info,
              gsize         size)
{
  static const guint8 fill[] = { 0xbb };
  guint               verifier = 0;
  gsize               n = strlen (PASSWORD);

  if (size < 4)
    return FALSE;
  for (gsize i = n + 1; i-- > 0;)
    {
      guint byte = i == 0 ? (guint) n : (guint8) PASSWORD[i - 1];

      verifier = ((verifier >> 14 & 1) | (verifier << 1 & 0x7fff)) ^ byte;
    }
  if ((verifier ^ 0xce4b) != (guint) (info[2] | info[3] << 8))
    return FALSE;
  memcpy (key, PASSWORD, n);
  memcpy (key + n, fill, 16 - n);
  for (gsize i = 0; i < 16; i++)
    {
      guint8 byte = key[i] ^ info[i % 2];

      key[i] = (guint8) (byte << 2 | byte >> 6);
    }
  return TRUE;
}

static void
decrypt_xor (guint8   *data,
             gsize     offset,
             gsize     length,
             gsize     skip,
             gpointer  user_data)
{
  const guint8 *key = user_data;

  for (gsize i = skip; i < length; i++)
    data[i] = (guint8) (data[i] << 3 | data[i] >> 5) ^ key[(offset + length + i) % 16];
}

gboolean
shy_xls_decrypt (GByteArray *stream,
                 gsize       at)
{
  const guint8 *info = stream->data + at + HEADER_SIZE;
  gsize         size = MIN ((gsize) (info[-2] | info[-1] << 8), stream->len - at - HEADER_SIZE);
  guint8        xor_key[16];
  Key           key;
  guint         method, major;

  if (size < 4)
    return FALSE;
  /* Excel 5 and 95 know one method only and do not name it. */
  method = size == 4 ? METHOD_XOR : info[0] | info[1] << 8;
  if (method == METHOD_XOR)
    {
      gsize skip = size == 4 ? 0 : 2;

      if (!make_xor_key (xor_key, info + skip, size - skip))
        return FALSE;
      for_each_piece (stream, at + HEADER_SIZE + size, decrypt_xor, xor_key);
      return TRUE;
    }
  if (method != METHOD_RC4 || size < 6)
    return FALSE;
  start_gcrypt ();
  major = info[2] | info[3] << 8;
  if (!(major == 1 ? make_rc4_key (&key, info + 6, size - 6) : make_crypto_api_key (&key, info + 6, size - 6)))
    return FALSE;
  for_each_piece (stream, at + HEADER_SIZE + size, decrypt_rc4, &key);
  return TRUE;
}
