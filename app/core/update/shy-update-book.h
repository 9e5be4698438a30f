/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-store.h"
#include "update/shy-update-review.h"

G_BEGIN_DECLS

/* The topic of ShyStore::changed when an update comes, is decided about, or takes effect. */
#define SHY_UPDATES_TOPIC "updates"

gboolean   shy_updates_take    (ShyConnection    *connection,
                                ShyUpdate        *update,
                                gboolean          again,
                                gint64           *number,
                                gboolean         *fresh,
                                GError          **error);

gboolean   shy_updates_collect (ShyStore         *store,
                                GError          **error);
gint64     shy_updates_add     (ShyStore         *store,
                                ShyUpdate        *update,
                                gboolean         *fresh,
                                GError          **error);
GPtrArray *shy_updates_list    (ShyStore         *store,
                                gboolean          all,
                                GError          **error);
ShyUpdate *shy_updates_load    (ShyStore         *store,
                                gint64            number,
                                GError          **error);
gboolean   shy_updates_accept  (ShyStore         *store,
                                gint64            number,
                                const char       *digest,
                                GError          **error);
gboolean   shy_updates_discard (ShyStore         *store,
                                gint64            number,
                                GError          **error);
gboolean   shy_updates_revert  (ShyStore         *store,
                                gint64            number,
                                GError          **error);
gboolean   shy_updates_settle  (ShyStore         *store,
                                GError          **error);

G_END_DECLS
