/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-application.h"

G_BEGIN_DECLS

#define SHY_TYPE_WINDOW (shy_window_get_type ())
G_DECLARE_FINAL_TYPE (ShyWindow, shy_window, SHY, WINDOW, AdwApplicationWindow)

ShyWindow *shy_window_new       (ShyApplication *application);
gboolean   shy_window_open_page (ShyWindow      *self,
                                 const char     *id,
                                 const char     *target);
void       shy_window_open_file (ShyWindow      *self,
                                 GFile          *file);

G_END_DECLS
