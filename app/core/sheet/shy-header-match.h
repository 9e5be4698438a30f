/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-book.h"
#include "sheet/shy-sheet-field.h"
#include "sheet/shy-sheet-table.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _ShyHeaderColumn ShyHeaderColumn;

/**
 * ShyHeaderColumn:
 * @column: the column, from 0
 * @row: the row of its header, from 1
 * @header: what its header says, groups before the name: `单位信息 / 名称`
 * @unit: (nullable): the unit that its header, or the sheet above it, names
 * @field: the index of the field it was matched to, or -1
 * @confidence: how sure the match is, in percent; 100 for the very name
 * @reason: (nullable): a translated sentence that says why
 * @period: whether its cells hold a whole period: the field takes its beginning, and the field that
 *   [method@SheetField.get_period_end] names its end
 * @hidden: whether the column is hidden in the sheet
 *
 * A column of the table, matched or not.
 */
struct _ShyHeaderColumn
{
  guint  column;
  guint  row;
  char  *header;
  char  *unit;
  int    field;
  guint  confidence;
  char  *reason;
  gboolean period;
  gboolean hidden;
};

#define SHY_TYPE_HEADER_MATCH (shy_header_match_get_type ())
G_DECLARE_FINAL_TYPE (ShyHeaderMatch, shy_header_match, SHY, HEADER_MATCH, GObject)

ShyHeaderMatch        *shy_header_match_find          (ShyBook             *book,
                                                       GPtrArray           *fields,
                                                       int                  sheet,
                                                       GCancellable        *cancellable,
                                                       GError             **error);
ShyHeaderMatch        *shy_header_match_find_draft    (ShyBook             *book,
                                                       GPtrArray           *fields,
                                                       int                  sheet,
                                                       GCancellable        *cancellable,
                                                       GError             **error);
ShyHeaderMatch        *shy_header_match_replay        (ShyBook             *book,
                                                       GPtrArray           *fields,
                                                       JsonNode            *recipe,
                                                       GCancellable        *cancellable,
                                                       GError             **error);
JsonNode              *shy_header_match_to_recipe     (ShyHeaderMatch      *self);
guint                  shy_header_match_compare       (ShyHeaderMatch      *self,
                                                       JsonNode            *recipe);
gboolean               shy_header_match_apply         (ShyHeaderMatch      *self,
                                                       JsonNode            *recipe,
                                                       GError             **error);
ShyBook               *shy_header_match_get_book      (ShyHeaderMatch      *self);
gboolean               shy_header_match_check_end     (ShyHeaderMatch            *self,
                                                       guint                      field,
                                                       const ShySheetCell *const *cells,
                                                       const char                *text,
                                                       GError                   **error);
GPtrArray             *shy_header_match_get_fields    (ShyHeaderMatch      *self);
guint                  shy_header_match_get_sheet     (ShyHeaderMatch      *self);
guint                  shy_header_match_get_last_row  (ShyHeaderMatch      *self);
guint                  shy_header_match_get_n_columns (ShyHeaderMatch      *self);
const ShyHeaderColumn *shy_header_match_get_column    (ShyHeaderMatch      *self,
                                                       guint                index);
const ShyHeaderColumn *shy_header_match_find_column   (ShyHeaderMatch      *self,
                                                       guint                field);
gboolean               shy_header_match_assign        (ShyHeaderMatch      *self,
                                                       guint                index,
                                                       int                  field,
                                                       GError             **error);
void                   shy_header_match_leave_hidden  (ShyHeaderMatch      *self,
                                                       gboolean             leave);
gboolean               shy_header_match_is_sheet_sure (ShyHeaderMatch      *self);
gboolean               shy_header_match_check         (ShyHeaderMatch      *self,
                                                       GError             **error);
guint                  shy_header_match_count         (ShyHeaderMatch      *self);
guint                  shy_header_match_count_missing (ShyHeaderMatch      *self);
const char * const    *shy_header_match_get_warnings  (ShyHeaderMatch      *self);
ShySheetTable         *shy_header_match_read          (ShyHeaderMatch      *self,
                                                       GCancellable        *cancellable,
                                                       GError             **error);
char                  *shy_header_match_convert       (ShyHeaderMatch      *self,
                                                       guint                field,
                                                       const ShySheetCell  *cell,
                                                       GError             **error);
char                  *shy_header_match_convert_alone (ShyHeaderMatch      *self,
                                                       guint                field,
                                                       const ShySheetCell  *cell);

G_END_DECLS
