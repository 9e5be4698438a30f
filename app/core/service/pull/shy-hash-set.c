/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/pull/shy-hash-set-private.h"

#include <string.h>

#define LEAST_SIZE 256

/* FNV-1a (Fowler, Noll, Vo), 64 bits. */
#define FNV_OFFSET G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define FNV_PRIME  G_GUINT64_CONSTANT (0x100000001b3)

/* The last mixing of MurmurHash3, after which each bit depends on each. */
static guint64
mix (guint64 hash)
{
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return hash ^ (hash >> 33);
}

/* The hash of some bytes that come after those of @seed, which is 0 at the beginning. */
guint64
shy_hash_bytes (guint64 seed, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  guint64       hash = seed ^ FNV_OFFSET;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ at[i]) * FNV_PRIME;
  return mix (hash ^ length);
}

void
shy_hash_set_init (ShyHashSet *self)
{
  *self = (ShyHashSet) { g_new0 (guint64, LEAST_SIZE), LEAST_SIZE, 0 };
}

void
shy_hash_set_clear (ShyHashSet *self)
{
  g_clear_pointer (&self->slots, g_free);
}

/* Forgets all there is. */
void
shy_hash_set_empty (ShyHashSet *self)
{
  memset (self->slots, 0, self->size * sizeof *self->slots);
  self->used = 0;
}

static guint64 *
find_slot (ShyHashSet *self, guint64 hash)
{
  gsize at = hash & (self->size - 1);

  while (self->slots[at] != 0 && self->slots[at] != hash)
    at = (at + 1) & (self->size - 1);
  return &self->slots[at];
}

static void
grow (ShyHashSet *self)
{
  g_autofree guint64 *old = self->slots;
  gsize               size = self->size;

  self->size *= 2;
  self->slots = g_new0 (guint64, self->size);
  for (gsize i = 0; i < size; i++)
    if (old[i] != 0)
      *find_slot (self, old[i]) = old[i];
}

/* Adds a hash; says whether it was not there before. */
gboolean
shy_hash_set_add (ShyHashSet *self, guint64 hash)
{
  guint64 *slot;

  hash = hash != 0 ? hash : 1;
  slot = find_slot (self, hash);
  if (*slot == hash)
    return FALSE;
  *slot = hash;
  if (++self->used * 4 > self->size * 3)
    grow (self);
  return TRUE;
}
