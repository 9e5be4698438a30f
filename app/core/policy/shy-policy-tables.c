/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-tables-private.h"

#include "county/shy-county-registry.h"
#include "policy/shy-policy-basis-private.h"
#include "policy/shy-policy-parts-private.h"
#include "policy/shy-facts-policy.h"
#include "policy/shy-value-private.h"
#include "shy-date.h"

#include <glib/gi18n-lib.h>

/* A table has a value for a day and a county, or none. None is never guessed: the function that
 * looks it up fails with the table named, and what fails goes to a person. So does a row that nobody
 * verified. Of the rows of a day that of the county itself counts before that of its group, and that
 * before the one for all. */

enum { FOR_NONE, FOR_ALL, FOR_GROUP, FOR_COUNTY };

static gboolean
rows_meet (const ShyPolicyRow *a, const ShyPolicyRow *b)
{
  return g_strcmp0 (a->county, b->county) == 0 && g_strcmp0 (a->group, b->group) == 0
         && shy_policy_dates_meet (&a->dates, &b->dates);
}

/* Two values for one county and day would leave open which counts. */
static void
check_overlaps (ShyPolicyReader *reader, const ShyJson *rows, const ShyPolicyTable *self)
{
  for (guint i = 0; i < self->rows->len && reader->json.error == NULL; i++)
    for (guint j = 0; j < i; j++)
      if (rows_meet (self->rows->pdata[i], self->rows->pdata[j]))
        {
          shy_json_reader_fail (&reader->json, g_ptr_array_index (rows->items, i), SHY_ERROR_INVALID,
                                _("Row %u of the table “%s” holds for some of the same days as row "
                                  "%u. End the one before the other begins."), i + 1, self->field.name,
                                j + 1);
          return;
        }
}

static char *
read_value (ShyPolicyReader *reader, const ShyJson *json, const ShyField *field)
{
  const ShyJson     *member = shy_json_get (json, "value");
  g_autofree char   *text = NULL;
  g_autoptr (GError) error = NULL;
  char              *value;

  if (reader->json.error != NULL)
    return NULL;
  text = shy_policy_reader_value (reader, member, field);
  if (text == NULL)
    return NULL;
  value = shy_field_type_normalize (field->type, text, &error);
  if (value == NULL)
    shy_json_reader_fail (&reader->json, member, SHY_ERROR_INVALID, "%s", error->message);
  return value;
}

static void
read_row (ShyPolicyReader *reader, const ShyJson *json, ShyPolicyTable *table)
{
  ShyPolicyRow *self;

  if (!shy_json_reader_object (&reader->json, json,
                               "from until county group value! clause document status!"))
    return;
  self = g_new0 (ShyPolicyRow, 1);
  g_ptr_array_add (table->rows, self);
  shy_policy_reader_dates (reader, json, &self->dates);
  self->county = shy_policy_reader_county (reader, json, "county");
  self->group = shy_json_reader_string (&reader->json, json, "group");
  if (self->county != NULL && self->group != NULL)
    shy_json_reader_fail (&reader->json, shy_json_get (json, "group"), SHY_ERROR_INVALID,
                          _("A row is for a county or for a group of counties. Remove one."));
  self->value = read_value (reader, json, &table->field);
  self->clause = shy_policy_reader_clause (reader, json);
  self->document = shy_policy_reader_document (reader, json);
  self->status = shy_json_reader_word (&reader->json, json, "status", "verified unverified",
                                       SHY_POLICY_UNVERIFIED);
}

/* Reads a table with its rows. */
gpointer
shy_policy_reader_table (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicyTable *self;
  const ShyJson  *rows;

  if (!shy_json_reader_object (&reader->json, json, "name! label! type! values unit rows!"))
    return NULL;
  self = g_new0 (ShyPolicyTable, 1);
  self->rows = g_ptr_array_new_with_free_func (shy_policy_row_free);
  shy_policy_reader_field (reader, json, &self->field);
  rows = shy_json_reader_get (&reader->json, json, "rows", SHY_JSON_ARRAY);
  for (guint i = 0; rows != NULL && i < rows->items->len && reader->json.error == NULL; i++)
    read_row (reader, g_ptr_array_index (rows->items, i), self);
  if (rows != NULL)
    check_overlaps (reader, rows, self);
  return self;
}

static void
check_call (ShyPolicyReader *reader, const ShyJson *json, const ShyFeelNode *node)
{
  const ShyFeelNode *table = node->n_children > 1 ? node->children[1] : NULL;
  const char        *name = NULL;

  if (table != NULL && node->argument_names == NULL && table->kind == SHY_FEEL_NODE_LITERAL
      && table->value != NULL)
    name = shy_feel_value_get_string (table->value);
  if (name == NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("“table value” takes the name of a table in quotes first, then a day and "
                            "the county."));
  else if (shy_policy_find_part (reader->policy->tables, name) == NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The pack has no table “%s”. Correct the name or add it to “tables”."),
                          name);
}

/* Checks that an expression names only tables of the pack. */
void
shy_policy_reader_check_calls (ShyPolicyReader *reader, const ShyJson *json, const ShyFeelNode *node)
{
  if (node->kind == SHY_FEEL_NODE_CALL && node->children[0]->kind == SHY_FEEL_NODE_NAME
      && g_strcmp0 (node->children[0]->name, SHY_POLICY_TABLE_FUNCTION) == 0)
    check_call (reader, json, node);
  for (guint i = 0; i < node->n_children && reader->json.error == NULL; i++)
    shy_policy_reader_check_calls (reader, json, node->children[i]);
}

/* Whether a row is known well enough to decide by it. */
gboolean
shy_policy_row_is_supported (const ShyPolicyRow *row)
{
  if (row->status != SHY_POLICY_VERIFIED || (row->clause == NULL && row->document == NULL))
    return FALSE;
  if (row->document != NULL && !shy_policy_document_supports (row->document))
    return FALSE;
  return shy_policy_clause_supports (row->clause);
}

static int
rank_row (const ShyPolicyRow *row, const GDate *day, const char *code)
{
  ShyCountyRegistry *counties;
  ShyCounty         *county;
  GDate              changed;

  if (!shy_policy_dates_contain (&row->dates, day))
    return FOR_NONE;
  if (row->county != NULL)
    return g_strcmp0 (row->county, code) == 0 ? FOR_COUNTY : FOR_NONE;
  if (row->group == NULL)
    return FOR_ALL;
  counties = shy_county_registry_get_default (NULL);
  county = counties != NULL && code != NULL ? shy_county_registry_find (counties, code) : NULL;
  return county != NULL
             && shy_county_group_state (county, row->group, day, &changed) == SHY_COUNTY_STATE_MEMBER
           ? FOR_GROUP : FOR_NONE;
}

/* Whether the county would have to be known to tell which row of a day counts. */
static gboolean
hangs_on_county (const ShyPolicyTable *table, const GDate *day)
{
  for (guint i = 0; i < table->rows->len; i++)
    {
      const ShyPolicyRow *row = g_ptr_array_index (table->rows, i);

      if ((row->county != NULL || row->group != NULL)
          && shy_policy_dates_contain (&row->dates, day))
        return TRUE;
    }
  return FALSE;
}

static const ShyPolicyRow *
find_row (const ShyPolicyTable *table, const GDate *day, const char *code, gboolean *several)
{
  const ShyPolicyRow *found = NULL;
  int                 best = FOR_NONE;

  *several = FALSE;
  for (guint i = 0; i < table->rows->len; i++)
    {
      const ShyPolicyRow *row = g_ptr_array_index (table->rows, i);
      int                 rank = rank_row (row, day, code);

      if (rank == FOR_NONE || rank < best)
        continue;
      *several = rank == best;
      best = rank;
      found = row;
    }
  return found;
}

static ShyFeelValue *
new_doubt (const ShyPolicyTable *table, const ShyPolicyRow *row)
{
  g_autofree char *doubt = NULL;

  if (!shy_policy_clause_supports (row->clause))
    doubt = shy_policy_describe_doubt (row->clause, NULL);
  /* Translators: a value of a table that may not be relied on: the value, then the table. */
  return doubt != NULL
           ? shy_feel_value_new_error (_("%s in the table “%s” is not known well enough to decide by "
                                         "it: %s"), row->value, table->field.name, doubt)
           : shy_feel_value_new_error (_("%s in the table “%s” is not verified (未核实)"), row->value,
                                       table->field.name);
}

static ShyFeelValue *
new_gap (const ShyPolicyTable *table, const GDate *day, const char *code)
{
  ShyCountyRegistry *counties = shy_county_registry_get_default (NULL);
  ShyCounty         *county = counties != NULL && code != NULL
                                ? shy_county_registry_find (counties, code) : NULL;
  g_autofree char *text = shy_date_format (day);

  if (code == NULL)
    return shy_feel_value_new_error (_("The table “%s” has no value for %s"), table->field.name, text);
  return shy_feel_value_new_error (_("The table “%s” has no value for %s in %s"), table->field.name, text,
                                   county != NULL ? shy_county_get_name (county) : code);
}

static ShyFeelValue *
look_up (const ShyPolicyTable *table, const GDate *day, const char *code)
{
  gboolean            several;
  const ShyPolicyRow *row = find_row (table, day, code, &several);

  if (code == NULL && hangs_on_county (table, day))
    return shy_feel_value_new_error (_("The table “%s” has values for counties, but no county is "
                                       "given"), table->field.name);
  if (row == NULL)
    return new_gap (table, day, code);
  if (several)
    return shy_feel_value_new_error (_("The table “%s” has several values for one county and day"),
                                     table->field.name);
  if (!shy_policy_row_is_supported (row))
    return new_doubt (table, row);
  return shy_fact_to_value (table->field.type, row->value);
}

/* table value (table, on, county): what a table of the pack holds on a day in a county. */
ShyFeelValue *
shy_policy_table_value (ShyFeelValue *const *arguments, gsize n_arguments, gpointer user_data)
{
  GPtrArray            *tables = user_data;
  const char           *name = shy_feel_value_get_string (arguments[0]);
  const char           *county = shy_feel_value_get_string (arguments[2]);
  const ShyPolicyTable *table = NULL;
  GDate                 day;

  if (name != NULL && tables != NULL)
    table = shy_policy_find_part (tables, name);
  if (table == NULL || !shy_value_to_date (arguments[1], &day)
      || (county == NULL && !shy_feel_value_is_null (arguments[2])))
    return shy_feel_value_new_error (_("An argument of “%s” is missing or not of its type."),
                                     SHY_POLICY_TABLE_FUNCTION);
  return look_up (table, &day, county);
}
