/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-duration.h"

G_BEGIN_DECLS

#define SHY_FEEL_YEAR_MAX 999999999

/**
 * ShyFeelDate: (skip)
 * @year: year of the proleptic Gregorian calendar, with a year 0, -999,999,999 to 999,999,999
 * @month: 1 to 12
 * @day: 1 to 31
 *
 * A day, as FEEL's `date` has it (DMN 1.5, 10.3.2.3.5). A plain value: copy it, compare it.
 */
typedef struct
{
  gint32 year;
  guint8 month;
  guint8 day;
} ShyFeelDate;

gboolean shy_feel_date_init           (ShyFeelDate       *date,
                                       gint64             year,
                                       gint64             month,
                                       gint64             day);
gboolean shy_feel_date_init_days      (ShyFeelDate       *date,
                                       gint64             days);
gboolean shy_feel_date_parse          (const char        *text,
                                       ShyFeelDate       *date);
char    *shy_feel_date_to_string      (const ShyFeelDate *date);

gint64   shy_feel_date_get_days       (const ShyFeelDate *date);
int      shy_feel_date_get_weekday    (const ShyFeelDate *date);
int      shy_feel_date_get_year_day   (const ShyFeelDate *date);
int      shy_feel_date_get_week       (const ShyFeelDate *date);

int      shy_feel_date_compare        (const ShyFeelDate *a,
                                       const ShyFeelDate *b);
gboolean shy_feel_date_add_months     (const ShyFeelDate *date,
                                       gint64             months,
                                       ShyFeelDate       *sum);
gboolean shy_feel_date_add_nanos      (const ShyFeelDate *date,
                                       ShyFeelNanos       nanos,
                                       ShyFeelDate       *sum);
ShyFeelNanos
         shy_feel_date_subtract       (const ShyFeelDate *a,
                                       const ShyFeelDate *b);
gint64   shy_feel_date_months_between (const ShyFeelDate *from,
                                       const ShyFeelDate *to);

int      shy_feel_days_in_month       (gint64             year,
                                       int                month);

G_END_DECLS
