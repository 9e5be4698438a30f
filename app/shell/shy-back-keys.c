/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-back-keys.h"

#include "shy-keys.h"

#include <glib/gi18n-lib.h>

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
  static const struct { guint key; GdkModifierType state; } more[] = {
    { GDK_KEY_KP_Left, GDK_ALT_MASK },
    { GDK_KEY_Back, 0 },
  };

  shy_keys_bind (widget_class, _("Lists and Applications"), _("Back to the page before"),
                 "Escape <Alt>Left", action);
  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    gtk_widget_class_add_binding_action (widget_class, more[i].key, more[i].state, action, NULL);
}
