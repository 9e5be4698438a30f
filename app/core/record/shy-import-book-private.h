/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/shy-import-book.h"

G_BEGIN_DECLS

gboolean shy_import_book_find   (ShyConnection          *connection,
                                 const char             *target,
                                 const char             *digest,
                                 gint64                 *batch,
                                 char                  **created_at,
                                 GError                **error);
gboolean shy_import_book_add    (ShyConnection          *connection,
                                 ShyImportTarget        *target,
                                 const ShyImportCommit  *commit,
                                 const char             *digest,
                                 GError                **error);
gboolean shy_recipe_keep        (ShyConnection          *connection,
                                 const char             *target,
                                 const char             *name,
                                 JsonNode               *recipe,
                                 GError                **error);

G_END_DECLS
