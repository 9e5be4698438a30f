/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-reader-private.h"
#include "sheet/shy-xlsx-book-private.h"

G_BEGIN_DECLS

/* A cell while the parser is still at work: offsets, because the texts may move. */
typedef struct
{
  const char        *shared; /* its text if many cells share it, else NULL */
  guint32            text;   /* offset of its own text */
  guint32            number; /* offset of its number, or SHY_XLSX_NO_NUMBER */
  guint32            column;
  guint32            style;
  ShySheetCellKind   kind;
  ShySheetCellFlags  flags;
} ShyXlsxRawCell;

#define SHY_XLSX_NO_NUMBER G_MAXUINT32

typedef struct
{
  guint    number;
  guint    first;  /* index of its first cell */
  guint    n_cells;
  gboolean hidden;
} ShyXlsxRawRow;

/* The parser of one sheet. What a chunk of XML completes waits here until it is taken. */
typedef struct
{
  ShyXml             xml; /* first: the callbacks get it */
  const ShyXlsxBook *book;
  ShySheetReader    *reader; /* (unowned): who is told of hidden columns */
  GArray            *rows;  /* (owned) (element-type ShyXlsxRawRow) complete ones */
  GArray            *cells; /* (owned) (element-type ShyXlsxRawCell) */
  char              *arena; /* (owned) the texts */
  gsize              arena_size;
  gsize              arena_used;
  guint              n_merges; /* seen behind the cells */

  /* What the parser is in. */
  const xmlChar     *row_name; /* interned, like the following */
  const xmlChar     *cell_name;
  const xmlChar     *value_name;
  const xmlChar     *formula_name;
  const xmlChar     *text_name;
  gboolean           in_sheet; /* the root was seen */
  gboolean           in_data;
  gboolean           in_row;
  gboolean           in_cell;
  gboolean           capture;
  gboolean           formula;
  gboolean           has_value;
  gboolean           unsorted;
  guint              phonetic;
  char               type;       /* of the cell: n, s (shared), t (text), b, e, d */
  guint              style;
  guint              row;        /* the last row that began, from 1 */
  guint              column;     /* of the cell, from 0 */
  guint              next_column;
  gboolean           hidden;
  guint              row_cells;  /* index of the row's first cell */
  gsize              row_arena;  /* offset of the row's first text */
  gsize              value;      /* offset of the cell's value */
} ShyXlsxScan;

void shy_xlsx_scan_init    (ShyXlsxScan       *self,
                            const ShyXlsxBook *book,
                            ShySheetReader    *reader);
void shy_xlsx_scan_clear   (ShyXlsxScan       *self);
void shy_xlsx_scan_forget  (ShyXlsxScan       *self);
void shy_xlsx_scan_append  (ShyXlsxScan       *self,
                            const char        *text,
                            gsize              length);
void shy_xlsx_scan_fail    (ShyXlsxScan       *self,
                            const char        *detail);
void shy_xlsx_scan_end_cell (ShyXlsxScan      *self);

G_END_DECLS
