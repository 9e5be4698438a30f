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
  policy_add (json, "group", shy_policy_get_group (policy));
  json_builder_set_member_name (json, "unverified");
  json_builder_add_int_value (json, shy_policy_count_unverified (policy));
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
print_entry (const ShyPolicyEntry *entry)
{
  g_print ("  %s: %s%s%s%s", entry->id, entry->title, entry->clause != NULL ? "  [" : "",
           entry->clause != NULL ? entry->clause->id : "", entry->clause != NULL ? "]" : "");
  if (entry->mark != NULL)
    /* Translators: what is to be seen at once of a part of a policy. */
    g_print (_(" (%s)"), entry->mark);
  g_print ("\n");
  for (guint i = 0; i < entry->lines->len; i++)
    {
      const ShyPolicyLine *line = g_ptr_array_index (entry->lines, i);

      /* Translators: what a text of a policy is, and the text. */
      g_print (_("      %s: %s\n"), line->label, line->text);
    }
}

static void
print_section (GPtrArray *entries, ShyPolicySection section)
{
  gboolean first = TRUE;

  for (guint i = 0; i < entries->len; i++)
    {
      const ShyPolicyEntry *entry = g_ptr_array_index (entries, i);

      if (entry->section != section)
        continue;
      if (first)
        g_print ("%s\n", shy_policy_section_to_label (section));
      first = FALSE;
      print_entry (entry);
    }
}

static void
print_sections (ShyPolicy *policy)
{
  g_autoptr (GPtrArray) entries = shy_policy_list_entries (policy);

  for (guint section = 0; section < SHY_POLICY_N_SECTIONS; section++)
    print_section (entries, section);
}

static void
add_entry (JsonBuilder *json, const ShyPolicyEntry *entry)
{
  json_builder_begin_object (json);
  policy_add (json, "id", entry->id);
  policy_add (json, "title", entry->title);
  policy_add (json, "mark", entry->mark);
  policy_add (json, "clause", entry->clause != NULL ? entry->clause->id : NULL);
  json_builder_set_member_name (json, "lines");
  json_builder_begin_array (json);
  for (guint i = 0; i < entry->lines->len; i++)
    {
      const ShyPolicyLine *line = g_ptr_array_index (entry->lines, i);

      json_builder_begin_object (json);
      policy_add (json, "label", line->label);
      policy_add (json, "text", line->text);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
}

/* What the pack says is all read at once; its cases and checks take work. */
static GPtrArray *
list_section (ShyPolicy *policy, ShyPolicySection section)
{
  if (section == SHY_POLICY_SECTION_CASES)
    return shy_policy_list_cases (policy);
  if (section == SHY_POLICY_SECTION_CHECKS)
    return shy_policy_list_checks (policy);
  return shy_policy_list_entries (policy);
}

static gboolean
find_section (const char *word, ShyPolicySection *section, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < SHY_POLICY_N_SECTIONS; i++)
    {
      if (g_str_equal (word, shy_policy_section_to_word (i)))
        {
          *section = i;
          return TRUE;
        }
      g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", shy_policy_section_to_word (i));
    }
  g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
               _("A policy has no section “%s”. There are: %s."), word, known->str);
  return FALSE;
}

static ShyCommandStatus
show_section (PolicyCall *call, ShyPolicy *policy, GError **error)
{
  g_autoptr (GPtrArray)   entries = NULL;
  g_autoptr (JsonBuilder) json = json_builder_new ();
  ShyPolicySection        section;

  if (!find_section (call->section, &section, error))
    return SHY_COMMAND_BAD;
  if (call->county != NULL && section >= SHY_POLICY_SECTION_CASES)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("The cases and checks are those of the pack, for no county. Leave out “--county”."));
      return SHY_COMMAND_BAD;
    }
  entries = list_section (policy, section);
  if (!call->json)
    {
      print_section (entries, section);
      return SHY_COMMAND_OK;
    }
  json_builder_begin_array (json);
  for (guint i = 0; i < entries->len; i++)
    if (((ShyPolicyEntry *) g_ptr_array_index (entries, i))->section == section)
      add_entry (json, g_ptr_array_index (entries, i));
  json_builder_end_array (json);
  policy_print (json);
  return SHY_COMMAND_OK;
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
  if (call->section != NULL)
    return show_section (call, policy, error);
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
  print_sections (policy);
  return SHY_COMMAND_OK;
}

typedef struct
{
  const char *policy;
  GPtrArray  *decisions; /* (owned) */
} Decisions;

static gboolean
list_decisions_job (ShyConnection *connection, gpointer data, GCancellable *cancellable,
                    GError **error)
{
  Decisions *self = data;

  self->decisions = shy_county_settings_list_decisions (connection, self->policy, error);
  return self->decisions != NULL;
}

static void
add_decision (JsonBuilder *json, const ShyCountyDecision *decision)
{
  json_builder_begin_object (json);
  policy_add (json, "time", decision->time);
  policy_add (json, "actor", decision->actor);
  policy_add (json, "county", decision->county);
  policy_add (json, "name", decision->name);
  policy_add (json, "value", decision->value);
  policy_add (json, "source", decision->source);
  json_builder_end_object (json);
}

static void
print_decision (const ShyCountyDecision *decision)
{
  g_print ("%s\t%s\t%s\t%s\t%s\t%s\n", decision->time, decision->actor, decision->county,
           decision->name, decision->value != NULL ? decision->value : _("taken back"),
           decision->source != NULL ? decision->source : "");
}

/* “policy decisions”: what counties decided, the latest first. */
ShyCommandStatus
policy_decisions (PolicyCall *call, GError **error)
{
  g_autoptr (ShyPolicy)   policy =
    policy_open (g_ptr_array_index (call->words, 0), &call->date, error);
  g_autoptr (ShyStore)    store = NULL;
  g_autoptr (GPtrArray)   list = NULL;
  g_autoptr (JsonBuilder) json = json_builder_new ();
  Decisions               decisions = { NULL, NULL };

  if (policy == NULL || !policy_open_store (call, &store, error))
    return SHY_COMMAND_BAD;
  decisions.policy = shy_policy_get_id (policy);
  if (store != NULL
      && !shy_store_run (store, SHY_STORE_READ, list_decisions_job, &decisions, NULL, error))
    return SHY_COMMAND_BAD;

  list = decisions.decisions != NULL ? decisions.decisions : g_ptr_array_new ();
  json_builder_begin_array (json);
  for (guint i = 0; i < list->len; i++)
    {
      const ShyCountyDecision *decision = g_ptr_array_index (list, i);

      if (call->county != NULL && !g_str_equal (decision->county, call->county))
        continue;
      if (call->json)
        add_decision (json, decision);
      else
        print_decision (decision);
    }
  json_builder_end_array (json);
  if (call->json)
    policy_print (json);
  return SHY_COMMAND_OK;
}
