/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-board.h"
#include "services.h"

G_BEGIN_DECLS

/* The connected services at a glance. Signal "service-chosen" with the ShyServiceItem. */
#define SERVICES_TYPE_LIST (services_list_get_type ())
G_DECLARE_FINAL_TYPE (ServicesList, services_list, SERVICES, LIST, AdwBin)

void services_list_set_board (ServicesList  *self,
                              ServicesBoard *board);

G_END_DECLS
