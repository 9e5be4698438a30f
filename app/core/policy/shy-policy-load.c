/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-load-private.h"

#include "policy/shy-facts-policy.h"
#include "field/shy-field.h"
#include "policy/shy-policy-functions-private.h"
#include "policy/shy-policy-parts-private.h"
#include "policy/shy-policy-reader-private.h"
#include "policy/shy-policy-tables-private.h"

#include "identity/shy-paper.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* What the loader reads of format 1; data/policies/policy.schema.json says the same. */
#define FORMAT 1
#define PACK_MEMBERS "format! id! version! title! summary kind! subject documents! clauses! " \
                     "effective! key_date group settings tables fields! derived relations criteria! amount " \
                     "limits steps overrides cases imports imported $schema"

static char **
collect_ids (GPtrArray *parts)
{
  char **ids = g_new0 (char *, parts->len + 1);

  /* Each of these structs begins with its id. */
  for (guint i = 0; i < parts->len; i++)
    ids[i] = g_strdup (*(char **) g_ptr_array_index (parts, i));
  return ids;
}

/* Finds the part that a member names; the parts begin with their ids. */
gconstpointer
shy_policy_reader_named (ShyPolicyReader *reader, const ShyJson *json, GPtrArray *parts)
{
  g_auto (GStrv)   ids = NULL;
  g_autofree char *list = NULL;
  const char      *nearest;

  for (guint i = 0; i < parts->len; i++)
    if (g_str_equal (*(char **) g_ptr_array_index (parts, i), json->text))
      return g_ptr_array_index (parts, i);

  ids = collect_ids (parts);
  list = g_strjoinv (", ", ids);
  nearest = shy_json_nearest (json->text, ids);
  if (nearest != NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The pack has no “%s”. Did you mean “%s”? There are: %s."),
                          json->text, nearest, list);
  else
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The pack has no “%s”. There are: %s."), json->text, list);
  return NULL;
}

const ShyPolicyClause *
shy_policy_reader_clause (ShyPolicyReader *reader, const ShyJson *object)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, "clause", SHY_JSON_STRING);

  return json != NULL ? shy_policy_reader_named (reader, json, reader->policy->clauses) : NULL;
}

const ShyPolicyDocument *
shy_policy_reader_document (ShyPolicyReader *reader, const ShyJson *object)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, "document", SHY_JSON_STRING);

  return json != NULL ? shy_policy_reader_named (reader, json, reader->policy->documents) : NULL;
}

static ShyPolicyStatus
read_status (ShyPolicyReader *reader, const ShyJson *object)
{
  return shy_json_reader_word (&reader->json, object, "status", "verified unverified",
                               SHY_POLICY_VERIFIED);
}

static gpointer
read_document (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicyDocument *self;

  if (!shy_json_reader_object (&reader->json, json,
                               "id! title! number issuer date address confidence! note"))
    return NULL;
  self = g_new0 (ShyPolicyDocument, 1);
  self->id = shy_json_reader_string (&reader->json, json, "id");
  self->title = shy_json_reader_string (&reader->json, json, "title");
  self->number = shy_json_reader_string (&reader->json, json, "number");
  self->issuer = shy_json_reader_string (&reader->json, json, "issuer");
  self->date = shy_policy_reader_date (reader, json, "date");
  self->address = shy_json_reader_string (&reader->json, json, "address");
  shy_json_reader_word (&reader->json, json, "confidence", "A B C U", 0);
  self->confidence = shy_json_reader_string (&reader->json, json, "confidence");
  self->note = shy_policy_reader_text (reader, json, "note");
  return self;
}

static gpointer
read_clause (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicyClause *self;

  if (!shy_json_reader_object (&reader->json, json, "id! document number text! status!"))
    return NULL;
  self = g_new0 (ShyPolicyClause, 1);
  self->id = shy_json_reader_string (&reader->json, json, "id");
  self->document = shy_policy_reader_document (reader, json);
  self->number = shy_json_reader_string (&reader->json, json, "number");
  self->text = shy_policy_reader_text (reader, json, "text");
  self->status = read_status (reader, json);
  return self;
}

static const char types[] =
  "text number money date month boolean choice county resident-id credit-code bank-card mobile";

/* Reads what fields, settings and tables have in common. The words for types stand in their order. */
void
shy_policy_reader_field (ShyPolicyReader *reader, const ShyJson *json, ShyField *field)
{
  field->name = shy_json_reader_string (&reader->json, json, "name");
  field->label = shy_policy_reader_text (reader, json, "label");
  field->type = shy_json_reader_word (&reader->json, json, "type", types, SHY_FIELD_TEXT);
  field->values = shy_json_reader_strings (&reader->json, json, "values");
  field->unit = shy_json_reader_string (&reader->json, json, "unit");
  field->bounds.scale = -1;
  if ((field->type == SHY_FIELD_CHOICE) != (field->values != NULL && field->values[0] != NULL))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("There must be “values” exactly where the type is “choice”. Add or "
                            "remove them."));
}

/* Reads a value of a field. Only what is a number or a boolean may stand outside quotes. */
char *
shy_policy_reader_value (ShyPolicyReader *reader, const ShyJson *json, const ShyField *field)
{
  g_autofree char *text = shy_policy_reader_scalar (reader, json);
  gboolean         truth = json->kind == SHY_JSON_TRUE || json->kind == SHY_JSON_FALSE;
  gboolean         good;

  if (text == NULL)
    return NULL;
  good = truth ? field->type == SHY_FIELD_BOOLEAN
               : json->kind != SHY_JSON_NUMBER || shy_field_type_is_number (field->type);
  if (good && shy_field_accepts (field, text))
    return g_steal_pointer (&text);
  shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                        _("“%s” is no value of the type “%s”. Write it in the form of that type, "
                          "or null if it is unknown."),
                        text, shy_field_type_to_word (field->type));
  return NULL;
}

static char *
read_bound (ShyPolicyReader *reader, const ShyJson *object, const char *name, ShyFieldType type)
{
  const ShyJson *json = shy_json_get (object, name);

  if (json == NULL || json->kind == SHY_JSON_NULL)
    return NULL;
  if (shy_field_type_has_bounds (type))
    return shy_policy_reader_value (reader, json, &(ShyField) { .type = type });
  shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                        _("Only a number, an amount, a day or a month can have “%s”. Remove it."),
                        name);
  return NULL;
}

static void
read_bounds (ShyPolicyReader *reader, const ShyJson *json, ShyField *field)
{
  const ShyJson  *step = shy_json_get (json, "step");
  ShyFieldBounds *self = &field->bounds;
  ShyField        above = { .type = field->type, .bounds.scale = -1 };

  self->minimum = read_bound (reader, json, "minimum", field->type);
  self->maximum = read_bound (reader, json, "maximum", field->type);
  self->step = read_bound (reader, json, "step", field->type);
  self->scale = shy_json_reader_integer (&reader->json, json, "scale", 0, -1);
  above.bounds.maximum = self->maximum;
  if (reader->json.error != NULL)
    return;
  if (!shy_field_type_is_number (field->type) && (self->step != NULL || self->scale >= 0))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("Only a number or an amount can have “step” and “scale”. Remove them."));
  else if (self->step != NULL && (*self->step == '-' || strpbrk (self->step, "123456789") == NULL))
    shy_json_reader_fail (&reader->json, step, SHY_ERROR_INVALID,
                          _("“step” must be more than 0."));
  else if (self->minimum != NULL && self->maximum != NULL &&
           !shy_field_check_bounds (&above, self->minimum, NULL))
    shy_json_reader_fail (&reader->json, shy_json_get (json, "minimum"), SHY_ERROR_INVALID,
                          _("“minimum” is above “maximum”. Exchange or correct them."));
}

/* The pack's own value of a setting, in its canonical form and within the bounds. */
static char *
read_setting_value (ShyPolicyReader *reader, const ShyJson *json, const ShyPolicySetting *setting)
{
  g_autofree char   *text = NULL;
  g_autofree char   *value = NULL;
  g_autoptr (GError) error = NULL;

  text = shy_policy_reader_value (reader, json, &setting->field);
  if (text == NULL)
    return NULL;
  value = shy_field_type_normalize (setting->field.type, text, &error);
  if (value != NULL && shy_field_check_bounds (&setting->field, value, &error))
    return g_steal_pointer (&value);
  shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID, "%s", error->message);
  return NULL;
}

static gpointer
read_setting (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicySetting *self;
  const ShyJson    *value;

  if (!shy_json_reader_object (&reader->json, json,
                               "name! label! type! values unit minimum maximum step scale value "
                               "clause status!"))
    return NULL;
  self = g_new0 (ShyPolicySetting, 1);
  shy_policy_reader_field (reader, json, &self->field);
  read_bounds (reader, json, &self->field);
  self->clause = shy_policy_reader_clause (reader, json);
  self->status = read_status (reader, json);
  value = shy_json_get (json, "value");
  if (value != NULL)
    self->value = read_setting_value (reader, value, self);
  return self;
}

static GHashTable *
read_synonyms (ShyPolicyReader *reader, const ShyJson *object, ShyFieldType type, char **values)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, "synonyms", SHY_JSON_OBJECT);
  GHashTable    *synonyms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; json != NULL && i < json->items->len && reader->json.error == NULL; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);
      char          *value = shy_json_reader_string (&reader->json, json, item->name);

      if (value != NULL)
        g_hash_table_insert (synonyms, g_strdup (item->name), value);
      if (value != NULL && type != SHY_FIELD_CHOICE
          && !shy_field_accepts (&(ShyField) { .type = type }, value))
        shy_json_reader_fail (&reader->json, item, SHY_ERROR_INVALID,
                              _("“%s” is no value of the type “%s”. Write it in the form of that "
                                "type."), value, shy_field_type_to_word (type));
      if (value != NULL && type == SHY_FIELD_CHOICE
          && (values == NULL || !g_strv_contains ((const char *const *) values, value)))
        shy_json_reader_fail (&reader->json, item, SHY_ERROR_INVALID,
                              _("“%s” is none of the “values” of this field. Add it there or "
                                "write one of them."), value);
    }
  return synonyms;
}

/* The kinds of paper whose number a field may hold, as data/identity/papers.json calls them. */
static char **
read_papers (ShyPolicyReader *reader, const ShyJson *object, ShyFieldType type)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, "papers", SHY_JSON_ARRAY);
  char         **papers = shy_json_reader_strings (&reader->json, object, "papers");

  if (json != NULL && type != SHY_FIELD_RESIDENT_ID)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("Only a field of the type “resident-id” has “papers”. Remove them."));
  for (guint i = 0; papers != NULL && papers[i] != NULL; i++)
    if (shy_paper_get (papers[i]) == NULL)
      shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                            _("“%s” is no kind of paper in “identity/papers.json”. Write one of "
                              "those."), papers[i]);
  if (json == NULL)
    g_clear_pointer (&papers, g_strfreev);
  return papers;
}

/* Headers of columns whose cells hold two fields: 2024-03-01至2027-02-28. */
static void
read_period (ShyPolicyReader *reader, const ShyJson *object, ShyField *self)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, "period", SHY_JSON_OBJECT);

  if (json == NULL || !shy_json_reader_object (&reader->json, json, "headers! end"))
    return;
  self->periods = shy_json_reader_strings (&reader->json, json, "headers");
  self->period_end = shy_json_reader_string (&reader->json, json, "end");
  if (!shy_field_type_is_date (self->type))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("Only a date or a month begins a period. Remove “period”."));
}

/* Read behind the fields: the end of a period is one of them, of the same type. */
static void
check_periods (ShyPolicyReader *reader, const ShyJson *root)
{
  const ShyJson *fields = shy_json_get (root, "fields");

  for (guint i = 0; reader->json.error == NULL && i < reader->policy->fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (reader->policy->fields, i);
      const ShyField *end = field->period_end != NULL
                                    ? shy_policy_find_field (reader->policy, field->period_end) : NULL;

      if (field->period_end != NULL && (end == NULL || end == field || end->type != field->type))
        shy_json_reader_fail (&reader->json, g_ptr_array_index (fields->items, i), SHY_ERROR_INVALID,
                              _("“%s” is no other field of the same type, so no period ends there. Correct “end” of "
                                "“period”."), field->period_end);
    }
}

static gpointer
read_field (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyField *self;

  if (!shy_json_reader_object (&reader->json, json,
                               "name! label! aliases type! values synonyms unit minimum maximum "
                               "step scale required sensitive material help changeable papers grows "
                               "several repeats period"))
    return NULL;
  self = g_new0 (ShyField, 1);
  shy_policy_reader_field (reader, json, self);
  self->aliases = shy_json_reader_strings (&reader->json, json, "aliases");
  self->synonyms = read_synonyms (reader, json, self->type, self->values);
  read_bounds (reader, json, self);
  self->required = shy_json_reader_boolean (&reader->json, json, "required", FALSE);
  self->personal = shy_json_reader_boolean (&reader->json, json, "sensitive", FALSE);
  self->material = shy_policy_reader_text (reader, json, "material");
  self->help = shy_policy_reader_text (reader, json, "help");
  self->unchangeable = !shy_json_reader_boolean (&reader->json, json, "changeable", TRUE);
  self->papers = read_papers (reader, json, self->type);
  self->repeats = shy_json_reader_word (&reader->json, json, "repeats",
                                        "nothing birth-date sex age", SHY_FIELD_REPEATS_NOTHING);
  self->grows = shy_json_reader_boolean (&reader->json, json, "grows", FALSE);
  read_period (reader, json, self);
  self->several = shy_json_reader_boolean (&reader->json, json, "several", FALSE);
  if (self->several && shy_field_type_get_base (self->type) != SHY_FIELD_TEXT)
    shy_json_reader_fail (&reader->json, shy_json_get (json, "several"), SHY_ERROR_INVALID,
                          _("Only a text or a number that names somebody can be there several "
                            "times in one value. Remove “several”."));
  return self;
}

static gpointer
read_derived (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicyDerived *self;

  if (!shy_json_reader_object (&reader->json, json, "name! label expression!"))
    return NULL;
  self = g_new0 (ShyPolicyDerived, 1);
  self->name = shy_json_reader_string (&reader->json, json, "name");
  self->label = shy_policy_reader_text (reader, json, "label");
  self->expression = shy_policy_reader_expression (reader, json, "expression");
  return self;
}

static gpointer
read_relation (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicyRelation *self;

  if (!shy_json_reader_object (&reader->json, json, "id! condition! fields! text! clause"))
    return NULL;
  self = g_new0 (ShyPolicyRelation, 1);
  self->id = shy_json_reader_string (&reader->json, json, "id");
  self->condition = shy_policy_reader_expression (reader, json, "condition");
  self->fields = shy_json_reader_strings (&reader->json, json, "fields");
  self->text = shy_policy_reader_text (reader, json, "text");
  self->clause = shy_policy_reader_clause (reader, json);
  for (char **name = self->fields; name != NULL && *name != NULL && reader->json.error == NULL;
       name++)
    if (shy_policy_find_part (reader->policy->fields, *name) == NULL)
      shy_json_reader_fail (&reader->json, shy_json_get (json, "fields"), SHY_ERROR_NOT_FOUND,
                            _("There is no field “%s”. Write the name of one."), *name);
  if (reader->json.error == NULL && (self->fields == NULL || *self->fields == NULL))
    shy_json_reader_fail (&reader->json, shy_json_get (json, "fields"), SHY_ERROR_INVALID,
                          _("Name at least one field that is in doubt if the relation does not "
                            "hold."));
  return self;
}

static gpointer
read_criterion (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicyCriterion *self;

  if (!shy_json_reader_object (&reader->json, json,
                               "id! title! condition! refer skip_unless clause when_true! "
                               "when_false! when_unknown! when_person unknown!"))
    return NULL;
  self = g_new0 (ShyPolicyCriterion, 1);
  self->id = shy_json_reader_string (&reader->json, json, "id");
  self->title = shy_policy_reader_text (reader, json, "title");
  self->condition = shy_policy_reader_expression (reader, json, "condition");
  self->refer = shy_policy_reader_expression (reader, json, "refer");
  self->skip_unless = shy_policy_reader_expression (reader, json, "skip_unless");
  self->clause = shy_policy_reader_clause (reader, json);
  self->when_true = shy_policy_reader_text (reader, json, "when_true");
  self->when_false = shy_policy_reader_text (reader, json, "when_false");
  self->when_unknown = shy_policy_reader_text (reader, json, "when_unknown");
  self->when_person = shy_policy_reader_text (reader, json, "when_person");
  self->unknown = shy_json_reader_word (&reader->json, json, "unknown", "materials person",
                                        SHY_POLICY_UNKNOWN_PERSON);
  if (self->id != NULL && (g_str_equal (self->id, "group") || g_str_equal (self->id, "effective")
                           || g_str_equal (self->id, "basis")))
    shy_json_reader_fail (&reader->json, shy_json_get (json, "id"), SHY_ERROR_INVALID,
                          _("“%s” is what verdicts call a check of their own. Give the criterion "
                            "another id."), self->id);
  return self;
}

static ShyPolicyAmount *
read_amount (ShyPolicyReader *reader, const ShyJson *root)
{
  const ShyJson   *json = shy_json_reader_get (&reader->json, root, "amount", SHY_JSON_OBJECT);
  ShyPolicyAmount *self;

  if (json == NULL ||
      !shy_json_reader_object (&reader->json, json, "expression! unit clause schedule"))
    return NULL;
  self = g_new0 (ShyPolicyAmount, 1);
  self->expression = shy_policy_reader_expression (reader, json, "expression");
  self->schedule = shy_policy_reader_expression (reader, json, "schedule");
  self->unit = shy_json_reader_string (&reader->json, json, "unit");
  self->clause = shy_policy_reader_clause (reader, json);
  return self;
}

static gpointer
read_step (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicyStep *self;

  if (!shy_json_reader_object (&reader->json, json, "id! title! days unit clause status!"))
    return NULL;
  self = g_new0 (ShyPolicyStep, 1);
  self->id = shy_json_reader_string (&reader->json, json, "id");
  self->title = shy_policy_reader_text (reader, json, "title");
  self->days = (int) shy_json_reader_integer (&reader->json, json, "days", 0, -1);
  self->unit = shy_json_reader_word (&reader->json, json, "unit", "working calendar", 0);
  self->clause = shy_policy_reader_clause (reader, json);
  self->status = read_status (reader, json);
  return self;
}

static const ShyField *
read_subject_field (ShyPolicyReader *reader, const ShyJson *subject, const char *name)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, subject, name, SHY_JSON_STRING);

  return json != NULL ? shy_policy_reader_named (reader, json, reader->policy->fields) : NULL;
}

static void
read_subject (ShyPolicyReader *reader, const ShyJson *root)
{
  ShyPolicy     *self = reader->policy;
  const ShyJson *json = shy_json_reader_get (&reader->json, root, "subject", SHY_JSON_OBJECT);

  if (json == NULL || !shy_json_reader_object (&reader->json, json,
                                               "person paper birth name employer county"))
    return;
  self->person = read_subject_field (reader, json, "person");
  self->paper = read_subject_field (reader, json, "paper");
  self->birth = read_subject_field (reader, json, "birth");
  self->name = read_subject_field (reader, json, "name");
  self->employer = read_subject_field (reader, json, "employer");
  self->county = read_subject_field (reader, json, "county");
}

/* A birth date that is no date would never agree with another. */
static void
check_birth (ShyPolicyReader *reader, const ShyJson *root)
{
  const ShyField *birth = reader->policy->birth;

  if (reader->json.error == NULL && birth != NULL
      && shy_field_type_get_base (birth->type) != SHY_FIELD_DATE)
    shy_json_reader_fail (&reader->json, shy_json_get (shy_json_get (root, "subject"), "birth"),
                          SHY_ERROR_INVALID, _("The field “%s” is no date."), birth->name);
}

static void
read_group (ShyPolicyReader *reader, const ShyJson *root)
{
  ShyPolicy     *self = reader->policy;
  const ShyJson *json = shy_json_reader_get (&reader->json, root, "group", SHY_JSON_OBJECT);

  if (json == NULL || !shy_json_reader_object (&reader->json, json, "name! left! clause"))
    return;
  self->group = shy_json_reader_string (&reader->json, json, "name");
  self->left = shy_json_reader_word (&reader->json, json, "left", "warn person refuse", 0);
  self->group_clause = shy_policy_reader_clause (reader, json);
}

static void
read_effective (ShyPolicyReader *reader, const ShyJson *root)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, root, "effective", SHY_JSON_OBJECT);

  if (json == NULL || !shy_json_reader_object (&reader->json, json, "from until clause"))
    return;
  shy_policy_reader_dates (reader, json, &reader->policy->effective);
  reader->policy->effective_clause = shy_policy_reader_clause (reader, json);
}

static gboolean
check_format (ShyPolicyReader *reader, const ShyJson *root)
{
  const ShyJson *format;

  if (root->kind == SHY_JSON_OBJECT)
    {
      format = shy_json_reader_get (&reader->json, root, "format", SHY_JSON_NUMBER);
      if (format != NULL && !g_str_equal (format->text, G_STRINGIFY (FORMAT)))
        shy_json_reader_fail (&reader->json, format, SHY_ERROR_UNSUPPORTED,
                              _("This program reads packs of format %d, not %s. Get a program "
                                "or a pack that fits."), FORMAT, format->text);
    }
  return shy_json_reader_object (&reader->json, root, PACK_MEMBERS);
}

/* Only ids that can be typed in a shell and stand in a file name. */
static void
check_id (ShyPolicyReader *reader, const ShyJson *root)
{
  const char *id = reader->policy->id;
  gsize       good = id != NULL ? strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") : 0;

  if (id != NULL && (id[good] != '\0' || *id == '-'))
    shy_json_reader_fail (&reader->json, shy_json_get (root, "id"), SHY_ERROR_INVALID,
                          _("The id of a policy is made of the letters a to z, digits and "
                            "hyphens. Change “%s”."), id);
}

static void
read_head (ShyPolicyReader *reader, const ShyJson *root)
{
  ShyPolicy *self = reader->policy;

  self->id = shy_json_reader_string (&reader->json, root, "id");
  check_id (reader, root);
  self->version = shy_json_reader_string (&reader->json, root, "version");
  self->title = shy_policy_reader_text (reader, root, "title");
  self->summary = shy_policy_reader_text (reader, root, "summary");
  self->application =
    shy_json_reader_word (&reader->json, root, "kind", "application rule", 0) == 0;
}

static void
add_names (ShyPolicyReader   *reader,
           const ShyJson     *root,
           const char        *list,
           GPtrArray         *parts,
           ShyPolicyNameKind  kind)
{
  for (guint i = 0; i < parts->len && reader->json.error == NULL; i++)
    {
      const ShyJson *item = g_ptr_array_index (shy_json_get (root, list)->items, i);
      ShyPolicyName *name = g_new0 (ShyPolicyName, 1);

      name->name = *(char **) g_ptr_array_index (parts, i);
      name->kind = kind;
      name->index = i;
      if (g_hash_table_contains (reader->policy->names, name->name))
        shy_json_reader_fail (&reader->json, shy_json_get (item, "name"), SHY_ERROR_INVALID,
                              _("“%s” is already the name of a field, a setting, a derived value "
                                "or one of on, key, county, history. Choose another name."),
                              name->name);
      g_hash_table_replace (reader->policy->names, (gpointer) name->name, name);
    }
}

static void
add_own_names (GHashTable *names, const char *const *own, ShyPolicyNameKind kind)
{
  for (guint i = 0; own[i] != NULL; i++)
    {
      ShyPolicyName *name = g_new0 (ShyPolicyName, 1);

      name->name = own[i];
      name->kind = kind;
      name->index = i;
      g_hash_table_insert (names, (gpointer) name->name, name);
    }
}

static void
read_names (ShyPolicyReader *reader, const ShyJson *root)
{
  static const char *const builtins[] = { SHY_POLICY_NAME_ON, SHY_POLICY_NAME_KEY,
                                          SHY_POLICY_NAME_COUNTY, SHY_POLICY_NAME_HISTORY, NULL };
  ShyPolicy               *self = reader->policy;

  add_own_names (self->names, builtins, SHY_POLICY_NAME_BUILTIN);
  add_own_names (self->names, shy_policy_function_get_names (), SHY_POLICY_NAME_FUNCTION);
  add_names (reader, root, "fields", self->fields, SHY_POLICY_NAME_FIELD);
  add_names (reader, root, "settings", self->settings, SHY_POLICY_NAME_SETTING);
  add_names (reader, root, "derived", self->derived, SHY_POLICY_NAME_DERIVED);
  if (reader->json.error == NULL && g_hash_table_size (self->names) > SHY_POLICY_MAX_NAMES)
    shy_json_reader_fail (&reader->json, root, SHY_ERROR_LIMIT,
                          _("The pack has more than %d names of fields, settings and derived "
                            "values. Divide the policy."), SHY_POLICY_MAX_NAMES);
}

/* An import that is done. */
static gpointer
read_import (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicyImport *self;

  if (!shy_json_reader_object (&reader->json, json, "shared! version! digest!"))
    return NULL;
  self = g_new0 (ShyPolicyImport, 1);
  self->shared = shy_json_reader_string (&reader->json, json, "shared");
  self->version = shy_json_reader_string (&reader->json, json, "version");
  self->digest = shy_json_reader_string (&reader->json, json, "digest");
  return self;
}

static void
read_parts (ShyPolicyReader *reader, const ShyJson *root)
{
  ShyPolicy *self = reader->policy;
  const struct
  {
    const char       *list;
    const char       *key;
    ShyPolicyReadFunc read;
    GPtrArray        *into;
  } lists[] = {
    { "imported", "shared", read_import, self->imports },
    { "documents", "id", read_document, self->documents },
    { "clauses", "id", read_clause, self->clauses },
    { "settings", "name", read_setting, self->settings },
    { "tables", "name", shy_policy_reader_table, self->tables },
    { "fields", "name", read_field, self->fields },
    { "derived", "name", read_derived, self->derived },
    { "relations", "id", read_relation, self->relations },
    { "criteria", "id", read_criterion, self->criteria },
    { "steps", "id", read_step, self->steps },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      shy_policy_reader_list (reader, root, lists[i].list, lists[i].read, lists[i].into);
      shy_json_reader_unique (&reader->json, root, lists[i].list, lists[i].key);
    }
  for (guint i = 0; i < self->relations->len && reader->json.error == NULL; i++)
    {
      const ShyPolicyRelation *relation = g_ptr_array_index (self->relations, i);

      if (shy_policy_find_part (self->criteria, relation->id) != NULL)
        shy_json_reader_fail (&reader->json, shy_json_get (root, "relations"), SHY_ERROR_INVALID,
                              _("“%s” is the id of a criterion too. Give the relation another id."),
                              relation->id);
    }
  if (reader->json.error == NULL && self->criteria->len == 0)
    shy_json_reader_fail (&reader->json, shy_json_get (root, "criteria"), SHY_ERROR_INVALID,
                          _("The policy has no criteria, so everybody would be eligible. Add "
                            "at least one."));
}

/* Overrides and cases are about the names of the other parts, so they are read behind them. */
static void
read_users_of_names (ShyPolicyReader *reader, const ShyJson *root)
{
  ShyPolicy *self = reader->policy;

  shy_policy_reader_list (reader, root, "overrides", shy_policy_reader_override, self->overrides);
  shy_policy_reader_list (reader, root, "cases", shy_policy_reader_case, self->cases);
  shy_json_reader_unique (&reader->json, root, "cases", "id");
}

/* Reads all of a pack into @policy, which is new. */
gboolean
shy_policy_load (ShyPolicy *policy, const char *file, GError **error)
{
  ShyPolicyReader reader = { .json = { .file = file }, .policy = policy };
  const ShyJson  *root = shy_json_document_get_root (policy->json);

  reader.pending = g_ptr_array_new_with_free_func (g_free);
  if (check_format (&reader, root))
    {
      read_head (&reader, root);
      read_parts (&reader, root);
      check_periods (&reader, root);
      read_subject (&reader, root);
      check_birth (&reader, root);
      shy_policy_reader_limits (&reader, root);
      read_effective (&reader, root);
      read_group (&reader, root);
      policy->table_value = shy_policy_function_new_tables (policy->tables);
      policy->key_date = shy_policy_reader_expression (&reader, root, "key_date");
      policy->amount = read_amount (&reader, root);
      read_names (&reader, root);
      read_users_of_names (&reader, root);
      shy_policy_reader_parse (&reader);
    }
  g_ptr_array_unref (reader.pending);
  if (reader.json.error == NULL)
    return TRUE;
  g_propagate_error (error, reader.json.error);
  return FALSE;
}
