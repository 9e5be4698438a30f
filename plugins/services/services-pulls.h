/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-pull.h"

G_BEGIN_DECLS

/*
 * The pulls that run now, at most one a service. Signals: "started" and "finished", each with the
 * ServicesPull. Of the main thread.
 */
#define SERVICES_TYPE_PULLS (services_pulls_get_type ())
G_DECLARE_FINAL_TYPE (ServicesPulls, services_pulls, SERVICES, PULLS, GObject)

ServicesPulls *services_pulls_new        (void);
ServicesPull  *services_pulls_start      (ServicesPulls      *self,
                                          ShyServiceBook     *book,
                                          const char         *service,
                                          const char *const  *streams,
                                          ServicesPullFlags   flags);
ServicesPull  *services_pulls_find       (ServicesPulls      *self,
                                          const char         *service);
void           services_pulls_cancel_all (ServicesPulls      *self);

G_END_DECLS
