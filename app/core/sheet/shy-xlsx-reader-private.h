/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-reader-private.h"
#include "sheet/shy-xlsx-book-private.h"

G_BEGIN_DECLS

#define SHY_TYPE_XLSX_READER (shy_xlsx_reader_get_type ())
G_DECLARE_FINAL_TYPE (ShyXlsxReader, shy_xlsx_reader, SHY, XLSX_READER, ShySheetReader)

ShySheetReader *shy_xlsx_reader_new  (ShyXlsxBook   *book,
                                      guint          sheet,
                                      GCancellable  *cancellable,
                                      GError       **error);

/* The merged ranges of a sheet, which its file lists only behind all of its cells, and how many tags
 * there are for them. */
GArray         *shy_xlsx_merges_load (ShyXlsxBook   *book,
                                      guint          sheet,
                                      guint         *n_tags,
                                      GCancellable  *cancellable,
                                      GError       **error);

G_END_DECLS
