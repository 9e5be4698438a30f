/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Remarks beside the name of a header, folded by shy_sheet_value_fold(). */
char     *shy_header_reduce_aside (const char  *folded);
gboolean  shy_header_parse_unit   (const char  *folded,
                                   char       **unit,
                                   char       **period);
gboolean  shy_header_is_latin     (const char  *text);

G_END_DECLS
