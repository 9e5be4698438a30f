/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-application.h"

G_BEGIN_DECLS

#define SHY_TYPE_PREFERENCES_WINDOW (shy_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (ShyPreferencesWindow, shy_preferences_window, SHY, PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

GtkWidget *shy_preferences_window_new (ShyApplication *application);

G_END_DECLS
