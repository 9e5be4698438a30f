/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-origin.h"

#include "policy/shy-policy-private.h"

#include <glib/gi18n-lib.h>

/* By whose word a policy decides: it stands with the policy, so that whatever tells of a decision can
 * say so. A pack that was read from a file alone has no origin, for it decides nothing. */

static const char *const words[] = { "shipped", "signed", "local" };

/**
 * shy_policy_origin_new: (skip)
 * @kind: by whose word a policy decides
 * @by: (nullable): who signed or adopted it
 *
 * Returns: (transfer full): an origin
 */
ShyPolicyOrigin *
shy_policy_origin_new (ShyPolicyOriginKind kind, const char *by)
{
  ShyPolicyOrigin *self = g_new0 (ShyPolicyOrigin, 1);

  self->kind = kind;
  self->by = g_strdup (by);
  return self;
}

/**
 * shy_policy_origin_copy: (skip)
 * @self: (nullable): an origin
 *
 * Returns: (transfer full) (nullable): another one that says the same
 */
ShyPolicyOrigin *
shy_policy_origin_copy (const ShyPolicyOrigin *self)
{
  return self != NULL ? shy_policy_origin_new (self->kind, self->by) : NULL;
}

/**
 * shy_policy_origin_free: (skip)
 * @self: an origin
 */
void
shy_policy_origin_free (gpointer self)
{
  ShyPolicyOrigin *origin = self;

  g_free (origin->by);
  g_free (origin);
}

/**
 * shy_policy_origin_parse: (skip)
 * @word: (nullable): from shy_policy_origin_to_word()
 * @kind: (out): what it stands for
 *
 * Returns: whether it is such a word
 */
gboolean
shy_policy_origin_parse (const char *word, ShyPolicyOriginKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i], word) == 0)
      {
        *kind = (ShyPolicyOriginKind) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * shy_policy_origin_to_word: (skip)
 * @self: an origin
 *
 * Returns: the word for programs: "shipped", "signed" or "local"
 */
const char *
shy_policy_origin_to_word (const ShyPolicyOrigin *self)
{
  return words[self->kind];
}

/**
 * shy_policy_origin_to_label: (skip)
 * @self: (nullable): an origin
 *
 * Returns: (transfer full): by whose word the policy decides, for people; of %NULL that it does not
 */
char *
shy_policy_origin_to_label (const ShyPolicyOrigin *self)
{
  if (self == NULL)
    return g_strdup (_("Not in force"));
  if (self->kind == SHY_POLICY_SIGNED && self->by != NULL)
    /* Translators: %s is who signed a policy. */
    return g_strdup_printf (_("Signed by %s"), self->by);
  if (self->kind == SHY_POLICY_LOCAL && self->by != NULL)
    /* Translators: %s is the login name of who adopted a policy that nobody signed. */
    return g_strdup_printf (_("Local, adopted by %s"), self->by);
  return g_strdup (self->kind == SHY_POLICY_SHIPPED ? _("Shipped with the program") : _("Local"));
}

/**
 * shy_policy_origin_add: (skip)
 * @self: (nullable): an origin
 * @object: where it is to stand
 *
 * Writes an origin for programs: "origin", a word or null, "signer" and "adopted_by", each null unless
 * it is known.
 */
void
shy_policy_origin_add (const ShyPolicyOrigin *self, JsonObject *object)
{
  gboolean local = self != NULL && self->kind == SHY_POLICY_LOCAL;
  gboolean signed_by = self != NULL && self->kind == SHY_POLICY_SIGNED;

  json_object_set_string_member (object, "origin",
                                 self != NULL ? shy_policy_origin_to_word (self) : NULL);
  json_object_set_string_member (object, "signer", signed_by ? self->by : NULL);
  json_object_set_string_member (object, "adopted_by", local ? self->by : NULL);
}

/**
 * shy_policy_get_origin: (skip)
 * @policy: a policy
 *
 * Gets by whose word a policy decides; one that was resolved for a county has that of its pack.
 *
 * Returns: (nullable): its origin, %NULL if it is in force nowhere
 */
const ShyPolicyOrigin *
shy_policy_get_origin (ShyPolicy *policy)
{
  g_return_val_if_fail (SHY_IS_POLICY (policy), NULL);

  return policy->origin;
}

/**
 * shy_policy_set_origin: (skip)
 * @policy: a policy that nobody decides by yet
 * @origin: (nullable) (transfer full): by whose word it does from now on
 */
void
shy_policy_set_origin (ShyPolicy *policy, ShyPolicyOrigin *origin)
{
  g_return_if_fail (SHY_IS_POLICY (policy));

  g_clear_pointer (&policy->origin, shy_policy_origin_free);
  policy->origin = origin;
}
