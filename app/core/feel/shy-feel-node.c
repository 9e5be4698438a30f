/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-node-private.h"

ShyFeelNode *
shy_feel_node_new (ShyFeelNodeKind kind,
                   guint           start)
{
  ShyFeelNode *self = g_new0 (ShyFeelNode, 1);

  self->kind = kind;
  self->start = start;
  self->depth = 1;
  self->self_slot = -1;
  return self;
}

void
shy_feel_pattern_free (ShyFeelPattern *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->n_parts; i++)
    shy_feel_pattern_free (self->parts[i]);
  g_free (self->parts);
  g_strfreev (self->keys);
  g_free (self->name);
  g_free (self);
}

static void
free_lists (ShyFeelNode *self)
{
  for (guint i = 0; i < self->n_iterators; i++)
    g_free (self->iterators[i].name);
  g_free (self->iterators);

  for (guint i = 0; i < self->n_parameters; i++)
    {
      g_free (self->parameters[i].name);
      g_clear_pointer (&self->parameters[i].pattern, shy_feel_pattern_free);
    }
  g_free (self->parameters);
  g_free (self->captures);
  g_strfreev (self->keys);
  g_strfreev (self->argument_names);
  g_free (self->slots);
  g_free (self->item_slots);
}

/* The depth of every tree is limited by the parser. */
void
shy_feel_node_free (ShyFeelNode *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->n_children; i++)
    shy_feel_node_free (self->children[i]);
  g_free (self->children);
  free_lists (self);
  g_clear_pointer (&self->value, shy_feel_value_unref);
  g_clear_pointer (&self->pattern, shy_feel_pattern_free);
  g_free (self->name);
  g_free (self);
}

/* Takes the child. */
void
shy_feel_node_add (ShyFeelNode *self,
                   ShyFeelNode *child)
{
  g_return_if_fail (self != NULL && child != NULL);

  /* Powers of two: grown when the number reaches one. */
  if ((self->n_children & (self->n_children - 1)) == 0)
    self->children = g_renew (ShyFeelNode *, self->children,
                              self->n_children == 0 ? 1 : self->n_children * 2);
  self->children[self->n_children++] = child;
  self->depth = MAX (self->depth, child->depth + 1);
  self->end = MAX (self->end, child->end);
}

static gboolean
mentions (const ShyFeelNode *self,
          guint              slot)
{
  if (self->kind == SHY_FEEL_NODE_NAME)
    return self->binding == SHY_FEEL_BINDING_SLOT && self->slot == slot;
  for (guint i = 0; i < self->n_captures; i++)
    if (self->captures[i].binding == SHY_FEEL_BINDING_SLOT && self->captures[i].from == slot)
      return TRUE;
  return FALSE;
}

/* Whether a name given from outside can have a part in the value of this node. */
gboolean
shy_feel_node_uses_slot (const ShyFeelNode *self,
                         guint              slot)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (mentions (self, slot))
    return TRUE;
  if (self->kind == SHY_FEEL_NODE_FUNCTION)
    return FALSE; /* inside, slots are locals: what comes from outside is a capture */
  for (guint i = 0; i < self->n_children; i++)
    if (shy_feel_node_uses_slot (self->children[i], slot))
      return TRUE;
  return FALSE;
}
