/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-regex-private.h"

#include "feel/shy-feel-lexical-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What PCRE repeats at most. */
#define MAX_REPEAT 65535

/*< private >
 * shy_feel_regex_fail:
 * @reader: the reader
 * @reason: the translated reason
 * @error: return location for an error
 *
 * Sets the error for a pattern that breaks the rules where the reader stands.
 *
 * Returns: %FALSE
 */
gboolean
shy_feel_regex_fail (ShyFeelRegexReader  *reader,
                     const char          *reason,
                     GError             **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_SYNTAX,
               /* Translators: a regular expression, a position in it counted from 1, a reason. */
               _("The pattern “%s” is wrong at character %ld: %s."), reader->pattern,
               g_utf8_pointer_to_offset (reader->pattern, reader->at) + 1, reason);
  return FALSE;
}

/*< private >
 * shy_feel_regex_append_char:
 * @out: a pattern for PCRE
 * @character: a character that stands for itself
 */
void
shy_feel_regex_append_char (GString  *out,
                            gunichar  character)
{
  if (character < 0x80 && !g_ascii_isalnum (character))
    g_string_append_printf (out, "\\x{%X}", character);
  else
    g_string_append_unichar (out, character);
}

/*< private >
 * shy_feel_regex_take_single:
 * @reader: the reader, standing behind a backslash
 * @character: (out): the one character that is meant
 * @error: return location for an error
 *
 * Source: XML Schema Part 2, appendix G.4.2.1, and XPath functions 3.1, 5.6.1 for \$.
 *
 * Returns: whether the escape is one that XPath has
 */
gboolean
shy_feel_regex_take_single (ShyFeelRegexReader  *reader,
                            gunichar            *character,
                            GError             **error)
{
  char letter = *reader->at;

  if (letter == '\0' || strchr ("nrt\\|.?*+(){}-[]^$", letter) == NULL)
    return shy_feel_regex_fail (reader, _("there is no such escape"), error);
  *character = letter == 'n' ? '\n' : letter == 'r' ? '\r' : letter == 't' ? '\t' : letter;
  reader->at++;
  return TRUE;
}

/* Takes \1 and so on. Further digits belong to the number as long as so many groups were opened;
   the group must be closed. A group that took no part matches the empty text. */
static gboolean
take_reference (ShyFeelRegexReader  *reader,
                GError             **error)
{
  guint number = *reader->at++ - '0';

  while (g_ascii_isdigit (*reader->at) && number * 10 + (*reader->at - '0') <= reader->opened)
    number = number * 10 + (*reader->at++ - '0');
  if (number > reader->opened)
    return shy_feel_regex_fail (reader, _("there is no group of this number before it"), error);
  for (guint i = 0; i < reader->open->len; i++)
    if (g_array_index (reader->open, guint, i) == number)
      return shy_feel_regex_fail (reader, _("the group of this number is not closed yet"), error);
  g_string_append_printf (reader->out, "(?(%u)\\g{%u})", number, number);
  return TRUE;
}

/* Takes a set outside a class. A block of surrogates has no characters: nothing matches it. */
static gboolean
take_set (ShyFeelRegexReader  *reader,
          GError             **error)
{
  gsize length = reader->out->len;

  g_string_append (reader->out, "(?:[");
  if (!shy_feel_regex_append_set (reader, error))
    return FALSE;
  if (reader->out->len > length + strlen ("(?:["))
    {
      g_string_append (reader->out, "])");
      return TRUE;
    }
  g_string_truncate (reader->out, length);
  g_string_append (reader->out, "(?:(?!))");
  return TRUE;
}

static gboolean
take_escape (ShyFeelRegexReader  *reader,
             GError             **error)
{
  gunichar character;

  reader->at++;
  if (*reader->at >= '1' && *reader->at <= '9')
    {
      g_string_append (reader->out, "(?:");
      if (!take_reference (reader, error))
        return FALSE;
      g_string_append_c (reader->out, ')');
      return TRUE;
    }
  if (shy_feel_regex_is_set (reader->at))
    return take_set (reader, error);
  if (!shy_feel_regex_take_single (reader, &character, error))
    return FALSE;
  shy_feel_regex_append_char (reader->out, character);
  return TRUE;
}

/* Takes {n}, {n,} or {n,m}. */
static gboolean
take_count (ShyFeelRegexReader  *reader,
            GError             **error)
{
  const char *start = reader->at++;
  gint64      least;
  gint64      most;

  if (!shy_feel_take_number (&reader->at, &least))
    return shy_feel_regex_fail (reader, _("a number must follow {"), error);
  most = least;
  if (shy_feel_take (&reader->at, ',') && *reader->at != '}'
      && !shy_feel_take_number (&reader->at, &most))
    return shy_feel_regex_fail (reader, _("a number or } must follow the comma"), error);
  if (!shy_feel_take (&reader->at, '}'))
    return shy_feel_regex_fail (reader, _("the repetition needs a closing }"), error);
  if (most < least || most > MAX_REPEAT)
    return shy_feel_regex_fail (reader, _("the numbers of the repetition are out of order"), error);
  g_string_append_len (reader->out, start, reader->at - start);
  return TRUE;
}

static gboolean
take_quantifier (ShyFeelRegexReader  *reader,
                 GError             **error)
{
  if (*reader->at != '{')
    g_string_append_c (reader->out, *reader->at++);
  else if (!take_count (reader, error))
    return FALSE;
  if (shy_feel_take (&reader->at, '?'))
    g_string_append_c (reader->out, '?');
  return TRUE;
}

static gboolean
open_group (ShyFeelRegexReader  *reader,
            GError             **error)
{
  guint number = 0;

  reader->at++;
  if (g_str_has_prefix (reader->at, "?:"))
    reader->at += 2;
  else if (*reader->at == '?')
    return shy_feel_regex_fail (reader, _("only ?: may follow ( here"), error);
  else
    number = ++reader->opened;
  g_array_append_val (reader->open, number);
  g_string_append (reader->out, number > 0 ? "(" : "(?:");
  return TRUE;
}

static gboolean
close_group (ShyFeelRegexReader  *reader,
             GError             **error)
{
  if (reader->open->len == 0)
    return shy_feel_regex_fail (reader, _("there is no group to close"), error);
  g_array_set_size (reader->open, reader->open->len - 1);
  g_string_append_c (reader->out, ')');
  reader->at++;
  return TRUE;
}

/* Writes the characters . ^ $ as XPath has them: $ is the very end, and with flag m a line that
   is empty after the last newline neither begins nor ends. */
static void
take_mark (ShyFeelRegexReader *reader)
{
  switch (*reader->at++)
    {
    case '.':
      g_string_append (reader->out, reader->dot_all ? "[\\x{0}-\\x{10FFFF}]" : "[^\\x{A}\\x{D}]");
      break;
    case '^':
      g_string_append (reader->out, reader->lines ? "(?:\\A|(?<=\\x{A})(?!\\z))" : "(?:\\A)");
      break;
    default:
      g_string_append (reader->out,
                       reader->lines ? "(?:(?=\\x{A})|(?<!\\x{A})\\z)" : "(?:\\z)");
    }
}

static void
take_literal (ShyFeelRegexReader *reader)
{
  shy_feel_regex_append_char (reader->out, g_utf8_get_char (reader->at));
  reader->at = g_utf8_next_char (reader->at);
}

/* Takes one piece of the pattern; atom says whether what was taken before can be repeated. */
static gboolean
take_piece (ShyFeelRegexReader  *reader,
            gboolean            *atom,
            GError             **error)
{
  gboolean can_repeat = *atom;

  *atom = TRUE;
  switch (*reader->at)
    {
    case '|':
      *atom = FALSE;
      g_string_append_c (reader->out, *reader->at++);
      return TRUE;
    case '(':
      *atom = FALSE;
      return open_group (reader, error);
    case ')':
      return close_group (reader, error);
    case '?':
    case '*':
    case '+':
    case '{':
      *atom = FALSE;
      if (!can_repeat)
        return shy_feel_regex_fail (reader, _("there is nothing to repeat"), error);
      return take_quantifier (reader, error);
    case '[':
      return shy_feel_regex_take_class (reader, error);
    case ']':
    case '}':
      return shy_feel_regex_fail (reader, _("put \\ before this character"), error);
    case '\\':
      return take_escape (reader, error);
    case '.':
    case '^':
    case '$':
      take_mark (reader);
      return TRUE;
    default:
      take_literal (reader);
      return TRUE;
    }
}

/*< private >
 * shy_feel_regex_translate:
 * @reader: the reader, standing at the beginning of a pattern
 * @error: return location for an error
 *
 * Writes a pattern of XPath as one of PCRE. Whatever XPath does not have is refused, for PCRE
 * would give it a sense of its own.
 *
 * Source: XPath and XQuery functions 3.1, 5.6.1; XML Schema Part 2, appendix G.
 *
 * Returns: whether the pattern is well formed
 */
gboolean
shy_feel_regex_translate (ShyFeelRegexReader  *reader,
                          GError             **error)
{
  gboolean atom = FALSE;

  while (*reader->at != '\0')
    if (!take_piece (reader, &atom, error))
      return FALSE;
  return reader->open->len == 0
         || shy_feel_regex_fail (reader, _("a group needs a closing )"), error);
}
