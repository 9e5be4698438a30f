/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/wire/shy-transport-private.h"

G_BEGIN_DECLS

/* Where a redirect may lead: never to another host, for keys go along. */
GUri *shy_redirect_follow  (ShyAnswer  *answer,
                            const char *method,
                            GUri       *from);
GUri *shy_redirect_secure  (ShyAnswer  *answer,
                            GUri       *from);

G_END_DECLS
