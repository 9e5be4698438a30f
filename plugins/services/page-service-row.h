/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* A service at a glance: state, age of its data, rows, next pull, trouble. */
#define SERVICES_TYPE_SERVICE_ROW (services_service_row_get_type ())
G_DECLARE_FINAL_TYPE (ServicesServiceRow, services_service_row, SERVICES, SERVICE_ROW,
                      GtkListBoxRow)

GtkWidget    *services_service_row_new      (ShyServiceItem       *item);
ShyServiceItem *services_service_row_get_item (ServicesServiceRow *self);

G_END_DECLS
