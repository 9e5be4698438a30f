/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

G_BEGIN_DECLS

#define SUBSIDY_TYPE_PAGE (subsidy_page_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyPage, subsidy_page, SUBSIDY, PAGE, GObject)

G_END_DECLS
