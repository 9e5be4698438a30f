/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shy-core.h"

G_BEGIN_DECLS

#define SHY_TYPE_PREFERENCES (shy_preferences_get_type ())
G_DECLARE_INTERFACE (ShyPreferences, shy_preferences, SHY, PREFERENCES, GObject)

/**
 * ShyPreferencesInterface:
 * @create_page: (transfer none): makes the page, with title and icon, each time the preferences are
 *   opened
 *
 * A page of settings in the preferences.
 */
struct _ShyPreferencesInterface
{
  GTypeInterface parent_iface;

  AdwPreferencesPage * (*create_page) (ShyPreferences *self,
                                       ShyContext     *context);
};

AdwPreferencesPage *shy_preferences_create_page (ShyPreferences *self,
                                                 ShyContext     *context);

G_END_DECLS
