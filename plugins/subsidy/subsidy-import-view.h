/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

#include "subsidy-desk.h"

G_BEGIN_DECLS

/* Takes applications in: what the assistant for imports asks beside the policy is the county and the day. */
void subsidy_import_view_set_up (ShyImportAssistant *assistant,
                                 SubsidyDesk        *desk);
void subsidy_import_view_open   (ShyImportAssistant *assistant,
                                 GFile              *file);

G_END_DECLS
