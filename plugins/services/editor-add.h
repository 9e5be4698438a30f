/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* Chooses what to connect: a description that comes with the program, or a file. */
#define SERVICES_TYPE_ADD_WINDOW (services_add_window_get_type ())
G_DECLARE_FINAL_TYPE (ServicesAddWindow, services_add_window, SERVICES, ADD_WINDOW, AdwWindow)

GtkWindow *services_add_window_new  (ShyContext        *context);

/* Connects by the description in a file, after a question if that replaces one. */
void       services_add_window_take (ServicesAddWindow *self,
                                     GFile             *file);

G_END_DECLS
