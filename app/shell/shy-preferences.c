/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shy-preferences.h"

G_DEFINE_INTERFACE (ShyPreferences, shy_preferences, G_TYPE_OBJECT)

static void
shy_preferences_default_init (ShyPreferencesInterface *iface)
{
}

/**
 * shy_preferences_create_page:
 * @self: settings of a plugin
 * @context: what the plugin works on
 *
 * Makes the page of settings.
 *
 * Returns: (transfer none): a new page with a floating reference
 */
AdwPreferencesPage *
shy_preferences_create_page (ShyPreferences *self,
                             ShyContext     *context)
{
  ShyPlugin          *origin;
  AdwPreferencesPage *page;

  g_return_val_if_fail (SHY_IS_PREFERENCES (self), NULL);
  g_return_val_if_fail (SHY_IS_CONTEXT (context), NULL);

  origin = shy_engine_get_origin (G_OBJECT (self));
  shy_plugin_enter (origin);
  page = SHY_PREFERENCES_GET_IFACE (self)->create_page (self, context);
  shy_plugin_leave (origin);
  return page;
}
