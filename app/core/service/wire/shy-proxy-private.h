/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which proxy leads to a service. */
#define SHY_TYPE_PROXY (shy_proxy_get_type ())
G_DECLARE_FINAL_TYPE (ShyProxy, shy_proxy, SHY, PROXY, GObject)

GProxyResolver *shy_proxy_new (const char *proxy);

G_END_DECLS
