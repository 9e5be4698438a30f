/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-desk.h"

G_BEGIN_DECLS

/* What is tried: a stream of a connected service, NULL for its first. */
typedef struct
{
  char *id;      /* (owned) */
  char *stream;  /* (owned) (nullable) */
} ServicesTrialWish;

/* What came of it, with what the mapper needs to change the description. Does not change; any thread
 * may hold it. */
typedef struct
{
  ShyService             *service;      /* (owned) */
  const ShyServiceStream *stream;       /* of @service */
  GBytes                 *description;  /* (owned) */
  ShyTrial               *trial;        /* (owned) */
} ServicesTrial;

ServicesTrialWish *services_trial_wish_new     (const char         *id,
                                                const char         *stream);
void               services_trial_wish_free    (ServicesTrialWish  *self);
ServicesTrial     *services_trial_ref          (ServicesTrial      *self);
void               services_trial_unref        (ServicesTrial      *self);

/* These block: for a worker. The first gives a ServicesTrial, the second what was found as a
 * sentence; both are given a ServicesTrialWish. */
gpointer           services_trial_call         (ServicesDesk       *desk,
                                                gpointer            data,
                                                GCancellable       *cancellable,
                                                GError            **error);
gpointer           services_trial_compare_call (ServicesDesk       *desk,
                                                gpointer            data,
                                                GCancellable       *cancellable,
                                                GError            **error);

G_END_DECLS
