/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-cell.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ShySheetRange ShySheetRange;

/**
 * ShySheetRange:
 * @top: first row, from 1
 * @left: first column, from 0
 * @bottom: last row
 * @right: last column
 *
 * A rectangle of cells.
 */
struct _ShySheetRange
{
  guint top;
  guint left;
  guint bottom;
  guint right;
};

#define SHY_TYPE_SHEET_READER (shy_sheet_reader_get_type ())
G_DECLARE_DERIVABLE_TYPE (ShySheetReader, shy_sheet_reader, SHY, SHEET_READER, GObject)

/**
 * ShySheetReaderClass:
 * @next: gives the next row that holds something
 * @get_merges: gives the merged ranges
 * @get_progress: gives how far it has come, in bytes
 *
 * One subclass a format.
 */
struct _ShySheetReaderClass
{
  GObjectClass parent_class;

  const ShySheetRow   *(*next)         (ShySheetReader  *self,
                                        GError         **error);
  const ShySheetRange *(*get_merges)   (ShySheetReader  *self,
                                        guint           *n_merges,
                                        GError         **error);
  void                 (*get_progress) (ShySheetReader  *self,
                                        guint64         *done,
                                        guint64         *total);

  /*< private >*/
  gpointer padding[8];
};

const ShySheetRow   *shy_sheet_reader_next         (ShySheetReader  *self,
                                                    GError         **error);
const char          *shy_sheet_reader_get_sheet    (ShySheetReader  *self);
gboolean             shy_sheet_reader_is_column_hidden (ShySheetReader *self,
                                                        guint           column);
const ShySheetRange *shy_sheet_reader_get_merges   (ShySheetReader  *self,
                                                    guint           *n_merges,
                                                    GError         **error);
void                 shy_sheet_reader_get_progress (ShySheetReader  *self,
                                                    guint64         *done,
                                                    guint64         *total);

G_END_DECLS
