/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/shy-import-target.h"

G_BEGIN_DECLS

/**
 * ShyImportBatch:
 * @id: its number
 * @target: what it was taken in as, [property@ImportTarget:id]
 * @file: the name of the file
 * @sheet: the name of the sheet
 * @taken: rows that were stored
 * @rejected: rows that were not
 * @created_at: when, in UTC, as 2025-06-30T08:00:00Z
 * @actor: by whom
 * @withdrawn_at: (nullable): when it was taken back
 *
 * A spreadsheet that was taken in.
 */
typedef struct
{
  gint64  id;
  char   *target;
  char   *file;
  char   *sheet;
  guint   taken;
  guint   rejected;
  char   *created_at;
  char   *actor;
  char   *withdrawn_at;
} ShyImportBatch;

void       shy_import_batch_free  (ShyImportBatch   *self);
GPtrArray *shy_import_batch_list  (ShyStore         *store,
                                   const char       *family,
                                   GCancellable     *cancellable,
                                   GError          **error);
gboolean   shy_import_batch_withdraw (ShyStore         *store,
                                      ShyImportTarget  *target,
                                      gint64            batch,
                                      const char       *reason,
                                      const char       *clock_reason,
                                      GCancellable     *cancellable,
                                      GError          **error);

/**
 * ShyRecipe:
 * @name: what it is called
 * @recipe: what [method@HeaderMatch.to_recipe] gave
 * @used_at: when it was used last, in UTC
 *
 * How the columns of a form were matched by somebody.
 */
typedef struct
{
  char     *name;
  JsonNode *recipe;
  char     *used_at;
} ShyRecipe;

void       shy_recipe_free        (ShyRecipe        *self);
GPtrArray *shy_recipe_list        (ShyStore         *store,
                                   const char       *target,
                                   GCancellable     *cancellable,
                                   GError          **error);
gboolean   shy_recipe_forget      (ShyStore         *store,
                                   const char       *target,
                                   const char       *name,
                                   GCancellable     *cancellable,
                                   GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyImportBatch, shy_import_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyRecipe, shy_recipe_free)

G_END_DECLS
