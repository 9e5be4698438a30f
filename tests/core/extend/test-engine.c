/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "shy-core.h"

static ShyPlugin *
plugin_at (ShyEngine *engine,
           guint      position)
{
  g_autoptr (ShyPlugin) plugin = g_list_model_get_item (shy_engine_get_plugins (engine), position);

  return plugin;
}

static void
test_order (void)
{
  g_autoptr (ShyEngine) engine = shy_engine_new ();

  g_assert_cmpuint (g_list_model_get_n_items (shy_engine_get_plugins (engine)), ==, 3);
  g_assert_cmpstr (shy_plugin_get_id (plugin_at (engine, 0)), ==, "broken");
  g_assert_cmpstr (shy_plugin_get_id (plugin_at (engine, 1)), ==, "example");
  g_assert_cmpstr (shy_plugin_get_id (plugin_at (engine, 2)), ==, "outdated");
}

static void
test_refuses_other_interface (void)
{
  g_autoptr (ShyEngine) engine = shy_engine_new ();
  ShyPlugin            *plugin = shy_engine_find_plugin (engine, "outdated");

  g_assert_false (shy_plugin_get_loaded (plugin));
  g_assert_cmpstr (shy_plugin_get_problem (plugin), ==,
                   "It was made for plugin interface 99 and this program offers 1. "
                   "Ask its maker for a version that fits.");
}

static void
test_tells_why_broken (void)
{
  g_autoptr (ShyEngine) engine = shy_engine_new ();
  ShyPlugin            *plugin = shy_engine_find_plugin (engine, "broken");

  g_assert_false (shy_plugin_get_loaded (plugin));
  g_assert_true (g_str_has_prefix (shy_plugin_get_problem (plugin),
                                   "Its code cannot be loaded (libbroken.so: "));
  g_assert_nonnull (strstr (shy_plugin_get_problem (plugin), "a_function_that_nobody_has"));
  g_assert_nonnull (strstr (shy_plugin_get_problem (plugin), "Install the plugin again."));

  shy_plugin_set_enabled (plugin, FALSE);
  g_assert_null (shy_plugin_get_problem (plugin));
  shy_plugin_set_enabled (plugin, TRUE);
  g_assert_nonnull (shy_plugin_get_problem (plugin));
}

static void
test_loads_again (void)
{
  g_autoptr (ShyEngine)  engine = shy_engine_new ();
  g_autoptr (GListModel) commands = shy_engine_create_extensions (engine, SHY_TYPE_COMMAND);
  g_autoptr (ShyCommand) command = NULL;
  ShyPlugin             *plugin = shy_engine_find_plugin (engine, "example");

  for (int i = 0; i < 3; i++)
    {
      g_assert_true (shy_plugin_get_loaded (plugin));
      g_assert_null (shy_plugin_get_problem (plugin));
      g_assert_cmpuint (g_list_model_get_n_items (commands), ==, 1);

      shy_plugin_set_enabled (plugin, FALSE);
      g_assert_false (shy_plugin_get_loaded (plugin));
      g_assert_cmpuint (g_list_model_get_n_items (commands), ==, 0);
      shy_plugin_set_enabled (plugin, TRUE);
    }

  command = g_list_model_get_item (commands, 0);
  g_assert_cmpstr (shy_command_get_name (command), ==, "example");
  g_assert_true (shy_engine_get_origin (G_OBJECT (command)) == plugin);
}

static void
test_remembers_switch (void)
{
  g_autoptr (ShyEngine) first = shy_engine_new ();
  g_autoptr (ShyEngine) second = NULL;
  g_autoptr (ShyEngine) third = NULL;

  shy_plugin_set_enabled (shy_engine_find_plugin (first, "example"), FALSE);

  second = shy_engine_new ();
  g_assert_false (shy_plugin_get_enabled (shy_engine_find_plugin (second, "example")));
  g_assert_false (shy_plugin_get_loaded (shy_engine_find_plugin (second, "example")));
  shy_plugin_set_enabled (shy_engine_find_plugin (second, "example"), TRUE);

  third = shy_engine_new ();
  g_assert_true (shy_plugin_get_loaded (shy_engine_find_plugin (third, "example")));
}

static void
test_lists_outlive_engine (void)
{
  ShyEngine             *engine = shy_engine_new ();
  g_autoptr (GListModel) commands = shy_engine_create_extensions (engine, SHY_TYPE_COMMAND);

  g_assert_cmpuint (g_list_model_get_n_items (commands), ==, 1);
  g_object_unref (engine);
  g_assert_cmpuint (g_list_model_get_n_items (commands), ==, 0);
}

static void
test_manifest_without_interface (void)
{
  g_autofree char      *folder = g_build_filename (g_get_user_data_dir (), "shanye", "plugins",
                                                   "bare", NULL);
  g_autofree char      *path = g_build_filename (folder, "bare.plugin", NULL);
  g_autoptr (ShyEngine) engine = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "[Plugin]\nModule=bare\nName=Bare\n", -1, NULL));

  engine = shy_engine_new ();
  g_assert_nonnull (strstr (shy_plugin_get_problem (shy_engine_find_plugin (engine, "bare")),
                            "X-Shanye-API=1"));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *plugins = NULL;

  test_init (&argc, &argv);
  plugins = g_test_build_filename (G_TEST_BUILT, "plugins", NULL);
  g_setenv ("SHANYE_PLUGIN_DIR", plugins, TRUE);

  g_test_add_func ("/engine/order", test_order);
  g_test_add_func ("/engine/refuses-other-interface", test_refuses_other_interface);
  g_test_add_func ("/engine/tells-why-broken", test_tells_why_broken);
  g_test_add_func ("/engine/loads-again", test_loads_again);
  g_test_add_func ("/engine/remembers-switch", test_remembers_switch);
  g_test_add_func ("/engine/lists-outlive-engine", test_lists_outlive_engine);
  g_test_add_func ("/engine/manifest-without-interface", test_manifest_without_interface);

  return g_test_run ();
}
