/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SHY_TYPE_MATCH_LIST (shy_match_list_get_type ())
G_DECLARE_FINAL_TYPE (ShyMatchList, shy_match_list, SHY, MATCH_LIST, AdwBin)

void shy_match_list_show (ShyMatchList   *self,
                          ShyHeaderMatch *match,
                          GPtrArray      *rows);

G_END_DECLS
