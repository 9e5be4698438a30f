/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

#include "subsidy-desk.h"

G_BEGIN_DECLS

/*
 * A spreadsheet before and while it is decided. Signal "imported" (ShyImport, gint64: the number
 * of the import in the register).
 */
#define SUBSIDY_TYPE_IMPORT_VIEW (subsidy_import_view_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyImportView, subsidy_import_view, SUBSIDY, IMPORT_VIEW, AdwBin)

void subsidy_import_view_set_desk (SubsidyImportView *self,
                                   SubsidyDesk       *desk);
void subsidy_import_view_open     (SubsidyImportView *self,
                                   GFile             *file);

G_END_DECLS
