/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-temporal.h"

G_BEGIN_DECLS

gboolean shy_feel_date_take   (const char       **text,
                               ShyFeelDate       *date);
void     shy_feel_date_append (const ShyFeelDate *date,
                               GString           *text);
gboolean shy_feel_time_take   (const char       **text,
                               ShyFeelTime       *time,
                               gboolean          *end_of_day);
void     shy_feel_time_append (const ShyFeelTime *time,
                               GString           *text);

G_END_DECLS
