/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* The page of the data services in the preferences. */
#define SERVICES_TYPE_PREFERENCES (services_preferences_get_type ())
G_DECLARE_FINAL_TYPE (ServicesPreferences, services_preferences, SERVICES, PREFERENCES, GObject)

G_END_DECLS
