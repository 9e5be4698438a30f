/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/shy-json-private.h"

G_BEGIN_DECLS

/* A path into a JSON document: the part of JSONPath that service descriptions may use,
 *   $  .name  ['name']  [0]  [*]  .*
 * checked whole when a description is loaded. */
typedef struct _ShyPath ShyPath;

ShyPath       *shy_path_new   (const char     *text,
                               GError        **error);
void           shy_path_free  (ShyPath        *self);
const char    *shy_path_text  (ShyPath        *self);
const ShyJson *shy_path_first (ShyPath        *self,
                               const ShyJson  *root);
GPtrArray     *shy_path_all   (ShyPath        *self,
                               const ShyJson  *root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyPath, shy_path_free)

G_END_DECLS
