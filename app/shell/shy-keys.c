/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-keys.h"

#include <glib/gi18n-lib.h>

static void
free_keys (gpointer data)
{
  ShyKeys *keys = data;

  g_free (keys->group);
  g_free (keys->title);
  g_free (keys->accels);
  g_free (keys->action);
  g_free (keys);
}

/**
 * shy_keys_get_all: (skip)
 *
 * Gets the keys of all classes that were made so far; class_init of a page or of a widget tells them.
 *
 * Returns: (transfer none) (element-type ShyKeys): in the order in which they were told
 */
GPtrArray *
shy_keys_get_all (void)
{
  static GPtrArray *all;

  if (all == NULL)
    all = g_ptr_array_new_with_free_func (free_keys);
  return all;
}

/**
 * shy_keys_tell: (skip)
 * @owner: the class that has the action; %G_TYPE_INVALID for the program's own
 * @group: what the keys belong to, translated
 * @title: what they do, translated
 * @accels: the keys, parted by blanks
 * @action: (nullable): the action
 *
 * Tells of keys that are bound elsewhere, for the window of keys and for the palette.
 */
void
shy_keys_tell (GType       owner,
               const char *group,
               const char *title,
               const char *accels,
               const char *action)
{
  const ShyKeys keys = { owner, g_strdup (group), g_strdup (title), g_strdup (accels),
                         g_strdup (action) };

  g_ptr_array_add (shy_keys_get_all (), g_memdup2 (&keys, sizeof keys));
}

/**
 * shy_keys_bind: (skip)
 * @widget_class: a class, in its class_init
 * @group: what the keys belong to, translated
 * @title: what they do, translated
 * @accels: the keys, parted by blanks
 * @action: what they do, an action without a parameter
 *
 * Binds keys to an action of a widget, and tells of them.
 */
void
shy_keys_bind (GtkWidgetClass *widget_class,
               const char     *group,
               const char     *title,
               const char     *accels,
               const char     *action)
{
  g_auto (GStrv) parts = g_strsplit (accels, " ", -1);

  g_return_if_fail (GTK_IS_WIDGET_CLASS (widget_class) && action != NULL);

  for (char **part = parts; *part != NULL; part++)
    {
      guint           key;
      GdkModifierType state;

      if (gtk_accelerator_parse (*part, &key, &state))
        gtk_widget_class_add_binding_action (widget_class, key, state, action, NULL);
      else
        g_critical ("No key is called “%s”", *part);
    }
  shy_keys_tell (G_TYPE_FROM_CLASS (widget_class), group, title, accels, action);
}

/* The same keys do the same on many pages: they are told once. */
static gboolean
is_told (GPtrArray *all,
         guint      position)
{
  const ShyKeys *keys = all->pdata[position];

  for (guint i = 0; i < position; i++)
    {
      const ShyKeys *other = all->pdata[i];

      if (g_str_equal (keys->group, other->group) && g_str_equal (keys->title, other->title))
        return TRUE;
    }
  return FALSE;
}

static void
write_group (GString    *ui,
             const char *group)
{
  GPtrArray       *all = shy_keys_get_all ();
  g_autofree char *title = g_markup_escape_text (group, -1);

  g_string_append_printf (ui, "<child><object class=\"GtkShortcutsGroup\">"
                          "<property name=\"title\">%s</property>", title);
  for (guint i = 0; i < all->len; i++)
    {
      const ShyKeys   *keys = all->pdata[i];
      g_autofree char *shortcut = NULL;

      if (!g_str_equal (keys->group, group) || is_told (all, i))
        continue;
      shortcut = g_markup_printf_escaped ("<child><object class=\"GtkShortcutsShortcut\">"
                                          "<property name=\"title\">%s</property>"
                                          "<property name=\"accelerator\">%s</property>"
                                          "</object></child>", keys->title, keys->accels);
      g_string_append (ui, shortcut);
    }
  g_string_append (ui, "</object></child>");
}

/* Those of the program come last, as in other programs. */
static GPtrArray *
list_groups (void)
{
  GPtrArray *all = shy_keys_get_all ();
  GPtrArray *groups = g_ptr_array_new ();
  guint      last;

  for (guint i = 0; i < all->len; i++)
    if (!g_ptr_array_find_with_equal_func (groups, ((ShyKeys *) all->pdata[i])->group, g_str_equal,
                                           NULL))
      g_ptr_array_add (groups, ((ShyKeys *) all->pdata[i])->group);
  if (g_ptr_array_find_with_equal_func (groups, _("Program"), g_str_equal, &last))
    g_ptr_array_add (groups, g_ptr_array_steal_index (groups, last));
  return groups;
}

/**
 * shy_keys_new_help: (skip)
 * @parent: the window that it stands above
 *
 * Makes the window of all keys. GTK 4.8 fills one from a description alone.
 *
 * Returns: (transfer none): the window
 */
GtkWidget *
shy_keys_new_help (GtkWindow *parent)
{
  g_autoptr (GPtrArray)  groups = list_groups ();
  g_autoptr (GtkBuilder) builder = NULL;
  g_autoptr (GString)    ui = g_string_new ("<interface><object class=\"GtkShortcutsWindow\" id=\"help\">"
                                            "<property name=\"modal\">true</property>"
                                            "<child><object class=\"GtkShortcutsSection\">"
                                            "<property name=\"section-name\">keys</property>");
  GtkWidget             *help;

  for (guint i = 0; i < groups->len; i++)
    write_group (ui, groups->pdata[i]);
  g_string_append (ui, "</object></child></object></interface>");

  builder = gtk_builder_new_from_string (ui->str, ui->len);
  help = GTK_WIDGET (gtk_builder_get_object (builder, "help"));
  gtk_window_set_transient_for (GTK_WINDOW (help), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (help), TRUE);
  return help;
}
