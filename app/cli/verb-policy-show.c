/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-policy.h"

#include <glib/gi18n.h>

/* “policy list” and “policy show”. */

static char *
format_day (const GDate *date)
{
  char text[32];

  if (date == NULL)
    return g_strdup ("…");
  g_date_strftime (text, sizeof text, "%Y-%m-%d", date);
  return g_strdup (text);
}

static void
add_day (JsonBuilder *json, const char *name, const GDate *date)
{
  g_autofree char *text = format_day (date);

  policy_add (json, name, date != NULL ? text : NULL);
}

static void
add_head (JsonBuilder *json, ShyPolicy *policy)
{
  const ShyPolicyDates *dates = shy_policy_get_effective (policy);

  policy_add (json, "id", shy_policy_get_id (policy));
  policy_add (json, "version", shy_policy_get_version (policy));
  policy_add (json, "title", shy_policy_get_title (policy));
  policy_add (json, "kind", shy_policy_is_application (policy) ? "application" : "rule");
  add_day (json, "from", dates->from);
  add_day (json, "until", dates->until);
  policy_add (json, "file", shy_policy_get_file (policy));
}

/* By whose word it decides, and by which text. */
static void
add_origin (JsonBuilder *json, ShyPolicy *policy)
{
  const ShyPolicyOrigin *origin = shy_policy_get_origin (policy);

  policy_add (json, "origin", shy_policy_origin_to_word (origin));
  policy_add (json, "signer", origin->kind == SHY_POLICY_SIGNED ? origin->by : NULL);
  policy_add (json, "adopted_by", origin->kind == SHY_POLICY_LOCAL ? origin->by : NULL);
  policy_add (json, "digest", shy_policy_get_digest (policy));
}

static void
print_list_json (ShyPolicyRegistry *registry)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  GPtrArray              *policies = shy_policy_registry_get_policies (registry);

  json_builder_begin_array (json);
  for (guint i = 0; i < policies->len; i++)
    {
      json_builder_begin_object (json);
      add_head (json, g_ptr_array_index (policies, i));
      add_origin (json, g_ptr_array_index (policies, i));
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  policy_print (json);
}

ShyCommandStatus
policy_list (PolicyCall *call, GError **error)
{
  g_autoptr (ShyPolicyRegistry) registry = policy_load (error);
  GPtrArray                    *policies;

  if (registry == NULL)
    return SHY_COMMAND_BAD;
  policies = shy_policy_registry_get_policies (registry);
  if (call->json)
    print_list_json (registry);
  for (guint i = 0; !call->json && i < policies->len; i++)
    {
      ShyPolicy            *policy = g_ptr_array_index (policies, i);
      const ShyPolicyDates *dates = shy_policy_get_effective (policy);
      g_autofree char      *from = format_day (dates->from);
      g_autofree char      *until = format_day (dates->until);
      g_autofree char      *whose = shy_policy_origin_to_label (shy_policy_get_origin (policy));

      /* Translators: id, version, first and last day, title of a policy, by whose word it decides, and
         the beginning of the digest of its text. */
      g_print (_("%-28s %-10s %s to %s  %s  [%s, %.12s]\n"), shy_policy_get_id (policy),
               shy_policy_get_version (policy), from, until,
               shy_policy_get_title (policy), whose,
               shy_policy_get_digest (policy));
    }
  return SHY_COMMAND_OK;
}

static const char *
describe_status (ShyPolicyStatus status)
{
  return status == SHY_POLICY_VERIFIED ? "" : _(" (not verified)");
}

static void
print_clause (const ShyPolicyClause *clause)
{
  const ShyPolicyDocument *document = clause->document;

  g_print ("  [%s] %s%s%s%s\n", clause->id,
           document != NULL ? shy_policy_document_get_caption (document) : "",
           clause->number != NULL ? " " : "", clause->number != NULL ? clause->number : "",
           describe_status (clause->status));
  g_print ("      %s\n", shy_text_get (clause->text));
}

static void
print_field (const ShyField *field)
{
  g_print ("  %s (%s%s%s)%s", field->name, shy_field_type_to_word (field->type),
           field->unit != NULL ? ", " : "", field->unit != NULL ? field->unit : "",
           field->required ? " *" : "");
  if (field->material != NULL)
    g_print (" — %s", shy_text_get (field->material));
  g_print ("\n");
}

static void
print_setting (const ShyPolicySetting *setting)
{
  g_print ("  %s (%s) = %s%s\n", setting->field.name, shy_field_type_to_word (setting->field.type),
           setting->value != NULL ? setting->value : _("not set"),
           describe_status (setting->status));
}

static void
print_row (const ShyPolicyTable *table, const ShyPolicyRow *row)
{
  g_autofree char         *from = format_day (row->dates.from);
  g_autofree char         *until = format_day (row->dates.until);
  const char              *place = row->county != NULL ? row->county : row->group;
  const ShyPolicyDocument *document = row->document;

  if (document == NULL && row->clause != NULL)
    document = row->clause->document;
  /* Translators: a row of a table: first and last day, where it holds, the value with its unit, then
     the clause, the document and whether it is verified. */
  g_print (_("      %s to %s, %s: %s%s  [%s] %s%s\n"), from, until,
           place != NULL ? place : _("everywhere"), row->value,
           table->field.unit != NULL ? table->field.unit : "", row->clause != NULL ? row->clause->id : "",
           document != NULL ? shy_policy_document_get_caption (document) : "",
           describe_status (row->status));
}

static void
print_tables (ShyPolicy *policy)
{
  GPtrArray *tables = shy_policy_get_tables (policy);

  if (tables->len > 0)
    g_print ("%s\n", _("Tables"));
  for (guint i = 0; i < tables->len; i++)
    {
      const ShyPolicyTable *table = g_ptr_array_index (tables, i);

      g_print ("  %s (%s)\n", table->field.name, shy_field_type_to_word (table->field.type));
      for (guint j = 0; j < table->rows->len; j++)
        print_row (table, g_ptr_array_index (table->rows, j));
    }
}

static void
print_imports (ShyPolicy *policy)
{
  GPtrArray *imports = shy_policy_get_imports (policy);

  if (imports->len > 0)
    g_print ("%s\n", _("Shared with other policies"));
  for (guint i = 0; i < imports->len; i++)
    {
      const ShyPolicyImport *import = g_ptr_array_index (imports, i);

      g_print ("  %s %s  [%.12s]\n", import->shared, import->version, import->digest);
    }
}

static void
print_amount (ShyPolicy *policy)
{
  const ShyPolicyAmount *amount = shy_policy_get_amount (policy);

  if (amount == NULL)
    return;
  g_print ("%s\n", _("Amount"));
  g_print ("  %s %s  [%s]\n", shy_policy_expression_get_text (amount->expression),
           amount->unit != NULL ? amount->unit : "",
           amount->clause != NULL ? amount->clause->id : "");
  if (amount->schedule != NULL)
    g_print (_("  by years: %s\n"), shy_policy_expression_get_text (amount->schedule));
}

static void
print_limits (ShyPolicy *policy)
{
  GPtrArray *limits = shy_policy_get_limits (policy);

  if (limits->len > 0)
    g_print ("%s\n", _("Limits"));
  for (guint i = 0; i < limits->len; i++)
    {
      const ShyPolicyLimit *limit = g_ptr_array_index (limits, i);
      g_autofree char      *what = shy_policy_limit_describe (limit);
      g_autofree char      *policies = g_strjoinv (", ", limit->policies);

      /* Translators: what a limit allows, then the policies it counts. */
      g_print (_("  %s: %s (%s)  [%s]\n"), limit->id, what, policies,
               limit->clause != NULL ? limit->clause->id : "");
    }
}

static void
print_overrides (ShyPolicy *policy)
{
  GPtrArray *overrides = shy_policy_get_overrides (policy);

  if (overrides->len > 0)
    g_print ("%s\n", _("Different in some counties"));
  for (guint i = 0; i < overrides->len; i++)
    {
      const ShyPolicyOverride *override = g_ptr_array_index (overrides, i);
      g_autofree char         *from = format_day (override->dates.from);
      g_autofree char         *until = format_day (override->dates.until);

      /* Translators: a county's code, first and last day, the document. */
      g_print (_("  %s, %s to %s: %s\n"), override->county, from, until,
               override->document->title);
    }
}

static void
print_parts (ShyPolicy *policy)
{
  GPtrArray *fields = shy_policy_get_fields (policy);
  GPtrArray *settings = shy_policy_get_settings (policy);
  GPtrArray *criteria = shy_policy_get_criteria (policy);
  GPtrArray *clauses = shy_policy_get_clauses (policy);

  g_print ("%s\n", _("Criteria"));
  for (guint i = 0; i < criteria->len; i++)
    {
      const ShyPolicyCriterion *criterion = g_ptr_array_index (criteria, i);

      g_print ("  %s: %s  [%s]\n", criterion->id, shy_text_get (criterion->title),
               criterion->clause != NULL ? criterion->clause->id : "");
      g_print ("      %s\n", shy_policy_expression_get_text (criterion->condition));
    }
  print_amount (policy);
  print_limits (policy);
  print_overrides (policy);
  print_tables (policy);
  g_print ("%s\n", _("Clauses"));
  for (guint i = 0; i < clauses->len; i++)
    print_clause (g_ptr_array_index (clauses, i));
  g_print ("%s\n", _("Fields"));
  for (guint i = 0; i < fields->len; i++)
    print_field (g_ptr_array_index (fields, i));
  if (settings->len > 0)
    g_print ("%s\n", _("Set by the county"));
  for (guint i = 0; i < settings->len; i++)
    print_setting (g_ptr_array_index (settings, i));
}

static void
print_documents (ShyPolicy *policy)
{
  GPtrArray *documents = shy_policy_get_documents (policy);

  g_print ("%s\n", _("Documents"));
  for (guint i = 0; i < documents->len; i++)
    {
      const ShyPolicyDocument *document = g_ptr_array_index (documents, i);

      g_print ("  %s %s (%s)\n", document->title, document->number != NULL ? document->number : "",
               document->confidence);
    }
}

typedef struct
{
  const char *policy;
  GHashTable *counties; /* (owned) */
} Settings;

static gboolean
load_settings_job (ShyConnection *connection, gpointer data, GCancellable *cancellable,
                   GError **error)
{
  Settings *self = data;

  self->counties = shy_county_settings_load (connection, self->policy, error);
  return self->counties != NULL;
}

/* What the county set, as far as the database knows; @own is NULL if it set nothing. */
static gboolean
load_settings (PolicyCall *call, ShyPolicy *policy, GHashTable **own, GError **error)
{
  g_autoptr (ShyStore)   store = NULL;
  g_autoptr (GHashTable) counties = NULL;
  Settings               settings = { shy_policy_get_id (policy) };
  GHashTable            *found;

  *own = NULL;
  if (!policy_open_store (call, &store, error))
    return FALSE;
  if (store == NULL)
    return TRUE;
  if (!shy_store_run (store, SHY_STORE_READ, load_settings_job, &settings, NULL, error))
    return FALSE;

  counties = settings.counties;
  found = g_hash_table_lookup (counties, call->county);
  if (found != NULL)
    *own = g_hash_table_ref (found);
  return TRUE;
}

/* A pack whose own cases fail can be read, but decides nothing, here and everywhere. */
static void
warn_of_cases (ShyPolicy *policy)
{
  g_autoptr (GError) error = NULL;

  if (!shy_policy_check_cases (policy, &error))
    g_printerr ("%s\n", error->message);
}

/* Opens the policy, as it holds in a county if one is named. */
static ShyPolicy *
open_shown (PolicyCall *call, GError **error)
{
  g_autoptr (ShyPolicy) policy =
    policy_open (g_ptr_array_index (call->words, 0), &call->date, error);
  g_autoptr (GHashTable) settings = NULL;

  if (policy == NULL)
    return NULL;
  warn_of_cases (policy);
  if (call->county == NULL)
    return g_steal_pointer (&policy);
  if (!load_settings (call, policy, &settings, error))
    return NULL;
  return shy_policy_resolve (policy, call->county, &call->date, settings, error);
}

ShyCommandStatus
policy_show (PolicyCall *call, GError **error)
{
  g_autoptr (ShyPolicy) policy = open_shown (call, error);
  g_autofree char      *json = NULL;

  if (policy == NULL)
    return SHY_COMMAND_BAD;
  if (call->json)
    {
      json = shy_policy_to_json (policy);
      g_print ("%s\n", json);
      return SHY_COMMAND_OK;
    }
  g_print ("%s  %s %s\n", shy_policy_get_title (policy), shy_policy_get_id (policy),
           shy_policy_get_version (policy));
  policy_print_origin (policy);
  if (shy_policy_get_summary (policy) != NULL)
    g_print ("%s\n", shy_policy_get_summary (policy));
  print_imports (policy);
  print_documents (policy);
  print_parts (policy);
  return SHY_COMMAND_OK;
}
