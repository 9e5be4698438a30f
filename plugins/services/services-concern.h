/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-item.h"

G_BEGIN_DECLS

/* The page: what to-dos name to open it. */
#define SERVICES_PAGE_ID "services"

/* From how many days before its end on an agreement is reminded of. */
#define SERVICES_REMIND_DAYS 30

/* Whether the data of a service that is pulled automatically is older than it should be: nothing
 * was pulled well for twice its interval and more than two days, counted in working days where it
 * is pulled on those alone. Blocks for the calendar, once. */
gboolean services_concern_is_stale  (const ShyServiceEntry *entry,
                                     GDateTime             *now);

/* In how many days the agreement with a service ends, negative when it has; FALSE where none is
 * noted. */
gboolean services_concern_days_left (const ShyServiceEntry *entry,
                                     GDateTime             *now,
                                     int                   *days);

G_END_DECLS
