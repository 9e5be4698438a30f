/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Arithmetic and logic over columns: the machine below ShyPolicyBatch. It knows nothing of policies
 * or FEEL; each operation either gives exactly what FEEL gives, or marks the row as odd, and odd
 * rows are judged one at a time. */

#define SHY_COLUMNS_SPAN  2048 /* rows evaluated at a time: what stays in the second-level cache */
#define SHY_COLUMNS_SCALE 10000 /* numbers are held as ten-thousandths */

/* The state of a number, day or text. */
enum {
  SHY_CELL_KNOWN = 0,
  SHY_CELL_UNKNOWN = 1,
  SHY_CELL_ODD = 2, /* null, or cannot be held exactly */
};

/* A truth value is the set of what it may still be. */
enum {
  SHY_MAY_TRUE = 1,
  SHY_MAY_FALSE = 2,
  SHY_MAY_NULL = 4,
  SHY_TRUTH_UNKNOWN = 3,
  SHY_TRUTH_ANYTHING = 7,
  SHY_TRUTH_ODD = 8,
};

typedef enum {
  SHY_OP_TRUTH,    /* dst = the truth value k */
  SHY_OP_NOT,      /* dst = not a */
  SHY_OP_AND,      /* dst = a and b */
  SHY_OP_OR,       /* dst = a or b */
  SHY_OP_IF_TRUTH, /* dst = if a then b else c, truth values */
  SHY_OP_EQ,       /* dst = a = b, cells; so on for the next five */
  SHY_OP_NE,
  SHY_OP_LT,
  SHY_OP_LE,
  SHY_OP_GT,
  SHY_OP_GE,
  SHY_OP_EQ_K,     /* dst = a = k, cells; so on for the next five */
  SHY_OP_NE_K,
  SHY_OP_LT_K,
  SHY_OP_LE_K,
  SHY_OP_GT_K,
  SHY_OP_GE_K,
  SHY_OP_IN_SET,   /* dst = a is one of set */
  SHY_OP_CELL,     /* dst = the cell k */
  SHY_OP_UNKNOWN,  /* dst = a cell that is not known */
  SHY_OP_IF_CELL,  /* dst = if a then b else c, cells */
  SHY_OP_ADD,
  SHY_OP_SUB,
  SHY_OP_MUL,
  SHY_OP_DIV,
  SHY_OP_MIN,
  SHY_OP_MAX,
  SHY_OP_FLOOR,
  SHY_OP_ADD_DAYS,   /* dst = day a plus k days */
  SHY_OP_ADD_MONTHS, /* dst = day a plus k months, by the end of the month where it is shorter */
  SHY_OP_MONTHS,     /* dst = whole months from day a to day b, towards zero; scaled */
  SHY_OP_MONTHS_PART,/* dst = cell a (whole number) modulo 12, scaled, sign of a */
  SHY_OP_YEARS_PART, /* dst = cell a (whole number) by 12, towards zero, scaled */
  SHY_OP_FULL_MONTHS,/* dst = full months from day a to day b by the rule “since”, scaled */
  SHY_OP_YEAR,       /* dst = the year of day a, scaled; so on for the next two */
  SHY_OP_MONTH,
  SHY_OP_DAY,
  SHY_OP_TEXT_LENGTH, /* dst = the characters of text a, scaled */
  SHY_OP_STARTS_WITH, /* dst = text a starts with text b, a truth */
  SHY_OP_CONTAINS,    /* dst = text a contains text b, a truth */
} ShyOpCode;

typedef struct {
  ShyOpCode code;
  guint     dst;
  guint     a;
  guint     b;
  guint     c;
  gint64    k;
  gint64   *set; /* (owned): sorted */
  guint     n_set;
} ShyOp;

/* A register. A truth column has only @s, which then holds truth values. */
typedef struct {
  gint64 *v;
  guint8 *s;
} ShyRegister;

void shy_columns_run (const ShyOp        *ops,
                      guint               n_ops,
                      ShyRegister        *registers,
                      const char * const *texts,
                      guint               n_rows);

G_END_DECLS
