/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SHY_TYPE_REGISTER_PAGE (shy_register_page_get_type ())
G_DECLARE_FINAL_TYPE (ShyRegisterPage, shy_register_page, SHY, REGISTER_PAGE, AdwPreferencesPage)

AdwPreferencesPage *shy_register_page_new (const char *database);

G_END_DECLS
