/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-list-page.h"

G_BEGIN_DECLS

/*
 * The columns of a table: made of those of its records, as wide as their text is large, behind the
 * others where there is no room; chosen and resized by hand, and remembered so.
 */
typedef struct _ShyListColumns ShyListColumns;

ShyListColumns *shy_list_columns_new         (GtkColumnView         *view,
                                              const ShyListColumn   *looks,
                                              guint                  n_looks);
void            shy_list_columns_free        (ShyListColumns        *self);
void            shy_list_columns_remember    (ShyListColumns        *self,
                                              GSettings             *settings);
void            shy_list_columns_set_records (ShyListColumns        *self,
                                              GPtrArray             *columns);
GActionGroup   *shy_list_columns_get_actions (ShyListColumns        *self);
void            shy_list_columns_add_to_menu (ShyListColumns        *self,
                                              GMenu                 *chosen,
                                              GMenu                 *order);
guint          *shy_list_columns_dup_shown   (ShyListColumns        *self,
                                              guint                 *n_shown);
char          **shy_list_columns_dup_hidden  (ShyListColumns        *self);
void            shy_list_columns_hide        (ShyListColumns        *self,
                                              const char * const    *names);
const char     *shy_list_columns_get_sort    (ShyListColumns        *self,
                                              gboolean              *descending);
void            shy_list_columns_set_sort    (ShyListColumns        *self,
                                              const char            *name,
                                              gboolean               descending);
GtkListItem    *shy_list_columns_find_row    (GtkWidget             *picked);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyListColumns, shy_list_columns_free)

G_END_DECLS
