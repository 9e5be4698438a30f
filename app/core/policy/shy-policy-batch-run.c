/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-policy-batch-private.h"

#include "county/shy-county-registry.h"
#include "policy/shy-decide-private.h"

#include <string.h>

/* Decides rows over columns. A row is judged alone as soon as anything about it is open, odd or
 * without an answer: the judge then knows how to be exact. */

/* How a criterion turned out, from what it may be. */
enum { LEVEL_ELIGIBLE, LEVEL_PERSON, LEVEL_REFUSED, LEVEL_ALONE };

#define MAY_BE_ANYTHING 15 /* odd: the judge must see it */

static const guint8 levels[16] = {
  LEVEL_ALONE,    LEVEL_ELIGIBLE, LEVEL_REFUSED, LEVEL_ALONE,
  LEVEL_PERSON,   LEVEL_ALONE,    LEVEL_ALONE,   LEVEL_ALONE,
  LEVEL_ELIGIBLE, LEVEL_ALONE,    LEVEL_ALONE,   LEVEL_ALONE,
  LEVEL_ALONE,    LEVEL_ALONE,    LEVEL_ALONE,   LEVEL_ALONE,
};

static const guint8 level_results[16] = {
  [SHY_MAY_BE_TRUE] = SHY_POLICY_RESULT_TRUE,
  [SHY_MAY_BE_FALSE] = SHY_POLICY_RESULT_FALSE,
  [SHY_MAY_BE_PERSON] = SHY_POLICY_RESULT_PERSON,
  [SHY_MAY_BE_SKIPPED] = SHY_POLICY_RESULT_SKIPPED,
};

static gboolean
finds_limits_open (ShyPolicyBatch *self)
{
  self->cap = G_MAXINT64;
  for (guint i = 0; i < self->resolved->limits->len; i++)
    {
      const ShyPolicyLimit *limit = g_ptr_array_index (self->resolved->limits, i);

      if (!shy_limit_is_plain (limit))
        return FALSE;
      if (limit->measure == SHY_POLICY_MEASURE_AMOUNT && !limit->deduct)
        self->cap = MIN (self->cap, limit->max);
    }

  return TRUE;
}

/* Registers of the inputs point into the columns, so only the others have memory of their own. */
static void
add_registers (ShyPolicyBatch *self)
{
  GArray *types = self->program->registers;

  self->registers = g_new0 (ShyRegister, types->len);
  for (guint i = 0; i < types->len; i++)
    {
      self->registers[i].s = g_new0 (guint8, SHY_COLUMNS_SPAN);
      if (g_array_index (types, ShyColumnType, i) != SHY_COLUMN_TRUTH)
        self->registers[i].v = g_new0 (gint64, SHY_COLUMNS_SPAN);
    }
}

gboolean
shy_batch_prepare (ShyPolicyBatch  *self,
                   GError         **error)
{
  const ShyProgram *program = self->program;

  if (self->registers == NULL)
    add_registers (self);
  self->columnar = finds_limits_open (self) && program->amount_compiled
                   && program->key.type == SHY_COLUMN_DAY;
  for (guint i = 0; i < self->judge->n_criteria; i++)
    self->columnar &= program->criteria[i].compiled;
  g_ptr_array_set_size (self->spans, 0);

  return self->resolved->group == NULL || shy_county_registry_get_default (error) != NULL;
}

static gboolean
judge_alone (ShyPolicyBatch  *self,
             guint            row,
             GError         **error)
{
  g_autoptr (ShyFacts) facts = shy_policy_batch_get_facts (self, row);
  g_auto (ShyDecision) decision = { 0 };

  if (!shy_decision_judge (&decision, self->policy, facts, error))
    return FALSE;
  self->n_alone++;
  self->outcomes[row] = decision.verdict->outcome;
  self->amounts[row] = decision.verdict->amount;
  for (guint i = 0; i < self->judge->n_criteria; i++)
    self->results[i][row] = shy_decision_get_result (&decision, i);

  return TRUE;
}

static ShyPolicyResult
state_to_result (ShyPolicyBatch *self,
                 ShyCountyState  state)
{
  static const ShyPolicyResult left[] = {
    [SHY_POLICY_LEFT_WARN] = SHY_POLICY_RESULT_TRUE,
    [SHY_POLICY_LEFT_PERSON] = SHY_POLICY_RESULT_PERSON,
    [SHY_POLICY_LEFT_REFUSE] = SHY_POLICY_RESULT_FALSE,
  };

  if (state == SHY_COUNTY_STATE_MEMBER)
    return SHY_POLICY_RESULT_TRUE;

  return state == SHY_COUNTY_STATE_LEFT ? left[self->resolved->left] : SHY_POLICY_RESULT_FALSE;
}

/* How a county stood to the group over time, the latest first: asked on the last day there is, then
 * on the day before each change. */
static GArray *
find_spans (ShyPolicyBatch *self,
            const char     *code)
{
  ShyCounty *county = shy_county_registry_find (shy_county_registry_get_default (NULL), code);
  GArray    *spans = g_array_new (FALSE, FALSE, sizeof (ShyGroupSpan));
  GDate      day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 31, 12, 9999);
  for (;;)
    {
      GDate        changed;
      ShyGroupSpan span = { .from = G_MININT64, .result = SHY_POLICY_RESULT_FALSE };

      g_date_clear (&changed, 1);
      if (county != NULL)
        span.result = state_to_result (self, shy_county_group_state (county, self->resolved->group,
                                                                     &day, &changed));
      if (g_date_valid (&changed) && g_date_compare (&changed, &day) <= 0)
        {
          ShyFeelDate from = {
            .year = g_date_get_year (&changed),
            .month = (guint8) g_date_get_month (&changed),
            .day = g_date_get_day (&changed),
          };

          span.from = shy_feel_date_get_days (&from);
        }
      g_array_append_val (spans, span);
      if (span.from == G_MININT64)
        return spans;
      day = changed;
      g_date_subtract_days (&day, 1);
    }
}

static ShyPolicyResult
judge_group (ShyPolicyBatch *self,
             gint64          county,
             gint64          key)
{
  GArray *spans;

  if ((gsize) county >= self->spans->len)
    g_ptr_array_set_size (self->spans, (int) county + 1);
  spans = g_ptr_array_index (self->spans, county);
  if (spans == NULL)
    {
      spans = find_spans (self, g_ptr_array_index (self->text_list, county));
      g_ptr_array_index (self->spans, county) = spans;
    }
  for (guint i = 0; i < spans->len; i++)
    if (key >= g_array_index (spans, ShyGroupSpan, i).from)
      return g_array_index (spans, ShyGroupSpan, i).result;

  return SHY_POLICY_RESULT_FALSE;
}

static gint64
date_to_day (const GDate *date,
             gint64       otherwise)
{
  ShyFeelDate feel;

  if (date == NULL)
    return otherwise;
  feel.year = g_date_get_year (date);
  feel.month = (guint8) g_date_get_month (date);
  feel.day = g_date_get_day (date);

  return shy_feel_date_get_days (&feel);
}

/* The levels that dates and group give each row of a span. */
static void
judge_frame (ShyPolicyBatch *self,
             guint8         *worst,
             guint           n)
{
  static const guint8 group_levels[] = {
    [SHY_POLICY_RESULT_TRUE] = LEVEL_ELIGIBLE,
    [SHY_POLICY_RESULT_FALSE] = LEVEL_REFUSED,
    [SHY_POLICY_RESULT_PERSON] = LEVEL_PERSON,
  };
  const ShyRegister *key = &self->registers[self->program->key.index];
  guint              slot = self->judge->first_builtin + SHY_BUILTIN_COUNTY;
  const ShyRegister *county = &self->registers[self->program->slots[slot].index];
  gint64             from = date_to_day (self->resolved->effective.from, G_MININT64);
  gint64             until = date_to_day (self->resolved->effective.until, G_MAXINT64);

  for (guint i = 0; i < n; i++)
    {
      if (key->s[i] != SHY_CELL_KNOWN)
        worst[i] = LEVEL_ALONE;
      else if (key->v[i] < from || key->v[i] > until)
        worst[i] = LEVEL_REFUSED;
      if (self->resolved->group == NULL)
        continue;
      if (county->s[i] != SHY_CELL_KNOWN)
        worst[i] = LEVEL_ALONE;
      else if (worst[i] != LEVEL_ALONE)
        worst[i] = MAX (worst[i], group_levels[judge_group (self, county->v[i], key->v[i])]);
    }
}

/* What each row may make of a criterion, out of its three columns. */
static void
combine (const ShyPolicyBatch      *self,
         const ShyProgramCriterion *criterion,
         guint8                    *may,
         guint                      n)
{
  const guint8 *skip = criterion->skip.type != SHY_COLUMN_NONE
                         ? self->registers[criterion->skip.index].s : NULL;
  const guint8 *refer = criterion->refer.type != SHY_COLUMN_NONE
                          ? self->registers[criterion->refer.index].s : NULL;
  const guint8 *condition = self->registers[criterion->condition.index].s;

  for (guint i = 0; i < n; i++)
    may[i] = condition[i] & SHY_TRUTH_ODD ? MAY_BE_ANYTHING : condition[i];
  for (guint i = 0; refer != NULL && i < n; i++)
    {
      guint8 referred = refer[i] & SHY_MAY_TRUE ? SHY_MAY_BE_PERSON : 0;
      guint8 judged = refer[i] & SHY_MAY_FALSE ? may[i] : 0;

      may[i] = refer[i] & (SHY_TRUTH_ODD | SHY_MAY_NULL) ? MAY_BE_ANYTHING : referred | judged;
    }
  for (guint i = 0; skip != NULL && i < n; i++)
    {
      guint8 skipped = skip[i] & SHY_MAY_FALSE ? SHY_MAY_BE_SKIPPED : 0;
      guint8 judged = skip[i] & SHY_MAY_TRUE ? may[i] : 0;

      may[i] = skip[i] & (SHY_TRUTH_ODD | SHY_MAY_NULL) ? MAY_BE_ANYTHING : skipped | judged;
    }
}

static void
judge_criteria (ShyPolicyBatch *self,
                guint           first,
                guint8         *worst,
                guint           n)
{
  guint8 may[SHY_COLUMNS_SPAN];

  for (guint c = 0; c < self->judge->n_criteria; c++)
    {
      guint8 *results = self->results[c] + first;

      combine (self, &self->program->criteria[c], may, n);
      for (guint i = 0; i < n; i++)
        {
          results[i] = level_results[may[i]];
          worst[i] = MAX (worst[i], levels[may[i]]);
        }
    }
}

/* The amount in fen; FALSE where the judge must see it. */
static gboolean
find_amount (ShyPolicyBatch *self,
             guint           i,
             gint64         *fen)
{
  const ShyRegister *amount;

  *fen = -1;
  if (self->judge->amount == NULL)
    return TRUE;
  amount = &self->registers[self->program->amount.index];
  if (amount->s[i] != SHY_CELL_KNOWN || amount->v[i] < 0
      || amount->v[i] % (SHY_COLUMNS_SCALE / 100) != 0)
    return FALSE;
  *fen = MIN (amount->v[i] / (SHY_COLUMNS_SCALE / 100), self->cap);

  return TRUE;
}

static void
point_inputs (ShyPolicyBatch *self,
              ShyRegister    *registers,
              guint           first)
{
  for (guint slot = 0; slot < self->judge->first_derived; slot++)
    {
      const ShyFactColumn *column = &self->columns[slot];
      guint                index = self->program->slots[slot].index;

      if (column->s == NULL)
        continue;
      registers[index].s = &g_array_index (column->s, guint8, first);
      if (column->v != NULL)
        registers[index].v = &g_array_index (column->v, gint64, first);
    }
}

/* Decides the rows from @first on, @n of them. */
gboolean
shy_batch_run_span (ShyPolicyBatch  *self,
                    guint            first,
                    guint            n,
                    GError         **error)
{
  static const guint8 outcomes[] = { SHY_POLICY_ELIGIBLE, SHY_POLICY_PERSON,
                                     SHY_POLICY_NOT_ELIGIBLE };
  guint8              worst[SHY_COLUMNS_SPAN] = { LEVEL_ELIGIBLE };

  if (self->columnar)
    {
      GArray                  *ops = self->program->ops;
      g_autofree ShyRegister  *own = NULL;
      ShyRegister             *registers = self->registers;

      own = g_memdup2 (registers, self->program->registers->len * sizeof *registers);
      point_inputs (self, registers, first);
      shy_columns_run ((const ShyOp *) ops->data, ops->len, registers,
                       (const char * const *) self->text_list->pdata, n);
      judge_frame (self, worst, n);
      judge_criteria (self, first, worst, n);
      for (guint i = 0; i < n; i++)
        if (worst[i] != LEVEL_ALONE)
          {
            self->outcomes[first + i] = outcomes[worst[i]];
            if (!find_amount (self, i, &self->amounts[first + i]))
              worst[i] = LEVEL_ALONE;
            else if (worst[i] != LEVEL_ELIGIBLE)
              self->amounts[first + i] = -1;
          }
      memcpy (registers, own, self->program->registers->len * sizeof *registers);
    }

  for (guint i = 0; i < n; i++)
    if ((!self->columnar || worst[i] == LEVEL_ALONE
         || g_hash_table_contains (self->alone, GUINT_TO_POINTER (first + i)))
        && !judge_alone (self, first + i, error))
      return FALSE;

  return TRUE;
}
