/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* The connected services in the preferences, each with what an IT person does with it. */
#define SERVICES_TYPE_CONNECTED (services_connected_get_type ())
G_DECLARE_FINAL_TYPE (ServicesConnected, services_connected, SERVICES, CONNECTED, AdwPreferencesGroup)

AdwPreferencesGroup *services_connected_new (ShyContext *context);

G_END_DECLS
