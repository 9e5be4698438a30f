/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-signers.h"

#include "crypto/shy-key-parts-private.h"
#include "shy-data.h"
#include "shy-error.h"
#include "update/shy-update-private.h"
#include "shy-file.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define SUFFIX ".pem"

/* A key is a few hundred bytes; what is much larger is something else. */
#define MAX_KEY 65536

static void
free_signer (gpointer data)
{
  ShyUpdateSigner *signer = data;

  g_free (signer->name);
  g_free (signer->fingerprint);
  g_clear_pointer (&signer->key, shy_key_free);
  g_free (signer);
}

static ShyKey *
load_key (const char  *path,
          GError     **error)
{
  g_autofree char   *text = NULL;
  g_autoptr (ShyKey) key = NULL;
  gsize              length;

  if (!shy_file_get_contents (path, &text, &length, error))
    return NULL;
  if (length > MAX_KEY)
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_LIMIT, _("The file is too large for a key."));
      return NULL;
    }
  key = shy_key_new (text, error);
  if (key == NULL)
    return NULL;
  if (key->sm2 && key->private == NULL)
    return g_steal_pointer (&key);
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                       key->sm2 ? _("It is a private key. Take it away from here, and put the "
                                    "public key in its place.")
                                : _("Updates are signed with SM2, and this key is of another "
                                    "kind."));
  return NULL;
}

static void
add_file (ShyUpdateSigners *self,
          const char       *path,
          const char       *name,
          gboolean          sample)
{
  g_autoptr (GError) error = NULL;
  ShyKey            *key = load_key (path, &error);
  ShyUpdateSigner   *signer;

  if (key == NULL)
    {
      /* Translators: a file, then why it is of no use, as a whole sentence. */
      g_ptr_array_add (self->problems, g_strdup_printf (_("The key “%s” is not trusted: %s"), name,
                                                        error->message));
      return;
    }
  signer = g_new0 (ShyUpdateSigner, 1);
  signer->name = g_strndup (name, strlen (name) - strlen (SUFFIX));
  signer->fingerprint = shy_update_key_fingerprint (key);
  signer->sample = sample;
  signer->key = key;
  g_ptr_array_add (self->trusted, signer);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A folder that is not there is empty: a bureau that gets no updates trusts nobody. */
static void
add_folder (ShyUpdateSigners *self,
            const char       *folder,
            gboolean          sample)
{
  g_autoptr (GDir)      dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char           *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
      g_autofree char *shown = g_filename_display_name (names->pdata[i]);

      add_file (self, path, shown, sample);
    }
}

/**
 * shy_update_signers_build_folder: (skip)
 *
 * Returns: (transfer full) (type filename): where a bureau keeps the public keys that it trusts; it
 *   need not be there
 */
char *
shy_update_signers_build_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "shanye", "signers", NULL);
}

/**
 * shy_update_signers_load: (skip)
 *
 * Reads the keys that are trusted. Blocks.
 *
 * Returns: (transfer full): the keys, the bureau's own before that of the sample province
 */
ShyUpdateSigners *
shy_update_signers_load (void)
{
  ShyUpdateSigners *self = g_new0 (ShyUpdateSigners, 1);
  g_autofree char  *own = shy_update_signers_build_folder ();
  g_autofree char  *shipped = shy_data_build ("updates", NULL);

  self->trusted = g_ptr_array_new_with_free_func (free_signer);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  add_folder (self, own, FALSE);
  add_folder (self, shipped, TRUE);
  return self;
}

/**
 * shy_update_signers_free: (skip)
 * @self: (nullable): keys
 */
void
shy_update_signers_free (ShyUpdateSigners *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->trusted);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/**
 * shy_update_signers_find: (skip)
 * @self: keys
 * @fingerprint: the fingerprint of a key
 *
 * Returns: (transfer none) (nullable): the key
 */
const ShyUpdateSigner *
shy_update_signers_find (const ShyUpdateSigners *self,
                         const char             *fingerprint)
{
  for (guint i = 0; i < self->trusted->len; i++)
    {
      const ShyUpdateSigner *signer = self->trusted->pdata[i];

      if (g_str_equal (signer->fingerprint, fingerprint))
        return signer;
    }
  return NULL;
}
