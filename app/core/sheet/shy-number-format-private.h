/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-cell.h"

G_BEGIN_DECLS

/* What a number format makes of a number. */
typedef struct
{
  char             *code;      /* (owned) (nullable) NULL for General */
  ShySheetCellKind  kind;      /* NUMBER, DATE, DATETIME or TIME */
  guint             zeros;     /* digits that an integer is padded to, as 6 for "000000" */
  gboolean          shows_day; /* whether the day of the month is shown */
} ShyNumberFormat;

void  shy_number_format_init       (ShyNumberFormat *self,
                                    guint            id,
                                    const char      *code);
void  shy_number_format_clear      (ShyNumberFormat *self);

/* Longest text that the functions below write, with its end. */
#define SHY_NUMBER_SIZE 400

/* Writes a number as its format shows it, as far as that changes what it is: dates, times and
 * leading zeros. @shown is "" where the number stands as it is. Gives the kind of cell. */
ShySheetCellKind shy_number_format_show (const ShyNumberFormat *self,
                                         const char            *number,
                                         gboolean               epoch_1904,
                                         char                  *shown);

gsize shy_number_write             (const char       *written,
                                    gsize             length,
                                    char             *number,
                                    gboolean         *rounded);
gsize shy_serial_write             (const char       *number,
                                    ShySheetCellKind  kind,
                                    gboolean          epoch_1904,
                                    char             *text);
gboolean shy_serial_get_date       (gint64            serial,
                                    gboolean          epoch_1904,
                                    GDate            *date);

G_END_DECLS
