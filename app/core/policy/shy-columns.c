/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-columns-private.h"

#include "calendar/shy-full-months.h"
#include "feel/shy-feel-date.h"

#include <string.h>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3") /* -O2 leaves most of these loops scalar */
#endif

/* Loops without branches, so that the compiler turns them into vector code. */
#define EACH_ROW(statement)                   \
  for (guint i = 0; i < n; i++)               \
    {                                         \
      statement;                              \
    }

/* What a comparison gives: a truth where both cells are known, else what their states say. An
 * unknown cell holds a value of its type, never null. */
static inline guint8
judge (gboolean yes,
       guint8   state)
{
  guint8 truth = (guint8) (2 - (yes != 0)); /* SHY_MAY_TRUE or SHY_MAY_FALSE */
  guint8 known = (guint8) -(state == SHY_CELL_KNOWN);
  guint8 open = (guint8) (-(state == SHY_CELL_UNKNOWN) & SHY_TRUTH_UNKNOWN);

  return (truth & known) | open | (guint8) ((state & SHY_CELL_ODD) << 2);
}

/* The state of a result of two cells: the worst of theirs. */
static inline guint8
join (guint8 a,
      guint8 b)
{
  return MAX (a, b);
}

static inline guint8
both (guint8 a,
      guint8 b)
{
  guint8 odd = (a | b) & SHY_TRUTH_ODD;
  guint8 truth = a & b & SHY_MAY_TRUE;
  guint8 lie = (a | b) & SHY_MAY_FALSE;
  guint8 null = (a & (b | (guint8) (b << 2)) & SHY_MAY_NULL) | (b & (guint8) (a << 2) & SHY_MAY_NULL);

  return odd | truth | lie | null;
}

static inline guint8
turn (guint8 a)
{
  return (guint8) ((a & SHY_MAY_TRUE) << 1) | (guint8) ((a & SHY_MAY_FALSE) >> 1)
         | (a & (SHY_MAY_NULL | SHY_TRUTH_ODD));
}

static void
run_logic (const ShyOp *op,
           ShyRegister *r,
           guint        n)
{
  guint8       *d = r[op->dst].s;
  const guint8 *a = r[op->a].s;
  const guint8 *b = r[op->b].s;
  const guint8 *c = r[op->c].s;

  switch ((int) op->code)
    {
    case SHY_OP_TRUTH:
      EACH_ROW (d[i] = (guint8) op->k);
      break;
    case SHY_OP_NOT:
      EACH_ROW (d[i] = turn (a[i]));
      break;
    case SHY_OP_AND:
      EACH_ROW (d[i] = both (a[i], b[i]));
      break;
    case SHY_OP_OR:
      EACH_ROW (d[i] = turn (both (turn (a[i]), turn (b[i]))));
      break;
    case SHY_OP_IF_TRUTH:
      EACH_ROW (d[i] = (a[i] & SHY_TRUTH_ODD)
                       | ((a[i] & SHY_MAY_TRUE) ? b[i] : 0)
                       | ((a[i] & (SHY_MAY_FALSE | SHY_MAY_NULL)) ? c[i] : 0));
      break;
    default:
      g_assert_not_reached ();
    }
}

#define COMPARE(operator_)                                        \
  EACH_ROW (d[i] = judge (av[i] operator_ bv[i], join (as[i], bs[i])))
#define COMPARE_K(operator_)                                      \
  EACH_ROW (d[i] = judge (av[i] operator_ k, as[i]))

static gboolean
is_in (const gint64 *set,
       guint         n_set,
       gint64        value)
{
  guint low = 0;
  guint high = n_set;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (set[middle] == value)
        return TRUE;
      if (set[middle] < value)
        low = middle + 1;
      else
        high = middle;
    }

  return FALSE;
}

static void
run_in_set (const ShyOp  *op,
            const gint64 *av,
            const guint8 *as,
            guint8       *d,
            guint         n)
{
  const gint64 *set = op->set;

  if (op->n_set > 4)
    {
      EACH_ROW (d[i] = judge (is_in (set, op->n_set, av[i]), as[i]));
      return;
    }

  EACH_ROW (d[i] = 0);
  for (guint j = 0; j < op->n_set; j++)
    EACH_ROW (d[i] |= (guint8) (av[i] == set[j]));
  EACH_ROW (d[i] = judge (d[i], as[i]));
}

static void
run_comparison (const ShyOp *op,
                ShyRegister *r,
                guint        n)
{
  guint8       *d = r[op->dst].s;
  const gint64 *av = r[op->a].v;
  const guint8 *as = r[op->a].s;
  const gint64 *bv = r[op->b].v;
  const guint8 *bs = r[op->b].s;
  gint64        k = op->k;

  switch ((int) op->code)
    {
    case SHY_OP_EQ:
      COMPARE (==);
      break;
    case SHY_OP_NE:
      COMPARE (!=);
      break;
    case SHY_OP_LT:
      COMPARE (<);
      break;
    case SHY_OP_LE:
      COMPARE (<=);
      break;
    case SHY_OP_GT:
      COMPARE (>);
      break;
    case SHY_OP_GE:
      COMPARE (>=);
      break;
    case SHY_OP_EQ_K:
      COMPARE_K (==);
      break;
    case SHY_OP_NE_K:
      COMPARE_K (!=);
      break;
    case SHY_OP_LT_K:
      COMPARE_K (<);
      break;
    case SHY_OP_LE_K:
      COMPARE_K (<=);
      break;
    case SHY_OP_GT_K:
      COMPARE_K (>);
      break;
    case SHY_OP_GE_K:
      COMPARE_K (>=);
      break;
    default:
      run_in_set (op, av, as, d, n);
    }
}

static gboolean
multiply (gint64  a,
          gint64  b,
          gint64 *product)
{
  __int128 exact = (__int128) a * b;

  *product = (gint64) (exact / SHY_COLUMNS_SCALE);

  return exact % SHY_COLUMNS_SCALE != 0 || exact / SHY_COLUMNS_SCALE != *product;
}

static gboolean
divide (gint64  a,
        gint64  b,
        gint64 *quotient)
{
  __int128 scaled = (__int128) a * SHY_COLUMNS_SCALE;

  if (b == 0)
    return TRUE;
  *quotient = (gint64) (scaled / b);

  return scaled % b != 0 || scaled / b != *quotient;
}

static gint64
floor_scaled (gint64 a)
{
  gint64 rest = a % SHY_COLUMNS_SCALE;

  return a - rest - (rest < 0 ? SHY_COLUMNS_SCALE : 0);
}

/* An arithmetic result that is not exact is odd. */
#define ARITHMETIC(overflows)                                                     \
  EACH_ROW (gint64 value = 0;                                                     \
            guint8 state = join (as[i], bs[i]);                                   \
            gboolean odd = state == SHY_CELL_KNOWN && (overflows);                \
            dv[i] = value;                                                        \
            ds[i] = odd ? SHY_CELL_ODD : state)

static void
run_arithmetic (const ShyOp *op,
                ShyRegister *r,
                guint        n)
{
  gint64       *dv = r[op->dst].v;
  guint8       *ds = r[op->dst].s;
  const gint64 *av = r[op->a].v;
  const guint8 *as = r[op->a].s;
  const gint64 *bv = r[op->b].v;
  const guint8 *bs = r[op->b].s;

  switch ((int) op->code)
    {
    case SHY_OP_ADD:
      ARITHMETIC (__builtin_add_overflow (av[i], bv[i], &value));
      break;
    case SHY_OP_SUB:
      ARITHMETIC (__builtin_sub_overflow (av[i], bv[i], &value));
      break;
    case SHY_OP_MUL:
      ARITHMETIC (multiply (av[i], bv[i], &value));
      break;
    case SHY_OP_DIV:
      ARITHMETIC (divide (av[i], bv[i], &value));
      break;
    case SHY_OP_MIN:
      ARITHMETIC ((value = MIN (av[i], bv[i]), FALSE));
      break;
    case SHY_OP_MAX:
      ARITHMETIC ((value = MAX (av[i], bv[i]), FALSE));
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
run_choice (const ShyOp *op,
            ShyRegister *r,
            guint        n)
{
  gint64            *dv = r[op->dst].v;
  guint8            *ds = r[op->dst].s;
  const guint8      *a = r[op->a].s;
  const ShyRegister *b = &r[op->b];
  const ShyRegister *c = &r[op->c];

  for (guint i = 0; i < n; i++)
    {
      gboolean yes = (a[i] & SHY_MAY_TRUE) != 0;
      gboolean no = (a[i] & (SHY_MAY_FALSE | SHY_MAY_NULL)) != 0;

      dv[i] = yes ? b->v[i] : c->v[i];
      if (a[i] & SHY_TRUTH_ODD)
        ds[i] = SHY_CELL_ODD;
      else if (yes && no)
        ds[i] = b->s[i] == SHY_CELL_KNOWN && c->s[i] == SHY_CELL_KNOWN && b->v[i] == c->v[i]
                  ? SHY_CELL_KNOWN
                  /* what the branches cannot hold matters even while the choice is open */
                  : ((b->s[i] | c->s[i]) & SHY_CELL_ODD ? SHY_CELL_ODD
                                                                          : SHY_CELL_UNKNOWN);
      else
        ds[i] = yes ? b->s[i] : c->s[i];
    }
}

static gint64
add_months (gint64 day,
            gint64 months)
{
  ShyFeelDate date;
  ShyFeelDate sum;

  if (!shy_feel_date_init_days (&date, day) || !shy_feel_date_add_months (&date, months, &sum))
    return G_MININT64;

  return shy_feel_date_get_days (&sum);
}

static gint64
count_months (gint64 from,
              gint64 until)
{
  ShyFeelDate first;
  ShyFeelDate last;

  if (!shy_feel_date_init_days (&first, from) || !shy_feel_date_init_days (&last, until))
    return G_MININT64;

  return shy_feel_date_months_between (&first, &last) * SHY_COLUMNS_SCALE;
}

static gboolean
to_date (gint64  day,
         GDate  *date)
{
  ShyFeelDate feel;

  if (!shy_feel_date_init_days (&feel, day) || feel.year < 1 || feel.year > G_MAXUINT16)
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, feel.day, (GDateMonth) feel.month, (GDateYear) feel.year);

  return TRUE;
}

static gint64
full_months (gint64 from,
             gint64 until)
{
  GDate first;
  GDate last;

  if (!to_date (from, &first) || !to_date (until, &last))
    return G_MININT64;

  return shy_full_months (&first, &last, SHY_MONTH_RULE_SINCE) * (gint64) SHY_COLUMNS_SCALE;
}

static gint64
part_of_day (ShyOpCode code,
             gint64    day)
{
  ShyFeelDate date;

  if (!shy_feel_date_init_days (&date, day))
    return G_MININT64;

  return (code == SHY_OP_YEAR ? date.year : code == SHY_OP_MONTH ? date.month : date.day)
         * (gint64) SHY_COLUMNS_SCALE;
}

static gint64
calculate (const ShyOp *op,
           gint64       a,
           gint64       b)
{
  switch ((int) op->code)
    {
    case SHY_OP_FLOOR:
      return floor_scaled (a);
    case SHY_OP_ADD_DAYS:
      return a + op->k;
    case SHY_OP_ADD_MONTHS:
      return add_months (a, op->k);
    case SHY_OP_MONTHS:
      return count_months (a, b);
    case SHY_OP_FULL_MONTHS:
      return full_months (a, b);
    case SHY_OP_MONTHS_PART:
      return a % (12 * SHY_COLUMNS_SCALE);
    case SHY_OP_YEARS_PART:
      return a / (12 * SHY_COLUMNS_SCALE) * SHY_COLUMNS_SCALE;
    default:
      return part_of_day (op->code, a);
    }
}

static void
run_calendar (const ShyOp *op,
              ShyRegister *r,
              guint        n)
{
  gint64       *dv = r[op->dst].v;
  guint8       *ds = r[op->dst].s;
  const gint64 *av = r[op->a].v;
  const guint8 *as = r[op->a].s;
  const gint64 *bv = r[op->b].v;
  const guint8 *bs = r[op->b].s;

  for (guint i = 0; i < n; i++)
    {
      ds[i] = join (as[i], bs[i]);
      dv[i] = ds[i] == SHY_CELL_KNOWN ? calculate (op, av[i], bv[i]) : 0;
      if (dv[i] == G_MININT64)
        ds[i] = SHY_CELL_ODD;
    }
}

static void
run_constant (const ShyOp *op,
              ShyRegister *r,
              guint        n)
{
  gint64 *dv = r[op->dst].v;
  guint8 *ds = r[op->dst].s;

  EACH_ROW (dv[i] = op->k);
  EACH_ROW (ds[i] = op->code == SHY_OP_CELL ? SHY_CELL_KNOWN : SHY_CELL_UNKNOWN);
}

static void
run_text (const ShyOp        *op,
          ShyRegister        *r,
          const char * const *texts,
          guint               n)
{
  gint64       *dv = r[op->dst].v;
  guint8       *ds = r[op->dst].s;
  const gint64 *av = r[op->a].v;
  const gint64 *bv = r[op->b].v;

  for (guint i = 0; i < n; i++)
    {
      guint8 state = join (r[op->a].s[i], r[op->b].s[i]);

      if (op->code == SHY_OP_TEXT_LENGTH)
        {
          dv[i] = state == SHY_CELL_KNOWN ? g_utf8_strlen (texts[av[i]], -1) * SHY_COLUMNS_SCALE : 0;
          ds[i] = state;
        }
      else if (state != SHY_CELL_KNOWN)
        ds[i] = judge (FALSE, state);
      else if (op->code == SHY_OP_STARTS_WITH)
        ds[i] = judge (g_str_has_prefix (texts[av[i]], texts[bv[i]]), state);
      else
        ds[i] = judge (strstr (texts[av[i]], texts[bv[i]]) != NULL, state);
    }
}

/* Runs @ops in their order over the first @n_rows of each register; a text is a place in @texts.
 * Operations of one cell name it as both a and b. */
void
shy_columns_run (const ShyOp        *ops,
                 guint               n_ops,
                 ShyRegister        *registers,
                 const char * const *texts,
                 guint               n_rows)
{
  for (guint i = 0; i < n_ops; i++)
    {
      const ShyOp *op = &ops[i];

      if (op->code <= SHY_OP_IF_TRUTH)
        run_logic (op, registers, n_rows);
      else if (op->code <= SHY_OP_IN_SET)
        run_comparison (op, registers, n_rows);
      else if (op->code <= SHY_OP_UNKNOWN)
        run_constant (op, registers, n_rows);
      else if (op->code == SHY_OP_IF_CELL)
        run_choice (op, registers, n_rows);
      else if (op->code <= SHY_OP_MAX)
        run_arithmetic (op, registers, n_rows);
      else if (op->code >= SHY_OP_TEXT_LENGTH)
        run_text (op, registers, texts, n_rows);
      else
        run_calendar (op, registers, n_rows);
    }
}
