/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-private.h"

#include <math.h>
#include <string.h>

/* Numbers, dates and texts in other spellings, which mean the same. */

#define DAY         86400 /* seconds */
#define EXCEL_EPOCH 25569 /* days from the epoch of spreadsheets to 1970 */
#define LONG_DIGITS 20

/* Calls for each cell that is a whole number, or a text of nothing but a few digits. */
static void
each_number (JsonObject *row, void (*func) (JsonObject *row, const char *name, gint64 number))
{
  g_autoptr (GList) names = json_object_get_members (row);

  for (GList *at = names; at != NULL; at = at->next)
    {
      JsonNode *cell = json_object_get_member (row, at->data);

      if (json_node_get_value_type (cell) == G_TYPE_INT64)
        func (row, at->data, json_node_get_int (cell));
    }
}

static void
to_text (JsonObject *row, const char *name, gint64 number)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%" G_GINT64_FORMAT, number);
  for (gssize at = (gssize) text->len - 3; at > 0; at -= 3)
    g_string_insert_c (text, at, ',');
  json_object_set_string_member (row, name, text->str);
}

/* Marked, for the exponent cannot be written by the library: see strip_marks(). */
static void
to_power (JsonObject *row, const char *name, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("NUMBER%" G_GINT64_FORMAT "000e-3", number);

  json_object_set_string_member (row, name, text);
}

static void
strip_marks (GString *json)
{
  fault_replace (json, "\"NUMBER([^\"]*)\"", "\\1");
}

static void
texts_of_row (JsonObject *row, guint index, Strike *strike)
{
  each_number (row, to_text);
}

static void
powers_of_row (JsonObject *row, guint index, Strike *strike)
{
  each_number (row, to_power);
}

/* The key becomes a number of twenty digits that no 64 bits hold. */
static void
long_key (JsonObject *row, guint index, Strike *strike)
{
  g_autoptr (GList) names = json_object_get_members (row);
  g_autofree char  *text = g_strdup_printf ("NUMBER9%0*" G_GUINT64_FORMAT, LONG_DIGITS - 1,
                                            strike->number + index);

  json_object_set_string_member (row, names->data, text);
}

static void
text_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, texts_of_row, self);
}

static void
power_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, powers_of_row, self);
  strip_marks (json);
}

static void
long_cb (Strike *self, const ProvincePage *page, GString *json)
{
  self->number = page->first;
  fault_each_row (json, long_key, self);
  strip_marks (json);
}

/* A day or moment of the province; %NULL if @text is none. */
static GDateTime *
read_moment (const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  g_autofree char      *iso = g_strdup_printf ("%.10sT%.5s:%s", text,
                                               strlen (text) > 11 ? text + 11 : "00:00",
                                               strlen (text) > 17 ? text + 17 : "00");

  return g_regex_match_simple ("^[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$", text,
                               0, 0)
           ? g_date_time_new_from_iso8601 (iso, zone)
           : NULL;
}

/* Writes it in one of six ways, of which two are for days alone. */
static void
change_day (JsonObject *row, const char *name, const char *text, guint index, Strike *strike)
{
  static const char *const forms[] = { "%Y/%m/%d %H:%M:%S", "%Y%m%d%H%M%S",
                                       "%Y-%m-%dT%H:%M:%S+08:00", "%Y-%-m-%-d %H:%M:%S" };
  static const char *const day_forms[] = { "%Y/%m/%d", "%Y%m%d", "%Y-%m-%dT00:00:00+08:00",
                                           "%Y-%-m-%-d" };
  g_autoptr (GDateTime) moment = read_moment (text);
  gboolean              is_day = strlen (text) == 10;
  g_autofree char      *other = NULL;
  gint64                count;

  if (moment == NULL)
    return;
  if (index % 6 < G_N_ELEMENTS (forms))
    {
      other = g_date_time_format (moment, is_day ? day_forms[index % 6] : forms[index % 6]);
      json_object_set_string_member (row, name, other);
      return;
    }
  count = g_date_time_to_unix (moment);
  if (index % 6 == 5 && is_day)
    count = (count + 8 * 3600) / DAY + EXCEL_EPOCH;
  else if (index % 6 == 5)
    count *= 1000;
  json_object_set_int_member (row, name, count);
}

static void
days_of_row (JsonObject *row, guint index, Strike *strike)
{
  fault_each_text (row, index, change_day, strike);
}

static void
days_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, days_of_row, self);
}

/* What systems write where there is no day. */
static void
no_day (JsonObject *row, const char *name, const char *text, guint index, Strike *strike)
{
  if (g_regex_match_simple ("^[0-9]{4}-[0-9]{2}-[0-9]{2}", text, 0, 0))
    json_object_set_string_member (row, name, strlen (text) > 11 ? "0000-00-00 00:00:00"
                                                                 : "0000-00-00");
}

static void
no_days_of_row (JsonObject *row, guint index, Strike *strike)
{
  fault_each_text (row, index, no_day, strike);
}

static void
no_days_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, no_days_of_row, self);
}

/* Full-width letters and digits, a full-width space at both ends, a control character. */
static void
widen (JsonObject *row, const char *name, const char *text, guint index, Strike *strike)
{
  g_autoptr (GString) wide = g_string_new ("　");

  if (strchr (text, '<') != NULL)
    return;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_ascii_isalnum (*at))
      g_string_append_unichar (wide, 0xFF01 + (gunichar) (*at - '!'));
    else
      g_string_append_unichar (wide, g_utf8_get_char (at));
  g_string_append (wide, "\x7f　");
  json_object_set_string_member (row, name, wide->str);
}

static void
widen_row (JsonObject *row, guint index, Strike *strike)
{
  fault_each_text (row, index, widen, strike);
}

static void
wide_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, widen_row, self);
}

/* Whatever has a letter beyond ASCII is prose. */
static void
mark_up (JsonObject *row, const char *name, const char *text, guint index, Strike *strike)
{
  g_autofree char *html = g_strconcat ("<p style=\"color:red\">", text, "&nbsp;</p><br/>", NULL);

  if (!g_str_is_ascii (text))
    json_object_set_string_member (row, name, html);
}

static void
mark_up_row (JsonObject *row, guint index, Strike *strike)
{
  fault_each_text (row, index, mark_up, strike);
}

static void
html_cb (Strike *self, const ProvincePage *page, GString *json)
{
  fault_each_row (json, mark_up_row, self);
}

const Fault faults_of_cells[] = {
  { .name = "F14-text", .what = "numbers as texts, with separators", .rows = text_cb },
  { .name = "F14-power", .what = "numbers with an exponent", .rows = power_cb },
  { .name = "F14-long", .what = "keys as numbers of 20 digits", .rows = long_cb },
  { .name = "F16-written", .what = "days in six spellings", .rows = days_cb },
  { .name = "F16-none", .what = "0000-00-00 for no day", .rows = no_days_cb },
  { .name = "F17-wide", .what = "full-width letters, spaces, control characters", .rows = wide_cb },
  { .name = "F17-html", .what = "HTML in texts", .rows = html_cb },
  { NULL },
};
