/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-context.h"

#include "store/shy-store.h"

/**
 * ShyContext:
 *
 * What a plugin works on: the database, the counties the person looks at, and the settings.
 *
 * The host makes one and hands it to the methods of the extension points that need it, so that
 * nothing is looked up globally and a test passes one of its own. Whoever needs the database opens
 * a #ShyStore on its path; all of them share one worker.
 *
 * The scope is a code of GB/T 2260: "" for all counties, a prefecture ("3311") or one county
 * ("331127"). It is remembered in the settings, where the program's schema is installed.
 */
struct _ShyContext
{
  GObject    parent_instance;
  char      *database;  /* (owned) path of the file */
  char      *scope;     /* (owned) */
  GSettings *settings;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ShyContext, shy_context, G_TYPE_OBJECT)

typedef enum { PROP_DATABASE = 1, PROP_SCOPE } ShyContextProperty;
static GParamSpec *properties[PROP_SCOPE + 1];

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource       *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SHY_APP_ID, TRUE);

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

static void
shy_context_constructed (GObject *object)
{
  ShyContext *self = SHY_CONTEXT (object);

  G_OBJECT_CLASS (shy_context_parent_class)->constructed (object);

  if (self->database == NULL)
    self->database = shy_store_dup_default_path ();

  self->settings = open_settings ();
  if (self->settings != NULL)
    g_settings_bind (self->settings, "scope", self, "scope", G_SETTINGS_BIND_DEFAULT);
}

static void
shy_context_dispose (GObject *object)
{
  ShyContext *self = SHY_CONTEXT (object);

  if (self->settings != NULL)
    g_settings_unbind (self, "scope");
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (shy_context_parent_class)->dispose (object);
}

static void
shy_context_finalize (GObject *object)
{
  ShyContext *self = SHY_CONTEXT (object);

  g_free (self->database);
  g_free (self->scope);

  G_OBJECT_CLASS (shy_context_parent_class)->finalize (object);
}

static void
shy_context_get_property (GObject    *object,
                          guint       property,
                          GValue     *value,
                          GParamSpec *pspec)
{
  ShyContext *self = SHY_CONTEXT (object);

  switch ((ShyContextProperty) property)
    {
    case PROP_DATABASE:
      g_value_set_string (value, self->database);
      break;
    case PROP_SCOPE:
      g_value_set_string (value, self->scope);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
shy_context_set_property (GObject      *object,
                          guint         property,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  ShyContext *self = SHY_CONTEXT (object);

  switch ((ShyContextProperty) property)
    {
    case PROP_DATABASE:
      self->database = g_value_dup_string (value);
      break;
    case PROP_SCOPE:
      shy_context_set_scope (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
shy_context_class_init (ShyContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = shy_context_constructed;
  object_class->dispose = shy_context_dispose;
  object_class->finalize = shy_context_finalize;
  object_class->get_property = shy_context_get_property;
  object_class->set_property = shy_context_set_property;

  /**
   * ShyContext:database:
   *
   * The path of the database file.
   */
  properties[PROP_DATABASE] =
    g_param_spec_string ("database", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * ShyContext:scope:
   *
   * The counties the person looks at: "", a prefecture's code or a county's.
   */
  properties[PROP_SCOPE] =
    g_param_spec_string ("scope", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
shy_context_init (ShyContext *self)
{
  self->scope = g_strdup ("");
}

/**
 * shy_context_new:
 * @database: (nullable): the path of the database file, or %NULL for the person's own
 *
 * Makes the context of a window or a call. Opens no file.
 *
 * Returns: (transfer full): a context
 */
ShyContext *
shy_context_new (const char *database)
{
  return g_object_new (SHY_TYPE_CONTEXT, "database", database, NULL);
}

/**
 * shy_context_get_database:
 * @self: a context
 *
 * Returns: the path of the database file
 */
const char *
shy_context_get_database (ShyContext *self)
{
  g_return_val_if_fail (SHY_IS_CONTEXT (self), NULL);

  return self->database;
}

/**
 * shy_context_get_scope:
 * @self: a context
 *
 * Returns: "" for all counties, or the code of a prefecture or county
 */
const char *
shy_context_get_scope (ShyContext *self)
{
  g_return_val_if_fail (SHY_IS_CONTEXT (self), NULL);

  return self->scope;
}

/**
 * shy_context_set_scope:
 * @self: a context
 * @scope: (nullable): "" or %NULL for all counties, or the code of a prefecture or county
 *
 * Changes the counties the person looks at.
 */
void
shy_context_set_scope (ShyContext *self,
                       const char *scope)
{
  g_return_if_fail (SHY_IS_CONTEXT (self));

  if (scope == NULL)
    scope = "";
  if (g_str_equal (self->scope, scope))
    return;

  g_free (self->scope);
  self->scope = g_strdup (scope);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCOPE]);
}

/**
 * shy_context_covers:
 * @self: a context
 * @county: the code of a county, six digits
 *
 * Tells whether a county lies in the scope.
 *
 * Returns: %TRUE if records of @county are to be shown
 */
gboolean
shy_context_covers (ShyContext *self,
                    const char *county)
{
  g_return_val_if_fail (SHY_IS_CONTEXT (self), FALSE);
  g_return_val_if_fail (county != NULL, FALSE);

  return g_str_has_prefix (county, self->scope);
}

/**
 * shy_context_get_settings:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the settings of the program, %NULL where its schema is not
 *   installed
 */
GSettings *
shy_context_get_settings (ShyContext *self)
{
  g_return_val_if_fail (SHY_IS_CONTEXT (self), NULL);

  return self->settings;
}
