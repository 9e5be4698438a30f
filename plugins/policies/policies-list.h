/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policies-catalogue.h"

G_BEGIN_DECLS

/*
 * The policies there are, above them the packs that cannot be used; and what all of them say, by the
 * words that somebody looks for.
 *
 * Signal "chosen" (guint, gpointer): a policy, by its place in the catalogue, and the entry of it that
 * was looked for, NULL for the policy itself.
 */
#define POLICIES_TYPE_LIST (policies_list_get_type ())
G_DECLARE_FINAL_TYPE (PoliciesList, policies_list, POLICIES, LIST, AdwBin)

void policies_list_set_catalogue (PoliciesList      *self,
                                  PoliciesCatalogue *catalogue);
void policies_list_begin_search  (PoliciesList      *self);

G_END_DECLS
