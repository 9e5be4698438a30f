/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* What a bureau gives of a service: plain values, and secrets with where they are kept. */
#define SERVICES_TYPE_KEYS_WINDOW (services_keys_window_get_type ())
G_DECLARE_FINAL_TYPE (ServicesKeysWindow, services_keys_window, SERVICES, KEYS_WINDOW, AdwWindow)

GtkWindow *services_keys_window_new (ShyContext *context,
                                     const char   *id);

G_END_DECLS
