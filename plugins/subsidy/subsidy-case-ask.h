/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-case.h"
#include "subsidy-desk.h"

#include "shy-facts-editor.h"

G_BEGIN_DECLS

/*
 * What the editor of a case can ask services about: marks the facts that can be asked, opens the
 * window that asks, and puts what the person takes over into the editor. Where nothing is connected it
 * says what to connect.
 */
#define SUBSIDY_TYPE_CASE_ASK (subsidy_case_ask_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyCaseAsk, subsidy_case_ask, SUBSIDY, CASE_ASK, GObject)

SubsidyCaseAsk *subsidy_case_ask_new  (ShyFactsEditor  *editor);
void            subsidy_case_ask_show (SubsidyCaseAsk  *self,
                                       SubsidyDesk     *desk,
                                       SubsidyCase     *shown,
                                       ShyPolicy       *policy);

G_END_DECLS
