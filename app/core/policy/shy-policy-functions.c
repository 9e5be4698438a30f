/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-functions-private.h"

#include "calendar/shy-calendar.h"
#include "calendar/shy-full-months.h"
#include "calendar/shy-month-set.h"
#include "identity/shy-name.h"
#include "policy/shy-policy-tables-private.h"
#include "policy/shy-value-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char   *name;
  const char   *parameters[4]; /* ended by NULL */
  gsize         n_required;
  ShyFeelNative native;
} Function;

static ShyFeelValue *
new_date (const GDate *date)
{
  return shy_feel_value_new_date (g_date_get_year (date), g_date_get_month (date),
                                  g_date_get_day (date));
}

static ShyFeelValue *
new_type_error (const char *function)
{
  /* Translators: a function of the expression language, as “full months”. */
  return shy_feel_value_new_error (_("An argument of “%s” is missing or not of its type."), function);
}

static ShyFeelValue *
take_error (GError *error)
{
  ShyFeelValue *value = shy_feel_value_new_error ("%s", error->message);

  g_error_free (error);
  return value;
}

/* full months (from, to, rule): 满N个月 by a named rule, “since” if none is named. */
static ShyFeelValue *
count_full_months (ShyFeelValue *const *arguments, gsize n_arguments, gpointer user_data)
{
  ShyMonthRule rule = SHY_MONTH_RULE_SINCE;
  const char  *name = shy_feel_value_get_string (arguments[2]);
  GDate        from;
  GDate        to;

  if (!shy_value_to_date (arguments[0], &from) ||
      !shy_value_to_date (arguments[1], &to) ||
      (name == NULL && !shy_feel_value_is_null (arguments[2])) ||
      (name != NULL && !shy_month_rule_parse (name, &rule)))
    return new_type_error ("full months");
  return shy_feel_value_new_integer (shy_full_months (&from, &to, rule));
}

static gboolean
add_month (ShyMonthSet *set, ShyFeelValue *value)
{
  GDate month;

  if (!shy_value_to_date (value, &month))
    return FALSE;
  return shy_month_set_add (set, g_date_get_year (&month), g_date_get_month (&month), FALSE);
}

/* Reads months, or gives NULL, with an error if it is a text that names no months. */
static ShyMonthSet *
read_months (ShyFeelValue *value, GError **error)
{
  const char              *text = shy_feel_value_get_string (value);
  g_autoptr (ShyMonthSet)  set = NULL;

  if (text != NULL)
    return shy_month_set_parse (text, error);
  if (shy_feel_value_get_value_type (value) != SHY_FEEL_TYPE_LIST)
    return NULL;
  set = shy_month_set_new ();
  for (gsize i = 0; i < shy_feel_value_get_length (value); i++)
    if (!add_month (set, shy_feel_value_get_item (value, i)))
      return NULL;
  return g_steal_pointer (&set);
}

/* consecutive months (months, until, back paid): 连续N个月, the run that ends last, at the latest
 * with the month of @until. Months are text as “2024-01—2024-06、2024-08” or a list of dates. What
 * was paid late (补缴) does not count: it is marked in the text or listed apart. */
static ShyFeelValue *
count_consecutive_months (ShyFeelValue *const *arguments, gsize n_arguments, gpointer user_data)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ShyMonthSet) set = read_months (arguments[0], &error);
  g_autoptr (ShyMonthSet) late = NULL;
  gboolean                open = shy_feel_value_is_null (arguments[1]);
  gboolean                all_in_time = shy_feel_value_is_null (arguments[2]);
  GDate                   until;

  if (set != NULL && !all_in_time)
    late = read_months (arguments[2], &error);
  if (error != NULL)
    return take_error (g_steal_pointer (&error));
  if (set == NULL || (late == NULL && !all_in_time) ||
      (!open && !shy_value_to_date (arguments[1], &until)))
    return new_type_error ("consecutive months");
  if (late != NULL)
    shy_month_set_mark_back_paid (set, late);
  return shy_feel_value_new_integer (shy_month_set_last_run (set, open ? NULL : &until));
}

/* working days after (date, days): the day that many working days later. */
static ShyFeelValue *
add_working_days (ShyFeelValue *const *arguments, gsize n_arguments, gpointer user_data)
{
  g_autoptr (GError)  error = NULL;
  ShyCalendar        *calendar = shy_calendar_get_default (&error);
  gint64              days;
  GDate               date;
  GDate               result;

  if (!shy_value_to_date (arguments[0], &date) ||
      !shy_feel_value_get_integer (arguments[1], &days) || ABS (days) > G_MAXINT16)
    return new_type_error ("working days after");
  if (calendar == NULL ||
      !shy_calendar_add_working_days (calendar, &date, (int) days, &result, &error))
    return take_error (g_steal_pointer (&error));
  return new_date (&result);
}

/* working days between (from, to): how many working days lie between two days. */
static ShyFeelValue *
count_working_days (ShyFeelValue *const *arguments, gsize n_arguments, gpointer user_data)
{
  g_autoptr (GError)  error = NULL;
  ShyCalendar        *calendar = shy_calendar_get_default (&error);
  GDate               from;
  GDate               to;
  int                 days;

  if (!shy_value_to_date (arguments[0], &from) ||
      !shy_value_to_date (arguments[1], &to))
    return new_type_error ("working days between");
  if (calendar == NULL ||
      !shy_calendar_count_working_days (calendar, &from, &to, &days, &error))
    return take_error (g_steal_pointer (&error));
  return shy_feel_value_new_integer (days);
}

/* comparable name (name): a name in the one form in which two of them are compared. */
static ShyFeelValue *
fold_name (ShyFeelValue *const *arguments, gsize n_arguments, gpointer user_data)
{
  const char      *name = shy_feel_value_get_string (arguments[0]);
  g_autofree char *folded = NULL;

  if (name == NULL)
    return new_type_error ("comparable name");
  folded = shy_name_fold (name);
  return shy_feel_value_new_string (folded);
}

static const Function functions[] = {
  { "comparable name", { "name" }, 1, fold_name },
  { "consecutive months", { "months", "until", "back paid" }, 1, count_consecutive_months },
  { "full months", { "from", "to", "rule" }, 2, count_full_months },
  { SHY_POLICY_TABLE_FUNCTION, { "table", "on", "county" }, 2, shy_policy_table_value },
  { "working days after", { "date", "days" }, 2, add_working_days },
  { "working days between", { "from", "to" }, 2, count_working_days },
};

/* Gives the names of all functions, ended by NULL. */
const char *const *
shy_policy_function_get_names (void)
{
  static const char *names[G_N_ELEMENTS (functions) + 1];
  static gsize       ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
        names[i] = functions[i].name;
      g_once_init_leave (&ready, 1);
    }
  return names;
}

static void
make_values (ShyFeelValue **values)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      const Function *function = &functions[i];

      values[i] = shy_feel_value_new_function (function->name, function->parameters,
                                               function->n_required, function->native, NULL, NULL);
    }
}

/* Gives a function as a value, by its place among the names. The value is not the caller's. */
ShyFeelValue *
shy_policy_function_get (guint index)
{
  static ShyFeelValue *values[G_N_ELEMENTS (functions)];
  static gsize         ready = 0;

  g_assert (index < G_N_ELEMENTS (functions));

  if (g_once_init_enter (&ready))
    {
      make_values (values);
      g_once_init_leave (&ready, 1);
    }
  return values[index];
}

/* The function that looks into the tables of one policy, which it keeps. */
ShyFeelValue *
shy_policy_function_new_tables (GPtrArray *tables)
{
  static const char *const parameters[] = { "table", "on", "county", NULL };

  return shy_feel_value_new_function (SHY_POLICY_TABLE_FUNCTION, parameters, 2,
                                      shy_policy_table_value, g_ptr_array_ref (tables),
                                      (GDestroyNotify) g_ptr_array_unref);
}

/* Gives a function as the expressions of a policy see it. The value is not the caller's. */
ShyFeelValue *
shy_policy_function_get_for (ShyPolicy *policy, guint index)
{
  g_assert (index < G_N_ELEMENTS (functions));

  return functions[index].native == shy_policy_table_value ? policy->table_value
                                                           : shy_policy_function_get (index);
}
