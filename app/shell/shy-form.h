/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SHY_TYPE_FORM (shy_form_get_type ())
G_DECLARE_FINAL_TYPE (ShyForm, shy_form, SHY, FORM, AdwBin)

GtkWidget  *shy_form_new         (void);
void        shy_form_clear       (ShyForm        *self);
void        shy_form_add_group   (ShyForm        *self,
                                  const char     *title,
                                  GtkWidget      *suffix);
void        shy_form_add_field   (ShyForm        *self,
                                  guint           group,
                                  const ShyField *field,
                                  const char     *text);
GtkWidget  *shy_form_get_row     (ShyForm        *self,
                                  const char     *name);
const char *shy_form_get_text    (ShyForm        *self,
                                  const char     *name);
void        shy_form_type        (ShyForm        *self,
                                  const char     *name,
                                  const char     *text);
void        shy_form_put         (ShyForm        *self,
                                  const char     *name,
                                  const char     *text);
void        shy_form_show_state  (ShyForm        *self,
                                  const char     *name,
                                  const char     *source,
                                  const char     *place,
                                  const char     *error);
gboolean    shy_form_show_error  (ShyForm        *self);
gboolean    shy_form_undo        (ShyForm        *self);
gboolean    shy_form_redo        (ShyForm        *self);
void        shy_form_keep_draft  (ShyForm        *self,
                                  ShyStore       *store,
                                  const char     *record,
                                  const char     *base);
void        shy_form_mark_saved  (ShyForm        *self);

G_END_DECLS
