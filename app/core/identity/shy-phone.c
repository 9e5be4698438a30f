/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity/shy-identity-private.h"

#include <string.h>

/* A telephone number as people write it: a mobile one (with +86 or a 0 before it), one of a fixed
 * line (with its area code and an extension, or without), a service number, a foreign one. What a
 * spreadsheet makes of a number, 13800000000.0, is the number. */
static const char *const form =
  "(?<![\\d.])(?:"
  "(?:(?:\\+|00)?86[- ]?|0)?(?<mobile>1[3-9]\\d[- ]?\\d{4}[- ]?\\d{4})"
  "|(?:(?:\\+|00)86[- ]?)?(?<fixed>\\(?0[1-9]\\d{1,2}\\)?[- ]?[2-9]\\d{2}[- ]?\\d{4,5}"
  "(?:\\s*(?:-|转|#|ext\\.?)\\s*\\d{1,6})?)"
  "|(?<local>[2-9]\\d{6,7})"
  "|(?<service>[48]00[- ]?\\d{3}[- ]?\\d{4})"
  "|(?<foreign>\\+(?!86)\\d[\\d -]{5,16}\\d)"
  ")(?:\\.0+)?(?!\\d)";

/* The number alone, as it is kept: digits, with what parts the extension. */
static char *
tidy (const char *number)
{
  GString *digits = g_string_new (NULL);

  for (const char *c = number; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_ascii_isdigit (*c) || *c == '+')
        g_string_append_c (digits, *c);
      else if (character == 0x8F6C /* 转 */ || *c == '#' || *c == 'e')
        g_string_append_c (digits, '-');
    }
  return g_string_free (digits, FALSE);
}

/* What is wrong where no number was found. */
static ShyIdentityResult
find_fault (const char *text)
{
  g_autofree char *number = shy_identity_normalize (SHY_IDENTITY_KIND_MOBILE, text);

  if (*number == '\0')
    return SHY_IDENTITY_EMPTY;
  return strspn (number, "0123456789") == strlen (number) && strlen (number) != 11
           ? SHY_IDENTITY_LENGTH
           : SHY_IDENTITY_CHARACTERS;
}

static guint
count_digits (const char *text)
{
  guint count = 0;

  for (const char *c = text; *c != '\0'; c++)
    count += g_ascii_isdigit (*c) ? 1 : 0;
  return count;
}

/* Whether something but signs between numbers is left of a text. */
static gboolean
says_more (const char *rest)
{
  for (const char *c = rest; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalnum (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

/*< private >
 * shy_phone_check:
 * @text: a telephone number as somebody wrote it
 * @number: (inout) (transfer full): set to the number in the form in which it is kept, if one was
 *   found
 *
 * Reads the telephone number in a text. A remark beside it and a second number are left out, with
 * a warning; digits that are no number are not guessed at.
 *
 * Source: 1 and 3 to 9 before nine digits for mobile numbers; 7 or 8 digits behind an area code of
 * 3 or 4 that begins with 0 for fixed lines.
 *
 * Returns: the first thing that is wrong
 */
ShyIdentityResult
shy_phone_check (const char  *text,
                 char       **number)
{
  static GRegex         *regex;
  static gsize           once;
  g_autofree char       *valid = g_utf8_make_valid (text, -1);
  g_autofree char       *usual = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autoptr (GMatchInfo) info = NULL;
  g_autofree char       *first = NULL;
  g_autofree char       *rest = NULL;
  guint                  found = 0;

  if (g_once_init_enter (&once))
    {
      regex = g_regex_new (form, G_REGEX_OPTIMIZE | G_REGEX_CASELESS, 0, NULL);
      g_once_init_leave (&once, 1);
    }

  for (g_regex_match (regex, usual, 0, &info); g_match_info_matches (info);
       g_match_info_next (info, NULL))
    {
      g_autofree char *mobile = g_match_info_fetch_named (info, "mobile");
      g_autofree char *whole = g_match_info_fetch (info, 0);

      if (g_str_has_suffix (whole, ".0"))
        whole[strlen (whole) - 2] = '\0';
      if (found++ == 0)
        first = tidy (mobile != NULL && *mobile != '\0' ? mobile : whole);
    }
  rest = g_regex_replace_literal (regex, usual, -1, 0, " ", 0, NULL);

  if (found == 0 || count_digits (rest) > 4)
    return find_fault (text);
  g_free (*number);
  *number = g_steal_pointer (&first);
  if (found > 1)
    return SHY_IDENTITY_WARN_SEVERAL;
  return says_more (rest) ? SHY_IDENTITY_WARN_REMARK : SHY_IDENTITY_VALID;
}
