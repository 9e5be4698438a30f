/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/shy-records.h"

G_BEGIN_DECLS

/**
 * ShyExport: (skip)
 *
 * A list on its way to a file: a spreadsheet (.xlsx), separated values (.csv) or, for programs, an
 * array of objects (.json), by the ending of the name. Nothing is at the place until all is written,
 * and then only its owner may read it. Text that a spreadsheet would run is kept from it as
 * [class@SheetWriter] says.
 */
typedef struct _ShyExport ShyExport;

gboolean   shy_export_can_write        (const char           *path,
                                        GError              **error);
ShyExport *shy_export_new              (const char           *path,
                                        const char           *sheet,
                                        GPtrArray            *columns,
                                        gboolean              replace,
                                        GError              **error);
gboolean   shy_export_add              (ShyExport            *self,
                                        const char * const   *values,
                                        GError              **error);
gboolean   shy_export_close            (ShyExport            *self,
                                        GError              **error);
void       shy_export_free             (ShyExport            *self);

void       shy_records_export_async    (ShyRecords           *records,
                                        GArray               *ids,
                                        const char           *sheet,
                                        GFile                *file,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean   shy_records_export_finish   (ShyRecords           *records,
                                        GAsyncResult         *result,
                                        GError              **error);

void       shy_records_copy_async      (ShyRecords           *records,
                                        GArray               *ids,
                                        const guint          *columns,
                                        guint                 n_columns,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean   shy_records_copy_finish     (ShyRecords           *records,
                                        GAsyncResult         *result,
                                        char                **html,
                                        char                **text,
                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyExport, shy_export_free)

G_END_DECLS
