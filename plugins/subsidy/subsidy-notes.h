/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/* What is done with rows that are hidden in a spreadsheet, by hand or by a filter, and with columns that
 * are. */
typedef enum {
  SUBSIDY_HIDDEN_ASK,     /* they are decided; nothing is stored until somebody says what to do */
  SUBSIDY_HIDDEN_INCLUDE, /* they are applications like the others */
  SUBSIDY_HIDDEN_SKIP,    /* they are left out */
} SubsidyHidden;

/*
 * What whoever imports a spreadsheet has to know beside the outcomes: rows that are hidden or were
 * skipped, columns that nothing reads, and what the register holds already. Each is counted and
 * named.
 */
typedef struct _SubsidyNotes SubsidyNotes;

SubsidyNotes *subsidy_notes_new           (SubsidyHidden    hidden,
                                           SubsidyHidden    hidden_columns);
void          subsidy_notes_free          (SubsidyNotes    *self);
gboolean      subsidy_notes_load_job      (ShyConnection   *connection,
                                           SubsidyNotes    *self,
                                           const char      *policy,
                                           const char      *digest,
                                           GError         **error);
gboolean      subsidy_notes_check_once    (SubsidyNotes    *self,
                                           ShyConnection   *connection,
                                           const char      *policy,
                                           const char      *digest,
                                           GError         **error);
gboolean      subsidy_notes_take_row      (SubsidyNotes    *self,
                                           const ShySheetRecord *row);
void          subsidy_notes_take_person   (SubsidyNotes    *self,
                                           guint            row,
                                           const char      *person);
void          subsidy_notes_finish        (SubsidyNotes    *self,
                                           ShyHeaderMatch  *match,
                                           ShySheetTable   *table);
guint         subsidy_notes_get_n_hidden  (SubsidyNotes    *self);
char         *subsidy_notes_dup_hidden    (SubsidyNotes    *self);
guint         subsidy_notes_get_n_hidden_columns (SubsidyNotes *self);
char         *subsidy_notes_dup_hidden_columns (SubsidyNotes *self);
char         *subsidy_notes_dup_earlier   (SubsidyNotes    *self);
void          subsidy_notes_add_remarks   (SubsidyNotes    *self,
                                           GPtrArray       *remarks);
JsonNode     *subsidy_notes_to_json       (SubsidyNotes    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyNotes, subsidy_notes_free)

G_END_DECLS
