/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ShyFeelType:
 * @SHY_FEEL_TYPE_NULL: no value
 * @SHY_FEEL_TYPE_NUMBER: a decimal of 34 digits
 * @SHY_FEEL_TYPE_STRING: Unicode text
 * @SHY_FEEL_TYPE_BOOLEAN: true or false
 * @SHY_FEEL_TYPE_DATE: a day of the calendar
 * @SHY_FEEL_TYPE_TIME: a time of day
 * @SHY_FEEL_TYPE_DATE_TIME: a day with a time of day
 * @SHY_FEEL_TYPE_DAYS_DURATION: a days and time duration
 * @SHY_FEEL_TYPE_MONTHS_DURATION: a years and months duration
 * @SHY_FEEL_TYPE_LIST: values in order
 * @SHY_FEEL_TYPE_CONTEXT: named values in order
 * @SHY_FEEL_TYPE_RANGE: two ends and whether they belong to it
 * @SHY_FEEL_TYPE_FUNCTION: a built-in, native or written function
 *
 * The kinds of values of FEEL, DMN 1.5 §10.3.2.1.
 */
typedef enum {
  SHY_FEEL_TYPE_NULL,
  SHY_FEEL_TYPE_NUMBER,
  SHY_FEEL_TYPE_STRING,
  SHY_FEEL_TYPE_BOOLEAN,
  SHY_FEEL_TYPE_DATE,
  SHY_FEEL_TYPE_TIME,
  SHY_FEEL_TYPE_DATE_TIME,
  SHY_FEEL_TYPE_DAYS_DURATION,
  SHY_FEEL_TYPE_MONTHS_DURATION,
  SHY_FEEL_TYPE_LIST,
  SHY_FEEL_TYPE_CONTEXT,
  SHY_FEEL_TYPE_RANGE,
  SHY_FEEL_TYPE_FUNCTION,
} ShyFeelType;

/**
 * ShyFeelTruth:
 * @SHY_FEEL_FALSE: false
 * @SHY_FEEL_TRUE: true
 * @SHY_FEEL_UNDECIDED: null, neither of the two
 *
 * An answer of the three-valued logic.
 */
typedef enum {
  SHY_FEEL_FALSE,
  SHY_FEEL_TRUE,
  SHY_FEEL_UNDECIDED,
} ShyFeelTruth;

#define SHY_FEEL_TYPE_VALUE (shy_feel_value_get_type ())
typedef struct _ShyFeelValue ShyFeelValue;

/**
 * ShyFeelNative: (skip)
 * @arguments: one value for each parameter, never %NULL; what was left out is FEEL's null
 * @n_arguments: their number, that of the parameters
 * @user_data: what was given at registration
 *
 * A function of the program that FEEL can call. Must not change its arguments, and may be called
 * from several threads at once. An error is returned with shy_feel_value_new_error().
 *
 * Returns: (transfer full): the result, never %NULL
 */
typedef ShyFeelValue *(*ShyFeelNative) (ShyFeelValue *const *arguments,
                                        gsize                n_arguments,
                                        gpointer             user_data);

const char   *shy_feel_type_get_name          (ShyFeelType           type);
const char   *shy_feel_type_get_label         (ShyFeelType           type);

GType         shy_feel_value_get_type         (void);
ShyFeelValue *shy_feel_value_ref              (ShyFeelValue         *self);
void          shy_feel_value_unref            (ShyFeelValue         *self);

ShyFeelValue *shy_feel_value_new_null         (void);
ShyFeelValue *shy_feel_value_new_error        (const char           *format,
                                               ...) G_GNUC_PRINTF (1, 2);
ShyFeelValue *shy_feel_value_new_boolean      (gboolean              boolean);
ShyFeelValue *shy_feel_value_new_truth        (ShyFeelTruth          truth);
ShyFeelValue *shy_feel_value_new_integer      (gint64                integer);
ShyFeelValue *shy_feel_value_new_decimal      (gint64                unscaled,
                                               guint                 scale);
ShyFeelValue *shy_feel_value_new_number       (const char           *text,
                                               GError              **error);
ShyFeelValue *shy_feel_value_new_string       (const char           *text);
ShyFeelValue *shy_feel_value_new_date         (int                   year,
                                               int                   month,
                                               int                   day);
ShyFeelValue *shy_feel_value_new_temporal     (const char           *text,
                                               GError              **error);
ShyFeelValue *shy_feel_value_new_list         (ShyFeelValue *const  *items,
                                               gsize                 n_items);
ShyFeelValue *shy_feel_value_new_context      (const char *const    *keys,
                                               ShyFeelValue *const  *values,
                                               gsize                 n_entries);
ShyFeelValue *shy_feel_value_new_range        (ShyFeelValue         *start,
                                               gboolean              start_included,
                                               ShyFeelValue         *end,
                                               gboolean              end_included);
ShyFeelValue *shy_feel_value_new_function     (const char           *name,
                                               const char *const    *parameters,
                                               gsize                 n_required,
                                               ShyFeelNative         native,
                                               gpointer              user_data,
                                               GDestroyNotify        destroy);
ShyFeelValue *shy_feel_value_new_from_json    (JsonNode             *node);
ShyFeelValue *shy_feel_value_new_from_json_text
                                              (const char           *text,
                                               gssize                length,
                                               const char           *member,
                                               GError              **error);

ShyFeelType   shy_feel_value_get_value_type   (ShyFeelValue         *self);
const char   *shy_feel_value_get_error        (ShyFeelValue         *self);
const char   *shy_feel_value_get_remark       (ShyFeelValue         *self);
gboolean      shy_feel_value_is_null          (ShyFeelValue         *self);
ShyFeelTruth  shy_feel_value_get_truth        (ShyFeelValue         *self);
gboolean      shy_feel_value_get_integer      (ShyFeelValue         *self,
                                               gint64               *integer);
gboolean      shy_feel_value_get_decimal      (ShyFeelValue         *self,
                                               guint                 scale,
                                               gint64               *unscaled);
const char   *shy_feel_value_get_string       (ShyFeelValue         *self);
gboolean      shy_feel_value_get_date         (ShyFeelValue         *self,
                                               int                  *year,
                                               int                  *month,
                                               int                  *day);
gsize         shy_feel_value_get_length       (ShyFeelValue         *self);
ShyFeelValue *shy_feel_value_get_item         (ShyFeelValue         *self,
                                               gsize                 index);
const char   *shy_feel_value_get_key          (ShyFeelValue         *self,
                                               gsize                 index);
ShyFeelValue *shy_feel_value_get_entry        (ShyFeelValue         *self,
                                               const char           *key);
ShyFeelValue *shy_feel_value_get_start        (ShyFeelValue         *self,
                                               gboolean             *included);
ShyFeelValue *shy_feel_value_get_end          (ShyFeelValue         *self,
                                               gboolean             *included);

ShyFeelTruth  shy_feel_value_equal            (ShyFeelValue         *a,
                                               ShyFeelValue         *b);
gboolean      shy_feel_value_is               (ShyFeelValue         *a,
                                               ShyFeelValue         *b);
gboolean      shy_feel_value_compare          (ShyFeelValue         *a,
                                               ShyFeelValue         *b,
                                               int                  *order);

char         *shy_feel_value_to_string        (ShyFeelValue         *self);
char         *shy_feel_value_to_literal       (ShyFeelValue         *self);
JsonNode     *shy_feel_value_to_json          (ShyFeelValue         *self);
JsonNode     *shy_feel_value_to_typed_json    (ShyFeelValue         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyFeelValue, shy_feel_value_unref)

G_END_DECLS
