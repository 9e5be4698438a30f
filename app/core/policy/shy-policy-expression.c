/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-functions-private.h"
#include "policy/shy-policy-reader-private.h"
#include "policy/shy-policy-tables-private.h"

#include "feel/shy-feel-expression.h"

#include <glib/gi18n-lib.h>

/* The FEEL expressions of a pack: read where they stand, parsed when all names are known. */

typedef struct
{
  ShyPolicyExpression *expression;
  const ShyJson       *json;
} Pending;

/* What is derived from what, while looking for a circle. The key date stands behind the derived
 * values as one more. */
typedef struct
{
  ShyPolicyReader *reader;
  guint8          *states;
  GArray          *path; /* of guint: from the first to where we are */
} Walk;

enum { NEW, OPEN, DONE };

/* Reads an expression; its parsing waits until shy_policy_reader_parse(). */
ShyPolicyExpression *
shy_policy_reader_expression (ShyPolicyReader *reader, const ShyJson *object, const char *name)
{
  g_autofree char     *text = shy_json_reader_string (&reader->json, object, name);
  ShyPolicyExpression *self;
  Pending             *pending;

  if (text == NULL)
    return NULL;
  self = g_new0 (ShyPolicyExpression, 1);
  self->text = g_steal_pointer (&text);
  self->where = shy_json_path (shy_json_get (object, name));
  self->names = g_ptr_array_new ();

  pending = g_new0 (Pending, 1);
  pending->expression = self;
  pending->json = shy_json_get (object, name);
  g_ptr_array_add (reader->pending, pending);
  return self;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* All that an expression may name: sorted, so that messages are the same every time. */
static GPtrArray *
list_names (ShyPolicy *policy)
{
  GPtrArray     *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       name;

  g_hash_table_iter_init (&iter, policy->names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return names;
}

static void
fail_unknown (ShyPolicyReader *reader, const ShyJson *json, const char *name, GPtrArray *known)
{
  const char      *nearest = shy_json_nearest (name, (char **) known->pdata);
  g_autofree char *list = g_strjoinv (", ", (char **) known->pdata);

  if (nearest != NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The expression reads “%s”, which the pack does not have. Did you "
                            "mean “%s”? There are: %s."), name, nearest, list);
  else
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The expression reads “%s”, which the pack does not have. There are: "
                            "%s."), name, list);
}

static void
parse (ShyPolicyReader *reader, Pending *pending, GPtrArray *known)
{
  ShyPolicyExpression *self = pending->expression;
  g_autoptr (GError)   error = NULL;
  g_auto (GStrv)       free_names = NULL;
  const char *const   *slots;
  gsize                n_slots = 0;

  self->feel = shy_feel_expression_new (self->text, (const char *const *) known->pdata, &error);
  if (self->feel == NULL)
    {
      /* Translators: an expression, then what is wrong with it, with line and column. */
      shy_json_reader_fail (&reader->json, pending->json, SHY_ERROR_SYNTAX,
                            _("The expression “%s” cannot be parsed: %s"), self->text,
                            error->message);
      return;
    }
  shy_policy_reader_check_calls (reader, pending->json, shy_feel_expression_get_root (self->feel));
  slots = shy_feel_expression_get_slots (self->feel, &n_slots);
  for (gsize i = 0; i < n_slots; i++)
    {
      const ShyPolicyName *name = shy_policy_find_name (reader->policy, slots[i]);

      /* What the pack does not have may be a member of the items in a filter. */
      if (name != NULL)
        g_ptr_array_add (self->names, (gpointer) name);
    }
  free_names = shy_feel_expression_list_names (self->feel);
  for (gsize i = 0; free_names[i] != NULL; i++)
    if (shy_policy_find_name (reader->policy, free_names[i]) == NULL)
      fail_unknown (reader, pending->json, free_names[i], known);
  if (self->names->len > SHY_POLICY_MAX_NAMES_READ)
    shy_json_reader_fail (&reader->json, pending->json, SHY_ERROR_LIMIT,
                          _("The expression reads more than %d names. Divide it by derived "
                            "values."), SHY_POLICY_MAX_NAMES_READ);
}

static const ShyPolicyExpression *
get_expression (ShyPolicy *policy, guint index)
{
  if (index == policy->derived->len)
    return policy->key_date;
  return ((const ShyPolicyDerived *) g_ptr_array_index (policy->derived, index))->expression;
}

static const char *
get_name (ShyPolicy *policy, guint index)
{
  if (index == policy->derived->len)
    return SHY_POLICY_NAME_KEY;
  return ((const ShyPolicyDerived *) g_ptr_array_index (policy->derived, index))->name;
}

static const ShyJson *
find_json (ShyPolicyReader *reader, const ShyPolicyExpression *expression)
{
  for (guint i = 0; i < reader->pending->len; i++)
    {
      const Pending *pending = g_ptr_array_index (reader->pending, i);

      if (pending->expression == expression)
        return pending->json;
    }
  return NULL;
}

static void
fail_cycle (Walk *walk, guint again)
{
  ShyPolicy          *policy = walk->reader->policy;
  g_autoptr (GString) circle = g_string_new (NULL);
  gboolean            inside = FALSE;

  for (guint i = 0; i < walk->path->len; i++)
    {
      guint index = g_array_index (walk->path, guint, i);

      inside = inside || index == again;
      if (inside)
        g_string_append_printf (circle, "%s → ", get_name (policy, index));
    }
  g_string_append (circle, get_name (policy, again));
  shy_json_reader_fail (&walk->reader->json,
                        find_json (walk->reader, get_expression (policy, again)),
                        SHY_ERROR_INVALID,
                        _("The expression leads back to itself: %s. Break the circle."),
                        circle->str);
}

static void
visit (Walk *walk, guint index)
{
  ShyPolicy                 *policy = walk->reader->policy;
  const ShyPolicyExpression *expression = get_expression (policy, index);

  if (walk->states[index] == DONE || walk->reader->json.error != NULL)
    return;
  if (walk->states[index] == OPEN)
    {
      fail_cycle (walk, index);
      return;
    }
  walk->states[index] = OPEN;
  g_array_append_val (walk->path, index);
  for (guint i = 0; expression != NULL && i < expression->names->len; i++)
    {
      const ShyPolicyName *name = g_ptr_array_index (expression->names, i);

      if (name->kind == SHY_POLICY_NAME_DERIVED)
        visit (walk, name->index);
      else if (g_str_equal (name->name, SHY_POLICY_NAME_KEY))
        visit (walk, policy->derived->len);
    }
  g_array_set_size (walk->path, walk->path->len - 1);
  walk->states[index] = DONE;
  if (index < policy->derived->len)
    g_array_append_val (policy->derived_order, index);
}

/* Puts each derived value behind those that it reads, and refuses a circle. */
static void
order_derived (ShyPolicyReader *reader)
{
  guint              count = reader->policy->derived->len;
  g_autofree guint8 *states = g_new0 (guint8, count + 1);
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint));
  Walk               walk = { reader, states, path };

  for (guint i = 0; i <= count; i++)
    visit (&walk, i);
}

/* Parses all expressions of the pack. */
void
shy_policy_reader_parse (ShyPolicyReader *reader)
{
  g_autoptr (GPtrArray) known = NULL;

  if (reader->json.error != NULL)
    return;
  known = list_names (reader->policy);
  for (guint i = 0; i < reader->pending->len && reader->json.error == NULL; i++)
    parse (reader, g_ptr_array_index (reader->pending, i), known);
  if (reader->json.error == NULL)
    order_derived (reader);
}

/**
 * shy_policy_expression_get_text: (skip)
 * @self: an expression of a pack
 *
 * Returns: the expression as it is written
 */
const char *
shy_policy_expression_get_text (const ShyPolicyExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

void
shy_policy_expression_free (ShyPolicyExpression *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->where);
  g_clear_pointer (&self->feel, shy_feel_expression_unref);
  g_ptr_array_unref (self->names);
  g_free (self);
}
