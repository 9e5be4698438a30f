/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-expression.h"
#include "feel/shy-feel-number-private.h"
#include "feel/shy-feel-temporal.h"
#include "feel/shy-feel-value.h"

G_BEGIN_DECLS

typedef struct _ShyFeelNode ShyFeelNode;
typedef struct _ShyFeelBuiltin ShyFeelBuiltin;

/* What guards memory and time against input that means harm. */
#define SHY_FEEL_ITEMS_MAX   250000             /* items of one list */
#define SHY_FEEL_STRING_MAX  (16 * 1024 * 1024) /* bytes of one string */
#define SHY_FEEL_NESTING_MAX 500                /* lists, contexts, functions within each other */
#define SHY_FEEL_PARTS_MAX   500000             /* values within one, counted where they are shared,
                                                   too: what walks a value meets them all */

typedef enum {
  SHY_FEEL_FUNCTION_BUILTIN,
  SHY_FEEL_FUNCTION_NATIVE,
  SHY_FEEL_FUNCTION_WRITTEN,
} ShyFeelFunctionKind;

typedef struct
{
  char           *name;        /* (owned) */
  char          **parameters;  /* (owned) ended by NULL */
  gsize           n_required;
  ShyFeelNative   call;
  gpointer        user_data;
  GDestroyNotify  destroy;     /* (nullable) */
} ShyFeelNativeFunction;

typedef struct
{
  ShyFeelFunctionKind kind;
  union
  {
    const ShyFeelBuiltin  *builtin; /* static: the first row of its name */
    ShyFeelNativeFunction *native;  /* (owned) */
    struct
    {
      ShyFeelExpression  *expression; /* (owned) keeps the node */
      const ShyFeelNode  *node;
      ShyFeelValue      **captures;   /* (owned) one for each capture of the node */
      guint               n_captures;
    } written;
  };
} ShyFeelFunction;

/* Immutable once it is handed out. */
struct _ShyFeelValue
{
  gatomicrefcount ref_count;
  ShyFeelType     type;
  gboolean        permanent; /* one of the shared constants, never freed */
  guint           nesting;   /* how many values stand within each other, 0 for a simple one */
  guint           n_parts;   /* values within it, at any depth */
  union
  {
    ShyFeelNumber   number;
    gboolean        boolean;
    ShyFeelDate     date;
    ShyFeelTime     time;
    ShyFeelDateTime date_time;
    ShyFeelNanos    nanos;  /* days and time duration */
    gint64          months; /* years and months duration */
    struct
    {
      char    *message; /* (owned) (nullable): why it is null */
      gboolean error;   /* whether that is an error, and not what the language defines */
      gboolean absent;  /* whether it says only that there is no such entry or item */
    } null;
    struct
    {
      char  *text;   /* in the same block */
      gsize  length; /* bytes */
    } string;
    struct
    {
      ShyFeelValue **items; /* (owned) each (owned) */
      gsize          n_items;
    } list;
    struct
    {
      char         **keys;   /* (owned) each (owned) */
      ShyFeelValue **values; /* (owned) each (owned) */
      gsize          n_entries;
      GHashTable    *index;  /* (owned) (nullable): key to position, for large ones */
    } context;
    struct
    {
      ShyFeelValue *start; /* (owned) (nullable): NULL where the range is open-ended */
      ShyFeelValue *end;
      gboolean      start_included;
      gboolean      end_included;
      guint         op; /* ShyFeelOperator: that it is written with, as "< 10"; 0 for "[1..9]". What
                           "!=" excludes stands in @start */
    } range;
    ShyFeelFunction function;
  };
};

ShyFeelValue *shy_feel_value_alloc            (ShyFeelType           type);
void          shy_feel_value_free             (ShyFeelValue         *self);
void          shy_feel_value_free_items       (ShyFeelValue        **items,
                                               gsize                 n_items);

ShyFeelValue *shy_feel_value_new_remark       (const char           *format,
                                               ...) G_GNUC_PRINTF (1, 2);
ShyFeelValue *shy_feel_value_new_absent       (const char           *format,
                                               ...) G_GNUC_PRINTF (1, 2);
ShyFeelValue *shy_feel_value_new_decimal128   (ShyFeelNumber         number);
ShyFeelValue *shy_feel_value_new_string_len   (const char           *text,
                                               gsize                 length);
ShyFeelValue *shy_feel_value_new_from_date    (const ShyFeelDate    *date);
ShyFeelValue *shy_feel_value_new_from_time    (const ShyFeelTime    *time);
ShyFeelValue *shy_feel_value_new_from_date_time
                                              (const ShyFeelDateTime *date_time);
ShyFeelValue *shy_feel_value_new_from_nanos   (ShyFeelNanos          nanos);
ShyFeelValue *shy_feel_value_new_from_months  (gint64                months);
ShyFeelValue *shy_feel_value_parse_temporal   (const char           *text);
ShyFeelValue *shy_feel_value_new_list_take    (ShyFeelValue        **items,
                                               gsize                 n_items);
ShyFeelValue *shy_feel_value_new_growing_list (ShyFeelValue *const  *items,
                                               gsize                 n_items);
gboolean      shy_feel_list_append            (ShyFeelValue         *self,
                                               ShyFeelValue         *item);
ShyFeelValue *shy_feel_value_new_list_steal   (GPtrArray            *items);
ShyFeelValue *shy_feel_value_new_context_take (char                **keys,
                                               ShyFeelValue        **values,
                                               gsize                 n_entries);
ShyFeelValue *shy_feel_value_new_builtin      (const ShyFeelBuiltin *builtin);
ShyFeelValue *shy_feel_value_new_written      (ShyFeelExpression    *expression,
                                               const ShyFeelNode    *node,
                                               ShyFeelValue        **captures,
                                               guint                 n_captures);

void          shy_feel_function_clear         (ShyFeelFunction      *function);
const char   *shy_feel_function_get_name      (const ShyFeelFunction *function);
gboolean      shy_feel_is_plain_name          (const char           *text);

static inline gboolean
shy_feel_value_has_type (const ShyFeelValue *self,
                         ShyFeelType         type)
{
  return self->type == type;
}

G_END_DECLS
