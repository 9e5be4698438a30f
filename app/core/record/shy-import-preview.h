/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/shy-import.h"

G_BEGIN_DECLS

/**
 * ShyImportPreview: (skip)
 * @import: without a match where no header was found
 * @rows: (nullable): of #GStrv: the texts of the matched columns, in their order
 * @recipes: of #ShyRecipe: how files of the target were matched before
 * @refusal: (nullable): why the target takes nothing
 * @gap: (nullable): what a person settles before the rows can be judged
 * @earlier: (nullable): a sentence on the batch that took in this very file before
 * @guessed: whether the target was not chosen, but found
 *
 * A spreadsheet as it would be read: its match with a target, and its first rows.
 */
typedef struct
{
  ShyImport *import;
  GPtrArray *rows;
  GPtrArray *recipes;
  char      *refusal;
  char      *gap;
  char      *earlier;
  gboolean   guessed;
} ShyImportPreview;

/**
 * ShyImportQuestion: (skip)
 * @path: the file
 * @store: (nullable): the database
 * @targets: of #ShyImportTarget, the one chosen or all: the one that fits best is taken
 * @sheet: (nullable): the sheet a person chose
 * @recipe: (nullable): the recipe a person chose, "" for none
 * @columns: index of a column to the field a person chose, -1 for none
 *
 * What is asked of a spreadsheet.
 */
typedef struct
{
  char       *path;
  ShyStore   *store;
  GPtrArray  *targets;
  char       *sheet;
  char       *recipe;
  GHashTable *columns;
} ShyImportQuestion;

ShyImportQuestion *shy_import_question_new        (const char           *path,
                                                   ShyStore             *store);
void               shy_import_question_free       (ShyImportQuestion    *question);
void               shy_import_preview_load_async  (ShyImportQuestion    *question,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
ShyImportPreview  *shy_import_preview_load_finish (GAsyncResult         *result,
                                                   GError              **error);
void               shy_import_preview_free        (ShyImportPreview     *preview);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyImportQuestion, shy_import_question_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyImportPreview, shy_import_preview_free)

G_END_DECLS
