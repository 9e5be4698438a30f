/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-service-pull.h"

G_BEGIN_DECLS

#define SHY_TYPE_SERVICE_PULLS (shy_service_pulls_get_type ())
G_DECLARE_FINAL_TYPE (ShyServicePulls, shy_service_pulls, SHY, SERVICE_PULLS, GObject)

ShyServicePulls *shy_service_pulls_new        (void);
ShyServicePull  *shy_service_pulls_start      (ShyServicePulls     *self,
                                               ShyServiceBook      *book,
                                               const char          *service,
                                               const char *const   *streams,
                                               ShyServicePullFlags  flags);
ShyServicePull  *shy_service_pulls_find       (ShyServicePulls     *self,
                                               const char          *service);
void             shy_service_pulls_cancel_all (ShyServicePulls     *self);

G_END_DECLS
