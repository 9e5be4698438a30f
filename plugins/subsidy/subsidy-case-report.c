/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-case-report.h"

#include "subsidy-row.h"
#include "subsidy-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* As many digits of a digest as a person compares. */
#define DIGITS 12

/* By whose word the very text of a policy decides, and the digits by which a person tells that text
 * from another. */
static char *
describe_text (const ShyPolicyOrigin *origin,
               const char            *digest)
{
  g_autofree char *whose = origin != NULL ? shy_policy_origin_to_label (origin)
                                          : g_strdup (_("by whose word was not kept"));
  g_autofree char *digits = digest != NULL ? g_strndup (digest, DIGITS) : g_strdup (_("not kept"));

  /* Translators: by whose word a policy decides, digits of the digest of its text. */
  return g_strdup_printf (_("Text of the policy: %s, digest %s"), whose, digits);
}

/* subsidy_case_describe_decided: when, by whom, for which day and by which policy what is stored was
 * decided; on a second line what tells its text from others. */
char *
subsidy_case_describe_decided (SubsidyCase *self)
{
  g_autofree char *text = describe_text (subsidy_case_get_origin (self),
                                         subsidy_case_get_digest (self));
  g_autofree char *day = g_strndup (subsidy_case_get_decided_at (self), strlen ("2025-06-30"));

  /* Translators: a day, a login name, a day, the title and version of a policy, then the line “Text of
   * the policy: …”. */
  return g_strdup_printf (_("As decided on %s by %s, for %s, by “%s” %s\n%s"), day,
                          subsidy_case_get_actor (self), subsidy_case_get_decided_on (self),
                          subsidy_case_get_title (self), subsidy_case_get_version (self), text);
}

/* subsidy_case_describe_outcome: what is stored, with the amount. */
char *
subsidy_case_describe_outcome (SubsidyCase *self)
{
  g_autofree char *label = NULL;
  g_autofree char *amount = NULL;

  g_object_get (self, "outcome-label", &label, "amount-text", &amount, NULL);
  return amount == NULL ? g_steal_pointer (&label)
                        /* Translators: an outcome, then how many yuan. */
                        : g_strdup_printf (_("%s, %s yuan"), label, amount);
}

/* subsidy_case_describe_today: for which day and by which policy it would be decided now; on a second
 * line what tells its text from others. */
char *
subsidy_case_describe_today (SubsidyCase *self,
                             ShyVerdict  *verdict)
{
  ShyPolicy       *policy = shy_verdict_get_policy (verdict);
  g_autofree char *text = describe_text (shy_policy_get_origin (policy),
                                         shy_policy_get_digest (policy));
  char             day[sizeof "2025-06-30"];

  g_date_strftime (day, sizeof day, "%Y-%m-%d",
                   shy_facts_get_on (shy_verdict_get_facts (verdict)));
  /* Translators: a day, the title and version of a policy, then the line “Text of the policy: …”. */
  return g_strdup_printf (_("As of today, for %s, by “%s” %s\n%s"), day,
                          shy_policy_get_title (policy), shy_policy_get_version (policy), text);
}

static void
take_judgement (SubsidyRecord *record,
                ShyVerdict    *verdict)
{
  record->outcome = (SubsidyOutcome) shy_verdict_get_outcome (verdict);
  if (record->outcome == SUBSIDY_ELIGIBLE)
    record->amount = MAX (shy_verdict_get_amount (verdict), 0);
  record->reason = subsidy_verdict_dup_reason (verdict);
}

static SubsidyTurn *
compare (SubsidyCase *self,
         ShyVerdict  *verdict)
{
  g_auto (SubsidyRecord) now = { 0 };
  SubsidyRecord          stored = { .outcome = subsidy_case_get_outcome (self),
                                    .amount = subsidy_case_get_amount (self) };

  take_judgement (&now, verdict);
  return subsidy_turn_new (&stored, &now, subsidy_case_get_id (self));
}

/* subsidy_case_describe_difference: how today's answer differs from what is stored; NULL if it is the
 * same. */
char *
subsidy_case_describe_difference (SubsidyCase *self,
                                  ShyVerdict  *verdict)
{
  g_autoptr (SubsidyTurn) turn = compare (self, verdict);

  return turn != NULL ? subsidy_turn_to_sentence (turn) : NULL;
}

static void
print_indented (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      g_print ("  %s\n", *line);
}

static void
print_judgement (JsonObject *verdict)
{
  g_autofree char *reasons = subsidy_words_reasons (verdict);
  g_autofree char *missing = subsidy_words_missing (verdict);
  g_autofree char *warnings = subsidy_words_warnings (verdict);

  g_print ("  %s\n", json_object_get_string_member_with_default (verdict, "label", ""));
  print_indented (reasons);
  if (*missing != '\0')
    {
      /* Translators: a list of fields. */
      g_autofree char *line = g_strdup_printf (_("Missing: %s"), missing);

      print_indented (line);
    }
  print_indented (warnings);
}

static void
print_withdrawal (SubsidyCase *self)
{
  if (subsidy_case_get_withdrawn_at (self) != NULL)
    /* Translators: a time, then the reason. */
    g_print (_("Withdrawn at %s: %s\n"), subsidy_case_get_withdrawn_at (self),
             subsidy_case_get_withdrawn_for (self));
}

static void
print_today (SubsidyCase *self,
             ShyVerdict  *today)
{
  g_autofree char     *head = subsidy_case_describe_today (self, today);
  g_autofree char     *difference = subsidy_case_describe_difference (self, today);
  g_autofree char     *text = subsidy_verdict_to_json (today, NULL, NULL);
  g_autoptr (JsonNode) verdict = shy_json_node_from_text (text, -1, NULL);

  g_print ("%s\n", head);
  print_judgement (json_node_get_object (verdict));
  if (difference == NULL)
    g_print ("%s\n", _("Both come to the same."));
  else
    /* Translators: “an outcome → another outcome (why)”. */
    g_print (_("Difference: %s\n"), difference);
}

/* subsidy_case_print_text: @today may be NULL, then @unusable says why. */
void
subsidy_case_print_text (SubsidyCase  *self,
                         ShyVerdict   *today,
                         const GError *unusable)
{
  g_autofree char *head = subsidy_case_describe_decided (self);

  g_print (_("Application %d\n"), (int) subsidy_case_get_id (self));
  print_withdrawal (self);
  g_print ("%s\n", head);
  print_judgement (subsidy_case_get_verdict (self));
  if (today != NULL)
    print_today (self, today);
  else
    /* Translators: the reason. */
    g_print (_("As of today it cannot be decided: %s\n"), unusable->message);
}

static JsonObject *
copy_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char     *text = json_to_string (node, FALSE);
  g_autoptr (JsonNode) copy = shy_json_node_from_text (text, -1, NULL);

  return json_object_ref (json_node_get_object (copy));
}

static JsonObject *
decided_to_json (SubsidyCase *self)
{
  JsonObject *object = copy_object (subsidy_case_get_verdict (self));

  json_object_set_string_member (object, "policy", subsidy_case_get_policy (self));
  json_object_set_string_member (object, "version", subsidy_case_get_version (self));
  json_object_set_string_member (object, "digest", subsidy_case_get_digest (self));
  shy_policy_origin_add (subsidy_case_get_origin (self), object);
  json_object_set_string_member (object, "on", subsidy_case_get_decided_on (self));
  json_object_set_string_member (object, "decided_at", subsidy_case_get_decided_at (self));
  json_object_set_string_member (object, "actor", subsidy_case_get_actor (self));
  return object;
}

static JsonObject *
today_to_json (ShyVerdict *today)
{
  ShyPolicy           *policy = shy_verdict_get_policy (today);
  g_autofree char     *text = subsidy_verdict_to_json (today, NULL, NULL);
  g_autoptr (JsonNode) node = shy_json_node_from_text (text, -1, NULL);
  JsonObject          *object = json_object_ref (json_node_get_object (node));
  char                 day[sizeof "2025-06-30"];

  g_date_strftime (day, sizeof day, "%Y-%m-%d", shy_facts_get_on (shy_verdict_get_facts (today)));
  json_object_set_string_member (object, "policy", shy_policy_get_id (policy));
  json_object_set_string_member (object, "version", shy_policy_get_version (policy));
  json_object_set_string_member (object, "digest", shy_policy_get_digest (policy));
  shy_policy_origin_add (shy_policy_get_origin (policy), object);
  json_object_set_string_member (object, "on", day);
  return object;
}

static void
add_today (JsonObject   *object,
           SubsidyCase  *self,
           ShyVerdict   *today,
           const GError *unusable)
{
  SubsidyTurn *turn = today != NULL ? compare (self, today) : NULL;

  if (today != NULL)
    json_object_set_object_member (object, "as_of_today", today_to_json (today));
  else
    json_object_set_null_member (object, "as_of_today");
  if (unusable != NULL)
    json_object_set_string_member (object, "reason", unusable->message);
  if (turn != NULL)
    {
      g_autofree char *sentence = subsidy_turn_to_sentence (turn);
      JsonObject      *difference = subsidy_turn_to_json (turn);

      json_object_set_string_member (difference, "sentence", sentence);
      json_object_set_object_member (object, "difference", difference);
    }
  else
    json_object_set_null_member (object, "difference");
  subsidy_turn_free (turn);
}

static JsonObject *
case_to_json (SubsidyCase *self)
{
  JsonObject          *object = json_object_new ();
  g_autofree char     *facts = subsidy_facts_to_json (subsidy_case_get_facts (self));
  g_autoptr (JsonNode) array = shy_json_node_from_text (facts, -1, NULL);
  JsonObject          *withdrawn;

  json_object_set_int_member (object, "application", subsidy_case_get_id (self));
  json_object_set_int_member (object, "revision", subsidy_case_get_revision (self));
  json_object_set_string_member (object, "county", subsidy_case_get_county (self));
  json_object_set_null_member (object, "withdrawn");
  if (subsidy_case_get_withdrawn_at (self) != NULL)
    {
      withdrawn = json_object_new ();
      json_object_set_string_member (withdrawn, "at", subsidy_case_get_withdrawn_at (self));
      json_object_set_string_member (withdrawn, "reason", subsidy_case_get_withdrawn_for (self));
      json_object_set_object_member (object, "withdrawn", withdrawn);
    }
  json_object_set_member (object, "facts", g_steal_pointer (&array));
  json_object_set_object_member (object, "as_decided", decided_to_json (self));
  return object;
}

static void
print_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char     *text = json_to_string (node, TRUE);

  g_print ("%s\n", text);
}

/* subsidy_case_print_json: "application", "revision", "county", "withdrawn", "facts", "as_decided" (the
 * stored verdict with policy, version, digest, origin, signer, adopted_by, on, decided_at, actor), "as_of_today" and "difference",
 * null if both are the same. */
void
subsidy_case_print_json (SubsidyCase  *self,
                         ShyVerdict   *today,
                         const GError *unusable)
{
  g_autoptr (JsonObject) object = case_to_json (self);

  add_today (object, self, today, unusable);
  print_object (object);
}

static void
add_changes (JsonObject  *object,
             SubsidyCase *self)
{
  const SubsidyTurn *turned = subsidy_case_get_turned (self);
  GPtrArray         *others = subsidy_case_get_others (self);
  JsonArray         *array = json_array_new ();

  json_object_set_null_member (object, "turned");
  if (turned != NULL)
    json_object_set_object_member (object, "turned", subsidy_turn_to_json (turned));
  for (guint i = 0; others != NULL && i < others->len; i++)
    json_array_add_object_element (array, subsidy_turn_to_json (others->pdata[i]));
  json_object_set_array_member (object, "others", array);
}

/* subsidy_case_report_change: prints a case that was just amended or withdrawn, with what changed
 * while that was done, and which others would now turn. */
gboolean
subsidy_case_report_change (SubsidyCase  *self,
                            ShyStore     *store,
                            ShyPolicy    *policy,
                            gboolean      json,
                            GError      **error)
{
  g_auto (GStrv)         remarks = subsidy_case_dup_remarks (self);
  g_autoptr (JsonObject) object = NULL;
  g_autofree char       *head = NULL;

  if (!subsidy_case_load (self, store, policy, error))
    return FALSE;
  if (json)
    {
      object = case_to_json (self);
      add_changes (object, self);
      print_object (object);
      return TRUE;
    }

  head = subsidy_case_describe_decided (self);
  g_print (_("Application %d\n"), (int) subsidy_case_get_id (self));
  print_withdrawal (self);
  g_print ("%s\n", head);
  print_judgement (subsidy_case_get_verdict (self));
  for (char **remark = remarks; *remark != NULL; remark++)
    g_print ("%s\n", *remark);
  return TRUE;
}

/* subsidy_case_read_value: the value of a field as a person writes it, in the form that facts have. */
char *
subsidy_case_read_value (const ShyField *field,
                         const char     *text,
                         GError        **error)
{
  g_autofree char  *number = NULL;
  g_autofree char  *reason = NULL;
  ShyIdentityKind   kind;
  ShyIdentityResult result;
  GDate             today;

  if (!shy_field_type_get_identity (field->type, &kind))
    return shy_field_type_normalize (field->type, text, error);

  g_date_clear (&today, 1);
  g_date_set_time_t (&today, g_get_real_time () / G_USEC_PER_SEC);
  result = shy_identity_check (kind, text, &today, &number);
  if (shy_identity_result_is_valid (result))
    return g_steal_pointer (&number);

  reason = shy_identity_dup_reason (kind, result);
  /* Translators: a field, and what is wrong with the number that was given for it. */
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, _("%s: %s"), field->name, reason);
  return NULL;
}
