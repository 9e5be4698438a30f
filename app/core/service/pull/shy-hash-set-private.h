/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of texts of which only 64 bits each are kept: 8 to 27 bytes a text, whatever its length.
 * Two of a million texts are taken for one with a chance below one in ten million. */
typedef struct
{
  guint64 *slots; /* 0: free */
  gsize    size;  /* a power of two */
  gsize    used;
} ShyHashSet;

guint64  shy_hash_bytes     (guint64       seed,
                             const void   *bytes,
                             gsize         length);
void     shy_hash_set_init  (ShyHashSet   *self);
void     shy_hash_set_clear (ShyHashSet   *self);
void     shy_hash_set_empty (ShyHashSet   *self);
gboolean shy_hash_set_add   (ShyHashSet   *self,
                             guint64       hash);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShyHashSet, shy_hash_set_clear)

G_END_DECLS
