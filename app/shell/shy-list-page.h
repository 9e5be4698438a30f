/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ShyListColumn: (skip)
 * @name: of the column of the records
 * @digits: how many digits it has room for; a Chinese character takes two; 0 for as many as its type
 *   needs
 * @drop: the column with the highest number goes behind the others first where there is no room; 0
 *   for one that always stays
 * @expand: whether it takes what is left
 * @hidden: whether it is shown only when somebody chooses it
 * @unsorted: whether the list cannot be ordered by it
 * @tooltip: (nullable): the column of which the value is told of a cell that is pointed at
 * @sign: (nullable): what stands in front of a value, so that colour is never the only sign
 * @style: (nullable): the style class of a value
 *
 * How a list page shows a column.
 */
typedef struct
{
  const char   *name;
  guint         digits;
  guint         drop;
  gboolean      expand;
  gboolean      hidden;
  gboolean      unsorted;
  const char   *tooltip;
  const char *(*sign)  (const char *value);
  const char *(*style) (const char *value);
} ShyListColumn;

/**
 * ShyListChip: (skip)
 * @value: what the filter lets pass; "" for everything
 * @label: for people
 * @icon: (nullable): the name of an icon
 *
 * A value of a filter that one presses above a list.
 */
typedef struct
{
  const char *value;
  const char *label;
  const char *icon;
} ShyListChip;

#define SHY_TYPE_LIST_PAGE (shy_list_page_get_type ())
G_DECLARE_FINAL_TYPE (ShyListPage, shy_list_page, SHY, LIST_PAGE, AdwBin)

void        shy_list_page_set_columns (ShyListPage         *self,
                                       const ShyListColumn *looks,
                                       guint                n_looks);
void        shy_list_page_add_chips   (ShyListPage         *self,
                                       const char          *filter,
                                       const ShyListChip   *chips,
                                       guint                n_chips);
void        shy_list_page_add_choice  (ShyListPage         *self,
                                       const char          *filter,
                                       const char          *label,
                                       const char * const  *values,
                                       const char * const  *labels);
void        shy_list_page_add_button  (ShyListPage         *self,
                                       const char          *label,
                                       const char          *action);
void        shy_list_page_set_records (ShyListPage         *self,
                                       ShyRecords          *records);
void        shy_list_page_set_filter  (ShyListPage         *self,
                                       const char          *filter,
                                       const char          *value);
void        shy_list_page_show_toggle (ShyListPage         *self,
                                       const char          *filter,
                                       const ShyListChip   *chip);
void        shy_list_page_show_all    (ShyListPage         *self);
void        shy_list_page_end_export  (ShyListPage         *self,
                                       GFile               *file,
                                       const char          *message,
                                       const GError        *error);

G_END_DECLS
