/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "identity/shy-identity-mask.h"

G_BEGIN_DECLS

/**
 * ShyFieldType:
 * @SHY_FIELD_TEXT: text
 * @SHY_FIELD_NUMBER: an exact decimal with all its digits, as "1200.50"
 * @SHY_FIELD_MONEY: a number: yuan, unless the field has another unit
 * @SHY_FIELD_DATE: a day, as "2025-06-30"
 * @SHY_FIELD_MONTH: a month, as "2025-06"; conditions see its first day
 * @SHY_FIELD_BOOLEAN: "true" or "false"
 * @SHY_FIELD_CHOICE: one of the field's values
 * @SHY_FIELD_COUNTY: the code of a county or of another place
 * @SHY_FIELD_RESIDENT_ID: a resident identity number (GB 11643), or what stands for it on another paper
 * @SHY_FIELD_CREDIT_CODE: a unified social credit code (GB 32100)
 * @SHY_FIELD_BANK_CARD: the number of a bank card
 * @SHY_FIELD_MOBILE: a mobile number of mainland China
 * @SHY_FIELD_INTEGER: a whole number, as "1234"
 * @SHY_FIELD_DATETIME: a moment, as "2025-06-30T09:00:00+08:00"
 * @SHY_FIELD_CODE: a code, or what its source says it means
 * @SHY_FIELD_HTML_TEXT: a text that came as HTML
 *
 * What a field holds, and how its value is written: of a policy, a spreadsheet, a service, a register.
 */
typedef enum {
  SHY_FIELD_TEXT,
  SHY_FIELD_NUMBER,
  SHY_FIELD_MONEY,
  SHY_FIELD_DATE,
  SHY_FIELD_MONTH,
  SHY_FIELD_BOOLEAN,
  SHY_FIELD_CHOICE,
  SHY_FIELD_COUNTY,
  SHY_FIELD_RESIDENT_ID,
  SHY_FIELD_CREDIT_CODE,
  SHY_FIELD_BANK_CARD,
  SHY_FIELD_MOBILE,
  SHY_FIELD_INTEGER,
  SHY_FIELD_DATETIME,
  SHY_FIELD_CODE,
  SHY_FIELD_HTML_TEXT,
} ShyFieldType;

const char  *shy_field_type_to_word        (ShyFieldType         type);
gboolean     shy_field_type_parse          (const char   *word,
                                            ShyFieldType *type);
ShyFieldType shy_field_type_get_base       (ShyFieldType         type);
gboolean     shy_field_type_is_number      (ShyFieldType         type);
gboolean     shy_field_type_is_date        (ShyFieldType         type);
gboolean     shy_field_type_has_bounds     (ShyFieldType         type);
gboolean     shy_field_type_is_personal    (ShyFieldType         type);
gboolean     shy_field_type_get_identity   (ShyFieldType     type,
                                            ShyIdentityKind *kind);
char        *shy_field_type_normalize      (ShyFieldType type,
                                            const char  *text,
                                            GError     **error);
char        *shy_field_type_display        (ShyFieldType type,
                                            const char  *unit,
                                            const char  *text);
char        *shy_field_type_mask           (ShyFieldType        type,
                                            ShyIdentityAudience audience,
                                            const char         *text);

G_END_DECLS
