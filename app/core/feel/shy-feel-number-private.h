/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A decimal of 34 digits (IEEE 754-2008 decimal128, binary encoding), as DMN 1.5 §10.3.2.3.1 asks.
 * Never an infinity or a NaN: what would be one makes the operation return %FALSE. */
typedef struct
{
  _Alignas (16) guint64 words[2];
} ShyFeelNumber;

typedef enum {
  SHY_FEEL_ROUND_HALF_EVEN,
  SHY_FEEL_ROUND_FLOOR,
  SHY_FEEL_ROUND_CEILING,
  SHY_FEEL_ROUND_UP,        /* away from zero */
  SHY_FEEL_ROUND_DOWN,      /* towards zero */
  SHY_FEEL_ROUND_HALF_UP,   /* ties away from zero */
  SHY_FEEL_ROUND_HALF_DOWN, /* ties towards zero */
} ShyFeelRounding;

/* The range of scales, DMN 1.5 §10.3.2.3.1. */
#define SHY_FEEL_SCALE_MIN (-6111)
#define SHY_FEEL_SCALE_MAX 6176

gboolean      shy_feel_number_parse      (const char      *text,
                                          gssize           length,
                                          ShyFeelNumber   *number);
ShyFeelNumber shy_feel_number_from_int64 (gint64           integer);
gboolean      shy_feel_number_from_double (double          number,
                                           ShyFeelNumber   *result);
gboolean      shy_feel_number_scale_by   (ShyFeelNumber    number,
                                          int              exponent,
                                          ShyFeelNumber   *result);
gboolean      shy_feel_number_to_int64   (ShyFeelNumber    number,
                                          gint64          *integer);
gint64        shy_feel_number_truncate   (ShyFeelNumber    number);
char         *shy_feel_number_to_string  (ShyFeelNumber    number);
double        shy_feel_number_to_double  (ShyFeelNumber    number);
int           shy_feel_number_compare    (ShyFeelNumber    a,
                                          ShyFeelNumber    b);
gboolean      shy_feel_number_is_zero    (ShyFeelNumber    number);
gboolean      shy_feel_number_is_negative (ShyFeelNumber   number);
gboolean      shy_feel_number_is_integer (ShyFeelNumber    number);
ShyFeelNumber shy_feel_number_negate     (ShyFeelNumber    number);
ShyFeelNumber shy_feel_number_abs        (ShyFeelNumber    number);
gboolean      shy_feel_number_add        (ShyFeelNumber    a,
                                          ShyFeelNumber    b,
                                          ShyFeelNumber   *result);
gboolean      shy_feel_number_subtract   (ShyFeelNumber    a,
                                          ShyFeelNumber    b,
                                          ShyFeelNumber   *result);
gboolean      shy_feel_number_multiply   (ShyFeelNumber    a,
                                          ShyFeelNumber    b,
                                          ShyFeelNumber   *result);
gboolean      shy_feel_number_divide     (ShyFeelNumber    a,
                                          ShyFeelNumber    b,
                                          ShyFeelNumber   *result);
gboolean      shy_feel_number_power      (ShyFeelNumber    a,
                                          ShyFeelNumber    b,
                                          ShyFeelNumber   *result);
gboolean      shy_feel_number_modulo     (ShyFeelNumber    dividend,
                                          ShyFeelNumber    divisor,
                                          ShyFeelNumber   *result);
gboolean      shy_feel_number_sqrt       (ShyFeelNumber    number,
                                          ShyFeelNumber   *result);
gboolean      shy_feel_number_exp        (ShyFeelNumber    number,
                                          ShyFeelNumber   *result);
gboolean      shy_feel_number_log        (ShyFeelNumber    number,
                                          ShyFeelNumber   *result);
gboolean      shy_feel_number_round      (ShyFeelNumber    number,
                                          int              scale,
                                          ShyFeelRounding  rounding,
                                          ShyFeelNumber   *result);

G_END_DECLS
