/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "subsidy-inquiry.h"

G_BEGIN_DECLS

/*
 * Asks services about facts of a case: says first what will be sent to whom and what for, and waits
 * for the person's word that the applicant allowed it; then shows what came beside what is there, and
 * takes over what the person chooses.
 *
 * Signal "taken" (name, text, place): a fact is taken over.
 */
#define SUBSIDY_TYPE_ASK_WINDOW (subsidy_ask_window_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyAskWindow, subsidy_ask_window, SUBSIDY, ASK_WINDOW, AdwWindow)

/* What is asked about; copied or referenced. */
typedef struct
{
  ShyStore         *store;
  gint64            case_id;
  ShyPolicy        *policy;
  const ShyFacts   *facts;     /* as they stand in the editor */
  SubsidyLookups   *lookups;
  const char       *fact;      /* (nullable): the one fact to ask about; all that are missing */
} SubsidyAsking;

GtkWidget *subsidy_ask_window_new      (const SubsidyAsking *asking);
guint      subsidy_ask_count_questions (const SubsidyAsking *asking);

G_END_DECLS
