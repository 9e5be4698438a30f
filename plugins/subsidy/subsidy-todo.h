/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

#define SUBSIDY_TYPE_TODO (subsidy_todo_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyTodo, subsidy_todo, SUBSIDY, TODO, GObject)

G_END_DECLS
