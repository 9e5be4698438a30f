/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "county/shy-county-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What people write before the prefecture. */
static const char *const provinces[] = { "", "浙江", "浙江省" };

static gboolean
is_code (const char *text,
         gsize       length)
{
  return text != NULL && strlen (text) == length && strspn (text, "0123456789") == length;
}

/*< private >
 * shy_county_registry_find_prefecture:
 * @self: the counties
 * @code: a code whose first four digits count
 *
 * Returns: (transfer none) (nullable): the prefecture
 */
const ShyPrefecture *
shy_county_registry_find_prefecture (ShyCountyRegistry *self,
                                     const char        *code)
{
  for (guint i = 0; i < self->prefectures->len; i++)
    {
      const ShyPrefecture *prefecture = g_ptr_array_index (self->prefectures, i);

      if (strncmp (prefecture->code, code, 4) == 0)
        return prefecture;
    }
  return NULL;
}

static void
read_prefectures (ShyCountyRegistry *self,
                  ShyDataReader     *reader,
                  const ShyJson     *root)
{
  g_autoptr (GPtrArray) items = shy_data_reader_items (reader, root, "prefectures",
                                                       SHY_JSON_OBJECT);

  for (guint i = 0; i < items->len; i++)
    {
      const ShyJson *object = g_ptr_array_index (items, i);
      ShyPrefecture *prefecture = g_new0 (ShyPrefecture, 1);

      prefecture->code = g_strdup (shy_data_reader_text (reader, object, "code"));
      prefecture->name = g_strdup (shy_data_reader_text (reader, object, "name"));
      prefecture->short_name = g_strdup (shy_data_reader_text (reader, object, "short"));
      prefecture->pinyin = g_strdup (shy_data_reader_text (reader, object, "pinyin"));
      prefecture->initials = g_strdup (shy_data_reader_text (reader, object, "initials"));
      g_ptr_array_add (self->prefectures, prefecture);
      if (!is_code (prefecture->code, 4))
        shy_data_reader_fail (reader, object, "code", _("Four digits must stand here."));
    }
}

static void
read_former (ShyCounty     *county,
             ShyDataReader *reader,
             const ShyJson *object)
{
  g_autoptr (GPtrArray)    items = shy_data_reader_items (reader, object, "former",
                                                          SHY_JSON_OBJECT);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < items->len; i++)
    {
      const ShyJson *former = g_ptr_array_index (items, i);
      const char    *code = shy_data_reader_text (reader, former, "code");
      const char    *name = shy_data_reader_text (reader, former, "name");

      if (!is_code (code, 6))
        shy_data_reader_fail (reader, former, "code", _("Six digits must stand here."));
      if (code == NULL || name == NULL)
        break;
      g_strv_builder_add (codes, code);
      g_strv_builder_add (names, name);
    }
  county->former = g_strv_builder_end (codes);
  county->former_names = g_strv_builder_end (names);
}

static void
read_kind (ShyCounty     *county,
           ShyDataReader *reader,
           const ShyJson *object)
{
  const char *const kinds[] = { "county", "district", "city", "autonomous-county" };
  const char       *word = shy_data_reader_text (reader, object, "kind");

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i], word) == 0)
      {
        county->kind = (ShyCountyKind) i;
        return;
      }
  shy_data_reader_fail (reader, object, "kind",
                        _("One of county, district, city, autonomous-county must stand here."));
}

static void
read_county (ShyCountyRegistry *self,
             ShyDataReader     *reader,
             const ShyJson     *object)
{
  ShyCounty *county = g_object_new (SHY_TYPE_COUNTY, NULL);

  county->code = g_strdup (shy_data_reader_text (reader, object, "code"));
  county->name = g_strdup (shy_data_reader_text (reader, object, "name"));
  county->short_name = g_strdup (shy_data_reader_text (reader, object, "short"));
  county->pinyin = g_strdup (shy_data_reader_text (reader, object, "pinyin"));
  county->initials = g_strdup (shy_data_reader_text (reader, object, "initials"));
  county->prefectures = g_ptr_array_ref (self->prefectures);
  read_kind (county, reader, object);
  read_former (county, reader, object);
  g_ptr_array_add (self->counties, county);

  if (reader->json.error != NULL)
    return;
  county->prefecture = shy_county_registry_find_prefecture (self, county->code);
  if (!is_code (county->code, 6))
    shy_data_reader_fail (reader, object, "code", _("Six digits must stand here."));
  else if (county->prefecture == NULL)
    shy_data_reader_fail (reader, object, "code",
                          _("The prefecture of “%s” is missing in “prefectures”."), county->code);
  else if (!g_hash_table_insert (self->by_code, county->code, county))
    shy_data_reader_fail (reader, object, "code", _("“%s” stands here twice."), county->code);
}

static void
read_member (ShyCountyRegistry *self,
             ShyDataReader     *reader,
             const ShyJson     *object,
             const char        *group)
{
  const char    *code = shy_data_reader_text (reader, object, "county");
  ShyCounty     *county = code != NULL ? g_hash_table_lookup (self->by_code, code) : NULL;
  ShyMembership  stay = { g_intern_string (group) };

  if (code != NULL && county == NULL)
    shy_data_reader_fail (reader, object, "county",
                          _("The county “%s” is missing in “counties”."), code);
  shy_data_reader_date (reader, object, "joined", TRUE, &stay.joined);
  shy_data_reader_date (reader, object, "left", TRUE, &stay.left);
  if (g_date_valid (&stay.joined) && g_date_valid (&stay.left)
      && g_date_compare (&stay.joined, &stay.left) >= 0)
    shy_data_reader_fail (reader, object, "left", _("The day must be after “joined”."));
  if (county != NULL)
    g_array_append_val (county->memberships, stay);
}

static void
read_groups (ShyCountyRegistry *self,
             ShyDataReader     *reader,
             const ShyJson     *root)
{
  g_autoptr (GPtrArray) items = shy_data_reader_items (reader, root, "groups", SHY_JSON_OBJECT);

  for (guint i = 0; i < items->len; i++)
    {
      const ShyJson        *object = g_ptr_array_index (items, i);
      g_autoptr (GPtrArray) members = shy_data_reader_items (reader, object, "members",
                                                             SHY_JSON_OBJECT);
      ShyCountyGroup       *group = g_new0 (ShyCountyGroup, 1);

      group->name = g_strdup (shy_data_reader_text (reader, object, "name"));
      group->source = g_strdup (shy_data_reader_text (reader, object, "source"));
      group->confidence = g_strdup (shy_data_reader_text (reader, object, "confidence"));
      g_ptr_array_add (self->groups, group);
      for (guint j = 0; j < members->len; j++)
        read_member (self, reader, g_ptr_array_index (members, j), group->name);
    }
}

/* Adds a name, alone and behind prefecture and province. A name that two counties share, or that
   is a prefecture's own, finds nobody. */
static void
add_name (ShyCountyRegistry *self,
          ShyCounty         *county,
          const char        *name)
{
  const char *const prefectures[] = { "", county->prefecture->name, county->prefecture->short_name };

  for (guint i = 0; i < G_N_ELEMENTS (provinces); i++)
    for (guint j = 0; j < G_N_ELEMENTS (prefectures); j++)
      {
        g_autofree char *full = g_strconcat (provinces[i], prefectures[j], name, NULL);
        gpointer         known;

        if (!g_hash_table_lookup_extended (self->by_name, full, NULL, &known))
          g_hash_table_insert (self->by_name, g_steal_pointer (&full), county);
        else if (known != county)
          g_hash_table_insert (self->by_name, g_steal_pointer (&full), NULL);
      }
}

static void
index_county (ShyCountyRegistry *self,
              ShyCounty         *county)
{
  g_autofree char *plain = g_strconcat (county->short_name, "县", NULL);

  add_name (self, county, county->name);
  add_name (self, county, county->short_name);
  if (county->kind == SHY_COUNTY_KIND_AUTONOMOUS_COUNTY)
    {
      g_autofree char *brief = g_strconcat (county->short_name, "自治县", NULL);

      add_name (self, county, plain);
      add_name (self, county, brief);
    }
  for (guint i = 0; county->former[i] != NULL; i++)
    {
      g_hash_table_insert (self->by_former, county->former[i], county);
      add_name (self, county, county->former_names[i]);
    }
}

static void
index_all (ShyCountyRegistry *self)
{
  for (guint i = 0; i < self->prefectures->len; i++)
    {
      ShyPrefecture *prefecture = g_ptr_array_index (self->prefectures, i);

      for (guint j = 0; j < G_N_ELEMENTS (provinces); j++)
        {
          g_hash_table_insert (self->by_name,
                               g_strconcat (provinces[j], prefecture->name, NULL), NULL);
          g_hash_table_insert (self->by_name,
                               g_strconcat (provinces[j], prefecture->short_name, NULL), NULL);
        }
    }
  for (guint i = 0; i < self->counties->len; i++)
    index_county (self, g_ptr_array_index (self->counties, i));
}

/*< private >
 * shy_county_registry_load:
 * @self: the counties, still empty
 * @reader: the reader of the data file
 * @root: (nullable): what the file holds
 *
 * Fills the registry; what is wrong is left in @reader.
 */
void
shy_county_registry_load (ShyCountyRegistry *self,
                          ShyDataReader     *reader,
                          const ShyJson     *root)
{
  g_autoptr (GPtrArray) items = NULL;

  read_prefectures (self, reader, root);
  items = shy_data_reader_items (reader, root, "counties", SHY_JSON_OBJECT);
  for (guint i = 0; i < items->len; i++)
    read_county (self, reader, g_ptr_array_index (items, i));
  read_groups (self, reader, root);
  if (reader->json.error == NULL)
    index_all (self);
}
