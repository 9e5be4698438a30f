/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* What a bureau decides of a service: when it is pulled, what is kept, where it is, what was agreed.
 * A change is kept at once. */
#define SERVICES_TYPE_OPTIONS_VIEW (services_options_view_get_type ())
G_DECLARE_FINAL_TYPE (ServicesOptionsView, services_options_view, SERVICES, OPTIONS_VIEW, AdwBin)

void services_options_view_show (ServicesOptionsView *self,
                                 ShyContext        *context,
                                 ShyServiceItem        *item);

G_END_DECLS
