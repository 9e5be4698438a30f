/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-grounds.h"

#include "subsidy-keys.h"
#include "subsidy-row.h"
#include "subsidy-words.h"

struct _SubsidyGrounds
{
  ShyPolicy      *policy;   /* (owned) */
  GHashTable     *settings; /* (owned) (nullable): county → (name → value) */
  SubsidyHistory *history;  /* (owned) */
  gboolean        seeks;    /* somebody looks at what would change the verdicts */
};

SubsidyGrounds *
subsidy_grounds_new (ShyPolicy *policy)
{
  SubsidyGrounds *self = g_new0 (SubsidyGrounds, 1);

  self->policy = g_object_ref (policy);
  self->history = subsidy_history_new (policy);
  return self;
}

void
subsidy_grounds_free (SubsidyGrounds *self)
{
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_clear_pointer (&self->history, subsidy_history_free);
  g_object_unref (self->policy);
  g_free (self);
}

/* subsidy_grounds_seek_changes: judgements come with what would change them. */
void
subsidy_grounds_seek_changes (SubsidyGrounds *self)
{
  self->seeks = TRUE;
}

/* subsidy_grounds_begin: begins a job that reads for many applications; see subsidy_history_begin(). */
void
subsidy_grounds_begin (SubsidyGrounds *self)
{
  subsidy_history_begin (self->history);
}

/* subsidy_grounds_read: reads, in a job, what bears on an application with these facts. */
gboolean
subsidy_grounds_read (SubsidyGrounds  *self,
                      ShyConnection   *connection,
                      const ShyFacts  *facts,
                      GError         **error)
{
  if (self->settings == NULL)
    self->settings = shy_county_settings_load (connection, shy_policy_get_id (self->policy), error);
  if (self->settings == NULL)
    return FALSE;

  return subsidy_history_load (self->history, connection, facts, error);
}

static const char *
get_text (const ShyFacts *facts,
          const ShyField *field)
{
  return field != NULL ? shy_facts_get_text (facts, field->name) : NULL;
}

/* The county that the applicant names decides; else the one that the facts are for. */
static void
settle_county (SubsidyGrounds *self,
               ShyFacts       *facts)
{
  g_autofree char *county = g_strdup (get_text (facts, shy_policy_get_county_field (self->policy)));

  if (county != NULL)
    shy_facts_set_county (facts, county);
}

/*
 * subsidy_grounds_tell: tells the facts what was read for them.
 * @own: number of the application, which does not count against itself; 0 if it has none
 *
 * Errors: of a setting that the policy cannot take; the rest was told all the same.
 */
gboolean
subsidy_grounds_tell (SubsidyGrounds  *self,
                      ShyFacts        *facts,
                      gint64           own,
                      GError         **error)
{
  settle_county (self, facts);
  subsidy_history_apply (self->history, facts, own);
  return self->settings == NULL ||
         shy_county_settings_tell (self->settings, self->policy, facts, error);
}

static ShyFacts *
copy_told (SubsidyGrounds  *self,
           const ShyFacts  *facts,
           gint64           own,
           GError         **error)
{
  ShyFacts *copy = shy_facts_copy (facts);

  shy_facts_forget_past (copy);
  subsidy_grounds_tell (self, copy, own, error);
  return copy;
}

/*
 * subsidy_grounds_decide: decides an application; stores nothing.
 * @facts: the applicant's, with day and county; what they hold of the past is looked up anew
 *
 * Errors: SHY_ERROR_INVALID if a case of the policy's own pack fails: such a pack decides nothing.
 */
ShyVerdict *
subsidy_grounds_decide (SubsidyGrounds  *self,
                        const ShyFacts  *facts,
                        gint64           own,
                        GError         **error)
{
  g_autoptr (ShyFacts) told = NULL;

  if (!shy_policy_check_cases (self->policy, error))
    return NULL;

  told = copy_told (self, facts, own, NULL);
  return shy_policy_decide (self->policy, told, error);
}

static void
describe_setting (GString       *text,
                  const ShyFact *setting)
{
  if (setting != NULL)
    g_string_append_printf (text, "%s=%s;", setting->name, setting->text);
}

static void
describe_grant (GString            *text,
                const ShyGrant     *grant,
                const char *const  *compared)
{
  g_string_append_printf (text, "%s %u %" G_GINT64_FORMAT " %u %s %s %d %" G_GINT64_FORMAT " %u",
                          grant->policy, g_date_get_julian (&grant->date), grant->fen, grant->year,
                          grant->person, grant->employer, grant->pending, grant->number,
                          grant->row);
  for (gsize i = 0; grant->values != NULL && compared[i] != NULL; i++)
    g_string_append_printf (text, " %s",
                            (const char *) g_hash_table_lookup (grant->values, compared[i]));
  g_string_append_c (text, ';');
}

static char *
describe (ShyPolicy      *policy,
          const ShyFacts *told)
{
  GPtrArray *settings = shy_policy_get_settings (policy);
  g_auto (GStrv) compared = shy_policy_dup_compared (policy);
  GString   *text = g_string_new (NULL);

  for (guint i = 0; i < settings->len; i++)
    describe_setting (text, shy_facts_lookup_setting (
                              told, ((ShyPolicySetting *) settings->pdata[i])->field.name));
  for (guint i = 0; i < shy_facts_get_n_grants (told); i++)
    describe_grant (text, shy_facts_get_grant (told, i), (const char *const *) compared);
  if (!shy_facts_get_history_known (told))
    g_string_append (text, "unknown");
  return g_string_free (text, FALSE);
}

/* subsidy_grounds_describe: all that a decision on these facts would rest on; two decisions on the same
 * facts and the same description are the same. Personal. */
char *
subsidy_grounds_describe (SubsidyGrounds *self,
                          const ShyFacts *facts,
                          gint64          own)
{
  g_autoptr (ShyFacts) told = copy_told (self, facts, own, NULL);

  return describe (self->policy, told);
}

static void
warn_of_setting (GPtrArray    *warnings,
                 const GError *error)
{
  JsonObject *warning = json_object_new ();

  json_object_set_string_member (warning, "code", "setting-unusable");
  json_object_set_null_member (warning, "subject");
  json_object_set_string_member (warning, "message", error->message);
  g_ptr_array_add (warnings, warning);
}

static ShyVerdict *
decide_with_warnings (SubsidyGrounds  *self,
                      ShyFacts        *told,
                      const GError    *unusable,
                      GPtrArray       *warnings,
                      GError         **error)
{
  if (unusable != NULL)
    warn_of_setting (warnings, unusable);
  return shy_policy_check_cases (self->policy, error)
           ? shy_policy_decide (self->policy, told, error) : NULL;
}

static void
clear_judgement (SubsidyRecord *record)
{
  record->amount = 0;
  g_clear_pointer (&record->verdict, g_free);
  g_clear_pointer (&record->reason, g_free);
  g_clear_pointer (&record->seen, g_free);
  g_clear_pointer (&record->words, g_free);
  g_clear_pointer (&record->keys, g_free);
}

void
subsidy_judgement_clear (SubsidyJudgement *self)
{
  g_clear_object (&self->verdict);
  g_clear_pointer (&self->told, shy_facts_free);
  g_clear_pointer (&self->changes, json_array_unref);
}

/*
 * subsidy_grounds_settle: decides an application, and says in a record what came out, in place of what
 * it held. The rest of the judgement is written by subsidy_judgement_write().
 * @warnings: of JsonObjects: what the judge does not know of, as cells that cannot be read
 */
gboolean
subsidy_grounds_settle (SubsidyGrounds    *self,
                        const ShyFacts    *facts,
                        gint64             own,
                        GPtrArray         *warnings,
                        SubsidyRecord     *record,
                        SubsidyJudgement  *judgement,
                        GCancellable      *cancellable,
                        GError           **error)
{
  g_autoptr (GError) unusable = NULL;

  judgement->told = copy_told (self, facts, own, &unusable);
  judgement->verdict = decide_with_warnings (self, judgement->told, unusable, warnings, error);
  if (judgement->verdict == NULL)
    return FALSE;

  clear_judgement (record);
  record->outcome = (SubsidyOutcome) shy_verdict_get_outcome (judgement->verdict);
  if (record->outcome == SUBSIDY_ELIGIBLE)
    record->amount = MAX (shy_verdict_get_amount (judgement->verdict), 0);
  if (self->seeks)
    judgement->changes = subsidy_changes_to_json (judgement->verdict, cancellable);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* subsidy_judgement_write: writes into the record what the judgement says and rests on. Nothing is
 * decided here, so it may be done on another thread. */
void
subsidy_judgement_write (SubsidyJudgement *self,
                         ShyPolicy        *policy,
                         const ShyFacts   *facts,
                         GPtrArray        *warnings,
                         SubsidyRecord    *record)
{
  record->verdict = subsidy_verdict_to_json (self->verdict, warnings, self->changes);
  record->words = subsidy_words_of_verdict (self->verdict);
  record->reason = subsidy_verdict_dup_reason (self->verdict);
  record->seen = describe (policy, self->told);
  if (subsidy_keys_are_of (record->outcome))
    record->keys = subsidy_keys_to_text (policy, facts);
}

/*
 * subsidy_grounds_judge: decides an application and writes the judgement into a record, in place of
 * the one it held.
 * @warnings: of JsonObjects: what the judge does not know of, as cells that cannot be read
 */
gboolean
subsidy_grounds_judge (SubsidyGrounds  *self,
                       const ShyFacts  *facts,
                       gint64           own,
                       GPtrArray       *warnings,
                       SubsidyRecord   *record,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_auto (SubsidyJudgement) judgement = { NULL };

  if (!subsidy_grounds_settle (self, facts, own, warnings, record, &judgement, cancellable, error))
    return FALSE;

  subsidy_judgement_write (&judgement, self->policy, facts, warnings, record);
  return TRUE;
}

/* subsidy_grounds_add: what was found eligible is taken, and counts for those that are decided next. */
void
subsidy_grounds_add (SubsidyGrounds      *self,
                     const ShyFacts      *facts,
                     const SubsidyRecord *record)
{
  if (record->outcome == SUBSIDY_ELIGIBLE)
    subsidy_history_add_decided (self->history, facts, shy_facts_get_on (facts), record->amount,
                                 record->row);
}

/*
 * subsidy_grounds_look: adds to a record of the register, in a job, what would change its verdict as
 * things stand now; nothing to one that is not negative any more.
 * @facts: with day and county
 * @own: the number of the application
 */
gboolean
subsidy_grounds_look (SubsidyGrounds  *self,
                      ShyConnection   *connection,
                      const ShyFacts  *facts,
                      gint64           own,
                      SubsidyRecord   *record,
                      GCancellable    *cancellable,
                      GError         **error)
{
  g_autoptr (ShyVerdict) verdict = NULL;
  g_autoptr (JsonNode)   node = NULL;

  if (!subsidy_grounds_read (self, connection, facts, error))
    return FALSE;
  verdict = subsidy_grounds_decide (self, facts, own, error);
  node = verdict != NULL ? shy_json_node_from_text (record->verdict, -1, error) : NULL;
  if (node == NULL)
    return FALSE;

  json_object_set_array_member (json_node_get_object (node), "changes",
                                subsidy_changes_to_json (verdict, cancellable));
  g_free (record->verdict);
  record->verdict = json_to_string (node, FALSE);
  return TRUE;
}
