/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-load-private.h"

#include "policy/shy-facts-policy.h"
#include "policy/shy-policy-parts-private.h"
#include "policy/shy-policy-reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Reads the limits of a pack, when its fields, settings and subject are known. */

typedef enum { KIND_NONE = -1, KIND_LIFETIME, KIND_EXCLUSION, KIND_YEARLY, KIND_YEARS } Kind;

#define WINDOWS "life calendar-year contract-year business-year consecutive-years " \
                "consecutive-calendar-years"

static gboolean
has (const ShyJson *json, const char *member)
{
  const ShyJson *value = shy_json_get (json, member);

  return value != NULL && value->kind != SHY_JSON_NULL;
}

/* Of two members that say the same in two ways, exactly one must be there. */
static gboolean
check_one_of (ShyPolicyReader *reader, const ShyJson *json, const char *one, const char *other)
{
  if (reader->json.error != NULL)
    return FALSE;
  if (has (json, one) != has (json, other))
    return TRUE;
  shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                        has (json, one) ? _("“%s” and “%s” say the same. Remove one of them.")
                                        : _("Neither “%s” nor “%s” is there. Add one of them."),
                        one, other);
  return FALSE;
}

/* The window of a word, with the day its years are counted from and how many they are. */
static void
add_window (ShyPolicyReader *reader,
            const ShyJson   *json,
            int              kind,
            const char      *value,
            ShyPolicyLimit  *self)
{
  gboolean        named = json->kind == SHY_JSON_OBJECT;
  const ShyJson  *from = named ? shy_json_reader_get (&reader->json, json, "from", SHY_JSON_STRING)
                               : NULL;
  ShyPolicyWindow window = { (ShyPolicyWindowKind) kind, NULL, 0, g_strdup (value) };

  if (from != NULL)
    window.from = shy_policy_reader_named (reader, from, reader->policy->fields);
  if (named)
    window.years = (guint) shy_json_reader_integer (&reader->json, json, "years", 1, 0);
  g_array_append_val (self->windows, window);
  if (reader->json.error != NULL)
    return;

  if (window.from != NULL && !shy_field_type_is_date (window.from->type))
    shy_json_reader_fail (&reader->json, from, SHY_ERROR_INVALID,
                          _("Years are counted from a date, and “%s” is none."), window.from->name);
  else if (window.from == NULL && (kind == SHY_POLICY_WINDOW_CONTRACT_YEAR
                                   || kind == SHY_POLICY_WINDOW_BUSINESS_YEAR))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("Say from which date these years are counted: {\"kind\": …, \"from\": a "
                            "field}."));
  else if ((window.years > 0) != (kind >= SHY_POLICY_WINDOW_CONSECUTIVE_YEARS))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          window.years > 0
                            ? _("Only consecutive years have “years”. Remove it.")
                            : _("Say how many consecutive years: {\"kind\": …, \"years\": 3}."));
}

static void
read_window (ShyPolicyReader *reader,
             const ShyJson   *json,
             const char      *value,
             ShyPolicyLimit  *self)
{
  g_auto (GStrv) words = g_strsplit (WINDOWS, " ", -1);
  int            kind;

  if (reader->json.error != NULL)
    return;
  if (json->kind == SHY_JSON_OBJECT)
    {
      if (!shy_json_reader_object (&reader->json, json, "kind! from years"))
        return;
      kind = shy_json_reader_word (&reader->json, json, "kind", WINDOWS, 0);
      add_window (reader, json, kind, value, self);
      return;
    }
  if (!shy_json_reader_expect (&reader->json, json, SHY_JSON_STRING))
    return;
  for (kind = 0; words[kind] != NULL; kind++)
    if (g_str_equal (words[kind], json->text))
      {
        add_window (reader, json, kind, value, self);
        return;
      }
  shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                        _("“%s” is none of: %s."), json->text, WINDOWS);
}

/* {"setting": …, "readings": {value: window, …}}: the text does not say which, the county does. */
static void
read_readings (ShyPolicyReader *reader, const ShyJson *json, ShyPolicyLimit *self)
{
  const ShyJson *setting, *readings;

  if (!shy_json_reader_object (&reader->json, json, "setting! readings!"))
    return;
  setting = shy_json_reader_get (&reader->json, json, "setting", SHY_JSON_STRING);
  readings = shy_json_reader_get (&reader->json, json, "readings", SHY_JSON_OBJECT);
  if (setting != NULL)
    self->reading = shy_policy_reader_named (reader, setting, reader->policy->settings);
  if (self->reading == NULL || readings == NULL)
    return;
  if (self->reading->field.values == NULL
      || g_strv_length (self->reading->field.values) != readings->items->len)
    shy_json_reader_fail (&reader->json, readings, SHY_ERROR_INVALID,
                          _("There must be one reading for each value of the setting “%s”."),
                          self->reading->field.name);
  for (guint i = 0; i < readings->items->len && reader->json.error == NULL; i++)
    {
      const ShyJson *item = g_ptr_array_index (readings->items, i);

      if (!g_strv_contains ((const char *const *) self->reading->field.values, item->name))
        shy_json_reader_fail (&reader->json, item, SHY_ERROR_INVALID,
                              _("The setting “%s” has no value “%s”."), self->reading->field.name,
                              item->name);
      read_window (reader, item, item->name, self);
    }
}

static void
read_windows (ShyPolicyReader *reader, const ShyJson *json, Kind kind, ShyPolicyLimit *self)
{
  const ShyJson  *window = shy_json_get (json, "window");
  ShyPolicyWindow plain = { SHY_POLICY_WINDOW_LIFE, NULL, 0, NULL };

  if (reader->json.error != NULL)
    return;
  if (has (json, "window") && kind != KIND_NONE && kind != KIND_EXCLUSION)
    shy_json_reader_fail (&reader->json, window, SHY_ERROR_INVALID,
                          _("A limit of this kind has its own window. Write “measure” instead of "
                            "“kind”."));
  else if (has (json, "window") && window->kind == SHY_JSON_OBJECT && has (window, "setting"))
    read_readings (reader, window, self);
  else if (has (json, "window"))
    read_window (reader, window, NULL, self);
  else if (kind == KIND_NONE)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The member “window” is missing. Say which grants count by their days: "
                            "%s."), WINDOWS);
  else
    {
      if (kind == KIND_YEARLY || kind == KIND_YEARS
          || shy_json_reader_word (&reader->json, json, "when", "ever same-year", 0) == 1)
        plain.kind = SHY_POLICY_WINDOW_CALENDAR_YEAR;
      g_array_append_val (self->windows, plain);
    }
  for (guint i = 0; i < self->windows->len && self->measure == SHY_POLICY_MEASURE_YEARS; i++)
    {
      ShyPolicyWindowKind of = g_array_index (self->windows, ShyPolicyWindow, i).kind;

      if (of == SHY_POLICY_WINDOW_LIFE || of >= SHY_POLICY_WINDOW_CONSECUTIVE_YEARS)
        shy_json_reader_fail (&reader->json, window, SHY_ERROR_INVALID,
                              _("Say which years are meant: calendar-year, contract-year or "
                                "business-year."));
    }
}

static void
add_key (ShyPolicyReader *reader, const ShyJson *json, ShyPolicyLimit *self)
{
  const ShyField *field;

  if (!shy_json_reader_expect (&reader->json, json, SHY_JSON_STRING))
    return;
  field = shy_policy_reader_named (reader, json, reader->policy->fields);
  if (field == NULL)
    return;
  for (guint i = 0; field->several && i < self->key->len; i++)
    if (((const ShyField *) g_ptr_array_index (self->key, i))->several)
      shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                            _("Only one field of a key may hold several values."));
  g_ptr_array_add (self->key, (gpointer) field);
}

/* What is counted over: “key” names one field or several, “per” the person or the employer. */
static void
read_key (ShyPolicyReader *reader, const ShyJson *json, ShyPolicyLimit *self)
{
  const ShyJson  *key = shy_json_get (json, "key");
  const ShyField *subject;

  if (!check_one_of (reader, json, "key", "per"))
    return;
  if (!has (json, "key"))
    {
      subject = shy_json_reader_word (&reader->json, json, "per", "person employer", 0) == 0
                  ? reader->policy->person : reader->policy->employer;
      self->lenient = TRUE;
      if (subject != NULL)
        g_ptr_array_add (self->key, (gpointer) subject);
      return;
    }
  if (key->kind == SHY_JSON_STRING)
    {
      add_key (reader, key, self);
      return;
    }
  if (!shy_json_reader_expect (&reader->json, key, SHY_JSON_ARRAY))
    return;
  for (guint i = 0; i < key->items->len && reader->json.error == NULL; i++)
    add_key (reader, g_ptr_array_index (key->items, i), self);
  if (key->items->len == 0)
    shy_json_reader_fail (&reader->json, key, SHY_ERROR_INVALID,
                          _("The list is empty. Name the fields that the limit is counted over."));
}

/* A whole number, "12" or "12.0". */
static gboolean
parse_whole (const char *text, gint64 *number)
{
  const char      *point = strchr (text, '.');
  g_autofree char *whole = point != NULL ? g_strndup (text, (gsize) (point - text))
                                         : g_strdup (text);

  return (point == NULL || strspn (point + 1, "0") == strlen (point + 1))
         && g_ascii_string_to_signed (whole, 10, 1, G_MAXINT32, number, NULL);
}

/* What a setting allows; a county that has not said leaves it open. */
static void
take_max_setting (ShyPolicyReader        *reader,
                  const ShyJson          *json,
                  const ShyPolicySetting *setting,
                  ShyPolicyLimit         *self)
{
  gboolean right;

  self->max_setting = setting;
  self->max = -1;
  if (setting->value == NULL)
    return;
  right = self->measure == SHY_POLICY_MEASURE_AMOUNT
            ? shy_policy_parse_fen (setting->value, &self->max)
            : parse_whole (setting->value, &self->max);
  if (!right)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The setting “%s” is “%s”, which no limit can be. Correct it."),
                          setting->field.name, setting->value);
}

/* “max” is a number or the name of a setting. What it counts follows from the measure. An exclusion
 * has none. */
static void
read_max (ShyPolicyReader *reader, const ShyJson *json, ShyPolicyLimit *self)
{
  const ShyJson          *max = shy_json_get (json, "max");
  const ShyPolicySetting *setting;

  if (reader->json.error != NULL)
    return;
  if (has (json, "max") == self->exclusion)
    {
      shy_json_reader_fail (&reader->json, has (json, "max") ? max : json, SHY_ERROR_INVALID,
                            has (json, "max")
                              ? _("An exclusion has no “max”. Remove it.")
                              : _("The member “max” is missing. Say how much the limit allows."));
      return;
    }
  if (self->exclusion)
    {
      self->max = 1;
      return;
    }
  setting = max->kind == SHY_JSON_STRING
              ? shy_policy_find_part (reader->policy->settings, max->text) : NULL;
  if (setting != NULL)
    take_max_setting (reader, max, setting, self);
  else if (max->kind == SHY_JSON_STRING && !g_ascii_isdigit (*max->text))
    shy_policy_reader_named (reader, max, reader->policy->settings);
  else if (self->measure == SHY_POLICY_MEASURE_AMOUNT)
    self->max = shy_policy_reader_fen (reader, max);
  else
    self->max = shy_json_reader_integer (&reader->json, json, "max", 1, 1);
}

static void
read_months (ShyPolicyReader *reader, const ShyJson *json, ShyPolicyLimit *self)
{
  const ShyJson *months = shy_json_reader_get (&reader->json, json, "months", SHY_JSON_STRING);

  if (months != NULL)
    self->months = shy_policy_reader_named (reader, months, reader->policy->fields);
  if (reader->json.error != NULL)
    return;
  if ((self->months != NULL) != (self->measure == SHY_POLICY_MEASURE_MONTHS))
    shy_json_reader_fail (&reader->json, months != NULL ? months : json, SHY_ERROR_INVALID,
                          months != NULL
                            ? _("Only a limit that measures months has “months”. Remove it.")
                            : _("The member “months” is missing. Name the field that says for how "
                                "many months is applied."));
  else if (self->months != NULL
           && !shy_field_type_is_number (self->months->type))
    shy_json_reader_fail (&reader->json, months, SHY_ERROR_INVALID,
                          _("The field “%s” is no number of months."), self->months->name);
}

static void
read_measure (ShyPolicyReader *reader, const ShyJson *json, Kind *kind, ShyPolicyLimit *self)
{
  static const ShyPolicyMeasure measures[] = {
    [KIND_LIFETIME] = SHY_POLICY_MEASURE_COUNT,
    [KIND_EXCLUSION] = SHY_POLICY_MEASURE_COUNT,
    [KIND_YEARLY] = SHY_POLICY_MEASURE_AMOUNT,
    [KIND_YEARS] = SHY_POLICY_MEASURE_YEARS,
  };

  *kind = KIND_NONE;
  if (!check_one_of (reader, json, "measure", "kind"))
    return;
  if (has (json, "kind"))
    {
      *kind = (Kind) shy_json_reader_word (&reader->json, json, "kind",
                                           "lifetime exclusion yearly-amount years", 0);
      self->measure = measures[*kind];
      self->exclusion = *kind == KIND_EXCLUSION;
    }
  else
    self->measure = (ShyPolicyMeasure) shy_json_reader_word (&reader->json, json, "measure",
                                                             "count amount months years persons",
                                                             0);
  self->deduct = shy_json_reader_boolean (&reader->json, json, "deduct", FALSE);
  if (self->deduct)
    self->measure = SHY_POLICY_MEASURE_AMOUNT;
  if (reader->json.error != NULL)
    return;
  if (self->deduct && !self->exclusion)
    shy_json_reader_fail (&reader->json, shy_json_get (json, "deduct"), SHY_ERROR_INVALID,
                          _("Only an exclusion has “deduct”. Remove it."));
  if (has (json, "when") && (!self->exclusion || has (json, "window")))
    shy_json_reader_fail (&reader->json, shy_json_get (json, "when"), SHY_ERROR_INVALID,
                          _("Only an exclusion without “window” has a “when”. Remove it."));
}

static void
clear_window (gpointer data)
{
  g_free (((ShyPolicyWindow *) data)->value);
}

static gpointer
read_limit (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicyLimit *self;
  Kind            kind;

  if (!shy_json_reader_object (&reader->json, json,
                               "id! title kind measure per key window policies! max months when "
                               "deduct optional when_hit clause"))
    return NULL;
  self = g_new0 (ShyPolicyLimit, 1);
  self->key = g_ptr_array_new ();
  self->windows = g_array_new (FALSE, FALSE, sizeof (ShyPolicyWindow));
  g_array_set_clear_func (self->windows, clear_window);
  self->id = shy_json_reader_string (&reader->json, json, "id");
  self->title = shy_policy_reader_text (reader, json, "title");
  read_measure (reader, json, &kind, self);
  read_key (reader, json, self);
  self->optional = shy_json_reader_boolean (&reader->json, json, "optional", FALSE);
  read_windows (reader, json, kind, self);
  read_months (reader, json, self);
  self->policies = shy_json_reader_strings (&reader->json, json, "policies");
  self->when_hit = shy_policy_reader_text (reader, json, "when_hit");
  self->clause = shy_policy_reader_clause (reader, json);
  read_max (reader, json, self);
  if (self->policies != NULL && self->policies[0] == NULL)
    shy_json_reader_fail (&reader->json, shy_json_get (json, "policies"), SHY_ERROR_INVALID,
                          _("The list is empty. Name the policies whose grants count."));
  return self;
}

/* Reads "limits" of a pack whose fields, settings and subject were read. */
void
shy_policy_reader_limits (ShyPolicyReader *reader, const ShyJson *root)
{
  shy_policy_reader_list (reader, root, "limits", read_limit, reader->policy->limits);
  shy_json_reader_unique (&reader->json, root, "limits", "id");
}
