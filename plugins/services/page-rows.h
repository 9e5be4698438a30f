/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* The rows that are kept of a stream: searched, and written to a spreadsheet. */
#define SERVICES_TYPE_ROWS_VIEW (services_rows_view_get_type ())
G_DECLARE_FINAL_TYPE (ServicesRowsView, services_rows_view, SERVICES, ROWS_VIEW, AdwBin)

void services_rows_view_show (ServicesRowsView      *self,
                              ShyContext            *context,
                              const char            *title,
                              const ShyStreamStatus *status);

G_END_DECLS
