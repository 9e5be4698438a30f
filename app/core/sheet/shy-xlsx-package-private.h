/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-book-source-private.h"
#include "sheet/shy-xml-private.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The zip archive that an xlsx file is, with a guard against archives that swell. Not for use by
 * two threads: each reader opens its own. */
typedef struct _ShyXlsxPackage ShyXlsxPackage;
typedef struct _ShyXlsxPart ShyXlsxPart;

ShyXlsxPackage *shy_xlsx_package_open      (ShyBookSource   *source,
                                            GError         **error);
void            shy_xlsx_package_free      (ShyXlsxPackage  *self);
gboolean        shy_xlsx_package_has       (ShyXlsxPackage  *self,
                                            const char      *name);
ShyXlsxPart    *shy_xlsx_package_open_part (ShyXlsxPackage  *self,
                                            const char      *name,
                                            GError         **error);
gboolean        shy_xlsx_package_parse     (ShyXlsxPackage  *self,
                                            const char      *name,
                                            ShyXml          *xml,
                                            GCancellable    *cancellable,
                                            GError         **error);

gssize          shy_xlsx_part_read         (ShyXlsxPart     *self,
                                            char            *buffer,
                                            gsize            size,
                                            GError         **error);
guint64         shy_xlsx_part_get_done     (ShyXlsxPart     *self);
guint64         shy_xlsx_part_get_total    (ShyXlsxPart     *self);
void            shy_xlsx_part_free         (ShyXlsxPart     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyXlsxPackage, shy_xlsx_package_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyXlsxPart, shy_xlsx_part_free)

G_END_DECLS
