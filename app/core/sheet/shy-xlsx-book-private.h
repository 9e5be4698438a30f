/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-book-source-private.h"
#include "sheet/shy-number-format-private.h"
#include "sheet/shy-xlsx-package-private.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One sheet that the workbook lists. */
typedef struct
{
  char     *name;    /* (owned) */
  char     *part;    /* (owned) its entry in the archive */
  gboolean  visible;
} ShyXlsxSheet;

/* The texts that cells share, one after the other in one block. */
typedef struct
{
  GByteArray *block;   /* (owned) each text ended by a zero */
  GArray     *offsets; /* (owned) (element-type guint32) */
} ShyXlsxStrings;

/* What all sheets of an xlsx file share. Never changed once loaded, so readers on several
 * threads may share it. */
typedef struct
{
  ShyBookSource  *source;       /* (owned) */
  GPtrArray      *sheets;       /* (owned) (element-type ShyXlsxSheet) */
  GArray         *formats;      /* (owned) (element-type ShyNumberFormat) by style */
  ShyXlsxStrings  strings;
  gboolean        epoch_1904;
  gboolean        uncomputed;   /* the writer asks for formulas to be computed on opening */
  gboolean        macros;
  guint           n_lost;       /* sheets that are listed and not there */
  gboolean        no_formats;   /* the formats are listed and not there */
} ShyXlsxBook;

ShyXlsxBook *shy_xlsx_book_load  (ShyBookSource  *source,
                                  GCancellable   *cancellable,
                                  GError        **error);
ShyXlsxBook *shy_xlsx_book_ref   (ShyXlsxBook    *self);
void         shy_xlsx_book_unref (ShyXlsxBook    *self);

/* For the parts of the loader. */
gboolean     shy_xlsx_strings_load (ShyXlsxBook    *book,
                                    ShyXlsxPackage *package,
                                    const char     *part,
                                    GCancellable   *cancellable,
                                    GError        **error);
gboolean     shy_xlsx_styles_load  (ShyXlsxBook    *book,
                                    ShyXlsxPackage *package,
                                    const char     *part,
                                    GCancellable   *cancellable,
                                    GError        **error);
gsize        shy_xlsx_unescape     (char           *text,
                                    gsize           length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyXlsxBook, shy_xlsx_book_unref)

G_END_DECLS
