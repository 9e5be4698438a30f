/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-policy.h"

#include <glib/gi18n.h>

/* “policy adopt”. */
ShyCommandStatus
policy_adopt (PolicyCall *call, GError **error)
{
  g_autofree char      *own = shy_store_dup_default_path ();
  g_autoptr (ShyStore)  store = NULL;
  g_autofree char      *digest = NULL;
  const char           *path = call->words->pdata[0];

  store = shy_store_open (call->database != NULL ? call->database : own, error);
  if (store == NULL)
    return SHY_COMMAND_BAD;
  digest = shy_policies_adopt (store, path, call->reason, error);
  if (digest == NULL)
    return g_error_matches (*error, SHY_ERROR, SHY_ERROR_REFUSED) ? SHY_COMMAND_NEGATIVE
                                                                  : SHY_COMMAND_BAD;
  /* Translators: a file, then the digest of what stands in it. */
  g_print (_("“%s” decides from now on, as long as nobody changes it (%s). The journal says who adopted "
             "it and why.\n"), path, digest);
  return SHY_COMMAND_OK;
}
