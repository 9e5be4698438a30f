/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-value.h"

G_BEGIN_DECLS

#define SHY_FEEL_TYPE_SCOPE (shy_feel_scope_get_type ())
typedef struct _ShyFeelScope ShyFeelScope;

GType         shy_feel_scope_get_type    (void);
ShyFeelScope *shy_feel_scope_new         (ShyFeelScope *parent);
ShyFeelScope *shy_feel_scope_ref         (ShyFeelScope *self);
void          shy_feel_scope_unref       (ShyFeelScope *self);

void          shy_feel_scope_set         (ShyFeelScope *self,
                                          const char   *name,
                                          ShyFeelValue *value);
void          shy_feel_scope_set_context (ShyFeelScope *self,
                                          ShyFeelValue *context);
ShyFeelValue *shy_feel_scope_lookup      (ShyFeelScope *self,
                                          const char   *name);
char        **shy_feel_scope_list_names  (ShyFeelScope *self);

char         *shy_feel_normalize_name    (const char   *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyFeelScope, shy_feel_scope_unref)

G_END_DECLS
