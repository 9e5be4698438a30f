/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-program-private.h"

#include "feel/shy-feel-value-private.h"
#include "policy/shy-rule-tree-private.h"

/* Compiles a rule to operations over columns. What it cannot compile exactly it refuses, and the
 * judge does it. */

#define NOTHING ((ShyColumn) { SHY_COLUMN_NONE, 0 })

typedef struct {
  ShyProgram         *program;
  const ShyRule      *rule;
  const ShyRuleState *state; /* what is known at compile time */
  ShyRuleFrame       *frame;
} Compiler;

static ShyColumn compile (Compiler          *self,
                          const ShyRulePart *part);

/* A value known at compile time as a number of the column; FALSE if a column cannot hold it. */
static gboolean
value_to_cell (ShyProgram    *program,
               ShyFeelValue  *value,
               ShyColumnType *type,
               gint64        *cell)
{
  switch (value->type)
    {
    case SHY_FEEL_TYPE_NUMBER:
      *type = SHY_COLUMN_NUMBER;
      return shy_feel_value_get_decimal (value, 4, cell);
    case SHY_FEEL_TYPE_DATE:
      *type = SHY_COLUMN_DAY;
      *cell = shy_feel_date_get_days (&value->date);
      return TRUE;
    case SHY_FEEL_TYPE_STRING:
      *type = SHY_COLUMN_TEXT;
      *cell = shy_texts_intern (program->texts, program->text_list, value->string.text);
      return strlen (value->string.text) == value->string.length;
    case SHY_FEEL_TYPE_MONTHS_DURATION:
      *type = SHY_COLUMN_MONTHS;
      return !__builtin_mul_overflow (value->months, (gint64) SHY_COLUMNS_SCALE, cell);
    default:
      return FALSE;
    }
}

static ShyColumn
emit_constant (ShyProgram   *program,
               ShyFeelValue *value)
{
  ShyColumnType type;
  gint64        cell;

  if (value->type == SHY_FEEL_TYPE_BOOLEAN)
    return shy_program_emit (program, SHY_COLUMN_TRUTH,
                 (ShyOp) { .code = SHY_OP_TRUTH,
                           .k = value->boolean ? SHY_MAY_TRUE : SHY_MAY_FALSE });
  if (!value_to_cell (program, value, &type, &cell))
    return NOTHING;

  return shy_program_emit (program, type, (ShyOp) { .code = SHY_OP_CELL, .k = cell });
}

/* A value that is known whatever the row, or NULL. */
static ShyFeelValue *
fold (Compiler          *self,
      const ShyRulePart *part)
{
  ShyMask ignored = { 0 };

  return shy_rule_frame_walk (self->frame, part, &ignored);
}

/* The column of a rule, or none if columns cannot give exactly what it gives. @state is what is known
 * of every row. */
ShyColumn
shy_program_compile (ShyProgram         *program,
              const ShyRule      *rule,
              const ShyRuleState *state)
{
  g_auto (ShyRuleFrame) frame = { 0 };
  Compiler              self = { program, rule, state, &frame };

  shy_rule_frame_init (&frame, rule, state);

  return compile (&self, &rule->root);
}

/* A setting that nobody set is unknown in every row. */
static ShyColumn
emit_unknown (ShyProgram    *program,
              ShyColumnType  type)
{
  if (type == SHY_COLUMN_TRUTH)
    return shy_program_emit (program, type, (ShyOp) { .code = SHY_OP_TRUTH, .k = SHY_TRUTH_UNKNOWN });

  return shy_program_emit (program, type, (ShyOp) { .code = SHY_OP_UNKNOWN });
}

static ShyColumn
compile_slot (Compiler *self,
              guint     slot)
{
  ShyProgram     *program = self->program;
  const ShyJudge *judge = program->judge;

  if (slot == SHY_RULE_NO_SLOT)
    return NOTHING;
  if (slot >= judge->first_derived && !program->tried[slot])
    {
      program->tried[slot] = TRUE;
      program->slots[slot] = shy_program_compile (program, judge->derived[slot - judge->first_derived],
                                           &program->settings->open);
    }
  if (judge->slots[slot].setting)
    return emit_unknown (program, shy_column_type_of_slot (&judge->slots[slot]));

  return program->slots[slot];
}

static ShyColumn
emit_pair (ShyProgram    *program,
           ShyOpCode      code,
           ShyColumnType  type,
           ShyColumn      a,
           ShyColumn      b)
{
  return shy_program_emit (program, type, (ShyOp) { .code = code, .a = a.index, .b = b.index });
}

static ShyColumn
emit_not (ShyProgram *program,
          ShyColumn   a)
{
  return shy_program_emit (program, SHY_COLUMN_TRUTH, (ShyOp) { .code = SHY_OP_NOT, .a = a.index,
                                                    .b = a.index });
}

static ShyColumn
compile_junction (Compiler          *self,
                  const ShyRulePart *part)
{
  ShyOpCode code = part->node->kind == SHY_FEEL_NODE_AND ? SHY_OP_AND : SHY_OP_OR;
  ShyColumn sum = compile (self, &part->parts[0]);

  for (guint i = 1; i < part->n_parts && sum.type == SHY_COLUMN_TRUTH; i++)
    {
      ShyColumn next = compile (self, &part->parts[i]);

      if (next.type != SHY_COLUMN_TRUTH)
        return NOTHING;
      sum = emit_pair (self->program, code, SHY_COLUMN_TRUTH, sum, next);
    }

  return sum.type == SHY_COLUMN_TRUTH ? sum : NOTHING;
}

static ShyOpCode
comparison_code (ShyFeelOperator op)
{
  switch (op)
    {
    case SHY_FEEL_OPERATOR_EQUAL:
      return SHY_OP_EQ;
    case SHY_FEEL_OPERATOR_UNEQUAL:
      return SHY_OP_NE;
    case SHY_FEEL_OPERATOR_LESS:
      return SHY_OP_LT;
    case SHY_FEEL_OPERATOR_LESS_EQUAL:
      return SHY_OP_LE;
    case SHY_FEEL_OPERATOR_GREATER:
      return SHY_OP_GT;
    default:
      return SHY_OP_GE;
    }
}

static ShyOpCode
turn_around (ShyOpCode code)
{
  switch ((int) code)
    {
    case SHY_OP_LT:
      return SHY_OP_GT;
    case SHY_OP_LE:
      return SHY_OP_GE;
    case SHY_OP_GT:
      return SHY_OP_LT;
    case SHY_OP_GE:
      return SHY_OP_LE;
    default:
      return code;
    }
}

static gboolean
can_compare (ShyColumnType type,
             ShyOpCode     code)
{
  gboolean equality = code == SHY_OP_EQ || code == SHY_OP_NE;

  return type == SHY_COLUMN_NUMBER || type == SHY_COLUMN_DAY || type == SHY_COLUMN_MONTHS
         || (type == SHY_COLUMN_TEXT && equality);
}

/* A column against a value known at compile time. */
static ShyColumn
compare_constant (ShyProgram   *program,
                  ShyColumn     column,
                  ShyOpCode     code,
                  ShyFeelValue *value)
{
  ShyColumnType type = SHY_COLUMN_NONE;
  gint64        cell;

  if (!value_to_cell (program, value, &type, &cell) || type != column.type
      || !can_compare (type, code))
    return NOTHING;

  return shy_program_emit (program, SHY_COLUMN_TRUTH,
               (ShyOp) { .code = code + (SHY_OP_EQ_K - SHY_OP_EQ), .a = column.index,
                         .b = column.index, .k = cell });
}

/* Two truths that differ, or do not. */
static ShyColumn
compare_truths (ShyProgram *program,
                ShyOpCode   code,
                ShyColumn   a,
                ShyColumn   b)
{
  ShyColumn only_a = emit_pair (program, SHY_OP_AND, SHY_COLUMN_TRUTH, a, emit_not (program, b));
  ShyColumn only_b = emit_pair (program, SHY_OP_AND, SHY_COLUMN_TRUTH, emit_not (program, a), b);
  ShyColumn differ = emit_pair (program, SHY_OP_OR, SHY_COLUMN_TRUTH, only_a, only_b);

  return code == SHY_OP_NE ? differ : emit_not (program, differ);
}

static ShyColumn
compile_comparison (Compiler          *self,
                    const ShyRulePart *part)
{
  ShyOpCode                code = comparison_code (part->node->op);
  g_autoptr (ShyFeelValue) left = fold (self, &part->parts[0]);
  g_autoptr (ShyFeelValue) right = fold (self, &part->parts[1]);
  ShyColumn                a;
  ShyColumn                b;

  if (right != NULL && right->type != SHY_FEEL_TYPE_BOOLEAN)
    return compare_constant (self->program, compile (self, &part->parts[0]), code, right);
  if (left != NULL && left->type != SHY_FEEL_TYPE_BOOLEAN)
    return compare_constant (self->program, compile (self, &part->parts[1]), turn_around (code),
                             left);

  a = compile (self, &part->parts[0]);
  b = compile (self, &part->parts[1]);
  if (a.type == SHY_COLUMN_TRUTH && b.type == SHY_COLUMN_TRUTH
      && (code == SHY_OP_EQ || code == SHY_OP_NE))
    return compare_truths (self->program, code, a, b);
  if (a.type != b.type || !can_compare (a.type, code))
    return NOTHING;

  return emit_pair (self->program, code, SHY_COLUMN_TRUTH, a, b);
}

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* "value in (constants)": all of the type of the column. */
static ShyColumn
compile_set (Compiler          *self,
             const ShyRulePart *part,
             ShyColumn          value)
{
  g_autoptr (GArray) set = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 1; i < part->n_parts; i++)
    {
      g_autoptr (ShyFeelValue) test = fold (self, &part->parts[i]);
      gsize n_items = test != NULL && test->type == SHY_FEEL_TYPE_LIST ? test->list.n_items : 1;

      for (gsize j = 0; test != NULL && j < n_items; j++)
        {
          ShyFeelValue *item = test->type == SHY_FEEL_TYPE_LIST ? test->list.items[j] : test;
          ShyColumnType type;
          gint64        cell;

          if (!value_to_cell (self->program, item, &type, &cell) || type != value.type)
            return NOTHING;
          g_array_append_val (set, cell);
        }
      if (test == NULL)
        return NOTHING;
    }
  g_array_sort (set, compare_cells);

  return shy_program_emit (self->program, SHY_COLUMN_TRUTH,
               (ShyOp) { .code = SHY_OP_IN_SET, .a = value.index, .b = value.index,
                         .n_set = set->len, .set = g_memdup2 (set->data, set->len * 8) });
}

static ShyColumn
compile_in (Compiler          *self,
            const ShyRulePart *part)
{
  ShyColumn value;

  for (guint i = 1; i < part->n_parts; i++)
    if (part->parts[i].node->uses_placeholder
        || part->parts[i].node->kind == SHY_FEEL_NODE_TEST
        || part->parts[i].node->kind == SHY_FEEL_NODE_RANGE)
      return NOTHING;
  value = compile (self, &part->parts[0]);
  if (!can_compare (value.type, SHY_OP_EQ))
    return NOTHING;

  return compile_set (self, part, value);
}

static ShyColumn
compile_between (Compiler          *self,
                 const ShyRulePart *part)
{
  ShyColumn value = compile (self, &part->parts[0]);
  ShyColumn lower = compile (self, &part->parts[1]);
  ShyColumn upper = compile (self, &part->parts[2]);
  ShyColumn above;
  ShyColumn below;

  if (value.type != lower.type || value.type != upper.type || !can_compare (value.type, SHY_OP_GE))
    return NOTHING;
  above = emit_pair (self->program, SHY_OP_GE, SHY_COLUMN_TRUTH, value, lower);
  below = emit_pair (self->program, SHY_OP_LE, SHY_COLUMN_TRUTH, value, upper);

  return emit_pair (self->program, SHY_OP_AND, SHY_COLUMN_TRUTH, above, below);
}

static ShyColumn
compile_if (Compiler          *self,
            const ShyRulePart *part)
{
  g_autoptr (ShyFeelValue) known = fold (self, &part->parts[0]);
  ShyColumn                condition;
  ShyColumn                yes;
  ShyColumn                no;

  if (known != NULL)
    return compile (self,
                    &part->parts[shy_feel_value_get_truth (known) == SHY_FEEL_TRUE ? 1 : 2]);
  condition = compile (self, &part->parts[0]);
  yes = compile (self, &part->parts[1]);
  no = compile (self, &part->parts[2]);
  if (condition.type != SHY_COLUMN_TRUTH || yes.type != no.type || yes.type == SHY_COLUMN_NONE)
    return NOTHING;

  return shy_program_emit (self->program, yes.type,
               (ShyOp) {
                 .code = yes.type == SHY_COLUMN_TRUTH ? SHY_OP_IF_TRUTH : SHY_OP_IF_CELL,
                 .a = condition.index, .b = yes.index, .c = no.index,
               });
}

/* A day moved by a length known at compile time: whole months, or whole days. */
static ShyColumn
compile_shift (Compiler     *self,
               ShyColumn     day,
               ShyFeelValue *length,
               gint64        sign)
{
  const ShyFeelNanos a_day = (ShyFeelNanos) 86400 * 1000000000;
  ShyOp              op = { .a = day.index, .b = day.index };

  if (length->type == SHY_FEEL_TYPE_MONTHS_DURATION && ABS (length->months) < 120000)
    {
      op.code = SHY_OP_ADD_MONTHS;
      op.k = sign * length->months;
    }
  else if (length->type == SHY_FEEL_TYPE_DAYS_DURATION && length->nanos % a_day == 0
           && length->nanos / a_day < 4000000 && length->nanos / a_day > -4000000)
    {
      op.code = SHY_OP_ADD_DAYS;
      op.k = sign * (gint64) (length->nanos / a_day);
    }
  else
    return NOTHING;

  return shy_program_emit (self->program, SHY_COLUMN_DAY, op);
}

static ShyColumn
compile_arithmetic (Compiler          *self,
                    const ShyRulePart *part)
{
  static const ShyOpCode codes[] = {
    [SHY_FEEL_OPERATOR_ADD] = SHY_OP_ADD,
    [SHY_FEEL_OPERATOR_SUBTRACT] = SHY_OP_SUB,
    [SHY_FEEL_OPERATOR_MULTIPLY] = SHY_OP_MUL,
    [SHY_FEEL_OPERATOR_DIVIDE] = SHY_OP_DIV,
  };
  ShyFeelOperator          op = part->node->op;
  g_autoptr (ShyFeelValue) length = fold (self, &part->parts[1]);
  ShyColumn                a = compile (self, &part->parts[0]);
  ShyColumn                b;

  if (a.type == SHY_COLUMN_DAY && length != NULL
      && (op == SHY_FEEL_OPERATOR_ADD || op == SHY_FEEL_OPERATOR_SUBTRACT))
    return compile_shift (self, a, length, op == SHY_FEEL_OPERATOR_ADD ? 1 : -1);
  b = compile (self, &part->parts[1]);
  if (a.type != SHY_COLUMN_NUMBER || b.type != SHY_COLUMN_NUMBER
      || op == SHY_FEEL_OPERATOR_POWER)
    return NOTHING;

  return emit_pair (self->program, codes[op], SHY_COLUMN_NUMBER, a, b);
}

static ShyColumn
compile_path (Compiler          *self,
              const ShyRulePart *part)
{
  static const struct {
    ShyColumnType type;
    const char   *name;
    ShyOpCode     code;
  } properties[] = {
    { SHY_COLUMN_MONTHS, "years", SHY_OP_YEARS_PART },
    { SHY_COLUMN_MONTHS, "months", SHY_OP_MONTHS_PART },
    { SHY_COLUMN_DAY, "year", SHY_OP_YEAR },
    { SHY_COLUMN_DAY, "month", SHY_OP_MONTH },
    { SHY_COLUMN_DAY, "day", SHY_OP_DAY },
  };
  ShyColumn operand = compile (self, &part->parts[0]);

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    if (operand.type == properties[i].type && g_str_equal (part->node->name, properties[i].name))
      return emit_pair (self->program, properties[i].code, SHY_COLUMN_NUMBER, operand, operand);

  return NOTHING;
}

static gboolean
calls_slot (Compiler          *self,
            const ShyRulePart *part,
            const char        *name)
{
  const ShyFeelNode *function = part->node->children[0];
  guint              slot;

  if (function->kind != SHY_FEEL_NODE_NAME || function->binding != SHY_FEEL_BINDING_SLOT)
    return FALSE;
  slot = self->rule->map[function->slot];

  return slot != SHY_RULE_NO_SLOT && g_str_equal (self->program->judge->slots[slot].name, name);
}

static ShyColumn
compile_call (Compiler          *self,
              const ShyRulePart *part)
{
  static const struct {
    const char   *name;
    gboolean      slot; /* a function of policies, not of FEEL */
    ShyColumnType a;
    ShyColumnType b;
    ShyColumnType result;
    ShyOpCode     code;
  } functions[] = {
    { "years and months duration", FALSE, SHY_COLUMN_DAY, SHY_COLUMN_DAY, SHY_COLUMN_MONTHS,
      SHY_OP_MONTHS },
    { "full months", TRUE, SHY_COLUMN_DAY, SHY_COLUMN_DAY, SHY_COLUMN_NUMBER, SHY_OP_FULL_MONTHS },
    { "starts with", FALSE, SHY_COLUMN_TEXT, SHY_COLUMN_TEXT, SHY_COLUMN_TRUTH,
      SHY_OP_STARTS_WITH },
    { "contains", FALSE, SHY_COLUMN_TEXT, SHY_COLUMN_TEXT, SHY_COLUMN_TRUTH, SHY_OP_CONTAINS },
  };

  if (part->node->argument_names != NULL)
    return NOTHING;
  if (shy_rule_part_calls (part, "not") && part->n_parts == 2)
    {
      ShyColumn operand = compile (self, &part->parts[1]);

      return operand.type == SHY_COLUMN_TRUTH ? emit_not (self->program, operand) : NOTHING;
    }
  if (shy_rule_part_calls (part, "string length") && part->n_parts == 2)
    {
      ShyColumn text = compile (self, &part->parts[1]);

      return text.type == SHY_COLUMN_TEXT
               ? emit_pair (self->program, SHY_OP_TEXT_LENGTH, SHY_COLUMN_NUMBER, text, text)
               : NOTHING;
    }

  for (guint i = 0; part->n_parts == 3 && i < G_N_ELEMENTS (functions); i++)
    if (functions[i].slot ? calls_slot (self, part, functions[i].name)
                          : shy_rule_part_calls (part, functions[i].name))
      {
        ShyColumn a = compile (self, &part->parts[1]);
        ShyColumn b = compile (self, &part->parts[2]);

        return a.type == functions[i].a && b.type == functions[i].b
                 ? emit_pair (self->program, functions[i].code, functions[i].result, a, b)
                 : NOTHING;
      }

  return NOTHING;
}

static ShyColumn
compile (Compiler          *self,
         const ShyRulePart *part)
{
  g_autoptr (ShyFeelValue) known = fold (self, part);

  if (known != NULL)
    return emit_constant (self->program, known);

  switch ((int) part->node->kind)
    {
    case SHY_FEEL_NODE_NAME:
      return compile_slot (self, self->rule->map[part->node->slot]);
    case SHY_FEEL_NODE_AND:
    case SHY_FEEL_NODE_OR:
      return compile_junction (self, part);
    case SHY_FEEL_NODE_COMPARISON:
      return compile_comparison (self, part);
    case SHY_FEEL_NODE_IN:
      return compile_in (self, part);
    case SHY_FEEL_NODE_BETWEEN:
      return compile_between (self, part);
    case SHY_FEEL_NODE_IF:
      return compile_if (self, part);
    case SHY_FEEL_NODE_ARITHMETIC:
      return compile_arithmetic (self, part);
    case SHY_FEEL_NODE_PATH:
      return compile_path (self, part);
    case SHY_FEEL_NODE_CALL:
      return compile_call (self, part);
    default:
      return NOTHING;
    }
}
