/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-load-private.h"
#include "policy/shy-policy-parts-private.h"

#include <glib/gi18n-lib.h>

/* Reads the cases of a pack. */

static void
fail_unknown_name (ShyPolicyReader *reader, const ShyJson *json, GPtrArray *parts)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  const char           *nearest;

  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_add (known, *(char **) g_ptr_array_index (parts, i));
  g_ptr_array_add (known, NULL);
  nearest = shy_json_nearest (json->name, (char **) known->pdata);
  if (nearest != NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The pack has no “%s”. Did you mean “%s”?"), json->name, nearest);
  else
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The pack has no “%s”. Remove it or correct the name."), json->name);
}

static char *
read_fact_value (ShyPolicyReader *reader, const ShyJson *json)
{
  const ShyField *field = shy_policy_find_part (reader->policy->fields, json->name);

  if (field != NULL)
    return shy_policy_reader_value (reader, json, field);
  fail_unknown_name (reader, json, reader->policy->fields);
  return NULL;
}

static char *
read_setting_value (ShyPolicyReader *reader, const ShyJson *json)
{
  const ShyPolicySetting *setting = shy_policy_find_part (reader->policy->settings, json->name);

  if (setting != NULL)
    return shy_policy_reader_value (reader, json, &setting->field);
  fail_unknown_name (reader, json, reader->policy->settings);
  return NULL;
}

static GPtrArray *
read_values (ShyPolicyReader *reader,
             const ShyJson   *object,
             const char      *name,
             char *         (*read) (ShyPolicyReader *reader, const ShyJson *json))
{
  GPtrArray     *facts = g_ptr_array_new_with_free_func (shy_policy_fact_free);
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_OBJECT);

  for (guint i = 0; json != NULL && i < json->items->len && reader->json.error == NULL; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);
      ShyPolicyFact *fact = g_new0 (ShyPolicyFact, 1);

      fact->name = g_strdup (item->name);
      fact->value = read (reader, item);
      g_ptr_array_add (facts, fact);
    }
  return facts;
}

static gpointer
read_grant (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicyGrant *self;

  if (!shy_json_reader_object (&reader->json, json, "policy! date! amount year county person employer pending facts"))
    return NULL;
  self = g_new0 (ShyPolicyGrant, 1);
  self->policy = shy_json_reader_string (&reader->json, json, "policy");
  self->date = shy_policy_reader_date (reader, json, "date");
  self->year = (int) shy_json_reader_integer (&reader->json, json, "year", 1, 1);
  self->county = shy_policy_reader_county (reader, json, "county");
  self->person = shy_json_reader_string (&reader->json, json, "person");
  self->employer = shy_json_reader_string (&reader->json, json, "employer");
  self->pending = shy_json_reader_boolean (&reader->json, json, "pending", FALSE);
  self->facts = read_values (reader, json, "facts", read_fact_value);
  if (shy_json_get (json, "amount") != NULL)
    self->amount = shy_policy_reader_fen (reader, shy_json_get (json, "amount"));
  return self;
}

static GArray *
read_schedule (ShyPolicyReader *reader, const ShyJson *expect)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, expect, "schedule", SHY_JSON_ARRAY);
  GArray        *schedule;

  if (json == NULL)
    return NULL;
  schedule = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < json->items->len && reader->json.error == NULL; i++)
    {
      gint64 fen = shy_policy_reader_fen (reader, g_ptr_array_index (json->items, i));

      g_array_append_val (schedule, fen);
    }
  return schedule;
}

/* "group", "effective" and "basis" are checks that a verdict makes itself. */
static gboolean
is_known_criterion (ShyPolicy *policy, const char *id)
{
  return g_str_equal (id, "group") || g_str_equal (id, "effective") || g_str_equal (id, "basis") ||
         shy_policy_find_part (policy->criteria, id) != NULL || shy_policy_find_part (policy->limits, id) != NULL;
}

static void
read_expected (ShyPolicyReader *reader, const ShyJson *expect, ShyPolicyCase *self)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, expect, "criteria", SHY_JSON_OBJECT);

  for (guint i = 0; json != NULL && i < json->items->len && reader->json.error == NULL; i++)
    {
      const ShyJson     *item = g_ptr_array_index (json->items, i);
      ShyPolicyExpected *expected = g_new0 (ShyPolicyExpected, 1);

      expected->criterion = g_strdup (item->name);
      expected->result = shy_json_reader_word (&reader->json, json, item->name,
                                               "true false unknown person skipped", 0);
      g_ptr_array_add (self->criteria, expected);
      if (!is_known_criterion (reader->policy, item->name))
        fail_unknown_name (reader, item, reader->policy->criteria);
    }
}

static void
read_expect (ShyPolicyReader *reader, const ShyJson *object, ShyPolicyCase *self)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, "expect", SHY_JSON_OBJECT);
  const ShyJson *amount;

  if (json == NULL ||
      !shy_json_reader_object (&reader->json, json,
                               "outcome! amount schedule criteria missing warnings"))
    return;
  self->outcome = shy_json_reader_word (&reader->json, json, "outcome",
                                        "eligible not_eligible materials person", 0);
  amount = shy_json_get (json, "amount");
  if (amount != NULL && amount->kind != SHY_JSON_NULL)
    self->amount = shy_policy_reader_fen (reader, amount);
  self->schedule = read_schedule (reader, json);
  self->missing = shy_json_reader_strings (&reader->json, json, "missing");
  self->warnings = shy_json_reader_strings (&reader->json, json, "warnings");
  read_expected (reader, json, self);
}

gpointer
shy_policy_reader_case (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicyCase *self;

  if (!shy_json_reader_object (&reader->json, json,
                               "id! title county on! facts! settings history expect!"))
    return NULL;
  self = g_new0 (ShyPolicyCase, 1);
  self->id = shy_json_reader_string (&reader->json, json, "id");
  self->title = shy_policy_reader_text (reader, json, "title");
  self->county = shy_policy_reader_county (reader, json, "county");
  self->on = shy_policy_reader_date (reader, json, "on");
  self->facts = read_values (reader, json, "facts", read_fact_value);
  self->settings = read_values (reader, json, "settings", read_setting_value);
  self->history = g_ptr_array_new_with_free_func (shy_policy_grant_free);
  shy_policy_reader_list (reader, json, "history", read_grant, self->history);
  self->criteria = g_ptr_array_new_with_free_func (shy_policy_expected_free);
  self->amount = -1;
  read_expect (reader, json, self);
  return self;
}
