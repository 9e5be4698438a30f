/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-reader-private.h"

#include <glib/gi18n-lib.h>

/* The FEEL expressions of a pack: read where they stand, parsed when all names are known. */

typedef struct
{
  ShyPolicyExpression *expression;
  const ShyJson       *json;
} Pending;

/* Reads an expression; its parsing waits until shy_policy_reader_parse(). */
ShyPolicyExpression *
shy_policy_reader_expression (ShyPolicyReader *reader, const ShyJson *object, const char *name)
{
  g_autofree char     *text = shy_policy_reader_string (reader, object, name);
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

/* Parses all expressions of the pack. */
void
shy_policy_reader_parse (ShyPolicyReader *reader)
{
}

void
shy_policy_expression_free (ShyPolicyExpression *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->where);
  g_ptr_array_unref (self->names);
  g_free (self);
}
