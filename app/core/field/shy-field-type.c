/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "field/shy-field-type.h"

#include "county/shy-county-registry.h"
#include "shy-date.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define NO_IDENTITY -1

/* All that tells one type from another; whoever adds a type adds a line here. */
static const struct
{
  const char  *word;     /* in files */
  ShyFieldType base;     /* how its values are written: text, number, boolean, date, month or datetime */
  int          identity; /* a ShyIdentityKind, or NO_IDENTITY */
} types[] = {
  [SHY_FIELD_TEXT] = { "text", SHY_FIELD_TEXT, NO_IDENTITY },
  [SHY_FIELD_NUMBER] = { "number", SHY_FIELD_NUMBER, NO_IDENTITY },
  [SHY_FIELD_MONEY] = { "money", SHY_FIELD_NUMBER, NO_IDENTITY },
  [SHY_FIELD_DATE] = { "date", SHY_FIELD_DATE, NO_IDENTITY },
  [SHY_FIELD_MONTH] = { "month", SHY_FIELD_MONTH, NO_IDENTITY },
  [SHY_FIELD_BOOLEAN] = { "boolean", SHY_FIELD_BOOLEAN, NO_IDENTITY },
  [SHY_FIELD_CHOICE] = { "choice", SHY_FIELD_TEXT, NO_IDENTITY },
  [SHY_FIELD_COUNTY] = { "county", SHY_FIELD_TEXT, NO_IDENTITY },
  [SHY_FIELD_RESIDENT_ID] = { "resident-id", SHY_FIELD_TEXT, SHY_IDENTITY_KIND_RESIDENT_ID },
  [SHY_FIELD_CREDIT_CODE] = { "credit-code", SHY_FIELD_TEXT, SHY_IDENTITY_KIND_CREDIT_CODE },
  [SHY_FIELD_BANK_CARD] = { "bank-card", SHY_FIELD_TEXT, SHY_IDENTITY_KIND_BANK_CARD },
  [SHY_FIELD_MOBILE] = { "mobile", SHY_FIELD_TEXT, SHY_IDENTITY_KIND_MOBILE },
  [SHY_FIELD_INTEGER] = { "integer", SHY_FIELD_NUMBER, NO_IDENTITY },
  [SHY_FIELD_DATETIME] = { "datetime", SHY_FIELD_DATETIME, NO_IDENTITY },
  [SHY_FIELD_CODE] = { "code", SHY_FIELD_TEXT, NO_IDENTITY },
  [SHY_FIELD_HTML_TEXT] = { "html_text", SHY_FIELD_TEXT, NO_IDENTITY },
};

/**
 * shy_field_type_to_word:
 * @type: a type
 *
 * Returns: the word that files use for it, as "resident-id"
 */
const char *
shy_field_type_to_word (ShyFieldType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (types), NULL);

  return types[type].word;
}

/**
 * shy_field_type_parse:
 * @word: a type as files name it: "resident-id", "money"; descriptions of services call a number
 *   "decimal"
 * @type: (out): the type
 *
 * Returns: whether there is such a type
 */
gboolean
shy_field_type_parse (const char   *word,
                      ShyFieldType *type)
{
  g_return_val_if_fail (word != NULL && type != NULL, FALSE);

  if (g_str_equal (word, "decimal"))
    word = types[SHY_FIELD_NUMBER].word;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].word, word))
      {
        *type = (ShyFieldType) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * shy_field_type_get_base:
 * @type: a type
 *
 * Gets how values of a type are written, and what conditions see of them: as text, number, boolean,
 * day, month or moment. Choices, places and all identifiers are text.
 *
 * Returns: one of those six
 */
ShyFieldType
shy_field_type_get_base (ShyFieldType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (types), SHY_FIELD_TEXT);

  return types[type].base;
}

/**
 * shy_field_type_is_number:
 * @type: a type
 *
 * Returns: whether its values can be reckoned with: numbers and money
 */
gboolean
shy_field_type_is_number (ShyFieldType type)
{
  return shy_field_type_get_base (type) == SHY_FIELD_NUMBER;
}

/**
 * shy_field_type_is_date:
 * @type: a type
 *
 * Returns: whether its values are days or months
 */
gboolean
shy_field_type_is_date (ShyFieldType type)
{
  return type == SHY_FIELD_DATE || type == SHY_FIELD_MONTH;
}

/**
 * shy_field_type_has_bounds:
 * @type: a type
 *
 * Returns: whether a field of the type can have bounds: numbers, money, days and months
 */
gboolean
shy_field_type_has_bounds (ShyFieldType type)
{
  return shy_field_type_is_number (type) || shy_field_type_is_date (type);
}

/**
 * shy_field_type_get_identity:
 * @type: a type
 * @kind: (out) (optional): the kind of number, where it is one
 *
 * Returns: whether it is a number with a check of its own: of a person, a firm, a card, a telephone
 */
gboolean
shy_field_type_get_identity (ShyFieldType     type,
                             ShyIdentityKind *kind)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (types), FALSE);

  if (types[type].identity == NO_IDENTITY)
    return FALSE;
  if (kind != NULL)
    *kind = (ShyIdentityKind) types[type].identity;
  return TRUE;
}

/**
 * shy_field_type_is_personal:
 * @type: a type
 *
 * Returns: whether its values name a person or lead to one, and are shown only while somebody asks for
 *   them; the number of a firm is public
 */
gboolean
shy_field_type_is_personal (ShyFieldType type)
{
  return shy_field_type_get_identity (type, NULL) && type != SHY_FIELD_CREDIT_CODE;
}

/* An optional sign, digits, at most one point with digits behind it: what decimals, JSON and SQL
 * all read alike. Drops zeros that say nothing, a plus, and the minus of zero: 12.0 is 12, also as a
 * text in a condition. */
static char *
normalize_number (const char *text)
{
  g_autoptr (GString) number = g_string_new (NULL);
  const char         *p = text;
  gsize               digits;

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

/* A moment is written by whoever reads it from a service. */
static const char *
describe_base (ShyFieldType base)
{
  switch (base)
    {
    case SHY_FIELD_NUMBER:
      return _("a number such as 1200.50");
    case SHY_FIELD_BOOLEAN:
      return _("true or false");
    case SHY_FIELD_DATE:
      return _("a day such as 2025-06-30");
    case SHY_FIELD_MONTH:
      return _("a month such as 2025-06");
    default:
      return _("text");
    }
}

static char *
normalize (ShyFieldType base,
           const char  *text)
{
  if (base == SHY_FIELD_NUMBER)
    return normalize_number (text);
  if (base == SHY_FIELD_BOOLEAN)
    return g_str_equal (text, "true") || g_str_equal (text, "false") ? g_strdup (text) : NULL;
  if (shy_field_type_is_date (base))
    return normalize_date (text, base == SHY_FIELD_DATE);
  return g_utf8_validate (text, -1, NULL) ? g_strdup (text) : NULL;
}

/**
 * shy_field_type_normalize:
 * @type: what the text should be
 * @text: the text
 * @error: return location for an error
 *
 * Brings a value into the one form in which values of the type are stored, compared and handed on.
 * What a spreadsheet or a person writes (2025年6月30日, １２) is read by `sheet` before this.
 *
 * Errors: %SHY_ERROR_INVALID naming what was expected. Empty text is an error for all that is not
 * written as text: what is not known must be absent.
 *
 * Returns: (transfer full): the canonical text, or %NULL with @error set
 */
char *
shy_field_type_normalize (ShyFieldType type,
                          const char  *text,
                          GError     **error)
{
  ShyFieldType base = shy_field_type_get_base (type);
  char        *normal;

  g_return_val_if_fail (text != NULL, NULL);

  normal = normalize (base, text);
  if (normal == NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 /* Translators: the first %s is what is expected, as “a number such as 1200.50”. */
                 _("Expected %s, found “%s”."), describe_base (base), text);

  return normal;
}

/* Digits in groups of three, as amounts are written. */
static char *
group_digits (const char *number)
{
  g_autoptr (GString) grouped = g_string_new (number);
  const char         *point = strchr (number, '.');
  gsize               first = *number == '-' ? 1 : 0;
  gsize               whole = strcspn (number + first, ".");

  for (gsize at = whole; at > 3; at -= 3)
    g_string_insert_c (grouped, (gssize) (first + at - 3), ',');
  /* Five jiao are 0.50. */
  if (point != NULL && strlen (point) == 2)
    g_string_append_c (grouped, '0');

  return g_string_free (g_steal_pointer (&grouped), FALSE);
}

static char *
write_date (const char *text)
{
  GDate date;

  g_date_clear (&date, 1);
  return shy_date_parse (text, &date) ? shy_date_format (&date) : g_strdup (text);
}

static char *
write_month (const char *text)
{
  /* Translators: a month in a sentence: year and month, both as numbers. */
  return g_strdup_printf (C_("month in a sentence", "%d-%02d"),
                          (int) g_ascii_strtoll (text, NULL, 10),
                          (int) g_ascii_strtoll (text + 5, NULL, 10));
}

/* The code of a place as its name; what is no place stays as it is. */
static char *
write_place (const char *text)
{
  ShyCountyRegistry *registry = shy_county_registry_get_default (NULL);

  return registry != NULL ? shy_county_registry_dup_place (registry, text) : g_strdup (text);
}

/**
 * shy_field_type_display:
 * @type: what the value is
 * @unit: (nullable): the unit that stands behind a number
 * @text: (nullable): the value in its canonical form, %NULL where it is not known
 *
 * Writes a value as a sentence says it: places by name, days and answers in words, amounts grouped.
 * Personal numbers stay as they are; shy_field_display() masks them.
 *
 * Returns: (transfer full): the words
 */
char *
shy_field_type_display (ShyFieldType type,
                        const char  *unit,
                        const char  *text)
{
  g_autofree char *number = NULL;

  if (text == NULL)
    return g_strdup (C_("a fact", "not given"));

  switch (shy_field_type_get_base (type))
    {
    case SHY_FIELD_DATE:
      return write_date (text);
    case SHY_FIELD_MONTH:
      return write_month (text);
    case SHY_FIELD_BOOLEAN:
      return g_strdup (g_str_equal (text, "true") ? C_("a fact", "yes") : C_("a fact", "no"));
    case SHY_FIELD_NUMBER:
      number = type == SHY_FIELD_MONEY ? group_digits (text) : g_strdup (text);
      return g_strconcat (number, unit, NULL);
    default:
      return type == SHY_FIELD_COUNTY ? write_place (text) : g_strdup (text);
    }
}

/**
 * shy_field_type_mask:
 * @type: what the value is
 * @audience: who reads it
 * @text: the value, or what stands where it should
 *
 * Masks what is not to be read over a shoulder: numbers of persons, cards and telephones. Names
 * stay, for the clerk calls people by them.
 *
 * Returns: (transfer full): the value as it may be shown
 */
char *
shy_field_type_mask (ShyFieldType        type,
                     ShyIdentityAudience audience,
                     const char         *text)
{
  ShyIdentityKind kind;

  g_return_val_if_fail (text != NULL, NULL);

  return shy_field_type_is_personal (type) && shy_field_type_get_identity (type, &kind)
           ? shy_identity_mask (kind, audience, text) : g_strdup (text);
}
