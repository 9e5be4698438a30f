/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* Tries a service with two pages and shows each step, the first rows and what was not mapped. */
#define SERVICES_TYPE_TRIAL_WINDOW (services_trial_window_get_type ())
G_DECLARE_FINAL_TYPE (ServicesTrialWindow, services_trial_window, SERVICES, TRIAL_WINDOW,
                      AdwWindow)

GtkWindow *services_trial_window_new (ShyContext *context,
                                      const char   *id);

G_END_DECLS
