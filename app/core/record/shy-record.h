/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SHY_TYPE_RECORD (shy_record_get_type ())
G_DECLARE_FINAL_TYPE (ShyRecord, shy_record, SHY, RECORD, GObject)

ShyRecord          *shy_record_new         (gint64       id);
gint64              shy_record_get_id      (ShyRecord   *self);
gboolean            shy_record_is_loaded   (ShyRecord   *self);
const char         *shy_record_get_value   (ShyRecord   *self,
                                            guint        column);
void                shy_record_take_values (ShyRecord   *self,
                                            char       **values,
                                            guint        n_values);

G_END_DECLS
