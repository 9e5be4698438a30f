/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-builtin-private.h"

#include <glib/gi18n-lib.h>

/* Numeric functions, DMN 1.5 §10.3.4.5. */

static ShyFeelValue *
out_of_domain (const ShyFeelBuiltin *builtin)
{
  return shy_feel_builtin_refuse (builtin, _("the number lies outside of what it is defined "
                                             "for."));
}

/* decimal, floor, ceiling and the round functions: the detail says how. */
static ShyFeelValue *
round_number (ShyFeelRun           *run,
              const ShyFeelBuiltin *builtin,
              ShyFeelValue        **arguments)
{
  gint64        scale = arguments[1] == NULL ? 0 : shy_feel_number_truncate (arguments[1]->number);
  ShyFeelNumber result;

  if (scale < SHY_FEEL_SCALE_MIN || scale > SHY_FEEL_SCALE_MAX)
    return shy_feel_builtin_refuse (builtin, _("the scale lies outside of -6111 to 6176."));
  if (!shy_feel_number_round (arguments[0]->number, (int) scale,
                              (ShyFeelRounding) builtin->detail, &result))
    return out_of_domain (builtin);
  return shy_feel_value_new_decimal128 (result);
}

static ShyFeelValue *
absolute (ShyFeelRun           *run,
          const ShyFeelBuiltin *builtin,
          ShyFeelValue        **arguments)
{
  ShyFeelValue *value = arguments[0];

  if (value->type == SHY_FEEL_TYPE_NUMBER)
    return shy_feel_value_new_decimal128 (shy_feel_number_abs (value->number));
  if (value->type == SHY_FEEL_TYPE_DAYS_DURATION)
    return shy_feel_value_new_from_nanos (ABS (value->nanos));
  return shy_feel_value_new_from_months (ABS (value->months));
}

static ShyFeelValue *
modulo (ShyFeelRun           *run,
        const ShyFeelBuiltin *builtin,
        ShyFeelValue        **arguments)
{
  ShyFeelNumber result;

  if (!shy_feel_number_modulo (arguments[0]->number, arguments[1]->number, &result))
    return shy_feel_builtin_refuse (builtin, _("the divisor is zero."));
  return shy_feel_value_new_decimal128 (result);
}

static ShyFeelValue *
root (ShyFeelRun           *run,
      const ShyFeelBuiltin *builtin,
      ShyFeelValue        **arguments)
{
  ShyFeelNumber result;

  shy_feel_run_spend (run, SHY_FEEL_POWER_STEPS);
  if (!shy_feel_number_sqrt (arguments[0]->number, &result))
    return out_of_domain (builtin);
  return shy_feel_value_new_decimal128 (result);
}

static ShyFeelValue *
logarithm (ShyFeelRun           *run,
           const ShyFeelBuiltin *builtin,
           ShyFeelValue        **arguments)
{
  ShyFeelNumber result;

  shy_feel_run_spend (run, SHY_FEEL_POWER_STEPS);
  if (!shy_feel_number_log (arguments[0]->number, &result))
    return out_of_domain (builtin);
  return shy_feel_value_new_decimal128 (result);
}

static ShyFeelValue *
exponential (ShyFeelRun           *run,
             const ShyFeelBuiltin *builtin,
             ShyFeelValue        **arguments)
{
  ShyFeelNumber result;

  shy_feel_run_spend (run, SHY_FEEL_POWER_STEPS);
  if (!shy_feel_number_exp (arguments[0]->number, &result))
    return out_of_domain (builtin);
  return shy_feel_value_new_decimal128 (result);
}

/* odd and even: the detail is the remainder that is asked for. */
static ShyFeelValue *
has_remainder (ShyFeelRun           *run,
               const ShyFeelBuiltin *builtin,
               ShyFeelValue        **arguments)
{
  ShyFeelNumber two = shy_feel_number_from_int64 (2);
  ShyFeelNumber rest;

  if (!shy_feel_number_is_integer (arguments[0]->number) ||
      !shy_feel_number_modulo (arguments[0]->number, two, &rest))
    return shy_feel_builtin_refuse (builtin, _("only whole numbers are odd or even."));
  return shy_feel_value_new_boolean (!shy_feel_number_is_zero (rest) == (builtin->detail == 1));
}

#define NUMBER SHY_FEEL_TAKES_NUMBER

/* A row with a scale and, where the scale may be left out, one without. */
#define ROUNDING(name, rounding)                                                                   \
  { name, round_number, SHY_FEEL_BUILTIN_PLAIN, rounding, { { "n", NUMBER }, { "scale", NUMBER } } }
#define WHOLE(name, rounding)                                                                      \
  { name, round_number, SHY_FEEL_BUILTIN_PLAIN, rounding, { { "n", NUMBER } } }

const ShyFeelBuiltin shy_feel_number_builtins[] = {
  ROUNDING ("decimal", SHY_FEEL_ROUND_HALF_EVEN),
  WHOLE ("floor", SHY_FEEL_ROUND_FLOOR),
  ROUNDING ("floor", SHY_FEEL_ROUND_FLOOR),
  WHOLE ("ceiling", SHY_FEEL_ROUND_CEILING),
  ROUNDING ("ceiling", SHY_FEEL_ROUND_CEILING),
  ROUNDING ("round up", SHY_FEEL_ROUND_UP),
  ROUNDING ("round down", SHY_FEEL_ROUND_DOWN),
  ROUNDING ("round half up", SHY_FEEL_ROUND_HALF_UP),
  ROUNDING ("round half down", SHY_FEEL_ROUND_HALF_DOWN),
  { "abs", absolute, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "n", NUMBER | SHY_FEEL_TAKES_DAYS | SHY_FEEL_TAKES_MONTHS } } },
  { "modulo", modulo, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "dividend", NUMBER }, { "divisor", NUMBER } } },
  { "sqrt", root, SHY_FEEL_BUILTIN_PLAIN, 0, { { "number", NUMBER } } },
  { "log", logarithm, SHY_FEEL_BUILTIN_PLAIN, 0, { { "number", NUMBER } } },
  { "exp", exponential, SHY_FEEL_BUILTIN_PLAIN, 0, { { "number", NUMBER } } },
  { "odd", has_remainder, SHY_FEEL_BUILTIN_PLAIN, 1, { { "number", NUMBER } } },
  { "even", has_remainder, SHY_FEEL_BUILTIN_PLAIN, 0, { { "number", NUMBER } } },
  { NULL },
};
