/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-board.h"

G_BEGIN_DECLS

/*
 * Pulls what is due while the window is open: each time the board is read, which it is every minute.
 * When a stream is due, the book says. A sample service is pulled at once when it is there.
 */
#define SERVICES_TYPE_SCHEDULER (services_scheduler_get_type ())
G_DECLARE_FINAL_TYPE (ServicesScheduler, services_scheduler, SERVICES, SCHEDULER, GObject)

ServicesScheduler *services_scheduler_new      (ServicesDesk          *desk,
                                                ServicesBoard         *board);

/* Whether a stream is to be pulled now without being asked. */
gboolean           services_scheduler_is_due   (const ShyServiceEntry *entry,
                                                const ShyStreamStatus *stream,
                                                GDateTime             *now);

G_END_DECLS
