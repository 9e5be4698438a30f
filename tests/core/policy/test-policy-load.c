/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy/shy-policy-private.h"

#include "shy-data.h"
#include "shy-error.h"

/* Reads packs: one that is whole, and every way in which tests/data/policies/broken says that it
 * can be broken, each with its message. The schema is held against the same table by
 * tests/core/policy/schema.py. */

static char *
load (const char *first, const char *second)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "policies", first, second, NULL);
  char            *contents;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  return contents;
}

static ShyPolicy *
read_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return shy_policy_new_from_bytes (bytes, "pack.json", error);
}

static ShyPolicy *
read_base (void)
{
  g_autofree char   *text = load ("base.json", NULL);
  g_autoptr (GError) error = NULL;
  ShyPolicy         *policy = read_text (text, &error);

  g_assert_no_error (error);
  return policy;
}

static void
assert_date (const GDate *date, const char *expected)
{
  char text[32];

  g_date_strftime (text, sizeof text, "%Y-%m-%d", date);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_head (void)
{
  g_autoptr (ShyPolicy) policy = read_base ();
  GDate                 date;

  g_assert_cmpstr (shy_policy_get_id (policy), ==, "test-grant");
  g_assert_cmpstr (shy_policy_get_version (policy), ==, "2024.1");
  g_assert_cmpstr (shy_policy_get_title (policy), ==, "Test grant");
  g_assert_true (shy_policy_is_application (policy));
  g_assert_cmpstr (shy_policy_get_person_field (policy)->name, ==, "证件号");
  g_assert_null (shy_policy_get_employer_field (policy));
  g_assert_cmpstr (policy->group, ==, "山区26县");
  g_assert_cmpstr (policy->group_clause->id, ==, "c-kind");
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 31, 12, 2023);
  g_assert_false (shy_policy_is_effective (policy, &date));
  g_date_add_days (&date, 1);
  g_assert_true (shy_policy_is_effective (policy, &date));
}

static void
test_parts (void)
{
  g_autoptr (ShyPolicy)     policy = read_base ();
  const ShyField           *field = shy_policy_find_field (policy, "类型");
  const ShyPolicyCriterion *criterion = shy_policy_find_criterion (policy, "months");
  const ShyPolicyLimit     *limit = g_ptr_array_index (shy_policy_get_limits (policy), 2);

  g_assert_cmpint (field->type, ==, SHY_FIELD_CHOICE);
  g_assert_cmpuint (g_strv_length (field->values), ==, 3);
  g_assert_cmpstr (g_hash_table_lookup (field->synonyms, "期满"), ==, "期满出站");
  g_assert_true (field->required);
  g_assert_cmpstr (criterion->condition->text, ==, "够长");
  g_assert_cmpstr (criterion->condition->where, ==, "$.criteria[1].condition");
  g_assert_cmpint (criterion->unknown, ==, SHY_POLICY_UNKNOWN_PERSON);
  g_assert_cmpstr (criterion->clause->document->number, ==, "测〔2024〕1号");
  g_assert_cmpint (limit->max, ==, 5000050);
  assert_date (((ShyPolicyDocument *) policy->documents->pdata[1])->date, "2024-06-01");
}

static void
test_case (void)
{
  g_autoptr (ShyPolicy) policy = read_base ();
  const ShyPolicyCase  *first = g_ptr_array_index (shy_policy_get_cases (policy), 0);
  const ShyPolicyFact  *wage = g_ptr_array_index (first->facts, 2);
  const ShyPolicyGrant *grant = g_ptr_array_index (first->history, 0);

  g_assert_cmpstr (wage->name, ==, "工资");
  g_assert_cmpstr (wage->value, ==, "8000.50");
  g_assert_cmpint (first->outcome, ==, SHY_POLICY_ELIGIBLE);
  g_assert_cmpint (first->amount, ==, 5000050);
  g_assert_cmpint (grant->amount, ==, 1000000);
  g_assert_nonnull (first->missing);
  g_assert_null (first->schedule);
}

static ShyPolicy *
resolve (ShyPolicy *policy, const char *county, const char *day, const char *months)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError)     error = NULL;
  ShyPolicy             *resolved;
  GDate                  date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, day);
  if (months != NULL)
    g_hash_table_insert (settings, (gpointer) "最低月数", (gpointer) months);
  resolved = shy_policy_resolve (policy, county, &date, settings, &error);
  g_assert_no_error (error);
  return resolved;
}

/* Where an override begins and ends, and what the county's own setting does to it. */
static void
test_resolve (void)
{
  static const struct
  {
    const char     *county;
    const char     *day;
    const char     *months;
    const char     *value;
    ShyPolicySource source;
    const char     *condition;
    gint64          cap;
  } rows[] = {
    { "330127", "2024-06-01", NULL, NULL, SHY_POLICY_SOURCE_PACK, "类型 = \"期满出站\"", 5000050 },
    { "330822", "2024-05-31", NULL, NULL, SHY_POLICY_SOURCE_PACK, "类型 = \"期满出站\"", 5000050 },
    { "330822", "2024-06-01", NULL, "12", SHY_POLICY_SOURCE_OVERRIDE, "类型 != \"退站\"", 6000000 },
    { "330822", "2025-12-31", NULL, "12", SHY_POLICY_SOURCE_OVERRIDE, "类型 != \"退站\"", 6000000 },
    { "330822", "2026-01-01", NULL, NULL, SHY_POLICY_SOURCE_PACK, "类型 = \"期满出站\"", 5000050 },
    { "330822", "2025-12-31", "24", "24", SHY_POLICY_SOURCE_COUNTY, "类型 != \"退站\"", 6000000 },
    { NULL, "2025-12-31", "6", "6", SHY_POLICY_SOURCE_COUNTY, "类型 = \"期满出站\"", 5000050 },
  };
  g_autoptr (ShyPolicy) policy = read_base ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShyPolicy) resolved =
        resolve (policy, rows[i].county, rows[i].day, rows[i].months);
      g_autoptr (ShyPolicy)     again =
        resolve (policy, rows[i].county, rows[i].day, rows[i].months);
      const ShyPolicySetting   *setting = g_ptr_array_index (resolved->settings, 0);
      const ShyPolicyCriterion *kind = shy_policy_find_criterion (resolved, "kind");
      const ShyPolicyLimit     *cap = g_ptr_array_index (resolved->limits, 2);

      g_assert_cmpstr (setting->value, ==, rows[i].value);
      g_assert_cmpint (setting->source, ==, rows[i].source);
      g_assert_cmpstr (kind->condition->text, ==, rows[i].condition);
      g_assert_cmpint (cap->max, ==, rows[i].cap);
      g_assert_true (again == resolved);
      if (kind->override != NULL)
        g_assert_cmpstr (kind->override->document->id, ==, "local");
    }
}

/* A resolved policy stays whole when the pack it came from is gone. */
static void
test_resolved_outlives (void)
{
  ShyPolicy                *policy = read_base ();
  g_autoptr (ShyPolicy)     resolved = resolve (policy, "330822", "2024-07-01", NULL);
  const ShyPolicyCriterion *kind = shy_policy_find_criterion (resolved, "kind");

  g_object_unref (policy);
  g_assert_cmpstr (kind->condition->where, ==, "$.overrides[0].set.criteria.kind.condition");
  g_assert_cmpstr (kind->override->clause->document->title, ==, "常山县测试细则");
  g_assert_cmpuint (shy_policy_get_cases (resolved)->len, ==, 1);
}

static gpointer
resolve_often (gpointer data)
{
  static const char *const months[] = { "6", "12", "24", NULL };

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (ShyPolicy) resolved =
        resolve (data, i % 2 == 0 ? "330822" : "330127", "2024-07-01", months[i % 4]);

      g_assert_nonnull (shy_policy_find_criterion (resolved, "kind")->condition->feel);
    }
  return NULL;
}

/* Several threads may ask one policy at once. */
static void
test_resolve_threads (void)
{
  g_autoptr (ShyPolicy) policy = read_base ();
  GThread              *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("resolve", resolve_often, policy);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_resolve_refuses (void)
{
  static const struct
  {
    const char *name;
    const char *value;
    const char *message;
  } rows[] = {
    { "最高月数", "12", "“pack.json”: The pack has no “最高月数” in “settings”. There are: 最低月数." },
    { "最低月数", "十二", "“pack.json”: The county's value “十二” for “最低月数” is not of the type “number”. "
                          "Correct it." },
  };
  g_autoptr (ShyPolicy) policy = read_base ();
  GDate                 date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, 1, 2025);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GError)     error = NULL;

      g_hash_table_insert (settings, (gpointer) rows[i].name, (gpointer) rows[i].value);
      g_assert_null (shy_policy_resolve (policy, NULL, &date, settings, &error));
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, rows[i].message);
    }
}

static char *
replace_once (const char *text, const char *from, const char *to)
{
  const char *found = strstr (text, from);

  if (found == NULL)
    g_error ("The table of broken packs names “%s”, which base.json does not hold.", from);
  return g_strdup_printf ("%.*s%s%s", (int) (found - text), text, to, found + strlen (from));
}

static void
test_broken (gconstpointer data)
{
  const ShyJson        *row = data;
  g_autofree char      *base = load ("base.json", NULL);
  g_autofree char      *text = replace_once (base, shy_json_get (row, "replace")->text,
                                             shy_json_get (row, "with")->text);
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyPolicy) policy = read_text (text, &error);

  g_assert_null (policy);
  g_assert_nonnull (error);
  g_assert_true (error->domain == SHY_ERROR);
  g_assert_cmpstr (error->message, ==, shy_json_get (row, "message")->text);
}

static ShyJsonDocument *
load_json (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  ShyJsonDocument   *json;
  char              *contents;
  gsize              length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  bytes = g_bytes_new_take (contents, length);
  json = shy_json_document_new (bytes, &error);
  g_assert_no_error (error);
  return json;
}

/* Asks the loader which members it knows at a place of the base, by giving it one that it does
 * not know. */
static char *
ask_members (const char *from)
{
  g_autofree char      *base = load ("base.json", NULL);
  g_autofree char      *with = g_strconcat (from, "\"zzzzzzzzzz\": 1, ", NULL);
  g_autofree char      *text = replace_once (base, from, with);
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyPolicy) policy = read_text (text, &error);
  const char           *list;

  g_assert_null (policy);
  list = strstr (error->message, "known are: ");
  if (list == NULL)
    g_error ("Not asked for members: %s", error->message);
  list += strlen ("known are: ");
  return g_strndup (list, strlen (list) - 1);
}

/* What the schema describes and what the loader knows are the same members, everywhere. */
static void
test_members (void)
{
  static const struct
  {
    const char *place; /* in the schema */
    const char *from;  /* in the base: where an object of that kind begins */
  } rows[] = {
    { "", "{\n  " },
    { "definitions/text", "\"title\": {" },
    { "definitions/document", "\"documents\": [\n    {" },
    { "definitions/clause", "\"clauses\": [\n    {" },
    { "properties/effective", "\"effective\": {" },
    { "properties/subject/oneOf/1", "\"subject\": {" },
    { "properties/group/oneOf/1", "\"group\": {" },
    { "definitions/setting", "\"settings\": [\n    {" },
    { "definitions/field", "\"fields\": [\n    {" },
    { "definitions/derived", "\"derived\": [\n    {" },
    { "definitions/criterion", "\"criteria\": [\n    {" },
    { "definitions/amount", "\"amount\": {" },
    { "definitions/limit", "\"limits\": [\n    {" },
    { "definitions/step", "\"steps\": [\n    {" },
    { "definitions/override", "\"overrides\": [\n    {" },
    { "definitions/override/properties/set", "\"set\": {" },
    { "definitions/case", "\"cases\": [\n    {" },
    { "definitions/grant", "\"history\": [{" },
    { "definitions/case/properties/expect", "\"expect\": {" },
  };
  g_autofree char            *path = shy_data_build ("policies", "policy.schema.json", NULL);
  g_autoptr (ShyJsonDocument) schema = load_json (path);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const ShyJson      *json = shy_json_document_get_root (schema);
      g_auto (GStrv)      steps = g_strsplit (rows[i].place, "/", -1);
      g_autofree char    *known = ask_members (rows[i].from);
      g_auto (GStrv)      members = g_strsplit (known, ", ", -1);
      const ShyJson      *properties;

      for (gsize j = 0; steps[j] != NULL; j++)
        json = json->kind == SHY_JSON_ARRAY ? json->items->pdata[atoi (steps[j])]
                                            : shy_json_get (json, steps[j]);
      properties = shy_json_get (json, "properties");
      for (guint j = 0; j < properties->items->len; j++)
        {
          const ShyJson *property = g_ptr_array_index (properties->items, j);

          if (!g_strv_contains ((const char *const *) members, property->name))
            g_error ("The loader does not know “%s” of %s.", property->name, rows[i].place);
        }
      g_assert_cmpuint (g_strv_length (members), ==, properties->items->len);
    }
}

static void
test_files (void)
{
  g_autoptr (GError)    missing = NULL;
  g_autoptr (GError)    empty = NULL;
  g_autoptr (GError)    binary = NULL;
  g_autoptr (GBytes)    nul = g_bytes_new_static ("{\0}", 3);
  g_autoptr (ShyPolicy) none = shy_policy_new_from_file ("/nonexistent/pack.json", &missing);
  g_autoptr (ShyPolicy) nothing = read_text (" \n", &empty);
  g_autoptr (ShyPolicy) bytes = shy_policy_new_from_bytes (nul, "pack.json", &binary);

  g_assert_null (none);
  g_assert_null (nothing);
  g_assert_null (bytes);
  g_assert_error (missing, SHY_ERROR, SHY_ERROR_NOT_FOUND);
  g_assert_cmpstr (empty->message, ==, "“pack.json”: line 2, column 1: A value was expected.");
  g_assert_cmpstr (binary->message, ==, "“pack.json”: It is not UTF-8 text. Save it again with the "
                                        "encoding UTF-8.");
}

/* One level more than is read, and a hundred thousand, which crash json-glib 1.6. */
static void
test_deep (void)
{
  static const gsize depths[] = { SHY_JSON_MAX_DEPTH + 1, 100000 };

  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autofree char      *text = g_strnfill (depths[i], '[');
      g_autoptr (GError)    error = NULL;
      g_autoptr (ShyPolicy) policy = read_text (text, &error);

      g_assert_null (policy);
      g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
      g_assert_cmpstr (error->message, ==, "“pack.json”: line 1, column 65: Lists and objects are "
                                           "nested deeper than 64 levels. Flatten the file.");
    }
}

static void
test_long (void)
{
  g_autofree char      *text = g_strnfill (SHY_JSON_MAX_BYTES + 1, ' ');
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyPolicy) policy = read_text (text, &error);

  g_assert_null (policy);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
}

/* Puts many numbers among the fields of the base, and a condition that adds them up. */
static char *
build_many (guint n_fields, guint n_read)
{
  g_autofree char    *base = load ("base.json", NULL);
  g_autoptr (GString) fields = g_string_new ("\"fields\": [");
  g_autoptr (GString) condition = g_string_new ("\"condition\": \"0");
  g_autofree char    *with_fields = NULL;

  for (guint i = 0; i < n_fields; i++)
    g_string_append_printf (fields, "{\"name\": \"n%u\", \"label\": {\"en\": \"n\"}, "
                                    "\"type\": \"number\"},", i);
  for (guint i = 0; i < n_read; i++)
    g_string_append_printf (condition, " + n%u", i);
  g_string_append (condition, " > 1\"");
  with_fields = replace_once (base, "\"fields\": [", fields->str);
  return replace_once (with_fields, "\"condition\": \"够长\"", condition->str);
}

/* As many names as an evaluator has room for, and one more. */
static void
test_many (void)
{
  static const struct
  {
    guint       n_fields;
    guint       n_read;
    const char *message; /* (nullable) */
  } rows[] = {
    { 64, 64, NULL },
    { 65, 65, "“pack.json”, line 57, $.criteria[1].condition: The expression reads more than 64 "
              "names. Divide it by derived values." },
    { 229, 1, NULL },
    { 230, 1, "“pack.json”, line 1, $: The pack has more than 250 names of fields, settings and "
              "derived values. Divide the policy." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char      *text = build_many (rows[i].n_fields, rows[i].n_read);
      g_autoptr (GError)    error = NULL;
      G_GNUC_UNUSED g_autoptr (ShyPolicy) policy = read_text (text, &error);

      if (rows[i].message == NULL)
        g_assert_no_error (error);
      else
        {
          g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
          g_assert_cmpstr (error->message, ==, rows[i].message);
        }
    }
}

/* What a pack imports becomes part of it: its text needs no other file and says what was read. */
static void
test_imports (void)
{
  g_autofree char      *base = load ("base.json", NULL);
  g_autofree char      *text =
    replace_once (base, "\"documents\": [",
                  "\"imports\": [{\"shared\": \"size-300\", \"version\": \"2011.1\"}],\n  "
                  "\"documents\": [");
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyPolicy) policy = read_text (text, &error);
  g_autoptr (ShyPolicy) again = NULL;
  g_autofree char      *whole = NULL;
  g_autofree char      *same = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (shy_policy_find_field (policy, "行业"));
  g_assert_nonnull (shy_policy_find_clause (policy, "c-size"));
  whole = shy_policy_to_json (policy);
  g_assert_nonnull (strstr (whole, "\"imported\""));
  g_assert_nonnull (strstr (whole, "\"digest\""));
  g_assert_null (strstr (whole, "\"imports\""));
  again = read_text (whole, &error);
  g_assert_no_error (error);
  same = shy_policy_to_json (again);
  g_assert_cmpstr (same, ==, whole);
}

/* An import of another version, of no file and of a path is refused. */
static void
test_imports_refused (void)
{
  static const struct
  {
    const char *import;
    const char *said;
  } rows[] = {
    { "\"shared\": \"size-300\", \"version\": \"2017.1\"",
      "line 10, $.imports[0]: The shared file “size-300” has the version 2011.1, but the pack was "
      "written for 2017.1." },
    { "\"shared\": \"size-301\", \"version\": \"2011.1\"",
      "line 10, $.imports[0]: The shared file “size-301” cannot be read" },
    { "\"shared\": \"../zj-post-care\", \"version\": \"2023.2\"", "(no such name)" },
    { "\"shared\": \"size-300\"", "$.imports[0]" },
  };
  g_autofree char *base = load ("base.json", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char      *with = g_strdup_printf ("\"imports\": [{%s}], \"documents\": [",
                                                    rows[i].import);
      g_autofree char      *text = replace_once (base, "\"documents\": [", with);
      g_autoptr (GError)    error = NULL;
      g_autoptr (ShyPolicy) policy = read_text (text, &error);

      g_assert_null (policy);
      if (strstr (error->message, rows[i].said) == NULL)
        g_error ("“%s” is not in “%s”", rows[i].said, error->message);
    }
}

/* A county may ask for more than the pack: a field, a criterion and a limit of its own. */
static void
test_override_adds (void)
{
  g_autofree char      *base = load ("base.json", NULL);
  g_autofree char      *text =
    replace_once (base, "\"set\": {\"settings\"",
                  "\"set\": {\"add\": {\"fields\": [{\"name\": \"本县证明\", \"label\": {\"en\": "
                  "\"Proof\"}, \"type\": \"boolean\"}], \"criteria\": [{\"id\": \"proof\", \"title\": "
                  "{\"en\": \"Proof\"}, \"condition\": \"本县证明\", \"clause\": \"c-local\", "
                  "\"when_true\": {\"en\": \"t\"}, \"when_false\": {\"en\": \"f\"}, "
                  "\"when_unknown\": {\"en\": \"u\"}, \"unknown\": \"materials\"}], \"limits\": "
                  "[{\"id\": \"twice\", \"kind\": \"lifetime\", \"per\": \"person\", \"policies\": "
                  "[\"other\"], \"max\": 2, \"clause\": \"c-local\"}]}, \"settings\"");
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyPolicy) policy = read_text (text, &error);
  g_autoptr (ShyPolicy) there = NULL;
  g_autoptr (ShyPolicy) elsewhere = NULL;
  g_autoptr (GDate)     day = g_date_new_dmy (1, 8, 2024);

  g_assert_no_error (error);
  g_assert_nonnull (shy_policy_find_field (policy, "本县证明"));
  g_assert_null (shy_policy_find_criterion (policy, "proof"));
  there = shy_policy_resolve (policy, "330822", day, NULL, &error);
  g_assert_no_error (error);
  elsewhere = shy_policy_resolve (policy, "330127", day, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (shy_policy_find_criterion (there, "proof"));
  g_assert_cmpint (shy_policy_find_criterion (there, "proof")->source, ==,
                   SHY_POLICY_SOURCE_OVERRIDE);
  g_assert_cmpuint (shy_policy_get_limits (there)->len, ==,
                    shy_policy_get_limits (policy)->len + 1);
  g_assert_null (shy_policy_find_criterion (elsewhere, "proof"));
}

int
main (int argc, char *argv[])
{
  g_autofree char            *text = NULL;
  g_autoptr (GBytes)          bytes = NULL;
  g_autoptr (ShyJsonDocument) table = NULL;
  GPtrArray                  *rows;

  test_init (&argc, &argv);
  g_test_add_func ("/policy/load/head", test_head);
  g_test_add_func ("/policy/load/parts", test_parts);
  g_test_add_func ("/policy/load/case", test_case);
  g_test_add_func ("/policy/load/members", test_members);
  g_test_add_func ("/policy/load/imports", test_imports);
  g_test_add_func ("/policy/load/imports-refused", test_imports_refused);
  g_test_add_func ("/policy/load/override-adds", test_override_adds);
  g_test_add_func ("/policy/load/files", test_files);
  g_test_add_func ("/policy/load/deep", test_deep);
  g_test_add_func ("/policy/load/long", test_long);
  g_test_add_func ("/policy/load/many", test_many);
  g_test_add_func ("/policy/resolve/table", test_resolve);
  g_test_add_func ("/policy/resolve/outlives", test_resolved_outlives);
  g_test_add_func ("/policy/resolve/threads", test_resolve_threads);
  g_test_add_func ("/policy/resolve/refuses", test_resolve_refuses);

  text = load ("broken", "table.json");
  bytes = g_bytes_new (text, strlen (text));
  table = shy_json_document_new (bytes, NULL);
  g_assert_nonnull (table);
  rows = shy_json_document_get_root (table)->items;
  for (guint i = 0; i < rows->len; i++)
    {
      const ShyJson   *row = g_ptr_array_index (rows, i);
      g_autofree char *path = g_strconcat ("/policy/broken/", shy_json_get (row, "id")->text, NULL);

      g_test_add_data_func (path, row, test_broken);
    }
  return g_test_run ();
}
