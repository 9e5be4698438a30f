/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-evaluate-private.h"

#include <glib/gi18n-lib.h>

/* Every function here returns NULL for a property that the type does not have. */

static ShyFeelValue *
get_date_property (const ShyFeelDate *date,
                   const char        *name)
{
  if (g_str_equal (name, "year"))
    return shy_feel_value_new_integer (date->year);
  if (g_str_equal (name, "month"))
    return shy_feel_value_new_integer (date->month);
  if (g_str_equal (name, "day"))
    return shy_feel_value_new_integer (date->day);
  if (g_str_equal (name, "weekday"))
    return shy_feel_value_new_integer (shy_feel_date_get_weekday (date));
  return NULL;
}

static ShyFeelValue *
new_seconds (guint seconds,
             guint nanos)
{
  gint64 digits = seconds * SHY_FEEL_NANOS_PER_SECOND + nanos;
  guint  scale = 9;

  for (; scale > 0 && digits % 10 == 0; scale--)
    digits /= 10;
  return shy_feel_value_new_decimal (digits, scale);
}

/* @has_offset: whether the offset is known, which depends on the day for a named zone. */
static ShyFeelValue *
get_time_property (const ShyFeelTime *time,
                   const char        *name,
                   gboolean           has_offset,
                   gint32             offset)
{
  if (g_str_equal (name, "hour"))
    return shy_feel_value_new_integer (time->hour);
  if (g_str_equal (name, "minute"))
    return shy_feel_value_new_integer (time->minute);
  if (g_str_equal (name, "second"))
    return new_seconds (time->second, time->nanos);
  if (g_str_equal (name, "time offset"))
    return has_offset ? shy_feel_value_new_from_nanos (offset *
                                                       (ShyFeelNanos) SHY_FEEL_NANOS_PER_SECOND)
                      : shy_feel_value_new_null ();
  if (g_str_equal (name, "timezone"))
    return time->zone.kind == SHY_FEEL_ZONE_NAMED ? shy_feel_value_new_string (time->zone.name)
                                                  : shy_feel_value_new_null ();
  return NULL;
}

static ShyFeelValue *
get_days_property (ShyFeelNanos nanos,
                   const char  *name)
{
  ShyFeelDuration parts = shy_feel_duration_split (nanos);
  ShyFeelValue   *value = NULL;

  if (g_str_equal (name, "days"))
    value = shy_feel_value_new_integer (parts.days);
  else if (g_str_equal (name, "hours"))
    value = shy_feel_value_new_integer (parts.hours);
  else if (g_str_equal (name, "minutes"))
    value = shy_feel_value_new_integer (parts.minutes);
  else if (g_str_equal (name, "seconds"))
    value = new_seconds (parts.seconds, parts.nanos);
  if (value != NULL && parts.negative)
    value->number = shy_feel_number_negate (value->number);
  return value;
}

static ShyFeelValue *
get_months_property (gint64      months,
                     const char *name)
{
  if (g_str_equal (name, "years"))
    return shy_feel_value_new_integer (months / 12);
  if (g_str_equal (name, "months"))
    return shy_feel_value_new_integer (months % 12);
  return NULL;
}

static ShyFeelValue *
ref_or_null (ShyFeelValue *value)
{
  return value == NULL ? shy_feel_value_new_null () : shy_feel_value_ref (value);
}

static ShyFeelValue *
get_range_property (ShyFeelValue *range,
                    const char   *name)
{
  /* What "!=" excludes is no end. */
  if (g_str_equal (name, "start"))
    return ref_or_null (range->range.op == SHY_FEEL_OPERATOR_UNEQUAL ? NULL : range->range.start);
  if (g_str_equal (name, "end"))
    return ref_or_null (range->range.end);
  if (g_str_equal (name, "start included"))
    return shy_feel_value_new_boolean (range->range.start_included);
  if (g_str_equal (name, "end included"))
    return shy_feel_value_new_boolean (range->range.end_included);
  return NULL;
}

static ShyFeelValue *
get_own_property (ShyFeelValue *value,
                  const char   *name)
{
  ShyFeelValue *property;
  gint32        offset = 0;
  gboolean      has_offset;

  switch (value->type)
    {
    case SHY_FEEL_TYPE_DATE:
      return get_date_property (&value->date, name);
    case SHY_FEEL_TYPE_TIME:
      has_offset = shy_feel_time_get_offset (&value->time, &offset);
      return get_time_property (&value->time, name, has_offset, offset);
    case SHY_FEEL_TYPE_DATE_TIME:
      property = get_date_property (&value->date_time.date, name);
      if (property != NULL)
        return property;
      has_offset = shy_feel_date_time_get_offset (&value->date_time, &offset);
      return get_time_property (&value->date_time.time, name, has_offset, offset);
    case SHY_FEEL_TYPE_DAYS_DURATION:
      return get_days_property (value->nanos, name);
    case SHY_FEEL_TYPE_MONTHS_DURATION:
      return get_months_property (value->months, name);
    case SHY_FEEL_TYPE_RANGE:
      return get_range_property (value, name);
    case SHY_FEEL_TYPE_NULL:
    case SHY_FEEL_TYPE_NUMBER:
    case SHY_FEEL_TYPE_STRING:
    case SHY_FEEL_TYPE_BOOLEAN:
    case SHY_FEEL_TYPE_LIST:
    case SHY_FEEL_TYPE_CONTEXT:
    case SHY_FEEL_TYPE_FUNCTION:
    default:
      return NULL;
    }
}

/* The same of every item. */
static ShyFeelValue *
get_list_property (ShyFeelValue *list,
                   const char   *name)
{
  ShyFeelValue **items = g_new (ShyFeelValue *, list->list.n_items);

  for (gsize i = 0; i < list->list.n_items; i++)
    items[i] = shy_feel_get_property (list->list.items[i], name);
  return shy_feel_value_new_list_take (items, list->list.n_items);
}

/* What stands behind a point, DMN 1.5 tables 64 to 67. */
ShyFeelValue *
shy_feel_get_property (ShyFeelValue *value,
                       const char   *name)
{
  ShyFeelValue *property;

  if (value->type == SHY_FEEL_TYPE_NULL)
    return shy_feel_value_ref (value);
  if (value->type == SHY_FEEL_TYPE_LIST)
    return get_list_property (value, name);
  if (value->type == SHY_FEEL_TYPE_CONTEXT)
    {
      property = shy_feel_find_entry (value, name);
      return property != NULL ? shy_feel_value_ref (property)
                              : shy_feel_value_new_absent (_("No entry has the name “%s”."), name);
    }
  property = get_own_property (value, name);
  if (property != NULL)
    return property;
  return shy_feel_value_new_error (_("A %s has no property “%s”."),
                                   shy_feel_type_get_label (value->type), name);
}
