/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *shy_pinyin_of_name  (const char *name);
char *shy_pinyin_initials (const char *pinyin);

G_END_DECLS
