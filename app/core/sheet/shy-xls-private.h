/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-book-source-private.h"
#include "sheet/shy-number-format-private.h"
#include "sheet/shy-sheet-reader-private.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char     *name;    /* (owned) */
  gboolean  visible;
  guint32   start;   /* of its records in the stream */
} ShyXlsSheet;

/* A workbook of Excel 5 to 2003 (BIFF5 and BIFF8), in memory: such files are small, 65,536 rows at most.
 * Never changed once loaded, so readers on several threads may share it. */
typedef struct
{
  ShyBookSource *source;  /* (owned) */
  GByteArray    *stream;  /* (owned) */
  GPtrArray     *sheets;  /* (owned) (element-type ShyXlsSheet) */
  GArray        *formats; /* (owned) (element-type ShyNumberFormat) by style */
  GByteArray    *texts;   /* (owned) the shared texts, each ended by a zero */
  GArray        *offsets; /* (owned) (element-type guint32) where each begins */
  char          *charset; /* (owned) (nullable) of its texts; NULL where they are Unicode */
  gboolean       epoch_1904;
  gboolean       recovered; /* something in it breaks off or counts wrong; the rest was read */
} ShyXlsBook;

ShyXlsBook     *shy_xls_book_load  (ShyBookSource  *source,
                                    GCancellable   *cancellable,
                                    GError        **error);
ShyXlsBook     *shy_xls_book_ref   (ShyXlsBook     *self);
void            shy_xls_book_unref (ShyXlsBook     *self);

/* Decrypts a stream in place, from the record at @at on, which says how it is encrypted. FALSE if it
 * needs a password that only people know. */
gboolean        shy_xls_decrypt    (GByteArray     *stream,
                                    gsize           at);

#define SHY_TYPE_XLS_READER (shy_xls_reader_get_type ())
G_DECLARE_FINAL_TYPE (ShyXlsReader, shy_xls_reader, SHY, XLS_READER, ShySheetReader)

ShySheetReader *shy_xls_reader_new (ShyXlsBook     *book,
                                    guint           sheet,
                                    GCancellable   *cancellable,
                                    GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyXlsBook, shy_xls_book_unref)

G_END_DECLS
