/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendar/shy-calendar.h"
#include "landing/shy-service-entry.h"

G_BEGIN_DECLS

GDateTime *shy_schedule_next   (const ShyServiceOptions *options,
                                const ShyStreamStatus   *status,
                                GDateTime               *now,
                                ShyCalendar             *calendar,
                                double                   jitter);
gboolean   shy_schedule_is_due (const ShyServiceEntry   *entry,
                                const ShyStreamStatus   *status,
                                GDateTime               *now);

G_END_DECLS
