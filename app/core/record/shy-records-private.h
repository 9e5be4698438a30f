/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/shy-records.h"

G_BEGIN_DECLS

/* Where the records come from. Shared with the jobs, which may outlive the list. */
typedef struct
{
  ShyStore              *store;     /* (owned) */
  const ShyRecordSource *source;
  gpointer               data;
  GDestroyNotify         data_free; /* (nullable) */
} ShyRecordOrigin;

void             shy_record_origin_unref    (ShyRecordOrigin *self);

/* Records on their way from a thread of the store. */
typedef struct
{
  ShyRecordOrigin *origin;   /* (owned): a share */
  GPtrArray       *columns;  /* (owned) */
  GArray          *ids;      /* (owned) of gint64 */
  GPtrArray       *records;  /* (owned) (nullable): as the ids; for the main thread only */
  char          ***values;   /* (owned): as the ids */
} ShyRecordPage;

/* @ids: (transfer full): of gint64 */
ShyRecordPage   *shy_record_page_new        (ShyRecordOrigin *origin,
                                             GPtrArray       *columns,
                                             GArray          *ids);
void             shy_record_page_free       (gpointer         page);
gboolean         shy_record_page_read_job   (ShyConnection   *connection,
                                             gpointer         page,
                                             GCancellable    *cancellable,
                                             GError         **error);

char            *shy_record_count_key       (const char      *filter,
                                             const char      *value);
ShyRecordOrigin *shy_records_get_origin     (ShyRecords      *self);

G_END_DECLS
