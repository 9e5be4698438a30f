/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-builtin-private.h"

#include <glib/gi18n-lib.h>

/* Range functions, DMN 1.5 §10.3.4.7, table 78. Half of them are the others with their arguments
 * exchanged. */

/* A range, or a point as the range of nothing but itself. Ends that are not there are infinite. */
typedef struct
{
  ShyFeelValue *start; /* NULL: before everything */
  ShyFeelValue *end;   /* NULL: after everything */
  gboolean      start_included;
  gboolean      end_included;
  gboolean      is_point;
} Span;

typedef enum {
  BEFORE,
  MEETS,
  OVERLAPS,
  OVERLAPS_BEFORE,
  FINISHES,
  INCLUDES,
  STARTS,
  COINCIDES,
  EXCHANGED = 1 << 8,
} Relation;

static ShyFeelValue *
end_or_null (ShyFeelValue *end)
{
  return end == NULL || end->type == SHY_FEEL_TYPE_NULL ? NULL : end;
}

static Span
span_of (ShyFeelValue *value)
{
  if (value->type != SHY_FEEL_TYPE_RANGE)
    return (Span) { value, value, TRUE, TRUE, TRUE };
  return (Span) { end_or_null (value->range.start), end_or_null (value->range.end),
                  value->range.start_included, value->range.end_included, FALSE };
}

static int
order_of (ShyFeelValue *a,
          ShyFeelValue *b)
{
  int order = 0;

  shy_feel_value_compare (a, b, &order); /* checked before */
  return order;
}

/* Two starts, or two ends; @missing says where one that is not there lies. */
static int
compare_like (ShyFeelValue *a,
              ShyFeelValue *b,
              int           missing)
{
  if (a == NULL || b == NULL)
    return ((a == NULL) - (b == NULL)) * missing;
  return order_of (a, b);
}

static int
compare_starts (const Span *a,
                const Span *b)
{
  return compare_like (a->start, b->start, -1);
}

static int
compare_ends (const Span *a,
              const Span *b)
{
  return compare_like (a->end, b->end, 1);
}

/* An end against a start: one that is not there lies beyond. */
static int
compare_end_to_start (const Span *a,
                      const Span *b)
{
  return a->end == NULL || b->start == NULL ? 1 : order_of (a->end, b->start);
}

static gboolean
before (const Span *a,
        const Span *b)
{
  int order = compare_end_to_start (a, b);

  return order < 0 || (order == 0 && (!a->end_included || !b->start_included));
}

static gboolean
meets (const Span *a,
       const Span *b)
{
  return a->end_included && b->start_included && compare_end_to_start (a, b) == 0;
}

/* The first ends after the second starts, or they share that point. */
static gboolean
reaches (const Span *a,
         const Span *b)
{
  int order = compare_end_to_start (a, b);

  return order > 0 || (order == 0 && a->end_included && b->start_included);
}

static gboolean
overlaps (const Span *a,
          const Span *b)
{
  return reaches (a, b) && reaches (b, a);
}

static gboolean
overlaps_before (const Span *a,
                 const Span *b)
{
  int starts = compare_starts (a, b);
  int ends = compare_ends (a, b);

  return (starts < 0 || (starts == 0 && a->start_included && !b->start_included)) &&
         reaches (a, b) &&
         (ends < 0 || (ends == 0 && (!a->end_included || b->end_included)));
}

static gboolean
finishes (const Span *a,
          const Span *b)
{
  int starts = compare_starts (a, b);

  if (a->is_point)
    return b->end_included && compare_ends (a, b) == 0;
  return a->end_included == b->end_included && compare_ends (a, b) == 0 &&
         (starts > 0 || (starts == 0 && (!a->start_included || b->start_included)));
}

static gboolean
includes (const Span *a,
          const Span *b)
{
  int starts = compare_starts (a, b);
  int ends = compare_ends (a, b);

  if (b->is_point)
    return (starts < 0 && ends > 0) || (starts == 0 && a->start_included) ||
           (ends == 0 && a->end_included);
  return (starts < 0 || (starts == 0 && (a->start_included || !b->start_included))) &&
         (ends > 0 || (ends == 0 && (a->end_included || !b->end_included)));
}

static gboolean
starts (const Span *a,
        const Span *b)
{
  int ends = compare_ends (a, b);

  if (a->is_point)
    return b->start_included && compare_starts (a, b) == 0;
  return compare_starts (a, b) == 0 && a->start_included == b->start_included &&
         (ends < 0 || (ends == 0 && (!a->end_included || b->end_included)));
}

static gboolean
coincides (const Span *a,
           const Span *b)
{
  return compare_starts (a, b) == 0 && a->start_included == b->start_included &&
         compare_ends (a, b) == 0 && a->end_included == b->end_included;
}

/* Whether all ends that are there have an order among each other. */
static gboolean
are_comparable (const Span *a,
                const Span *b)
{
  ShyFeelValue *const ends[] = { a->start, a->end, b->start, b->end };
  ShyFeelValue       *first = NULL;
  int                 order;

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (ends[i] == NULL)
        continue;
      if (first == NULL)
        first = ends[i];
      if (!shy_feel_value_compare (first, ends[i], &order))
        return FALSE;
    }
  return TRUE;
}

/* "!= 10" has no ends that could lie somewhere. */
static gboolean
excludes (const ShyFeelValue *value)
{
  return value->type == SHY_FEEL_TYPE_RANGE && value->range.op == SHY_FEEL_OPERATOR_UNEQUAL;
}

static ShyFeelValue *
relate (ShyFeelRun           *run,
        const ShyFeelBuiltin *builtin,
        ShyFeelValue        **arguments)
{
  static gboolean (*const relations[]) (const Span *, const Span *) = {
    before, meets, overlaps, overlaps_before, finishes, includes, starts, coincides,
  };
  gboolean exchanged = (builtin->detail & EXCHANGED) != 0;
  Span     a = span_of (arguments[exchanged ? 1 : 0]);
  Span     b = span_of (arguments[exchanged ? 0 : 1]);

  if (excludes (arguments[0]) || excludes (arguments[1]) || !are_comparable (&a, &b))
    return shy_feel_builtin_refuse (builtin, _("the two cannot be compared."));
  return shy_feel_value_new_boolean (relations[builtin->detail & ~EXCHANGED] (&a, &b));
}

#define TWO_POINTS(name, relation)                                                                 \
  { name, relate, SHY_FEEL_BUILTIN_PLAIN, relation,                                                \
    { { "point1", SHY_FEEL_TAKES_POINT }, { "point2", SHY_FEEL_TAKES_POINT } } }
#define POINT_RANGE(name, relation)                                                                \
  { name, relate, SHY_FEEL_BUILTIN_PLAIN, relation,                                                \
    { { "point", SHY_FEEL_TAKES_POINT }, { "range", SHY_FEEL_TAKES_RANGE } } }
#define RANGE_POINT(name, relation)                                                                \
  { name, relate, SHY_FEEL_BUILTIN_PLAIN, relation,                                                \
    { { "range", SHY_FEEL_TAKES_RANGE }, { "point", SHY_FEEL_TAKES_POINT } } }
#define TWO_RANGES(name, relation)                                                                 \
  { name, relate, SHY_FEEL_BUILTIN_PLAIN, relation,                                                \
    { { "range1", SHY_FEEL_TAKES_RANGE }, { "range2", SHY_FEEL_TAKES_RANGE } } }

const ShyFeelBuiltin shy_feel_range_builtins[] = {
  TWO_POINTS ("before", BEFORE),
  POINT_RANGE ("before", BEFORE),
  RANGE_POINT ("before", BEFORE),
  TWO_RANGES ("before", BEFORE),
  TWO_POINTS ("after", BEFORE | EXCHANGED),
  POINT_RANGE ("after", BEFORE | EXCHANGED),
  RANGE_POINT ("after", BEFORE | EXCHANGED),
  TWO_RANGES ("after", BEFORE | EXCHANGED),
  TWO_RANGES ("meets", MEETS),
  TWO_RANGES ("met by", MEETS | EXCHANGED),
  TWO_RANGES ("overlaps", OVERLAPS),
  TWO_RANGES ("overlaps before", OVERLAPS_BEFORE),
  TWO_RANGES ("overlaps after", OVERLAPS_BEFORE | EXCHANGED),
  POINT_RANGE ("finishes", FINISHES),
  TWO_RANGES ("finishes", FINISHES),
  RANGE_POINT ("finished by", FINISHES | EXCHANGED),
  TWO_RANGES ("finished by", FINISHES | EXCHANGED),
  RANGE_POINT ("includes", INCLUDES),
  TWO_RANGES ("includes", INCLUDES),
  POINT_RANGE ("during", INCLUDES | EXCHANGED),
  TWO_RANGES ("during", INCLUDES | EXCHANGED),
  POINT_RANGE ("starts", STARTS),
  TWO_RANGES ("starts", STARTS),
  RANGE_POINT ("started by", STARTS | EXCHANGED),
  TWO_RANGES ("started by", STARTS | EXCHANGED),
  TWO_POINTS ("coincides", COINCIDES),
  TWO_RANGES ("coincides", COINCIDES),
  { NULL },
};
