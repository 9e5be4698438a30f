/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-verb.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

static void
add_string (JsonBuilder *json,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (json, name);
  if (value != NULL)
    json_builder_add_string_value (json, value);
  else
    json_builder_add_null_value (json);
}

static void
add_plugin (JsonBuilder *json,
            ShyPlugin   *plugin)
{
  json_builder_begin_object (json);
  add_string (json, "id", shy_plugin_get_id (plugin));
  add_string (json, "name", shy_plugin_get_name (plugin));
  add_string (json, "summary", shy_plugin_get_summary (plugin));
  add_string (json, "version", shy_plugin_get_version (plugin));
  json_builder_set_member_name (json, "enabled");
  json_builder_add_boolean_value (json, shy_plugin_get_enabled (plugin));
  json_builder_set_member_name (json, "loaded");
  json_builder_add_boolean_value (json, shy_plugin_get_loaded (plugin));
  add_string (json, "problem", shy_plugin_get_problem (plugin));
  json_builder_set_member_name (json, "crashed");
  json_builder_add_boolean_value (json, shy_plugin_get_crashed (plugin));
  json_builder_end_object (json);
}

static void
print_json (GListModel *plugins)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;
  g_autofree char        *text = NULL;

  json_builder_begin_array (json);
  for (guint i = 0; i < g_list_model_get_n_items (plugins); i++)
    {
      g_autoptr (ShyPlugin) plugin = g_list_model_get_item (plugins, i);

      add_plugin (json, plugin);
    }
  json_builder_end_array (json);

  root = json_builder_get_root (json);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
}

static const char *
describe_state (ShyPlugin *plugin)
{
  if (shy_plugin_get_problem (plugin) != NULL)
    return _("not working");
  return shy_plugin_get_enabled (plugin) ? _("on") : _("off");
}

static void
print_text (GListModel *plugins)
{
  for (guint i = 0; i < g_list_model_get_n_items (plugins); i++)
    {
      g_autoptr (ShyPlugin) plugin = g_list_model_get_item (plugins, i);
      const char           *version = shy_plugin_get_version (plugin);

      g_print ("%-12s %s %s (%s)\n", shy_plugin_get_id (plugin), shy_plugin_get_name (plugin),
               version != NULL ? version : "", describe_state (plugin));
      if (shy_plugin_get_problem (plugin) != NULL)
        g_print ("             %s\n", shy_plugin_get_problem (plugin));
    }
}

static gboolean
can_remember (GError **error)
{
  GSettingsSchemaSource       *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SHY_APP_ID ".plugin", TRUE);
  if (schema == NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("The settings schema “%s.plugin” is not installed, so that nothing can be "
                   "remembered. Install the program again."), SHY_APP_ID);

  return schema != NULL;
}

static ShyCommandStatus
set_enabled (const char  *id,
             gboolean     enabled,
             GError     **error)
{
  g_autoptr (ShyEngine) engine = shy_engine_new_idle ();
  ShyPlugin            *plugin = shy_engine_find_plugin (engine, id);

  if (plugin == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                   _("There is no plugin “%s”. “shanyectl plugin list” shows them."), id);
      return SHY_COMMAND_BAD;
    }
  if (!can_remember (error))
    return SHY_COMMAND_BAD;

  shy_plugin_set_enabled (plugin, enabled);
  g_settings_sync ();
  if (enabled && !shy_plugin_get_loaded (plugin))
    shy_engine_retry (engine, plugin);
  if (!enabled || shy_plugin_get_loaded (plugin))
    return SHY_COMMAND_OK;

  g_printerr ("%s: %s\n", id, shy_plugin_get_problem (plugin));
  return SHY_COMMAND_NEGATIVE;
}

static ShyCommandStatus
run (const char * const *arguments,
     const char         *database,
     GError            **error)
{
  guint       n = g_strv_length ((GStrv) arguments);
  const char *what = n > 0 ? arguments[0] : "list";
  gboolean    as_json = n == 2 && g_str_equal (arguments[1], "--json");

  if (g_str_equal (what, "list") && (n < 2 || as_json))
    {
      g_autoptr (ShyEngine) engine = shy_engine_new ();

      (as_json ? print_json : print_text) (shy_engine_get_plugins (engine));
      return SHY_COMMAND_OK;
    }

  if (n == 2 && (g_str_equal (what, "enable") || g_str_equal (what, "disable")))
    return set_enabled (arguments[1], g_str_equal (what, "enable"), error);

  g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
               _("“plugin” does not understand that. “shanyectl help plugin” shows how."));
  return SHY_COMMAND_BAD;
}

const ShyctlVerb shyctl_verb_plugin = {
  "plugin",
  N_("Lists the plugins with the reason why one does not work, or switches one on or off."),
  N_("list [--json] | enable ID | disable ID\n"
     "\n"
     "“disable” does not load the plugin, so that one can be switched off that ends the program; "
     "“enable” tries such a one again.\n"
     "\n"
     "“enable” exits with 1 if the plugin was switched on but does not work."),
  run,
};
