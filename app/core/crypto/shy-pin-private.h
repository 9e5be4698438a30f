/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Pins of servers: the SHA-256 of the key in a certificate (RFC 7469), or of all of it. */

gboolean shy_pin_is_valid (const char       *pins);
char    *shy_pin_of_key   (GTlsCertificate  *certificate);
gboolean shy_pin_matches  (const char       *pins,
                           GTlsCertificate  *certificate);

G_END_DECLS
