/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection.h"

G_BEGIN_DECLS

/**
 * ShySearchWords: (skip)
 *
 * By what one record is found, as it stands in the index of its table.
 */
typedef struct _ShySearchWords ShySearchWords;

ShySearchWords *shy_search_words_new        (ShyConnection         *connection,
                                             GError               **error);
void            shy_search_words_free       (ShySearchWords        *self);
void            shy_search_words_add_name   (ShySearchWords        *self,
                                             const char            *name);
void            shy_search_words_add_number (ShySearchWords        *self,
                                             const char            *number);
void            shy_search_words_add_tail   (ShySearchWords        *self,
                                             const char            *number);

gboolean        shy_search_add              (ShyConnection         *connection,
                                             const char            *index,
                                             gint64                 row,
                                             ShySearchWords        *words,
                                             GError               **error);
gboolean        shy_search_remove           (ShyConnection         *connection,
                                             const char            *index,
                                             gint64                 row,
                                             ShySearchWords        *words,
                                             GError               **error);
char           *shy_search_build_match      (ShyConnection         *connection,
                                             const char            *text,
                                             gboolean              *exact,
                                             GError               **error);
gboolean        shy_search_matches          (const char            *text,
                                             const char * const    *names,
                                             const char * const    *numbers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShySearchWords, shy_search_words_free)

G_END_DECLS
