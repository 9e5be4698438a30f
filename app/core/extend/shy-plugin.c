/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-plugin-private.h"

#include "shy-plugin-watch-private.h"

#define SCHEMA_ID SHY_APP_ID ".plugin"
#define SCHEMA_PATH "/org/shanye/Shanye/plugins/"

/**
 * ShyPlugin:
 *
 * A plugin that was found: what its manifest says, whether it is switched on, and why it failed.
 *
 * Whether it is switched on is remembered under its own path, so that a plugin that fails or is
 * missing once is not forgotten. What ended the program while it was started is not started again
 * by itself, #ShyPlugin:crashed, until the person switches it off or asks for another try.
 */
struct _ShyPlugin
{
  GObject         parent_instance;
  PeasPluginInfo *info;      /* (owned) */
  GSettings      *settings;  /* (owned) (nullable) */
  char           *problem;   /* (owned) (nullable) why it is not loaded, translated */
  ShyPluginWatch *watch;     /* (owned) (nullable) while it is started */
  guint           entered;   /* how deep */
  int             order;
  gboolean        crashed;
  gboolean        enabled;
  gboolean        loaded;
};

G_DEFINE_FINAL_TYPE (ShyPlugin, shy_plugin, G_TYPE_OBJECT)

typedef enum {
  PROP_ID = 1,
  PROP_NAME,
  PROP_SUMMARY,
  PROP_VERSION,
  PROP_ENABLED,
  PROP_LOADED,
  PROP_PROBLEM,
  PROP_CRASHED,
} ShyPluginProperty;
static GParamSpec *properties[PROP_CRASHED + 1];

/* A plugin without an order of its own comes behind those that have one. */
#define ORDER_UNSET 1000

static int
read_order (PeasPluginInfo *info)
{
  const char *text = peas_plugin_info_get_external_data (info, "Shanye-Order");
  gint64      order;

  if (text != NULL && g_ascii_string_to_signed (text, 10, G_MININT, G_MAXINT, &order, NULL))
    return (int) order;
  return ORDER_UNSET;
}

static void
open_settings (ShyPlugin *self)
{
  GSettingsSchemaSource       *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autofree char             *path = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  if (schema == NULL)
    return;

  path = g_strconcat (SCHEMA_PATH, shy_plugin_get_id (self), "/", NULL);
  self->settings = g_settings_new_full (schema, NULL, path);
  g_settings_bind (self->settings, "enabled", self, "enabled", G_SETTINGS_BIND_DEFAULT);
}

static void
shy_plugin_dispose (GObject *object)
{
  ShyPlugin *self = SHY_PLUGIN (object);

  if (self->settings != NULL)
    g_settings_unbind (self, "enabled");
  g_clear_object (&self->settings);

  g_clear_pointer (&self->watch, _shy_plugin_watch_end);

  G_OBJECT_CLASS (shy_plugin_parent_class)->dispose (object);
}

static void
shy_plugin_finalize (GObject *object)
{
  ShyPlugin *self = SHY_PLUGIN (object);

  g_boxed_free (PEAS_TYPE_PLUGIN_INFO, self->info);
  g_free (self->problem);

  G_OBJECT_CLASS (shy_plugin_parent_class)->finalize (object);
}

static void
shy_plugin_get_property (GObject    *object,
                         guint       property,
                         GValue     *value,
                         GParamSpec *pspec)
{
  ShyPlugin *self = SHY_PLUGIN (object);

  switch ((ShyPluginProperty) property)
    {
    case PROP_ID:
      g_value_set_string (value, shy_plugin_get_id (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, shy_plugin_get_name (self));
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, shy_plugin_get_summary (self));
      break;
    case PROP_VERSION:
      g_value_set_string (value, shy_plugin_get_version (self));
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_CRASHED:
      g_value_set_boolean (value, self->crashed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
shy_plugin_set_property (GObject      *object,
                         guint         property,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  ShyPlugin *self = SHY_PLUGIN (object);

  switch ((ShyPluginProperty) property)
    {
    case PROP_ENABLED:
      shy_plugin_set_enabled (self, g_value_get_boolean (value));
      break;
    case PROP_ID:
    case PROP_NAME:
    case PROP_SUMMARY:
    case PROP_VERSION:
    case PROP_LOADED:
    case PROP_PROBLEM:
    case PROP_CRASHED:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
make_properties (void)
{
  GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /**
   * ShyPlugin:id:
   *
   * The manifest's Module.
   */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, read);

  /**
   * ShyPlugin:name:
   *
   * The manifest's Name in the person's language.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, read);

  /**
   * ShyPlugin:summary:
   *
   * The manifest's Description in the person's language.
   */
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, read);

  /**
   * ShyPlugin:version:
   *
   * The manifest's Version.
   */
  properties[PROP_VERSION] = g_param_spec_string ("version", NULL, NULL, NULL, read);

  /**
   * ShyPlugin:enabled:
   *
   * Whether the person wants it; setting it loads or unloads it.
   */
  properties[PROP_ENABLED] =
    g_param_spec_boolean ("enabled", NULL, NULL, TRUE, read | G_PARAM_WRITABLE);

  /**
   * ShyPlugin:loaded:
   *
   * Whether it is at work.
   */
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, read);

  /**
   * ShyPlugin:problem:
   *
   * Why it is not at work although it is wanted: a translated sentence, or %NULL.
   */
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, read);

  /**
   * ShyPlugin:crashed:
   *
   * Whether the program ended while it was started the last time.
   */
  properties[PROP_CRASHED] = g_param_spec_boolean ("crashed", NULL, NULL, FALSE, read);
}

static void
shy_plugin_class_init (ShyPluginClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = shy_plugin_dispose;
  object_class->finalize = shy_plugin_finalize;
  object_class->get_property = shy_plugin_get_property;
  object_class->set_property = shy_plugin_set_property;

  make_properties ();
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
shy_plugin_init (ShyPlugin *self)
{
  self->enabled = TRUE;
}

ShyPlugin *
_shy_plugin_new (PeasPluginInfo *info)
{
  ShyPlugin *self = g_object_new (SHY_TYPE_PLUGIN, NULL);

  self->info = g_boxed_copy (PEAS_TYPE_PLUGIN_INFO, info);
  self->order = read_order (info);
  self->crashed = _shy_plugin_watch_blames (shy_plugin_get_id (self));
  open_settings (self);

  return self;
}

PeasPluginInfo *
_shy_plugin_get_info (ShyPlugin *self)
{
  return self->info;
}

void
_shy_plugin_set_loaded (ShyPlugin *self,
                        gboolean   loaded)
{
  if (self->loaded == loaded)
    return;

  self->loaded = loaded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

void
_shy_plugin_set_problem (ShyPlugin  *self,
                         const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

void
_shy_plugin_forgive (ShyPlugin *self)
{
  if (!self->crashed)
    return;

  _shy_plugin_watch_forgive (shy_plugin_get_id (self));
  self->crashed = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CRASHED]);
}

/**
 * shy_plugin_get_id:
 * @self: a plugin
 *
 * Returns: the manifest's Module
 */
const char *
shy_plugin_get_id (ShyPlugin *self)
{
  g_return_val_if_fail (SHY_IS_PLUGIN (self), NULL);

  return peas_plugin_info_get_module_name (self->info);
}

/**
 * shy_plugin_get_name:
 * @self: a plugin
 *
 * Returns: its name in the person's language
 */
const char *
shy_plugin_get_name (ShyPlugin *self)
{
  g_return_val_if_fail (SHY_IS_PLUGIN (self), NULL);

  return peas_plugin_info_get_name (self->info);
}

/**
 * shy_plugin_get_summary:
 * @self: a plugin
 *
 * Returns: (nullable): one line that says what it does, in the person's language
 */
const char *
shy_plugin_get_summary (ShyPlugin *self)
{
  g_return_val_if_fail (SHY_IS_PLUGIN (self), NULL);

  return peas_plugin_info_get_description (self->info);
}

/**
 * shy_plugin_get_version:
 * @self: a plugin
 *
 * Returns: (nullable): its version
 */
const char *
shy_plugin_get_version (ShyPlugin *self)
{
  g_return_val_if_fail (SHY_IS_PLUGIN (self), NULL);

  return peas_plugin_info_get_version (self->info);
}

/**
 * shy_plugin_get_order:
 * @self: a plugin
 *
 * Returns: the manifest's X-Shanye-Order: plugins with a lower one come first
 */
int
shy_plugin_get_order (ShyPlugin *self)
{
  g_return_val_if_fail (SHY_IS_PLUGIN (self), 0);

  return self->order;
}

/**
 * shy_plugin_get_enabled:
 * @self: a plugin
 *
 * Returns: whether the person wants it
 */
gboolean
shy_plugin_get_enabled (ShyPlugin *self)
{
  g_return_val_if_fail (SHY_IS_PLUGIN (self), FALSE);

  return self->enabled;
}

/**
 * shy_plugin_set_enabled:
 * @self: a plugin
 * @enabled: whether the person wants it
 *
 * Switches it on or off, at once and for later runs.
 */
void
shy_plugin_set_enabled (ShyPlugin *self,
                        gboolean   enabled)
{
  g_return_if_fail (SHY_IS_PLUGIN (self));

  if (self->enabled == enabled)
    return;

  self->enabled = enabled;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

/**
 * shy_plugin_get_loaded:
 * @self: a plugin
 *
 * Returns: whether it is at work
 */
gboolean
shy_plugin_get_loaded (ShyPlugin *self)
{
  g_return_val_if_fail (SHY_IS_PLUGIN (self), FALSE);

  return self->loaded;
}

/**
 * shy_plugin_get_problem:
 * @self: a plugin
 *
 * Returns: (nullable): why it is not at work although it is wanted, a translated sentence
 */
const char *
shy_plugin_get_problem (ShyPlugin *self)
{
  g_return_val_if_fail (SHY_IS_PLUGIN (self), NULL);

  return self->problem;
}

/**
 * shy_plugin_get_crashed:
 * @self: a plugin
 *
 * Returns: whether the program ended while it was started the last time; then it is not started
 *   until it is switched off and on, or shy_engine_retry() is called
 */
gboolean
shy_plugin_get_crashed (ShyPlugin *self)
{
  g_return_val_if_fail (SHY_IS_PLUGIN (self), FALSE);

  return self->crashed;
}

/**
 * shy_plugin_enter:
 * @self: (nullable): a plugin; %NULL for what the program brings itself
 *
 * Notes that code of the plugin runs from here on which is part of starting it: should the process
 * end before shy_plugin_leave(), the next one knows which plugin it was. Calls may be nested.
 */
void
shy_plugin_enter (ShyPlugin *self)
{
  g_return_if_fail (self == NULL || SHY_IS_PLUGIN (self));

  if (self != NULL && self->entered++ == 0)
    self->watch = _shy_plugin_watch_begin (shy_plugin_get_id (self));
}

/**
 * shy_plugin_leave:
 * @self: (nullable): as handed to shy_plugin_enter()
 *
 * Notes that the plugin did well.
 */
void
shy_plugin_leave (ShyPlugin *self)
{
  g_return_if_fail (self == NULL || (SHY_IS_PLUGIN (self) && self->entered > 0));

  if (self != NULL && --self->entered == 0)
    g_clear_pointer (&self->watch, _shy_plugin_watch_end);
}
