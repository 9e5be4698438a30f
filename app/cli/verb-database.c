/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-verb.h"

#include <glib/gi18n.h>

static ShyCommandStatus
check (const char *path,
       GError    **error)
{
  g_autoptr (ShyStore)  store = shy_store_open_read_only (path, error);
  g_autoptr (GPtrArray) problems = NULL;

  if (store == NULL)
    return SHY_COMMAND_BAD;
  problems = shy_store_check (store, NULL, error);
  if (problems == NULL)
    return SHY_COMMAND_BAD;

  for (guint i = 0; i < problems->len; i++)
    g_print ("%s\n", (const char *) problems->pdata[i]);
  if (problems->len > 0)
    return SHY_COMMAND_NEGATIVE;
  g_print (_("The database “%s” is sound.\n"), path);
  return SHY_COMMAND_OK;
}

static ShyCommandStatus
back_up (const char *path,
         const char *copy,
         GError    **error)
{
  g_autoptr (ShyStore) store = shy_store_open_read_only (path, error);

  if (store == NULL || !shy_store_backup (store, copy, error))
    return SHY_COMMAND_BAD;

  g_print (_("The database was copied to “%s”. The copy holds personal data: keep it as safe as the "
             "database.\n"),
           copy);
  return SHY_COMMAND_OK;
}

static ShyCommandStatus
restore (const char *path,
         const char *copy,
         gboolean    force,
         const char *reason,
         GError    **error)
{
  g_autofree char *aside = NULL;

  if (!shy_store_restore (path, copy, force, reason, &aside, error))
    return SHY_COMMAND_BAD;

  if (aside != NULL)
    g_print (_("“%s” is in place of “%s”, which is kept as “%s”.\n"), copy, path, aside);
  else
    g_print (_("“%s” is in place as “%s”.\n"), copy, path);
  return SHY_COMMAND_OK;
}

static ShyCommandStatus
run_words (const char *const *arguments,
           const char        *path,
           gboolean           force,
           const char        *reason,
           GError           **error)
{
  guint count = g_strv_length ((GStrv) arguments);

  if (count == 1 && g_str_equal (arguments[0], "check"))
    return check (path, error);
  if (count == 2 && g_str_equal (arguments[0], "backup"))
    return back_up (path, arguments[1], error);
  if (count == 2 && g_str_equal (arguments[0], "restore"))
    return restore (path, arguments[1], force, reason, error);

  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE,
                       _("“database” takes “check”, “backup FILE” or “restore COPY”."));
  return SHY_COMMAND_BAD;
}

static ShyCommandStatus
run (const char *const *arguments,
     const char        *database,
     GError           **error)
{
  g_autofree char   *own = shy_store_dup_default_path ();
  g_autofree char   *reason = NULL;
  gboolean           force = FALSE;
  const GOptionEntry entries[] = {
    { "force", 0, 0, G_OPTION_ARG_NONE, &force },
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &reason },
    { NULL },
  };
  g_auto (GStrv) words = shy_command_parse ("database", entries, arguments, error);

  if (words == NULL)
    return SHY_COMMAND_BAD;
  return run_words ((const char *const *) words, database != NULL ? database : own, force, reason,
                    error);
}

const ShyctlVerb shyctl_verb_database = {
  "database",
  N_("Checks, copies or restores the database."),
  N_("check | backup FILE | restore COPY [--force] [--reason TEXT]\n"
     "\n"
     "“check” reads the whole database and looks whether it is sound. “backup” writes a copy into one\n"
     "file. “restore” puts a copy in the place of the database, whose file is kept under another name;\n"
     "close the program before. Where the copy lacks what the database holds, it says how much, and\n"
     "wants --force; the journal then tells what was replaced, by whom and, with --reason, why.\n"
     "\n"
     "Exit status: 0 done, and the database is sound; 1 it is not sound; 2 a bad call or file."),
  run,
};
