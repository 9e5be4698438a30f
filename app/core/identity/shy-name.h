/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *shy_name_fold        (const char *name);
char *shy_name_fold_person (const char *name);

G_END_DECLS
