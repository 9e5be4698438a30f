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
 * ShyJournalFinding: (skip)
 * @table: a table of the database
 * @key: (nullable): which row of it
 * @column: (nullable): which column, if that can be told
 * @sentence: what is wrong with it, translated, without personal data
 *
 * Something that is not as the program stored it.
 */
typedef struct
{
  char *table;
  char *key;
  char *column;
  char *sentence;
} ShyJournalFinding;

/**
 * ShyJournalReport: (skip)
 * @entries: entries that were read
 * @broken: number of the first entry that is wrong, 0 if none is
 * @reason: (nullable): what is wrong with it, translated
 * @head: hash of the last entry that is right
 * @number: its number
 * @bound: whether the database binds its rows to the journal; copies of before do not
 * @rows: rows that were compared, about
 * @faults: how many things are not as they were stored
 * @findings: (element-type ShyJournalFinding): the first thousand of them
 *
 * What verifying the journal found.
 */
typedef struct
{
  gint64     entries;
  gint64     broken;
  char      *reason;
  char      *head;
  gint64     number;
  gboolean   bound;
  gint64     rows;
  gint64     faults;
  GPtrArray *findings;
} ShyJournalReport;

/**
 * ShyJournalProgressFunc: (skip)
 * @done: how much was looked at
 * @total: of how much, about
 * @data: what the caller gave
 *
 * Told how far a verification got, on its thread.
 */
typedef void (*ShyJournalProgressFunc) (gint64   done,
                                        gint64   total,
                                        gpointer data);

/**
 * ShyJournalFunc: (skip)
 * @entry: an entry
 * @data: what the caller gave
 *
 * Returns: whether to go on
 */
typedef gboolean (*ShyJournalFunc) (const ShyJournalEntry *entry,
                                    gpointer               data);

/**
 * ShyJournalProof: (skip)
 * @connection: a connection
 * @why: (out) (nullable) (transfer full): what is wrong, in clerk's words
 * @error: return location for an error
 *
 * Proves tables that are not bound row by row, as an index is that is made from others.
 *
 * Returns: %FALSE with @error set if it could not look
 */
typedef gboolean (*ShyJournalProof) (ShyConnection  *connection,
                                     char          **why,
                                     GError        **error);

void              shy_journal_add_proof   (ShyJournalProof  proof);
gboolean          shy_journal_append      (ShyConnection   *connection,
                                           const char      *action,
                                           const char      *subject,
                                           JsonNode        *details,
                                           GError         **error);
gboolean          shy_journal_check_clock (ShyConnection   *connection,
                                           const char      *reason,
                                           GError         **error);
gboolean          shy_journal_read_head   (ShyConnection   *connection,
                                           gint64          *number,
                                           char           **hash,
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
ShyJournalReport *shy_journal_verify_all  (ShyConnection          *connection,
                                           gint64                  expected_number,
                                           const char             *expected_hash,
                                           ShyJournalProgressFunc  progress,
                                           gpointer                data,
                                           GError                **error);
gboolean          shy_journal_report_is_intact (const ShyJournalReport *self);
gboolean          shy_register_check_row  (ShyConnection   *connection,
                                           const char      *table,
                                           gint64           key,
                                           char           **why,
                                           GError         **error);
char             *shy_journal_new_nonce   (void);
char             *shy_journal_commit      (const char      *nonce,
                                           const char      *text);
void              shy_journal_report_free (ShyJournalReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyJournalReport, shy_journal_report_free)

G_END_DECLS
