/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-builtin-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const ShyFeelBuiltin *const chapters[] = {
  shy_feel_conversion_builtins, shy_feel_string_builtins,   shy_feel_list_builtins,
  shy_feel_number_builtins,     shy_feel_statistics_builtins, shy_feel_temporal_builtins,
  shy_feel_range_builtins,      shy_feel_context_builtins,
};

static GHashTable *by_name; /* name to its first row */
static GHashTable *heads;   /* first words of names of several, and of properties */

static void
add_head (const char *name)
{
  g_autofree char *word = NULL;

  if (strchr (name, ' ') == NULL)
    return;
  word = g_strndup (name, strcspn (name, " "));
  g_hash_table_add (heads, (gpointer) g_intern_string (word));
}

static void
fill_tables (void)
{
  static gsize             filled = 0;
  static const char *const property_heads[] = { "time", "start", "end" };

  if (!g_once_init_enter (&filled))
    return;
  by_name = g_hash_table_new (g_str_hash, g_str_equal);
  heads = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < G_N_ELEMENTS (property_heads); i++)
    g_hash_table_add (heads, (gpointer) property_heads[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (chapters); i++)
    for (const ShyFeelBuiltin *row = chapters[i]; row->name != NULL; row++)
      if (!g_hash_table_contains (by_name, row->name))
        {
          g_hash_table_insert (by_name, (gpointer) row->name, (gpointer) row);
          add_head (row->name);
        }
  g_once_init_leave (&filled, 1);
}

/* The first signature of a function, NULL if the language has none of that name. */
const ShyFeelBuiltin *
shy_feel_builtin_lookup (const char *name)
{
  fill_tables ();
  return g_hash_table_lookup (by_name, name);
}

/* Whether a name of several words, of a function or property, begins with this one. */
gboolean
shy_feel_builtin_is_head (const char *word)
{
  fill_tables ();
  return g_hash_table_contains (heads, word);
}

ShyFeelValue *
shy_feel_builtin_refuse (const ShyFeelBuiltin *builtin,
                         const char           *reason)
{
  /* Translators: the name of a function, and why it has no result. */
  return shy_feel_value_new_error (_("%s(): %s"), builtin->name, reason);
}

static guint
count_parameters (const ShyFeelBuiltin *builtin)
{
  guint n = 0;

  while (n < SHY_FEEL_BUILTIN_PARAMETERS_MAX && builtin->parameters[n].name != NULL)
    n++;
  return n;
}

static gboolean
takes (guint         mask,
       ShyFeelValue *value)
{
  return (mask & (1u << value->type)) != 0;
}

/* The implicit conversions of DMN 1.5 §10.3.2.9.4. NULL if the value does not fit. */
static ShyFeelValue *
convert (guint         mask,
         ShyFeelValue *value)
{
  if (takes (mask, value))
    return shy_feel_value_ref (value);
  if ((mask & SHY_FEEL_TAKES_LITERALLY) != 0 || value->type == SHY_FEEL_TYPE_NULL)
    return NULL;
  if (value->type == SHY_FEEL_TYPE_LIST && value->list.n_items == 1 &&
      value->list.items[0]->type != SHY_FEEL_TYPE_NULL && takes (mask, value->list.items[0]))
    return shy_feel_value_ref (value->list.items[0]);
  if ((mask & SHY_FEEL_TAKES_LIST) != 0)
    return shy_feel_value_new_list (&value, 1);
  return NULL;
}

/* One call being fitted to one signature. */
typedef struct
{
  const ShyFeelBuiltin *builtin;
  guint                 n_parameters;
  ShyFeelValue         *bound[SHY_FEEL_BUILTIN_PARAMETERS_MAX]; /* each (owned) (nullable) */
  ShyFeelValue         *failure; /* (owned) (nullable) why it does not fit */
  gboolean              counted; /* the failure is that of the wrong number of arguments */
} Fit;

static void
clear_fit (Fit *self)
{
  for (guint i = 0; i < SHY_FEEL_BUILTIN_PARAMETERS_MAX; i++)
    g_clear_pointer (&self->bound[i], shy_feel_value_unref);
}

/* Keeps the reason of the first signature whose number of arguments was right. Takes it. */
static gboolean
misfit (Fit          *self,
        ShyFeelValue *failure)
{
  if (self->failure != NULL && !self->counted)
    shy_feel_value_unref (failure);
  else
    {
      g_clear_pointer (&self->failure, shy_feel_value_unref);
      self->failure = failure;
      self->counted = FALSE;
    }
  return FALSE;
}

static gboolean
misfit_type (Fit          *self,
             guint         parameter,
             ShyFeelValue *value)
{
  if (shy_feel_value_get_error (value) != NULL)
    return misfit (self, shy_feel_value_ref (value));
  return misfit (self, shy_feel_value_new_error (_("%s(): “%s” cannot be a %s."),
                                                 self->builtin->name,
                                                 self->builtin->parameters[parameter].name,
                                                 shy_feel_type_get_label (value->type)));
}

static gboolean
misfit_count (Fit  *self,
              guint n_arguments)
{
  if (self->failure == NULL)
    {
      misfit (self, shy_feel_value_new_error (_("%s() cannot be called with %u arguments."),
                                              self->builtin->name, n_arguments));
      self->counted = TRUE;
    }
  return FALSE;
}

static gboolean
bind_one (Fit          *self,
          guint         parameter,
          ShyFeelValue *value)
{
  guint mask = self->builtin->parameters[parameter].takes;

  if ((mask & SHY_FEEL_TAKES_NULLABLE) != 0 && value->type == SHY_FEEL_TYPE_NULL &&
      shy_feel_value_get_error (value) == NULL)
    return TRUE;
  self->bound[parameter] = convert (mask, value);
  return self->bound[parameter] != NULL || misfit_type (self, parameter, value);
}

/* What was not given must be one that can be left out. */
static gboolean
check_missing (Fit *self)
{
  for (guint i = 0; i < self->n_parameters; i++)
    if (self->bound[i] == NULL &&
        (self->builtin->parameters[i].takes & (SHY_FEEL_TAKES_NULLABLE | SHY_FEEL_TAKES_UNNAMED))
          == 0)
      return misfit (self, shy_feel_value_new_error (_("%s() needs “%s”."), self->builtin->name,
                                                     self->builtin->parameters[i].name));
  return TRUE;
}

static gboolean
bind_named (Fit                 *self,
            ShyFeelValue *const *arguments,
            guint                n_arguments,
            const char *const   *names)
{
  for (guint i = 0; i < n_arguments; i++)
    {
      guint parameter = 0;

      while (parameter < self->n_parameters &&
             !g_str_equal (self->builtin->parameters[parameter].name, names[i]))
        parameter++;
      if (parameter == self->n_parameters)
        return misfit (self, shy_feel_value_new_error (_("%s() has no parameter “%s”."),
                                                       self->builtin->name, names[i]));
      if (self->bound[parameter] != NULL)
        return misfit (self, shy_feel_value_new_error (_("%s() got “%s” twice."),
                                                       self->builtin->name, names[i]));
      if (!bind_one (self, parameter, arguments[i]))
        return FALSE;
    }
  return check_missing (self);
}

/* The arguments from one position on become a list, each converted on its own. */
static gboolean
bind_rest (Fit                 *self,
           guint                parameter,
           ShyFeelValue *const *arguments,
           guint                n_arguments)
{
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) shy_feel_value_unref);

  for (guint i = 0; i < n_arguments; i++)
    {
      if (!bind_one (self, parameter, arguments[i]))
        return FALSE;
      g_ptr_array_add (items, g_steal_pointer (&self->bound[parameter]));
    }
  self->bound[parameter] = shy_feel_value_new_list_steal (g_steal_pointer (&items));
  return TRUE;
}

static gboolean
bind_positional (Fit                 *self,
                 ShyFeelValue *const *arguments,
                 guint                n_arguments)
{
  const ShyFeelBuiltin *builtin = self->builtin;
  guint                 n_single = self->n_parameters;

  if (builtin->style == SHY_FEEL_BUILTIN_AGGREGATE && n_arguments != 1)
    {
      if (n_arguments == 0)
        return misfit_count (self, n_arguments);
      self->bound[0] = shy_feel_value_new_list (arguments, n_arguments);
      return TRUE;
    }
  if (builtin->style == SHY_FEEL_BUILTIN_VARIADIC)
    n_single--;
  else if (n_arguments > n_single)
    return misfit_count (self, n_arguments);

  for (guint i = 0; i < MIN (n_arguments, n_single); i++)
    if (!bind_one (self, i, arguments[i]))
      return FALSE;
  if (builtin->style == SHY_FEEL_BUILTIN_VARIADIC && n_arguments > n_single &&
      !bind_rest (self, n_single, arguments + n_single, n_arguments - n_single))
    return FALSE;
  for (guint i = n_arguments; i < self->n_parameters; i++)
    if ((builtin->parameters[i].takes & SHY_FEEL_TAKES_OPTIONAL) != SHY_FEEL_TAKES_OPTIONAL)
      return misfit_count (self, n_arguments);
  return TRUE;
}

static gboolean
bind (Fit                 *self,
      ShyFeelValue *const *arguments,
      guint                n_arguments,
      const char *const   *names)
{
  gboolean fits = names != NULL ? bind_named (self, arguments, n_arguments, names)
                                : bind_positional (self, arguments, n_arguments);
  guint    last = self->n_parameters - 1;

  /* Given by name, the repeated parameter came once. */
  if (fits && names != NULL && self->builtin->style == SHY_FEEL_BUILTIN_VARIADIC)
    {
      ShyFeelValue *one = self->bound[last];

      self->bound[last] = shy_feel_value_new_list (&one, one == NULL ? 0 : 1);
      g_clear_pointer (&one, shy_feel_value_unref);
    }
  return fits;
}

/* What a function goes through is work; FALSE if it is too much, before it is begun. */
static gboolean
spend_arguments (ShyFeelRun          *run,
                 ShyFeelValue *const *arguments,
                 guint                n_arguments)
{
  for (guint i = 0; i < n_arguments; i++)
    shy_feel_run_weigh (run, arguments[i]);
  return shy_feel_run_spend (run, 2);
}

/* Calls the first signature that the arguments fit. */
ShyFeelValue *
shy_feel_builtin_call (ShyFeelRun           *run,
                       const ShyFeelBuiltin *builtin,
                       ShyFeelValue *const  *arguments,
                       guint                 n_arguments,
                       const char *const    *names)
{
  const char *name = builtin->name;
  Fit         fit = { 0 };

  if (!spend_arguments (run, arguments, n_arguments))
    return shy_feel_run_exhausted (run);
  for (; builtin->name != NULL && g_str_equal (builtin->name, name); builtin++)
    {
      ShyFeelValue *result = NULL;

      fit.builtin = builtin;
      fit.n_parameters = count_parameters (builtin);
      if (bind (&fit, arguments, n_arguments, names))
        result = builtin->call (run, builtin, fit.bound);
      clear_fit (&fit);
      if (result != NULL)
        {
          g_clear_pointer (&fit.failure, shy_feel_value_unref);
          shy_feel_run_weigh (run, result);
          return result;
        }
    }
  return fit.failure;
}
