/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean  shy_json_check_text     (const char  *text,
                                   gssize       length,
                                   GError     **error);
JsonNode *shy_json_node_from_text (const char  *text,
                                   gssize       length,
                                   GError     **error);

G_END_DECLS
