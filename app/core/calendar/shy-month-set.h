/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SHY_TYPE_MONTH_SET (shy_month_set_get_type ())

typedef struct _ShyMonthSet ShyMonthSet;

GType        shy_month_set_get_type    (void);
ShyMonthSet *shy_month_set_new         (void);
ShyMonthSet *shy_month_set_parse       (const char         *text,
                                        GError            **error);
ShyMonthSet *shy_month_set_copy        (const ShyMonthSet  *self);
void         shy_month_set_free        (ShyMonthSet        *self);
gboolean     shy_month_set_add         (ShyMonthSet        *self,
                                        int                 year,
                                        int                 month,
                                        gboolean            back_paid);
void         shy_month_set_mark_back_paid (ShyMonthSet       *self,
                                        const ShyMonthSet  *back_paid);
guint        shy_month_set_count       (const ShyMonthSet  *self);
gboolean     shy_month_set_contains    (const ShyMonthSet  *self,
                                        const GDate        *month);
guint        shy_month_set_longest_run (const ShyMonthSet  *self,
                                        const GDate        *until);
guint        shy_month_set_last_run    (const ShyMonthSet  *self,
                                        const GDate        *until);
guint        shy_month_set_run_ending  (const ShyMonthSet  *self,
                                        const GDate        *month);
char        *shy_month_set_to_string   (const ShyMonthSet  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyMonthSet, shy_month_set_free)

G_END_DECLS
