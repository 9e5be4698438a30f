/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/*
 * One update: who signed it, how the checks came out, what it changes and what it would decide
 * otherwise; below that, the person's answer.
 *
 * Signal "answered" (ServicesUpdateAnswer): the person said something.
 */
#define SERVICES_TYPE_UPDATE_VIEW (services_update_view_get_type ())
G_DECLARE_FINAL_TYPE (ServicesUpdateView, services_update_view, SERVICES, UPDATE_VIEW, AdwBin)

void services_update_view_show     (ServicesUpdateView    *self,
                                    const ShyUpdateReview *review);
void services_update_view_set_busy (ServicesUpdateView    *self,
                                    gboolean               busy);

G_END_DECLS
