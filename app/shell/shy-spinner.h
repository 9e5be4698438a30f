/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SHY_TYPE_SPINNER (shy_spinner_get_type ())
G_DECLARE_FINAL_TYPE (ShySpinner, shy_spinner, SHY, SPINNER, AdwBin)

void shy_spinner_set_spinning (ShySpinner *self,
                               gboolean    spinning);

G_END_DECLS
