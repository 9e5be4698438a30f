/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Yuan beyond this do not fit into fen with 64 bits. */
#define MAX_YUAN_DIGITS 16

static const char *
describe_kind (ShyJsonKind kind)
{
  static const char *const words[] = {
    [SHY_JSON_NULL] = N_("null"),
    [SHY_JSON_FALSE] = N_("true or false"),
    [SHY_JSON_TRUE] = N_("true or false"),
    [SHY_JSON_NUMBER] = N_("a number"),
    [SHY_JSON_STRING] = N_("a text in \"…\""),
    [SHY_JSON_ARRAY] = N_("a list in […]"),
    [SHY_JSON_OBJECT] = N_("an object in {…}"),
  };

  return _(words[kind]);
}

/* Keeps the first error; @where may be NULL for the file as a whole. */
void
shy_policy_reader_fail (ShyPolicyReader *reader,
                        const ShyJson   *where,
                        ShyError         code,
                        const char      *format,
                        ...)
{
  g_autofree char *what = NULL;
  g_autofree char *path = NULL;
  va_list          args;

  if (reader->error != NULL)
    return;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);

  if (where == NULL || where->line == 0)
    {
      /* Translators: a file, then what is wrong in it as a whole sentence. */
      reader->error = g_error_new (SHY_ERROR, code, _("“%s”: %s"), reader->file, what);
      return;
    }
  path = shy_json_path (where);
  /* Translators: a file, a line, a place as “$.criteria[2].clause”, then a whole sentence. */
  reader->error = g_error_new (SHY_ERROR, code, _("“%s”, line %u, %s: %s"), reader->file,
                               where->line, path, what);
}

static guint
measure_distance (const char *a, const char *b)
{
  g_autofree gunichar *from = g_utf8_to_ucs4_fast (a, -1, NULL);
  g_autofree gunichar *to = g_utf8_to_ucs4_fast (b, -1, NULL);
  g_autofree guint    *row = NULL;
  guint                width = 0;

  while (to[width] != 0)
    width++;
  row = g_new (guint, width + 1);
  for (guint j = 0; j <= width; j++)
    row[j] = j;
  for (guint i = 0; from[i] != 0; i++)
    {
      guint diagonal = row[0];

      row[0] = i + 1;
      for (guint j = 1; j <= width; j++)
        {
          guint changed = diagonal + (from[i] != to[j - 1]);

          diagonal = row[j];
          row[j] = MIN (changed, MIN (row[j], row[j - 1]) + 1);
        }
    }
  return row[width];
}

/* Finds the known word that @word was probably meant to be: at most half its characters differ,
 * and no word of more than 64 bytes is compared. NULL if there is none. */
const char *
shy_policy_nearest (const char *word, char **known)
{
  guint       best = (guint) g_utf8_strlen (word, -1) / 2 + 1;
  const char *nearest = NULL;

  if (strlen (word) > 64)
    return NULL;
  for (gsize i = 0; known[i] != NULL; i++)
    {
      guint distance = strlen (known[i]) > 64 ? best : measure_distance (word, known[i]);

      if (distance < best)
        {
          best = distance;
          nearest = known[i];
        }
    }
  return nearest;
}

static void
fail_unknown_member (ShyPolicyReader *reader, const ShyJson *member, char **known)
{
  const char      *nearest = shy_policy_nearest (member->name, known);
  g_autofree char *list = g_strjoinv (", ", known);

  if (nearest != NULL)
    shy_policy_reader_fail (reader, member, SHY_ERROR_INVALID,
                            _("There is no member “%s” here. Did you mean “%s”? Known are: %s."),
                            member->name, nearest, list);
  else
    shy_policy_reader_fail (reader, member, SHY_ERROR_INVALID,
                            _("There is no member “%s” here. Remove it; known are: %s."),
                            member->name, list);
}

static gboolean
expect_kind (ShyPolicyReader *reader, const ShyJson *json, ShyJsonKind kind)
{
  if (reader->error != NULL)
    return FALSE;
  if (json->kind == kind)
    return TRUE;
  shy_policy_reader_fail (reader, json, SHY_ERROR_INVALID, _("This must be %s, but it is %s."),
                          describe_kind (kind), describe_kind (json->kind));
  return FALSE;
}

gboolean
shy_policy_reader_is_object (ShyPolicyReader *reader, const ShyJson *json)
{
  return expect_kind (reader, json, SHY_JSON_OBJECT);
}

static void
check_required (ShyPolicyReader *reader, const ShyJson *json, const char *name)
{
  const ShyJson *member = shy_json_get (json, name);

  if (member == NULL)
    shy_policy_reader_fail (reader, json, SHY_ERROR_INVALID,
                            _("The member “%s” is missing. Add it."), name);
  else if (member->kind == SHY_JSON_NULL)
    shy_policy_reader_fail (reader, member, SHY_ERROR_INVALID,
                            _("This must not be null. Write a value."));
}

/* Checks that @json is an object with no other members than those in @members (separated by
 * spaces), and with all those that end in "!". */
gboolean
shy_policy_reader_object (ShyPolicyReader *reader, const ShyJson *json, const char *members)
{
  g_auto (GStrv)        known = NULL;
  g_autoptr (GPtrArray) required = g_ptr_array_new ();

  if (!expect_kind (reader, json, SHY_JSON_OBJECT))
    return FALSE;

  known = g_strsplit (members, " ", -1);
  for (gsize i = 0; known[i] != NULL; i++)
    {
      char *mark = strchr (known[i], '!');

      if (mark == NULL)
        continue;
      *mark = '\0';
      g_ptr_array_add (required, known[i]);
    }
  for (guint i = 0; i < json->items->len; i++)
    {
      const ShyJson *member = g_ptr_array_index (json->items, i);

      if (!g_strv_contains ((const char *const *) known, member->name))
        fail_unknown_member (reader, member, known);
    }
  for (guint i = 0; i < required->len; i++)
    check_required (reader, json, g_ptr_array_index (required, i));
  return reader->error == NULL;
}

/* Gets a member of a kind; null counts as not there. */
const ShyJson *
shy_policy_reader_get (ShyPolicyReader *reader,
                       const ShyJson   *object,
                       const char      *name,
                       ShyJsonKind      kind)
{
  const ShyJson *json;

  if (reader->error != NULL)
    return NULL;
  json = shy_json_get (object, name);
  if (json == NULL || json->kind == SHY_JSON_NULL)
    return NULL;
  return expect_kind (reader, json, kind) ? json : NULL;
}

static gboolean
check_string (ShyPolicyReader *reader, const ShyJson *json)
{
  const char *text = json->text;

  if (*text == '\0')
    shy_policy_reader_fail (reader, json, SHY_ERROR_INVALID,
                            _("The text is empty. Write something, or null if nothing is known."));
  else if (g_ascii_isspace (text[0]) || g_ascii_isspace (text[strlen (text) - 1]))
    shy_policy_reader_fail (reader, json, SHY_ERROR_INVALID,
                            _("The text begins or ends with a space. Remove it."));
  return reader->error == NULL;
}

char *
shy_policy_reader_string (ShyPolicyReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson *json = shy_policy_reader_get (reader, object, name, SHY_JSON_STRING);

  if (json == NULL || !check_string (reader, json))
    return NULL;
  return g_strdup (json->text);
}

/* Reads a list of different texts; NULL where it is not there. */
char **
shy_policy_reader_strings (ShyPolicyReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson         *json = shy_policy_reader_get (reader, object, name, SHY_JSON_ARRAY);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  char                 **strings;

  if (json == NULL)
    return NULL;
  strings = g_new0 (char *, json->items->len + 1);
  for (guint i = 0; i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);

      if (!expect_kind (reader, item, SHY_JSON_STRING) || !check_string (reader, item))
        break;
      if (!g_hash_table_add (seen, (gpointer) item->text))
        shy_policy_reader_fail (reader, item, SHY_ERROR_INVALID,
                                _("“%s” stands twice in this list. Remove one of them."),
                                item->text);
      strings[i] = g_strdup (item->text);
    }
  return strings;
}

ShyPolicyText *
shy_policy_reader_text (ShyPolicyReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson *json = shy_policy_reader_get (reader, object, name, SHY_JSON_OBJECT);
  ShyPolicyText *text;

  if (json == NULL || !shy_policy_reader_object (reader, json, "zh_CN en"))
    return NULL;
  text = g_new0 (ShyPolicyText, 1);
  text->zh_CN = shy_policy_reader_string (reader, json, "zh_CN");
  text->en = shy_policy_reader_string (reader, json, "en");
  if (text->zh_CN == NULL && text->en == NULL)
    shy_policy_reader_fail (reader, json, SHY_ERROR_INVALID,
                            _("The text is there in no language. Write “zh_CN” or “en”."));
  return text;
}

gboolean
shy_policy_reader_boolean (ShyPolicyReader *reader,
                           const ShyJson   *object,
                           const char      *name,
                           gboolean         otherwise)
{
  const ShyJson *json = reader->error == NULL ? shy_json_get (object, name) : NULL;

  if (json == NULL || json->kind == SHY_JSON_NULL)
    return otherwise;
  if (json->kind == SHY_JSON_FALSE || !expect_kind (reader, json, SHY_JSON_TRUE))
    return FALSE;
  return TRUE;
}

/* Reads one of @words (separated by spaces) and gives its place among them. */
int
shy_policy_reader_word (ShyPolicyReader *reader,
                        const ShyJson   *object,
                        const char      *name,
                        const char      *words,
                        int              otherwise)
{
  const ShyJson *json = shy_policy_reader_get (reader, object, name, SHY_JSON_STRING);
  g_auto (GStrv) known = NULL;
  g_autofree char *list = NULL;

  if (json == NULL)
    return otherwise;
  known = g_strsplit (words, " ", -1);
  for (int i = 0; known[i] != NULL; i++)
    if (g_str_equal (known[i], json->text))
      return i;
  list = g_strjoinv (", ", known);
  shy_policy_reader_fail (reader, json, SHY_ERROR_INVALID,
                          _("“%s” is none of the words that may stand here: %s."), json->text,
                          list);
  return otherwise;
}

/* Reads a whole number of at least @least. */
gint64
shy_policy_reader_integer (ShyPolicyReader *reader,
                           const ShyJson   *object,
                           const char      *name,
                           gint64           least,
                           gint64           otherwise)
{
  const ShyJson *json = shy_policy_reader_get (reader, object, name, SHY_JSON_NUMBER);
  gint64         value;

  if (json == NULL)
    return otherwise;
  if (g_ascii_string_to_signed (json->text, 10, least, G_MAXINT32, &value, NULL))
    return value;
  shy_policy_reader_fail (reader, json, SHY_ERROR_INVALID,
                          _("%s is not a whole number of at least %d."), json->text, (int) least);
  return otherwise;
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

  if (reader->error != NULL)
    return 0;
  if (json->kind != SHY_JSON_NUMBER && json->kind != SHY_JSON_STRING)
    expect_kind (reader, json, SHY_JSON_NUMBER);
  else if (!shy_policy_parse_fen (json->text, &fen))
    shy_policy_reader_fail (reader, json, SHY_ERROR_INVALID,
                            _("“%s” is no amount in yuan. Write digits, and at most two behind "
                              "the point."), json->text);
  return fen;
}

/**
 * shy_policy_parse_date:
 * @text: what may be a date
 * @date: (out caller-allocates): where the date is put
 *
 * Takes a date in the one form of packs and calls, 2025-06-30.
 *
 * Returns: %TRUE if it is one
 */
gboolean
shy_policy_parse_date (const char *text, GDate *date)
{
  static const char form[] = "0000-00-00";
  guint64           year;
  guint64           month;
  guint64           day;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (date != NULL, FALSE);

  for (gsize i = 0; i < sizeof form; i++)
    if (form[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != form[i])
      return FALSE;

  year = g_ascii_strtoull (text, NULL, 10);
  month = g_ascii_strtoull (text + 5, NULL, 10);
  day = g_ascii_strtoull (text + 8, NULL, 10);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

GDate *
shy_policy_reader_date (ShyPolicyReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson *json = shy_policy_reader_get (reader, object, name, SHY_JSON_STRING);
  GDate          date;

  if (json == NULL)
    return NULL;
  g_date_clear (&date, 1);
  if (shy_policy_parse_date (json->text, &date))
    return g_date_copy (&date);
  shy_policy_reader_fail (reader, json, SHY_ERROR_INVALID,
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
    shy_policy_reader_fail (reader, shy_json_get (object, "until"), SHY_ERROR_INVALID,
                            _("This day is before “from”. Exchange or correct the two days."));
}

/* Gives a text, number or boolean as text, and NULL for null. */
char *
shy_policy_reader_scalar (ShyPolicyReader *reader, const ShyJson *json)
{
  if (reader->error != NULL)
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
      shy_policy_reader_fail (reader, json, SHY_ERROR_INVALID,
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
  const ShyJson *json = shy_policy_reader_get (reader, object, name, SHY_JSON_STRING);

  if (json == NULL)
    return NULL;
  if (strlen (json->text) == 6 && strspn (json->text, "0123456789") == 6)
    return g_strdup (json->text);
  shy_policy_reader_fail (reader, json, SHY_ERROR_INVALID,
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
  const ShyJson *json = shy_policy_reader_get (reader, object, name, SHY_JSON_ARRAY);

  for (guint i = 0; json != NULL && i < json->items->len && reader->error == NULL; i++)
    g_ptr_array_add (into, read (reader, g_ptr_array_index (json->items, i)));
}

/* Refuses a list of objects in which two have the same text as @key. Reads nothing else, so it
 * stands behind what reads the list. */
void
shy_policy_reader_unique (ShyPolicyReader *reader,
                          const ShyJson   *object,
                          const char      *name,
                          const char      *key)
{
  const ShyJson         *list = shy_policy_reader_get (reader, object, name, SHY_JSON_ARRAY);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; list != NULL && i < list->items->len && reader->error == NULL; i++)
    {
      const ShyJson *id = shy_json_get (g_ptr_array_index (list->items, i), key);

      if (!g_hash_table_add (seen, (gpointer) id->text))
        shy_policy_reader_fail (reader, id, SHY_ERROR_INVALID,
                                _("“%s” stands twice in “%s”. Give one of them another name."),
                                id->text, name);
    }
}
