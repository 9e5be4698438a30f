/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ShyIdentityKind:
 * @SHY_IDENTITY_KIND_RESIDENT_ID: 居民身份证号 of 18 characters, GB 11643
 * @SHY_IDENTITY_KIND_CREDIT_CODE: 统一社会信用代码 of 18 characters, GB 32100
 * @SHY_IDENTITY_KIND_BANK_CARD: number of a bank card or account
 * @SHY_IDENTITY_KIND_MOBILE: telephone number, as a rule a mobile one of the Chinese mainland
 *
 * What a number names.
 */
typedef enum {
  SHY_IDENTITY_KIND_RESIDENT_ID,
  SHY_IDENTITY_KIND_CREDIT_CODE,
  SHY_IDENTITY_KIND_BANK_CARD,
  SHY_IDENTITY_KIND_MOBILE,
} ShyIdentityKind;

/**
 * ShyIdentityResult:
 * @SHY_IDENTITY_VALID: nothing is wrong that can be told from the number
 * @SHY_IDENTITY_WARN_AREA: right, but its county is not in the list
 * @SHY_IDENTITY_WARN_ORGANISATION: right, but the check digit of the organisation code inside is not
 * @SHY_IDENTITY_WARN_LUHN: no card has this check digit; an account of a company may
 * @SHY_IDENTITY_WARN_PAPER: taken for the number of a paper that cannot be checked
 * @SHY_IDENTITY_WARN_REMARK: right, with something beside it that was left out
 * @SHY_IDENTITY_WARN_SEVERAL: several numbers, of which the first was taken
 * @SHY_IDENTITY_EMPTY: there is no number
 * @SHY_IDENTITY_LENGTH: too few or too many characters
 * @SHY_IDENTITY_CHARACTERS: a character that cannot stand there
 * @SHY_IDENTITY_AREA: no province begins so
 * @SHY_IDENTITY_BIRTH_DATE: the birth date does not exist
 * @SHY_IDENTITY_FUTURE: the birth date is still to come
 * @SHY_IDENTITY_CHECK: the check digit is wrong
 * @SHY_IDENTITY_OLD_FORM: a resident ID number of the old form with 15 digits
 * @SHY_IDENTITY_PAPER: the number of a kind of paper that is not taken
 *
 * What a check of a number found. Numbers are not secrets and check digits find slips of the pen,
 * not lies: a valid number says nothing about the person who gave it.
 */
typedef enum {
  SHY_IDENTITY_VALID,
  SHY_IDENTITY_WARN_AREA,
  SHY_IDENTITY_WARN_ORGANISATION,
  SHY_IDENTITY_WARN_LUHN,
  SHY_IDENTITY_WARN_PAPER,
  SHY_IDENTITY_WARN_REMARK,
  SHY_IDENTITY_WARN_SEVERAL,
  SHY_IDENTITY_EMPTY,
  SHY_IDENTITY_LENGTH,
  SHY_IDENTITY_CHARACTERS,
  SHY_IDENTITY_AREA,
  SHY_IDENTITY_BIRTH_DATE,
  SHY_IDENTITY_FUTURE,
  SHY_IDENTITY_CHECK,
  SHY_IDENTITY_OLD_FORM,
  SHY_IDENTITY_PAPER,
} ShyIdentityResult;

ShyIdentityResult  shy_identity_check           (ShyIdentityKind    kind,
                                                 const char        *text,
                                                 const GDate       *on,
                                                 char             **number);
gboolean           shy_identity_result_is_valid (ShyIdentityResult  result);
char              *shy_identity_dup_reason      (ShyIdentityKind    kind,
                                                 ShyIdentityResult  result);
char              *shy_identity_normalize       (ShyIdentityKind    kind,
                                                 const char        *text);
gboolean           shy_identity_get_birth_date  (const char        *number,
                                                 GDate             *date);
gboolean           shy_identity_is_male         (const char        *number);
char              *shy_identity_dup_area        (const char        *number);
gboolean           shy_identity_luhn            (const char        *digits);

G_END_DECLS
