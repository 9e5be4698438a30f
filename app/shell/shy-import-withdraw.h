/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*ShyImportWithdrawn) (GtkWidget *widget);

void shy_import_withdraw (GtkWidget          *widget,
                          ShyStore           *store,
                          ShyImportTarget    *target,
                          gint64              batch,
                          ShyImportWithdrawn  done);

G_END_DECLS
