/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-sql.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The moment now, or one that is given, in the time of Zhejiang. */
char         *shy_landing_now    (void);
char         *shy_landing_moment (gint64 seconds);

/* Notes what was done with a service in the journal: no secret, nothing about persons. The names
 * and values of @members follow, ended by NULL. */
gboolean      shy_landing_note   (ShyConnection  *connection,
                                  const char     *action,
                                  const char     *service,
                                  const char     *stream,
                                  GError        **error,
                                  ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
