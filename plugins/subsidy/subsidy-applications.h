/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

#define SUBSIDY_TYPE_APPLICATIONS (subsidy_applications_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyApplications, subsidy_applications, SUBSIDY, APPLICATIONS, GObject)

G_END_DECLS
