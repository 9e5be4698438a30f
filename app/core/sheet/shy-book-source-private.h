/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where the bytes of a book come from: a file, or memory. Never changed once made, so readers on
 * several threads may share it. */
typedef struct
{
  char   *name;  /* (owned) what messages call it */
  char   *path;  /* (owned) (nullable) */
  GBytes *bytes; /* (owned) (nullable) */
  char   *state; /* (owned) (nullable) which file the path was, and how old, when it was made */
} ShyBookSource;

ShyBookSource *shy_book_source_new_path  (const char     *path);
ShyBookSource *shy_book_source_new_bytes (GBytes         *bytes,
                                          const char     *name);
ShyBookSource *shy_book_source_ref       (ShyBookSource  *self);
void           shy_book_source_unref     (ShyBookSource  *self);
GInputStream  *shy_book_source_open      (ShyBookSource  *self,
                                          GCancellable   *cancellable,
                                          GError        **error);
/* Whether the file is still the one that it was: a book is opened, and each of its sheets later and
 * anew, and parts of two versions must not be mixed. */
gboolean       shy_book_source_check     (ShyBookSource  *self,
                                          GError        **error);
void           shy_book_source_set_damaged (ShyBookSource  *self,
                                            const char     *detail,
                                            GError        **error);
/* What to say where the system does not give the bytes. */
void           shy_book_source_set_unread  (ShyBookSource  *self,
                                            GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyBookSource, shy_book_source_unref)

G_END_DECLS
