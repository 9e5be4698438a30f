/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-command.h"

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
