/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-row-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Reads the cells of rows: mild at the edge, strict behind it. */

/* Parts of HTML that end a line. */
static gboolean
breaks_line (const char *tag)
{
  static const char *const tags[] = { "br", "/p", "/div", "/li", "/tr", "/h1", "/h2", "/h3" };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_ascii_strncasecmp (tag, tags[i], strlen (tags[i])) == 0)
      return TRUE;
  return FALSE;
}

static const char *
add_entity (GString *into, const char *at)
{
  static const struct
  {
    const char *name;
    const char *text;
  } entities[] = { { "&nbsp;", " " }, { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" },
                   { "&quot;", "\"" }, { "&apos;", "'" }, { "&ldquo;", "“" }, { "&rdquo;", "”" },
                   { "&hellip;", "…" }, { "&middot;", "·" }, { "&mdash;", "—" } };
  char     *end;
  guint64   code;

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (g_str_has_prefix (at, entities[i].name))
      {
        g_string_append (into, entities[i].text);
        return at + strlen (entities[i].name);
      }
  if (at[1] == '#')
    {
      gboolean hex = at[2] == 'x' || at[2] == 'X';

      code = g_ascii_strtoull (at + (hex ? 3 : 2), &end, hex ? 16 : 10);
      if (*end == ';' && code >= 0x20 && code <= 0x10FFFF && g_unichar_validate ((gunichar) code))
        {
          g_string_append_unichar (into, (gunichar) code);
          return end + 1;
        }
    }
  g_string_append_c (into, '&');
  return at + 1;
}

/* The > that ends a tag; one between quotes is part of a value. (nullable) */
static const char *
find_close (const char *tag)
{
  char quote = '\0';

  for (const char *at = tag; *at != '\0'; at++)
    if (quote != '\0')
      quote = *at == quote ? '\0' : quote;
    else if (*at == '>')
      return at;
    else if ((*at == '"' || *at == '\'') && at[-1] == '=')
      quote = *at;
  return strchr (tag, '>');
}

/* Where the tag that ends @name begins: what stands before it is shown to nobody. Without one that
 * is the rest, as it is for browsers (HTML, 13.2.5). */
static const char *
find_end (const char *at, const char *name)
{
  gsize length = strlen (name);

  for (; *at != '\0'; at++)
    if (at[0] == '<' && at[1] == '/' && g_ascii_strncasecmp (at + 2, name, length) == 0 &&
        !g_ascii_isalnum (at[2 + length]))
      return at;
  return at;
}

/* What follows an element that holds no text for people, or a comment, if @at is at one.
 * (nullable) */
static const char *
skip_unseen (const char *at)
{
  static const char *const unseen[] = { "style", "script", "template", "title" };
  const char              *end;

  if (g_str_has_prefix (at, "<!--"))
    {
      end = strstr (at + strlen ("<!--"), "-->");
      return end != NULL ? end + strlen ("-->") : NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (unseen); i++)
    if (g_ascii_strncasecmp (at + 1, unseen[i], strlen (unseen[i])) == 0 &&
        !g_ascii_isalnum (at[1 + strlen (unseen[i])]))
      {
        end = find_close (at + 1);
        return end == NULL ? NULL : end[-1] == '/' ? end + 1 : find_end (end, unseen[i]);
      }
  return NULL;
}

static char *
strip_html (const char *html)
{
  GString *text = g_string_new (NULL);

  for (const char *at = html; *at != '\0';)
    {
      gboolean    tag = *at == '<' && (g_ascii_isalpha (at[1]) || at[1] == '/' || at[1] == '!');
      const char *behind = tag ? skip_unseen (at) : NULL;
      const char *close = tag && behind == NULL ? find_close (at + 1) : NULL;

      if (behind != NULL)
        at = behind;
      else if (close != NULL)
        {
          if (breaks_line (at + 1))
            g_string_append_c (text, '\n');
          at = close + 1;
        }
      else if (*at == '&')
        at = add_entity (text, at);
      else
        g_string_append_c (text, *at++);
    }
  return g_string_free (text, FALSE);
}

/* Whether cleaning would leave a text as it is, for it holds nothing but printable ASCII and the
 * ideographs from U+4E00 to U+9FFF. Nearly all texts that come do. */
static gboolean
is_clean (const char *text)
{
  const guchar *at = (const guchar *) text;

  if (*at == ' ')
    return FALSE;
  while (*at != '\0')
    if (*at >= ' ' && *at < 0x7f)
      at++;
    else if (*at >= 0xe4 && *at <= 0xe9 && (*at > 0xe4 || at[1] >= 0xb8))
      at += 3;
    else
      return FALSE;
  return (const char *) at == text || at[-1] != ' ';
}

/* Control characters go, but line breaks stay; white space at the ends goes. */
static char *
clean (const char *text)
{
  g_autofree char    *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autoptr (GString) out = g_string_new (NULL);
  const char         *end;
  const char         *start;

  for (const char *at = normal != NULL ? normal : text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\n' || !g_unichar_iscntrl (c))
        g_string_append_unichar (out, c);
      else if (c == '\t')
        g_string_append_c (out, ' ');
    }
  start = out->str;
  while (*start != '\0' && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  end = out->str + out->len;
  while (end > start && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (start, end - start);
}

/* Moves the point of "1.5" by @shift digits. */
static char *
shift_point (const char *digits, gint64 shift)
{
  const char *point = strchr (digits, '.');
  gsize       whole = point != NULL ? (gsize) (point - digits) : strlen (digits);
  GString    *all = g_string_new (NULL);
  gint64      at = (gint64) whole + shift;

  g_string_append_len (all, digits, whole);
  if (point != NULL)
    g_string_append (all, point + 1);
  while (at <= 0)
    {
      g_string_prepend_c (all, '0');
      at++;
    }
  while ((gint64) all->len < at)
    g_string_append_c (all, '0');
  if ((gint64) all->len > at)
    g_string_insert_c (all, at, '.');
  return g_string_free (all, FALSE);
}

static GRegex *
number_regex (void)
{
  static gsize regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, (gsize) g_regex_new ("^([-+]?)([0-9]+(?:\\.[0-9]+)?|[0-9]{1,3}"
                                                    "(?:,[0-9]{3})+(?:\\.[0-9]+)?)"
                                                    "([eE][-+]?[0-9]{1,3})?$",
                                                    G_REGEX_OPTIMIZE, 0, NULL));
  return (GRegex *) regex;
}

/* Writes a number with plain digits: no separators, no exponent, no zeros that say nothing in
 * front or, for whole numbers, behind the point. %NULL if it is none. */
static char *
read_number (const char *text, gboolean is_whole)
{
  g_autoptr (GMatchInfo)    info = NULL;
  g_autofree char          *sign = NULL;
  g_autofree char          *digits = NULL;
  g_autofree char          *power = NULL;
  g_autofree char          *shifted = NULL;
  g_auto (GStrv)            parts = NULL;
  const char               *start;
  char                     *point;
  gint64                    shift;

  if (*text >= '1' && *text <= '9' && text[strspn (text, "0123456789")] == '\0')
    return g_strdup (text);
  if (!g_regex_match (number_regex (), text, 0, &info))
    return NULL;
  sign = g_match_info_fetch (info, 1);
  digits = g_match_info_fetch (info, 2);
  power = g_match_info_fetch (info, 3);
  parts = g_strsplit (digits, ",", -1);
  g_free (digits);
  digits = g_strjoinv (NULL, parts);
  shift = *power != '\0' ? g_ascii_strtoll (power + 1, NULL, 10) : 0;
  if (ABS (shift) > 30)
    return NULL;
  shifted = shift_point (digits, shift);
  start = shifted;
  while (*start == '0' && g_ascii_isdigit (start[1]))
    start++;
  point = strchr (start, '.');
  if (is_whole && point != NULL)
    {
      if (strspn (point + 1, "0") != strlen (point + 1))
        return NULL;
      *point = '\0';
    }
  return g_strconcat (g_str_equal (sign, "-") && strspn (start, "0.") != strlen (start) ? "-" : "",
                      start, NULL);
}

static char *
read_boolean (const char *text)
{
  static const char *const yes[] = { "true", "1", "是", "y", "yes", "t", "有", NULL };
  static const char *const no[] = { "false", "0", "否", "n", "no", "f", NULL };
  g_autofree char         *lower = g_ascii_strdown (text, -1);

  if (g_strv_contains (yes, lower))
    return g_strdup ("true");
  return g_strv_contains (no, lower) ? g_strdup ("false") : NULL;
}

static char *
read_typed (const ShyServiceField *field, const char *text, char **warning)
{
  const char *meant;
  char       *value = NULL;

  switch (field->field.type)
    {
    case SHY_FIELD_INTEGER:
    case SHY_FIELD_NUMBER:
      value = read_number (text, field->field.type == SHY_FIELD_INTEGER);
      break;
    case SHY_FIELD_BOOLEAN:
      value = read_boolean (text);
      break;
    case SHY_FIELD_DATE:
    case SHY_FIELD_DATETIME:
      value = shy_cell_read_time (field, text);
      break;
    case SHY_FIELD_CODE:
      meant = field->field.synonyms != NULL ? g_hash_table_lookup (field->field.synonyms, text) : text;
      if (meant == NULL)
        *warning = g_strdup (_("The code is not in the list of the description; it is kept as it "
                               "is."));
      return g_strdup (meant != NULL ? meant : text);
    case SHY_FIELD_TEXT:
    case SHY_FIELD_HTML_TEXT:
    default:
      return g_strdup (text);
    }
  if (value == NULL)
    *warning = g_strdup (_("The value is not of the type that the description says."));
  return value;
}

static gboolean
is_null (const ShyServiceField *field, const char *text)
{
  if (g_strv_contains ((const char *const *) field->nulls, text))
    return TRUE;
  return (field->field.type == SHY_FIELD_DATE || field->field.type == SHY_FIELD_DATETIME) &&
         g_str_has_prefix (text, "0000-00-00");
}

/* Reads a cell. %NULL is null, or a value that cannot be read, of which @warning says why. A
 * warning never quotes the value, which may be a person's. */
char *
shy_cell_read (const ShyServiceField *field, const char *text, char **warning)
{
  g_autofree char *bare = field->field.type == SHY_FIELD_HTML_TEXT ? strip_html (text) : NULL;
  const char      *rest = bare != NULL ? bare : text;
  g_autofree char *cleaned = field->trim && !is_clean (rest) ? clean (rest) : NULL;
  g_autofree char *value = NULL;

  rest = cleaned != NULL ? cleaned : rest;
  if (is_null (field, rest))
    return NULL;
  value = read_typed (field, rest, warning);
  if (value == NULL || field->pattern == NULL || g_regex_match (field->pattern, value, 0, NULL))
    return g_steal_pointer (&value);
  g_free (*warning);
  *warning = g_strdup (_("The value does not have the form that the description says."));
  return NULL;
}
