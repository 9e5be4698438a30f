/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/* A row of an import as it stands in a list: it is read when it is shown. Properties: "place", "state"
 * (what it came to, in a word), "words" (why). */
#define SHY_TYPE_IMPORT_ITEM (shy_import_item_get_type ())
G_DECLARE_FINAL_TYPE (ShyImportItem, shy_import_item, SHY, IMPORT_ITEM, GObject)


/* The rows of an import that ran, of ShyImportItem. */
#define SHY_TYPE_IMPORT_MODEL (shy_import_model_get_type ())
G_DECLARE_FINAL_TYPE (ShyImportModel, shy_import_model, SHY, IMPORT_MODEL, GObject)

ShyImportModel *shy_import_model_new   (ShyImport       *import,
                                        gboolean         needs_work);
guint           shy_import_model_find  (ShyImportModel  *self,
                                        guint            index);
guint           shy_import_model_get   (ShyImportModel  *self,
                                        guint            position);

G_END_DECLS
