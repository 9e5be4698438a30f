/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SHY_TYPE_PROGRESS (shy_progress_get_type ())
G_DECLARE_FINAL_TYPE (ShyProgress, shy_progress, SHY, PROGRESS, GObject)

ShyProgress *shy_progress_new          (void);
void         shy_progress_set          (ShyProgress *self,
                                        double       fraction,
                                        const char  *text);
double       shy_progress_get_fraction (ShyProgress *self);
char        *shy_progress_dup_text     (ShyProgress *self);

G_END_DECLS
