/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection.h"

G_BEGIN_DECLS

/**
 * ShyStoreAccess:
 * @SHY_STORE_READ: the job only reads; it sees one state of the database, with all that was kept when
 *   it was queued; it waits for no job that writes, and none waits for it
 * @SHY_STORE_BEFORE_WRITE: the job only reads, in its turn with those that write, one of which will
 *   compare its mark: see shy_connection_dup_stamp()
 * @SHY_STORE_WRITE: the job may write; all of it is kept, or nothing
 *
 * What a job does to the database.
 */
typedef enum {
  SHY_STORE_READ,
  SHY_STORE_BEFORE_WRITE,
  SHY_STORE_WRITE,
} ShyStoreAccess;

/**
 * ShyStoreJob: (skip)
 * @connection: the database, to be used in this call only
 * @data: what the caller gave; results are written there
 * @cancellable: (nullable): stops a statement that runs long
 * @error: return location for an error
 *
 * Work on the database. It runs on a thread of the store, inside a transaction that is committed when
 * it returns %TRUE, and rolled back when it returns %FALSE with @error set.
 *
 * Returns: whether the work is to be kept
 */
typedef gboolean (*ShyStoreJob) (ShyConnection  *connection,
                                 gpointer        data,
                                 GCancellable   *cancellable,
                                 GError        **error);

#define SHY_TYPE_STORE (shy_store_get_type ())
G_DECLARE_FINAL_TYPE (ShyStore, shy_store, SHY, STORE, GObject)

char       *shy_store_dup_default_path (void);

ShyStore   *shy_store_open             (const char           *path,
                                        GError              **error);
ShyStore   *shy_store_open_apart       (const char           *path,
                                        GError              **error);
ShyStore   *shy_store_open_read_only   (const char           *path,
                                        GError              **error);
void        shy_store_open_async       (const char           *path,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
ShyStore   *shy_store_open_finish      (GAsyncResult         *result,
                                        GError              **error);

const char *shy_store_get_path         (ShyStore             *self);
gboolean    shy_store_migrate          (ShyStore             *self,
                                        const char           *component,
                                        GFile                *folder,
                                        GError              **error);
gboolean    shy_store_backup           (ShyStore             *self,
                                        const char           *path,
                                        GError              **error);
gboolean    shy_store_restore          (const char           *path,
                                        const char           *copy,
                                        gboolean              force,
                                        const char           *reason,
                                        char                **aside,
                                        GError              **error);
GPtrArray  *shy_store_check            (ShyStore             *self,
                                        GCancellable         *cancellable,
                                        GError              **error);

gboolean    shy_store_run              (ShyStore             *self,
                                        ShyStoreAccess        access,
                                        ShyStoreJob           job,
                                        gpointer              data,
                                        GCancellable         *cancellable,
                                        GError              **error);
void        shy_store_run_async        (ShyStore             *self,
                                        ShyStoreAccess        access,
                                        ShyStoreJob           job,
                                        gpointer              data,
                                        GDestroyNotify        data_free,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean    shy_store_run_finish       (ShyStore             *self,
                                        GAsyncResult         *result,
                                        GError              **error);
gpointer    shy_store_get_job_data     (GAsyncResult         *result);

G_END_DECLS
