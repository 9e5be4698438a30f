/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/shy-record-field.h"
#include "record/shy-record-query.h"
#include "record/shy-record.h"
#include "store/shy-store.h"

G_BEGIN_DECLS

/**
 * ShyRecordFound: (skip)
 * @query: what is asked for
 * @limit: how many records are wanted; 0 for all of them, with counts and total
 * @ids: (element-type gint64): the records that were found, in order
 * @counts: how many records each value of a filter would leave
 * @total: how many records there are without any filter
 * @counted: whether @counts and @total are known
 * @columns: (nullable) (element-type ShyField): the columns, where they are known only with the
 *   records; each keeps its own
 *
 * What a list is asked for, and what a source found.
 */
typedef struct
{
  const ShyRecordQuery *query;
  guint                 limit;
  GArray               *ids;
  GHashTable           *counts;
  guint                 total;
  gboolean              counted;
  GPtrArray            *columns;
} ShyRecordFound;

gboolean shy_record_found_add   (ShyRecordFound *self,
                                 gint64          id);
void     shy_record_found_count (ShyRecordFound *self,
                                 const char     *filter,
                                 const char     *value,
                                 guint           n);

/**
 * ShyRecordSource: (skip)
 * @topic: after which changes of the store the list is read again
 * @list: finds the records of a query. A list is read twice: at first only as many as a screen shows,
 *   then all. A source that ends without having been told to stop may set `counted`, which spares the
 *   second.
 * @read: reads records for people, masked as on the screen: for each of @ids sets an entry of @values
 *   to an array of a value for each of @columns, or leaves %NULL where there is no such record
 *
 * Where the records of a list come from: what a plugin says about a table of its own. Both functions
 * run on a thread of the store, in a job that only reads, and change nothing of @data.
 */
typedef struct
{
  const char *topic;
  gboolean (*list) (ShyConnection   *connection,
                    gpointer         data,
                    ShyRecordFound  *found,
                    GCancellable    *cancellable,
                    GError         **error);
  gboolean (*read) (ShyConnection   *connection,
                    gpointer         data,
                    GPtrArray       *columns,
                    const gint64    *ids,
                    guint            n_ids,
                    char          ***values,
                    GCancellable    *cancellable,
                    GError         **error);
} ShyRecordSource;

#define SHY_TYPE_RECORDS (shy_records_get_type ())
G_DECLARE_FINAL_TYPE (ShyRecords, shy_records, SHY, RECORDS, GObject)

ShyRecords           *shy_records_new         (ShyStore              *store,
                                               const ShyRecordSource *source,
                                               GPtrArray             *columns,
                                               gpointer               data,
                                               GDestroyNotify         data_free);
GPtrArray            *shy_records_get_columns (ShyRecords            *self);
const ShyRecordQuery *shy_records_get_query   (ShyRecords            *self);
void                  shy_records_set_query   (ShyRecords            *self,
                                               const ShyRecordQuery  *query);
void                  shy_records_reload      (ShyRecords            *self);
gboolean              shy_records_is_loading  (ShyRecords            *self);
gboolean              shy_records_is_counted  (ShyRecords            *self);
const char           *shy_records_get_error   (ShyRecords            *self);
guint                 shy_records_get_total   (ShyRecords            *self);
guint                 shy_records_get_count   (ShyRecords            *self,
                                               const char            *filter,
                                               const char            *value);
gint64                shy_records_get_id      (ShyRecords            *self,
                                               guint                  position);
GArray               *shy_records_dup_ids     (ShyRecords            *self);

/**
 * ShyRecordFunc: (skip)
 * @columns: (element-type ShyField): the columns
 * @values: (nullable) (array): a value for each column, some of them %NULL; %NULL behind the last
 *   record
 * @data: what the caller gave
 * @error: return location for an error
 *
 * Is handed one record after the other, on a worker thread.
 *
 * Returns: whether to go on; if not, @error is set
 */
typedef gboolean (*ShyRecordFunc) (GPtrArray           *columns,
                                   const char * const  *values,
                                   gpointer             data,
                                   GError             **error);

void                  shy_records_foreach_async  (ShyRecords           *self,
                                                  GArray               *ids,
                                                  ShyRecordFunc         func,
                                                  gpointer              data,
                                                  GDestroyNotify        data_free,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean              shy_records_foreach_finish (ShyRecords           *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
