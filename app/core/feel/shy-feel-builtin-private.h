/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-evaluate-private.h"

G_BEGIN_DECLS

#define SHY_FEEL_BUILTIN_PARAMETERS_MAX 5

/* What a parameter takes. */
typedef enum {
  SHY_FEEL_TAKES_NULL = 1 << SHY_FEEL_TYPE_NULL,
  SHY_FEEL_TAKES_NUMBER = 1 << SHY_FEEL_TYPE_NUMBER,
  SHY_FEEL_TAKES_STRING = 1 << SHY_FEEL_TYPE_STRING,
  SHY_FEEL_TAKES_BOOLEAN = 1 << SHY_FEEL_TYPE_BOOLEAN,
  SHY_FEEL_TAKES_DATE = 1 << SHY_FEEL_TYPE_DATE,
  SHY_FEEL_TAKES_TIME = 1 << SHY_FEEL_TYPE_TIME,
  SHY_FEEL_TAKES_DATE_TIME = 1 << SHY_FEEL_TYPE_DATE_TIME,
  SHY_FEEL_TAKES_DAYS = 1 << SHY_FEEL_TYPE_DAYS_DURATION,
  SHY_FEEL_TAKES_MONTHS = 1 << SHY_FEEL_TYPE_MONTHS_DURATION,
  SHY_FEEL_TAKES_LIST = 1 << SHY_FEEL_TYPE_LIST,
  SHY_FEEL_TAKES_CONTEXT = 1 << SHY_FEEL_TYPE_CONTEXT,
  SHY_FEEL_TAKES_RANGE = 1 << SHY_FEEL_TYPE_RANGE,
  SHY_FEEL_TAKES_FUNCTION = 1 << SHY_FEEL_TYPE_FUNCTION,
  SHY_FEEL_TAKES_NULLABLE = 1 << 16,  /* a null becomes NULL for the function */
  SHY_FEEL_TAKES_OPTIONAL = 1 << 17 | SHY_FEEL_TAKES_NULLABLE, /* may be left out, too */
  SHY_FEEL_TAKES_UNNAMED = 1 << 19,   /* null where arguments are named and this is not among them */
  SHY_FEEL_TAKES_LITERALLY = 1 << 18, /* a list is never unwrapped, a value never wrapped */
} ShyFeelTakes;

#define SHY_FEEL_TAKES_NOT_NULL                                                                    \
  (SHY_FEEL_TAKES_NUMBER | SHY_FEEL_TAKES_STRING | SHY_FEEL_TAKES_BOOLEAN |                        \
   SHY_FEEL_TAKES_DATE | SHY_FEEL_TAKES_TIME | SHY_FEEL_TAKES_DATE_TIME | SHY_FEEL_TAKES_DAYS |    \
   SHY_FEEL_TAKES_MONTHS | SHY_FEEL_TAKES_LIST | SHY_FEEL_TAKES_CONTEXT | SHY_FEEL_TAKES_RANGE |   \
   SHY_FEEL_TAKES_FUNCTION)
#define SHY_FEEL_TAKES_ANY   (SHY_FEEL_TAKES_NOT_NULL | SHY_FEEL_TAKES_NULL)
#define SHY_FEEL_TAKES_DAY   (SHY_FEEL_TAKES_DATE | SHY_FEEL_TAKES_DATE_TIME)
#define SHY_FEEL_TAKES_POINT                                                                       \
  (SHY_FEEL_TAKES_NUMBER | SHY_FEEL_TAKES_STRING | SHY_FEEL_TAKES_DAY | SHY_FEEL_TAKES_TIME |      \
   SHY_FEEL_TAKES_DAYS | SHY_FEEL_TAKES_MONTHS)

typedef enum {
  SHY_FEEL_BUILTIN_PLAIN,
  SHY_FEEL_BUILTIN_VARIADIC,  /* the last parameter may come any number of times; the function gets
                                 a list of them */
  SHY_FEEL_BUILTIN_AGGREGATE, /* f(list) or f(a, b, …), which is f([a, b, …]) */
} ShyFeelBuiltinStyle;

/* The function gets one value for each parameter, NULL where an optional one was left out. */
typedef ShyFeelValue *(*ShyFeelBuiltinCall) (ShyFeelRun           *run,
                                             const ShyFeelBuiltin *builtin,
                                             ShyFeelValue        **arguments);

typedef struct
{
  const char *name;
  guint       takes;
} ShyFeelBuiltinParameter;

/* One signature. Those of one name stand next to each other. */
struct _ShyFeelBuiltin
{
  const char             *name;
  ShyFeelBuiltinCall      call;
  ShyFeelBuiltinStyle     style;
  int                     detail; /* for functions that share their code */
  ShyFeelBuiltinParameter parameters[SHY_FEEL_BUILTIN_PARAMETERS_MAX];
};

/* The tables of the chapters of DMN 1.5 §10.3.4, each ended by a row without name. */
extern const ShyFeelBuiltin shy_feel_conversion_builtins[];
extern const ShyFeelBuiltin shy_feel_string_builtins[];
extern const ShyFeelBuiltin shy_feel_list_builtins[];
extern const ShyFeelBuiltin shy_feel_number_builtins[];
extern const ShyFeelBuiltin shy_feel_statistics_builtins[];
extern const ShyFeelBuiltin shy_feel_temporal_builtins[];
extern const ShyFeelBuiltin shy_feel_range_builtins[];
extern const ShyFeelBuiltin shy_feel_context_builtins[];

const ShyFeelBuiltin *shy_feel_builtin_lookup  (const char           *name);
gboolean              shy_feel_builtin_is_head (const char           *word);
ShyFeelValue         *shy_feel_builtin_call    (ShyFeelRun           *run,
                                                const ShyFeelBuiltin *builtin,
                                                ShyFeelValue *const  *arguments,
                                                guint                 n_arguments,
                                                const char *const    *names);
ShyFeelValue         *shy_feel_builtin_refuse  (const ShyFeelBuiltin *builtin,
                                                const char           *reason);

G_END_DECLS
