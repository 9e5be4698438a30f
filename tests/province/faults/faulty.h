/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault.h"

G_BEGIN_DECLS

/* Serves a province with what is armed: as plain http, with a bad certificate, or behind an address
 * that leads nowhere. */

typedef struct _FaultyServer FaultyServer;

FaultyServer *faulty_server_start    (Faults        *faults,
                                      guint16        port,
                                      const char    *tls_folder,
                                      GError       **error);
const char   *faulty_server_get_base (FaultyServer  *self);
guint         faulty_server_count    (FaultyServer  *self);
guint         faulty_server_count_secure (FaultyServer *self);
void          faulty_server_stop     (FaultyServer  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultyServer, faulty_server_stop)

G_END_DECLS
