/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* Windows in which an IT person connects a service. Each works on its own behind what is said
 * here; the page follows what changes by the database. */

void services_editor_present (GtkWindow  *parent,
                              ShyContext *context,
                              const char *id);
void services_keys_present   (GtkWindow  *parent,
                              ShyContext *context,
                              const char *id);
void services_trial_present  (GtkWindow  *parent,
                              ShyContext *context,
                              const char *id);

/* A window over @parent, which goes with it. */
void services_editor_attach  (GtkWindow    *window,
                              GtkWindow    *parent);

/* Says in a dialog what went wrong; a cancellation is no news. */
void services_editor_tell    (GtkWidget    *within,
                              const char   *heading,
                              const GError *error);

G_END_DECLS
