/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/shy-import.h"

G_BEGIN_DECLS

/*
 * What whoever imports a spreadsheet has to know beside what becomes of the rows: rows that are hidden
 * or were skipped, columns that nothing reads, cells that were corrected, and what the register holds
 * already. Each is counted and named.
 */
typedef struct _ShyImportNotes ShyImportNotes;

ShyImportNotes *shy_import_notes_new           (ShyImportHidden       hidden,
                                                ShyImportHidden       hidden_columns);
void            shy_import_notes_free          (ShyImportNotes       *self);
void            shy_import_notes_set_earlier   (ShyImportNotes       *self,
                                                gint64                batch,
                                                char                 *stored_at);
gboolean        shy_import_notes_take_row      (ShyImportNotes       *self,
                                                const ShySheetRecord *row);
void            shy_import_notes_take_known    (ShyImportNotes       *self,
                                                guint                 row);
void            shy_import_notes_take_mended   (ShyImportNotes       *self,
                                                guint                 row,
                                                guint                 column);
void            shy_import_notes_finish        (ShyImportNotes       *self,
                                                ShyHeaderMatch       *match,
                                                ShySheetTable        *table);
guint           shy_import_notes_get_n_hidden  (ShyImportNotes       *self);
char           *shy_import_notes_dup_hidden    (ShyImportNotes       *self);
guint           shy_import_notes_get_n_hidden_columns (ShyImportNotes *self);
char           *shy_import_notes_dup_hidden_columns (ShyImportNotes  *self);
char           *shy_import_notes_dup_known     (ShyImportNotes       *self,
                                                guint                *count);
char           *shy_import_notes_dup_earlier   (ShyImportNotes       *self);
void            shy_import_notes_add_first     (ShyImportNotes       *self,
                                                GPtrArray            *remarks);
void            shy_import_notes_add_last      (ShyImportNotes       *self,
                                                GPtrArray            *remarks);
JsonNode       *shy_import_notes_to_json       (ShyImportNotes       *self);

/* What is to be known of a run by those who do parts of it. */
struct _ShyImport
{
  GObject          parent_instance;
  ShyStore        *store;       /* (owned) (nullable): without one nothing is known of the past */
  ShyImportTarget *target;      /* (owned) */
  char            *path;        /* (owned) (nullable): what was opened */
  char            *file;        /* (owned) (nullable): base name of what was opened */
  char            *digest;      /* (owned) (nullable): SHA-256 of what was opened */
  char            *sheet;       /* (owned) (nullable): the one a person chose */
  GPtrArray       *sheets;      /* (owned): names of the sheets of what was opened; ended by NULL */
  gboolean         draft;       /* a person settles what the match leaves open */
  char            *wanted;      /* (owned) (nullable): recipe that a person named; "" for none */
  char            *recipe;      /* (owned) (nullable): the one that was used */
  char            *remember;    /* (owned) (nullable): under which name the match is remembered */
  ShyHeaderMatch  *match;       /* (owned) (nullable) */
  ShySpool        *results;     /* (owned) (nullable): what the target packed of each row, last run */
  ShySpool        *cells;       /* (owned) (nullable): what people see of each row, last run */
  ShyImportNotes  *notes;       /* (owned): of the last run */
  ShyImportHidden  hidden;      /* what is done with hidden rows */
  ShyImportHidden  hidden_columns; /* and columns */
  gint64           earlier;     /* batch that took in this very file before; 0 for none */
  char            *earlier_at;  /* (owned) (nullable): when that was */
  GHashTable      *mended;      /* (owned) row → GHashTable of column → text */
  GHashTable      *keys;        /* (owned): key → row */
  GHashTable      *numbers;     /* (owned): keys that are resident IDs, as numbers → row; small, for
                                 * there are many */
  gboolean         once;        /* a file that was stored before is not stored again */
  char            *reason;      /* (owned) (nullable): why it is stored although the clock fell back */
  char            *stamp;       /* (owned) (nullable): of the register that the run saw; "" for several */
  GPtrArray       *remarks;     /* (owned): of the last run; ended by NULL */
  double           progress;    /* 0 to 1; guarded by mutex */
  guint            n_rows;      /* judged by the run so far; guarded by mutex */
  gint64           told_at;     /* monotonic time of the last notification */
  GMutex           mutex;
  GMainContext    *context;     /* (owned): where progress is told */
};

gboolean        shy_import_judge_rows (ShyImport      *self,
                                       ShySheetTable  *table,
                                       ShySpool       *results,
                                       ShySpool       *cells,
                                       GCancellable   *cancellable,
                                       GError        **error);
ShySpool       *shy_import_open_spool (ShyImport      *self,
                                       GError        **error);
gboolean        shy_import_find_earlier_job (ShyConnection *connection,
                                       gpointer        import,
                                       GCancellable   *cancellable,
                                       GError        **error);
void            shy_import_tell       (ShyImport      *self,
                                       double          progress,
                                       guint           n_rows);
const char     *shy_import_find_mended (ShyImport     *self,
                                       guint           row,
                                       guint           column);
void            shy_import_note_mended (ShyImport     *self);
void            shy_import_row_pack   (const ShyImportRow *row,
                                       GByteArray     *into);
ShyImportRow   *shy_import_row_unpack (GByteArray     *bytes,
                                       ShyImportState  state);

G_END_DECLS
