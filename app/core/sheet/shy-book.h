/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-reader.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ShyBookKind:
 * @SHY_BOOK_XLSX: Office Open XML, as Excel since 2007, WPS and LibreOffice write it
 * @SHY_BOOK_XLS: the older binary format of Excel 5 to 2003, and of WPS (.et)
 * @SHY_BOOK_CSV: values separated by commas, semicolons or tabs
 * @SHY_BOOK_ODS: OpenDocument, as LibreOffice writes it, in an archive or as one XML file
 * @SHY_BOOK_HTML: a web page with tables, as systems on the web export under the name of .xls
 * @SHY_BOOK_XML: the XML of Excel 2003, exported likewise
 *
 * The format of a file, found by what it contains and not by its name.
 */
typedef enum {
  SHY_BOOK_XLSX,
  SHY_BOOK_XLS,
  SHY_BOOK_CSV,
  SHY_BOOK_ODS,
  SHY_BOOK_HTML,
  SHY_BOOK_XML,
} ShyBookKind;

/**
 * ShyBookReadFlags:
 * @SHY_BOOK_READ_DEFAULT: cells as they stand
 * @SHY_BOOK_READ_MERGED: every cell of a merged range carries the value of the range
 */
typedef enum {
  SHY_BOOK_READ_DEFAULT = 0,
  SHY_BOOK_READ_MERGED = 1 << 0,
} ShyBookReadFlags;

#define SHY_TYPE_BOOK (shy_book_get_type ())
G_DECLARE_FINAL_TYPE (ShyBook, shy_book, SHY, BOOK, GObject)

ShyBook            *shy_book_open              (const char       *path,
                                                GCancellable     *cancellable,
                                                GError          **error);
ShyBook            *shy_book_open_bytes        (GBytes           *bytes,
                                                const char       *name,
                                                GCancellable     *cancellable,
                                                GError          **error);
char               *shy_book_describe_other    (const char       *name,
                                                const char       *type);
const char         *shy_book_get_name          (ShyBook          *self);
ShyBookKind         shy_book_get_kind          (ShyBook          *self);
guint               shy_book_get_n_sheets      (ShyBook          *self);
const char         *shy_book_get_sheet_name    (ShyBook          *self,
                                                guint             sheet);
gboolean            shy_book_is_sheet_visible  (ShyBook          *self,
                                                guint             sheet);
gboolean            shy_book_find_sheet        (ShyBook          *self,
                                                const char       *name,
                                                guint            *sheet);
const char * const *shy_book_get_warnings      (ShyBook          *self);
ShySheetReader     *shy_book_read_sheet        (ShyBook          *self,
                                                guint             sheet,
                                                ShyBookReadFlags  flags,
                                                GCancellable     *cancellable,
                                                GError          **error);

G_END_DECLS
