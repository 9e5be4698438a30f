/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-evaluate-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Externally defined functions, DMN 1.5 §10.3.2.8.3. There is no Java here; of its classes those
 * static methods of java.lang.Math are there that the specification takes for its examples and
 * that C has, too. Models that were written elsewhere use them. */

#define ARGUMENTS_MAX 2

typedef double (*Unary) (double);
typedef double (*Binary) (double,
                          double);

typedef struct
{
  const char *name;
  Unary       unary;  /* (nullable) */
  Binary      binary; /* (nullable) */
} Method;

static double
signum (double x)
{
  return (x > 0) - (x < 0);
}

static double
to_degrees (double radians)
{
  return radians * 180 / G_PI;
}

static double
to_radians (double degrees)
{
  return degrees / 180 * G_PI;
}

/* Java rounds halves up, also below zero. */
static double
round_half_up (double x)
{
  return floor (x + 0.5);
}

static const Method methods[] = {
  { "abs", fabs, NULL },       { "acos", acos, NULL },       { "asin", asin, NULL },
  { "atan", atan, NULL },      { "atan2", NULL, atan2 },     { "cbrt", cbrt, NULL },
  { "ceil", ceil, NULL },      { "cos", cos, NULL },         { "cosh", cosh, NULL },
  { "exp", exp, NULL },        { "floor", floor, NULL },     { "hypot", NULL, hypot },
  { "log", log, NULL },        { "log10", log10, NULL },     { "max", NULL, fmax },
  { "min", NULL, fmin },       { "pow", NULL, pow },         { "rint", rint, NULL },
  { "round", round_half_up, NULL }, { "signum", signum, NULL }, { "sin", sin, NULL },
  { "sinh", sinh, NULL },      { "sqrt", sqrt, NULL },       { "tan", tan, NULL },
  { "tanh", tanh, NULL },      { "toDegrees", to_degrees, NULL },
  { "toRadians", to_radians, NULL },
};

static const Method *
find_method (const char *name,
             guint       n_arguments)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].name, name) &&
        (n_arguments == 1 ? methods[i].unary != NULL
                          : n_arguments == 2 && methods[i].binary != NULL))
      return &methods[i];
  return NULL;
}

static gboolean
is_whole_type (const char *type)
{
  return g_str_equal (type, "int") || g_str_equal (type, "long");
}

/* Takes "name(type, type)" apart: the name, then the types. NULL if it is nothing of the kind. */
static char **
split_signature (const char *signature)
{
  const char      *open = strchr (signature, '(');
  g_autofree char *types = NULL;
  g_auto (GStrv)   parts = NULL;
  GPtrArray       *words;

  if (open == NULL || !g_str_has_suffix (signature, ")"))
    return NULL;
  types = g_strndup (open + 1, strlen (open) - 2);
  parts = g_strsplit (types, ",", -1);
  words = g_ptr_array_new ();
  g_ptr_array_add (words, g_strstrip (g_strndup (signature, open - signature)));
  for (gsize i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (words, g_strdup (g_strstrip (parts[i])));
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}

static gboolean
convert (const char   *type,
         ShyFeelValue *value,
         double       *number)
{
  if (value->type != SHY_FEEL_TYPE_NUMBER)
    return FALSE;
  if (is_whole_type (type))
    *number = (double) shy_feel_number_truncate (value->number);
  else if (g_str_equal (type, "double"))
    *number = shy_feel_number_to_double (value->number);
  else if (g_str_equal (type, "float"))
    *number = (float) shy_feel_number_to_double (value->number);
  else
    return FALSE;
  return TRUE;
}

static ShyFeelValue *
call_method (const char          *signature,
             ShyFeelValue *const *arguments,
             guint                n_arguments)
{
  g_auto (GStrv) words = split_signature (signature);
  guint          n_types = words == NULL ? 0 : g_strv_length (words) - 1;
  double         numbers[ARGUMENTS_MAX] = { 0 };
  double         result;
  const Method  *method;
  ShyFeelNumber  number;

  method = words == NULL ? NULL : find_method (words[0], n_types);
  if (method == NULL || n_types != n_arguments)
    return shy_feel_value_new_error (_("java.lang.Math has no method “%s” here."), signature);
  for (guint i = 0; i < n_types; i++)
    if (!convert (words[i + 1], arguments[i], &numbers[i]))
      return shy_feel_value_new_error (_("A %s cannot be handed over as “%s”."),
                                       shy_feel_type_get_label (arguments[i]->type), words[i + 1]);

  result = n_types == 1 ? method->unary (numbers[0]) : method->binary (numbers[0], numbers[1]);
  if (!shy_feel_number_from_double (result, &number))
    return shy_feel_value_new_error (_("The result of “%s” is no number."), signature);
  return shy_feel_value_new_decimal128 (number);
}

static const char *
get_text (ShyFeelValue *context,
          const char   *key)
{
  ShyFeelValue *entry = context == NULL ? NULL : shy_feel_value_get_entry (context, key);

  return entry == NULL ? NULL : shy_feel_value_get_string (entry);
}

/* Calls what the mapping names. */
ShyFeelValue *
shy_feel_call_external (ShyFeelValue        *mapping,
                        ShyFeelValue *const *arguments,
                        guint                n_arguments)
{
  ShyFeelValue *java = shy_feel_value_get_entry (mapping, "java");
  const char   *class_name = get_text (java, "class");
  const char   *signature = get_text (java, "method signature");

  if (class_name == NULL || signature == NULL || !g_str_equal (class_name, "java.lang.Math"))
    return shy_feel_value_new_error (_("Functions outside of FEEL cannot be called, but for those "
                                       "of java.lang.Math."));
  return call_method (signature, arguments, n_arguments);
}
