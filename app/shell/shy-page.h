/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "shy-core.h"

G_BEGIN_DECLS

#define SHY_TYPE_PAGE (shy_page_get_type ())
G_DECLARE_INTERFACE (ShyPage, shy_page, SHY, PAGE, GObject)

/**
 * ShyPageInterface:
 * @get_id: a short name in ASCII that stays the same, as "subsidies"
 * @dup_title: (transfer full): the title in the sidebar, translated
 * @get_icon_name: (transfer none): a symbolic icon
 * @create_widget: (transfer none): makes what the page shows; called once a window, when the page
 *   is first opened. The host owns the widget and drops it when the plugin is switched off
 * @opens: whether the page takes a file of this content type; may be %NULL
 * @open: shows @target in @widget: the URI of a file, or what a to-do of the same plugin named; may
 *   be %NULL
 * @start: begins what goes on as long as the window is open, whichever page is shown; it ends when
 *   the page is dropped; may be %NULL
 *
 * A page in the sidebar of the window. One type per plugin; it is a plain #GObject, never a widget.
 */
struct _ShyPageInterface
{
  GTypeInterface parent_iface;

  const char * (*get_id)        (ShyPage    *self);
  char *       (*dup_title)     (ShyPage    *self);
  const char * (*get_icon_name) (ShyPage    *self);
  GtkWidget *  (*create_widget) (ShyPage    *self,
                                 ShyContext *context);
  gboolean     (*opens)         (ShyPage    *self,
                                 const char *content_type);
  void         (*open)          (ShyPage    *self,
                                 GtkWidget  *widget,
                                 const char *target);
  void         (*start)         (ShyPage    *self,
                                 ShyContext *context);
};

const char *shy_page_get_id        (ShyPage    *self);
char       *shy_page_dup_title     (ShyPage    *self);
const char *shy_page_get_icon_name (ShyPage    *self);
GtkWidget  *shy_page_create_widget (ShyPage    *self,
                                    ShyContext *context);
gboolean    shy_page_opens         (ShyPage    *self,
                                    const char *content_type);
void        shy_page_open          (ShyPage    *self,
                                    GtkWidget  *widget,
                                    const char *target);
void        shy_page_start         (ShyPage    *self,
                                    ShyContext *context);

G_END_DECLS
