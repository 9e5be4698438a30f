/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-scope.h"
#include "feel/shy-feel-value.h"

G_BEGIN_DECLS

#define SHY_FEEL_TYPE_EXPRESSION (shy_feel_expression_get_type ())
typedef struct _ShyFeelExpression ShyFeelExpression;

GType               shy_feel_expression_get_type        (void);
ShyFeelExpression  *shy_feel_expression_new             (const char         *text,
                                                         const char *const  *names,
                                                         GError            **error);
ShyFeelExpression  *shy_feel_expression_new_for_scope   (const char         *text,
                                                         ShyFeelScope       *scope,
                                                         GError            **error);
ShyFeelExpression  *shy_feel_expression_ref             (ShyFeelExpression  *self);
void                shy_feel_expression_unref           (ShyFeelExpression  *self);

const char         *shy_feel_expression_get_text        (ShyFeelExpression  *self);
char              **shy_feel_expression_list_names      (ShyFeelExpression  *self);
const char *const  *shy_feel_expression_get_slots       (ShyFeelExpression  *self,
                                                         gsize              *n_slots);

ShyFeelValue       *shy_feel_expression_evaluate        (ShyFeelExpression  *self,
                                                         ShyFeelScope       *scope);
ShyFeelValue       *shy_feel_expression_evaluate_slots  (ShyFeelExpression   *self,
                                                         ShyFeelValue *const *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyFeelExpression, shy_feel_expression_unref)

G_END_DECLS
