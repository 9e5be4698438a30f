/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policies.h"

G_BEGIN_DECLS

#define POLICIES_TYPE_PAGE (policies_page_get_type ())
G_DECLARE_FINAL_TYPE (PoliciesPage, policies_page, POLICIES, PAGE, GObject)

G_END_DECLS
