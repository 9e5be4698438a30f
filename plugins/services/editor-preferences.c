/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor-preferences.h"

#include "editor-connected.h"

#include <glib/gi18n-lib.h>

struct _ServicesPreferences
{
  GObject parent_instance;
};

static AdwPreferencesPage *
create_page (ShyPreferences *self,
             ShyContext     *context)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  adw_preferences_page_set_name (page, "services");
  adw_preferences_page_set_title (page, _("Data Services"));
  adw_preferences_page_set_icon_name (page, "services-symbolic");
  adw_preferences_page_add (page, services_connected_new (context));

  return page;
}

static void
preferences_iface_init (ShyPreferencesInterface *iface)
{
  iface->create_page = create_page;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ServicesPreferences, services_preferences, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_PREFERENCES,
                                                      preferences_iface_init))

static void
services_preferences_class_init (ServicesPreferencesClass *klass)
{
}

static void
services_preferences_init (ServicesPreferences *self)
{
}
