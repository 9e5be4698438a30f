/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shy-page.h"

G_DEFINE_INTERFACE (ShyPage, shy_page, G_TYPE_OBJECT)

static void
shy_page_default_init (ShyPageInterface *iface)
{
}

/**
 * shy_page_get_id:
 * @self: a page
 *
 * Returns: a short name in ASCII that stays the same
 */
const char *
shy_page_get_id (ShyPage *self)
{
  g_return_val_if_fail (SHY_IS_PAGE (self), NULL);

  return SHY_PAGE_GET_IFACE (self)->get_id (self);
}

/**
 * shy_page_dup_title:
 * @self: a page
 *
 * Returns: (transfer full): the title in the sidebar, translated
 */
char *
shy_page_dup_title (ShyPage *self)
{
  g_return_val_if_fail (SHY_IS_PAGE (self), NULL);

  return SHY_PAGE_GET_IFACE (self)->dup_title (self);
}

/**
 * shy_page_get_icon_name:
 * @self: a page
 *
 * Returns: the name of a symbolic icon
 */
const char *
shy_page_get_icon_name (ShyPage *self)
{
  g_return_val_if_fail (SHY_IS_PAGE (self), NULL);

  return SHY_PAGE_GET_IFACE (self)->get_icon_name (self);
}

/**
 * shy_page_create_widget:
 * @self: a page
 * @context: what the page works on
 *
 * Makes what the page shows.
 *
 * Returns: (transfer none): a new widget with a floating reference
 */
GtkWidget *
shy_page_create_widget (ShyPage    *self,
                        ShyContext *context)
{
  ShyPlugin *origin;
  GtkWidget *widget;

  g_return_val_if_fail (SHY_IS_PAGE (self), NULL);
  g_return_val_if_fail (SHY_IS_CONTEXT (context), NULL);

  origin = shy_engine_get_origin (G_OBJECT (self));
  shy_plugin_enter (origin);
  widget = SHY_PAGE_GET_IFACE (self)->create_widget (self, context);
  shy_plugin_leave (origin);
  return widget;
}

/**
 * shy_page_opens:
 * @self: a page
 * @content_type: the type of a file, as "text/csv"
 *
 * Returns: whether the page takes such files
 */
gboolean
shy_page_opens (ShyPage    *self,
                const char *content_type)
{
  ShyPageInterface *iface;

  g_return_val_if_fail (SHY_IS_PAGE (self), FALSE);
  g_return_val_if_fail (content_type != NULL, FALSE);

  iface = SHY_PAGE_GET_IFACE (self);
  return iface->opens != NULL && iface->opens (self, content_type);
}

/**
 * shy_page_open:
 * @self: a page
 * @widget: what shy_page_create_widget() made
 * @target: the URI of a file, or what a to-do of the same plugin named
 *
 * Shows @target. Does nothing if the page opens nothing.
 */
void
shy_page_open (ShyPage    *self,
               GtkWidget  *widget,
               const char *target)
{
  ShyPageInterface *iface;

  g_return_if_fail (SHY_IS_PAGE (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (target != NULL);

  iface = SHY_PAGE_GET_IFACE (self);
  if (iface->open != NULL)
    iface->open (self, widget, target);
}

/**
 * shy_page_start:
 * @self: a page
 * @context: what the page works on
 *
 * Begins what goes on as long as the window is open. Does nothing for a page that only shows.
 */
void
shy_page_start (ShyPage    *self,
                ShyContext *context)
{
  ShyPageInterface *iface;
  ShyPlugin        *origin;

  g_return_if_fail (SHY_IS_PAGE (self));
  g_return_if_fail (SHY_IS_CONTEXT (context));

  iface = SHY_PAGE_GET_IFACE (self);
  origin = shy_engine_get_origin (G_OBJECT (self));
  if (iface->start == NULL)
    return;
  shy_plugin_enter (origin);
  iface->start (self, context);
  shy_plugin_leave (origin);
}
