/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "identity/shy-identity.h"

#include "identity/shy-identity-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CARD_LEAST    14
#define CARD_MOST     19
#define MOBILE_LENGTH 11

/* Characters that people and spreadsheets put into numbers and that mean nothing: blanks, what
   cannot be seen, hyphens, and the apostrophe that makes a cell a text. */
static gboolean
means_nothing (gunichar character)
{
  return g_unichar_isspace (character) || g_unichar_type (character) == G_UNICODE_FORMAT
         || g_unichar_iscntrl (character) || character == '-' || character == '\''
         || character == 0x2019 || (character >= 0x2010 && character <= 0x2015);
}

/**
 * shy_identity_normalize:
 * @kind: what the number names
 * @text: the number as somebody wrote it
 *
 * Brings a number to the form in which it is kept: full-width characters to their usual form,
 * letters to capitals, without blanks, hyphens and a leading apostrophe, a mobile number without
 * +86. Nothing is guessed: what else is wrong stays.
 *
 * Returns: (transfer full): the number
 */
char *
shy_identity_normalize (ShyIdentityKind  kind,
                        const char      *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *usual = NULL;
  GString         *number;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  usual = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  number = g_string_new (NULL);
  for (const char *c = usual; *c != '\0'; c = g_utf8_next_char (c))
    if (!means_nothing (g_utf8_get_char (c)))
      g_string_append_unichar (number, g_unichar_toupper (g_utf8_get_char (c)));
  if (kind == SHY_IDENTITY_KIND_MOBILE && number->len > MOBILE_LENGTH)
    {
      const char *const prefixes[] = { "+86", "0086", "86" };

      for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
        if (g_str_has_prefix (number->str, prefixes[i]))
          {
            g_string_erase (number, 0, (gssize) strlen (prefixes[i]));
            break;
          }
    }
  return g_string_free (number, FALSE);
}

/**
 * shy_identity_luhn:
 * @digits: digits, the last of which is the check digit
 *
 * Source: ISO/IEC 7812-1, annex B.
 *
 * Returns: whether the check digit is right
 */
gboolean
shy_identity_luhn (const char *digits)
{
  gsize length;
  int   sum = 0;

  g_return_val_if_fail (digits != NULL, FALSE);

  length = strlen (digits);
  if (length < 2 || strspn (digits, "0123456789") != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      int digit = digits[length - 1 - i] - '0';

      if (i % 2 == 1)
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }
  return sum % 10 == 0;
}

static ShyIdentityResult
check_bank_card (const char *number)
{
  gsize length = strlen (number);

  if (strspn (number, "0123456789") != length)
    return SHY_IDENTITY_CHARACTERS;
  if (length < CARD_LEAST || length > CARD_MOST)
    return SHY_IDENTITY_LENGTH;
  return shy_identity_luhn (number) ? SHY_IDENTITY_VALID : SHY_IDENTITY_WARN_LUHN;
}

/**
 * shy_identity_check:
 * @kind: what the number names
 * @text: the number as somebody wrote it
 * @on: (nullable): the day that is taken for today, %NULL for the real one
 * @number: (out) (optional) (transfer full): the number in the form in which it is kept, whatever
 *   is wrong with it
 *
 * Checks a number.
 *
 * Source: GB 11643-1999 for resident IDs, GB 32100-2015 and GB 11714-1997 for credit codes, the
 * Luhn check for cards of 14 to 19 digits; see shy_phone_check() for telephone numbers.
 *
 * Returns: the first thing that is wrong; see shy_identity_result_is_valid()
 */
ShyIdentityResult
shy_identity_check (ShyIdentityKind   kind,
                    const char       *text,
                    const GDate      *on,
                    char            **number)
{
  g_autofree char   *kept = NULL;
  ShyIdentityResult  result = SHY_IDENTITY_EMPTY;

  g_return_val_if_fail (text != NULL, SHY_IDENTITY_EMPTY);
  g_return_val_if_fail (on == NULL || g_date_valid (on), SHY_IDENTITY_EMPTY);

  kept = shy_identity_normalize (kind, text);
  if (kind == SHY_IDENTITY_KIND_MOBILE)
    result = shy_phone_check (text, &kept);
  else if (*kept != '\0')
    switch (kind)
      {
      case SHY_IDENTITY_KIND_RESIDENT_ID:
        result = shy_resident_id_check (kept, on);
        break;
      case SHY_IDENTITY_KIND_CREDIT_CODE:
        result = shy_credit_code_check (kept);
        break;
      case SHY_IDENTITY_KIND_BANK_CARD:
      case SHY_IDENTITY_KIND_MOBILE:
      default:
        result = check_bank_card (kept);
      }
  if (number != NULL)
    *number = g_steal_pointer (&kept);
  return result;
}

/**
 * shy_identity_result_is_valid:
 * @result: what a check found
 *
 * Returns: whether the number may be taken, be it with a warning
 */
gboolean
shy_identity_result_is_valid (ShyIdentityResult result)
{
  return result < SHY_IDENTITY_EMPTY;
}

static const char *
get_length_reason (ShyIdentityKind kind)
{
  switch (kind)
    {
    case SHY_IDENTITY_KIND_RESIDENT_ID:
      return _("A resident ID number has 18 characters. Compare it with the card.");
    case SHY_IDENTITY_KIND_CREDIT_CODE:
      return _("A unified social credit code has 18 characters. Compare it with the licence.");
    case SHY_IDENTITY_KIND_BANK_CARD:
      return _("The number of a bank card has 14 to 19 digits. Compare it with the card.");
    case SHY_IDENTITY_KIND_MOBILE:
    default:
      return _("A mobile number has 11 digits, one of a fixed line 7 or 8 behind its area code. Ask "
               "for it again.");
    }
}

static const char *
get_character_reason (ShyIdentityKind kind)
{
  switch (kind)
    {
    case SHY_IDENTITY_KIND_RESIDENT_ID:
      return _("A resident ID number is 17 digits and then a digit or X. Compare it with the card.");
    case SHY_IDENTITY_KIND_CREDIT_CODE:
      return _("A unified social credit code has digits and capital letters but I, O, S, V and Z, "
               "and six digits from the third place. Compare it with the licence.");
    case SHY_IDENTITY_KIND_BANK_CARD:
      return _("The number of a bank card has only digits. Compare it with the card.");
    case SHY_IDENTITY_KIND_MOBILE:
    default:
      return _("A mobile number is 1, a digit from 3 to 9, and nine more digits. Ask for it again.");
    }
}

/**
 * shy_identity_dup_reason:
 * @kind: what the number names
 * @result: what a check found
 *
 * Says in words what is wrong and what to do. The number itself is not in the text, so that the
 * text can be logged and shown.
 *
 * Returns: (transfer full) (nullable): the reason, %NULL for %SHY_IDENTITY_VALID
 */
char *
shy_identity_dup_reason (ShyIdentityKind   kind,
                         ShyIdentityResult result)
{
  switch (result)
    {
    case SHY_IDENTITY_VALID:
      return NULL;
    case SHY_IDENTITY_WARN_AREA:
      return g_strdup (_("The number begins with a county code that is not in the list of past and "
                         "present ones. Compare it with the card."));
    case SHY_IDENTITY_WARN_ORGANISATION:
      return g_strdup (_("The organisation code inside has a wrong check digit. Compare it with the "
                         "licence."));
    case SHY_IDENTITY_WARN_LUHN:
      return g_strdup (_("No bank card has this check digit. Unless it is the account of a company, "
                         "compare it with the card."));
    case SHY_IDENTITY_WARN_PAPER:
      return g_strdup (_("This is not a resident ID number, and no rule is known by which the number "
                         "of another paper could be checked. Compare it with the paper, and fill "
                         "in what kind it is."));
    case SHY_IDENTITY_WARN_REMARK:
      return g_strdup (_("Only the number was taken; what else stands there was left out."));
    case SHY_IDENTITY_WARN_SEVERAL:
      return g_strdup (_("Several numbers stand there; the first was taken."));
    case SHY_IDENTITY_PAPER:
      return g_strdup (_("This policy does not take such a paper. Ask for another one."));
    case SHY_IDENTITY_EMPTY:
      return g_strdup (_("The number is missing. Fill it in."));
    case SHY_IDENTITY_LENGTH:
      return g_strdup (get_length_reason (kind));
    case SHY_IDENTITY_CHARACTERS:
      return g_strdup (get_character_reason (kind));
    case SHY_IDENTITY_AREA:
      return g_strdup (_("No province has the code with which the number begins. Compare it with "
                         "the card."));
    case SHY_IDENTITY_BIRTH_DATE:
      return g_strdup (_("The birth date in the number does not exist. Compare it with the card."));
    case SHY_IDENTITY_FUTURE:
      return g_strdup (_("The birth date in the number is still to come. Compare it with the card."));
    case SHY_IDENTITY_CHECK:
      return g_strdup (_("The check digit does not fit: a character is wrong or two are exchanged. "
                         "Compare the number with the original."));
    case SHY_IDENTITY_OLD_FORM:
    default:
      return g_strdup (_("This is the old form with 15 digits. Ask for the number of 18 characters "
                         "on the card that is valid now."));
    }
}
