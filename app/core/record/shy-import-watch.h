/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/shy-import.h"

G_BEGIN_DECLS

/**
 * ShyImportWatch: (skip)
 *
 * Somebody at a terminal who waits for a long run.
 */
typedef struct _ShyImportWatch ShyImportWatch;

ShyImportWatch *shy_import_watch_begin (ShyImport   *import,
                                         GCancellable    *cancellable);
void             shy_import_watch_end   (ShyImportWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyImportWatch, shy_import_watch_end)

G_END_DECLS
