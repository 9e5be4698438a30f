/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-facts.h"
#include "policy/shy-policy.h"
#include "store/shy-store.h"

G_BEGIN_DECLS

#define SHY_TYPE_REHEARSAL (shy_rehearsal_get_type ())
G_DECLARE_INTERFACE (ShyRehearsal, shy_rehearsal, SHY, REHEARSAL, GObject)

/**
 * ShyRehearsalInterface:
 * @load_applications: the newest applications for a policy, as #ShyFacts with day, county and settings
 *   and without earlier grants; none where the plugin keeps none for it; may block
 * @tell_past: tells the facts of one application what the database holds that bears on it: what its
 *   county set, and what was granted before to whom its limits count; may block
 *
 * What a plugin that keeps applications gives to those who try a policy on them.
 */
struct _ShyRehearsalInterface
{
  GTypeInterface parent_iface;

  GPtrArray *(*load_applications) (ShyRehearsal  *self,
                                   ShyStore      *store,
                                   ShyPolicy     *policy,
                                   guint          limit,
                                   GError       **error);
  gboolean   (*tell_past)         (ShyRehearsal  *self,
                                   ShyStore      *store,
                                   ShyPolicy     *policy,
                                   ShyFacts      *facts,
                                   GError       **error);
};

GPtrArray *shy_rehearsal_load_applications (ShyRehearsal  *self,
                                            ShyStore      *store,
                                            ShyPolicy     *policy,
                                            guint          limit,
                                            GError       **error);
gboolean   shy_rehearsal_tell_past         (ShyRehearsal  *self,
                                            ShyStore      *store,
                                            ShyPolicy     *policy,
                                            ShyFacts      *facts,
                                            GError       **error);

G_END_DECLS
