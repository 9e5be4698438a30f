/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policies.h"

G_BEGIN_DECLS

/* Says how many updates of policies and the calendar wait for a person. */
#define POLICIES_TYPE_TODO (policies_todo_get_type ())
G_DECLARE_FINAL_TYPE (PoliciesTodo, policies_todo, POLICIES, TODO, GObject)

G_END_DECLS
