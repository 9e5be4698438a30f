/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-work.h"

#include "landing/shy-landed-rows.h"

G_BEGIN_DECLS

/* A row of the list: empty until its page is read. Signal "loaded". */
#define SERVICES_TYPE_ROW (services_row_get_type ())
G_DECLARE_FINAL_TYPE (ServicesRow, services_row, SERVICES, ROW, GObject)

const ShyLandedRow *services_row_get (ServicesRow *self);

/*
 * The rows of a stream of a service, as a GListModel of ServicesRow that reads from the database by
 * pages of 128 and keeps 32 of them. It is read again when the rows change. Signal "listed": how
 * many there are, and the fields, are known anew; or services_rows_get_error() says why not.
 */
#define SERVICES_TYPE_ROWS (services_rows_get_type ())
G_DECLARE_FINAL_TYPE (ServicesRows, services_rows, SERVICES, ROWS, GObject)

ServicesRows *services_rows_new        (ShyContext *context,
                                        const char   *service,
                                        const char   *stream);
void          services_rows_set_search (ServicesRows *self,
                                        const char   *text);
const char   *services_rows_get_search (ServicesRows *self);
void          services_rows_retry      (ServicesRows *self);
gboolean      services_rows_is_loading (ServicesRows *self);
const char   *services_rows_get_error  (ServicesRows *self);
/* Of ShyField; empty until rows are known. */
GPtrArray    *services_rows_get_fields (ServicesRows *self);

G_END_DECLS
