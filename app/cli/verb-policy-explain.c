/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-policy.h"

#include <glib/gi18n.h>

/* “policy explain”. */

/* The county that the facts name is the one that decides; another one cannot be asked for. */
static gboolean
settle_county (PolicyCall *call, ShyPolicy *policy, ShyFacts *facts, GError **error)
{
  const ShyField *field = shy_policy_get_county_field (policy);
  const char     *named = field != NULL ? shy_facts_get_text (facts, field->name) : NULL;

  if (named != NULL && call->county != NULL && !g_str_equal (named, call->county))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   /* Translators: a file, then two counties. */
                   _("“%s”: the application is for %s and not for %s, which --county asks for."),
                   call->facts, named, call->county);
      return FALSE;
    }
  if (named != NULL || call->county != NULL)
    {
      g_autofree char *county = g_strdup (named != NULL ? named : call->county);

      shy_facts_set_county (facts, county);
    }
  return TRUE;
}

static ShyFacts *
read_facts (PolicyCall *call, ShyPolicy *policy, GError **error)
{
  g_autoptr (ShyFacts) facts = NULL;
  g_autoptr (GBytes)   bytes = NULL;
  g_autoptr (GError)   local = NULL;
  char                *contents;
  gsize                length;

  if (!shy_file_get_contents (call->facts, &contents, &length, &local))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                   /* Translators: a file, then the system's reason. */
                   _("The facts “%s” cannot be read (%s). Check the path."), call->facts,
                   local->message);
      return NULL;
    }
  bytes = g_bytes_new_take (contents, length);
  facts = shy_facts_new_from_json (bytes, policy, &local);
  if (facts == NULL)
    {
      /* Translators: a file, then what is wrong in it. */
      g_propagate_prefixed_error (error, g_steal_pointer (&local), _("“%s”: "), call->facts);
      return NULL;
    }
  if (call->on != NULL || shy_facts_get_on (facts) == NULL)
    shy_facts_set_on (facts, &call->date);
  return settle_county (call, policy, facts, error) ? g_steal_pointer (&facts) : NULL;
}

/* What the plugins keep bears on the application too: as on those that stand in the database. */
static gboolean
tell_past (PolicyCall *call, ShyPolicy *policy, ShyFacts *facts, GError **error)
{
  g_autoptr (ShyEngine)  engine = NULL;
  g_autoptr (GListModel) rehearsals = NULL;
  g_autoptr (ShyStore)   store = NULL;

  if (!policy_open_store (call, &store, error))
    return FALSE;
  if (store == NULL)
    return TRUE;
  engine = shy_engine_new ();
  rehearsals = shy_engine_create_extensions (engine, SHY_TYPE_REHEARSAL);
  for (guint i = 0; i < g_list_model_get_n_items (rehearsals); i++)
    {
      g_autoptr (ShyRehearsal) rehearsal = g_list_model_get_item (rehearsals, i);

      if (!shy_rehearsal_tell_past (rehearsal, store, policy, facts, error))
        return FALSE;
    }
  return TRUE;
}

static void
add_origin (JsonObject *object, ShyPolicy *policy)
{
  json_object_set_boolean_member (object, "in_force", shy_policy_get_origin (policy) != NULL);
  shy_policy_origin_add (shy_policy_get_origin (policy), object);
  json_object_set_string_member (object, "digest", shy_policy_get_digest (policy));
}

static void
print_json (ShyVerdict *verdict, GPtrArray *changes)
{
  g_autoptr (JsonNode) root = shy_verdict_to_json (verdict);
  g_autofree char     *text = NULL;

  json_object_set_member (json_node_get_object (root), "changes", shy_changes_to_json (changes));
  add_origin (json_node_get_object (root), shy_verdict_get_policy (verdict));
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
}

static const char *
get_sign (ShyPolicyResult result)
{
  static const char *const signs[] = { "✓", "✗", "?", "…", "–" };

  return signs[result];
}

static void
print_source (const ShyPolicyClause *clause)
{
  const ShyPolicyDocument *document = clause != NULL ? clause->document : NULL;
  g_autoptr (GString)      source = g_string_new (NULL);

  if (document != NULL)
    g_string_append (source, shy_policy_document_get_caption (document));
  if (clause != NULL && clause->number != NULL)
    g_string_append_printf (source, " %s", clause->number);
  if (clause != NULL && clause->status == SHY_POLICY_UNVERIFIED)
    g_string_append (source, _(" (not verified)"));
  if (source->len > 0)
    g_print ("      %s\n", source->str);
}

static void
print_criteria (ShyVerdict *verdict)
{
  for (guint i = 0; i < shy_verdict_get_n_criteria (verdict); i++)
    {
      const ShyVerdictCriterion *criterion = shy_verdict_get_criterion (verdict, i);

      /* Translators: a sign, what a criterion is about, what became of it, the sentence. */
      g_print (_("  %s %s (%s): %s\n"), get_sign (criterion->result), criterion->title,
               shy_policy_result_to_label (criterion->result), criterion->message);
      if (criterion->reason != NULL)
        g_print ("      %s\n", criterion->reason);
      print_source (criterion->clause);
    }
  for (guint i = 0; i < shy_verdict_get_n_limits (verdict); i++)
    {
      const ShyVerdictLimit *limit = shy_verdict_get_limit (verdict, i);

      if (limit->message == NULL)
        continue;
      g_print ("  %s %s\n", get_sign (limit->result), limit->message);
      print_source (limit->limit->clause);
    }
}

static char *
format_yuan (gint64 fen)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", fen / 100, (int) (fen % 100));
}

static void
print_amount (ShyVerdict *verdict)
{
  gint64           amount = shy_verdict_get_amount (verdict);
  g_autofree char *total = format_yuan (amount);

  if (amount < 0)
    return;
  g_print (_("Amount: %s yuan\n"), total);
  for (guint i = 0; i < shy_verdict_get_n_years (verdict); i++)
    {
      g_autofree char *part = format_yuan (shy_verdict_get_year (verdict, i));

      g_print (_("  year %u: %s yuan\n"), i + 1, part);
    }
}

/* Names what is still asked for, with the paper that proves it. */
static void
print_missing (ShyVerdict *verdict, ShyPolicy *policy)
{
  const char *const *missing = shy_verdict_get_missing (verdict);

  if (missing[0] != NULL)
    g_print ("%s\n", _("Still needed"));
  for (gsize i = 0; missing[i] != NULL; i++)
    {
      const ShyField         *field = shy_policy_find_field (policy, missing[i]);
      const ShyPolicySetting *setting = shy_policy_find_setting (policy, missing[i]);

      if (setting != NULL)
        g_print (_("  %s (for the county to set)\n"), shy_text_get (setting->field.label));
      else if (field == NULL || field->material == NULL)
        g_print ("  %s\n", field != NULL ? shy_text_get (field->label) : missing[i]);
      else
        g_print (_("  %s (%s)\n"), shy_text_get (field->label),
                 shy_text_get (field->material));
    }
}

/* What somebody has to read again, before anybody is asked for anything. */
static void
print_unread (ShyVerdict *verdict, ShyPolicy *policy)
{
  const ShyFacts    *facts = shy_verdict_get_facts (verdict);
  const char *const *names = shy_verdict_get_unread (verdict);
  gboolean           any = FALSE;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      const ShyUnread *unread = shy_facts_lookup_unread (facts, names[i]);
      g_autofree char *ask = NULL;

      if (unread == NULL)
        continue;
      if (!any)
        g_print ("%s\n", _("To be read again"));
      any = TRUE;
      ask = shy_unread_describe (unread, shy_policy_find_field (policy, names[i]));
      g_print ("  %s\n", ask);
    }
}

static void
print_text (ShyVerdict *verdict, GPtrArray *changes)
{
  ShyPolicy *policy = shy_verdict_get_policy (verdict);
  char       day[32];

  g_print ("%s\n", shy_policy_outcome_to_label (shy_verdict_get_outcome (verdict)));
  g_print ("%s (%s %s)\n", shy_policy_get_title (policy), shy_policy_get_id (policy),
           shy_policy_get_version (policy));
  policy_print_origin (policy);
  if (shy_verdict_get_key_date (verdict) != NULL)
    {
      g_date_strftime (day, sizeof day, "%Y-%m-%d", shy_verdict_get_key_date (verdict));
      g_print (_("Key date: %s\n"), day);
    }
  print_amount (verdict);
  g_print ("%s\n", _("Criteria"));
  print_criteria (verdict);
  print_unread (verdict, policy);
  print_missing (verdict, policy);
  if (changes->len > 0)
    g_print ("%s\n", _("What would change it"));
  for (guint i = 0; i < changes->len; i++)
    g_print ("  %s\n", ((const ShyChange *) g_ptr_array_index (changes, i))->message);
  if (shy_verdict_get_n_warnings (verdict) > 0)
    g_print ("%s\n", _("Warnings"));
  for (guint i = 0; i < shy_verdict_get_n_warnings (verdict); i++)
    g_print ("  %s\n", shy_verdict_get_warning (verdict, i)->message);
}

static ShyVerdict *
decide (PolicyCall *call, const GDate *date, GError **error)
{
  g_autoptr (ShyPolicy) policy = policy_open (g_ptr_array_index (call->words, 0), date, error);
  g_autoptr (ShyFacts)  facts = NULL;

  if (policy == NULL || !shy_policy_check_cases (policy, error))
    return NULL;
  facts = read_facts (call, policy, error);
  return facts != NULL && tell_past (call, policy, facts, error)
           ? shy_policy_decide (policy, facts, error) : NULL;
}

/* The day of the decision opens a version of the policy, as for “check”; it may stand with the facts,
 * which only a policy can read. */
static ShyVerdict *
decide_for_day (PolicyCall *call, GError **error)
{
  g_autoptr (ShyVerdict) verdict = decide (call, &call->date, error);
  const GDate           *on = verdict != NULL ? shy_facts_get_on (shy_verdict_get_facts (verdict)) : NULL;

  return on == NULL || g_date_compare (on, &call->date) == 0 ? g_steal_pointer (&verdict)
                                                             : decide (call, on, error);
}

ShyCommandStatus
policy_explain (PolicyCall *call, GError **error)
{
  g_autoptr (ShyVerdict) verdict = NULL;
  g_autoptr (GPtrArray)  changes = NULL;

  if (call->facts == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("“policy explain” needs “--facts FILE.json”, the facts of one application."));
      return SHY_COMMAND_BAD;
    }
  verdict = decide_for_day (call, error);
  if (verdict == NULL)
    return SHY_COMMAND_BAD;
  changes = shy_verdict_find_changes (verdict, NULL);
  (call->json ? print_json : print_text) (verdict, changes);
  return shy_verdict_get_outcome (verdict) == SHY_POLICY_ELIGIBLE ? SHY_COMMAND_OK
                                                                  : SHY_COMMAND_NEGATIVE;
}
