/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shy-core.h"

G_BEGIN_DECLS

GtkWidget  *shy_form_row_new        (const ShyField *field);
void        shy_form_row_set_text   (GtkWidget  *row,
                                     const char *text);
const char *shy_form_row_get_text   (GtkWidget            *row);
void        shy_form_row_connect    (GtkWidget *row,
                                     GCallback  callback,
                                     gpointer   object);
void        shy_form_row_set_button (GtkWidget *row,
                                     GtkWidget *button);
GtkWidget  *shy_form_row_get_button (GtkWidget            *row);
void        shy_form_row_show_state (GtkWidget  *row,
                                     const char *source,
                                     const char *place,
                                     const char *error);

G_END_DECLS
