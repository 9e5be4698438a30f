/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "identity/shy-identity.h"

G_BEGIN_DECLS

/**
 * ShyPaper:
 *
 * A kind of paper that says who somebody is: 居民身份证, 护照 and so on, from
 * `data/identity/papers.json`. None is ever freed.
 */
typedef struct _ShyPaper ShyPaper;

const ShyPaper    *shy_paper_get        (const char          *id);
const ShyPaper    *shy_paper_find       (const char          *name);
const char        *shy_paper_get_id     (const ShyPaper      *self);
const char        *shy_paper_get_title  (const ShyPaper      *self);
ShyIdentityResult  shy_paper_check      (const char * const  *kinds,
                                         const ShyPaper      *said,
                                         const char          *text,
                                         const GDate         *on,
                                         char               **number,
                                         const ShyPaper     **paper);
char              *shy_paper_dup_reason (const ShyPaper      *said,
                                         ShyIdentityResult    result);

G_END_DECLS
