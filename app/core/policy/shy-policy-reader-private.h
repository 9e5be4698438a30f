/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-private.h"

#include "shy-error.h"

G_BEGIN_DECLS

/* Reads the values of a pack strictly. The first thing that is wrong is kept as the error, with
 * file, line and JSON path; from then on every call does nothing and gives NULL, so that what
 * reads a pack can be written without a branch at each member. */
typedef struct
{
  const char *file;   /* for messages */
  ShyPolicy  *policy; /* what is being read */
  GPtrArray  *pending; /* of Pending: expressions to parse when all names are known */
  GError     *error;
} ShyPolicyReader;

typedef gpointer (*ShyPolicyReadFunc) (ShyPolicyReader *reader,
                                       const ShyJson   *json);

void           shy_policy_reader_fail      (ShyPolicyReader *reader,
                                            const ShyJson   *where,
                                            ShyError         code,
                                            const char      *format,
                                            ...) G_GNUC_PRINTF (4, 5);
gboolean       shy_policy_reader_is_object (ShyPolicyReader *reader,
                                            const ShyJson   *json);
gboolean       shy_policy_reader_object    (ShyPolicyReader *reader,
                                            const ShyJson   *json,
                                            const char      *members);
const ShyJson *shy_policy_reader_get       (ShyPolicyReader *reader,
                                            const ShyJson   *object,
                                            const char      *name,
                                            ShyJsonKind      kind);
char          *shy_policy_reader_string    (ShyPolicyReader *reader,
                                            const ShyJson   *object,
                                            const char      *name);
char         **shy_policy_reader_strings   (ShyPolicyReader *reader,
                                            const ShyJson   *object,
                                            const char      *name);
ShyPolicyText *shy_policy_reader_text      (ShyPolicyReader *reader,
                                            const ShyJson   *object,
                                            const char      *name);
gboolean       shy_policy_reader_boolean   (ShyPolicyReader *reader,
                                            const ShyJson   *object,
                                            const char      *name,
                                            gboolean         otherwise);
int            shy_policy_reader_word      (ShyPolicyReader *reader,
                                            const ShyJson   *object,
                                            const char      *name,
                                            const char      *words,
                                            int              otherwise);
gint64         shy_policy_reader_integer   (ShyPolicyReader *reader,
                                            const ShyJson   *object,
                                            const char      *name,
                                            gint64           least,
                                            gint64           otherwise);
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
void           shy_policy_reader_unique    (ShyPolicyReader *reader,
                                            const ShyJson   *object,
                                            const char      *name,
                                            const char      *key);
const char    *shy_policy_nearest          (const char      *word,
                                            char           **known);
gboolean       shy_policy_parse_fen        (const char      *text,
                                            gint64          *fen);

const ShyPolicyClause *
               shy_policy_reader_clause     (ShyPolicyReader *reader,
                                             const ShyJson   *object);
const ShyPolicyDocument *
               shy_policy_reader_document   (ShyPolicyReader *reader,
                                             const ShyJson   *object);
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
