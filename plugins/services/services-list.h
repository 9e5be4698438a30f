/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-work.h"

G_BEGIN_DECLS

/*
 * The connected services, as a GListModel of ShyServiceItem that follows the database and the
 * pulls. Signal "loaded": it was read, or could not be.
 */
#define SERVICES_TYPE_LIST (services_list_get_type ())
G_DECLARE_FINAL_TYPE (ServicesList, services_list, SERVICES, LIST, GObject)

ServicesList   *services_list_new       (ShyContext   *context);
void            services_list_reload    (ServicesList *self);
gboolean        services_list_is_loaded (ServicesList *self);
const char     *services_list_get_error (ServicesList *self);
ShyServiceItem *services_list_find      (ServicesList *self,
                                         const char   *id);

G_END_DECLS
