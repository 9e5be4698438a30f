/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "county/shy-county.h"

#include "county/shy-county-private.h"

#include <string.h>

/**
 * ShyCounty:
 *
 * A county-level division: its code, its names, its prefecture, and the groups it belongs to.
 * Counties come from [class@CountyRegistry] and never change.
 */
G_DEFINE_FINAL_TYPE (ShyCounty, shy_county, G_TYPE_OBJECT)

typedef enum
{
  PROP_CODE = 1,
  PROP_NAME,
  PROP_PREFECTURE_NAME,
} ShyCountyProperty;

static GParamSpec *properties[PROP_PREFECTURE_NAME + 1];

static void
shy_county_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  ShyCounty *self = SHY_COUNTY (object);

  switch ((ShyCountyProperty) id)
    {
    case PROP_CODE:
      g_value_set_string (value, self->code);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_PREFECTURE_NAME:
      g_value_set_string (value, self->prefecture->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
shy_county_finalize (GObject *object)
{
  ShyCounty *self = SHY_COUNTY (object);

  g_free (self->code);
  g_free (self->name);
  g_free (self->short_name);
  g_free (self->pinyin);
  g_free (self->initials);
  g_strfreev (self->former);
  g_strfreev (self->former_names);
  g_clear_pointer (&self->memberships, g_array_unref);
  g_clear_pointer (&self->prefectures, g_ptr_array_unref);

  G_OBJECT_CLASS (shy_county_parent_class)->finalize (object);
}

static void
shy_county_class_init (ShyCountyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = shy_county_get_property;
  object_class->finalize = shy_county_finalize;

  /**
   * ShyCounty:code:
   *
   * The six digits of GB/T 2260.
   */
  properties[PROP_CODE] =
    g_param_spec_string ("code", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * ShyCounty:name:
   *
   * The full name, as 景宁畲族自治县.
   */
  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * ShyCounty:prefecture-name:
   *
   * The name of the prefecture, as 丽水市.
   */
  properties[PROP_PREFECTURE_NAME] =
    g_param_spec_string ("prefecture-name", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
shy_county_init (ShyCounty *self)
{
  self->memberships = g_array_new (FALSE, FALSE, sizeof (ShyMembership));
}

/**
 * shy_county_get_code:
 * @self: a county
 *
 * Returns: the six digits of GB/T 2260, as `331121`
 */
const char *
shy_county_get_code (ShyCounty *self)
{
  g_return_val_if_fail (SHY_IS_COUNTY (self), NULL);

  return self->code;
}

/**
 * shy_county_get_name:
 * @self: a county
 *
 * Returns: the full name, as 青田县
 */
const char *
shy_county_get_name (ShyCounty *self)
{
  g_return_val_if_fail (SHY_IS_COUNTY (self), NULL);

  return self->name;
}

/**
 * shy_county_get_short_name:
 * @self: a county
 *
 * Returns: the name without 县, 市 or 区, as 青田
 */
const char *
shy_county_get_short_name (ShyCounty *self)
{
  g_return_val_if_fail (SHY_IS_COUNTY (self), NULL);

  return self->short_name;
}

/**
 * shy_county_get_kind:
 * @self: a county
 *
 * Returns: what the county is in law
 */
ShyCountyKind
shy_county_get_kind (ShyCounty *self)
{
  g_return_val_if_fail (SHY_IS_COUNTY (self), SHY_COUNTY_KIND_COUNTY);

  return self->kind;
}

/**
 * shy_county_get_prefecture:
 * @self: a county
 *
 * Returns: the first four digits of the prefecture's code, as `3311`
 */
const char *
shy_county_get_prefecture (ShyCounty *self)
{
  g_return_val_if_fail (SHY_IS_COUNTY (self), NULL);

  return self->prefecture->code;
}

/**
 * shy_county_get_prefecture_name:
 * @self: a county
 *
 * Returns: the name of the prefecture, as 丽水市
 */
const char *
shy_county_get_prefecture_name (ShyCounty *self)
{
  g_return_val_if_fail (SHY_IS_COUNTY (self), NULL);

  return self->prefecture->name;
}

/**
 * shy_county_get_former_codes:
 * @self: a county
 *
 * Gets the codes the county had before: resident IDs given out then still carry them.
 *
 * Returns: (transfer none) (array zero-terminated=1): six digits each
 */
const char *const *
shy_county_get_former_codes (ShyCounty *self)
{
  g_return_val_if_fail (SHY_IS_COUNTY (self), NULL);

  return (const char *const *) self->former;
}

/* Small letters without blanks, hyphens and apostrophes. */
static char *
fold (const char *text)
{
  g_autofree char *small = g_utf8_strdown (text, -1);
  GString         *folded = g_string_new (NULL);

  for (const char *c = small; *c != '\0'; c++)
    if (strchr (" '-", *c) == NULL)
      g_string_append_c (folded, *c);
  return g_string_free (folded, FALSE);
}

/**
 * shy_county_matches:
 * @self: a county
 * @search: what somebody types into a search box
 *
 * Whether a search finds the county: part of its name or its prefecture's, the beginning of its
 * spelling or initials (`qingt`, `qt`), of prefecture and county in one (`lsqt`), or of a code.
 *
 * Returns: whether it does; an empty search finds all
 */
gboolean
shy_county_matches (ShyCounty  *self,
                    const char *search)
{
  g_autofree char *typed = NULL;
  g_autofree char *names = NULL;
  g_autofree char *spelled = NULL;
  g_autofree char *both = NULL;
  g_autofree char *both_initials = NULL;

  g_return_val_if_fail (SHY_IS_COUNTY (self) && search != NULL, FALSE);

  typed = fold (search);
  names = g_strconcat (self->prefecture->name, self->name, NULL);
  if (strstr (names, typed) != NULL)
    return TRUE;
  spelled = fold (self->pinyin);
  names = (g_free (names), g_strconcat (self->prefecture->pinyin, self->pinyin, NULL));
  both = fold (names);
  both_initials = g_strconcat (self->prefecture->initials, self->initials, NULL);
  return g_str_has_prefix (spelled, typed) || g_str_has_prefix (self->initials, typed)
         || g_str_has_prefix (both, typed) || g_str_has_prefix (both_initials, typed)
         || g_str_has_prefix (self->code, typed);
}

/**
 * shy_county_group_state:
 * @self: a county
 * @group: the name of a group, as 山区26县
 * @date: the day that counts for the case
 * @changed: (out caller-allocates) (optional): the day it joined or left; not valid when it was
 *   in from the start or never
 *
 * Tells how a county stood to a group on a day. A county that left is told apart from one that
 * never was in, for what was granted before stays granted.
 *
 * Returns: the state
 */
ShyCountyState
shy_county_group_state (ShyCounty   *self,
                        const char  *group,
                        const GDate *date,
                        GDate       *changed)
{
  ShyCountyState state = SHY_COUNTY_STATE_NEVER;
  GDate          none;

  g_return_val_if_fail (SHY_IS_COUNTY (self) && group != NULL, SHY_COUNTY_STATE_NEVER);
  g_return_val_if_fail (date != NULL && g_date_valid (date), SHY_COUNTY_STATE_NEVER);

  changed = changed != NULL ? changed : &none;
  g_date_clear (changed, 1);
  for (guint i = 0; i < self->memberships->len; i++)
    {
      const ShyMembership *stay = &g_array_index (self->memberships, ShyMembership, i);

      if (strcmp (stay->group, group) != 0)
        continue;
      if (g_date_valid (&stay->joined) && g_date_compare (date, &stay->joined) < 0)
        {
          if (state == SHY_COUNTY_STATE_NEVER)
            {
              state = SHY_COUNTY_STATE_NOT_YET;
              *changed = stay->joined;
            }
          continue;
        }
      if (!g_date_valid (&stay->left) || g_date_compare (date, &stay->left) < 0)
        {
          *changed = stay->joined;
          return SHY_COUNTY_STATE_MEMBER;
        }
      state = SHY_COUNTY_STATE_LEFT;
      *changed = stay->left;
    }
  return state;
}
