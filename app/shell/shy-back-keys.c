/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-back-keys.h"

/**
 * shy_back_keys_bind: (skip)
 * @widget_class: the class of a page that was come to from another
 * @action: the action that leads back, without a parameter
 *
 * Binds the keys by which people leave a page: Esc, Alt and Left, and Back where a keyboard has it.
 */
void
shy_back_keys_bind (GtkWidgetClass *widget_class,
                    const char     *action)
{
  static const struct { guint key; GdkModifierType state; } keys[] = {
    { GDK_KEY_Escape, 0 },
    { GDK_KEY_Left, GDK_ALT_MASK },
    { GDK_KEY_KP_Left, GDK_ALT_MASK },
    { GDK_KEY_Back, 0 },
  };

  g_return_if_fail (GTK_IS_WIDGET_CLASS (widget_class) && action != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].state, action, NULL);
}
