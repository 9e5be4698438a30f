/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-field.h"
#include "sheet/shy-sheet-table.h"

G_BEGIN_DECLS

/* A column as the table needs it. */
typedef struct
{
  guint  column;
  guint  row;    /* of its header, from 1 */
  int    field;  /* or -1 */
  int    end;    /* the field that takes the end of its periods, or -1 */
  char  *name;   /* (owned) what its header's lowest cell says */
  char  *header; /* (owned) all of it, with the groups above */
} ShySheetTableColumn;

/* What is known of a row when it is judged. */
typedef struct
{
  const ShySheetRow    *row;
  const GArray         *columns;      /* (element-type ShySheetTableColumn) */
  GPtrArray            *fields;       /* (element-type ShySheetField) */
  const ShySheetCell  **cells;        /* by field; NULL where there is none */
  gboolean              after_header; /* the first rows below it */
  gboolean              after_note;   /* the row above is a note */
  GHashTable           *letters;      /* with which names of columns begin */
} ShySheetTableRow;

/* Whether a row is a header once more. */
typedef enum {
  SHY_SHEET_HEADER_NONE,
  SHY_SHEET_HEADER_SAME,
  SHY_SHEET_HEADER_OTHER, /* of other columns */
} ShySheetHeaderKind;

GHashTable        *shy_sheet_table_list_letters   (const GArray            *columns,
                                                   GPtrArray               *fields);
/* @other is the first cell that says something else than the header. */
ShySheetHeaderKind shy_sheet_table_compare_header (const ShySheetTableRow  *row,
                                                   const ShySheetCell     **other);

/* Why a row is no record; FALSE if it is one. */
gboolean shy_sheet_table_judge (const ShySheetTableRow *row,
                                ShySheetSkipKind       *kind);

G_END_DECLS
