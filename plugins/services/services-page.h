/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

G_BEGIN_DECLS

#define SERVICES_TYPE_PAGE (services_page_get_type ())
G_DECLARE_FINAL_TYPE (ServicesPage, services_page, SERVICES, PAGE, GObject)

G_END_DECLS
