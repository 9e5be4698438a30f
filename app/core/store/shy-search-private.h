/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-search.h"

G_BEGIN_DECLS

/* The key of a connection's indexes, and the words that were asked for already. */
typedef struct _ShySearchKey ShySearchKey;

void shy_search_key_free (ShySearchKey *self);

G_END_DECLS
