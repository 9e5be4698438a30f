/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

G_BEGIN_DECLS

#define SUBSIDY_TYPE_SETTINGS_PAGE (subsidy_settings_page_get_type ())
G_DECLARE_FINAL_TYPE (SubsidySettingsPage, subsidy_settings_page, SUBSIDY, SETTINGS_PAGE,
                      AdwPreferencesPage)

GtkWidget *subsidy_settings_page_new (ShyContext *context);

G_END_DECLS
