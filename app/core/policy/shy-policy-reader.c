/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-reader-private.h"

#include "shy-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Yuan beyond this do not fit into fen with 64 bits. */
#define MAX_YUAN_DIGITS 16

ShyText *
shy_policy_reader_text (ShyPolicyReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_OBJECT);
  ShyText       *text;

  if (json == NULL || !shy_json_reader_object (&reader->json, json, "zh_CN en"))
    return NULL;
  text = g_new0 (ShyText, 1);
  text->zh_CN = shy_json_reader_string (&reader->json, json, "zh_CN");
  text->en = shy_json_reader_string (&reader->json, json, "en");
  if (text->zh_CN == NULL && text->en == NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The text is there in no language. Write “zh_CN” or “en”."));
  return text;
}

/* Turns yuan, "200000" or "1234.5", into fen. */
gboolean
shy_policy_parse_fen (const char *text, gint64 *fen)
{
  const char *point = strchr (text, '.');
  gsize       yuan = point != NULL ? (gsize) (point - text) : strlen (text);
  gsize       decimals = point != NULL ? strlen (point + 1) : 0;

  if (yuan == 0 || yuan > MAX_YUAN_DIGITS || decimals > 2 || (point != NULL && decimals == 0) ||
      strspn (text, "0123456789") != yuan ||
      (point != NULL && strspn (point + 1, "0123456789") != decimals))
    return FALSE;

  *fen = g_ascii_strtoll (text, NULL, 10) * 100;
  if (decimals > 0)
    *fen += g_ascii_digit_value (point[1]) * 10;
  if (decimals > 1)
    *fen += g_ascii_digit_value (point[2]);
  return TRUE;
}

/* Reads an amount in yuan. */
gint64
shy_policy_reader_fen (ShyPolicyReader *reader, const ShyJson *json)
{
  gint64 fen = 0;

  if (reader->json.error != NULL)
    return 0;
  if (json->kind != SHY_JSON_NUMBER && json->kind != SHY_JSON_STRING)
    shy_json_reader_expect (&reader->json, json, SHY_JSON_NUMBER);
  else if (!shy_policy_parse_fen (json->text, &fen))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("“%s” is no amount in yuan. Write digits, and at most two behind "
                            "the point."), json->text);
  return fen;
}

GDate *
shy_policy_reader_date (ShyPolicyReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_STRING);
  GDate          date;

  if (json == NULL)
    return NULL;
  g_date_clear (&date, 1);
  if (shy_date_parse (json->text, &date))
    return g_date_copy (&date);
  shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                        _("“%s” is no date. Write it as 2025-06-30."), json->text);
  return NULL;
}

/* Reads "from" and "until", which may be the same day but not turned round. */
void
shy_policy_reader_dates (ShyPolicyReader *reader, const ShyJson *object, ShyPolicyDates *dates)
{
  dates->from = shy_policy_reader_date (reader, object, "from");
  dates->until = shy_policy_reader_date (reader, object, "until");
  if (dates->from != NULL && dates->until != NULL && g_date_compare (dates->from, dates->until) > 0)
    shy_json_reader_fail (&reader->json, shy_json_get (object, "until"), SHY_ERROR_INVALID,
                          _("This day is before “from”. Exchange or correct the two days."));
}

/* Gives a text, number or boolean as text, and NULL for null. */
char *
shy_policy_reader_scalar (ShyPolicyReader *reader, const ShyJson *json)
{
  if (reader->json.error != NULL)
    return NULL;
  switch (json->kind)
    {
    case SHY_JSON_STRING:
    case SHY_JSON_NUMBER:
      return g_strdup (json->text);
    case SHY_JSON_TRUE:
      return g_strdup ("true");
    case SHY_JSON_FALSE:
      return g_strdup ("false");
    case SHY_JSON_ARRAY:
    case SHY_JSON_OBJECT:
      shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                            _("One value must stand here: a text, a number, true, false or "
                              "null."));
      return NULL;
    case SHY_JSON_NULL:
    default:
      return NULL;
    }
}

/* Reads the code of a county, six digits. */
char *
shy_policy_reader_county (ShyPolicyReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_STRING);

  if (json == NULL)
    return NULL;
  if (strlen (json->text) == 6 && strspn (json->text, "0123456789") == 6)
    return g_strdup (json->text);
  shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                        _("“%s” is no code of a county. Write six digits, as “330822”."),
                        json->text);
  return NULL;
}

/* Reads every item of a list into @into; a list that is not there is empty. */
void
shy_policy_reader_list (ShyPolicyReader   *reader,
                        const ShyJson     *object,
                        const char        *name,
                        ShyPolicyReadFunc  read,
                        GPtrArray         *into)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_ARRAY);

  for (guint i = 0; json != NULL && i < json->items->len && reader->json.error == NULL; i++)
    g_ptr_array_add (into, read (reader, g_ptr_array_index (json->items, i)));
}
