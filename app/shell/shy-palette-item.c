/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-palette-item.h"

#include "shy-core.h"

struct _ShyPaletteItem
{
  GObject    parent_instance;
  char      *title;      /* (owned) */
  char      *kind;       /* (owned) what it is: a page, an action */
  char      *icon_name;  /* (owned) */
  char      *keys;       /* (owned) as they are read; "" for none */
  char      *words;      /* (owned) what it is found by: title, pinyin, initials; in lower case */
  GtkWidget *widget;     /* (weak) (nullable) that has the action */
  char      *action;     /* (owned) */
  GVariant  *parameter;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ShyPaletteItem, shy_palette_item, G_TYPE_OBJECT)

typedef enum { PROP_TITLE = 1, PROP_KIND, PROP_ICON_NAME, PROP_KEYS } ShyPaletteItemProperty;
static GParamSpec *properties[PROP_KEYS + 1];

static void
shy_palette_item_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  ShyPaletteItem *self = SHY_PALETTE_ITEM (object);

  switch ((ShyPaletteItemProperty) property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_KIND:
      g_value_set_string (value, self->kind);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_KEYS:
      g_value_set_string (value, self->keys);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
shy_palette_item_finalize (GObject *object)
{
  ShyPaletteItem *self = SHY_PALETTE_ITEM (object);

  g_free (self->title);
  g_free (self->kind);
  g_free (self->icon_name);
  g_free (self->keys);
  g_free (self->words);
  g_clear_weak_pointer (&self->widget);
  g_free (self->action);
  g_clear_pointer (&self->parameter, g_variant_unref);

  G_OBJECT_CLASS (shy_palette_item_parent_class)->finalize (object);
}

static void
shy_palette_item_class_init (ShyPaletteItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = shy_palette_item_finalize;
  object_class->get_property = shy_palette_item_get_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_KEYS] = g_param_spec_string ("keys", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
shy_palette_item_init (ShyPaletteItem *self)
{
}

static char *
describe_keys (const char *accels)
{
  g_auto (GStrv)  parts = g_strsplit (accels, " ", -1);
  guint           key;
  GdkModifierType state;

  if (*parts == NULL || !gtk_accelerator_parse (*parts, &key, &state))
    return g_strdup ("");
  return gtk_accelerator_get_label (key, state);
}

/*
 * shy_palette_item_new:
 * @accels: (nullable): the keys that do the same
 * @parameter: (nullable): of @action; a floating one is taken
 */
ShyPaletteItem *
shy_palette_item_new (const char *title,
                      const char *kind,
                      const char *icon_name,
                      const char *accels,
                      GtkWidget  *widget,
                      const char *action,
                      GVariant   *parameter)
{
  ShyPaletteItem  *self = g_object_new (SHY_TYPE_PALETTE_ITEM, NULL);
  g_autofree char *pinyin = shy_pinyin_of_name (title);
  g_autofree char *initials = shy_pinyin_initials (pinyin);
  g_autofree char *words = g_strjoin ("\n", title, pinyin, initials, NULL);

  self->title = g_strdup (title);
  self->kind = g_strdup (kind);
  self->icon_name = g_strdup (icon_name);
  self->keys = describe_keys (accels != NULL ? accels : "");
  self->words = g_utf8_casefold (words, -1);
  g_set_weak_pointer (&self->widget, widget);
  self->action = g_strdup (action);
  self->parameter = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;
  return self;
}

/*
 * shy_palette_item_matches: each word of @text stands in the title, its pinyin or its initials
 */
gboolean
shy_palette_item_matches (ShyPaletteItem *self,
                          const char     *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv)   words = g_strsplit_set (folded, " \t", -1);

  for (char **word = words; *word != NULL; word++)
    if (strstr (self->words, *word) == NULL)
      return FALSE;
  return TRUE;
}

void
shy_palette_item_run (ShyPaletteItem *self)
{
  if (self->widget != NULL)
    gtk_widget_activate_action_variant (self->widget, self->action, self->parameter);
}
