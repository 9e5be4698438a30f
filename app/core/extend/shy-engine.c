/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-engine.h"

#include "shy-error.h"
#include "shy-plugin-private.h"

#include <glib/gi18n-lib.h>
#include <gmodule.h>
#include <libpeas/peas.h>

/**
 * ShyEngine:
 *
 * Finds, checks, loads and unloads the plugins. The one class that speaks to libpeas.
 *
 * Plugins are sought in the installed folder (the environment variable `SHANYE_PLUGIN_DIR`, a
 * search path, replaces it so that a build runs uninstalled) and in the person's own,
 * `~/.local/share/shanye/plugins`. A manifest must carry `X-Shanye-API` with the number of this
 * host; `X-Shanye-Order` says which comes first.
 *
 * What fails stays in the list with its reason, #ShyPlugin:problem. Use it on the main thread only.
 */
struct _ShyEngine
{
  GObject     parent_instance;
  PeasEngine *peas;     /* (owned) */
  GListStore *plugins;  /* (owned) of ShyPlugin, in order */
  gboolean    idle;     /* loads none by itself */
};

G_DEFINE_FINAL_TYPE (ShyEngine, shy_engine, G_TYPE_OBJECT)

typedef enum { PROP_IDLE = 1 } ShyEngineProperty;
static GParamSpec *properties[PROP_IDLE + 1];

enum { SIGNAL_LOADED, SIGNAL_UNLOADING, N_SIGNALS };
static guint signals[N_SIGNALS];

static GQuark origin_quark;

static int
compare_plugins (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  ShyPlugin *first = SHY_PLUGIN ((gpointer) a), *second = SHY_PLUGIN ((gpointer) b);

  if (shy_plugin_get_order (first) != shy_plugin_get_order (second))
    return shy_plugin_get_order (first) < shy_plugin_get_order (second) ? -1 : 1;
  return strcmp (shy_plugin_get_id (first), shy_plugin_get_id (second));
}

static gboolean
check_api (PeasPluginInfo *info,
           GError        **error)
{
  const char *text = peas_plugin_info_get_external_data (info, "Shanye-API");

  if (text == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                   _("Its manifest has no line “X-Shanye-API=%d”. "
                     "Ask its maker for a version made for this program."), SHY_PLUGIN_API);
      return FALSE;
    }

  if (g_ascii_strtoll (text, NULL, 10) != SHY_PLUGIN_API)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                   _("It was made for plugin interface %s and this program offers %d. "
                     "Ask its maker for a version that fits."), text, SHY_PLUGIN_API);
      return FALSE;
    }

  return TRUE;
}

/* The system names the whole path, which nobody needs and no row of a list has room for. */
static const char *
shorten_reason (const char *reason,
                const char *folder)
{
  gsize length = strlen (folder);

  if (strncmp (reason, folder, length) == 0 && reason[length] == G_DIR_SEPARATOR)
    return reason + length + 1;

  return reason;
}

/* libpeas would only say “Failed to load” and warn on standard error: look first. */
static gboolean
check_module (PeasPluginInfo *info,
              GError        **error)
{
  g_autofree char *path = NULL;
  GModule         *module;
  gpointer         symbol;

  path = g_strdup_printf ("%s/lib%s.so", peas_plugin_info_get_module_dir (info),
                          peas_plugin_info_get_module_name (info));
  module = g_module_open (path, G_MODULE_BIND_LOCAL);
  if (module == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_FAILED,
                   /* Translators: %s is the system's reason, with the file's name. */
                   _("Its code cannot be loaded (%s). Install the plugin again."),
                   shorten_reason (g_module_error (), peas_plugin_info_get_module_dir (info)));
      return FALSE;
    }

  /* A toolkit that came along cannot be taken away again: its types are registered for good. */
  g_module_make_resident (module);
  if (!g_module_symbol (module, "peas_register_types", &symbol))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_FAILED,
                   _("The file “%s” has no function “peas_register_types”. "
                     "Ask its maker for a whole version."), path);
      g_module_close (module);
      return FALSE;
    }

  /* libpeas keeps its own hold on the module. */
  g_module_close (module);
  return TRUE;
}

static gboolean
load (ShyEngine  *self,
      ShyPlugin  *plugin,
      GError    **error)
{
  PeasPluginInfo    *info = _shy_plugin_get_info (plugin);
  g_autoptr (GError) local = NULL;

  if (!check_api (info, error) || !check_module (info, error))
    return FALSE;

  if (peas_engine_load_plugin (self->peas, info))
    return TRUE;

  peas_plugin_info_is_available (info, &local);
  g_set_error (error, SHY_ERROR, SHY_ERROR_FAILED,
               _("It cannot be started (%s). Install the plugin again."),
               local != NULL ? local->message : "?");
  return FALSE;
}

static void
load_plugin (ShyEngine *self,
             ShyPlugin *plugin)
{
  g_autoptr (GError) error = NULL;
  gboolean           fine;

  if (shy_plugin_get_loaded (plugin))
    return;
  if (shy_plugin_get_crashed (plugin))
    {
      _shy_plugin_set_problem (plugin, _("The program ended while it was being started, so it is "
                                         "left out. Switch it off, or off and on to try again."));
      return;
    }

  shy_plugin_enter (plugin);
  fine = load (self, plugin, &error);
  shy_plugin_leave (plugin);
  if (!fine)
    {
      _shy_plugin_set_problem (plugin, error->message);
      return;
    }

  _shy_plugin_set_problem (plugin, NULL);
  _shy_plugin_set_loaded (plugin, TRUE);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0, plugin);
}

static void
unload_plugin (ShyEngine *self,
               ShyPlugin *plugin)
{
  _shy_plugin_set_problem (plugin, NULL);
  if (!shy_plugin_get_loaded (plugin))
    return;

  g_signal_emit (self, signals[SIGNAL_UNLOADING], 0, plugin);
  _shy_plugin_set_loaded (plugin, FALSE);
  peas_engine_unload_plugin (self->peas, _shy_plugin_get_info (plugin));
}

static void
enabled_changed_cb (ShyEngine  *self,
                    GParamSpec *pspec,
                    ShyPlugin  *plugin)
{
  if (shy_plugin_get_enabled (plugin))
    load_plugin (self, plugin);
  else
    {
      _shy_plugin_forgive (plugin);
      unload_plugin (self, plugin);
    }
}

static void
add_search_paths (ShyEngine *self)
{
  const char       *instead = g_getenv ("SHANYE_PLUGIN_DIR");
  g_autofree char  *own = g_build_filename (g_get_user_data_dir (), "shanye", "plugins", NULL);
  g_auto (GStrv)    dirs = NULL;

  dirs = g_strsplit (instead != NULL && *instead != '\0' ? instead : SHY_PLUGINDIR,
                     G_SEARCHPATH_SEPARATOR_S, -1);
  for (gsize i = 0; dirs[i] != NULL; i++)
    if (*dirs[i] != '\0')
      peas_engine_add_search_path (self->peas, dirs[i], NULL);

  peas_engine_add_search_path (self->peas, own, NULL);
}

static void
find_plugins (ShyEngine *self)
{
  for (const GList *l = peas_engine_get_plugin_list (self->peas); l != NULL; l = l->next)
    {
      g_autoptr (ShyPlugin) plugin = _shy_plugin_new (l->data);

      g_list_store_insert_sorted (self->plugins, plugin, compare_plugins, NULL);
      g_signal_connect_object (plugin, "notify::enabled", G_CALLBACK (enabled_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
shy_engine_constructed (GObject *object)
{
  ShyEngine *self = SHY_ENGINE (object);
  guint      n;

  G_OBJECT_CLASS (shy_engine_parent_class)->constructed (object);

  add_search_paths (self);
  find_plugins (self);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->plugins));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ShyPlugin) plugin = g_list_model_get_item (G_LIST_MODEL (self->plugins), i);

      if (shy_plugin_get_enabled (plugin) && !self->idle)
        load_plugin (self, plugin);
    }
}

static void
shy_engine_dispose (GObject *object)
{
  ShyEngine *self = SHY_ENGINE (object);
  guint      n = g_list_model_get_n_items (G_LIST_MODEL (self->plugins));

  while (n-- > 0)
    {
      g_autoptr (ShyPlugin) plugin = g_list_model_get_item (G_LIST_MODEL (self->plugins), n);

      unload_plugin (self, plugin);
    }
  g_list_store_remove_all (self->plugins);

  G_OBJECT_CLASS (shy_engine_parent_class)->dispose (object);
}

static void
shy_engine_finalize (GObject *object)
{
  ShyEngine *self = SHY_ENGINE (object);

  g_clear_object (&self->plugins);
  g_clear_object (&self->peas);

  G_OBJECT_CLASS (shy_engine_parent_class)->finalize (object);
}

static void
shy_engine_set_property (GObject      *object,
                         guint         property,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  switch ((ShyEngineProperty) property)
    {
    case PROP_IDLE:
      SHY_ENGINE (object)->idle = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
shy_engine_class_init (ShyEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = shy_engine_constructed;
  object_class->dispose = shy_engine_dispose;
  object_class->finalize = shy_engine_finalize;
  object_class->set_property = shy_engine_set_property;

  /**
   * ShyEngine:idle:
   *
   * Whether it only finds the plugins and loads none by itself.
   */
  properties[PROP_IDLE] =
    g_param_spec_boolean ("idle", NULL, NULL, FALSE,
                          G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * ShyEngine::loaded:
   * @self: the engine
   * @plugin: a plugin
   *
   * @plugin has just begun to work.
   */
  signals[SIGNAL_LOADED] =
    g_signal_new ("loaded", SHY_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, SHY_TYPE_PLUGIN);

  /**
   * ShyEngine::unloading:
   * @self: the engine
   * @plugin: a plugin
   *
   * @plugin is about to stop: whoever took something from it gives it up now.
   */
  signals[SIGNAL_UNLOADING] =
    g_signal_new ("unloading", SHY_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, SHY_TYPE_PLUGIN);

  origin_quark = g_quark_from_static_string ("shy-engine-origin");
}

static void
shy_engine_init (ShyEngine *self)
{
  self->peas = peas_engine_new ();
  self->plugins = g_list_store_new (SHY_TYPE_PLUGIN);
}

/**
 * shy_engine_new:
 *
 * Finds the plugins and loads those that are switched on.
 *
 * Returns: (transfer full): an engine; dropping it unloads them
 */
ShyEngine *
shy_engine_new (void)
{
  return g_object_new (SHY_TYPE_ENGINE, NULL);
}

/**
 * shy_engine_new_idle:
 *
 * Finds the plugins and loads none, so that one can be switched off whose code ends the program.
 *
 * Returns: (transfer full): an engine
 */
ShyEngine *
shy_engine_new_idle (void)
{
  return g_object_new (SHY_TYPE_ENGINE, "idle", TRUE, NULL);
}

/**
 * shy_engine_retry:
 * @self: an engine
 * @plugin: one of its plugins
 *
 * Loads a plugin that is switched on and not at work, also one that ended the program the last
 * time. #ShyPlugin:problem says why it still does not work.
 */
void
shy_engine_retry (ShyEngine *self,
                  ShyPlugin *plugin)
{
  g_return_if_fail (SHY_IS_ENGINE (self));
  g_return_if_fail (SHY_IS_PLUGIN (plugin));

  _shy_plugin_forgive (plugin);
  if (shy_plugin_get_enabled (plugin))
    load_plugin (self, plugin);
}

/**
 * shy_engine_get_plugins:
 * @self: an engine
 *
 * Returns: (transfer none): a list of #ShyPlugin, those that failed too, in the host's order
 */
GListModel *
shy_engine_get_plugins (ShyEngine *self)
{
  g_return_val_if_fail (SHY_IS_ENGINE (self), NULL);

  return G_LIST_MODEL (self->plugins);
}

/**
 * shy_engine_find_plugin:
 * @self: an engine
 * @id: the Module of a manifest
 *
 * Returns: (transfer none) (nullable): the plugin of that name
 */
ShyPlugin *
shy_engine_find_plugin (ShyEngine  *self,
                        const char *id)
{
  guint n;

  g_return_val_if_fail (SHY_IS_ENGINE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->plugins));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ShyPlugin) plugin = g_list_model_get_item (G_LIST_MODEL (self->plugins), i);

      if (g_str_equal (shy_plugin_get_id (plugin), id))
        return plugin;
    }

  return NULL;
}

/**
 * shy_engine_get_origin:
 * @extension: an extension
 *
 * Returns: (transfer none) (nullable): the plugin that brought it
 */
ShyPlugin *
shy_engine_get_origin (GObject *extension)
{
  g_return_val_if_fail (G_IS_OBJECT (extension), NULL);

  return g_object_get_qdata (extension, origin_quark);
}

static int
compare_extensions (gconstpointer a,
                    gconstpointer b,
                    gpointer      data)
{
  return compare_plugins (shy_engine_get_origin ((gpointer) a),
                          shy_engine_get_origin ((gpointer) b), NULL);
}

static void
add_extension (ShyEngine  *self,
               GListStore *list,
               ShyPlugin  *plugin)
{
  PeasPluginInfo     *info = _shy_plugin_get_info (plugin);
  GType               type = g_list_model_get_item_type (G_LIST_MODEL (list));
  g_autoptr (GObject) extension = NULL;

  if (!peas_engine_provides_extension (self->peas, info, type))
    return;

  shy_plugin_enter (plugin);
  extension = peas_engine_create_extension (self->peas, info, type, NULL);
  shy_plugin_leave (plugin);
  if (extension == NULL)
    return;

  g_object_set_qdata_full (extension, origin_quark, g_object_ref (plugin), g_object_unref);
  g_list_store_insert_sorted (list, extension, compare_extensions, NULL);
}

static void
loaded_cb (ShyEngine *self,
           ShyPlugin *plugin,
           gpointer   list)
{
  add_extension (self, G_LIST_STORE (list), plugin);
}

static void
unloading_cb (ShyEngine *self,
              ShyPlugin *plugin,
              gpointer   list)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  while (n-- > 0)
    {
      g_autoptr (GObject) extension = g_list_model_get_item (G_LIST_MODEL (list), n);

      if (shy_engine_get_origin (extension) == plugin)
        g_list_store_remove (G_LIST_STORE (list), n);
    }
}

/**
 * shy_engine_create_extensions:
 * @self: an engine
 * @type: the type of an extension point, as SHY_TYPE_TODO
 *
 * Makes one extension of each loaded plugin that has the point. The list follows what is switched
 * on and off later; who holds an extension drops it when it leaves the list.
 *
 * Returns: (transfer full): a list of @type in the host's order
 */
GListModel *
shy_engine_create_extensions (ShyEngine *self,
                              GType      type)
{
  GListStore *list;
  guint       n;

  g_return_val_if_fail (SHY_IS_ENGINE (self), NULL);
  g_return_val_if_fail (G_TYPE_IS_INTERFACE (type), NULL);

  list = g_list_store_new (type);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->plugins));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ShyPlugin) plugin = g_list_model_get_item (G_LIST_MODEL (self->plugins), i);

      if (shy_plugin_get_loaded (plugin))
        add_extension (self, list, plugin);
    }

  g_signal_connect_object (self, "loaded", G_CALLBACK (loaded_cb), list, 0);
  g_signal_connect_object (self, "unloading", G_CALLBACK (unloading_cb), list, 0);

  return G_LIST_MODEL (list);
}
