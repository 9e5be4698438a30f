/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/wire/shy-exchange-private.h"

G_BEGIN_DECLS

/* A page as it came. */
typedef struct
{
  ShyReply  *reply;
  GPtrArray *records; /* of ShyJson: belongs to @reply */
  guint64    hash;    /* of the records */
} ShyPage;

/* Asks for pages ahead of the one that is being read, in threads of its own; pages are taken in
 * order all the same. Of one thread. */
typedef struct _ShyFetch ShyFetch;

ShyFetch *shy_fetch_new   (ShyExchange             *exchange,
                           const ShyServiceStream  *stream);
void      shy_fetch_free  (ShyFetch                *self);
guint     shy_fetch_get_depth
                          (ShyFetch                *self);
void      shy_fetch_ahead (ShyFetch                *self,
                           const ShyRequestScope          *places,
                           guint                    n_places);
ShyPage  *shy_fetch_take  (ShyFetch                *self,
                           ShyRequestScope                *place,
                           GError                 **error);
void      shy_page_free   (ShyPage                 *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyFetch, shy_fetch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyPage, shy_page_free)

G_END_DECLS
