/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

#define SUBSIDY_TYPE_CHECK (subsidy_check_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyCheck, subsidy_check, SUBSIDY, CHECK, GObject)

G_END_DECLS
