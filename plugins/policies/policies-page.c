/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policies-page.h"

#include "policies-view.h"

#include <glib/gi18n-lib.h>

/* The page of the policies in the sidebar. */
struct _PoliciesPage
{
  GObject parent_instance;
};

static const char *
get_id (ShyPage *page)
{
  return POLICIES_PAGE_ID;
}

static char *
dup_title (ShyPage *page)
{
  return g_strdup (_("Policies"));
}

static const char *
get_icon_name (ShyPage *page)
{
  return "policies-symbolic";
}

static GtkWidget *
create_widget (ShyPage    *page,
               ShyContext *context)
{
  return policies_view_new (context);
}

/* A file is an update that somebody was given. */
static gboolean
opens (ShyPage    *page,
       const char *content_type)
{
  return g_content_type_is_a (content_type, "application/json");
}

/* A to-do names the updates; others a policy. */
static void
open_target (ShyPage    *page,
             GtkWidget  *widget,
             const char *target)
{
  policies_view_open (POLICIES_VIEW (widget), target);
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

G_DEFINE_FINAL_TYPE_WITH_CODE (PoliciesPage, policies_page, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_PAGE, page_iface_init))

static void
policies_page_class_init (PoliciesPageClass *klass)
{
}

static void
policies_page_init (PoliciesPage *self)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (display != NULL)
    gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                      "/org/shanye/Shanye/policies/icons");
}
