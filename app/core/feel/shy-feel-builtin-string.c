/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "config.h"

#include "feel/shy-feel-builtin-private.h"
#include "feel/shy-feel-regex.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* String functions, DMN 1.5 §10.3.4.3. Characters are Unicode code points. */

/* What looking for a pattern counts for: to begin with, and for each byte, as it may go through the
 * rest from each of them. */
#define REGEX_STEPS      2000
#define REGEX_BYTE_STEPS 20

static const char *
text_of (ShyFeelValue *value)
{
  return value->string.text;
}

static const char *
find (ShyFeelValue *text,
      ShyFeelValue *match)
{
  /* Unlike g_strstr_len() this takes no time with the product of the lengths. */
  return memmem (text_of (text), text->string.length, text_of (match), match->string.length);
}

static ShyFeelValue *
substring (ShyFeelRun           *run,
           const ShyFeelBuiltin *builtin,
           ShyFeelValue        **arguments)
{
  const char *text = text_of (arguments[0]);
  gint64      length = g_utf8_strlen (text, (gssize) arguments[0]->string.length);
  gint64      start = shy_feel_number_truncate (arguments[1]->number);
  gint64      rest, wanted;
  const char *first;

  if (start == 0 || start > length || start < -length)
    return shy_feel_builtin_refuse (builtin, _("the start position lies outside of the text."));
  rest = start > 0 ? length - start + 1 : -start;
  wanted = arguments[2] == NULL ? rest : shy_feel_number_truncate (arguments[2]->number);
  if (wanted < 1 || wanted > rest)
    return shy_feel_builtin_refuse (builtin, _("the text has no such length from there on."));

  first = g_utf8_offset_to_pointer (text, length - rest);
  return shy_feel_value_new_string_len (first, g_utf8_offset_to_pointer (first, wanted) - first);
}

static ShyFeelValue *
string_length (ShyFeelRun           *run,
               const ShyFeelBuiltin *builtin,
               ShyFeelValue        **arguments)
{
  return shy_feel_value_new_integer (
    g_utf8_strlen (text_of (arguments[0]), (gssize) arguments[0]->string.length));
}

static ShyFeelValue *
upper_case (ShyFeelRun           *run,
            const ShyFeelBuiltin *builtin,
            ShyFeelValue        **arguments)
{
  g_autofree char *text = g_utf8_strup (text_of (arguments[0]), -1);

  return shy_feel_value_new_string (text);
}

static ShyFeelValue *
lower_case (ShyFeelRun           *run,
            const ShyFeelBuiltin *builtin,
            ShyFeelValue        **arguments)
{
  g_autofree char *text = g_utf8_strdown (text_of (arguments[0]), -1);

  return shy_feel_value_new_string (text);
}

static ShyFeelValue *
substring_before (ShyFeelRun           *run,
                  const ShyFeelBuiltin *builtin,
                  ShyFeelValue        **arguments)
{
  const char *found = find (arguments[0], arguments[1]);

  return shy_feel_value_new_string_len (text_of (arguments[0]),
                                        found == NULL ? 0 : found - text_of (arguments[0]));
}

static ShyFeelValue *
substring_after (ShyFeelRun           *run,
                 const ShyFeelBuiltin *builtin,
                 ShyFeelValue        **arguments)
{
  const char *found = find (arguments[0], arguments[1]);

  return shy_feel_value_new_string (found == NULL ? "" : found + arguments[1]->string.length);
}

static ShyFeelValue *
contains (ShyFeelRun           *run,
          const ShyFeelBuiltin *builtin,
          ShyFeelValue        **arguments)
{
  return shy_feel_value_new_boolean (find (arguments[0], arguments[1]) != NULL);
}

static ShyFeelValue *
starts_with (ShyFeelRun           *run,
             const ShyFeelBuiltin *builtin,
             ShyFeelValue        **arguments)
{
  return shy_feel_value_new_boolean (
    g_str_has_prefix (text_of (arguments[0]), text_of (arguments[1])));
}

static ShyFeelValue *
ends_with (ShyFeelRun           *run,
           const ShyFeelBuiltin *builtin,
           ShyFeelValue        **arguments)
{
  return shy_feel_value_new_boolean (
    g_str_has_suffix (text_of (arguments[0]), text_of (arguments[1])));
}

static ShyFeelValue *
refuse_error (const ShyFeelBuiltin *builtin,
              GError               *error)
{
  return shy_feel_builtin_refuse (builtin, error->message);
}

static ShyFeelRegex *
compile (ShyFeelValue *pattern,
         ShyFeelValue *flags,
         GError      **error)
{
  return shy_feel_regex_get (text_of (pattern), flags == NULL ? NULL : text_of (flags), error);
}

static gboolean
spend_search (ShyFeelRun   *run,
              ShyFeelValue *text)
{
  return shy_feel_run_spend (run, REGEX_STEPS
                                    + REGEX_BYTE_STEPS * (gint64) text->string.length);
}

static ShyFeelValue *
matches (ShyFeelRun           *run,
         const ShyFeelBuiltin *builtin,
         ShyFeelValue        **arguments)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (ShyFeelRegex) regex = compile (arguments[1], arguments[2], &error);
  gboolean                 matched = FALSE;

  if (!spend_search (run, arguments[0]))
    return shy_feel_run_exhausted (run);
  if (regex == NULL || !shy_feel_regex_match (regex, text_of (arguments[0]), &matched, &error))
    return refuse_error (builtin, error);
  return shy_feel_value_new_boolean (matched);
}

static ShyFeelValue *
replace (ShyFeelRun           *run,
         const ShyFeelBuiltin *builtin,
         ShyFeelValue        **arguments)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (ShyFeelRegex) regex = compile (arguments[1], arguments[3], &error);
  g_autofree char         *text = NULL;

  if (!spend_search (run, arguments[0]))
    return shy_feel_run_exhausted (run);
  if (regex != NULL)
    text = shy_feel_regex_replace (regex, text_of (arguments[0]), text_of (arguments[2]), &error);
  if (text == NULL)
    return refuse_error (builtin, error);
  if (strlen (text) > SHY_FEEL_STRING_MAX)
    return shy_feel_builtin_refuse (builtin, _("the result is too long."));
  return shy_feel_value_new_string (text);
}

static ShyFeelValue *
split (ShyFeelRun           *run,
       const ShyFeelBuiltin *builtin,
       ShyFeelValue        **arguments)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (ShyFeelRegex) regex = compile (arguments[1], NULL, &error);
  g_auto (GStrv)           parts = NULL;
  ShyFeelValue           **items;
  guint                    n_parts;

  if (!spend_search (run, arguments[0]))
    return shy_feel_run_exhausted (run);
  if (regex != NULL)
    parts = shy_feel_regex_split (regex, text_of (arguments[0]), &error);
  if (parts == NULL)
    return refuse_error (builtin, error);

  n_parts = g_strv_length (parts);
  items = g_new (ShyFeelValue *, n_parts);
  for (guint i = 0; i < n_parts; i++)
    items[i] = shy_feel_value_new_string (parts[i]);
  return shy_feel_value_new_list_take (items, n_parts);
}

/* Nulls are passed over. */
static ShyFeelValue *
string_join (ShyFeelRun           *run,
             const ShyFeelBuiltin *builtin,
             ShyFeelValue        **arguments)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean            first = TRUE;

  for (gsize i = 0; i < arguments[0]->list.n_items; i++)
    {
      ShyFeelValue *item = arguments[0]->list.items[i];

      if (item->type == SHY_FEEL_TYPE_NULL)
        continue;
      if (item->type != SHY_FEEL_TYPE_STRING)
        return shy_feel_builtin_refuse (builtin, _("the list must hold nothing but strings."));
      if (!first && arguments[1] != NULL)
        g_string_append (text, text_of (arguments[1]));
      first = FALSE;
      g_string_append (text, text_of (item));
      if (text->len > SHY_FEEL_STRING_MAX)
        return shy_feel_builtin_refuse (builtin, _("the result is too long."));
    }
  return shy_feel_value_new_string_len (text->str, text->len);
}

#define STRING         SHY_FEEL_TAKES_STRING
#define MAYBE_STRING   (SHY_FEEL_TAKES_STRING | SHY_FEEL_TAKES_OPTIONAL)

const ShyFeelBuiltin shy_feel_string_builtins[] = {
  { "substring", substring, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "string", STRING },
      { "start position", SHY_FEEL_TAKES_NUMBER },
      { "length", SHY_FEEL_TAKES_NUMBER | SHY_FEEL_TAKES_OPTIONAL } } },
  { "string length", string_length, SHY_FEEL_BUILTIN_PLAIN, 0, { { "string", STRING } } },
  { "upper case", upper_case, SHY_FEEL_BUILTIN_PLAIN, 0, { { "string", STRING } } },
  { "lower case", lower_case, SHY_FEEL_BUILTIN_PLAIN, 0, { { "string", STRING } } },
  { "substring before", substring_before, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "string", STRING }, { "match", STRING } } },
  { "substring after", substring_after, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "string", STRING }, { "match", STRING } } },
  { "contains", contains, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "string", STRING }, { "match", STRING } } },
  { "starts with", starts_with, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "string", STRING }, { "match", STRING } } },
  { "ends with", ends_with, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "string", STRING }, { "match", STRING } } },
  { "matches", matches, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "input", STRING }, { "pattern", STRING }, { "flags", MAYBE_STRING } } },
  { "replace", replace, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "input", STRING },
      { "pattern", STRING },
      { "replacement", STRING },
      { "flags", MAYBE_STRING } } },
  { "split", split, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "string", STRING }, { "delimiter", STRING } } },
  { "string join", string_join, SHY_FEEL_BUILTIN_PLAIN, 0,
    { { "list", SHY_FEEL_TAKES_LIST }, { "delimiter", MAYBE_STRING } } },
  { NULL },
};
