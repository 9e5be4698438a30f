/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/* The page: what to-dos name to open it. */
#define SERVICES_PAGE_ID "services"

/* Says which data services need a person: pulls that fail or wait for a decision, data older than
 * it should be, agreements that end. */
#define SERVICES_TYPE_TODO (services_todo_get_type ())
G_DECLARE_FINAL_TYPE (ServicesTodo, services_todo, SERVICES, TODO, GObject)

G_END_DECLS
