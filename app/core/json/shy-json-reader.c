/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "json/shy-json-reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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
shy_json_reader_fail (ShyJsonReader *reader,
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
  reader->line = where->line;
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
shy_json_nearest (const char *word, char **known)
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
fail_unknown_member (ShyJsonReader *reader, const ShyJson *member, char **known)
{
  const char      *nearest = shy_json_nearest (member->name, known);
  g_autofree char *list = g_strjoinv (", ", known);

  if (nearest != NULL)
    shy_json_reader_fail (reader, member, SHY_ERROR_INVALID,
                          _("There is no member “%s” here. Did you mean “%s”? Known are: %s."),
                          member->name, nearest, list);
  else
    shy_json_reader_fail (reader, member, SHY_ERROR_INVALID,
                          _("There is no member “%s” here. Remove it; known are: %s."),
                          member->name, list);
}

gboolean
shy_json_reader_expect (ShyJsonReader *reader, const ShyJson *json, ShyJsonKind kind)
{
  if (reader->error != NULL)
    return FALSE;
  if (json->kind == kind)
    return TRUE;
  shy_json_reader_fail (reader, json, SHY_ERROR_INVALID, _("This must be %s, but it is %s."),
                        describe_kind (kind), describe_kind (json->kind));
  return FALSE;
}

gboolean
shy_json_reader_is_object (ShyJsonReader *reader, const ShyJson *json)
{
  return shy_json_reader_expect (reader, json, SHY_JSON_OBJECT);
}

static void
check_required (ShyJsonReader *reader, const ShyJson *json, const char *name)
{
  const ShyJson *member = shy_json_get (json, name);

  if (member == NULL)
    shy_json_reader_fail (reader, json, SHY_ERROR_INVALID,
                          _("The member “%s” is missing. Add it."), name);
  else if (member->kind == SHY_JSON_NULL)
    shy_json_reader_fail (reader, member, SHY_ERROR_INVALID,
                          _("This must not be null. Write a value."));
}

/* Checks that @json is an object with no other members than those in @members (separated by
 * spaces), and with all those that end in "!". */
gboolean
shy_json_reader_object (ShyJsonReader *reader, const ShyJson *json, const char *members)
{
  g_auto (GStrv)        known = NULL;
  g_autoptr (GPtrArray) required = g_ptr_array_new ();

  if (!shy_json_reader_expect (reader, json, SHY_JSON_OBJECT))
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
shy_json_reader_get (ShyJsonReader *reader,
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
  return shy_json_reader_expect (reader, json, kind) ? json : NULL;
}

static gboolean
check_string (ShyJsonReader *reader, const ShyJson *json)
{
  const char *text = json->text;

  if (*text == '\0')
    shy_json_reader_fail (reader, json, SHY_ERROR_INVALID,
                          _("The text is empty. Write something, or null if nothing is known."));
  else if (g_ascii_isspace (text[0]) || g_ascii_isspace (text[strlen (text) - 1]))
    shy_json_reader_fail (reader, json, SHY_ERROR_INVALID,
                          _("The text begins or ends with a space. Remove it."));
  return reader->error == NULL;
}

char *
shy_json_reader_string (ShyJsonReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson *json = shy_json_reader_get (reader, object, name, SHY_JSON_STRING);

  if (json == NULL || !check_string (reader, json))
    return NULL;
  return g_strdup (json->text);
}

/* Reads a list of different texts; NULL where it is not there. */
char **
shy_json_reader_strings (ShyJsonReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson         *json = shy_json_reader_get (reader, object, name, SHY_JSON_ARRAY);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  char                 **strings;

  if (json == NULL)
    return NULL;
  strings = g_new0 (char *, json->items->len + 1);
  for (guint i = 0; i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);

      if (!shy_json_reader_expect (reader, item, SHY_JSON_STRING) || !check_string (reader, item))
        break;
      if (!g_hash_table_add (seen, (gpointer) item->text))
        shy_json_reader_fail (reader, item, SHY_ERROR_INVALID,
                              _("“%s” stands twice in this list. Remove one of them."),
                              item->text);
      strings[i] = g_strdup (item->text);
    }
  return strings;
}

gboolean
shy_json_reader_boolean (ShyJsonReader *reader,
                         const ShyJson   *object,
                         const char      *name,
                         gboolean         otherwise)
{
  const ShyJson *json = reader->error == NULL ? shy_json_get (object, name) : NULL;

  if (json == NULL || json->kind == SHY_JSON_NULL)
    return otherwise;
  if (json->kind == SHY_JSON_FALSE || !shy_json_reader_expect (reader, json, SHY_JSON_TRUE))
    return FALSE;
  return TRUE;
}

/* Reads one of @words (separated by spaces) and gives its place among them. */
int
shy_json_reader_word (ShyJsonReader *reader,
                      const ShyJson   *object,
                      const char      *name,
                      const char      *words,
                      int              otherwise)
{
  const ShyJson *json = shy_json_reader_get (reader, object, name, SHY_JSON_STRING);
  g_auto (GStrv) known = NULL;
  g_autofree char *list = NULL;

  if (json == NULL)
    return otherwise;
  known = g_strsplit (words, " ", -1);
  for (int i = 0; known[i] != NULL; i++)
    if (g_str_equal (known[i], json->text))
      return i;
  list = g_strjoinv (", ", known);
  shy_json_reader_fail (reader, json, SHY_ERROR_INVALID,
                        _("“%s” is none of the words that may stand here: %s."), json->text,
                        list);
  return otherwise;
}

/* Reads a whole number of at least @least. */
gint64
shy_json_reader_integer (ShyJsonReader *reader,
                         const ShyJson   *object,
                         const char      *name,
                         gint64           least,
                         gint64           otherwise)
{
  const ShyJson *json = shy_json_reader_get (reader, object, name, SHY_JSON_NUMBER);
  gint64         value;

  if (json == NULL)
    return otherwise;
  if (g_ascii_string_to_signed (json->text, 10, least, G_MAXINT32, &value, NULL))
    return value;
  shy_json_reader_fail (reader, json, SHY_ERROR_INVALID,
                        _("%s is not a whole number of at least %d."), json->text, (int) least);
  return otherwise;
}

/* Refuses a list of objects in which two have the same text as @key. Reads nothing else, so it
 * stands behind what reads the list. */
void
shy_json_reader_unique (ShyJsonReader *reader,
                        const ShyJson   *object,
                        const char      *name,
                        const char      *key)
{
  const ShyJson         *list = shy_json_reader_get (reader, object, name, SHY_JSON_ARRAY);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; list != NULL && i < list->items->len && reader->error == NULL; i++)
    {
      const ShyJson *id = shy_json_get (g_ptr_array_index (list->items, i), key);

      if (!g_hash_table_add (seen, (gpointer) id->text))
        shy_json_reader_fail (reader, id, SHY_ERROR_INVALID,
                              _("“%s” stands twice in “%s”. Give one of them another name."),
                              id->text, name);
    }
}
