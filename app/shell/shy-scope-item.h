/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

#define SHY_TYPE_SCOPE_ITEM (shy_scope_item_get_type ())
G_DECLARE_FINAL_TYPE (ShyScopeItem, shy_scope_item, SHY, SCOPE_ITEM, GObject)

GListModel *shy_scope_item_list_new  (ShyCountyRegistry *registry);
const char *shy_scope_item_get_code  (ShyScopeItem      *self);
const char *shy_scope_item_get_label (ShyScopeItem      *self);
gboolean    shy_scope_item_is_county (ShyScopeItem      *self);
gboolean    shy_scope_item_matches   (ShyScopeItem      *self,
                                      const char        *search);

G_END_DECLS
