/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "extend/shy-progress.h"
#include "policy/shy-policy-registry.h"
#include "store/shy-store.h"

G_BEGIN_DECLS

#define SHY_TYPE_CONTEXT (shy_context_get_type ())
G_DECLARE_FINAL_TYPE (ShyContext, shy_context, SHY, CONTEXT, GObject)

/**
 * ShyWork: (skip)
 * @context: what is worked on
 * @data: what the caller gave
 * @progress: (nullable): to say how far it is, with [method@Progress.set]
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Work that may take long. It runs on a thread of its own, touches no widget, and gets copies in @data.
 * Work that needs the database opens it with [method@Context.open], work that decides reads the
 * policies with [method@Context.load_policies]; both are done once for all.
 *
 * Returns: the result, or %NULL: with @error set if it failed
 */
typedef gpointer (*ShyWork) (ShyContext    *context,
                             gpointer       data,
                             ShyProgress   *progress,
                             GCancellable  *cancellable,
                             GError       **error);

ShyContext        *shy_context_new           (const char          *database);
const char        *shy_context_get_database  (ShyContext          *self);
const char        *shy_context_get_scope     (ShyContext          *self);
void               shy_context_set_scope     (ShyContext          *self,
                                              const char          *scope);
gboolean           shy_context_covers        (ShyContext          *self,
                                              const char          *county);
GSettings         *shy_context_get_settings  (ShyContext          *self);

void               shy_context_set_datasets  (ShyContext          *self,
                                              GListModel          *datasets);
gboolean           shy_context_exists        (ShyContext          *self);
ShyStore          *shy_context_open          (ShyContext          *self,
                                              GError             **error);
ShyPolicyRegistry *shy_context_load_policies (ShyContext          *self,
                                              GError             **error);
void               shy_context_open_async    (ShyContext          *self,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean           shy_context_open_finish   (ShyContext          *self,
                                              GAsyncResult        *result,
                                              GError             **error);
ShyStore          *shy_context_get_store     (ShyContext          *self);
ShyPolicyRegistry *shy_context_get_policies  (ShyContext          *self);
void               shy_context_read_policies (ShyContext          *self);

void               shy_context_run_async     (ShyContext          *self,
                                              ShyWork              work,
                                              gpointer             data,
                                              GDestroyNotify       data_free,
                                              GDestroyNotify       result_free,
                                              ShyProgress         *progress,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gpointer           shy_context_run_finish    (ShyContext          *self,
                                              GAsyncResult        *result,
                                              GError             **error);

G_END_DECLS
