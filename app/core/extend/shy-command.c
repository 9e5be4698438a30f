/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-command.h"

#include "shy-error.h"

G_DEFINE_INTERFACE (ShyCommand, shy_command, G_TYPE_OBJECT)

static void
shy_command_default_init (ShyCommandInterface *iface)
{
}

/**
 * shy_command_get_name:
 * @self: a command
 *
 * Returns: the verb as it is typed
 */
const char *
shy_command_get_name (ShyCommand *self)
{
  g_return_val_if_fail (SHY_IS_COMMAND (self), NULL);

  return SHY_COMMAND_GET_IFACE (self)->get_name (self);
}

/**
 * shy_command_dup_summary:
 * @self: a command
 *
 * Returns: (transfer full): one translated line that says what the verb does
 */
char *
shy_command_dup_summary (ShyCommand *self)
{
  g_return_val_if_fail (SHY_IS_COMMAND (self), NULL);

  return SHY_COMMAND_GET_IFACE (self)->dup_summary (self);
}

/**
 * shy_command_dup_usage:
 * @self: a command
 *
 * Returns: (transfer full): the translated help of the verb
 */
char *
shy_command_dup_usage (ShyCommand *self)
{
  g_return_val_if_fail (SHY_IS_COMMAND (self), NULL);

  return SHY_COMMAND_GET_IFACE (self)->dup_usage (self);
}

/**
 * shy_command_list:
 * @brought: what the plugins brought, one of each
 *
 * Returns: (transfer full): these, and the further verbs of each
 */
GListModel *
shy_command_list (GListModel *brought)
{
  GListStore *all = g_list_store_new (SHY_TYPE_COMMAND);

  for (guint i = 0; i < g_list_model_get_n_items (brought); i++)
    {
      g_autoptr (ShyCommand) command = g_list_model_get_item (brought, i);
      g_autoptr (GListModel) more = NULL;

      g_list_store_append (all, command);
      if (SHY_COMMAND_GET_IFACE (command)->create_more != NULL)
        more = SHY_COMMAND_GET_IFACE (command)->create_more (command);
      for (guint j = 0; more != NULL && j < g_list_model_get_n_items (more); j++)
        {
          g_autoptr (ShyCommand) other = g_list_model_get_item (more, j);

          g_list_store_append (all, other);
        }
    }
  return G_LIST_MODEL (all);
}

/**
 * shy_command_parse: (skip)
 * @verb: the verb
 * @options: its options, ended by an empty entry. Texts are best taken as file names: GLib refuses
 *   Chinese under LC_ALL=C in an argument of another kind
 * @arguments: (array zero-terminated=1): the words behind the verb
 * @error: return location for an error
 *
 * Takes the options out of a call. Errors: %SHY_ERROR_USAGE for one that is not known or lacks its
 * value.
 *
 * Returns: (transfer full) (array zero-terminated=1): the words that are no options, or %NULL with
 *   @error set
 */
char **
shy_command_parse (const char         *verb,
                   const GOptionEntry *options,
                   const char * const *arguments,
                   GError            **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError)         local = NULL;
  g_auto (GStrv)             words = NULL;
  gsize                      count = g_strv_length ((GStrv) arguments);

  g_return_val_if_fail (verb != NULL && options != NULL && arguments != NULL, NULL);

  words = g_new0 (char *, count + 2);
  words[0] = g_strdup (verb);
  for (gsize i = 0; i < count; i++)
    words[i + 1] = g_strdup (arguments[i]);
  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  if (g_option_context_parse_strv (context, &words, &local))
    return g_strdupv (words + 1);
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE, local->message);
  return NULL;
}

/**
 * shy_command_run:
 * @self: a command
 * @arguments: (array zero-terminated=1): the words behind the verb
 * @database: the database file
 * @error: return location for an error
 *
 * Runs the verb and blocks until it is done.
 *
 * Returns: the exit status; with %SHY_COMMAND_BAD @error is set
 */
ShyCommandStatus
shy_command_run (ShyCommand         *self,
                 const char * const *arguments,
                 const char         *database,
                 GError            **error)
{
  g_return_val_if_fail (SHY_IS_COMMAND (self), SHY_COMMAND_BAD);
  g_return_val_if_fail (arguments != NULL, SHY_COMMAND_BAD);

  return SHY_COMMAND_GET_IFACE (self)->run (self, arguments, database, error);
}
