/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-service-book.h"
#include "record/shy-records.h"

G_BEGIN_DECLS

/**
 * ShyLandedRow: (skip)
 * @service: the id of the service it came from
 * @key: what tells it from other rows of the stream and service
 * @fetched_at: when it came, RFC 3339
 * @source_at: (nullable): the service's own date of it
 * @fields: (element-type ShyField): its fields
 * @values: (nullable) (array): a value for each field, %NULL for null
 *
 * A live row.
 */
typedef struct
{
  char       *service;
  char       *key;
  char       *fetched_at;
  char       *source_at;
  GPtrArray  *fields;
  char      **values;
} ShyLandedRow;

#define SHY_TYPE_LANDED_ROWS (shy_landed_rows_get_type ())
G_DECLARE_FINAL_TYPE (ShyLandedRows, shy_landed_rows, SHY, LANDED_ROWS, GObject)

ShyLandedRows *shy_landed_rows_new        (ShyServiceBook  *book,
                                           const char      *stream,
                                           const char      *service);
void           shy_landed_rows_set_search (ShyLandedRows   *self,
                                           const char      *text);
void           shy_landed_rows_set_cancellable
                                          (ShyLandedRows   *self,
                                           GCancellable    *cancellable);
void           shy_landed_rows_set_reveal (ShyLandedRows   *self,
                                           gboolean         reveal);
GPtrArray     *shy_landed_rows_next       (ShyLandedRows   *self,
                                           guint            limit,
                                           GError         **error);
gint64         shy_landed_rows_count      (ShyLandedRows   *self,
                                           GError         **error);
void           shy_landed_row_free        (ShyLandedRow       *self);
const char    *shy_landed_row_get         (const ShyLandedRow *self,
                                           const char         *field);
char          *shy_landed_row_to_json     (const ShyLandedRow *self);

ShyRecords    *shy_landed_records_new     (ShyStore        *store,
                                           const char      *service,
                                           const char      *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyLandedRow, shy_landed_row_free)

G_END_DECLS
