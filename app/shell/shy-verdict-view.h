/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shy-core.h"

G_BEGIN_DECLS

#define SHY_TYPE_VERDICT_VIEW (shy_verdict_view_get_type ())
G_DECLARE_FINAL_TYPE (ShyVerdictView, shy_verdict_view, SHY, VERDICT_VIEW, AdwBin)

GtkWidget  *shy_verdict_view_new         (void);
void        shy_verdict_view_set_verdict (ShyVerdictView *self,
                                          ShyVerdict     *verdict,
                                          GPtrArray      *changes);
ShyVerdict *shy_verdict_view_get_verdict (ShyVerdictView *self);

G_END_DECLS
