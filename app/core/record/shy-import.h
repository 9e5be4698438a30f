/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/shy-import-book.h"

G_BEGIN_DECLS

/**
 * ShyImportHidden:
 * @SHY_IMPORT_HIDDEN_ASK: they are read; nothing is stored until somebody says what to do
 * @SHY_IMPORT_HIDDEN_INCLUDE: they are meant like the others
 * @SHY_IMPORT_HIDDEN_SKIP: they are left out
 *
 * What is done with rows that are hidden in a spreadsheet, by hand or by a filter, and with columns
 * that are.
 */
typedef enum {
  SHY_IMPORT_HIDDEN_ASK,
  SHY_IMPORT_HIDDEN_INCLUDE,
  SHY_IMPORT_HIDDEN_SKIP,
} ShyImportHidden;

#define SHY_TYPE_IMPORT (shy_import_get_type ())
G_DECLARE_FINAL_TYPE (ShyImport, shy_import, SHY, IMPORT, GObject)

ShyImport       *shy_import_new            (ShyStore             *store,
                                            ShyImportTarget      *target);
ShyStore        *shy_import_get_store      (ShyImport            *self);
ShyImportTarget *shy_import_get_target     (ShyImport            *self);
double           shy_import_get_progress   (ShyImport            *self);
guint            shy_import_get_n_rows     (ShyImport            *self);

void             shy_import_set_sheet      (ShyImport            *self,
                                            const char           *sheet);
void             shy_import_set_draft      (ShyImport            *self,
                                            gboolean              draft);
void             shy_import_set_recipe     (ShyImport            *self,
                                            const char           *name);
const char      *shy_import_get_recipe     (ShyImport            *self);
void             shy_import_set_remember   (ShyImport            *self,
                                            const char           *name);
gboolean         shy_import_open           (ShyImport            *self,
                                            const char           *path,
                                            GCancellable         *cancellable,
                                            GError              **error);
gboolean         shy_import_open_book      (ShyImport            *self,
                                            const char           *path,
                                            ShyBook              *book,
                                            GCancellable         *cancellable,
                                            GError              **error);
void             shy_import_open_async     (ShyImport            *self,
                                            const char           *path,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean         shy_import_open_finish    (ShyImport            *self,
                                            GAsyncResult         *result,
                                            GError              **error);
const char      *shy_import_get_path       (ShyImport            *self);
ShyHeaderMatch  *shy_import_get_match      (ShyImport            *self);
const char      *shy_import_get_sheet      (ShyImport            *self);
const char * const *
                 shy_import_get_sheets     (ShyImport            *self);
gboolean         shy_import_look_up_file   (ShyImport            *self,
                                            GCancellable         *cancellable,
                                            GError              **error);
gint64           shy_import_get_earlier    (ShyImport            *self);
char            *shy_import_dup_earlier    (ShyImport            *self);

void             shy_import_set_hidden_rows    (ShyImport        *self,
                                                ShyImportHidden   hidden);
void             shy_import_set_hidden_columns (ShyImport        *self,
                                                ShyImportHidden   hidden);
void             shy_import_mend           (ShyImport            *self,
                                            guint                 row,
                                            guint                 field,
                                            const char           *text);
gboolean         shy_import_is_mended      (ShyImport            *self,
                                            guint                 row,
                                            guint                 field);
guint            shy_import_count_mended   (ShyImport            *self);
gboolean         shy_import_run            (ShyImport            *self,
                                            GCancellable         *cancellable,
                                            GError              **error);
void             shy_import_run_async      (ShyImport            *self,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean         shy_import_run_finish     (ShyImport            *self,
                                            GAsyncResult         *result,
                                            GError              **error);

guint            shy_import_find_key       (ShyImport            *self,
                                            const char           *key);
void             shy_import_keep_key       (ShyImport            *self,
                                            const char           *key,
                                            guint                 row);
void             shy_import_add_known      (ShyImport            *self,
                                            guint                 row);
char            *shy_import_dup_known_rows (ShyImport            *self,
                                            guint                *count);
void             shy_import_add_remark     (ShyImport            *self,
                                            const char           *remark);
const char * const *
                 shy_import_get_remarks    (ShyImport            *self);
char            *shy_import_dup_hidden_rows    (ShyImport        *self);
char            *shy_import_dup_hidden_columns (ShyImport        *self);

ShySpool        *shy_import_get_spool      (ShyImport            *self);
guint            shy_import_count          (ShyImport            *self,
                                            ShyImportState        state);
ShyImportState   shy_import_get_state      (ShyImport            *self,
                                            guint                 index);
ShyImportRow    *shy_import_read_row       (ShyImport            *self,
                                            guint                 index,
                                            GError              **error);
gboolean         shy_import_write_rejected (ShyImport            *self,
                                            const char           *path,
                                            gboolean              replace,
                                            GError              **error);

void             shy_import_set_reason     (ShyImport            *self,
                                            const char           *reason);
void             shy_import_set_once       (ShyImport            *self,
                                            gboolean              once);
gint64           shy_import_commit         (ShyImport            *self,
                                            GCancellable         *cancellable,
                                            GError              **error);
void             shy_import_commit_async   (ShyImport            *self,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gint64           shy_import_commit_finish  (ShyImport            *self,
                                            GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
