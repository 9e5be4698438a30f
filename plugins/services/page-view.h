/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-list.h"
#include "services.h"

G_BEGIN_DECLS

/*
 * The page: what is connected, one service, its rows, its history. Actions for what is inside:
 * "services.pull" (ssb: service, stream or "" for all, everything again), "services.pull-all",
 * "services.show-list", "services.show-service" (s), "services.show-history" (s: service or ""),
 * "services.show-rows" and "services.decide" (ss: service, stream), "services.dismiss" (x: notice).
 */
#define SERVICES_TYPE_VIEW (services_view_get_type ())
G_DECLARE_FINAL_TYPE (ServicesView, services_view, SERVICES, VIEW, AdwBin)

GtkWidget *services_view_new  (ShyContext    *context,
                               ServicesList *services);
/* Shows a target of ShyPage: the id of a service. */
void       services_view_open (ServicesView  *self,
                               const char    *target);

G_END_DECLS
