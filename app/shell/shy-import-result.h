/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What became of a file that was taken in; leads on. */
#define SHY_TYPE_IMPORT_RESULT (shy_import_result_get_type ())
G_DECLARE_FINAL_TYPE (ShyImportResult, shy_import_result, SHY, IMPORT_RESULT, AdwBin)

ShyImportSummary *shy_import_result_describe (ShyImport        *import);
void              shy_import_result_show     (ShyImportResult  *self,
                                              ShyImport        *import,
                                              ShyImportSummary *summary,
                                              const char       *show);

G_END_DECLS
