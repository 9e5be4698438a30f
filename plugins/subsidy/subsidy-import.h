/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-notes.h"
#include "subsidy-spool.h"

G_BEGIN_DECLS

/*
 * A spreadsheet on its way through a policy: open it (headers are matched), look at the match and
 * correct it, run it (rows are decided), then write the results or commit them.
 *
 * Properties: "policy", "county", "on" say what is asked; "progress" (0 to 1) is notified in the
 * main context that was the thread's default when the import was made. Everything may be done again.
 */
#define SUBSIDY_TYPE_IMPORT (subsidy_import_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyImport, subsidy_import, SUBSIDY, IMPORT, GObject)

SubsidyImport  *subsidy_import_new           (ShyStore             *store,
                                              ShyPolicy            *policy,
                                              const char           *county,
                                              const GDate          *on);
ShyPolicy      *subsidy_import_get_policy    (SubsidyImport        *self);
const char     *subsidy_import_get_county    (SubsidyImport        *self);
const GDate    *subsidy_import_get_on        (SubsidyImport        *self);
double          subsidy_import_get_progress  (SubsidyImport        *self);
guint           subsidy_import_get_n_rows    (SubsidyImport        *self);
void            subsidy_import_seek_changes  (SubsidyImport        *self);

gboolean        subsidy_import_open          (SubsidyImport        *self,
                                              const char           *path,
                                              GCancellable         *cancellable,
                                              GError              **error);
gboolean        subsidy_import_open_book     (SubsidyImport        *self,
                                              const char           *path,
                                              ShyBook              *book,
                                              GCancellable         *cancellable,
                                              GError              **error);
void            subsidy_import_open_async    (SubsidyImport        *self,
                                              const char           *path,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean        subsidy_import_open_finish   (SubsidyImport        *self,
                                              GAsyncResult         *result,
                                              GError              **error);
const char     *subsidy_import_get_path      (SubsidyImport        *self);
ShyHeaderMatch *subsidy_import_get_match     (SubsidyImport        *self);
void            subsidy_import_set_sheet     (SubsidyImport        *self,
                                              const char           *sheet);
void            subsidy_import_set_draft     (SubsidyImport        *self,
                                              gboolean              draft);
void            subsidy_import_set_hidden    (SubsidyImport        *self,
                                              SubsidyHidden         hidden);
void            subsidy_import_set_work      (SubsidyImport        *self,
                                              gint64                steps);
void            subsidy_import_set_hidden_columns (SubsidyImport   *self,
                                              SubsidyHidden         hidden);
SubsidyNotes   *subsidy_import_get_notes     (SubsidyImport        *self);
const char     *subsidy_import_get_sheet     (SubsidyImport        *self);
const char * const *
                subsidy_import_get_sheets    (SubsidyImport        *self);

gboolean        subsidy_import_run           (SubsidyImport        *self,
                                              GCancellable         *cancellable,
                                              GError              **error);
void            subsidy_import_run_async     (SubsidyImport        *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean        subsidy_import_run_finish    (SubsidyImport        *self,
                                              GAsyncResult         *result,
                                              GError              **error);
SubsidySpool   *subsidy_import_get_spool     (SubsidyImport        *self);
const char * const *
                subsidy_import_get_remarks   (SubsidyImport        *self);

GPtrArray      *subsidy_import_get_turned    (SubsidyImport        *self);
void            subsidy_import_set_reason    (SubsidyImport        *self,
                                              const char           *reason);
void            subsidy_import_set_once      (SubsidyImport        *self,
                                              gboolean              once);

gint64          subsidy_import_commit        (SubsidyImport        *self,
                                              GCancellable         *cancellable,
                                              GError              **error);
void            subsidy_import_commit_async  (SubsidyImport        *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gint64          subsidy_import_commit_finish (SubsidyImport        *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
