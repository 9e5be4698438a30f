/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* How far the pull of a service is, with a button that cancels it; hidden where none runs. */
#define SERVICES_TYPE_PROGRESS (services_progress_get_type ())
G_DECLARE_FINAL_TYPE (ServicesProgress, services_progress, SERVICES, PROGRESS, AdwBin)

void services_progress_show (ServicesProgress *self,
                             ShyServicePull     *pull);

G_END_DECLS
