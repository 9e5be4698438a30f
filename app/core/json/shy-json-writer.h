/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void shy_json_writer_open    (GString            *into,
                              const char         *name,
                              char                bracket);
void shy_json_writer_close   (GString            *into,
                              char                bracket);
void shy_json_writer_text    (GString            *into,
                              const char         *name,
                              const char         *text);
void shy_json_writer_texts   (GString            *into,
                              const char         *name,
                              const char * const *texts);
void shy_json_writer_integer (GString            *into,
                              const char         *name,
                              gint64              number);
void shy_json_writer_boolean (GString            *into,
                              const char         *name,
                              gboolean            truth);
void shy_json_writer_value   (GString            *into,
                              const char         *name,
                              const char         *json);

G_END_DECLS
