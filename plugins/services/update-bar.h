/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* A line above the services that says how many updates wait; it is hidden while none does. */
#define SERVICES_TYPE_UPDATE_BAR (services_update_bar_get_type ())
G_DECLARE_FINAL_TYPE (ServicesUpdateBar, services_update_bar, SERVICES, UPDATE_BAR, AdwBin)

void services_update_bar_set_desk (ServicesUpdateBar *self,
                                   ServicesDesk      *desk);

G_END_DECLS
