/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean shy_date_parse  (const char *text,
                          GDate      *date);
char    *shy_date_format (const GDate *date);

G_END_DECLS
