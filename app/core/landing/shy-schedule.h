/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendar/shy-calendar.h"
#include "landing/shy-service-book.h"

G_BEGIN_DECLS

GDateTime *shy_schedule_next (const ShyServiceOptions *options,
                              const ShyStreamStatus   *status,
                              GDateTime               *now,
                              ShyCalendar             *calendar,
                              double                   jitter);

G_END_DECLS
