/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes  *shy_service_edit_alias (GBytes      *description,
                                 const char  *stream,
                                 const char  *field,
                                 const char  *source,
                                 GError     **error);
gboolean shy_service_edit_check (const char  *text,
                                 const char  *id,
                                 guint       *line,
                                 GError     **error);

G_END_DECLS
