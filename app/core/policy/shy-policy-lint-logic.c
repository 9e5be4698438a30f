/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-lint-private.h"

#include "policy/shy-facts-policy.h"
#include "policy/shy-thresholds-private.h"

#include <glib/gi18n-lib.h>

/* Checks what criteria can be: always skipped, never true, never false, no answer at all. The
 * cases are asked first; then the facts are given values one after the other, as far as the answer
 * still hangs on them, those that the policy compares them with and one of each gap between. Only
 * where these were all that can matter is it said that something cannot be. */

#define MAX_TRIES 4096 /* evaluations of one search */

typedef enum {
  LOOK_OPEN,   /* it hangs on facts without a value */
  LOOK_CLOSED, /* whatever the other facts are, there is nothing more to see */
  LOOK_ENOUGH, /* all that was looked for was seen */
} Look;

typedef Look (*LookFunc) (ShyEvaluation *evaluation,
                          gpointer       user_data,
                          ShyMask       *live);

/* A search among the values of all facts that some rules read. */
typedef struct {
  ShyPolicyLinter *linter;
  ShyEvaluation   *evaluation; /* (owned): of nothing but the policy itself */
  GPtrArray       *rules;      /* (owned) of ShyRule: not owned */
  GPtrArray       *constants;  /* (owned) of ShyFeelValue: those of the rules */
  ShyMask          tried;      /* facts that have a value now, or stay without one */
  LookFunc         look;
  gpointer         user_data;
  guint            tries;      /* that may still be made */
  gboolean         sure;       /* what was not seen cannot be */
} Search;

/* What was seen of one criterion. */
typedef struct {
  const ShyCompiledCriterion *criterion;
  gboolean                    apart; /* look at the condition alone, whether it applies or not */
  gboolean                    applied;
  gboolean                    met;
  gboolean                    unmet;
  char                       *odd; /* (owned) (nullable): an answer neither true nor false */
} Sight;

/* Two criteria that may never hold together. */
typedef struct {
  const ShyCompiledCriterion *criteria[2];
  gboolean                    together;
} Pair;

static void
search_init (Search                  *self,
             ShyPolicyLinter         *linter,
             const ShyCompiledPolicy *compiled,
             const ShyFacts          *nothing)
{
  guint n_fields = compiled->policy->fields->len;

  self->linter = linter;
  self->evaluation = shy_evaluation_new (compiled, nothing);
  self->rules = g_ptr_array_new ();
  self->constants = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_feel_value_unref);
  self->evaluation->open.budget = NULL;
  /* What the pack sets a county may set otherwise. */
  for (guint i = 0; i < compiled->policy->settings->len; i++)
    {
      shy_evaluation_set (self->evaluation, n_fields + i, NULL);
      shy_mask_remove (&self->evaluation->open.unset, n_fields + i);
    }
  shy_evaluation_derive (self->evaluation, NULL);
}

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->evaluation, shy_evaluation_free);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->constants, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
add_new (GPtrArray    *values,
         ShyFeelValue *value)
{
  for (guint i = 0; i < values->len; i++)
    if (shy_feel_value_is (g_ptr_array_index (values, i), value))
      return;
  g_ptr_array_add (values, shy_feel_value_ref (value));
}

/* What some case has for a fact is worth trying. */
static void
add_from_cases (Search    *self,
                guint      slot,
                GPtrArray *values)
{
  for (guint i = 0; i < self->linter->policy->cases->len; i++)
    {
      ShyEvaluation *evaluation = self->linter->cases[i].evaluation;

      if (evaluation != NULL && evaluation->open.values[slot] != NULL)
        add_new (values, evaluation->open.values[slot]);
    }
}

static void
add_numbers (GPtrArray *values)
{
  static const gint64 numbers[] = { 0, 1, 2, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (ShyFeelValue) number = shy_feel_value_new_integer (numbers[i]);

      add_new (values, number);
    }
}

/* Months and years around the beginning of the policy, for days that are compared with each other. */
static void
add_days (GPtrArray   *values,
          const GDate *from)
{
  static const int months[] = { 0, -60, -36, -24, -12, -6, -1, 1, 6, 12, 24, 36, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      g_autoptr (ShyFeelValue) value = NULL;
      GDate                    day;

      g_date_clear (&day, 1);
      g_date_set_dmy (&day, 15, 6, 2024);
      if (from != NULL)
        day = *from;
      if (months[i] > 0)
        g_date_add_months (&day, (guint) months[i]);
      else
        g_date_subtract_months (&day, (guint) -months[i]);
      value = shy_feel_value_new_date (g_date_get_year (&day), (int) g_date_get_month (&day),
                                       g_date_get_day (&day));
      add_new (values, value);
    }
}

/* Where no list of values is all that can matter, more are guessed. */
static void
add_guesses (Search    *self,
             guint      slot,
             GPtrArray *values)
{
  const ShyCompiledPolicy *compiled = self->evaluation->compiled;
  ShyFieldType             kind = shy_field_type_get_base (compiled->slots[slot].type);

  if (slot == compiled->first_builtin + SHY_BUILTIN_HISTORY)
    {
      g_autoptr (ShyFeelValue) nothing = shy_feel_value_new_list (NULL, 0);

      g_ptr_array_set_size (values, 0);
      add_from_cases (self, slot, values);
      add_new (values, nothing);
      return;
    }
  add_from_cases (self, slot, values);
  for (guint i = 0; i < self->constants->len; i++)
    {
      ShyFeelValue *constant = g_ptr_array_index (self->constants, i);
      ShyFeelType   type = shy_feel_value_get_value_type (constant);

      if ((type == SHY_FEEL_TYPE_NUMBER && kind == SHY_FIELD_NUMBER)
          || (type == SHY_FEEL_TYPE_STRING && kind == SHY_FIELD_TEXT)
          || (type == SHY_FEEL_TYPE_DATE && shy_field_type_is_date (kind)))
        add_new (values, constant);
    }
  if (kind == SHY_FIELD_NUMBER)
    add_numbers (values);
  else if (shy_field_type_is_date (kind))
    add_days (values, compiled->policy->effective.from);
}

/* Whether the values of a fact would be known to be all if the other facts had theirs. */
static gboolean
can_wait (Search *self,
          guint   slot)
{
  for (guint i = 0; i < self->rules->len; i++)
    if (!shy_rule_collect_thresholds (g_ptr_array_index (self->rules, i), &self->evaluation->open,
                                      slot, &self->evaluation->compiled->slots[slot], NULL))
      return FALSE;

  return TRUE;
}

/* How early a fact is tried: first where its values are known to be all, last where they will be
 * when the others have theirs; then by how many they are. */
static guint
rank (Search    *self,
      guint      slot,
      gboolean   complete,
      GPtrArray *values)
{
  guint first = complete ? 0 : can_wait (self, slot) ? 2 : 1;

  return (first << 16) + MIN (values->len, G_MAXUINT16);
}

/* The values of the fact to try next among those that the answer hangs on; NULL if all are tried. */
static GPtrArray *
choose (Search        *self,
        const ShyMask *live,
        guint         *slot)
{
  GPtrArray *chosen = NULL;
  gboolean   sure = self->sure;
  guint      best = G_MAXUINT;

  for (guint i = 0; i < self->evaluation->compiled->first_derived; i++)
    {
      g_autoptr (GPtrArray) values = NULL;
      gboolean              complete;
      guint                 mine;

      if (!shy_mask_has (live, i) || shy_mask_has (&self->tried, i))
        continue;
      values = shy_evaluation_list_values_for (self->evaluation, self->rules, i, &complete);
      if (!complete)
        add_guesses (self, i, values);
      mine = rank (self, i, complete, values);
      if (mine >= best)
        continue;
      best = mine;
      *slot = i;
      self->sure = sure && complete;
      g_clear_pointer (&chosen, g_ptr_array_unref);
      chosen = g_steal_pointer (&values);
    }

  return chosen;
}

/* Gives a fact a value; none (NULL) to a setting that no county sets, or for what comes after. */
static void
put (Search       *self,
     guint         slot,
     ShyFeelValue *value)
{
  ShyMask changed = { 0 };

  shy_mask_add (&changed, slot);
  shy_evaluation_set (self->evaluation, slot, value != NULL ? shy_feel_value_ref (value) : NULL);
  shy_evaluation_derive (self->evaluation, &changed);
}

static gboolean dive (Search *self);

/* Tries all values of one fact, and for a setting that no county has set it. */
static gboolean
try_values (Search    *self,
            guint      slot,
            GPtrArray *values)
{
  gboolean on = TRUE;

  shy_mask_add (&self->tried, slot);
  for (guint i = 0; on && i < values->len; i++)
    {
      put (self, slot, g_ptr_array_index (values, i));
      on = dive (self);
    }
  put (self, slot, NULL);
  if (on && self->evaluation->compiled->slots[slot].setting)
    {
      shy_mask_add (&self->evaluation->open.unset, slot);
      put (self, slot, NULL);
      on = dive (self);
      shy_mask_remove (&self->evaluation->open.unset, slot);
      put (self, slot, NULL);
    }
  shy_mask_remove (&self->tried, slot);

  return on;
}

/* Goes on to the next fact while the answer is open. FALSE to end the search. */
static gboolean
dive (Search *self)
{
  g_autoptr (GPtrArray) values = NULL;
  ShyMask               live = { 0 };
  guint                 slot = 0;
  Look                  look;

  if (self->tries-- == 0)
    {
      self->sure = FALSE;
      return FALSE;
    }
  look = self->look (self->evaluation, self->user_data, &live);
  if (look != LOOK_OPEN)
    return look == LOOK_CLOSED;
  values = choose (self, &live, &slot);

  return values == NULL || try_values (self, slot, values);
}

/* Looks at all there is until @look has seen enough. TRUE if what was not seen cannot be. */
static gboolean
run (Search       *self,
     LookFunc      look,
     gpointer      user_data)
{
  for (guint i = 0; i < self->rules->len; i++)
    shy_rule_collect_constants (g_ptr_array_index (self->rules, i), &self->evaluation->open,
                                self->constants);
  self->look = look;
  self->user_data = user_data;
  self->tries = MAX_TRIES;
  self->sure = TRUE;
  dive (self);

  return self->sure;
}

static Look
look_whether_applied (ShyEvaluation *evaluation,
                      gpointer       user_data,
                      ShyMask       *live)
{
  Sight                   *sight = user_data;
  const ShyRule           *skip = sight->criterion->skip;
  g_autoptr (ShyFeelValue) value = NULL;

  if (skip == NULL)
    {
      sight->applied = TRUE;
      return LOOK_ENOUGH;
    }
  value = shy_rule_evaluate (skip, &evaluation->open, live);
  if (value == NULL)
    return LOOK_OPEN;
  if (shy_feel_value_get_truth (value) != SHY_FEEL_TRUE)
    return LOOK_CLOSED;
  sight->applied = TRUE;

  return LOOK_ENOUGH;
}

static Look
look (ShyEvaluation *evaluation,
      gpointer       user_data,
      ShyMask       *live)
{
  Sight                   *sight = user_data;
  g_autoptr (ShyFeelValue) value = NULL;
  Look                     applied;

  if (!sight->apart)
    {
      applied = look_whether_applied (evaluation, sight, live);
      if (applied != LOOK_ENOUGH)
        return applied;
    }
  value = shy_rule_evaluate (sight->criterion->condition, &evaluation->open, live);
  if (value == NULL)
    return LOOK_OPEN;
  sight->met |= shy_feel_value_get_truth (value) == SHY_FEEL_TRUE;
  sight->unmet |= shy_feel_value_get_truth (value) == SHY_FEEL_FALSE;
  if (sight->odd == NULL && !shy_feel_value_is_null (value)
      && shy_feel_value_get_value_type (value) != SHY_FEEL_TYPE_BOOLEAN)
    sight->odd = shy_feel_value_to_literal (value);

  return sight->met && sight->unmet ? LOOK_ENOUGH : LOOK_CLOSED;
}

/* Asks the cases of the pack, each in its county, on its day. */
static void
look_at_cases (ShyPolicyLinter *linter,
               guint            index,
               Sight           *sight)
{
  const ShyCompiledCriterion *asked = sight->criterion;

  for (guint i = 0; i < linter->policy->cases->len && !(sight->met && sight->unmet); i++)
    {
      ShyEvaluation *evaluation = linter->cases[i].evaluation;
      ShyMask        live = { 0 };

      if (evaluation == NULL)
        continue;
      sight->criterion = &evaluation->compiled->criteria[index];
      look (evaluation, sight, &live);
    }
  sight->criterion = asked;
}

static gboolean
share_facts (const ShyCompiledPolicy *compiled,
             const ShyRule           *a,
             const ShyRule           *b)
{
  ShyMask mine = { 0 };
  ShyMask others = { 0 };

  shy_compiled_policy_join_reads (compiled, a, &mine);
  shy_compiled_policy_join_reads (compiled, b, &others);

  return shy_mask_meets (&mine, &others);
}

/* Tries values for what no case showed. When it applies and what it asks hang on different facts,
 * the two are looked at apart, so that one that is hard to decide does not hide the other. */
static gboolean
look_at_all (ShyPolicyLinter         *linter,
             const ShyCompiledPolicy *compiled,
             Sight                   *sight)
{
  const ShyCompiledCriterion *criterion = sight->criterion;
  g_autoptr (ShyFacts)        nothing = shy_facts_new ();
  g_auto (Search)             skip = { 0 };
  g_auto (Search)             condition = { 0 };
  gboolean                    sure;

  search_init (&skip, linter, compiled, nothing);
  shy_compiled_policy_add_rules (compiled, criterion->skip, skip.rules);
  sure = run (&skip, look_whether_applied, sight);
  if (!sight->applied)
    return sure;

  search_init (&condition, linter, compiled, nothing);
  shy_compiled_policy_add_rules (compiled, criterion->condition, condition.rules);
  sight->apart = !share_facts (compiled, criterion->condition, criterion->skip);
  if (!sight->apart)
    shy_compiled_policy_add_rules (compiled, criterion->skip, condition.rules);

  return run (&condition, look, sight);
}

static void
report_unseen (ShyPolicyLinter *linter,
               const ShyJson   *where,
               const Sight     *sight,
               gboolean         sure)
{
  if (!sight->applied)
    shy_policy_linter_add (linter, sure ? SHY_POLICY_WARNING : SHY_POLICY_HINT, "unreachable", where,
                           sure ? _("“skip_unless” is never true, so the criterion never applies. "
                                    "Correct or remove it.")
                                : _("No values were found for which “skip_unless” is true; it was "
                                    "not decided whether there are any. Add a case that shows it."));
  else if (!sight->met)
    shy_policy_linter_add (linter, sure ? SHY_POLICY_ERROR : SHY_POLICY_HINT, "contradictory", where,
                           sure ? _("The condition is never true, so nobody can be eligible. Correct "
                                    "it.")
                                : _("No values were found for which the condition is true; it was "
                                    "not decided whether there are any. Add a case that shows it."));
  else if (!sight->unmet)
    shy_policy_linter_add (linter, sure ? SHY_POLICY_WARNING : SHY_POLICY_HINT, "tautological",
                           where,
                           sure ? _("The condition is never false, so it asks for nothing. Correct or "
                                    "remove it.")
                                : _("No values were found for which the condition is false; it was "
                                    "not decided whether there are any. Add a case that shows it."));
}

static void
report (ShyPolicyLinter *linter,
        const ShyJson   *where,
        Sight           *sight,
        gboolean         sure)
{
  if (sight->odd != NULL)
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "not-boolean", where,
                           _("The condition can give %s, which is neither true nor false. Compare it "
                             "with something."), sight->odd);
  else
    report_unseen (linter, where, sight, sure);
  g_clear_pointer (&sight->odd, g_free);
}

static void
check_criterion (ShyPolicyLinter         *linter,
                 const ShyCompiledPolicy *compiled,
                 guint                    index)
{
  Sight    sight = { .criterion = &compiled->criteria[index] };
  gboolean sure = FALSE;

  look_at_cases (linter, index, &sight);
  if (!(sight.met && sight.unmet))
    sure = look_at_all (linter, compiled, &sight);
  report (linter, shy_policy_linter_member (linter, "criteria", index, "condition"), &sight, sure);
}

/* The conditions that an override brings are looked at as they stand in its county. */
static void
check_override (ShyPolicyLinter *linter,
                guint            index)
{
  const ShyPolicyOverride *override = g_ptr_array_index (linter->policy->overrides, index);
  g_autoptr (ShyPolicy)    policy = shy_policy_lint_resolve_override (linter, index);
  const ShyJson           *set = shy_policy_linter_member (linter, "overrides", index, "set");
  const ShyJson           *criteria = shy_json_get (set, "criteria");
  const ShyCompiledPolicy *compiled = shy_compiled_policy_get (policy, NULL);

  for (guint i = 0; compiled != NULL && criteria != NULL && i < compiled->n_criteria; i++)
    {
      Sight          sight = { .criterion = &compiled->criteria[i] };
      const ShyJson *where = shy_json_get (criteria, sight.criterion->criterion->id);

      if (where != NULL && sight.criterion->criterion->override == override)
        report (linter, where, &sight, look_at_all (linter, compiled, &sight));
    }
}

static Look
look_at_pair (ShyEvaluation *evaluation,
              gpointer       user_data,
              ShyMask       *live)
{
  Pair    *pair = user_data;
  gboolean open = FALSE;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ShyFeelValue) value = NULL;

      value = shy_rule_evaluate (pair->criteria[i]->condition, &evaluation->open, live);
      if (value == NULL)
        open = TRUE;
      else if (shy_feel_value_get_truth (value) != SHY_FEEL_TRUE)
        return LOOK_CLOSED;
    }
  if (open)
    return LOOK_OPEN;
  pair->together = TRUE;

  return LOOK_ENOUGH;
}

static void
check_pair (ShyPolicyLinter         *linter,
            const ShyCompiledPolicy *compiled,
            guint                    first,
            guint                    second)
{
  Pair                 pair = { { &compiled->criteria[first], &compiled->criteria[second] }, FALSE };
  const ShyRule       *one = pair.criteria[0]->condition;
  const ShyRule       *other = pair.criteria[1]->condition;
  g_autoptr (ShyFacts) nothing = NULL;
  g_auto (Search)      search = { 0 };

  if (pair.criteria[0]->skip != NULL || pair.criteria[1]->skip != NULL
      || !share_facts (compiled, one, other))
    return;
  nothing = shy_facts_new ();
  search_init (&search, linter, compiled, nothing);
  shy_compiled_policy_add_rules (compiled, one, search.rules);
  shy_compiled_policy_add_rules (compiled, other, search.rules);
  if (run (&search, look_at_pair, &pair) && !pair.together)
    shy_policy_linter_add (linter, SHY_POLICY_ERROR, "contradictory",
                           shy_policy_linter_member (linter, "criteria", second, "condition"),
                           _("The conditions of “%s” and “%s” never hold together, so nobody can be "
                             "eligible. Correct one of them."),
                           pair.criteria[0]->criterion->id, pair.criteria[1]->criterion->id);
}

/* A case that is eligible shows that all criteria can hold together; without one, look for two
 * that cannot. */
static void
check_all (ShyPolicyLinter         *linter,
           const ShyCompiledPolicy *compiled)
{
  if (linter->eligible)
    return;
  shy_policy_linter_add (linter, SHY_POLICY_WARNING, "never-eligible", NULL,
                         _("No case is eligible, so nothing shows that anybody can be. Add one."));
  for (guint i = 0; i < compiled->n_criteria; i++)
    for (guint j = i + 1; j < compiled->n_criteria; j++)
      check_pair (linter, compiled, i, j);
}

void
shy_policy_lint_logic (ShyPolicyLinter *linter)
{
  const ShyCompiledPolicy *compiled = linter->compiled;

  for (guint i = 0; i < compiled->n_criteria; i++)
    check_criterion (linter, compiled, i);
  for (guint i = 0; i < linter->policy->overrides->len; i++)
    check_override (linter, i);
  check_all (linter, compiled);
}
