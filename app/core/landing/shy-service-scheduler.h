/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-service-item.h"
#include "landing/shy-service-pulls.h"

G_BEGIN_DECLS

#define SHY_TYPE_SERVICE_SCHEDULER (shy_service_scheduler_get_type ())
G_DECLARE_FINAL_TYPE (ShyServiceScheduler, shy_service_scheduler, SHY, SERVICE_SCHEDULER, GObject)

ShyServiceScheduler *shy_service_scheduler_new   (ShyServicePulls     *pulls,
                                                  GListModel          *items);
void                 shy_service_scheduler_check (ShyServiceScheduler *self,
                                                  ShyServiceBook      *book);

G_END_DECLS
