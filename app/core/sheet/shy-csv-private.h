/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-book-source-private.h"
#include "sheet/shy-sheet-reader-private.h"

G_BEGIN_DECLS

/* How a file of separated values is written. */
typedef struct
{
  const char *charset;   /* (not owned) */
  guint       skip;      /* bytes of the byte order mark */
  char        delimiter;
  gboolean    hint;      /* the first row is "sep=;" */
  guint64     size;      /* bytes */
} ShyCsvForm;

gboolean        shy_csv_detect     (ShyBookSource     *source,
                                    ShyCsvForm        *form,
                                    GCancellable      *cancellable,
                                    GError           **error);

/* Whether a spreadsheet may take what stands here, at the start of a value, for a formula; also where
 * semicolons stand before, or apostrophes that keep it from that, so that they can be told from ours. */
gboolean        shy_csv_may_run    (const char        *text);

#define SHY_TYPE_CSV_READER (shy_csv_reader_get_type ())
G_DECLARE_FINAL_TYPE (ShyCsvReader, shy_csv_reader, SHY, CSV_READER, ShySheetReader)

ShySheetReader *shy_csv_reader_new (ShyBookSource     *source,
                                    const ShyCsvForm  *form,
                                    const char        *sheet,
                                    GCancellable      *cancellable,
                                    GError           **error);
GInputStream   *shy_csv_open       (ShyBookSource     *source,
                                    const ShyCsvForm  *form,
                                    GInputStream     **raw,
                                    GCancellable      *cancellable,
                                    GError           **error);

G_END_DECLS
