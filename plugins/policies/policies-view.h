/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policies.h"

G_BEGIN_DECLS

/* The page of policies: the list, one policy, one of its parts, a case tried; above all, the updates
 * that wait. */
#define POLICIES_TYPE_VIEW (policies_view_get_type ())
G_DECLARE_FINAL_TYPE (PoliciesView, policies_view, POLICIES, VIEW, AdwBin)

GtkWidget *policies_view_new  (ShyContext   *context);
void       policies_view_open (PoliciesView *self,
                               const char   *target);

G_END_DECLS
