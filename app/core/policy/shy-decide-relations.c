/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-decide-private.h"

#include "identity/shy-identity.h"
#include "policy/shy-facts-policy.h"
#include "policy/shy-sentence-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Facts that repeat or bound each other. Where two of them contradict each other nobody knows which
 * is right, so for the rules both are unknown and a person compares them; a refusal that stands
 * whatever they are may stand. */

typedef struct {
  const char *id;
  const char *title;
  const ShyPolicyClause *clause; /* (nullable) */
  char       *problem;           /* (owned): what does not go together */
  char       *message;           /* (owned): the same, with the facts and their places */
  char      **fields;            /* (owned) */
} Contradiction;

static void
free_contradiction (gpointer data)
{
  Contradiction *self = data;

  g_free (self->problem);
  g_free (self->message);
  g_strfreev (self->fields);
  g_free (self);
}

static const char *
get_label (const ShyField *field)
{
  const char *label = shy_text_get (field->label);

  return label != NULL ? label : field->name;
}

/* What the resident ID of the person holds for a field that repeats it; NULL if it does not say. */
static char *
read_identity (const ShyField *field,
               const char     *number,
               const GDate    *on)
{
  g_autofree char *normal = NULL;
  GDate            born;
  int              age;

  if (!shy_identity_result_is_valid (shy_identity_check (SHY_IDENTITY_KIND_RESIDENT_ID, number, on,
                                                         &normal))
      || !shy_identity_get_birth_date (normal, &born))
    return NULL;

  switch (field->repeats)
    {
    case SHY_FIELD_REPEATS_BIRTH_DATE:
      return g_strdup_printf (field->type == SHY_FIELD_MONTH ? "%04d-%02d" : "%04d-%02d-%02d",
                              g_date_get_year (&born), (int) g_date_get_month (&born),
                              g_date_get_day (&born));
    case SHY_FIELD_REPEATS_SEX:
      return g_strdup (shy_identity_is_male (normal) ? "男" : "女");
    case SHY_FIELD_REPEATS_AGE:
      if (on == NULL)
        return NULL;
      age = g_date_get_year (on) - g_date_get_year (&born);
      /* A year of life is full on the day after the birthday: 周岁自生日的第二天起算. */
      if (g_date_get_month (on) < g_date_get_month (&born)
          || (g_date_get_month (on) == g_date_get_month (&born)
              && g_date_get_day (on) <= g_date_get_day (&born)))
        age--;
      return age >= 0 ? g_strdup_printf ("%d", age) : NULL;
    case SHY_FIELD_REPEATS_NOTHING:
    default:
      return NULL;
    }
}

static char *
identity_of (const ShyFacts *facts,
             ShyPolicy      *policy,
             const ShyField *field)
{
  const char *number = policy->person != NULL && field->repeats != SHY_FIELD_REPEATS_NOTHING
                         ? shy_facts_get_text (facts, policy->person->name) : NULL;

  return number != NULL ? read_identity (field, number, shy_facts_get_on (facts)) : NULL;
}

/**
 * shy_facts_fill: (skip)
 * @self: facts, with the day they are judged on
 * @policy: the policy they are for
 *
 * Fills the fields that repeat what the person's resident ID says, where nothing was handed in for
 * them, with the origin %SHY_FACT_ORIGIN_IDENTITY. What an earlier call filled is filled anew.
 */
void
shy_facts_fill (ShyFacts  *self,
                ShyPolicy *policy)
{
  g_return_if_fail (self != NULL && SHY_IS_POLICY (policy));

  for (guint i = 0; i < policy->fields->len; i++)
    {
      const ShyField  *field = g_ptr_array_index (policy->fields, i);
      const ShyFact   *fact;
      g_autofree char *said = NULL;

      if (field->repeats == SHY_FIELD_REPEATS_NOTHING)
        continue;
      fact = shy_facts_lookup (self, field->name);
      if (fact != NULL && fact->origin == SHY_FACT_ORIGIN_IDENTITY)
        shy_facts_remove (self, field->name);
      else if (fact != NULL || shy_facts_lookup_unread (self, field->name) != NULL)
        continue;
      said = identity_of (self, policy, field);
      if (said != NULL)
        shy_facts_take (self, policy, field->name, said, SHY_FACT_ORIGIN_IDENTITY, NULL, NULL);
    }
}

/* A fact with its place: 合同结束 2023-01-01（名单!P7）. */
static char *
quote_fact (const ShyFacts *facts,
            ShyPolicy      *policy,
            const char     *name)
{
  const ShyField  *field = shy_policy_find_field (policy, name);
  const ShyFact   *fact = shy_facts_lookup (facts, name);
  g_autofree char *value = NULL;

  if (field == NULL || fact == NULL)
    return NULL;
  value = shy_field_type_is_personal (field->type)
            ? g_strdup ("…") : shy_field_display (field, fact->text);
  if (fact->place == NULL)
    /* Translators: a field, and its value. */
    return g_strdup_printf (_("%s “%s”"), get_label (field), value);

  /* Translators: a field, its value, and the cell it stands in. */
  return g_strdup_printf (_("%s “%s” (%s)"), get_label (field), value, fact->place);
}

/* What contradicts itself, then all that is compared, each with its place. */
static char *
describe (const ShyFacts *facts,
          ShyPolicy      *policy,
          const char     *text,
          char          **fields)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (char **name = fields; *name != NULL; name++)
    {
      g_autofree char *quoted = quote_fact (facts, policy, *name);

      if (quoted == NULL)
        continue;
      if (list->len > 0)
        /* Translators: between the members of a list. */
        g_string_append (list, _(", "));
      g_string_append (list, quoted);
    }

  /* Translators: what does not go together, and the facts with their cells. */
  return g_strdup_printf (_("%s Compare with the originals: %s."), text, list->str);
}

/* Takes @problem and @message; copies @fields. */
static void
add_contradiction (GPtrArray             *list,
                   const char            *id,
                   const char            *title,
                   const ShyPolicyClause *clause,
                   char                  *problem,
                   char                  *message,
                   char                 **fields)
{
  Contradiction *self = g_new0 (Contradiction, 1);

  self->id = id;
  self->title = title;
  self->clause = clause;
  self->problem = problem;
  self->message = message;
  self->fields = g_strdupv (fields);
  g_ptr_array_add (list, self);
}

static gboolean
repeats_truly (const ShyField *field,
               const char     *text,
               const char     *said)
{
  if (field->repeats == SHY_FIELD_REPEATS_SEX)
    return g_str_has_prefix (text, said);

  return g_str_equal (text, said);
}

static void
compare_identity (ShyDecision *self,
                  ShyPolicy   *policy,
                  GPtrArray   *list)
{
  for (guint i = 0; i < policy->fields->len; i++)
    {
      const ShyField  *field = g_ptr_array_index (policy->fields, i);
      const char      *text = shy_facts_get_text (self->settled, field->name);
      g_autofree char *said = text != NULL ? identity_of (self->settled, policy, field) : NULL;
      g_autofree char *words = NULL;
      char            *problem;
      char            *fields[3] = { NULL };

      if (said == NULL || repeats_truly (field, text, said))
        continue;
      words = shy_field_display (field, said);
      /* Translators: a field, and its value by the resident ID. */
      problem = g_strdup_printf (_("The resident ID says that “%s” is “%s”."), get_label (field),
                                 words);
      fields[0] = policy->person->name;
      fields[1] = field->name;
      add_contradiction (list, SHY_VERDICT_IDENTITY, get_label (field), NULL,
                         problem, describe (self->settled, policy, problem, fields), fields);
    }
}

static char *
find_value (const char *name,
            gpointer    user_data)
{
  ShyDecision    *self = user_data;
  const ShyField *field = shy_policy_find_field (self->asked, name);
  const char     *text = shy_facts_get_text (self->settled, name);

  return field != NULL && text != NULL ? shy_field_display (field, text) : NULL;
}

static void
check_relations (ShyDecision   *self,
                 ShyEvaluation *evaluation,
                 GPtrArray     *list)
{
  const ShyCompiledPolicy *compiled = evaluation->compiled;
  ShyPolicy               *policy = compiled->policy;

  for (guint i = 0; i < policy->relations->len; i++)
    {
      const ShyPolicyRelation *relation = g_ptr_array_index (policy->relations, i);
      g_autoptr (ShyFeelValue) answer = NULL;
      char                    *problem;
      ShyMask                  live = { 0 };

      answer = shy_rule_evaluate (compiled->relations[i], &evaluation->open, &live);
      if (answer == NULL || shy_feel_value_get_truth (answer) == SHY_FEEL_TRUE)
        continue;
      problem = shy_sentence_fill (shy_text_get (relation->text), find_value, self);
      add_contradiction (list, relation->id, _("Facts that contradict each other"),
                         relation->clause, problem,
                         describe (self->settled, policy, problem, relation->fields),
                         relation->fields);
    }
}

/* What contradicts something is no fact to decide by; whose application it is stays known. */
static void
put_in_doubt (ShyDecision         *self,
              ShyPolicy           *policy,
              const Contradiction *contradiction)
{
  for (char **name = contradiction->fields; *name != NULL; name++)
    {
      const ShyField *field = shy_policy_find_field (policy, *name);
      const ShyFact  *fact = shy_facts_lookup (self->settled, *name);
      if (fact == NULL || field == NULL || field == policy->person || field == policy->employer)
        continue;
      shy_facts_set_unread (self->settled, *name, fact->text, fact->origin, fact->place,
                            contradiction->problem);
    }
}

/* Fills what the resident ID says, and puts in doubt what contradicts it or each other. Says whether
 * anything does; then @evaluation is not what is to be judged. */
gboolean
shy_decision_settle (ShyDecision   *self,
                     ShyEvaluation *evaluation)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_contradiction);

  compare_identity (self, evaluation->compiled->policy, list);
  check_relations (self, evaluation, list);
  if (list->len == 0)
    return FALSE;

  for (guint i = 0; i < list->len; i++)
    put_in_doubt (self, evaluation->compiled->policy, g_ptr_array_index (list, i));
  self->contradictions = g_steal_pointer (&list);

  return TRUE;
}

/* Nothing is granted on facts that contradict each other. */
void
shy_decision_tell_contradictions (ShyDecision *self)
{
  for (guint i = 0; self->contradictions != NULL && i < self->contradictions->len; i++)
    {
      Contradiction *told = g_ptr_array_index (self->contradictions, i);

      self->rest = shy_outcomes_join (self->rest, SHY_MAY_NEED_PERSON);
      shy_decision_add (self, told->id, told->title, told->clause, SHY_POLICY_RESULT_PERSON,
                        g_strdup (told->message), NULL);
      shy_decision_name_facts (self, told->fields);
    }
}
