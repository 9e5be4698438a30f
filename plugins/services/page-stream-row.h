/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

#include "landing/shy-pull-history.h"

G_BEGIN_DECLS

/*
 * A stream of a service: rows and their age, and opened, its dates, what waits for a decision and
 * what a person should know. Acts by the actions of ServicesView.
 */
#define SERVICES_TYPE_STREAM_ROW (services_stream_row_get_type ())
G_DECLARE_FINAL_TYPE (ServicesStreamRow, services_stream_row, SERVICES, STREAM_ROW,
                      AdwExpanderRow)

GtkWidget  *services_stream_row_new      (void);
void        services_stream_row_show     (ServicesStreamRow     *self,
                                          const ShyStreamStatus *status,
                                          GPtrArray             *notices);

G_END_DECLS
