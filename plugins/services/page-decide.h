/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* Asks a person about a pull that is held back: what was found in it, and whether its rows are to
 * become those that everybody sees. Nothing changes until there is an answer. */
void services_decide_present (GtkWidget             *within,
                              ShyContext          *context,
                              const ShyStreamStatus *stream);

G_END_DECLS
