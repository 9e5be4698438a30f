/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crypto/shy-key-private.h"
#include "update/shy-update.h"

G_BEGIN_DECLS

GBytes   *shy_update_signed_text     (ShyUpdateKind     kind,
                                      const char       *id,
                                      const char       *version,
                                      const char       *issued_at,
                                      const char       *content);
char     *shy_update_key_fingerprint (ShyKey           *key);
gboolean  shy_update_is_signed_by    (const ShyUpdate  *self,
                                      ShyKey           *key);

G_END_DECLS
