/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "county/shy-area-private.h"

#include "shy-data-reader-private.h"
#include "shy-data.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FILE_NAME "identity/areas.json"

/* What names end with, longest first: without it people write them too. */
static const char *const endings[] = {
  "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区", "省", "市", "州", "盟", "县", "区", "旗",
};

static void
free_codes (gpointer codes)
{
  g_ptr_array_unref (codes);
}

static void
read_names (ShyDataReader *reader,
            const ShyJson *root,
            const char    *member,
            gsize          digits,
            GHashTable    *names)
{
  const ShyJson *object = shy_data_reader_get (reader, root, member, SHY_JSON_OBJECT);

  for (guint i = 0; object != NULL && i < object->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (object->items, i);

      /* Looked up by its name each of some thousand would be searched for among all. */
      if (!shy_json_reader_expect (&reader->json, item, SHY_JSON_STRING))
        return;
      if (*item->text == '\0')
        shy_json_reader_fail (&reader->json, item, SHY_ERROR_INVALID, _("A text must stand here."));
      if (strlen (item->name) != digits || strspn (item->name, "0123456789") != digits)
        shy_json_reader_fail (&reader->json, item, SHY_ERROR_INVALID,
                              _("The code has the wrong length."));
      g_hash_table_insert (names, g_strdup (item->name), g_strdup (item->text));
    }
}

static char **
read_list (ShyDataReader *reader,
           const ShyJson *root,
           const char    *member)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_autoptr (GPtrArray)    items = shy_data_reader_items (reader, root, member, SHY_JSON_STRING);

  for (guint i = 0; i < items->len; i++)
    g_strv_builder_add (list, ((const ShyJson *) items->pdata[i])->text);
  return g_strv_builder_end (list);
}

/*< private >
 * shy_areas_dup_short_name:
 * @areas: the areas
 * @name: a name, as 景宁畲族自治县, 余杭区, 浙江省
 *
 * Returns: (transfer full): the name as people shorten it, as 景宁, 余杭, 浙江; the name itself
 *   where nothing, or one character, would be left
 */
char *
shy_areas_dup_short_name (const ShyAreas *areas,
                          const char     *name)
{
  gsize length = strlen (name);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      {
        length -= strlen (endings[i]);
        break;
      }
  if (length < strlen (name) && strstr (name, "自治") != NULL)
    for (char **people = areas->peoples; *people != NULL; people++)
      {
        const char *at = strstr (name, *people);

        if (at != NULL && at > name && (gsize) (at - name) < length)
          length = (gsize) (at - name);
      }
  return g_utf8_strlen (name, (gssize) length) < 2 ? g_strdup (name) : g_strndup (name, length);
}

/*< private >
 * shy_area_tidy_name:
 * @text: what somebody wrote
 *
 * Brings full-width characters to their usual form and takes out blanks and signs between names.
 *
 * Returns: (transfer full): the text
 */
char *
shy_area_tidy_name (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *usual = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  GString         *tidy = g_string_new (NULL);

  for (const char *c = usual; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_isspace (character) && !g_unichar_iscntrl (character)
          && character != 0xFEFF && g_utf8_strchr ("-/,.·、", -1, character) == NULL)
        g_string_append_unichar (tidy, character);
    }
  return g_string_free (tidy, FALSE);
}

static void
index_name (ShyAreas   *self,
            const char *name,
            const char *code)
{
  GPtrArray *codes = g_hash_table_lookup (self->by_name, name);

  if (codes == NULL)
    {
      codes = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->by_name, g_strdup (name), codes);
    }
  if (!g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL))
    g_ptr_array_add (codes, g_strdup (code));
}

static void
index_names (ShyAreas   *self,
             GHashTable *names)
{
  GHashTableIter iter;
  gpointer       code;
  gpointer       joined;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &code, &joined))
    {
      g_auto (GStrv) each = g_strsplit (joined, "、", -1);

      for (char **name = each; *name != NULL; name++)
        {
          g_autofree char *shortened = shy_areas_dup_short_name (self, *name);

          index_name (self, *name, code);
          index_name (self, shortened, code);
        }
    }
}

static void
read_areas (ShyAreas      *self,
            ShyDataReader *reader,
            const ShyJson *root)
{
  g_auto (GStrv) listed = read_list (reader, root, "listed");

  read_names (reader, root, "provinces", 2, self->names);
  read_names (reader, root, "prefectures", 4, self->names);
  read_names (reader, root, "areas", 6, self->names);
  read_names (reader, root, "former_prefectures", 4, self->former);
  read_names (reader, root, "former", 6, self->former);
  read_names (reader, root, "permits", 6, self->permits);
  self->peoples = read_list (reader, root, "peoples");
  for (char **code = listed; *code != NULL; code++)
    g_hash_table_add (self->listed, g_strdup (*code));
}

static gpointer
load (gpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = shy_data_load (FILE_NAME, &error);
  ShyAreas          *self = g_new0 (ShyAreas, 1);
  ShyDataReader      reader;
  const ShyJson     *root = NULL;

  if (bytes != NULL)
    root = shy_data_reader_open (&reader, FILE_NAME, bytes);
  else
    reader = (ShyDataReader) { .json.error = g_steal_pointer (&error) };
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->former = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->permits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_codes);
  read_areas (self, &reader, root);
  index_names (self, self->names);
  index_names (self, self->former);
  index_names (self, self->permits);
  if (!shy_data_reader_close (&reader, &error))
    g_critical ("%s", error->message);
  return self;
}

/*< private >
 * shy_areas_get:
 *
 * Returns: (transfer none): the areas of the country, read once
 */
const ShyAreas *
shy_areas_get (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load, NULL);
}
