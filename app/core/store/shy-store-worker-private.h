/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection-private.h"
#include "store/shy-store-news-private.h"
#include "store/shy-store.h"

G_BEGIN_DECLS

/* A job, or something that manages its transactions itself, or the end. */
typedef enum { SHY_WORK_JOB, SHY_WORK_RAW, SHY_WORK_END } ShyStoreWorkKind;

typedef struct
{
  ShyStoreWorkKind    kind;
  ShyStoreAccess access;
  ShyStoreJob    job;
  gpointer       data;
  GDestroyNotify data_free;
  GCancellable  *cancellable; /* (unowned) */
  GTask         *task;        /* (owned) (nullable): who waits in a main loop */
  gboolean       done;        /* guarded by the worker's mutex: who waits on a thread */
  gboolean       kept;
  GError        *error;
} ShyStoreWork;

typedef void (*ShyTopicFunc) (ShyStore   *store,
                              const char *topic);

/* At most so many jobs that read run at the same time: a list does not wait behind an export. */
#define SHY_STORE_READERS 2

/*
 * What the threads own: one that writes, and beside it, as soon as they are needed, those that read,
 * each with a connection of its own. A store that is only read has but the first. The last of store and
 * threads frees it.
 */
typedef struct
{
  GAsyncQueue   *queue;
  GAsyncQueue   *reads;      /* (nullable) for a store that is only read */
  ShyConnection *connection; /* of the one that writes */
  GThread       *threads[1 + SHY_STORE_READERS]; /* the one that writes first; guarded by the mutex */
  guint          n_threads;
  ShyStoreNews   news;
  GMainContext  *context; /* where the store tells of changes */
  ShyTopicFunc   tell;
  GWeakRef       store;
  GMutex         mutex;
  GCond          cond;
} ShyStoreWorker;

ShyStoreWorker *shy_store_worker_new   (ShyConnection  *connection,
                                        ShyStore       *store,
                                        GMainContext   *context,
                                        ShyTopicFunc    tell);
void            shy_store_worker_unref (ShyStoreWorker *self);
void            shy_store_worker_start (ShyStoreWorker *self);
void            shy_store_worker_end   (ShyStoreWorker *self);
void            shy_store_worker_push  (ShyStoreWorker *self,
                                        ShyStoreWork        *work);
gboolean        shy_store_worker_wait  (ShyStoreWorker *self,
                                        ShyStoreWork        *work,
                                        GError        **error);

G_END_DECLS
