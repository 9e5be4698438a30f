/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-builtin-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Conversion functions, DMN 1.5 §10.3.4.1. */

static ShyFeelValue *
refuse_text (const ShyFeelBuiltin *builtin,
             ShyFeelValue         *text)
{
  /* Translators: the name of a function, and the text that it cannot read. */
  return shy_feel_value_new_error (_("%s() cannot read “%s”."), builtin->name, text->string.text);
}

/* Texts with a NUL inside are never readable. */
static gboolean
is_plain (ShyFeelValue *text)
{
  return strlen (text->string.text) == text->string.length;
}

static ShyFeelValue *
date_from (ShyFeelRun           *run,
           const ShyFeelBuiltin *builtin,
           ShyFeelValue        **arguments)
{
  ShyFeelValue *from = arguments[0];
  ShyFeelDate   date;

  if (from->type == SHY_FEEL_TYPE_DATE)
    return shy_feel_value_ref (from);
  if (from->type == SHY_FEEL_TYPE_DATE_TIME)
    return shy_feel_value_new_from_date (&from->date_time.date);
  if (is_plain (from) && shy_feel_date_parse (from->string.text, &date))
    return shy_feel_value_new_from_date (&date);
  return refuse_text (builtin, from);
}

static ShyFeelValue *
date_of_parts (ShyFeelRun           *run,
               const ShyFeelBuiltin *builtin,
               ShyFeelValue        **arguments)
{
  ShyFeelDate date;
  gint64      year, month, day;

  if (!shy_feel_value_get_integer (arguments[0], &year) ||
      !shy_feel_value_get_integer (arguments[1], &month) ||
      !shy_feel_value_get_integer (arguments[2], &day) ||
      !shy_feel_date_init (&date, year, month, day))
    return shy_feel_builtin_refuse (builtin, _("there is no such day."));
  return shy_feel_value_new_from_date (&date);
}

static ShyFeelValue *
date_time_from (ShyFeelRun           *run,
                const ShyFeelBuiltin *builtin,
                ShyFeelValue        **arguments)
{
  ShyFeelValue   *from = arguments[0];
  ShyFeelDateTime date_time;

  if (from->type == SHY_FEEL_TYPE_DATE_TIME)
    return shy_feel_value_ref (from);
  if (is_plain (from) && shy_feel_date_time_parse (from->string.text, &date_time))
    return shy_feel_value_new_from_date_time (&date_time);
  return refuse_text (builtin, from);
}

static ShyFeelValue *
date_time_of_parts (ShyFeelRun           *run,
                    const ShyFeelBuiltin *builtin,
                    ShyFeelValue        **arguments)
{
  ShyFeelDateTime date_time;

  date_time.date = arguments[0]->type == SHY_FEEL_TYPE_DATE ? arguments[0]->date
                                                            : arguments[0]->date_time.date;
  date_time.time = arguments[1]->time;
  return shy_feel_value_new_from_date_time (&date_time);
}

static ShyFeelValue *
time_from (ShyFeelRun           *run,
           const ShyFeelBuiltin *builtin,
           ShyFeelValue        **arguments)
{
  ShyFeelValue *from = arguments[0];
  ShyFeelTime   time = { 0 };

  if (from->type == SHY_FEEL_TYPE_TIME)
    return shy_feel_value_ref (from);
  if (from->type == SHY_FEEL_TYPE_DATE_TIME)
    return shy_feel_value_new_from_time (&from->date_time.time);
  if (from->type == SHY_FEEL_TYPE_DATE)
    {
      time.zone.kind = SHY_FEEL_ZONE_OFFSET; /* midnight in UTC */
      return shy_feel_value_new_from_time (&time);
    }
  if (is_plain (from) && shy_feel_time_parse (from->string.text, &time))
    return shy_feel_value_new_from_time (&time);
  return refuse_text (builtin, from);
}

/* Seconds may have up to nine decimals. */
static gboolean
split_seconds (ShyFeelNumber  number,
               gint64        *seconds,
               gint64        *nanos)
{
  ShyFeelNumber whole = shy_feel_number_from_int64 (shy_feel_number_truncate (number));
  ShyFeelNumber rest;

  return shy_feel_number_subtract (number, whole, &rest) &&
         shy_feel_number_scale_by (rest, 9, &rest) &&
         shy_feel_number_to_int64 (whole, seconds) &&
         (*nanos = shy_feel_number_truncate (rest)) >= 0;
}

static ShyFeelValue *
time_of_parts (ShyFeelRun           *run,
               const ShyFeelBuiltin *builtin,
               ShyFeelValue        **arguments)
{
  ShyFeelZone zone = { 0 };
  ShyFeelTime time;
  gint64      hour, minute, second, nanos;

  if (arguments[3] != NULL &&
      (arguments[3]->nanos % SHY_FEEL_NANOS_PER_SECOND != 0 ||
       arguments[3]->nanos / SHY_FEEL_NANOS_PER_SECOND > SHY_FEEL_OFFSET_MAX ||
       arguments[3]->nanos / SHY_FEEL_NANOS_PER_SECOND < -SHY_FEEL_OFFSET_MAX ||
       !shy_feel_zone_init_offset (&zone,
                                   (gint64) (arguments[3]->nanos / SHY_FEEL_NANOS_PER_SECOND))))
    return shy_feel_builtin_refuse (builtin, _("the offset lies outside of -14 to 14 hours."));
  if (!shy_feel_value_get_integer (arguments[0], &hour) ||
      !shy_feel_value_get_integer (arguments[1], &minute) ||
      !split_seconds (arguments[2]->number, &second, &nanos) ||
      !shy_feel_time_init (&time, hour, minute, second, nanos, &zone))
    return shy_feel_builtin_refuse (builtin, _("there is no such time of day."));
  return shy_feel_value_new_from_time (&time);
}

static gboolean
is_separator (ShyFeelValue *separator,
              const char   *allowed)
{
  return separator == NULL ||
         (separator->string.length == 1 && strchr (allowed, separator->string.text[0]) != NULL);
}

/* The digits without grouping separators and with a decimal point; NULL if it cannot be so. */
static char *
clean_number (ShyFeelValue *from,
              ShyFeelValue *grouping,
              ShyFeelValue *decimal)
{
  GString *digits = g_string_new (NULL);

  for (gsize i = 0; i < from->string.length; i++)
    {
      char c = from->string.text[i];

      if (grouping != NULL && c == grouping->string.text[0])
        continue;
      if (decimal != NULL && decimal->string.text[0] == ',')
        c = c == ',' ? '.' : c == '.' ? '?' : c;
      g_string_append_c (digits, c == '\0' ? '?' : c);
    }
  return g_string_free (digits, FALSE);
}

static ShyFeelValue *
number_from (ShyFeelRun           *run,
             const ShyFeelBuiltin *builtin,
             ShyFeelValue        **arguments)
{
  ShyFeelValue    *grouping = arguments[1];
  ShyFeelValue    *decimal = arguments[2];
  g_autofree char *digits = NULL;
  ShyFeelValue    *number;

  if (!is_separator (grouping, " ,.") || !is_separator (decimal, ".,") ||
      (grouping != NULL && decimal != NULL &&
       grouping->string.text[0] == decimal->string.text[0]))
    return shy_feel_builtin_refuse (builtin, _("the separators must be a space, a comma or a "
                                               "point, and differ."));
  digits = clean_number (arguments[0], grouping, decimal);
  number = shy_feel_value_new_number (digits, NULL);
  return number != NULL ? number : refuse_text (builtin, arguments[0]);
}

static ShyFeelValue *
string_from (ShyFeelRun           *run,
             const ShyFeelBuiltin *builtin,
             ShyFeelValue        **arguments)
{
  g_autofree char *text = NULL;

  if (arguments[0]->type == SHY_FEEL_TYPE_NULL || arguments[0]->type == SHY_FEEL_TYPE_STRING)
    return shy_feel_value_ref (arguments[0]);
  text = shy_feel_value_to_string (arguments[0]);
  return shy_feel_value_new_string (text);
}

static ShyFeelValue *
duration_from (ShyFeelRun           *run,
               const ShyFeelBuiltin *builtin,
               ShyFeelValue        **arguments)
{
  const char  *text = arguments[0]->string.text;
  ShyFeelNanos nanos;
  gint64       months;

  if (is_plain (arguments[0]) && shy_feel_months_parse (text, &months))
    return shy_feel_value_new_from_months (months);
  if (is_plain (arguments[0]) && shy_feel_duration_parse (text, &nanos))
    return shy_feel_value_new_from_nanos (nanos);
  return refuse_text (builtin, arguments[0]);
}

static const ShyFeelDate *
day_of (ShyFeelValue *value)
{
  return value->type == SHY_FEEL_TYPE_DATE ? &value->date : &value->date_time.date;
}

static ShyFeelValue *
months_between (ShyFeelRun           *run,
                const ShyFeelBuiltin *builtin,
                ShyFeelValue        **arguments)
{
  return shy_feel_value_new_from_months (
    shy_feel_date_months_between (day_of (arguments[0]), day_of (arguments[1])));
}

/* An end in a text of a range must be a literal, or the conversion of one to a date, a time or a
 * duration: grammar rule 67. */
static gboolean
is_constant (const ShyFeelNode *node)
{
  static const char *const conversions[] = { "date", "time", "date and time", "duration", NULL };

  if (node->kind == SHY_FEEL_NODE_LITERAL)
    return TRUE;
  if (node->kind != SHY_FEEL_NODE_CALL || node->children[0]->kind != SHY_FEEL_NODE_NAME ||
      !g_strv_contains (conversions, node->children[0]->name))
    return FALSE;
  for (guint i = 1; i < node->n_children; i++)
    if (!is_constant (node->children[i]))
      return FALSE;
  return TRUE;
}

/* The value of one end; NULL for an empty one; an error's null for what is no constant. */
static ShyFeelValue *
read_end (const char *text,
          gsize       length)
{
  g_autofree char              *copy = g_strstrip (g_strndup (text, length));
  g_autoptr (ShyFeelExpression) expression = NULL;

  if (*copy == '\0')
    return NULL;
  expression = shy_feel_expression_new (copy, NULL, NULL);
  if (expression == NULL || !is_constant (shy_feel_expression_get_root (expression)))
    return shy_feel_value_new_error (_("“%s” is no end of a range."), copy);
  return shy_feel_expression_evaluate_slots (expression, NULL);
}

/* The ".." that stands outside of quotes. */
static const char *
find_points (const char *text)
{
  gboolean quoted = FALSE;

  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        quoted = !quoted;
      if (!quoted && text[0] == '.' && text[1] == '.')
        return text;
    }
  return NULL;
}

static ShyFeelValue *
make_from_ends (const ShyFeelBuiltin *builtin,
                ShyFeelValue         *from,
                ShyFeelValue         *start,
                gboolean              start_included,
                ShyFeelValue         *end,
                gboolean              end_included)
{
  g_autoptr (ShyFeelValue) checked = NULL;
  ShyFeelValue            *range;

  if ((start == NULL && (end == NULL || start_included)) || (end == NULL && end_included))
    return refuse_text (builtin, from);
  checked = shy_feel_make_range (start != NULL ? start : shy_feel_value_new_null (),
                                 start_included, end != NULL ? end : shy_feel_value_new_null (),
                                 end_included);
  if (checked->type != SHY_FEEL_TYPE_RANGE)
    return g_steal_pointer (&checked);
  range = shy_feel_value_new_range (start, start_included, end, end_included);
  /* What is left out is no null: it is the range that is written with an operator. */
  if (range->type == SHY_FEEL_TYPE_RANGE && start == NULL)
    range->range.op = end_included ? SHY_FEEL_OPERATOR_LESS_EQUAL : SHY_FEEL_OPERATOR_LESS;
  else if (range->type == SHY_FEEL_TYPE_RANGE && end == NULL)
    range->range.op = start_included ? SHY_FEEL_OPERATOR_GREATER_EQUAL : SHY_FEEL_OPERATOR_GREATER;

  return range;
}

/* range("[18..21)"), and with one open end range("[18..)"). */
static ShyFeelValue *
range_from (ShyFeelRun           *run,
            const ShyFeelBuiltin *builtin,
            ShyFeelValue        **arguments)
{
  g_autofree char         *text = g_strstrip (g_strdup (arguments[0]->string.text));
  gsize                    length = strlen (text);
  const char              *points = length < 4 ? NULL : find_points (text + 1);
  g_autoptr (ShyFeelValue) start = NULL;
  g_autoptr (ShyFeelValue) end = NULL;

  if (!is_plain (arguments[0]) || points == NULL || points + 2 > text + length - 1 ||
      strchr ("([]", text[0]) == NULL || strchr (")[]", text[length - 1]) == NULL)
    return refuse_text (builtin, arguments[0]);
  start = read_end (text + 1, points - text - 1);
  end = read_end (points + 2, text + length - 1 - points - 2);
  if (start != NULL && shy_feel_value_is_null (start))
    return refuse_text (builtin, arguments[0]);
  if (end != NULL && shy_feel_value_is_null (end))
    return refuse_text (builtin, arguments[0]);
  return make_from_ends (builtin, arguments[0], start, text[0] == '[', end,
                         text[length - 1] == ']');
}

static ShyFeelValue *
negate_boolean (ShyFeelRun           *run,
                const ShyFeelBuiltin *builtin,
                ShyFeelValue        **arguments)
{
  if (arguments[0]->type == SHY_FEEL_TYPE_NULL)
    {
      shy_feel_run_is_met (run, arguments[0]);
      return shy_feel_value_ref (arguments[0]);
    }
  return shy_feel_value_new_boolean (!arguments[0]->boolean);
}

const ShyFeelBuiltin shy_feel_conversion_builtins[] = {
  { "date", date_from, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "from", SHY_FEEL_TAKES_STRING | SHY_FEEL_TAKES_DAY } } },
  { "date", date_of_parts, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "year", SHY_FEEL_TAKES_NUMBER },
      { "month", SHY_FEEL_TAKES_NUMBER },
      { "day", SHY_FEEL_TAKES_NUMBER } } },
  { "date and time", date_time_from, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "from", SHY_FEEL_TAKES_STRING | SHY_FEEL_TAKES_DATE_TIME } } },
  { "date and time", date_time_of_parts, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "date", SHY_FEEL_TAKES_DAY }, { "time", SHY_FEEL_TAKES_TIME } } },
  { "time", time_from, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "from", SHY_FEEL_TAKES_STRING | SHY_FEEL_TAKES_TIME | SHY_FEEL_TAKES_DAY } } },
  { "time", time_of_parts, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "hour", SHY_FEEL_TAKES_NUMBER },
      { "minute", SHY_FEEL_TAKES_NUMBER },
      { "second", SHY_FEEL_TAKES_NUMBER },
      { "offset", SHY_FEEL_TAKES_DAYS | SHY_FEEL_TAKES_OPTIONAL } } },
  { "number", number_from, SHY_FEEL_BUILTIN_PLAIN, 0, { { "from", SHY_FEEL_TAKES_STRING } } },
  { "number", number_from, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "from", SHY_FEEL_TAKES_STRING },
      { "grouping separator", SHY_FEEL_TAKES_STRING | SHY_FEEL_TAKES_NULLABLE },
      { "decimal separator", SHY_FEEL_TAKES_STRING | SHY_FEEL_TAKES_NULLABLE } } },
  { "string", string_from, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "from", SHY_FEEL_TAKES_ANY | SHY_FEEL_TAKES_LITERALLY } } },
  { "duration", duration_from, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "from", SHY_FEEL_TAKES_STRING } } },
  { "years and months duration", months_between, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "from", SHY_FEEL_TAKES_DAY }, { "to", SHY_FEEL_TAKES_DAY } } },
  { "range", range_from, SHY_FEEL_BUILTIN_PLAIN, 0, { { "from", SHY_FEEL_TAKES_STRING } } },
  { "not", negate_boolean, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "negand", SHY_FEEL_TAKES_BOOLEAN | SHY_FEEL_TAKES_NULL } } },
  { NULL },
};
