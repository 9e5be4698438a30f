/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

G_BEGIN_DECLS

/* The page of the preferences on which a county says what the policies leave to it. */
#define SUBSIDY_TYPE_SETTINGS (subsidy_settings_get_type ())
G_DECLARE_FINAL_TYPE (SubsidySettings, subsidy_settings, SUBSIDY, SETTINGS, GObject)

G_END_DECLS
