/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-parser-private.h"

#include "feel/shy-feel-builtin-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* No name of more tokens is looked for. */
#define NAME_TOKENS_MAX 32

static void
clear_variable (gpointer variable)
{
  g_free (((ShyFeelVariable *) variable)->name);
}

void
shy_feel_parser_open_block (ShyFeelParser *self,
                            ShyFeelBlock  *block)
{
  block->parent = self->block;
  block->frame = self->frame;
  block->variables = g_array_new (FALSE, FALSE, sizeof (ShyFeelVariable));
  g_array_set_clear_func (block->variables, clear_variable);
  self->block = block;
}

void
shy_feel_parser_close_block (ShyFeelParser *self)
{
  ShyFeelBlock *block = self->block;

  self->block = block->parent;
  g_array_unref (block->variables);
}

/* Remembers how a name of several tokens begins, so that others need not be tried. */
void
shy_feel_parser_add_head (ShyFeelParser *self,
                          const char    *name)
{
  gsize length = strcspn (name, " +-*/.'");

  if (g_str_has_prefix (name + length, "\u2019") || name[length] != '\0')
    g_hash_table_add (self->heads, g_strndup (name, length));
  else if (strstr (name, "\u2019") != NULL)
    g_hash_table_add (self->heads, g_strndup (name, strstr (name, "\u2019") - name));
}

void
shy_feel_parser_add_member (ShyFeelParser *self,
                            const char    *name)
{
  g_autofree char *normal = shy_feel_normalize_name (name);

  shy_feel_parser_add_head (self, normal);
  g_hash_table_replace (self->members, g_steal_pointer (&normal), g_strdup (name));
}

/* Makes a local of the innermost function, visible from here to the end of the block. */
guint
shy_feel_parser_declare (ShyFeelParser *self,
                         const char    *name,
                         gboolean      *used)
{
  ShyFeelVariable variable = { .name = g_strdup (name), .slot = self->frame->n_locals++,
                               .used = used };

  shy_feel_parser_add_head (self, name);
  g_array_append_val (self->block->variables, variable);
  return variable.slot;
}

static ShyFeelVariable *
find_variable (ShyFeelBlock *block,
               const char   *name)
{
  for (guint i = block->variables->len; i > 0; i--)
    {
      ShyFeelVariable *variable = &g_array_index (block->variables, ShyFeelVariable, i - 1);

      if (g_str_equal (variable->name, name))
        return variable;
    }
  return NULL;
}

static gboolean
inside_filter (ShyFeelParser *self)
{
  for (ShyFeelBlock *block = self->block; block != NULL; block = block->parent)
    if (block->is_filter)
      return TRUE;
  return FALSE;
}

gboolean
shy_feel_parser_knows (ShyFeelParser *self,
                       const char    *name)
{
  for (ShyFeelBlock *block = self->block; block != NULL; block = block->parent)
    if (find_variable (block, name) != NULL)
      return TRUE;
  return g_hash_table_contains (self->given, name) || shy_feel_builtin_lookup (name) != NULL ||
         (inside_filter (self) && g_hash_table_contains (self->members, name));
}

static gboolean
is_member (ShyFeelParser *self,
           const char    *name)
{
  static const char *const properties[] = { "time offset", "start included", "end included", NULL };

  return g_strv_contains (properties, name) || g_hash_table_contains (self->members, name);
}

static gboolean
may_continue_name (const ShyFeelToken *token)
{
  if (token->type == SHY_FEEL_TOKEN_NUMBER)
    return strspn (token->text, "0123456789") == strlen (token->text);
  return token->type == SHY_FEEL_TOKEN_WORD ||
         (token->type == SHY_FEEL_TOKEN_SYMBOL && strchr ("+-*/.'", (int) token->symbol) != NULL &&
          token->symbol < 128);
}

/* Adds a token to a name in its normal form. */
static void
append_token (ShyFeelParser      *self,
              GString            *name,
              const ShyFeelToken *token,
              const ShyFeelToken *previous)
{
  if (token->type == SHY_FEEL_TOKEN_SYMBOL)
    g_string_append_len (name, self->text + token->start, token->end - token->start);
  else
    {
      if (previous != NULL && previous->type != SHY_FEEL_TOKEN_SYMBOL)
        g_string_append_c (name, ' ');
      g_string_append (name, token->text);
    }
}

/* The longest known name that begins here: DMN 1.5 §10.3.1.6. Returns its number of tokens. */
static guint
match_longest (ShyFeelParser *self,
               gboolean     (*known) (ShyFeelParser *, const char *))
{
  g_autoptr (GString) name = g_string_new (NULL);
  const ShyFeelToken *previous = NULL;
  guint               longest = 0;

  for (guint i = 0; i < NAME_TOKENS_MAX; i++)
    {
      const ShyFeelToken *token = shy_feel_parser_peek (self, i);

      if (!may_continue_name (token))
        break;
      append_token (self, name, token, previous);
      if (known (self, name->str))
        longest = i + 1;
      if (i == 0 && !g_hash_table_contains (self->heads, name->str) &&
          !shy_feel_builtin_is_head (name->str))
        break;
      previous = token;
    }
  return longest;
}

/* Words that stand side by side can only be one name. */
static guint
match_adjacent (ShyFeelParser *self)
{
  guint n_tokens = 1;

  while (n_tokens < NAME_TOKENS_MAX)
    {
      const ShyFeelToken *token = shy_feel_parser_peek (self, n_tokens);

      if (token->type == SHY_FEEL_TOKEN_SYMBOL || token->type == SHY_FEEL_TOKEN_STRING ||
          token->keyword || !may_continue_name (token))
        break;
      n_tokens++;
    }
  return n_tokens;
}

static char *
take_tokens (ShyFeelParser *self,
             guint          n_tokens)
{
  GString            *name = g_string_new (NULL);
  const ShyFeelToken *previous = NULL;

  for (guint i = 0; i < n_tokens; i++)
    {
      const ShyFeelToken *token = shy_feel_parser_peek (self, 0);

      append_token (self, name, token, previous);
      previous = token;
      self->position++;
    }
  return g_string_free (name, FALSE);
}

/* A name that is being declared: all that can belong to one, up to "in", ":", "," or ")". */
char *
shy_feel_parser_take_declared (ShyFeelParser *self)
{
  guint n_tokens = 0;

  if (shy_feel_parser_peek (self, 0)->type != SHY_FEEL_TOKEN_WORD)
    return shy_feel_parser_fail (self, _("a name"));
  while (may_continue_name (shy_feel_parser_peek (self, n_tokens)) &&
         !(n_tokens > 0 && shy_feel_parser_peek (self, n_tokens)->type == SHY_FEEL_TOKEN_WORD &&
           g_str_equal (shy_feel_parser_peek (self, n_tokens)->text, "in")))
    n_tokens++;
  return take_tokens (self, n_tokens);
}

/* The name behind a point. */
char *
shy_feel_parser_take_member (ShyFeelParser *self)
{
  g_autofree char *name = NULL;
  const char      *spelling;
  guint            n_tokens;

  if (shy_feel_parser_peek (self, 0)->type != SHY_FEEL_TOKEN_WORD)
    return shy_feel_parser_fail (self, _("a name behind “.”"));

  n_tokens = match_longest (self, is_member);
  name = take_tokens (self, n_tokens > 0 ? n_tokens : match_adjacent (self));
  spelling = g_hash_table_lookup (self->members, name);
  return spelling != NULL ? g_strdup (spelling) : g_steal_pointer (&name);
}

gboolean
shy_feel_parser_at_named_argument (ShyFeelParser *self)
{
  guint n_tokens = 0;

  if (shy_feel_parser_peek (self, 0)->type != SHY_FEEL_TOKEN_WORD)
    return FALSE;
  while (n_tokens < NAME_TOKENS_MAX && may_continue_name (shy_feel_parser_peek (self, n_tokens)))
    n_tokens++;
  return shy_feel_parser_peek (self, n_tokens)->type == SHY_FEEL_TOKEN_SYMBOL &&
         shy_feel_parser_peek (self, n_tokens)->symbol == ':';
}

/* Brings a name from the outside of a function into one of its locals, through every function
 * between; @owner is the frame that has it, NULL for a slot of the expression. */
static guint
capture (ShyFeelFrame   *frame,
         ShyFeelFrame   *owner,
         ShyFeelBinding *binding,
         guint           slot)
{
  ShyFeelNode   *node = frame->node;
  ShyFeelCapture new_capture;

  if (frame == owner || node == NULL)
    return slot;

  slot = capture (frame->parent, owner, binding, slot);
  for (guint i = 0; i < node->n_captures; i++)
    if (node->captures[i].binding == *binding && node->captures[i].from == slot)
      {
        *binding = SHY_FEEL_BINDING_LOCAL;
        return node->captures[i].to;
      }

  new_capture = (ShyFeelCapture) { .binding = *binding, .from = slot, .to = frame->n_locals++ };
  node->captures = g_renew (ShyFeelCapture, node->captures, node->n_captures + 1);
  node->captures[node->n_captures++] = new_capture;
  *binding = SHY_FEEL_BINDING_LOCAL;
  return new_capture.to;
}

static void
add_item_slot (ShyFeelParser *self,
               ShyFeelNode   *node,
               ShyFeelBlock  *filter)
{
  ShyFeelBinding binding = SHY_FEEL_BINDING_LOCAL;

  node->item_slots = g_renew (guint, node->item_slots, node->n_item_slots + 1);
  node->item_slots[node->n_item_slots++] =
    capture (self->frame, filter->frame, &binding, filter->item_slot);
}

/* The slot of a name that comes from outside, made when it is first used. */
static guint
use_slot (ShyFeelParser *self,
          const char    *name)
{
  gpointer position = g_hash_table_lookup (self->outside, name);

  if (position == NULL)
    {
      g_ptr_array_add (self->slots, g_strdup (name));
      position = GUINT_TO_POINTER (self->slots->len);
      g_hash_table_insert (self->outside, g_strdup (name), position);
    }
  return GPOINTER_TO_UINT (position) - 1;
}

static void
bind_outside (ShyFeelParser *self,
              ShyFeelNode   *node)
{
  gboolean given = g_hash_table_contains (self->given, node->name);

  if (!given && shy_feel_builtin_lookup (node->name) != NULL)
    {
      node->binding = SHY_FEEL_BINDING_BUILTIN;
      node->builtin = shy_feel_builtin_lookup (node->name);
      return;
    }
  node->binding = SHY_FEEL_BINDING_SLOT;
  node->slot = use_slot (self, node->name);
  if (given || node->n_item_slots == 0)
    g_hash_table_add (self->free_names, g_strdup (node->name));
  node->slot = capture (self->frame, NULL, &node->binding, node->slot);
}

/* Finds what a name means, from the inside out. */
static void
bind (ShyFeelParser *self,
      ShyFeelNode   *node)
{
  for (ShyFeelBlock *block = self->block; block != NULL; block = block->parent)
    {
      ShyFeelVariable *variable = find_variable (block, node->name);

      if (block->is_filter)
        add_item_slot (self, node, block);
      if (variable != NULL)
        {
          if (variable->used != NULL)
            *variable->used = TRUE;
          node->binding = SHY_FEEL_BINDING_LOCAL;
          node->slot = capture (self->frame, block->frame, &node->binding, variable->slot);
          return;
        }
    }
  bind_outside (self, node);
}

ShyFeelNode *
shy_feel_parser_name (ShyFeelParser *self)
{
  const ShyFeelToken *first = shy_feel_parser_peek (self, 0);
  ShyFeelNode        *node;
  guint               n_tokens;

  n_tokens = match_longest (self, shy_feel_parser_knows);
  if (n_tokens == 0 && first->keyword)
    return shy_feel_parser_fail (self, _("a value"));
  if (n_tokens == 0 || (inside_filter (self) && match_adjacent (self) > n_tokens))
    n_tokens = match_adjacent (self);

  node = shy_feel_node_new (SHY_FEEL_NODE_NAME, first->start);
  node->name = take_tokens (self, n_tokens);
  node->end = shy_feel_parser_peek (self, -1)->end;
  bind (self, node);
  return node;
}
