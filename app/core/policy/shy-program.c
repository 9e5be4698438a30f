/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-program-private.h"

/* Puts the columns of a policy together. */

/* The index of a text, the same for equal texts. */
gint64
shy_texts_intern (GHashTable *texts,
                  GPtrArray  *list,
                  const char *text)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (texts, text));
  char *copy;

  if (index > 0)
    return index - 1;
  copy = g_strdup (text);
  g_ptr_array_add (list, copy);
  g_hash_table_insert (texts, copy, GUINT_TO_POINTER (list->len));

  return list->len - 1;
}

ShyColumnType
shy_column_type_of_slot (const ShySlot *slot)
{
  switch (slot->type)
    {
    case SHY_POLICY_TYPE_BOOLEAN:
      return SHY_COLUMN_TRUTH;
    case SHY_POLICY_TYPE_NUMBER:
    case SHY_POLICY_TYPE_MONEY:
      return SHY_COLUMN_NUMBER;
    case SHY_POLICY_TYPE_DATE:
    case SHY_POLICY_TYPE_MONTH:
      return SHY_COLUMN_DAY;
    default:
      return SHY_COLUMN_TEXT;
    }
}

ShyColumn
shy_program_add_register (ShyProgram    *self,
                          ShyColumnType  type)
{
  g_array_append_val (self->registers, type);

  return (ShyColumn) { type, self->registers->len - 1 };
}

/* Adds an operation, which gets a register of its own for what it gives. */
ShyColumn
shy_program_emit (ShyProgram    *self,
                  ShyColumnType  type,
                  ShyOp          op)
{
  ShyColumn column = shy_program_add_register (self, type);

  op.dst = column.index;
  g_array_append_val (self->ops, op);

  return column;
}

static gboolean
compile_optional (ShyProgram    *self,
                  const ShyRule *rule,
                  ShyRuleState  *state,
                  ShyColumn     *column)
{
  if (rule == NULL)
    return TRUE;
  *column = shy_program_compile (self, rule, state);

  return column->type == SHY_COLUMN_TRUTH;
}

/* Whether a criterion never applies with these settings, whatever the row. */
static gboolean
is_always_skipped (ShyProgram              *self,
                   const ShyJudgeCriterion *criterion)
{
  ShyMask                  ignored = { 0 };
  g_autoptr (ShyFeelValue) answer = NULL;

  if (criterion->skip == NULL)
    return FALSE;
  answer = shy_rule_evaluate (criterion->skip, &self->settings->closed, &ignored);

  return answer != NULL && shy_feel_value_get_truth (answer) == SHY_FEEL_FALSE;
}

static void
compile_criteria (ShyProgram *self)
{
  for (guint i = 0; i < self->judge->n_criteria; i++)
    {
      const ShyJudgeCriterion *criterion = &self->judge->criteria[i];
      ShyProgramCriterion     *mine = &self->criteria[i];

      if (is_always_skipped (self, criterion))
        {
          mine->skip = shy_program_emit (self, SHY_COLUMN_TRUTH,
                             (ShyOp) { .code = SHY_OP_TRUTH, .k = SHY_MAY_FALSE });
          mine->condition = mine->skip;
          mine->compiled = TRUE;
          continue;
        }
      mine->compiled
        = compile_optional (self, criterion->skip, &self->settings->closed, &mine->skip)
          && compile_optional (self, criterion->refer, &self->settings->closed, &mine->refer)
          && compile_optional (self, criterion->condition, &self->settings->open,
                               &mine->condition);
    }
}

/* Registers of their own for what every row brings. */
static void
add_inputs (ShyProgram *self)
{
  const ShyJudge *judge = self->judge;

  for (guint slot = 0; slot < judge->first_builtin; slot++)
    if (judge->slots[slot].fact)
      self->slots[slot] = shy_program_add_register (self, shy_column_type_of_slot (&judge->slots[slot]));
  self->slots[judge->first_builtin + SHY_BUILTIN_ON] = shy_program_add_register (self, SHY_COLUMN_DAY);
  self->slots[judge->first_builtin + SHY_BUILTIN_COUNTY] = shy_program_add_register (self, SHY_COLUMN_TEXT);
}

/* Compiles a policy for the settings that @settings carries. */
ShyProgram *
shy_program_new (const ShyJudge *judge,
                 const ShyFacts *settings,
                 GHashTable     *texts,
                 GPtrArray      *text_list)
{
  ShyProgram *self = g_new0 (ShyProgram, 1);

  self->judge = judge;
  self->settings = shy_hearing_new (judge, settings);
  self->texts = texts;
  self->text_list = text_list;
  self->ops = g_array_new (FALSE, FALSE, sizeof (ShyOp));
  self->registers = g_array_new (FALSE, FALSE, sizeof (ShyColumnType));
  self->slots = g_new0 (ShyColumn, judge->n_slots);
  self->tried = g_new0 (gboolean, judge->n_slots);
  self->criteria = g_new0 (ShyProgramCriterion, judge->n_criteria);

  add_inputs (self);
  if (judge->key_date != NULL)
    self->key = shy_program_compile (self, judge->key_date, &self->settings->open);
  else
    self->key = self->slots[judge->first_builtin + SHY_BUILTIN_ON];
  self->slots[judge->first_builtin + SHY_BUILTIN_KEY] = self->key;
  compile_criteria (self);
  if (judge->amount != NULL)
    self->amount = shy_program_compile (self, judge->amount, &self->settings->open);
  self->amount_compiled = judge->schedule == NULL
                          && (judge->amount == NULL || self->amount.type == SHY_COLUMN_NUMBER);

  return self;
}

void
shy_program_free (ShyProgram *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->ops->len; i++)
    g_free (g_array_index (self->ops, ShyOp, i).set);
  g_array_unref (self->ops);
  g_array_unref (self->registers);
  shy_hearing_free (self->settings);
  g_free (self->slots);
  g_free (self->tried);
  g_free (self->criteria);
  g_free (self);
}
