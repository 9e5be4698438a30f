/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ShySpoolFunc:
 * @bytes: (array length=length): what was added
 * @length: how many bytes they are
 * @mark: what was said of it
 * @data: what was given
 * @error: return location for an error
 *
 * Takes what lies in a spool, one after the other. It must not add to it.
 *
 * Returns: whether to go on; %FALSE with @error set
 */
typedef gboolean (*ShySpoolFunc) (const char  *bytes,
                                  gsize        length,
                                  guint        mark,
                                  gpointer     data,
                                  GError     **error);

#define SHY_TYPE_SPOOL (shy_spool_get_type ())
G_DECLARE_FINAL_TYPE (ShySpool, shy_spool, SHY, SPOOL, GObject)

/**
 * SHY_SPOOL_N_MARKS:
 *
 * Marks are smaller than this.
 */
#define SHY_SPOOL_N_MARKS 16

ShySpool *shy_spool_new       (const char    *folder,
                               GError       **error);
gboolean  shy_spool_add       (ShySpool      *self,
                               guint          mark,
                               GByteArray    *bytes,
                               GError       **error);
gboolean  shy_spool_foreach   (ShySpool      *self,
                               ShySpoolFunc   func,
                               gpointer       data,
                               GError       **error);
gboolean  shy_spool_read      (ShySpool      *self,
                               guint          index,
                               GByteArray    *into,
                               GError       **error);
guint     shy_spool_get_n     (ShySpool      *self);
guint     shy_spool_get_mark  (ShySpool      *self,
                               guint          index);
guint     shy_spool_count     (ShySpool      *self,
                               guint          mark);
void      shy_spool_set_notes (ShySpool      *self,
                               JsonNode      *notes);
JsonNode *shy_spool_get_notes (ShySpool      *self);

G_END_DECLS
