/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* The page: what is connected, and one service. */
#define SERVICES_TYPE_VIEW (services_view_get_type ())
G_DECLARE_FINAL_TYPE (ServicesView, services_view, SERVICES, VIEW, AdwBin)

GtkWidget *services_view_new (ServicesDesk *desk);

G_END_DECLS
