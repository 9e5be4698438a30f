/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/* What blocks about updates, as work of the context. */

/* What a to-do names to open the updates. */
#define POLICIES_UPDATES_TARGET "updates:"

/* What a person says to an update. */
typedef enum {
  POLICIES_UPDATE_ACCEPT,
  POLICIES_UPDATE_DISCARD,
} PoliciesUpdateAnswer;

/* Gives the updates that wait, an array of ShyUpdateReview; @rehearsals, of ShyRehearsal, keep the
 * applications that they are tried on. */
void       policies_updates_load_async    (ShyContext           *context,
                                           GListModel           *rehearsals,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray *policies_updates_load_finish   (ShyContext           *context,
                                           GAsyncResult         *result,
                                           GError              **error);

/* Counts those that wait, and looks at nothing in them; takes over what services brought, and gives
 * effect to what an earlier run could not finish. Where there is no database, none wait: to ask is
 * no reason to make one. */
void       policies_updates_count_async   (ShyContext           *context,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean   policies_updates_count_finish  (ShyContext           *context,
                                           GAsyncResult         *result,
                                           guint                *count,
                                           GError              **error);

/* @digest is that of what the person read. */
void       policies_updates_answer_async  (ShyContext           *context,
                                           gint64                number,
                                           const char           *digest,
                                           PoliciesUpdateAnswer  answer,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean   policies_updates_answer_finish (ShyContext           *context,
                                           GAsyncResult         *result,
                                           GError              **error);

void       policies_updates_import_async  (ShyContext           *context,
                                           GFile                *file,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gint64     policies_updates_import_finish (ShyContext           *context,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
