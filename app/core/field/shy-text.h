/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShyText: (skip)
 * @zh_CN: (nullable): in Chinese
 * @en: (nullable): in English
 *
 * A text of a data file in the languages of the program. At least one is there.
 */
typedef struct
{
  char *zh_CN;
  char *en;
} ShyText;

ShyText    *shy_text_new  (const char *zh_CN,
                           const char *en);
ShyText    *shy_text_copy (const ShyText *self);
void        shy_text_free (gpointer       self);
const char *shy_text_get  (const ShyText *self);

G_END_DECLS
