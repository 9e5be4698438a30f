/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-regex-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uset.h>

#define LAST_CHARACTER  0x10FFFF
#define FIRST_SURROGATE 0xD800
#define LAST_SURROGATE  0xDFFF
#define MAX_NESTING     100

typedef struct
{
  gunichar first;
  gunichar last;
} Range;

/* XML 1.0 (fifth edition), production 4: NameStartChar. */
static const Range initial_name_characters[] = {
  { ':', ':' },         { 'A', 'Z' },         { '_', '_' },         { 'a', 'z' },
  { 0xC0, 0xD6 },       { 0xD8, 0xF6 },       { 0xF8, 0x2FF },      { 0x370, 0x37D },
  { 0x37F, 0x1FFF },    { 0x200C, 0x200D },   { 0x2070, 0x218F },   { 0x2C00, 0x2FEF },
  { 0x3001, 0xD7FF },   { 0xF900, 0xFDCF },   { 0xFDF0, 0xFFFD },   { 0x10000, 0xEFFFF },
};

/* XML 1.0 (fifth edition), production 4a: NameChar. */
static const Range name_characters[] = {
  { '-', '.' },         { '0', ':' },         { 'A', 'Z' },         { '_', '_' },
  { 'a', 'z' },         { 0xB7, 0xB7 },       { 0xC0, 0xD6 },       { 0xD8, 0xF6 },
  { 0xF8, 0x37D },      { 0x37F, 0x1FFF },    { 0x200C, 0x200D },   { 0x203F, 0x2040 },
  { 0x2070, 0x218F },   { 0x2C00, 0x2FEF },   { 0x3001, 0xD7FF },   { 0xF900, 0xFDCF },
  { 0xFDF0, 0xFFFD },   { 0x10000, 0xEFFFF },
};

static const Range spaces[] = { { '\t', '\n' }, { '\r', '\r' }, { ' ', ' ' } };

/* XML Schema Part 2, appendix G.4.2.2: what may stand in \p{…}. Surrogates are no characters. */
static const char *const categories[] = {
  "L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M",  "Mn", "Mc", "Me", "N",  "Nd", "Nl",
  "No", "P",  "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z",  "Zs", "Zl", "Zp",
  "S",  "Sm", "Sc", "Sk", "So", "C",  "Cc", "Cf", "Co", "Cn", NULL,
};

/* Writes a range for PCRE, which takes no surrogate for an end. */
static void
append_range (GString  *out,
              gunichar  first,
              gunichar  last)
{
  if (first > last)
    return;
  if (first < FIRST_SURROGATE && last >= FIRST_SURROGATE && last <= LAST_SURROGATE)
    last = FIRST_SURROGATE - 1;
  if (first >= FIRST_SURROGATE && first <= LAST_SURROGATE)
    first = LAST_SURROGATE + 1;
  if (first <= last)
    g_string_append_printf (out, "\\x{%X}-\\x{%X}", first, last);
}

static void
append_ranges (GString     *out,
               const Range *ranges,
               guint        n_ranges,
               gboolean     inside)
{
  gunichar next = 0;

  for (guint i = 0; i < n_ranges; i++)
    {
      if (inside)
        append_range (out, ranges[i].first, ranges[i].last);
      else if (ranges[i].first > 0)
        append_range (out, next, ranges[i].first - 1);
      next = ranges[i].last + 1;
    }
  if (!inside)
    append_range (out, next, LAST_CHARACTER);
}

/* A block of Unicode has one range. ICU names it as the standard does, leaving out the spaces. */
static gboolean
append_block (GString    *out,
              const char *name,
              gboolean    inside)
{
  UErrorCode code = U_ZERO_ERROR;
  int        block = u_getPropertyValueEnum (UCHAR_BLOCK, name);
  USet      *set;
  UChar32    first = 0;
  UChar32    last = 0;

  if (block == UCHAR_INVALID_CODE || block == UBLOCK_NO_BLOCK || strchr (name, '_') != NULL)
    return FALSE;
  set = uset_openEmpty ();
  uset_applyIntPropertyValue (set, UCHAR_BLOCK, block, &code);
  if (U_SUCCESS (code) && uset_getItemCount (set) > 0)
    {
      uset_getItem (set, 0, &first, &last, NULL, 0, &code);
      append_ranges (out, &(Range) { (gunichar) first, (gunichar) last }, 1, inside);
    }
  uset_close (set);
  return TRUE;
}

/* Writes \p{…} and \P{…}; the reader stands behind the p. */
static gboolean
append_property (ShyFeelRegexReader  *reader,
                 gboolean             inside,
                 GError             **error)
{
  const char      *end = *reader->at == '{' ? strchr (reader->at, '}') : NULL;
  g_autofree char *name = NULL;

  if (end == NULL)
    return shy_feel_regex_fail (reader, _("a category in braces must follow, as in \\p{Lu}"), error);
  name = g_strndup (reader->at + 1, end - reader->at - 1);
  if (g_strv_contains (categories, name))
    g_string_append_printf (reader->out, "\\%c{%s}", inside ? 'p' : 'P', name);
  else if (!g_str_has_prefix (name, "Is") || !append_block (reader->out, name + 2, inside))
    return shy_feel_regex_fail (reader, _("Unicode has no category or block of this name"), error);
  reader->at = end + 1;
  return TRUE;
}

/*< private >
 * shy_feel_regex_is_set:
 * @escape: what follows a backslash
 *
 * Returns: whether it stands for a set of characters, as in \d and \p{Lu}
 */
gboolean
shy_feel_regex_is_set (const char *escape)
{
  return *escape != '\0' && strchr ("sSiIcCdDwWpP", *escape) != NULL;
}

/*< private >
 * shy_feel_regex_append_set:
 * @reader: the reader, standing behind the backslash of a set of characters
 * @error: return location for an error
 *
 * Writes a set as it stands between the brackets of PCRE. The categories L, M, N, S and P, Z, C
 * share all characters between them, so that \w is the one half and \W the other.
 *
 * Returns: whether the set is well formed
 */
gboolean
shy_feel_regex_append_set (ShyFeelRegexReader  *reader,
                           GError             **error)
{
  GString *out = reader->out;
  char     letter = *reader->at++;

  switch (letter)
    {
    case 'd':
    case 'D':
      g_string_append (out, letter == 'd' ? "\\p{Nd}" : "\\P{Nd}");
      return TRUE;
    case 'w':
    case 'W':
      g_string_append (out, letter == 'w' ? "\\p{L}\\p{M}\\p{N}\\p{S}" : "\\p{P}\\p{Z}\\p{C}");
      return TRUE;
    case 's':
    case 'S':
      append_ranges (out, spaces, G_N_ELEMENTS (spaces), letter == 's');
      return TRUE;
    case 'i':
    case 'I':
      append_ranges (out, initial_name_characters, G_N_ELEMENTS (initial_name_characters),
                     letter == 'i');
      return TRUE;
    case 'c':
    case 'C':
      append_ranges (out, name_characters, G_N_ELEMENTS (name_characters), letter == 'c');
      return TRUE;
    default:
      return append_property (reader, letter == 'p', error);
    }
}

/* Takes one character of a class, which may be the first of a range. */
static gboolean
take_member (ShyFeelRegexReader  *reader,
             gunichar            *character,
             GError             **error)
{
  if (*reader->at == '\\')
    {
      reader->at++;
      return shy_feel_regex_take_single (reader, character, error);
    }
  if (*reader->at == '[' || *reader->at == '\0')
    return shy_feel_regex_fail (reader, _("the class needs a closing ]"), error);
  *character = g_utf8_get_char (reader->at);
  reader->at = g_utf8_next_char (reader->at);
  return TRUE;
}

/* Takes a character or a range. A bare - is a character only where the class begins or ends. */
static gboolean
take_range (ShyFeelRegexReader  *reader,
            gboolean             first_member,
            GError             **error)
{
  gboolean bare = *reader->at == '-';
  gunichar first = 0;
  gunichar last;

  if (bare && !first_member && reader->at[1] != ']')
    return shy_feel_regex_fail (reader, _("write \\- for the character -"), error);
  if (!take_member (reader, &first, error))
    return FALSE;
  last = first;
  if (!bare && *reader->at == '-' && reader->at[1] != ']' && reader->at[1] != '[')
    {
      reader->at++;
      if (*reader->at == '-' || (*reader->at == '\\' && shy_feel_regex_is_set (reader->at + 1)))
        return shy_feel_regex_fail (reader, _("a range must end with one character"), error);
      if (!take_member (reader, &last, error))
        return FALSE;
    }
  if (last < first)
    return shy_feel_regex_fail (reader, _("the range ends before it begins"), error);
  append_range (reader->out, first, last);
  return TRUE;
}

/* Takes the members of a class up to ] or up to what is subtracted. */
static gboolean
take_members (ShyFeelRegexReader  *reader,
              GError             **error)
{
  const char *start = reader->at;

  while (*reader->at != ']' && !(reader->at > start && g_str_has_prefix (reader->at, "-[")))
    {
      if (*reader->at == '\\' && shy_feel_regex_is_set (reader->at + 1))
        {
          reader->at++;
          if (!shy_feel_regex_append_set (reader, error))
            return FALSE;
        }
      else if (!take_range (reader, reader->at == start, error))
        return FALSE;
    }
  return reader->at > start || shy_feel_regex_fail (reader, _("the class is empty"), error);
}

static gboolean
take_nested_class (ShyFeelRegexReader  *reader,
                   guint                depth,
                   GError             **error)
{
  GString          *outer = reader->out;
  g_autoptr (GString) members = g_string_new (NULL);
  gboolean          negative;
  gboolean          fine;

  if (depth > MAX_NESTING)
    return shy_feel_regex_fail (reader, _("the classes are nested too deeply"), error);
  reader->at++;
  negative = *reader->at == '^';
  reader->at += negative;
  reader->out = members;
  fine = take_members (reader, error);
  reader->out = outer;
  if (!fine)
    return FALSE;

  g_string_append (outer, "(?:");
  if (*reader->at == '-')
    {
      reader->at++;
      g_string_append (outer, "(?!");
      if (!take_nested_class (reader, depth + 1, error))
        return FALSE;
      g_string_append_c (outer, ')');
    }
  if (*reader->at != ']')
    return shy_feel_regex_fail (reader, _("the class needs a closing ]"), error);
  reader->at++;
  /* A range that held nothing but surrogates leaves no member: nothing matches it. */
  if (members->len == 0)
    g_string_append (outer, negative ? "[\\x{0}-\\x{10FFFF}])" : "(?!))");
  else
    g_string_append_printf (outer, "[%s%s])", negative ? "^" : "", members->str);
  return TRUE;
}

/*< private >
 * shy_feel_regex_take_class:
 * @reader: the reader, standing at a [
 * @error: return location for an error
 *
 * Translates a class. Of [a-z-[aeiou]] PCRE is told to look that no vowel comes and then to take
 * a letter.
 *
 * Returns: whether the class is well formed
 */
gboolean
shy_feel_regex_take_class (ShyFeelRegexReader  *reader,
                           GError             **error)
{
  return take_nested_class (reader, 0, error);
}
