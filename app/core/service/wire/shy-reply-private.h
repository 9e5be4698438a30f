/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/describe/shy-transport-options-private.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What gateways do to a body before it is JSON, undone: compression nobody announced, other
 * character sets than the label says, byte-order marks, trailing NULs, web pages in its place. */

GBytes  *shy_reply_inflate     (GBytes      *body,
                                gsize        most,
                                GError     **error);
char    *shy_reply_decode      (GBytes      *body,
                                ShyCharset   charset,
                                GError     **error);
gboolean shy_reply_is_web_page (const char  *text,
                                const char  *content_type);
char    *shy_reply_excerpt     (const char  *text);

G_END_DECLS
