/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-value.h"
#include "policy/shy-facts.h"

G_BEGIN_DECLS

/* Facts as expressions see them, and back. */

ShyFeelValue *shy_fact_to_value (ShyFieldType type,
                                 const char  *text);
char         *shy_value_to_fact (ShyFieldType  type,
                                 ShyFeelValue *value);
gboolean      shy_value_to_date (ShyFeelValue *value,
                                 GDate        *date);

G_END_DECLS
