/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-record.h"

G_BEGIN_DECLS

/* A decision that comes out otherwise than it was shown or stored. */
typedef struct
{
  guint          row;        /* of the spreadsheet; 0 if it came alone */
  gint64         id;         /* of the application; 0 if it is not known yet */
  SubsidyOutcome was;
  SubsidyOutcome is;
  gint64         was_amount; /* fen */
  gint64         is_amount;  /* fen */
  char          *reason;     /* (owned) (nullable): title of what decided now */
} SubsidyTurn;

SubsidyTurn *subsidy_turn_new         (const SubsidyRecord *was,
                                       const SubsidyRecord *is,
                                       gint64               id);
void         subsidy_turn_free        (gpointer             turn);
char        *subsidy_turn_to_sentence (const SubsidyTurn   *self);
JsonObject  *subsidy_turn_to_json     (const SubsidyTurn   *self);
char        *subsidy_turns_to_heading (GPtrArray           *turned);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyTurn, subsidy_turn_free)

G_END_DECLS
