/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/*
 * A bar above the page, where keys that live in memory have to be typed anew: the services that are
 * to be pulled by themselves and cannot be. Hidden as long as there are none.
 */
#define SERVICES_TYPE_MISSING (services_missing_get_type ())
G_DECLARE_FINAL_TYPE (ServicesMissing, services_missing, SERVICES, MISSING, AdwBin)

GtkWidget *services_missing_new (ShyContext *context);

G_END_DECLS
