/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

#define SUBSIDY_TYPE_CASE_VERB (subsidy_case_verb_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyCaseVerb, subsidy_case_verb, SUBSIDY, CASE_VERB, GObject)

G_END_DECLS
