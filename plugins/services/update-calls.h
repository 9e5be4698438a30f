/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-desk.h"

G_BEGIN_DECLS

/* What blocks about updates, on the threads of the desk. */

/* What a to-do names to open the updates. */
#define SERVICES_UPDATES_TARGET "updates:"

/* What a person says to an update. */
typedef enum {
  SERVICES_UPDATE_ACCEPT,
  SERVICES_UPDATE_DISCARD,
} ServicesUpdateAnswer;

/* Gives the updates that wait, an array of ShyUpdateReview; @rehearsals, of ShyRehearsal, keep the
 * applications that they are tried on. */
void       services_updates_load_async    (ServicesDesk         *desk,
                                           GListModel           *rehearsals,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray *services_updates_load_finish   (ServicesDesk         *desk,
                                           GAsyncResult         *result,
                                           GError              **error);

/* Counts those that wait, and looks at nothing in them; takes over what services brought, and gives
 * effect to what an earlier run could not finish. Blocks. */
gboolean   services_updates_count         (ServicesDesk         *desk,
                                           guint                *count,
                                           GError              **error);
void       services_updates_count_async   (ServicesDesk         *desk,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean   services_updates_count_finish  (ServicesDesk         *desk,
                                           GAsyncResult         *result,
                                           guint                *count,
                                           GError              **error);

/* @digest is that of what the person read. */
void       services_updates_answer_async  (ServicesDesk         *desk,
                                           gint64                number,
                                           const char           *digest,
                                           ServicesUpdateAnswer  answer,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean   services_updates_answer_finish (ServicesDesk         *desk,
                                           GAsyncResult         *result,
                                           GError              **error);

void       services_updates_import_async  (ServicesDesk         *desk,
                                           GFile                *file,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gint64     services_updates_import_finish (ServicesDesk         *desk,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
