/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policies.h"

G_BEGIN_DECLS

/* The updates that wait, and each of them. */
#define POLICIES_TYPE_UPDATE_WINDOW (policies_update_window_get_type ())
G_DECLARE_FINAL_TYPE (PoliciesUpdateWindow, policies_update_window, POLICIES, UPDATE_WINDOW, AdwWindow)

void policies_updates_present (GtkWidget    *widget,
                               ShyContext *context,
                               GFile        *file);

G_END_DECLS
