/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "subsidy-lookups.h"

G_BEGIN_DECLS

/* What the window of questions shows: what would be sent, and what came back. */

/* A fact somebody may take over. */
typedef struct
{
  char           *name;  /* (owned) */
  char           *text;  /* (owned): in the form of the field */
  char           *place; /* (owned) */
  GtkCheckButton *check; /* in its row */
} SubsidyOffer;

void                 subsidy_offer_free        (gpointer               offer);
AdwPreferencesGroup *subsidy_ask_group_to_send (const SubsidyLookup *question,
                                                const ShyFacts        *facts,
                                                gboolean              *complete);
AdwPreferencesGroup *subsidy_ask_group_waiting (const SubsidyLookup *question);
void                 subsidy_ask_group_describe (AdwPreferencesGroup  *group,
                                                const char            *text);
void                 subsidy_ask_group_answer  (AdwPreferencesGroup   *group,
                                                const ShyLookupAnswer *answer,
                                                ShyPolicy             *policy,
                                                const ShyFacts        *facts,
                                                GPtrArray             *offers);

G_END_DECLS
