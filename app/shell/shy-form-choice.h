/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SHY_TYPE_FORM_CHOICE (shy_form_choice_get_type ())
G_DECLARE_FINAL_TYPE (ShyFormChoice, shy_form_choice, SHY, FORM_CHOICE, AdwActionRow)

GtkWidget  *shy_form_choice_new      (void);
void        shy_form_choice_add      (ShyFormChoice *self,
                                      const char    *value,
                                      const char    *shown);
const char *shy_form_choice_get_text (ShyFormChoice *self);
void        shy_form_choice_set_text (ShyFormChoice *self,
                                      const char    *value,
                                      const char    *shown);

G_END_DECLS
