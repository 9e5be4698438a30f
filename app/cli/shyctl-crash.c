/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-crash.h"

#include <glib/gi18n.h>

/* shyctl_tell_crashed: names on standard error the plugins that were left out because they ended the
 * program, so that what they would have said is missed; gives their number. */
guint
shyctl_tell_crashed (ShyEngine *engine)
{
  GListModel *plugins = shy_engine_get_plugins (engine);
  guint       crashed = 0;

  for (guint i = 0; i < g_list_model_get_n_items (plugins); i++)
    {
      g_autoptr (ShyPlugin) plugin = g_list_model_get_item (plugins, i);
      const char           *id = shy_plugin_get_id (plugin);

      if (!shy_plugin_get_enabled (plugin) || !shy_plugin_get_crashed (plugin))
        continue;
      g_printerr (_("shanyectl: The program ended while the plugin “%s” was being started, so it is "
                    "left out. “shanyectl plugin disable %s” switches it off, “shanyectl plugin "
                    "enable %s” tries it again.\n"),
                  shy_plugin_get_name (plugin), id, id);
      crashed++;
    }

  return crashed;
}
