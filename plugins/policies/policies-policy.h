/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policies-catalogue.h"

G_BEGIN_DECLS

/*
 * A policy at a glance, with doors to its parts.
 *
 * Signal "door-chosen" (guint): a ShyPolicySection or a PoliciesDoor
 */
#define POLICIES_TYPE_POLICY (policies_policy_get_type ())
G_DECLARE_FINAL_TYPE (PoliciesPolicy, policies_policy, POLICIES, POLICY, AdwBin)

/* The doors behind those of the sections. */
typedef enum {
  POLICIES_DOOR_DECISIONS = SHY_POLICY_N_SECTIONS,
  POLICIES_DOOR_TRIAL,
  POLICIES_DOOR_UPDATES,
} PoliciesDoor;

#define POLICIES_N_DOORS (POLICIES_DOOR_UPDATES + 1)

void policies_policy_show     (PoliciesPolicy     *self,
                               ShyPolicy          *policy,
                               GPtrArray          *entries,
                               gboolean            update_waits);
void policies_policy_set_work (PoliciesPolicy     *self,
                               const PoliciesWork *work);

G_END_DECLS
