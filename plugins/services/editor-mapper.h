/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* Says which field each name of the source means. Signal "saved": the description was changed. */
#define SERVICES_TYPE_MAPPER (services_mapper_get_type ())
G_DECLARE_FINAL_TYPE (ServicesMapper, services_mapper, SERVICES, MAPPER, AdwWindow)

GtkWindow *services_mapper_new (ShyContext      *context,
                                ShyServiceTrial *done);

G_END_DECLS
