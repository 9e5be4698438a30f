/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-start.h"

#include "shy-start-view.h"

#include <glib/gi18n-lib.h>

/**
 * ShyStart:
 *
 * The first page of the sidebar: what waits for me today.
 */
struct _ShyStart
{
  GObject    parent_instance;
  ShyEngine *engine;  /* (owned) */
};

static const char *
get_id (ShyPage *page)
{
  return "start";
}

static char *
dup_title (ShyPage *page)
{
  return g_strdup (_("Today"));
}

static const char *
get_icon_name (ShyPage *page)
{
  return "shanye-today-symbolic";
}

static GtkWidget *
create_widget (ShyPage    *page,
               ShyContext *context)
{
  return shy_start_view_new (SHY_START (page)->engine, context);
}

static void
page_iface_init (ShyPageInterface *iface)
{
  iface->get_id = get_id;
  iface->dup_title = dup_title;
  iface->get_icon_name = get_icon_name;
  iface->create_widget = create_widget;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ShyStart, shy_start, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_PAGE, page_iface_init))

static void
shy_start_dispose (GObject *object)
{
  g_clear_object (&SHY_START (object)->engine);

  G_OBJECT_CLASS (shy_start_parent_class)->dispose (object);
}

static void
shy_start_class_init (ShyStartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = shy_start_dispose;
}

static void
shy_start_init (ShyStart *self)
{
}

ShyPage *
shy_start_new (ShyEngine *engine)
{
  ShyStart *self = g_object_new (SHY_TYPE_START, NULL);

  self->engine = g_object_ref (engine);

  return SHY_PAGE (self);
}
