/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-list-page.h"

G_BEGIN_DECLS

/*
 * What stands above a list and filters it: buttons with the number of rows that each would leave, and
 * choices of one of many values. What is pressed goes to a query, and the owner is told.
 */
typedef struct _ShyListFilters ShyListFilters;

typedef void (*ShyListFiltersFunc) (gpointer data);

ShyListFilters *shy_list_filters_new         (GtkBox             *box,
                                              ShyRecordQuery     *query,
                                              ShyListFiltersFunc  changed,
                                              gpointer            data);
void            shy_list_filters_free        (ShyListFilters     *self);
void            shy_list_filters_add_chips   (ShyListFilters     *self,
                                              const char         *filter,
                                              const ShyListChip  *chips,
                                              guint               n_chips);
void            shy_list_filters_add_choice  (ShyListFilters     *self,
                                              const char         *filter,
                                              const char         *label,
                                              const char * const *values,
                                              const char * const *labels);
void            shy_list_filters_show_toggle (ShyListFilters     *self,
                                              const char         *filter,
                                              const ShyListChip  *chip);
void            shy_list_filters_show_counts (ShyListFilters     *self,
                                              ShyRecords         *records);
void            shy_list_filters_show        (ShyListFilters     *self);
void            shy_list_filters_clear       (ShyListFilters     *self);
GVariant       *shy_list_filters_describe    (ShyListFilters     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyListFilters, shy_list_filters_free)

G_END_DECLS
