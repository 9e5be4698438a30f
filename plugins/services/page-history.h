/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-list.h"
#include "services.h"

G_BEGIN_DECLS

/* What was pulled, the newest first, and how it went. */
#define SERVICES_TYPE_HISTORY (services_history_get_type ())
G_DECLARE_FINAL_TYPE (ServicesHistory, services_history, SERVICES, HISTORY, AdwBin)

/* Of one service, or with NULL of all. */
void services_history_show (ServicesHistory *self,
                            ShyContext    *context,
                            ServicesList   *services,
                            const char      *service);

G_END_DECLS
