/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "field/shy-field.h"

G_BEGIN_DECLS

ShyField *shy_record_make_field      (const char     *name,
                                      const char     *title,
                                      ShyFieldType    type);
gboolean  shy_record_field_is_number (const ShyField *self);
char     *shy_record_field_display   (const ShyField *self,
                                      const char     *value);
gboolean  shy_record_fields_equal    (GPtrArray      *fields,
                                      GPtrArray      *others);

G_END_DECLS
