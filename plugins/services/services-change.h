/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-work.h"

G_BEGIN_DECLS

/* What a person decides of a service. */
typedef enum {
  SERVICES_CHANGE_OPTIONS,
  SERVICES_CHANGE_ACCEPT,  /* the rows of a pull that is held back become the live ones */
  SERVICES_CHANGE_DISCARD, /* they are thrown away */
  SERVICES_CHANGE_DISMISS, /* a person has read a notice */
  SERVICES_CHANGE_FORGET,  /* all rows, states and the history go; the service stays */
  SERVICES_CHANGE_REMOVE,  /* the service goes with its keys and all that came from it */
} ServicesChangeKind;

typedef struct
{
  ServicesChangeKind  kind;
  const char         *service;  /* not of a notice */
  const char         *stream;   /* of SERVICES_CHANGE_ACCEPT and _DISCARD */
  gint64              notice;   /* of SERVICES_CHANGE_DISMISS */
  ShyServiceOptions   options;  /* of SERVICES_CHANGE_OPTIONS */
} ServicesChange;

void     services_change_async  (ShyContext         *context,
                                 const ServicesChange *change,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean services_change_finish (ShyContext         *context,
                                 GAsyncResult         *result,
                                 guint64              *rows,
                                 GError              **error);

G_END_DECLS
