/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shy-core.h"
#include "shy-form.h"

G_BEGIN_DECLS

#define SHY_TYPE_FACTS_EDITOR (shy_facts_editor_get_type ())
G_DECLARE_FINAL_TYPE (ShyFactsEditor, shy_facts_editor, SHY, FACTS_EDITOR, AdwBin)

GtkWidget *shy_facts_editor_new         (void);
void       shy_facts_editor_set_facts   (ShyFactsEditor *self,
                                         ShyPolicy      *policy,
                                         const ShyFacts *facts);
void       shy_facts_editor_show_settings
                                        (ShyFactsEditor *self,
                                         const ShyFacts *facts);
ShyFacts  *shy_facts_editor_dup_facts   (ShyFactsEditor *self);
void       shy_facts_editor_mark_saved (ShyFactsEditor *self,
                                         const ShyFacts *saved);
gboolean   shy_facts_editor_is_changed  (ShyFactsEditor *self);
gboolean   shy_facts_editor_has_errors  (ShyFactsEditor *self);
void       shy_facts_editor_set_text    (ShyFactsEditor *self,
                                         const char     *name,
                                         const char     *text);
gboolean   shy_facts_editor_take        (ShyFactsEditor *self,
                                         const char     *name,
                                         const char     *text,
                                         ShyFactOrigin   origin,
                                         const char     *place,
                                         GError        **error);
void       shy_facts_editor_set_askable (ShyFactsEditor     *self,
                                         const char *const  *names);

ShyForm   *shy_facts_editor_get_form      (ShyFactsEditor    *self);

G_END_DECLS
