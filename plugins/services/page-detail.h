/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* One service: its streams, what the bureau decided, its keys, and what deletes it. */
#define SERVICES_TYPE_DETAIL (services_detail_get_type ())
G_DECLARE_FINAL_TYPE (ServicesDetail, services_detail, SERVICES, DETAIL, AdwBin)

void          services_detail_show     (ServicesDetail *self,
                                        ShyContext   *context,
                                        ShyServiceItem   *item);
ShyServiceItem *services_detail_get_item (ServicesDetail *self);

G_END_DECLS
