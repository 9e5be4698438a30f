/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/shy-json-private.h"
#include "update/shy-update-change.h"

G_BEGIN_DECLS

GPtrArray  *shy_update_changes_new   (void);
void        shy_update_changes_add   (GPtrArray           *changes,
                                      ShyUpdateChangeKind  kind,
                                      const char          *part,
                                      const char          *subject,
                                      const char          *member,
                                      char                *before,
                                      char                *after);

/* The words of packs, in shy-update-words.c. */
const char *shy_update_member_label  (const char          *name);
char       *shy_update_value_to_text (const ShyJson       *value,
                                      const ShyJson       *pack);
gboolean    shy_update_is_text       (const ShyJson       *value);

G_END_DECLS
