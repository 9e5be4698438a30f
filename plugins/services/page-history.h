/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* What was pulled, the newest first, and how it went. */
#define SERVICES_TYPE_HISTORY (services_history_get_type ())
G_DECLARE_FINAL_TYPE (ServicesHistory, services_history, SERVICES, HISTORY, AdwBin)

/* Of one service, which @title names, or with NULL for both of all. */
void services_history_show (ServicesHistory *self,
                            ServicesDesk    *desk,
                            const char      *service,
                            const char      *title);

G_END_DECLS
