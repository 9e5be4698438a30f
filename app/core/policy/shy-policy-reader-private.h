/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/shy-json-reader-private.h"
#include "policy/shy-policy-private.h"

G_BEGIN_DECLS

/* Reads what only packs hold; the rest is read with the plain reader inside. */
typedef struct
{
  ShyJsonReader json;
  ShyPolicy    *policy;  /* what is being read */
  GPtrArray    *pending; /* of Pending: expressions to parse when all names are known */
} ShyPolicyReader;

typedef gpointer (*ShyPolicyReadFunc) (ShyPolicyReader *reader,
                                       const ShyJson   *json);

ShyText *shy_policy_reader_text      (ShyPolicyReader *reader,
                                      const ShyJson   *object,
                                      const char      *name);
gint64         shy_policy_reader_fen       (ShyPolicyReader *reader,
                                            const ShyJson   *json);
GDate         *shy_policy_reader_date      (ShyPolicyReader *reader,
                                            const ShyJson   *object,
                                            const char      *name);
void           shy_policy_reader_dates     (ShyPolicyReader *reader,
                                            const ShyJson   *object,
                                            ShyPolicyDates  *dates);
char          *shy_policy_reader_scalar    (ShyPolicyReader *reader,
                                            const ShyJson   *json);
char          *shy_policy_reader_county    (ShyPolicyReader *reader,
                                            const ShyJson   *object,
                                            const char      *name);
void           shy_policy_reader_list      (ShyPolicyReader   *reader,
                                            const ShyJson     *object,
                                            const char        *name,
                                            ShyPolicyReadFunc  read,
                                            GPtrArray         *into);
gboolean       shy_policy_parse_fen        (const char      *text,
                                            gint64          *fen);

const ShyPolicyClause *
               shy_policy_reader_clause     (ShyPolicyReader *reader,
                                             const ShyJson   *object);
const ShyPolicyDocument *
               shy_policy_reader_document   (ShyPolicyReader *reader,
                                             const ShyJson   *object);
gconstpointer  shy_policy_reader_named      (ShyPolicyReader *reader,
                                             const ShyJson   *json,
                                             GPtrArray       *parts);
void           shy_policy_reader_limits     (ShyPolicyReader *reader,
                                             const ShyJson   *root);
gpointer       shy_policy_reader_override   (ShyPolicyReader *reader,
                                             const ShyJson   *json);
gpointer       shy_policy_reader_case       (ShyPolicyReader *reader,
                                             const ShyJson   *json);

ShyPolicyExpression *
               shy_policy_reader_expression (ShyPolicyReader *reader,
                                             const ShyJson   *object,
                                             const char      *name);
void           shy_policy_reader_parse      (ShyPolicyReader *reader);
void           shy_policy_expression_free   (ShyPolicyExpression *self);

G_END_DECLS
