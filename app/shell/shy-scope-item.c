/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-scope-item.h"

#include <glib/gi18n-lib.h>

/* The group whose members are offered: those that left it too, for their old cases are still there. */
#define GROUP "山区26县"

/* One choice of the counties looked at: all, a prefecture, or a county. */
struct _ShyScopeItem
{
  GObject    parent_instance;
  char      *code;    /* (owned) as ShyContext:scope */
  char      *label;   /* (owned) */
  ShyCounty *county;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ShyScopeItem, shy_scope_item, G_TYPE_OBJECT)

static void
shy_scope_item_finalize (GObject *object)
{
  ShyScopeItem *self = SHY_SCOPE_ITEM (object);

  g_free (self->code);
  g_free (self->label);
  g_clear_object (&self->county);

  G_OBJECT_CLASS (shy_scope_item_parent_class)->finalize (object);
}

static void
shy_scope_item_class_init (ShyScopeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_scope_item_finalize;
}

static void
shy_scope_item_init (ShyScopeItem *self)
{
}

static void
append (GListStore *list,
        const char *code,
        const char *label,
        ShyCounty  *county)
{
  g_autoptr (ShyScopeItem) item = g_object_new (SHY_TYPE_SCOPE_ITEM, NULL);

  item->code = g_strdup (code);
  item->label = g_strdup (label);
  if (county != NULL)
    item->county = g_object_ref (county);
  g_list_store_append (list, item);
}

GListModel *
shy_scope_item_list_new (ShyCountyRegistry *registry)
{
  GListStore           *list = g_list_store_new (SHY_TYPE_SCOPE_ITEM);
  g_autoptr (GPtrArray) counties = shy_county_registry_list_group (registry, GROUP, NULL);
  g_autofree char      *all = NULL;
  const char           *prefecture = "";

  all = g_strdup_printf (ngettext ("All %u county", "All %u counties", counties->len),
                         counties->len);
  append (list, "", all, NULL);

  for (guint i = 0; i < counties->len; i++)
    {
      ShyCounty *county = g_ptr_array_index (counties, i);

      if (!g_str_equal (shy_county_get_prefecture (county), prefecture))
        {
          prefecture = shy_county_get_prefecture (county);
          append (list, prefecture, shy_county_get_prefecture_name (county), NULL);
        }
      append (list, shy_county_get_code (county), shy_county_get_name (county), county);
    }

  return G_LIST_MODEL (list);
}

const char *
shy_scope_item_get_code (ShyScopeItem *self)
{
  return self->code;
}

const char *
shy_scope_item_get_label (ShyScopeItem *self)
{
  return self->label;
}

gboolean
shy_scope_item_is_county (ShyScopeItem *self)
{
  return self->county != NULL;
}

gboolean
shy_scope_item_matches (ShyScopeItem *self,
                        const char   *search)
{
  if (*search == '\0')
    return TRUE;
  if (self->county != NULL)
    return shy_county_matches (self->county, search);

  return strstr (self->label, search) != NULL;
}
