/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShyColumnType:
 * @SHY_COLUMN_TEXT: text; numbers of persons too, so that no spreadsheet rounds them
 * @SHY_COLUMN_NUMBER: a decimal number
 * @SHY_COLUMN_MONEY: yuan, a decimal number
 * @SHY_COLUMN_DATE: a day, as 2025-06-30
 * @SHY_COLUMN_MOMENT: a moment, as 2025-06-30T08:00:00Z
 * @SHY_COLUMN_BOOLEAN: true or false
 *
 * What the values of a column are.
 */
typedef enum {
  SHY_COLUMN_TEXT,
  SHY_COLUMN_NUMBER,
  SHY_COLUMN_MONEY,
  SHY_COLUMN_DATE,
  SHY_COLUMN_MOMENT,
  SHY_COLUMN_BOOLEAN,
} ShyColumnType;

/**
 * ShyColumn: (skip)
 * @name: tells it from others of its list
 * @title: for people
 * @type: what its values are
 *
 * A column of a list.
 */
typedef struct
{
  char          *name;
  char          *title;
  ShyColumnType  type;
} ShyColumn;

ShyColumn *shy_column_new     (const char      *name,
                               const char      *title,
                               ShyColumnType    type);
void       shy_column_free    (ShyColumn       *self);
char      *shy_column_display (const ShyColumn *self,
                               const char      *value);
GPtrArray *shy_columns_new    (void);
gboolean   shy_columns_equal  (GPtrArray       *columns,
                               GPtrArray       *others);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyColumn, shy_column_free)

G_END_DECLS
