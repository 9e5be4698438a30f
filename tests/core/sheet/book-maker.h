/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-book.h"

G_BEGIN_DECLS

/* Makes spreadsheets in memory, so that a test shows the very bytes it is about. */

GBytes *make_zip     (const char       *first_name,
                      ...) G_GNUC_NULL_TERMINATED;
GBytes *make_xlsx    (const char       *sheet_data);
/* A compound file of one stream; short streams are filled up with zeros. */
GBytes *make_ole     (const char       *stream,
                      const guint8     *content,
                      gsize             size);
GBytes *load_fixture (const char       *name);
char   *fixture_path (const char       *name);
/* All rows of a sheet, one a line: "3: A=t张三 B=n42"; the letter is the kind of the cell. */
char   *dump_sheet   (ShyBook          *book,
                      guint             sheet,
                      ShyBookReadFlags  flags,
                      GError          **error);
/* The text of one part of an archive. */
char   *read_part    (const char       *path,
                      const char       *name);
char   *dump_bytes   (GBytes           *bytes,
                      const char       *name,
                      GError          **error);

G_END_DECLS
