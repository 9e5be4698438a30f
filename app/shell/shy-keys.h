/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ShyKeys: (skip)
 * @owner: the class of widgets that have the action; %G_TYPE_INVALID for the program's own
 * @group: what the keys belong to, translated
 * @title: what they do, translated
 * @accels: the keys, parted by blanks: `Escape <Alt>Left`
 * @action: (nullable): the action; %NULL where a widget does it without one
 *
 * Keys that people can press.
 */
typedef struct
{
  GType  owner;
  char  *group;
  char  *title;
  char  *accels;
  char  *action;
} ShyKeys;

void       shy_keys_bind     (GtkWidgetClass *widget_class,
                              const char     *group,
                              const char     *title,
                              const char     *accels,
                              const char     *action);
void       shy_keys_tell     (GType           owner,
                              const char     *group,
                              const char     *title,
                              const char     *accels,
                              const char     *action);
GPtrArray *shy_keys_get_all  (void);
GtkWidget *shy_keys_new_help (GtkWindow      *parent);

G_END_DECLS
