/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-book-source-private.h"
#include "sheet/shy-book.h"

G_BEGIN_DECLS

gboolean shy_book_kind_of_name (const char     *name,
                                ShyBookKind    *kind);
gboolean shy_book_kind_detect  (ShyBookSource  *source,
                                ShyBookKind    *kind,
                                GCancellable   *cancellable,
                                GError        **error);

G_END_DECLS
