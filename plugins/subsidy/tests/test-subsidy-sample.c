/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-fixture.h"

/*
 * The sample spreadsheet against what must become of each of its rows. The expected file was written
 * by the generator from how it made each row, not by this program.
 */

typedef struct
{
  JsonArray *rows;
  guint      next;
  guint      most; /* rows that this form of the sample holds */
  guint      wrong;
} Comparison;

static JsonNode *
load_expected (void)
{
  g_autofree char      *path = sample ("postdoc-applications.expected.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError)    error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

/* The object of @array whose @member is @value. */
static JsonObject *
find (JsonArray  *array,
      const char *member,
      const char *value)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (object, member, NULL), value) == 0)
        return object;
    }
  return NULL;
}

static gboolean
has_warnings (JsonObject *expected,
              JsonObject *verdict)
{
  JsonArray *codes = json_object_get_array_member (expected, "warnings");
  JsonArray *warnings = json_object_get_array_member (verdict, "warnings");

  for (guint i = 0; i < json_array_get_length (codes); i++)
    if (find (warnings, "code", json_array_get_string_element (codes, i)) == NULL)
      return FALSE;

  return TRUE;
}

/* Whether the criteria that were spoiled are the ones that stand in the way. */
static gboolean
has_criteria (JsonObject *expected,
              JsonObject *verdict,
              const char *result)
{
  JsonArray *ids = json_object_get_array_member (expected, "criteria");
  JsonArray *criteria = json_object_get_array_member (verdict, "criteria");

  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      JsonObject *found = find (criteria, "id", json_array_get_string_element (ids, i));

      if (found == NULL || g_strcmp0 (json_object_get_string_member (found, "result"), result) != 0)
        return FALSE;
    }

  return TRUE;
}

static gint64
yuan (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "amount");

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : -1;
}

static gboolean
agrees (const SubsidyRecord *record,
        JsonObject          *expected,
        JsonObject          *verdict)
{
  static const char *const results[] = {
    [SUBSIDY_NOT_ELIGIBLE] = "false",
    [SUBSIDY_MATERIALS] = "unknown",
    [SUBSIDY_PERSON] = "person",
    [SUBSIDY_ELIGIBLE] = "true",
    [SUBSIDY_REJECTED] = NULL,
  };
  const char *outcome = json_object_get_string_member (expected, "outcome");

  if (record->row != json_object_get_int_member (expected, "row") ||
      record->number != json_object_get_int_member (expected, "number") ||
      !g_str_equal (subsidy_outcome_to_word (record->outcome), outcome))
    return FALSE;
  if (record->outcome == SUBSIDY_REJECTED)
    return find (json_object_get_array_member (verdict, "reasons"), "field",
                 json_object_get_string_member (expected, "field")) != NULL;

  return has_criteria (expected, verdict, results[record->outcome]) &&
         has_warnings (expected, verdict) &&
         (record->outcome != SUBSIDY_ELIGIBLE || yuan (expected) * 100 == record->amount) &&
         g_strcmp0 (record->county, json_object_get_string_member (expected, "county")) == 0;
}

static gboolean
compare_row (const SubsidyRecord  *record,
             gpointer              data,
             GError              **error)
{
  Comparison          *self = data;
  g_autoptr (JsonNode) verdict = shy_json_node_from_text (record->verdict, -1, error);
  JsonObject          *expected;

  g_assert_nonnull (verdict);
  g_assert_cmpuint (self->next, <, json_array_get_length (self->rows));
  expected = json_array_get_object_element (self->rows, self->next++);
  if (agrees (record, expected, json_node_get_object (verdict)))
    return TRUE;

  self->wrong++;
  g_test_message ("row %u (%s): wanted %s, got %s: %s", record->row,
                  json_object_get_string_member (expected, "tag"),
                  json_object_get_string_member (expected, "outcome"),
                  subsidy_outcome_to_word (record->outcome), record->verdict);
  return TRUE;
}

static void
test_every_row (Fixture       *self,
                gconstpointer  name)
{
  g_autoptr (JsonNode)      root = load_expected ();
  g_autoptr (ShyImport) import = import_sample (self, name);
  g_autoptr (GError)        error = NULL;
  Comparison                comparison = { NULL };
  gboolean                  part = g_str_has_suffix (name, "-40.xls");

  comparison.rows = json_object_get_array_member (json_node_get_object (root), "rows");
  subsidy_spool_foreach (shy_import_get_spool (import), compare_row, &comparison, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (comparison.wrong, ==, 0);
  g_assert_cmpuint (comparison.next, ==, part ? 40 : 300);
  g_assert_cmpfloat (shy_import_get_progress (import), ==, 1);
}

/* Every cell that a fact came from is named. */
static gboolean
check_cells (const SubsidyRecord  *record,
             gpointer              data,
             GError              **error)
{
  g_autoptr (JsonNode) facts = shy_json_node_from_text (record->facts, -1, error);
  JsonArray           *array = json_node_get_array (facts);
  g_autofree char     *row = g_strdup_printf ("%u", record->row);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *fact = json_array_get_object_element (array, i);

      g_assert_nonnull (json_object_get_string_member (
        fact, json_object_has_member (fact, "unreadable") ? "unreadable" : "value"));
      g_assert_true (g_str_has_suffix (json_object_get_string_member (fact, "cell"), row));
      g_assert_cmpstr (json_object_get_string_member (fact, "sheet"), ==, "申报汇总");
    }
  return TRUE;
}

static void
test_names_cells (Fixture       *self,
                  gconstpointer  name)
{
  g_autoptr (ShyImport) import = import_sample (self, name);

  g_assert_true (subsidy_spool_foreach (shy_import_get_spool (import), check_cells, NULL, NULL));
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

#define ADD(name, file, func) g_test_add ("/subsidy/sample/" name, Fixture, file, set_up, func, tear_down)
  ADD ("xlsx", "postdoc-applications.xlsx", test_every_row);
  ADD ("csv", "postdoc-applications.csv", test_every_row);
  ADD ("xls", "postdoc-applications-40.xls", test_every_row);
  ADD ("cells", "postdoc-applications.xlsx", test_names_cells);

  return g_test_run ();
}
