/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ShyJournalEntry: (skip)
 * @number: 1 for the first entry, without gaps
 * @time: when, in UTC, as "2026-03-02T07:45:10Z"
 * @actor: who did it: the login name on this machine
 * @action: what was done, as "subsidy.decide"
 * @subject: to what, as "subsidy_case:17"
 * @details: canonical JSON of an object, without personal data in clear
 * @previous: hash of the entry before, 64 zeros for the first
 * @hash: hash of this entry, SM3 in hexadecimal
 *
 * One line of the journal; the strings live while the callback that sees them runs.
 */
typedef struct
{
  gint64      number;
  const char *time;
  const char *actor;
  const char *action;
  const char *subject;
  const char *details;
  const char *previous;
  const char *hash;
} ShyJournalEntry;

/**
 * ShyJournalReport: (skip)
 * @entries: entries that were read
 * @broken: number of the first entry that is wrong, 0 if none is
 * @reason: (nullable): what is wrong with it, translated
 * @head: hash of the last entry that is right
 *
 * What verifying the journal found.
 */
typedef struct
{
  gint64 entries;
  gint64 broken;
  char  *reason;
  char  *head;
} ShyJournalReport;

/**
 * ShyJournalFunc: (skip)
 * @entry: an entry
 * @data: what the caller gave
 *
 * Returns: whether to go on
 */
typedef gboolean (*ShyJournalFunc) (const ShyJournalEntry *entry,
                                    gpointer               data);

gboolean          shy_journal_append      (ShyConnection   *connection,
                                           const char      *action,
                                           const char      *subject,
                                           JsonNode        *details,
                                           GError         **error);
gboolean          shy_journal_foreach     (ShyConnection   *connection,
                                           gint64           after,
                                           ShyJournalFunc   func,
                                           gpointer         data,
                                           GError         **error);
ShyJournalReport *shy_journal_verify      (ShyConnection   *connection,
                                           gint64           expected_number,
                                           const char      *expected_hash,
                                           GCancellable    *cancellable,
                                           GError         **error);
char             *shy_journal_new_nonce   (void);
char             *shy_journal_commit      (const char      *nonce,
                                           const char      *text);
void              shy_journal_report_free (ShyJournalReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyJournalReport, shy_journal_report_free)

G_END_DECLS
