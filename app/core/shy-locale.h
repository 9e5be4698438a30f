/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     shy_locale_init       (void);
gboolean shy_locale_is_chinese (void);

G_END_DECLS
