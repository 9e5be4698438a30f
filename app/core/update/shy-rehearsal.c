/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "update/shy-rehearsal.h"

G_DEFINE_INTERFACE (ShyRehearsal, shy_rehearsal, G_TYPE_OBJECT)

static void
shy_rehearsal_default_init (ShyRehearsalInterface *iface)
{
}

/**
 * shy_rehearsal_load_applications: (skip)
 * @self: a rehearsal
 * @store: the database
 * @policy: a policy
 * @limit: how many at most
 * @error: return location for an error
 *
 * Gives applications for the policy, to try another version of it on. Blocks.
 *
 * Returns: (transfer full) (element-type ShyFacts): the newest, none where none are kept; %NULL with
 *   @error set
 */
GPtrArray *
shy_rehearsal_load_applications (ShyRehearsal  *self,
                                 ShyStore      *store,
                                 ShyPolicy     *policy,
                                 guint          limit,
                                 GError       **error)
{
  g_return_val_if_fail (SHY_IS_REHEARSAL (self), NULL);
  g_return_val_if_fail (SHY_IS_STORE (store) && SHY_IS_POLICY (policy), NULL);

  return SHY_REHEARSAL_GET_IFACE (self)->load_applications (self, store, policy, limit, error);
}

/**
 * shy_rehearsal_tell_past: (skip)
 * @self: a rehearsal
 * @store: the database
 * @policy: the policy that is to decide
 * @facts: the facts of one application, with day and county
 * @error: return location for an error
 *
 * Tells an application what the database holds that bears on it, so that it is decided as those in
 * the database are. What the facts say themselves stays. Blocks.
 *
 * Returns: whether all there is was told
 */
gboolean
shy_rehearsal_tell_past (ShyRehearsal  *self,
                         ShyStore      *store,
                         ShyPolicy     *policy,
                         ShyFacts      *facts,
                         GError       **error)
{
  g_return_val_if_fail (SHY_IS_REHEARSAL (self), FALSE);
  g_return_val_if_fail (SHY_IS_STORE (store) && SHY_IS_POLICY (policy) && facts != NULL, FALSE);

  return SHY_REHEARSAL_GET_IFACE (self)->tell_past (self, store, policy, facts, error);
}
