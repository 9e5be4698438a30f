/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* The updates that wait, and each of them. */
#define SERVICES_TYPE_UPDATE_WINDOW (services_update_window_get_type ())
G_DECLARE_FINAL_TYPE (ServicesUpdateWindow, services_update_window, SERVICES, UPDATE_WINDOW, AdwWindow)

void services_updates_present (GtkWidget    *widget,
                               ServicesDesk *desk,
                               GFile        *file);

G_END_DECLS
