/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "province.h"

G_BEGIN_DECLS

/* Serves a province on loopback, well-formed HTTP in a thread of its own. */

typedef struct _ProvinceServer ProvinceServer;

ProvinceServer *province_server_start    (Province        *province,
                                          guint            port,
                                          GError         **error);
const char     *province_server_get_base (ProvinceServer  *self);
void            province_server_stop     (ProvinceServer  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProvinceServer, province_server_stop)

G_END_DECLS
