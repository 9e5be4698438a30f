/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ShyCommandStatus:
 * @SHY_COMMAND_OK: done, and the answer (if the verb has one) is positive
 * @SHY_COMMAND_NEGATIVE: done, and the answer is negative, where the verb promises that
 * @SHY_COMMAND_BAD: a bad call or bad input; the reason stands on standard error
 *
 * The exit status of every verb.
 */
typedef enum {
  SHY_COMMAND_OK = 0,
  SHY_COMMAND_NEGATIVE = 1,
  SHY_COMMAND_BAD = 2,
} ShyCommandStatus;

#define SHY_TYPE_COMMAND (shy_command_get_type ())
G_DECLARE_INTERFACE (ShyCommand, shy_command, SHY, COMMAND, GObject)

/**
 * ShyCommandInterface:
 * @get_name: the verb, in ASCII, as typed: "check"
 * @dup_summary: one translated line for the list of verbs
 * @dup_usage: what follows the verb in a call, and its options, translated, several lines
 * @run: does the work; @arguments are the words behind the verb (%NULL-terminated), @database is
 *   the file named by `--database`, or the person's own. Prints the answer on standard output,
 *   remarks on standard error. On %SHY_COMMAND_BAD it sets the error, which the caller prints.
 * @create_more: (nullable): further verbs of the same plugin, for an engine makes one object of each
 *   interface and plugin; a list of #ShyCommand, transfer full
 *
 * A verb of `shanyectl`. Runs without a display.
 */
struct _ShyCommandInterface
{
  GTypeInterface parent_iface;

  const char *     (*get_name)    (ShyCommand *self);
  char *           (*dup_summary) (ShyCommand *self);
  char *           (*dup_usage)   (ShyCommand *self);
  ShyCommandStatus (*run)         (ShyCommand         *self,
                                   const char * const *arguments,
                                   const char         *database,
                                   GError            **error);
  GListModel *     (*create_more) (ShyCommand *self);
};

const char      *shy_command_get_name    (ShyCommand *self);
char            *shy_command_dup_summary (ShyCommand *self);
char            *shy_command_dup_usage   (ShyCommand *self);
GListModel      *shy_command_list        (GListModel *brought);
char           **shy_command_parse       (const char         *verb,
                                          const GOptionEntry *options,
                                          const char * const *arguments,
                                          GError            **error);
ShyCommandStatus shy_command_run         (ShyCommand         *self,
                                          const char * const *arguments,
                                          const char         *database,
                                          GError            **error);

G_END_DECLS
