/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "identity/shy-identity-private.h"

#include "shy-data-reader-private.h"
#include "shy-data.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FILE_NAME "identity/areas.json"

/* The codes that may stand at the front of a resident ID number. */
typedef struct
{
  GHashTable *provinces; /* (owned): two digits → name */
  GHashTable *permits;   /* (owned): six digits → name; of residents of Hong Kong and so on */
  GHashTable *areas;     /* (owned): six digits → name */
  GHashTable *listed;    /* (owned): two digits of the provinces whose counties are in areas */
} AreaCodes;

static GHashTable *
read_names (ShyDataReader *reader,
            const ShyJson *root,
            const char    *member,
            gsize          digits)
{
  GHashTable    *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const ShyJson *object = shy_data_reader_get (reader, root, member, SHY_JSON_OBJECT);

  for (guint i = 0; object != NULL && i < object->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (object->items, i);
      const char    *name = shy_data_reader_text (reader, object, item->name);

      if (strlen (item->name) != digits || strspn (item->name, "0123456789") != digits)
        shy_json_reader_fail (&reader->json, item, SHY_ERROR_INVALID,
                              _("The code has the wrong length."));
      g_hash_table_insert (names, g_strdup (item->name), g_strdup (name));
    }
  return names;
}

static GHashTable *
read_listed (ShyDataReader *reader,
             const ShyJson *root)
{
  GHashTable           *listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) items = shy_data_reader_items (reader, root, "listed", SHY_JSON_STRING);

  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (listed, g_strdup (((const ShyJson *) items->pdata[i])->text));
  return listed;
}

static gpointer
load (gpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = shy_data_load (FILE_NAME, &error);
  AreaCodes         *codes = g_new0 (AreaCodes, 1);
  ShyDataReader      reader;
  const ShyJson     *root = NULL;

  if (bytes != NULL)
    root = shy_data_reader_open (&reader, FILE_NAME, bytes);
  else
    reader = (ShyDataReader) { .json.error = g_steal_pointer (&error) };
  codes->provinces = read_names (&reader, root, "provinces", 2);
  codes->permits = read_names (&reader, root, "permits", 6);
  codes->areas = read_names (&reader, root, "areas", 6);
  codes->listed = read_listed (&reader, root);
  if (!shy_data_reader_close (&reader, &error))
    g_critical ("%s", error->message);
  return codes;
}

static const AreaCodes *
get_codes (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load, NULL);
}

/*< private >
 * shy_area_codes_look_up:
 * @code: a text that begins with six digits
 *
 * Returns: how much is known of the area
 */
ShyAreaKnowledge
shy_area_codes_look_up (const char *code)
{
  const AreaCodes *codes = get_codes ();
  char             area[7] = "";
  char             province[3] = "";

  memcpy (area, code, 6);
  memcpy (province, code, 2);
  if (g_hash_table_contains (codes->permits, area) || g_hash_table_contains (codes->areas, area))
    return SHY_AREA_COUNTY;
  if (!g_hash_table_contains (codes->provinces, province))
    return SHY_AREA_UNKNOWN;
  return g_hash_table_contains (codes->listed, province) ? SHY_AREA_UNLISTED : SHY_AREA_PROVINCE;
}

/*< private >
 * shy_area_codes_dup_name:
 * @code: a text that begins with six digits
 *
 * Returns: (transfer full) (nullable): what is known of the area's name
 */
char *
shy_area_codes_dup_name (const char *code)
{
  const AreaCodes *codes = get_codes ();
  char             area[7] = "";
  char             province[3] = "";
  const char      *province_name;
  const char      *name;

  memcpy (area, code, 6);
  memcpy (province, code, 2);
  name = g_hash_table_lookup (codes->permits, area);
  if (name != NULL)
    return g_strdup (name);
  province_name = g_hash_table_lookup (codes->provinces, province);
  name = g_hash_table_lookup (codes->areas, area);
  return province_name != NULL ? g_strconcat (province_name, name, NULL) : NULL;
}
