/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-desk.h"

G_BEGIN_DECLS

/* What a person decides of a service. */
typedef enum {
  SERVICES_CHANGE_OPTIONS,
  SERVICES_CHANGE_ACCEPT,  /* the rows of a pull that is held back become the live ones */
  SERVICES_CHANGE_DISCARD, /* they are thrown away */
  SERVICES_CHANGE_DISMISS, /* a person has read a notice */
  SERVICES_CHANGE_FORGET,  /* all rows, states and the history go; the service stays */
  SERVICES_CHANGE_REMOVE,  /* the service goes with all that came from it */
} ServicesChangeKind;

void     services_change_async         (ServicesDesk            *desk,
                                        ServicesChangeKind       kind,
                                        const char              *service,
                                        GCancellable            *cancellable,
                                        GAsyncReadyCallback      callback,
                                        gpointer                 user_data);
void     services_change_stream_async  (ServicesDesk            *desk,
                                        ServicesChangeKind       kind,
                                        const char              *service,
                                        const char              *stream,
                                        GCancellable            *cancellable,
                                        GAsyncReadyCallback      callback,
                                        gpointer                 user_data);
void     services_change_dismiss_async (ServicesDesk            *desk,
                                        gint64                   notice,
                                        GCancellable            *cancellable,
                                        GAsyncReadyCallback      callback,
                                        gpointer                 user_data);
void     services_change_options_async (ServicesDesk            *desk,
                                        const char              *service,
                                        const ShyServiceOptions *options,
                                        GCancellable            *cancellable,
                                        GAsyncReadyCallback      callback,
                                        gpointer                 user_data);
gboolean services_change_finish        (ServicesDesk            *desk,
                                        GAsyncResult            *result,
                                        guint64                 *rows,
                                        GError                 **error);

/* Options are plain values that own their texts. */
void     services_options_copy         (ShyServiceOptions       *target,
                                        const ShyServiceOptions *source);
void     services_options_clear        (ShyServiceOptions       *self);
gboolean services_options_equal        (const ShyServiceOptions *one,
                                        const ShyServiceOptions *two);

G_END_DECLS
