/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "county/shy-county-registry.h"

#include "county/shy-area-private.h"
#include "county/shy-area.h"
#include "county/shy-county-private.h"
#include "county/shy-county-scope.h"
#include "shy-data-reader-private.h"
#include "shy-data.h"

#include <string.h>

#define FILE_NAME "counties/zhejiang.json"

/**
 * ShyCountyRegistry:
 *
 * The counties the program knows, in the order of their codes: a list, and the ways to find one.
 */
static void shy_county_registry_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ShyCountyRegistry, shy_county_registry, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      shy_county_registry_list_model_init))

static void
free_prefecture (gpointer data)
{
  ShyPrefecture *prefecture = data;

  g_free (prefecture->code);
  g_free (prefecture->name);
  g_free (prefecture->short_name);
  g_free (prefecture->pinyin);
  g_free (prefecture->initials);
  g_free (prefecture);
}

static void
free_group (gpointer data)
{
  ShyCountyGroup *group = data;

  g_free (group->name);
  g_free (group->source);
  g_free (group->confidence);
  g_free (group);
}

static ShyCountyGroup *
find_group (ShyCountyRegistry *self,
            const char        *name)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      ShyCountyGroup *group = g_ptr_array_index (self->groups, i);

      if (strcmp (group->name, name) == 0)
        return group;
    }
  return NULL;
}

static GType
shy_county_registry_get_item_type (GListModel *model)
{
  return SHY_TYPE_COUNTY;
}

static guint
shy_county_registry_get_n_items (GListModel *model)
{
  return SHY_COUNTY_REGISTRY (model)->counties->len;
}

static gpointer
shy_county_registry_get_item (GListModel *model,
                              guint       position)
{
  GPtrArray *counties = SHY_COUNTY_REGISTRY (model)->counties;

  return position < counties->len ? g_object_ref (g_ptr_array_index (counties, position)) : NULL;
}

static void
shy_county_registry_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = shy_county_registry_get_item_type;
  iface->get_n_items = shy_county_registry_get_n_items;
  iface->get_item = shy_county_registry_get_item;
}

static void
shy_county_registry_finalize (GObject *object)
{
  ShyCountyRegistry *self = SHY_COUNTY_REGISTRY (object);

  g_hash_table_unref (self->by_code);
  g_hash_table_unref (self->by_former);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->counties);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->prefectures);

  G_OBJECT_CLASS (shy_county_registry_parent_class)->finalize (object);
}

static void
shy_county_registry_class_init (ShyCountyRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_county_registry_finalize;
}

static void
shy_county_registry_init (ShyCountyRegistry *self)
{
  self->prefectures = g_ptr_array_new_with_free_func (free_prefecture);
  self->counties = g_ptr_array_new_with_free_func (g_object_unref);
  self->groups = g_ptr_array_new_with_free_func (free_group);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_former = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * shy_county_registry_new:
 * @file: the name of the data file, for messages
 * @bytes: its contents
 * @error: return location for an error
 *
 * Reads the counties from a data file.
 *
 * Errors: %SHY_ERROR_INVALID naming the file and the member that is wrong.
 *
 * Returns: (transfer full): the counties, or %NULL with @error set
 */
ShyCountyRegistry *
shy_county_registry_new (const char  *file,
                         GBytes      *bytes,
                         GError     **error)
{
  g_autoptr (ShyCountyRegistry) self = NULL;
  ShyDataReader                 reader;
  const ShyJson                *root;

  g_return_val_if_fail (file != NULL && bytes != NULL, NULL);

  self = g_object_new (SHY_TYPE_COUNTY_REGISTRY, NULL);
  root = shy_data_reader_open (&reader, file, bytes);
  shy_county_registry_load (self, &reader, root);
  if (!shy_data_reader_close (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * shy_county_registry_get_default:
 * @error: return location for an error
 *
 * Gets the counties the program ships; they are read at the first call. May be called from any
 * thread.
 *
 * Errors: those of shy_data_load() and shy_county_registry_new().
 *
 * Returns: (transfer none): the counties, or %NULL with @error set
 */
ShyCountyRegistry *
shy_county_registry_get_default (GError **error)
{
  static GMutex             mutex;
  static ShyCountyRegistry *registry;
  ShyCountyRegistry        *found;

  g_mutex_lock (&mutex);
  if (registry == NULL)
    {
      g_autoptr (GBytes) bytes = shy_data_load (FILE_NAME, error);

      if (bytes != NULL)
        registry = shy_county_registry_new (FILE_NAME, bytes, error);
    }
  found = registry;
  g_mutex_unlock (&mutex);
  return found;
}

/**
 * shy_county_registry_get:
 * @self: the counties
 * @code: six digits
 *
 * Returns: (transfer none) (nullable): the county that has this code today
 */
ShyCounty *
shy_county_registry_get (ShyCountyRegistry *self,
                         const char        *code)
{
  g_return_val_if_fail (SHY_IS_COUNTY_REGISTRY (self) && code != NULL, NULL);

  return g_hash_table_lookup (self->by_code, code);
}

/**
 * shy_county_registry_get_former:
 * @self: the counties
 * @code: six digits
 *
 * Returns: (transfer none) (nullable): the county that had this code in former times
 */
ShyCounty *
shy_county_registry_get_former (ShyCountyRegistry *self,
                                const char        *code)
{
  g_return_val_if_fail (SHY_IS_COUNTY_REGISTRY (self) && code != NULL, NULL);

  return g_hash_table_lookup (self->by_former, code);
}

/**
 * shy_county_registry_find:
 * @self: the counties
 * @text: what somebody wrote for a county: 青田, 青田县, 丽水市青田县, 浙江省 丽水市 青田县, 331121
 *
 * Finds the one county that is meant. A former name or code finds the county of today. A name
 * with a wrong ending (青田市) or of a prefecture (丽水) finds nobody: it is not guessed.
 *
 * Returns: (transfer none) (nullable): the county
 */
ShyCounty *
shy_county_registry_find (ShyCountyRegistry *self,
                          const char        *text)
{
  g_autofree char *name = NULL;
  ShyCounty       *county;

  g_return_val_if_fail (SHY_IS_COUNTY_REGISTRY (self) && text != NULL, NULL);

  name = shy_area_tidy_name (text);
  county = g_hash_table_lookup (self->by_name, name);
  if (county == NULL)
    county = g_hash_table_lookup (self->by_code, name);
  return county != NULL ? county : g_hash_table_lookup (self->by_former, name);
}

/**
 * shy_county_registry_find_place:
 * @self: the counties
 * @text: what somebody wrote for a place anywhere in the country
 *
 * Finds the place that is meant: one of these counties, by any of its names and codes, else
 * another area (see shy_area_find()).
 *
 * Returns: (transfer full) (nullable): the code, or %SHY_AREA_ELSEWHERE; %NULL if it is no place
 */
char *
shy_county_registry_find_place (ShyCountyRegistry *self,
                                const char        *text)
{
  ShyCounty       *county = shy_county_registry_find (self, text);
  g_autofree char *code = NULL;

  if (county == NULL)
    code = shy_area_find (text);
  if (code != NULL)
    county = shy_county_registry_get_former (self, code);
  return county != NULL ? g_strdup (county->code) : g_steal_pointer (&code);
}

/**
 * shy_county_registry_dup_place:
 * @self: the counties
 * @code: a code that shy_county_registry_find_place() found
 *
 * Returns: (transfer full): the name of the place, as 景宁畲族自治县 or 浙江省杭州市余杭区; @code
 *   itself if it is no place
 */
char *
shy_county_registry_dup_place (ShyCountyRegistry *self,
                               const char        *code)
{
  ShyCounty *county;
  char      *name;

  g_return_val_if_fail (SHY_IS_COUNTY_REGISTRY (self) && code != NULL, NULL);

  county = shy_county_registry_get (self, code);
  if (county != NULL)
    return g_strdup (shy_county_get_name (county));
  name = shy_area_dup_name (code);
  return name != NULL ? name : g_strdup (code);
}

/**
 * shy_county_registry_search:
 * @self: the counties
 * @search: what somebody types into a search box
 *
 * Lists the counties that shy_county_matches() finds.
 *
 * Returns: (transfer container) (element-type ShyCounty): the counties, in the order of codes
 */
GPtrArray *
shy_county_registry_search (ShyCountyRegistry *self,
                            const char        *search)
{
  GPtrArray *found;

  g_return_val_if_fail (SHY_IS_COUNTY_REGISTRY (self) && search != NULL, NULL);

  found = g_ptr_array_new ();
  for (guint i = 0; i < self->counties->len; i++)
    if (shy_county_matches (g_ptr_array_index (self->counties, i), search))
      g_ptr_array_add (found, g_ptr_array_index (self->counties, i));
  return found;
}

/**
 * shy_county_registry_list_scope:
 * @self: the counties
 * @scope: a scope as shy_county_scope_parse() reads it
 *
 * Lists the counties of a scope; none if the text is no scope.
 *
 * Returns: (transfer container) (element-type ShyCounty): the counties, in the order of codes
 */
GPtrArray *
shy_county_registry_list_scope (ShyCountyRegistry *self,
                                const char        *scope)
{
  g_autoptr (ShyCountyScope) parsed = NULL;
  GPtrArray                 *found;

  g_return_val_if_fail (SHY_IS_COUNTY_REGISTRY (self) && scope != NULL, NULL);

  parsed = shy_county_scope_parse (scope, NULL);
  found = g_ptr_array_new ();
  for (guint i = 0; parsed != NULL && i < self->counties->len; i++)
    {
      ShyCounty *county = g_ptr_array_index (self->counties, i);

      if (shy_county_scope_contains (parsed, county->code))
        g_ptr_array_add (found, county);
    }
  return found;
}

/**
 * shy_county_registry_dup_groups:
 * @self: the counties
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the groups, as 山区26县
 */
char **
shy_county_registry_dup_groups (ShyCountyRegistry *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (SHY_IS_COUNTY_REGISTRY (self), NULL);

  for (guint i = 0; i < self->groups->len; i++)
    g_strv_builder_add (names, ((ShyCountyGroup *) g_ptr_array_index (self->groups, i))->name);
  return g_strv_builder_end (names);
}

static gboolean
was_ever_in (ShyCounty  *county,
             const char *group)
{
  for (guint i = 0; i < county->memberships->len; i++)
    if (strcmp (g_array_index (county->memberships, ShyMembership, i).group, group) == 0)
      return TRUE;
  return FALSE;
}

/**
 * shy_county_registry_list_group:
 * @self: the counties
 * @group: the name of a group
 * @date: (nullable): a day, %NULL for whoever was in the group at any time
 *
 * Lists the members of a group on a day.
 *
 * Returns: (transfer container) (element-type ShyCounty): the counties, in the order of codes
 */
GPtrArray *
shy_county_registry_list_group (ShyCountyRegistry *self,
                                const char        *group,
                                const GDate       *date)
{
  GPtrArray *members;

  g_return_val_if_fail (SHY_IS_COUNTY_REGISTRY (self) && group != NULL, NULL);

  members = g_ptr_array_new ();
  for (guint i = 0; i < self->counties->len; i++)
    {
      ShyCounty *county = g_ptr_array_index (self->counties, i);

      if (date == NULL ? was_ever_in (county, group)
                       : shy_county_group_state (county, group, date, NULL)
                             == SHY_COUNTY_STATE_MEMBER)
        g_ptr_array_add (members, county);
    }
  return members;
}

/**
 * shy_county_registry_get_group_source:
 * @self: the counties
 * @group: the name of a group
 *
 * Returns: (nullable): where the membership was read
 */
const char *
shy_county_registry_get_group_source (ShyCountyRegistry *self,
                                      const char        *group)
{
  const ShyCountyGroup *found;

  g_return_val_if_fail (SHY_IS_COUNTY_REGISTRY (self) && group != NULL, NULL);

  found = find_group (self, group);
  return found != NULL ? found->source : NULL;
}

/**
 * shy_county_registry_get_group_confidence:
 * @self: the counties
 * @group: the name of a group
 *
 * Returns: (nullable): how sure the source is, A (official text) to C, or U (unverified)
 */
const char *
shy_county_registry_get_group_confidence (ShyCountyRegistry *self,
                                          const char        *group)
{
  const ShyCountyGroup *found;

  g_return_val_if_fail (SHY_IS_COUNTY_REGISTRY (self) && group != NULL, NULL);

  found = find_group (self, group);
  return found != NULL ? found->confidence : NULL;
}
