/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once


#include "shy-core.h"

G_BEGIN_DECLS

/*
 * What every part of the plugin works on: the database with the book of services, the pulls that
 * run, and threads for what blocks. One desk a context, so that the page, the preferences and the
 * schedule know of each other's pulls.
 */
#define SERVICES_TYPE_DESK (services_desk_get_type ())
G_DECLARE_FINAL_TYPE (ServicesDesk, services_desk, SERVICES, DESK, GObject)

/*
 * ServicesCall: work that may block, on a worker thread, with the database open. Gives its result,
 * or NULL with the error set. It gets copies in @data and touches no widget.
 */
typedef gpointer (*ServicesCall) (ServicesDesk  *desk,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

ServicesDesk   *services_desk_get          (ShyContext           *context);
const char     *services_desk_get_database (ServicesDesk         *self);
ShyServicePulls  *services_desk_get_pulls    (ServicesDesk         *self);
ShyStore       *services_desk_get_store    (ServicesDesk         *self);
ShyServiceBook *services_desk_get_book     (ServicesDesk         *self);

void            services_desk_call_async   (ServicesDesk         *self,
                                            ServicesCall          call,
                                            gpointer              data,
                                            GDestroyNotify        data_free,
                                            GDestroyNotify        result_free,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gpointer        services_desk_call_finish  (ServicesDesk         *self,
                                            GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
