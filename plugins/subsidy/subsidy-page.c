/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-page.h"

#include "subsidy-dataset.h"
#include "subsidy-view.h"

#include <glib/gi18n-lib.h>

/* The page of the subsidies in the sidebar. */
struct _SubsidyPage
{
  GObject parent_instance;
};

static const char *
get_id (ShyPage *page)
{
  return SUBSIDY_PAGE_ID;
}

static char *
dup_title (ShyPage *page)
{
  return g_strdup (_("Subsidies"));
}

static const char *
get_icon_name (ShyPage *page)
{
  return "subsidy-symbolic";
}

static GtkWidget *
create_widget (ShyPage    *page,
               ShyContext *context)
{
  return subsidy_view_new (context);
}

static gboolean
opens (ShyPage    *page,
       const char *content_type)
{
  static const char *const types[] = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel.sheet.macroEnabled.12",
    "application/vnd.ms-excel",
    "text/csv",
    "text/tab-separated-values",
    NULL,
  };

  for (gsize i = 0; types[i] != NULL; i++)
    if (g_content_type_is_a (content_type, types[i]))
      return TRUE;

  return FALSE;
}

static void
open_target (ShyPage    *page,
             GtkWidget  *widget,
             const char *target)
{
  subsidy_view_open (SUBSIDY_VIEW (widget), target);
}

static void
page_iface_init (ShyPageInterface *iface)
{
  iface->get_id = get_id;
  iface->dup_title = dup_title;
  iface->get_icon_name = get_icon_name;
  iface->create_widget = create_widget;
  iface->opens = opens;
  iface->open = open_target;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SubsidyPage, subsidy_page, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_PAGE, page_iface_init))

static void
subsidy_page_class_init (SubsidyPageClass *klass)
{
}

static void
subsidy_page_init (SubsidyPage *self)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (display != NULL)
    gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                      "/org/shanye/Shanye/subsidy/icons");
}
