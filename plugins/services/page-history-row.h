/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

#include "landing/shy-pull-history.h"

G_BEGIN_DECLS

/* A pull that was: how it went, and opened, what its report says. */
#define SERVICES_TYPE_HISTORY_ROW (services_history_row_get_type ())
G_DECLARE_FINAL_TYPE (ServicesHistoryRow, services_history_row, SERVICES, HISTORY_ROW,
                      AdwExpanderRow)

GtkWidget           *services_history_row_new        (ShyPullRecord      *record,
                                                      const char         *title);
const ShyPullRecord *services_history_row_get_record (ServicesHistoryRow *self);

G_END_DECLS
