/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "county/shy-county-registry.h"
#include "county/shy-county-scope.h"
#include "shy-error.h"

#include <gio/gio.h>
#include <string.h>

#define MOUNTAIN "山区26县"
#define ISLAND   "山区海岛县"

static ShyCountyRegistry *
get_registry (void)
{
  g_autoptr (GError)  error = NULL;
  ShyCountyRegistry  *registry = shy_county_registry_get_default (&error);

  g_assert_no_error (error);
  return registry;
}

static guint
count_members (const char *group,
               int         year,
               int         month,
               int         day)
{
  GDate                  date;
  g_autoptr (GPtrArray)  members = NULL;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  members = shy_county_registry_list_group (get_registry (), group, &date);
  return members->len;
}

/* The table of the 26 with their codes, and the number of each prefecture and kind. */
static void
test_the_26 (void)
{
  const char *const codes[] = {
    "330127", "330324", "330326", "330327", "330328", "330329", "330723", "330727", "330802",
    "330803", "330822", "330824", "330825", "330881", "331022", "331023", "331024", "331102",
    "331121", "331122", "331123", "331124", "331125", "331126", "331127", "331181",
  };
  g_autoptr (GPtrArray) members = shy_county_registry_list_group (get_registry (), MOUNTAIN, NULL);
  guint                 kinds[4] = { 0 };

  g_assert_cmpuint (members->len, ==, G_N_ELEMENTS (codes));
  for (guint i = 0; i < members->len; i++)
    {
      ShyCounty *county = g_ptr_array_index (members, i);

      g_assert_cmpstr (shy_county_get_code (county), ==, codes[i]);
      g_assert_true (g_str_has_prefix (codes[i], shy_county_get_prefecture (county)));
      kinds[shy_county_get_kind (county)]++;
    }
  g_assert_cmpuint (kinds[SHY_COUNTY_KIND_DISTRICT], ==, 3);
  g_assert_cmpuint (kinds[SHY_COUNTY_KIND_CITY], ==, 2);
  g_assert_cmpuint (kinds[SHY_COUNTY_KIND_COUNTY], ==, 20);
  g_assert_cmpuint (kinds[SHY_COUNTY_KIND_AUTONOMOUS_COUNTY], ==, 1);
}

static void
test_find (void)
{
  const struct
  {
    const char *text;
    const char *code;
  } rows[] = {
    { "青田县", "331121" },
    { "青田", "331121" },
    { "丽水市青田县", "331121" },
    { "丽水青田", "331121" },
    { "浙江省丽水市青田县", "331121" },
    { " 浙江省 丽水市 青田县 ", "331121" },
    { "浙江省/丽水市/青田县", "331121" },
    { "331121", "331121" },
    { "３３１１２１", "331121" },
    { "景宁", "331127" },
    { "景宁县", "331127" },
    { "景宁自治县", "331127" },
    { "景宁畲族自治县", "331127" },
    { "莲都区", "331102" },
    { "江山市", "330881" },
    { "洞头", "330305" },
    { "洞头县", "330305" },
    { "衢县", "330803" },
    { "332526", "331122" },
    { "330821", "330803" },
    { "332501", "331102" },
    { "丽水", NULL },
    { "丽水市", NULL },
    { "浙江省丽水市", NULL },
    { "衢州市", NULL },
    { "青田市", NULL },
    { "温州市青田县", NULL },
    { "青田县青田县", NULL },
    { "余杭区", NULL },
    { "3311", NULL },
    { "331100", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ShyCounty *county = shy_county_registry_find (get_registry (), rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (county != NULL ? shy_county_get_code (county) : NULL, ==, rows[i].code);
    }
}

/* Resident IDs given out in the old Lishui prefecture carry these codes. */
static void
test_former_codes (void)
{
  const char *const rows[][2] = {
    { "332501", "331102" }, { "332502", "331181" }, { "332522", "331121" }, { "332523", "331125" },
    { "332525", "331126" }, { "332526", "331122" }, { "332527", "331123" }, { "332528", "331124" },
    { "332529", "331127" }, { "330821", "330803" }, { "332625", "331023" }, { "330322", "330305" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ShyCounty *county = shy_county_registry_get_former (get_registry (), rows[i][0]);

      g_assert_nonnull (county);
      g_assert_cmpstr (shy_county_get_code (county), ==, rows[i][1]);
      g_assert_true (g_strv_contains (shy_county_get_former_codes (county), rows[i][0]));
      g_assert_null (shy_county_registry_get (get_registry (), rows[i][0]));
    }
  g_assert_null (shy_county_registry_get_former (get_registry (), "331121"));
}

static void
test_search (void)
{
  const struct
  {
    const char *search;
    const char *codes; /* found, in order */
  } rows[] = {
    { "qt", "331121" },
    { "QingT", "331121" },
    { "chunan", "330127" },
    { "Chun'an", "330127" },
    { "lsqt", "331121" },
    { "lishuiqing", "331121 331126" },
    { "tiantai", "331023" },
    { "taizhou", "331022 331023 331024" },
    { "liandu", "331102" },
    { "景宁", "331127" },
    { "畲", "331127" },
    { "3308", "330802 330803 330822 330824 330825 330881" },
    { "sm", "331022" },
    { "zzz", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) found = shy_county_registry_search (get_registry (), rows[i].search);
      g_autoptr (GString)   codes = g_string_new (NULL);

      for (guint j = 0; j < found->len; j++)
        g_string_append_printf (codes, "%s%s", j > 0 ? " " : "",
                                shy_county_get_code (g_ptr_array_index (found, j)));
      g_test_message ("%s", rows[i].search);
      g_assert_cmpstr (codes->str, ==, rows[i].codes);
    }
}

static void
test_groups (void)
{
  const struct
  {
    const char     *code;
    const char     *group;
    const char     *date;
    ShyCountyState  state;
    const char     *changed; /* %NULL: not valid */
  } rows[] = {
    { "331121", MOUNTAIN, "2022-07-11", SHY_COUNTY_STATE_MEMBER, NULL },
    { "331121", MOUNTAIN, "2026-01-01", SHY_COUNTY_STATE_MEMBER, NULL },
    { "330326", MOUNTAIN, "2024-08-20", SHY_COUNTY_STATE_MEMBER, NULL },
    { "330326", MOUNTAIN, "2024-08-21", SHY_COUNTY_STATE_LEFT, "2024-08-21" },
    { "330802", MOUNTAIN, "2025-01-01", SHY_COUNTY_STATE_LEFT, "2024-08-21" },
    { "331102", MOUNTAIN, "2024-08-21", SHY_COUNTY_STATE_LEFT, "2024-08-21" },
    { "330324", MOUNTAIN, "2025-05-27", SHY_COUNTY_STATE_MEMBER, NULL },
    { "330324", MOUNTAIN, "2025-05-28", SHY_COUNTY_STATE_LEFT, "2025-05-28" },
    { "330327", MOUNTAIN, "2025-06-01", SHY_COUNTY_STATE_LEFT, "2025-05-28" },
    { "330881", MOUNTAIN, "2025-06-01", SHY_COUNTY_STATE_LEFT, "2025-05-28" },
    { "330305", MOUNTAIN, "2025-06-01", SHY_COUNTY_STATE_NEVER, NULL },
    { "330305", ISLAND, "2024-08-20", SHY_COUNTY_STATE_NOT_YET, "2024-08-21" },
    { "330305", ISLAND, "2024-08-21", SHY_COUNTY_STATE_MEMBER, "2024-08-21" },
    { "330922", ISLAND, "2026-01-01", SHY_COUNTY_STATE_MEMBER, "2024-08-21" },
    { "330326", ISLAND, "2026-01-01", SHY_COUNTY_STATE_NEVER, NULL },
    { "330324", ISLAND, "2024-08-20", SHY_COUNTY_STATE_NOT_YET, "2024-08-21" },
    { "330324", ISLAND, "2025-05-27", SHY_COUNTY_STATE_MEMBER, "2024-08-21" },
    { "330324", ISLAND, "2025-05-28", SHY_COUNTY_STATE_LEFT, "2025-05-28" },
    { "331121", "山区53县", "2025-05-28", SHY_COUNTY_STATE_NEVER, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ShyCounty *county = shy_county_registry_get (get_registry (), rows[i].code);
      GDate      date;
      GDate      changed;
      char       text[16] = "";

      g_date_clear (&date, 1);
      g_date_set_parse (&date, rows[i].date);
      g_test_message ("%s %s %s", rows[i].code, rows[i].group, rows[i].date);
      g_assert_cmpint (shy_county_group_state (county, rows[i].group, &date, &changed), ==,
                       rows[i].state);
      if (g_date_valid (&changed))
        g_date_strftime (text, sizeof text, "%Y-%m-%d", &changed);
      g_assert_cmpstr (text, ==, rows[i].changed != NULL ? rows[i].changed : "");
    }

  g_assert_cmpuint (count_members (MOUNTAIN, 2022, 7, 11), ==, 26);
  g_assert_cmpuint (count_members (MOUNTAIN, 2024, 8, 20), ==, 26);
  g_assert_cmpuint (count_members (ISLAND, 2024, 8, 20), ==, 0);
  g_assert_cmpuint (count_members (ISLAND, 2024, 8, 21), ==, 25);
  g_assert_cmpuint (count_members (ISLAND, 2025, 5, 28), ==, 22);
  g_assert_cmpstr (shy_county_registry_get_group_confidence (get_registry (), MOUNTAIN), ==, "B");
  g_assert_nonnull (shy_county_registry_get_group_source (get_registry (), ISLAND));
  g_assert_null (shy_county_registry_get_group_source (get_registry (), "山区53县"));
}

static void
test_scopes (void)
{
  const struct
  {
    const char *text;
    const char *stored; /* %NULL: refused */
    guint       n_counties;
  } rows[] = {
    { "all", "all", 28 },
    { "", "all", 28 },
    { "prefecture:3311", "prefecture:3311", 9 },
    { "3311", "prefecture:3311", 9 },
    { "331100", "prefecture:3311", 9 },
    { "county:331121", "county:331121", 1 },
    { "331121", "county:331121", 1 },
    { "county:999999", "county:999999", 0 },
    { "county:3311", NULL, 0 },
    { "county:331100", NULL, 0 },
    { "prefecture:331121", NULL, 0 },
    { "city:3311", NULL, 0 },
    { "county:", NULL, 0 },
    { "丽水市", NULL, 0 },
    { "33112１", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError)         error = NULL;
      g_autoptr (ShyCountyScope) scope = shy_county_scope_parse (rows[i].text, &error);
      g_autoptr (GPtrArray)      counties = NULL;
      g_autofree char           *stored = NULL;

      g_test_message ("%s", rows[i].text);
      counties = shy_county_registry_list_scope (get_registry (), rows[i].text);
      g_assert_cmpuint (counties->len, ==, rows[i].n_counties);
      if (rows[i].stored == NULL)
        {
          g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
          continue;
        }
      stored = shy_county_scope_to_string (scope);
      g_assert_cmpstr (stored, ==, rows[i].stored);
    }
}

/* The registry is a list for widgets. */
static void
test_list (void)
{
  GListModel           *list = G_LIST_MODEL (get_registry ());
  g_autoptr (ShyCounty) first = g_list_model_get_item (list, 0);
  g_autofree char      *code = NULL;
  g_autofree char      *name = NULL;
  g_autofree char      *prefecture = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 28);
  g_object_get (first, "code", &code, "name", &name, "prefecture-name", &prefecture, NULL);
  g_assert_cmpstr (code, ==, "330127");
  g_assert_cmpstr (name, ==, "淳安县");
  g_assert_cmpstr (prefecture, ==, "杭州市");
  g_assert_null (g_list_model_get_item (list, 28));
}

/* A file that is wrong is refused, and the message names the member. */
static void
test_broken_files (void)
{
  const char *const head = "{\"format\":1,\"prefectures\":[{\"code\":\"3311\",\"name\":\"丽水市\","
                           "\"short\":\"丽水\",\"pinyin\":\"Lishui\",\"initials\":\"ls\"}],";
  const char *const county = "{\"code\":\"331121\",\"name\":\"青田县\",\"short\":\"青田\",\"pinyin\":"
                             "\"Qingtian\",\"initials\":\"qt\",\"kind\":\"county\",\"former\":[]}";
  const struct
  {
    const char *tail;
    const char *message;
  } rows[] = {
    { "\"counties\":[%s,{}],\"groups\":[]}", "$.counties[1]: The member “code” is missing" },
    { "\"counties\":[%s,%s],\"groups\":[]}", "counties[1].code" },
    { "\"counties\":[%s,7],\"groups\":[]}", "counties[1]" },
    { "\"counties\":[%s]}", "“groups” is missing" },
    { "\"counties\":{\"a\":%s},\"groups\":[]}", "counties" },
    { "\"counties\":[%s],\"groups\":[{\"name\":\"a\",\"source\":\"b\",\"confidence\":\"B\","
      "\"members\":[{\"county\":\"331199\",\"joined\":null,\"left\":null}]}]}",
      "groups[0].members[0].county" },
    { "\"counties\":[%s],\"groups\":[{\"name\":\"a\",\"source\":\"b\",\"confidence\":\"B\","
      "\"members\":[{\"county\":\"331121\",\"joined\":\"2024-02-30\",\"left\":null}]}]}",
      "groups[0].members[0].joined" },
    { "\"counties\":[%s],\"groups\":[{\"name\":\"a\",\"source\":\"b\",\"confidence\":\"B\","
      "\"members\":[{\"county\":\"331121\",\"joined\":\"2024-02-02\",\"left\":\"2024-02-02\"}]}]}",
      "groups[0].members[0].left" },
    { "\"counties\":[%s,", "not JSON" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError)            error = NULL;
      g_autoptr (ShyCountyRegistry) registry = NULL;
      g_autoptr (GBytes)            bytes = NULL;
      g_auto (GStrv)                parts = g_strsplit (rows[i].tail, "%s", -1);
      g_autofree char              *tail = g_strjoinv (county, parts);
      char                         *text = g_strconcat (head, tail, NULL);

      bytes = g_bytes_new_take (text, strlen (text));
      registry = shy_county_registry_new ("x.json", bytes, &error);
      g_test_message ("%s", text);
      g_assert_null (registry);
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, rows[i].message));
      g_assert_nonnull (strstr (error->message, "x.json"));
    }
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/county/the-26", test_the_26);
  g_test_add_func ("/county/find", test_find);
  g_test_add_func ("/county/former-codes", test_former_codes);
  g_test_add_func ("/county/search", test_search);
  g_test_add_func ("/county/groups", test_groups);
  g_test_add_func ("/county/scopes", test_scopes);
  g_test_add_func ("/county/list", test_list);
  g_test_add_func ("/county/broken-files", test_broken_files);

  return g_test_run ();
}
