/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-expression.h"
#include "feel/shy-feel-value.h"

G_BEGIN_DECLS

typedef struct _ShyFeelNode ShyFeelNode;
typedef struct _ShyFeelBuiltin ShyFeelBuiltin;

/* What a part of an expression is. The children stand in the order given here. */
typedef enum {
  SHY_FEEL_NODE_LITERAL,    /* value */
  SHY_FEEL_NODE_NAME,       /* name, binding, slot */
  SHY_FEEL_NODE_LIST,       /* the items */
  SHY_FEEL_NODE_CONTEXT,    /* the values of the entries; keys, slots */
  SHY_FEEL_NODE_RANGE,      /* start, end; start_included, end_included */
  SHY_FEEL_NODE_TEST,       /* operand; op: a unary test such as "< 10". Outside of "in" only
                               <, <=, >, >=, and it is a range there */
  SHY_FEEL_NODE_AND,        /* two or more */
  SHY_FEEL_NODE_OR,         /* two or more */
  SHY_FEEL_NODE_COMPARISON, /* left, right; op */
  SHY_FEEL_NODE_BETWEEN,    /* value, lower, upper */
  SHY_FEEL_NODE_IN,         /* value, then the tests, one or more; slot: where "?" is */
  SHY_FEEL_NODE_ARITHMETIC, /* left, right; op */
  SHY_FEEL_NODE_NEGATION,   /* operand of unary minus */
  SHY_FEEL_NODE_IF,         /* condition, then, else */
  SHY_FEEL_NODE_FOR,        /* the domains of the iterators, then the body */
  SHY_FEEL_NODE_SOME,       /* likewise */
  SHY_FEEL_NODE_EVERY,      /* likewise */
  SHY_FEEL_NODE_CALL,       /* the function, then the arguments; argument_names if named */
  SHY_FEEL_NODE_PATH,       /* operand; name */
  SHY_FEEL_NODE_FILTER,     /* list, predicate; slot: where "item" is */
  SHY_FEEL_NODE_INSTANCE,   /* operand; type */
  SHY_FEEL_NODE_FUNCTION,   /* the body, or the mapping of an external one; parameters */
} ShyFeelNodeKind;

typedef enum {
  SHY_FEEL_OPERATOR_NONE,
  SHY_FEEL_OPERATOR_EQUAL,
  SHY_FEEL_OPERATOR_UNEQUAL,
  SHY_FEEL_OPERATOR_LESS,
  SHY_FEEL_OPERATOR_LESS_EQUAL,
  SHY_FEEL_OPERATOR_GREATER,
  SHY_FEEL_OPERATOR_GREATER_EQUAL,
  SHY_FEEL_OPERATOR_ADD,
  SHY_FEEL_OPERATOR_SUBTRACT,
  SHY_FEEL_OPERATOR_MULTIPLY,
  SHY_FEEL_OPERATOR_DIVIDE,
  SHY_FEEL_OPERATOR_POWER,
} ShyFeelOperator;

/* Where a name is found. */
typedef enum {
  SHY_FEEL_BINDING_SLOT,    /* given from outside: a slot of the expression */
  SHY_FEEL_BINDING_LOCAL,   /* made by the expression: a local of the function being run */
  SHY_FEEL_BINDING_BUILTIN, /* a function of the language */
} ShyFeelBinding;

/* A written type, DMN 1.5 grammar rule 52. */
typedef enum {
  SHY_FEEL_PATTERN_ANY,
  SHY_FEEL_PATTERN_SIMPLE,   /* type; also the null type */
  SHY_FEEL_PATTERN_LIST,     /* one part */
  SHY_FEEL_PATTERN_RANGE,    /* one part */
  SHY_FEEL_PATTERN_CONTEXT,  /* one part for each key */
  SHY_FEEL_PATTERN_FUNCTION, /* the parameters, then the result */
  SHY_FEEL_PATTERN_UNKNOWN,  /* names no type */
} ShyFeelPatternKind;

typedef struct _ShyFeelPattern
{
  ShyFeelPatternKind       kind;
  ShyFeelType              type;
  char                    *name;    /* (owned) as written */
  char                   **keys;    /* (owned) (nullable) */
  struct _ShyFeelPattern **parts;   /* (owned) */
  guint                    n_parts;
} ShyFeelPattern;

typedef struct
{
  char           *name;    /* (owned) */
  ShyFeelPattern *pattern; /* (owned) (nullable) */
} ShyFeelParameter;

typedef struct
{
  char    *name;     /* (owned) */
  guint    slot;     /* local that holds the current item */
  gboolean is_range; /* two children, "first..last", and not one */
} ShyFeelIterator;

/* How a function gets hold of a name from outside of it: copied when the function is made. */
typedef struct
{
  ShyFeelBinding binding; /* in the function or expression around it */
  guint          from;
  guint          to;      /* local of the function itself */
} ShyFeelCapture;

struct _ShyFeelNode
{
  ShyFeelNodeKind kind;
  ShyFeelOperator op;
  guint           start; /* bytes of the text that the node covers */
  guint           end;
  guint           depth; /* of the tree under it, 1 for a leaf */

  ShyFeelNode   **children; /* (owned) each (owned) */
  guint           n_children;

  ShyFeelValue   *value; /* (owned) (nullable) literal */
  char           *name;  /* (owned) (nullable) normalised */
  ShyFeelBinding  binding;
  guint           slot;
  const ShyFeelBuiltin *builtin; /* static */
  guint          *item_slots; /* (owned) (nullable) items of the filters around a name, from the
                                 inside out: if such an item is a context with this key, it is that */
  guint           n_item_slots;

  char          **keys;           /* (owned) (nullable) of a context */
  guint          *slots;          /* (owned) (nullable) locals of its entries */
  char          **argument_names; /* (owned) (nullable) */

  gboolean        start_included;
  gboolean        end_included;
  gboolean        uses_placeholder; /* a test that mentions "?" */

  ShyFeelIterator *iterators; /* (owned) (nullable) */
  guint            n_iterators;
  guint            partial_slot; /* of FOR */
  gboolean         uses_partial;

  ShyFeelPattern   *pattern;    /* (owned) (nullable) of INSTANCE */
  ShyFeelParameter *parameters; /* (owned) (nullable) of FUNCTION, in locals 0, 1, … */
  guint             n_parameters;
  ShyFeelCapture   *captures;   /* (owned) (nullable) */
  guint             n_captures;
  guint             n_locals;   /* of FUNCTION, also of the root */
  int               self_slot;  /* local that holds the function itself, or -1 */
  gboolean          external;
};

ShyFeelNode       *shy_feel_node_new             (ShyFeelNodeKind      kind,
                                                  guint                start);
void               shy_feel_node_free            (ShyFeelNode         *self);
void               shy_feel_node_add             (ShyFeelNode         *self,
                                                  ShyFeelNode         *child);
gboolean           shy_feel_node_uses_slot       (const ShyFeelNode   *self,
                                                  guint                slot);
void               shy_feel_pattern_free         (ShyFeelPattern      *self);

/* The tree of an expression, and the value of a part of it. @values stand in the order of
 * shy_feel_expression_get_slots(); a part of the tree may be evaluated alone if it is not inside
 * a node that makes locals: FOR, SOME, EVERY, FILTER, IN, CONTEXT, FUNCTION. */
const ShyFeelNode *shy_feel_expression_get_root      (ShyFeelExpression   *self);
ShyFeelValue      *shy_feel_expression_evaluate_node (ShyFeelExpression   *self,
                                                      const ShyFeelNode   *node,
                                                      ShyFeelValue *const *values);

/* The semantics of single operators, for whoever walks the tree. */
ShyFeelValue      *shy_feel_apply_operator       (ShyFeelOperator      op,
                                                  ShyFeelValue        *left,
                                                  ShyFeelValue        *right);
ShyFeelValue      *shy_feel_apply_range          (ShyFeelValue        *value,
                                                  ShyFeelValue        *range);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyFeelNode, shy_feel_node_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyFeelPattern, shy_feel_pattern_free)

G_END_DECLS
