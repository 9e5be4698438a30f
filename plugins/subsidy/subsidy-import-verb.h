/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

#define SUBSIDY_TYPE_IMPORT_VERB (subsidy_import_verb_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyImportVerb, subsidy_import_verb, SUBSIDY, IMPORT_VERB, GObject)

G_END_DECLS
