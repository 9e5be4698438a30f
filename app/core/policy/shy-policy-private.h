/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-value.h"
#include "json/shy-json-private.h"
#include "policy/shy-policy-origin.h"
#include "policy/shy-policy.h"

G_BEGIN_DECLS

/* Names that every expression may read beside fields, settings and derived names. */
#define SHY_POLICY_NAME_ON      "on"      /* the day of the decision */
#define SHY_POLICY_NAME_KEY     "key"     /* the key date */
#define SHY_POLICY_NAME_COUNTY  "county"  /* GB/T 2260 code */
#define SHY_POLICY_NAME_HISTORY "history" /* list of earlier grants: policy, date, amount, year */

/* As many names as an evaluator has room for: in a pack, and in one expression. */
#define SHY_POLICY_MAX_NAMES      250
#define SHY_POLICY_MAX_NAMES_READ 64

typedef enum {
  SHY_POLICY_NAME_FIELD,   /* index into fields */
  SHY_POLICY_NAME_SETTING, /* index into settings */
  SHY_POLICY_NAME_DERIVED, /* index into derived */
  SHY_POLICY_NAME_BUILTIN, /* index: 0 on, 1 key, 2 county, 3 history */
  SHY_POLICY_NAME_FUNCTION, /* index: for shy_policy_function_get(), always known */
} ShyPolicyNameKind;

/* What a name of the pack stands for. */
typedef struct
{
  const char       *name;
  ShyPolicyNameKind kind;
  guint             index;
} ShyPolicyName;

/* A FEEL expression that stands in a pack. */
struct _ShyPolicyExpression
{
  char                        *text;  /* as written */
  char                        *where; /* its JSON path: $.criteria[2].condition */
  struct _ShyFeelExpression   *feel;  /* (owned) parsed */
  GPtrArray                   *names; /* of const ShyPolicyName: what it reads, each once */
};

/* Another version of a policy that the registry holds. */
typedef struct
{
  char  *version; /* (owned) */
  GDate  from;    /* invalid: from always */
  GDate  until;   /* invalid: for ever */
} ShyPolicyVersion;

/* Where a county may still stand after it left its group. */
typedef enum {
  SHY_POLICY_LEFT_WARN,
  SHY_POLICY_LEFT_PERSON,
  SHY_POLICY_LEFT_REFUSE,
} ShyPolicyLeft;

struct _ShyPolicy
{
  GObject              parent_instance;
  gboolean             resolved;    /* for a county and a key date, by shy_policy_resolve() */
  GMutex               lock;        /* guards resolutions */
  GHashTable          *resolutions; /* (owned): what shy_policy_resolve() gave, by its question */
  ShyJsonDocument     *json;        /* (owned): what it was read from */
  GBytes              *text;        /* (owned) (nullable): the pack as it was read; none if resolved */
  char                *digest;      /* (owned) (nullable): SHA-256 of text, in hexadecimal */
  ShyPolicyOrigin     *origin;      /* (owned) (nullable): by whose word it decides */
  GArray              *versions;    /* (owned) (nullable) of ShyPolicyVersion: the others there are */
  gint64               journalled;  /* entry of the register's journal up to which it is known to be in
                                     * force; -1 if no register says so */
  char                  *file;        /* for messages: a path, or the name it was given */
  char                  *id;
  char                  *version;
  ShyText               *title;
  ShyText               *summary;     /* (nullable) */
  gboolean               application; /* FALSE: a rule, decided from registers */
  const ShyField        *person;     /* (nullable) */
  const ShyField        *birth;      /* (nullable): date of birth */
  const ShyField        *name;       /* (nullable) */
  const ShyField        *paper;      /* (nullable): which kind of paper the person has */
  const ShyField        *employer;   /* (nullable) */
  const ShyField        *county;     /* (nullable) */
  ShyPolicyDates         effective;
  const ShyPolicyClause *effective_clause; /* (nullable): which says so */
  ShyPolicyExpression   *key_date;    /* (nullable): the day of the decision */
  char                  *group;       /* (nullable): any county */
  ShyPolicyLeft          left;
  const ShyPolicyClause *group_clause; /* (nullable) */
  GPtrArray             *documents;   /* of ShyPolicyDocument; so on for the others */
  GPtrArray             *clauses;
  GPtrArray             *settings;
  GPtrArray             *tables;
  GPtrArray             *imports;     /* of ShyPolicyImport: those that are done */
  ShyFeelValue          *table_value; /* (owned): the function that looks into the tables */
  GPtrArray             *fields;
  GPtrArray             *derived;     /* in the order of the pack */
  GArray                *derived_order; /* of guint: each after those it reads */
  GPtrArray             *relations;   /* of ShyPolicyRelation */
  GPtrArray             *criteria;
  ShyPolicyAmount       *amount;      /* (nullable): nothing is paid */
  GPtrArray             *limits;
  GPtrArray             *steps;
  GPtrArray             *overrides;
  GPtrArray             *cases;
  GPtrArray             *basis;       /* (nullable): keeps the documents that overrides point to */
  GPtrArray             *basis_clauses; /* (nullable): the same of their clauses */
  GPtrArray             *applied;     /* of const ShyPolicyOverride: those that are in force here */
  GHashTable            *names;       /* name to ShyPolicyName */
};

const ShyPolicyName *shy_policy_find_name (ShyPolicy  *self,
                                           const char *name);

G_END_DECLS
