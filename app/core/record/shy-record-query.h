/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ShyRecordQuery:
 *
 * What a list is asked for: a text that is searched for, filters by name, and an order.
 */
typedef struct _ShyRecordQuery ShyRecordQuery;

#define SHY_TYPE_RECORD_QUERY (shy_record_query_get_type ())
GType           shy_record_query_get_type     (void);

ShyRecordQuery *shy_record_query_new          (void);
ShyRecordQuery *shy_record_query_copy         (const ShyRecordQuery *self);
void            shy_record_query_free         (ShyRecordQuery       *self);
gboolean        shy_record_query_equal        (const ShyRecordQuery *self,
                                               const ShyRecordQuery *other);

const char     *shy_record_query_get_text     (const ShyRecordQuery *self);
void            shy_record_query_set_text     (ShyRecordQuery       *self,
                                               const char           *text);
const char     *shy_record_query_get_filter   (const ShyRecordQuery *self,
                                               const char           *name);
void            shy_record_query_set_filter   (ShyRecordQuery       *self,
                                               const char           *name,
                                               const char           *value);
const char     *shy_record_query_get_sort     (const ShyRecordQuery *self);
gboolean        shy_record_query_is_descending (const ShyRecordQuery *self);
void            shy_record_query_set_sort     (ShyRecordQuery       *self,
                                               const char           *column,
                                               gboolean              descending);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyRecordQuery, shy_record_query_free)

G_END_DECLS
