/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-facts.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* An optional sign, digits, at most one point with digits behind it: what decimals, JSON and SQL
 * all read alike. Drops zeros that say nothing, a plus, and the minus of zero: 12.0 is 12, also as a
 * text in a condition. */
static char *
normalize_number (const char *text)
{
  g_autoptr (GString) number = g_string_new (NULL);
  const char *p = text;
  gsize       digits;

  if (*p == '-' || *p == '+')
    p++;
  digits = strspn (p, "0123456789");
  if (digits == 0)
    return NULL;
  if (*text == '-')
    g_string_append_c (number, '-');
  while (digits > 1 && *p == '0')
    p++, digits--;
  g_string_append_len (number, p, digits);
  p += digits;

  if (*p == '.')
    {
      digits = strspn (p + 1, "0123456789");
      if (digits == 0)
        return NULL;
      g_string_append_len (number, p, digits + 1);
      p += digits + 1;
      while (number->str[number->len - 1] == '0')
        g_string_truncate (number, number->len - 1);
      if (number->str[number->len - 1] == '.')
        g_string_truncate (number, number->len - 1);
    }
  if (*p != '\0')
    return NULL;

  return g_strdup (g_str_equal (number->str, "-0") ? "0" : number->str);
}

static gboolean
is_date (const char *text,
         gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;

  return TRUE;
}

static char *
normalize_date (const char *text,
                gboolean    with_day)
{
  gsize length = strlen (text);
  int   day = 1;

  if (length != (with_day ? 10 : 7) || !is_date (text, length))
    return NULL;
  if (with_day)
    day = atoi (text + 8);
  if (!g_date_valid_dmy (day, atoi (text + 5), atoi (text)))
    return NULL;

  return g_strdup (text);
}

static const char *
describe_kind (ShyFactKind kind)
{
  switch (kind)
    {
    case SHY_FACT_NUMBER:
      return _("a number such as 1200.50");
    case SHY_FACT_BOOLEAN:
      return _("true or false");
    case SHY_FACT_DATE:
      return _("a day such as 2025-06-30");
    case SHY_FACT_MONTH:
      return _("a month such as 2025-06");
    case SHY_FACT_TEXT:
    default:
      return _("text");
    }
}

/**
 * shy_fact_kind_normalize:
 * @kind: what the text should be
 * @text: the text
 * @error: return location for an error
 *
 * Brings a value into the one form in which facts are stored, compared and handed on.
 * What a spreadsheet or a person writes (2025年6月30日, １２) is read by `sheet` before this.
 *
 * Errors: %SHY_ERROR_INVALID naming what was expected. Empty text is an error for every kind but
 * text: what is not known must be absent.
 *
 * Returns: (transfer full): the canonical text, or %NULL with @error set
 */
char *
shy_fact_kind_normalize (ShyFactKind   kind,
                         const char   *text,
                         GError      **error)
{
  char *normal = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (kind == SHY_FACT_TEXT)
    normal = g_utf8_validate (text, -1, NULL) ? g_strdup (text) : NULL;
  else if (kind == SHY_FACT_NUMBER)
    normal = normalize_number (text);
  else if (kind == SHY_FACT_BOOLEAN)
    normal = g_str_equal (text, "true") || g_str_equal (text, "false") ? g_strdup (text) : NULL;
  else
    normal = normalize_date (text, kind == SHY_FACT_DATE);

  if (normal == NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 /* Translators: the first %s is what is expected, as “a number such as 1200.50”. */
                 _("Expected %s, found “%s”."), describe_kind (kind), text);

  return normal;
}
