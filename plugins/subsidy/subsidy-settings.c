/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-settings.h"

#include "subsidy-settings-page.h"

struct _SubsidySettings
{
  GObject parent_instance;
};

static AdwPreferencesPage *
create_page (ShyPreferences *preferences, ShyContext *context)
{
  return ADW_PREFERENCES_PAGE (subsidy_settings_page_new (context));
}

static void
preferences_iface_init (ShyPreferencesInterface *iface)
{
  iface->create_page = create_page;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SubsidySettings, subsidy_settings, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_PREFERENCES, preferences_iface_init))

static void
subsidy_settings_class_init (SubsidySettingsClass *klass)
{
}

static void
subsidy_settings_init (SubsidySettings *self)
{
}
