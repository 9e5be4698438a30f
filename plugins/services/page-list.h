/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-list.h"
#include "services.h"

G_BEGIN_DECLS

/* The connected services at a glance. Signal "service-chosen" with the ShyServiceItem. */
#define SERVICES_TYPE_LIST_VIEW (services_list_view_get_type ())
G_DECLARE_FINAL_TYPE (ServicesListView, services_list_view, SERVICES, LIST_VIEW, AdwBin)

void services_list_view_set_services (ServicesListView  *self,
                              ServicesList *services);

G_END_DECLS
