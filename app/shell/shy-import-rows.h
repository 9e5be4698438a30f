/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The rows of an import that ran, each with its state; the one that is chosen is mended in place. Signal
 * "mended": something was typed, and the import is to be run again. */
#define SHY_TYPE_IMPORT_ROWS (shy_import_rows_get_type ())
G_DECLARE_FINAL_TYPE (ShyImportRows, shy_import_rows, SHY, IMPORT_ROWS, AdwBin)

void shy_import_rows_show (ShyImportRows *self,
                           ShyImport     *import,
                           gboolean       again);

G_END_DECLS
