/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "services-page.h"

#include "page-view.h"
#include "services-todo.h"

#include <glib/gi18n-lib.h>

/* How often it is looked whether there is a database by now, in seconds. */
#define LOOK_EVERY 60

/* The page of the data services in the sidebar, and what pulls by itself while the window is open. */
struct _ServicesPage
{
  GObject            parent_instance;
  ShyContext        *context;    /* (owned) (nullable) until it is started or shown */
  ServicesList     *services;      /* (owned) (nullable) until there is a database */
  ShyServiceScheduler *scheduler;  /* (owned) (nullable) as the list */
  guint              timer;      /* source */
};

static const char *
get_id (ShyPage *page)
{
  return SERVICES_PAGE_ID;
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

static void
services_loaded_cb (ServicesPage *self)
{
  g_autoptr (ShyServiceBook) book = services_dup_book (self->context);

  if (book != NULL && services_list_get_error (self->services) == NULL)
    shy_service_scheduler_check (self->scheduler, book);
}

static void
ensure_services (ServicesPage *self)
{
  if (self->services != NULL)
    return;

  self->services = services_list_new (self->context);
  self->scheduler = shy_service_scheduler_new (services_get_pulls (self->context),
                                               G_LIST_MODEL (self->services));
  g_signal_connect_object (self->services, "loaded", G_CALLBACK (services_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_clear_handle_id (&self->timer, g_source_remove);
}

static GtkWidget *
create_widget (ShyPage    *page,
               ShyContext *context)
{
  ServicesPage *self = SERVICES_PAGE (page);

  g_set_object (&self->context, context);
  ensure_services (self);
  return services_view_new (self->context, self->services);
}

/* A to-do names a service. */
static void
open_target (ShyPage    *page,
             GtkWidget  *widget,
             const char *target)
{
  services_view_open (SERVICES_VIEW (widget), target);
}

static gboolean
look_cb (gpointer data)
{
  ServicesPage *self = data;

  if (!shy_context_exists (self->context))
    return G_SOURCE_CONTINUE;

  self->timer = 0;
  ensure_services (self);
  return G_SOURCE_REMOVE;
}

/* That something could be pulled is no reason to make a database. */
static void
start (ShyPage    *page,
       ShyContext *context)
{
  ServicesPage *self = SERVICES_PAGE (page);

  g_set_object (&self->context, context);
  if (shy_context_exists (self->context))
    ensure_services (self);
  else
    self->timer = g_timeout_add_seconds (LOOK_EVERY, look_cb, self);
}

static void
page_iface_init (ShyPageInterface *iface)
{
  iface->get_id = get_id;
  iface->dup_title = dup_title;
  iface->get_icon_name = get_icon_name;
  iface->create_widget = create_widget;
  iface->open = open_target;
  iface->start = start;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ServicesPage, services_page, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_PAGE, page_iface_init))

/* The window closes, or the plugin is switched off: nobody waits for what is being pulled. */
static void
services_page_dispose (GObject *object)
{
  ServicesPage *self = SERVICES_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->scheduler);
  g_clear_object (&self->services);
  if (self->context != NULL)
    shy_service_pulls_cancel_all (services_get_pulls (self->context));
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_page_parent_class)->dispose (object);
}

static void
services_page_class_init (ServicesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = services_page_dispose;
}

static void
services_page_init (ServicesPage *self)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (display != NULL)
    gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                      "/org/shanye/Shanye/services/icons");
}
