/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "field/shy-field.h"
#include "sheet/shy-sheet-cell.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define SHY_TYPE_SHEET_FIELD (shy_sheet_field_get_type ())
G_DECLARE_FINAL_TYPE (ShySheetField, shy_sheet_field, SHY, SHEET_FIELD, GObject)

ShySheetField  *shy_sheet_field_new       (const ShyField      *about);
GPtrArray      *shy_sheet_fields_new      (GPtrArray           *abouts);
const ShyField *shy_sheet_field_get_about (ShySheetField       *self);
char           *shy_sheet_field_convert   (ShySheetField      *self,
                                           const ShySheetCell *cell,
                                           const char         *column_unit,
                                           GError            **error);

G_END_DECLS
