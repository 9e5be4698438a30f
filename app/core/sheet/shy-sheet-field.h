/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-cell.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ShySheetFieldType:
 * @SHY_SHEET_FIELD_TEXT: text
 * @SHY_SHEET_FIELD_NUMBER: a number, in the field's unit
 * @SHY_SHEET_FIELD_MONEY: an amount, in yuan unless the field has another unit
 * @SHY_SHEET_FIELD_DATE: a day
 * @SHY_SHEET_FIELD_MONTH: a month
 * @SHY_SHEET_FIELD_BOOLEAN: yes or no
 * @SHY_SHEET_FIELD_CHOICE: one of the field's values
 * @SHY_SHEET_FIELD_COUNTY: the name or code of a county, given back as it stands
 * @SHY_SHEET_FIELD_RESIDENT_ID: a resident identity number (GB 11643)
 * @SHY_SHEET_FIELD_CREDIT_CODE: a unified social credit code (GB 32100)
 * @SHY_SHEET_FIELD_BANK_CARD: the number of a bank card
 * @SHY_SHEET_FIELD_MOBILE: a mobile number of mainland China
 */
typedef enum {
  SHY_SHEET_FIELD_TEXT,
  SHY_SHEET_FIELD_NUMBER,
  SHY_SHEET_FIELD_MONEY,
  SHY_SHEET_FIELD_DATE,
  SHY_SHEET_FIELD_MONTH,
  SHY_SHEET_FIELD_BOOLEAN,
  SHY_SHEET_FIELD_CHOICE,
  SHY_SHEET_FIELD_COUNTY,
  SHY_SHEET_FIELD_RESIDENT_ID,
  SHY_SHEET_FIELD_CREDIT_CODE,
  SHY_SHEET_FIELD_BANK_CARD,
  SHY_SHEET_FIELD_MOBILE,
} ShySheetFieldType;

#define SHY_TYPE_SHEET_FIELD (shy_sheet_field_get_type ())
G_DECLARE_FINAL_TYPE (ShySheetField, shy_sheet_field, SHY, SHEET_FIELD, GObject)

ShySheetField      *shy_sheet_field_new            (const char          *name,
                                                    ShySheetFieldType    type);
const char         *shy_sheet_field_get_name       (ShySheetField       *self);
ShySheetFieldType   shy_sheet_field_get_field_type (ShySheetField       *self);
gboolean            shy_sheet_field_is_required    (ShySheetField       *self);
void                shy_sheet_field_set_required   (ShySheetField       *self,
                                                    gboolean             required);
const char         *shy_sheet_field_get_unit       (ShySheetField       *self);
void                shy_sheet_field_set_unit       (ShySheetField       *self,
                                                    const char          *unit);
void                shy_sheet_field_add_alias      (ShySheetField       *self,
                                                    const char          *alias);
void                shy_sheet_field_add_period     (ShySheetField       *self,
                                                    const char          *header);
const char         *shy_sheet_field_get_period_end (ShySheetField       *self);
void                shy_sheet_field_set_period_end (ShySheetField       *self,
                                                    const char          *name);
void                shy_sheet_field_add_value      (ShySheetField       *self,
                                                    const char          *value);
void                shy_sheet_field_add_synonym    (ShySheetField       *self,
                                                    const char          *written,
                                                    const char          *value);
char               *shy_sheet_field_convert        (ShySheetField       *self,
                                                    const ShySheetCell  *cell,
                                                    const char          *column_unit,
                                                    GError             **error);
gboolean            shy_sheet_field_type_parse     (const char          *nick,
                                                    ShySheetFieldType   *type);

G_END_DECLS
