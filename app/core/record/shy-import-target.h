/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/shy-spool.h"
#include "sheet/shy-header-match.h"
#include "store/shy-store.h"

G_BEGIN_DECLS

typedef struct _ShyImport ShyImport;
typedef struct _ShyImportRow ShyImportRow;
typedef struct _ShyImportCommit ShyImportCommit;

/**
 * ShyImportState:
 * @SHY_IMPORT_READY: it is stored as it stands
 * @SHY_IMPORT_FAULTY: it is stored, but a cell of it cannot be read
 * @SHY_IMPORT_REJECTED: it is not stored unless somebody mends it
 *
 * What is to be done with a row.
 */
typedef enum {
  SHY_IMPORT_READY,
  SHY_IMPORT_FAULTY,
  SHY_IMPORT_REJECTED,
} ShyImportState;

/**
 * ShyImportRow:
 * @number: its number among the rows of the file that are data, from 1
 * @row: the row of the sheet, from 1
 * @state: what is to be done with it
 * @mark: what it came to, in the target's own words, less than %SHY_SPOOL_N_MARKS
 * @n_fields: how many fields there are
 * @texts: (array length=n_fields): what stands in the cell of each field, %NULL for no cell
 * @faults: (array length=n_fields): what is wrong with each, translated, %NULL for nothing
 * @title: (nullable): whose or what it is, for people
 * @label: (nullable): what it came to, in a word or two, translated
 * @words: (nullable): why, in sentences, translated
 * @data: what the target keeps of it on its way
 * @data_free: frees @data
 *
 * A row of a spreadsheet on its way. The target fills in what is behind @row, but for the texts.
 */
struct _ShyImportRow
{
  guint            number;
  guint            row;
  ShyImportState   state;
  guint            mark;
  guint            n_fields;
  char           **texts;
  char           **faults;
  char            *title;
  char            *label;
  char            *words;
  gpointer         data;
  GDestroyNotify   data_free;
};

ShyImportRow *shy_import_row_new       (guint         number,
                                        guint         row,
                                        guint         n_fields);
void          shy_import_row_free      (ShyImportRow *self);
void          shy_import_row_set_fault (ShyImportRow *self,
                                        guint         field,
                                        const char   *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyImportRow, shy_import_row_free)

/**
 * ShyImportCommit:
 * @batch: the number under which the file is taken in
 * @rows: what [vfunc@ImportTarget.write] packed, row by row
 * @anew: takes what is stored, row by row, if @again
 * @again: whether the register changed since the rows were judged: then each is to be looked at again
 * @file: the name of the file
 * @sheet: the name of the sheet
 * @reason: (nullable): why it is stored although the clock fell back
 * @details: takes what the journal is to know of it
 * @taken: out: how many rows were stored
 * @rejected: out: how many were not
 *
 * A file on its way into the register.
 */
struct _ShyImportCommit
{
  gint64       batch;
  ShySpool    *rows;
  ShySpool    *anew;
  gboolean     again;
  const char  *file;
  const char  *sheet;
  const char  *reason;
  JsonObject  *details;
  guint        taken;
  guint        rejected;
};

/**
 * ShyImportSummary:
 * @totals: what the rows came to, a line
 * @basis: (nullable): by what they were judged, a line
 * @changed: (nullable): says of what is in @changes that it was stored otherwise than it had been found
 * @changes: of #char*: a line for each such row
 *
 * What is to be told of a file that was taken in.
 */
typedef struct
{
  char      *totals;
  char      *basis;
  char      *changed;
  GPtrArray *changes;
} ShyImportSummary;

ShyImportSummary *shy_import_summary_new  (void);
void              shy_import_summary_free (ShyImportSummary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyImportSummary, shy_import_summary_free)

#define SHY_TYPE_IMPORT_TARGET (shy_import_target_get_type ())
G_DECLARE_DERIVABLE_TYPE (ShyImportTarget, shy_import_target, SHY, IMPORT_TARGET, GObject)

/**
 * ShyImportTargetClass:
 * @dup_fields: what is looked for in a spreadsheet
 * @check: (nullable): whether it takes anything at all; fails with what is to be done first
 * @begin: (nullable): a run begins; what was read of rows before is forgotten
 * @read: reads a row; on a thread that does nothing else
 * @look_up: (nullable): reads what the register holds that bears on some rows, in a job
 * @judge: judges rows in their order; on the thread that runs it
 * @write: completes a row and packs what is to be stored of it; on a thread that does nothing else
 * @finish: (nullable): all rows are judged: adds remarks
 * @commit: stores the rows, in the transaction that is to hold all of them
 * @withdraw: (nullable): takes back what a batch stored, in a transaction; fails with
 *   %SHY_ERROR_INVALID where something rests on it
 * @describe: (nullable): says what is to be told of what was judged, or was stored
 * @write_results: (nullable): writes all rows with what they came to into a file, by its ending
 *
 * What an import needs of whoever owns the records.
 */
struct _ShyImportTargetClass
{
  GObjectClass parent_class;

#ifndef __GI_SCANNER__ /* rows and jobs are for C */
  GPtrArray *(*dup_fields) (ShyImportTarget       *self);
  gboolean   (*check)      (ShyImportTarget       *self,
                            GError               **error);
  gboolean   (*begin)      (ShyImportTarget       *self,
                            ShyImport             *import,
                            GCancellable          *cancellable,
                            GError               **error);
  void       (*read)       (ShyImportTarget       *self,
                            const ShySheetRecord  *record,
                            ShyImportRow          *row);
  gboolean   (*look_up)    (ShyImportTarget       *self,
                            ShyConnection         *connection,
                            GPtrArray             *rows,
                            GError               **error);
  gboolean   (*judge)      (ShyImportTarget       *self,
                            GPtrArray             *rows,
                            GCancellable          *cancellable,
                            GError               **error);
  void       (*write)      (ShyImportTarget       *self,
                            ShyImportRow          *row,
                            GByteArray            *into);
  void       (*finish)     (ShyImportTarget       *self,
                            ShyImport             *import);
  gboolean   (*commit)     (ShyImportTarget       *self,
                            ShyConnection         *connection,
                            ShyImportCommit       *commit,
                            GCancellable          *cancellable,
                            GError               **error);
  gboolean   (*withdraw)   (ShyImportTarget       *self,
                            ShyConnection         *connection,
                            gint64                 batch,
                            JsonObject            *details,
                            const char            *reason,
                            GError               **error);
  void       (*describe)   (ShyImportTarget       *self,
                            ShyImport             *import,
                            ShyImportSummary      *summary);
  gboolean   (*write_results) (ShyImportTarget    *self,
                            ShyImport             *import,
                            const char            *path,
                            GError               **error);

  gpointer padding[4];
#endif
};

const char *shy_import_target_get_id     (ShyImportTarget *self);
const char *shy_import_target_get_title  (ShyImportTarget *self);
const char *shy_import_target_get_label  (ShyImportTarget *self);
const char *shy_import_target_get_hint   (ShyImportTarget *self);
char       *shy_import_target_dup_family (ShyImportTarget *self);
GPtrArray  *shy_import_target_dup_fields (ShyImportTarget *self);

G_END_DECLS
