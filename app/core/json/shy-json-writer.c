/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json/shy-json-writer.h"

#include "json/shy-json-private.h"

/*
 * Writes JSON as it comes, behind what was written already, and makes no tree of it: a list of a
 * million applications holds as many verdicts. Each function takes the name of the member, or NULL for
 * an item of an array, and puts the comma where one is due.
 */

/* A comma stands behind whatever is complete; what closes a text, a number or a bracket is none of
 * these. */
static void
begin (GString    *into,
       const char *name)
{
  char last = into->len > 0 ? into->str[into->len - 1] : '{';

  if (last != '{' && last != '[' && last != ':')
    g_string_append_c (into, ',');
  if (name == NULL)
    return;
  shy_json_append_text (into, name);
  g_string_append_c (into, ':');
}

/**
 * shy_json_writer_open: (skip)
 * @into: JSON that is being written
 * @name: (nullable): the member, or %NULL
 * @bracket: '{' or '['
 *
 * Begins an object or an array.
 */
void
shy_json_writer_open (GString    *into,
                      const char *name,
                      char        bracket)
{
  begin (into, name);
  g_string_append_c (into, bracket);
}

/**
 * shy_json_writer_close: (skip)
 * @into: JSON that is being written
 * @bracket: '}' or ']'
 *
 * Ends what shy_json_writer_open() began.
 */
void
shy_json_writer_close (GString *into,
                       char     bracket)
{
  g_string_append_c (into, bracket);
}

/**
 * shy_json_writer_text: (skip)
 * @into: JSON that is being written
 * @name: (nullable): the member, or %NULL
 * @text: (nullable): UTF-8; %NULL writes null
 */
void
shy_json_writer_text (GString    *into,
                      const char *name,
                      const char *text)
{
  begin (into, name);
  if (text != NULL)
    shy_json_append_text (into, text);
  else
    g_string_append (into, "null");
}

/**
 * shy_json_writer_texts: (skip)
 * @into: JSON that is being written
 * @name: (nullable): the member, or %NULL
 * @texts: (nullable): the items, ended by %NULL
 */
void
shy_json_writer_texts (GString            *into,
                       const char         *name,
                       const char * const *texts)
{
  shy_json_writer_open (into, name, '[');
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    shy_json_writer_text (into, NULL, texts[i]);
  shy_json_writer_close (into, ']');
}

/**
 * shy_json_writer_integer: (skip)
 * @into: JSON that is being written
 * @name: (nullable): the member, or %NULL
 * @number: a whole number
 */
void
shy_json_writer_integer (GString    *into,
                         const char *name,
                         gint64      number)
{
  begin (into, name);
  g_string_append_printf (into, "%" G_GINT64_FORMAT, number);
}

/**
 * shy_json_writer_boolean: (skip)
 * @into: JSON that is being written
 * @name: (nullable): the member, or %NULL
 * @truth: true or false
 */
void
shy_json_writer_boolean (GString    *into,
                         const char *name,
                         gboolean    truth)
{
  begin (into, name);
  g_string_append (into, truth ? "true" : "false");
}

/**
 * shy_json_writer_value: (skip)
 * @into: JSON that is being written
 * @name: (nullable): the member, or %NULL
 * @json: a value that is JSON already
 */
void
shy_json_writer_value (GString    *into,
                       const char *name,
                       const char *json)
{
  begin (into, name);
  g_string_append (into, json);
}
