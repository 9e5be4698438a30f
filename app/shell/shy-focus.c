/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-focus.h"

/**
 * shy_focus_is_inside: (skip)
 * @widget: a widget
 *
 * Returns: whether keys go to @widget, or to what is shown inside it
 */
gboolean
shy_focus_is_inside (GtkWidget *widget)
{
  GtkRoot   *root;
  GtkWidget *focus;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  root = gtk_widget_get_root (widget);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && gtk_widget_get_mapped (focus) &&
         (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/**
 * shy_focus_is_free: (skip)
 * @page: a page that shows one of several
 *
 * Tells whether what @page shows next may have the keys: they go into @page, or were on what went, and
 * nobody works elsewhere meanwhile, as in the sidebar.
 *
 * Returns: whether it may
 */
gboolean
shy_focus_is_free (GtkWidget *page)
{
  GtkRoot   *root;
  GtkWidget *focus;

  g_return_val_if_fail (GTK_IS_WIDGET (page), FALSE);

  root = gtk_widget_get_root (page);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return root != NULL && (focus == NULL || gtk_widget_is_ancestor (focus, page));
}

/**
 * shy_focus_enter: (skip)
 * @widget: what is shown
 *
 * Hands the keys to the first of @widget that takes them, unless they go there already: where what
 * had them went, keys such as Esc would be heard by nobody.
 *
 * Returns: whether keys go to @widget
 */
gboolean
shy_focus_enter (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  return shy_focus_is_inside (widget) || gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}
