/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "services-page.h"

#include "page-view.h"

#include <glib/gi18n-lib.h>

/* The page of the data services in the sidebar. */
struct _ServicesPage
{
  GObject parent_instance;
};

static const char *
get_id (ShyPage *page)
{
  return "services";
}

static char *
dup_title (ShyPage *page)
{
  return g_strdup (_("Data Services"));
}

static const char *
get_icon_name (ShyPage *page)
{
  return "services-symbolic";
}

static GtkWidget *
create_widget (ShyPage    *page,
               ShyContext *context)
{
  return services_view_new (services_desk_get (context));
}

static void
page_iface_init (ShyPageInterface *iface)
{
  iface->get_id = get_id;
  iface->dup_title = dup_title;
  iface->get_icon_name = get_icon_name;
  iface->create_widget = create_widget;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ServicesPage, services_page, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_PAGE, page_iface_init))

static void
services_page_class_init (ServicesPageClass *klass)
{
}

static void
services_page_init (ServicesPage *self)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (display != NULL)
    gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                      "/org/shanye/Shanye/services/icons");
}
