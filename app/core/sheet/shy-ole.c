/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-ole-private.h"

#include <string.h>

/* Offsets of [MS-CFB] 2.2 (header) and 2.6 (directory entry). */
#define HEADER_SIZE 512
#define SECTOR_SHIFT_AT 30
#define MINI_SHIFT_AT 32
#define DIRECTORY_AT 48
#define MINI_CUTOFF_AT 56
#define MINI_FAT_AT 60
#define DIFAT_START_AT 68
#define DIFAT_AT 76
#define DIFAT_IN_HEADER 109
#define ENTRY_SIZE 128
#define ENTRY_NAME_SIZE_AT 64
#define ENTRY_KIND_AT 66
#define ENTRY_LEFT_AT 68
#define ENTRY_RIGHT_AT 72
#define ENTRY_CHILD_AT 76
#define ENTRY_START_AT 116
#define ENTRY_SIZE_AT 120
#define KIND_STREAM 2
#define KIND_ROOT 5
#define LAST_SECTOR 0xfffffffaU /* what is larger is no sector but a mark */

struct _ShyOle
{
  GBytes     *bytes;     /* (owned) */
  const guint8 *data;
  gsize       size;
  GArray     *fat;       /* (owned) (element-type guint32) the sector after each */
  GArray     *mini_fat;  /* (owned) (element-type guint32) the same for small sectors */
  GByteArray *directory; /* (owned) */
  GByteArray *mini;      /* (owned) the small sectors */
  guint       shift;     /* log2 of the size of a sector */
  guint       mini_shift;
  guint32     mini_cutoff;
};

static guint32
get32 (const guint8 *data)
{
  return data[0] | data[1] << 8 | data[2] << 16 | (guint32) data[3] << 24;
}

static guint
get16 (const guint8 *data)
{
  return data[0] | data[1] << 8;
}

/* The bytes of a sector; fewer than a whole one at the end of a file that breaks off. */
static const guint8 *
get_sector (ShyOle  *self,
            guint32  sector,
            gsize   *length)
{
  guint64 start = ((guint64) sector + 1) << self->shift;

  if (sector > LAST_SECTOR || start >= self->size)
    return NULL;
  *length = MIN ((gsize) 1 << self->shift, self->size - start);
  return self->data + start;
}

/* Follows a chain of sectors; a chain longer than the file is a ring. */
static GByteArray *
read_chain (ShyOle  *self,
            guint32  sector)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  while (sector <= LAST_SECTOR)
    {
      gsize         length;
      const guint8 *data = get_sector (self, sector, &length);

      if (data == NULL || bytes->len + length > self->size || sector >= self->fat->len)
        return NULL;
      g_byte_array_append (bytes, data, length);
      sector = g_array_index (self->fat, guint32, sector);
    }

  return g_steal_pointer (&bytes);
}

static gboolean
add_fat_sector (ShyOle  *self,
                guint32  sector)
{
  gsize         length;
  const guint8 *data;

  if (sector > LAST_SECTOR)
    return TRUE;
  data = get_sector (self, sector, &length);
  if (data == NULL || (guint64) self->fat->len * 4 > self->size)
    return FALSE;
  for (gsize i = 0; i + 4 <= length; i += 4)
    {
      guint32 next = get32 (data + i);

      g_array_append_val (self->fat, next);
    }
  return TRUE;
}

/* The table of sectors is itself in sectors, listed in the header and then in a chain. */
static gboolean
load_fat (ShyOle *self)
{
  guint32 sector = get32 (self->data + DIFAT_START_AT);

  for (guint i = 0; i < DIFAT_IN_HEADER; i++)
    if (!add_fat_sector (self, get32 (self->data + DIFAT_AT + 4 * i)))
      return FALSE;
  for (gsize guard = 0; sector <= LAST_SECTOR && guard < self->size >> self->shift; guard++)
    {
      gsize         length;
      const guint8 *data = get_sector (self, sector, &length);

      if (data == NULL || length < (gsize) 1 << self->shift)
        return FALSE;
      for (gsize i = 0; i + 8 <= length; i += 4)
        if (!add_fat_sector (self, get32 (data + i)))
          return FALSE;
      sector = get32 (data + length - 4);
    }
  return TRUE;
}

static const guint8 *
get_entry (ShyOle  *self,
           guint32  index)
{
  return index < self->directory->len / ENTRY_SIZE ? self->directory->data + index * ENTRY_SIZE : NULL;
}

/* Names do not depend on case ([MS-CFB] 2.6.4); reporting programs write WORKBOOK. */
static gboolean
is_called (const guint8 *entry,
           guint         kind,
           const char   *name)
{
  guint size = MIN (get16 (entry + ENTRY_NAME_SIZE_AT), ENTRY_NAME_SIZE_AT);

  if (entry[ENTRY_KIND_AT] != kind)
    return FALSE;
  if (name != NULL && size != 2 * (strlen (name) + 1))
    return FALSE;
  for (guint i = 0; name != NULL && name[i] != '\0'; i++)
    {
      guint c = get16 (entry + 2 * i);

      if (c >= 0x80 || g_ascii_tolower (c) != g_ascii_tolower (name[i]))
        return FALSE;
    }
  return TRUE;
}

static const guint8 *
find_anywhere (ShyOle     *self,
               guint       kind,
               const char *name)
{
  const guint8 *entry;

  for (guint32 i = 0; (entry = get_entry (self, i)) != NULL; i++)
    if (is_called (entry, kind, name))
      return entry;

  return NULL;
}

/* A stream of the file itself: one of a sheet that lies inside of a text document is not meant. The
 * entries of a folder form a tree; no entry is visited twice. */
static const guint8 *
find_stream (ShyOle     *self,
             const char *name)
{
  const guint8       *root = find_anywhere (self, KIND_ROOT, NULL);
  g_autoptr (GArray)  waiting = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree guint8  *seen = g_malloc0 (self->directory->len / ENTRY_SIZE + 1);
  guint32             next = root != NULL ? get32 (root + ENTRY_CHILD_AT) : G_MAXUINT32;
  gboolean            any = FALSE;

  g_array_append_val (waiting, next);
  while (waiting->len > 0)
    {
      const guint8 *entry;

      next = g_array_index (waiting, guint32, waiting->len - 1);
      g_array_set_size (waiting, waiting->len - 1);
      entry = get_entry (self, next);
      if (entry == NULL || seen[next])
        continue;
      if (is_called (entry, KIND_STREAM, name))
        return entry;
      any |= entry[ENTRY_KIND_AT] == KIND_STREAM;
      seen[next] = 1;
      next = get32 (entry + ENTRY_LEFT_AT);
      g_array_append_val (waiting, next);
      next = get32 (entry + ENTRY_RIGHT_AT);
      g_array_append_val (waiting, next);
    }
  /* Some writers leave the tree out. */
  return any ? NULL : find_anywhere (self, KIND_STREAM, name);
}

static gboolean
load_mini (ShyOle *self)
{
  const guint8          *root = find_anywhere (self, KIND_ROOT, NULL);
  g_autoptr (GByteArray) table = NULL;

  if (root == NULL)
    return FALSE;
  self->mini = get32 (root + ENTRY_START_AT) <= LAST_SECTOR
                 ? read_chain (self, get32 (root + ENTRY_START_AT)) : g_byte_array_new ();
  table = read_chain (self, get32 (self->data + MINI_FAT_AT));
  if (self->mini == NULL || table == NULL)
    return FALSE;
  for (gsize i = 0; i + 4 <= table->len; i += 4)
    {
      guint32 next = get32 (table->data + i);

      g_array_append_val (self->mini_fat, next);
    }
  return TRUE;
}

/* Opens a compound file; NULL if its tables make no sense. */
ShyOle *
shy_ole_new (GBytes *bytes)
{
  g_autoptr (ShyOle) self = g_new0 (ShyOle, 1);

  self->bytes = g_bytes_ref (bytes);
  self->data = g_bytes_get_data (bytes, &self->size);
  self->fat = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->mini_fat = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (self->size < HEADER_SIZE)
    return NULL;
  self->shift = get16 (self->data + SECTOR_SHIFT_AT);
  self->mini_shift = get16 (self->data + MINI_SHIFT_AT);
  self->mini_cutoff = get32 (self->data + MINI_CUTOFF_AT);
  if ((self->shift != 9 && self->shift != 12) || self->mini_shift != 6 || !load_fat (self))
    return NULL;
  self->directory = read_chain (self, get32 (self->data + DIRECTORY_AT));
  return self->directory != NULL && load_mini (self) ? g_steal_pointer (&self) : NULL;
}

void
shy_ole_free (ShyOle *self)
{
  g_clear_pointer (&self->fat, g_array_unref);
  g_clear_pointer (&self->mini_fat, g_array_unref);
  g_clear_pointer (&self->directory, g_byte_array_unref);
  g_clear_pointer (&self->mini, g_byte_array_unref);
  g_bytes_unref (self->bytes);
  g_free (self);
}

gboolean
shy_ole_has (ShyOle     *self,
             const char *stream)
{
  return find_stream (self, stream) != NULL;
}

static GByteArray *
read_mini (ShyOle  *self,
           guint32  sector)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize                  size = (gsize) 1 << self->mini_shift;

  while (sector <= LAST_SECTOR)
    {
      gsize start = (gsize) sector << self->mini_shift;

      if (sector >= self->mini_fat->len || start + size > self->mini->len ||
          bytes->len > self->mini->len)
        return NULL;
      g_byte_array_append (bytes, self->mini->data + start, size);
      sector = g_array_index (self->mini_fat, guint32, sector);
    }

  return g_steal_pointer (&bytes);
}

/* Reads a whole stream; NULL if it is not there or breaks off. */
GByteArray *
shy_ole_read (ShyOle     *self,
              const char *stream)
{
  const guint8          *entry = find_stream (self, stream);
  g_autoptr (GByteArray) bytes = NULL;
  guint32                start, size;

  if (entry == NULL)
    return NULL;
  start = get32 (entry + ENTRY_START_AT);
  size = get32 (entry + ENTRY_SIZE_AT);
  bytes = size < self->mini_cutoff ? read_mini (self, start) : read_chain (self, start);
  if (bytes == NULL || bytes->len < size)
    return NULL;
  g_byte_array_set_size (bytes, size);
  return g_steal_pointer (&bytes);
}
