/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Files that are written of an import. */
void shy_import_save    (GtkWidget  *widget,
                         ShyImport  *import,
                         gboolean    rejected);
void shy_import_save_to (GtkWidget  *widget,
                         ShyImport  *import,
                         gboolean    rejected,
                         const char *uri);

G_END_DECLS
