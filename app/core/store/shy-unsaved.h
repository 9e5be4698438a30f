/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-connection.h"

G_BEGIN_DECLS

/**
 * ShyUnsaved: (skip)
 * @texts: (element-type utf8 utf8): name of a field to what was typed there
 * @base: what the form said of its record's state when it was typed
 * @typed_at: when, in UTC, RFC 3339
 *
 * What somebody typed into a form and has not saved.
 */
typedef struct
{
  GHashTable *texts;
  char       *base;
  char       *typed_at;
} ShyUnsaved;

ShyUnsaved *shy_unsaved_read (ShyConnection  *connection,
                          const char     *record,
                          GError        **error);
gboolean  shy_unsaved_keep (ShyConnection  *connection,
                          const char     *record,
                          const char     *base,
                          GHashTable     *texts,
                          GError        **error);
void      shy_unsaved_free (gpointer        self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyUnsaved, shy_unsaved_free)

G_END_DECLS
