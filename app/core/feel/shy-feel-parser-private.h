/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-node-private.h"
#include "feel/shy-feel-scanner-private.h"

G_BEGIN_DECLS

/* How deep an expression may nest, and how deep its tree may grow through long chains such as
 * 1+1+1+…; both bound the stack. */
#define SHY_FEEL_PARSER_NESTING_MAX 200
#define SHY_FEEL_TREE_DEPTH_MAX     1000

/* A name that the expression itself makes. */
typedef struct
{
  char     *name; /* (owned) normalised */
  guint     slot;
  gboolean *used; /* (nullable) set when the name is mentioned */
} ShyFeelVariable;

/* The function whose body is being read; the outermost is the expression. */
typedef struct _ShyFeelFrame
{
  struct _ShyFeelFrame *parent;
  ShyFeelNode          *node;     /* (nullable) NULL for the expression */
  guint                 n_locals;
} ShyFeelFrame;

/* Names that are visible from some place on; innermost first. */
typedef struct _ShyFeelBlock
{
  struct _ShyFeelBlock *parent;
  ShyFeelFrame         *frame;
  GArray               *variables; /* (owned) of ShyFeelVariable */
  gboolean              is_filter; /* keys of the item are names, too */
  guint                 item_slot;
} ShyFeelBlock;

typedef struct
{
  const char   *text;
  GArray       *tokens;      /* (owned) */
  guint         position;
  guint         nesting;
  GError       *error;       /* (owned) (nullable) the first one */

  GHashTable   *given;       /* (owned) names that have a value outside, normalised */
  GHashTable   *outside;     /* (owned) names used of them, and unknown ones: to slot + 1 */
  GPtrArray    *slots;       /* (owned) the same in order */
  GHashTable   *free_names;  /* (owned) those of slots that no filter could explain */
  GHashTable   *members;     /* (owned) keys of contexts that may follow a point */
  GHashTable   *heads;       /* (owned) first words of names of several tokens */
  ShyFeelBlock *block;
  ShyFeelFrame *frame;
} ShyFeelParser;

/* tokens */
const ShyFeelToken *shy_feel_parser_peek      (ShyFeelParser    *self,
                                               int               ahead);
gboolean     shy_feel_parser_at_symbol        (ShyFeelParser    *self,
                                               guint             symbol);
gboolean     shy_feel_parser_at_word          (ShyFeelParser    *self,
                                               const char       *word);
gboolean     shy_feel_parser_take_symbol      (ShyFeelParser    *self,
                                               guint             symbol);
gboolean     shy_feel_parser_take_word        (ShyFeelParser    *self,
                                               const char       *word);
gboolean     shy_feel_parser_expect_symbol    (ShyFeelParser    *self,
                                               guint             symbol,
                                               const char       *expected);
gboolean     shy_feel_parser_expect_word      (ShyFeelParser    *self,
                                               const char       *word);
gpointer     shy_feel_parser_fail             (ShyFeelParser    *self,
                                               const char       *expected);
gboolean     shy_feel_parser_enter            (ShyFeelParser    *self);

/* names */
void         shy_feel_parser_open_block       (ShyFeelParser    *self,
                                               ShyFeelBlock     *block);
void         shy_feel_parser_close_block      (ShyFeelParser    *self);
guint        shy_feel_parser_declare          (ShyFeelParser    *self,
                                               const char       *name,
                                               gboolean         *used);
void         shy_feel_parser_add_head         (ShyFeelParser    *self,
                                               const char       *name);
void         shy_feel_parser_add_member       (ShyFeelParser    *self,
                                               const char       *name);
char        *shy_feel_parser_take_declared    (ShyFeelParser    *self);
char        *shy_feel_parser_take_member      (ShyFeelParser    *self);
gboolean     shy_feel_parser_knows            (ShyFeelParser    *self,
                                               const char       *name);
gboolean     shy_feel_parser_at_named_argument (ShyFeelParser   *self);
ShyFeelNode *shy_feel_parser_name             (ShyFeelParser    *self);

gpointer     shy_feel_parser_fail_limit       (ShyFeelParser    *self);
ShyFeelOperator shy_feel_parser_operator      (ShyFeelParser    *self);

/* expressions */
ShyFeelNode *shy_feel_parser_join             (ShyFeelParser    *self,
                                               ShyFeelNodeKind   kind,
                                               ShyFeelOperator   op,
                                               ShyFeelNode      *left,
                                               ShyFeelNode      *right);
ShyFeelNode *shy_feel_parser_interval_end     (ShyFeelParser    *self);
ShyFeelNode *shy_feel_parser_expression       (ShyFeelParser    *self);
ShyFeelNode *shy_feel_parser_sum              (ShyFeelParser    *self);
ShyFeelNode *shy_feel_parser_primary          (ShyFeelParser    *self);
ShyFeelNode *shy_feel_parser_interval_rest    (ShyFeelParser    *self,
                                               ShyFeelNode      *start_node,
                                               gboolean          start_included,
                                               guint             start);
ShyFeelNode *shy_feel_parser_iteration        (ShyFeelParser    *self);
ShyFeelNode *shy_feel_parser_test             (ShyFeelParser    *self,
                                               gboolean          any_operator);
ShyFeelPattern *shy_feel_parser_pattern       (ShyFeelParser    *self);
ShyFeelNode *shy_feel_parser_function         (ShyFeelParser    *self,
                                               const char       *own_name);

G_END_DECLS
