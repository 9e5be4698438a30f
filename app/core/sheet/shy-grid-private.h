/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-book-source-private.h"
#include "sheet/shy-number-format-private.h"
#include "sheet/shy-sheet-reader-private.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A workbook that is read whole, for formats of which the files are small or cannot be read row by
 * row: web pages, the XML of Excel 2003, OpenDocument. Never changed once loaded, so readers on several
 * threads may share it. */
typedef struct
{
  ShyBookSource *source; /* (owned) */
  GPtrArray     *sheets; /* (owned) (element-type ShyGridSheet) */
  GStringChunk  *texts;  /* (owned) */
  gsize          size;   /* bytes of text so far */
  gsize          n_cells;
} ShyGrid;

typedef struct
{
  char       *name;    /* (owned) */
  GArray     *cells;   /* (owned) (element-type ShySheetCell) their texts are in the grid */
  GArray     *merges;  /* (owned) (element-type ShySheetRange) */
  GHashTable *hidden;  /* (owned) (element-type guint) rows, from 1 */
  GArray     *hidden_columns; /* (owned) (element-type ShySheetRange) of which the columns count */
  gboolean    visible;
} ShyGridSheet;

ShyGrid      *shy_grid_new        (ShyBookSource    *source);
ShyGrid      *shy_grid_ref        (ShyGrid          *self);
void          shy_grid_unref      (ShyGrid          *self);
ShyGridSheet *shy_grid_add_sheet  (ShyGrid          *self,
                                   const char       *name);
/* Adds a cell: its text and what else is set in @cell is copied; a text of blanks is none. FALSE,
 * without an error, once the grid holds more than memory should. */
gboolean      shy_grid_add_cell   (ShyGrid          *self,
                                   ShyGridSheet     *sheet,
                                   const ShySheetCell *cell);
/* Adds a number as it is written, shown by a format, which may be NULL. */
gboolean      shy_grid_add_number (ShyGrid          *self,
                                   ShyGridSheet     *sheet,
                                   const ShySheetCell *cell,
                                   const char       *written,
                                   const ShyNumberFormat *format);
void          shy_grid_add_merge  (ShyGridSheet     *sheet,
                                   guint             row,
                                   guint             column,
                                   guint             n_rows,
                                   guint             n_columns);
void          shy_grid_hide_columns (ShyGridSheet   *sheet,
                                   guint             first,
                                   guint             n_columns);
/* Whether a text is an error value, as #N/A. */
gboolean      shy_grid_is_fault   (const char       *text);
/* Ends the making: cells are put in order. FALSE with an error if too much was added. */
gboolean      shy_grid_finish     (ShyGrid          *self,
                                   GError          **error);
void          shy_grid_set_limit_error (ShyGrid     *self,
                                        GError     **error);
/* All bytes of a file that is read at once; refuses what is too large. */
GBytes       *shy_grid_read_all   (ShyBookSource    *source,
                                   GCancellable     *cancellable,
                                   GError          **error);
/* The same as UTF-8 without byte order mark, by the mark, by what the text declares, or by what it is. */
char         *shy_grid_dup_text   (GBytes           *bytes,
                                   gsize            *length);

ShyGrid      *shy_html_load       (ShyBookSource    *source,
                                   GCancellable     *cancellable,
                                   GError          **error);
ShyGrid      *shy_xml_book_load   (ShyBookSource    *source,
                                   GCancellable     *cancellable,
                                   GError          **error);
ShyGrid      *shy_ods_load        (ShyBookSource    *source,
                                   GCancellable     *cancellable,
                                   GError          **error);

#define SHY_TYPE_GRID_READER (shy_grid_reader_get_type ())
G_DECLARE_FINAL_TYPE (ShyGridReader, shy_grid_reader, SHY, GRID_READER, ShySheetReader)

ShySheetReader *shy_grid_reader_new (ShyGrid        *grid,
                                     guint           sheet,
                                     GCancellable   *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyGrid, shy_grid_unref)

G_END_DECLS
