/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-update.h"

#include <glib/gi18n.h>

/* “update sign” and “update signers”. */

static char *
load (const char *path, gboolean secret, gsize *length, GError **error)
{
  g_autoptr (GError) local = NULL;
  char              *text = NULL;

  if (secret)
    shy_process_warn_of_mode (path);
  if (!shy_file_get_contents (path, &text, length, &local))
    shy_file_set_open_error (path, local, error);
  return text;
}

static char *
write_time (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%S%:z");
}

ShyCommandStatus
update_sign (UpdateCall *call, GError **error)
{
  g_autofree char   *now = write_time ();
  g_autofree char   *key = NULL;
  g_autofree char   *text = NULL;
  g_autofree char   *update = NULL;
  g_autoptr (GBytes) content = NULL;
  gsize              length = 0;

  if (call->key == NULL)
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE,
                           _("“update sign” wants “--key” with the file of a private SM2 key."));
      return SHY_COMMAND_BAD;
    }
  key = load (call->key, TRUE, NULL, error);
  text = key != NULL ? load (call->words[1], FALSE, &length, error) : NULL;
  if (text == NULL)
    return SHY_COMMAND_BAD;
  content = g_bytes_new_take (g_steal_pointer (&text), length);
  update = shy_update_sign (content, call->words[1], key, now, error);
  if (update == NULL)
    return SHY_COMMAND_BAD;
  g_print ("%s\n", update);
  return SHY_COMMAND_OK;
}

ShyCommandStatus
update_signers (UpdateCall *call, GError **error)
{
  g_autoptr (ShyUpdateSigners) signers = shy_update_signers_load ();
  g_autofree char             *folder = shy_update_signers_build_folder ();

  for (guint i = 0; i < signers->trusted->len; i++)
    {
      const ShyUpdateSigner *signer = signers->trusted->pdata[i];

      g_print ("%s\t%s\t%s\n", signer->fingerprint, signer->name,
               signer->sample ? _("sample services only") : _("trusted"));
    }
  for (guint i = 0; i < signers->problems->len; i++)
    g_printerr ("%s\n", (const char *) signers->problems->pdata[i]);
  g_printerr (_("Public keys in “%s” are trusted.\n"), folder);
  return signers->problems->len == 0 ? SHY_COMMAND_OK : SHY_COMMAND_NEGATIVE;
}
