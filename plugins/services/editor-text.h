/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* Edits the bureau's copy of a description as text, and says while one types what is wrong. */
#define SERVICES_TYPE_TEXT_WINDOW (services_text_window_get_type ())
G_DECLARE_FINAL_TYPE (ServicesTextWindow, services_text_window, SERVICES, TEXT_WINDOW, AdwWindow)

GtkWindow *services_text_window_new (ShyContext *context,
                                     const char   *id);

G_END_DECLS
