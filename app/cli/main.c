/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-call.h"
#include "shyctl-crash.h"
#include "shyctl-help.h"
#include "shyctl-verb.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

/* In a locale without Chinese (LC_ALL=C) GLib would print question marks: answers are UTF-8. */
static void
print_utf8 (const char *text)
{
  fputs (text, stdout);
}

static void
print_error_utf8 (const char *text)
{
  fputs (text, stderr);
}

static void
print_whole_texts (void)
{
  const char *charset;

  if (g_get_charset (&charset) || !g_str_has_prefix (charset, "ANSI"))
    return;

  g_set_print_handler (print_utf8);
  g_set_printerr_handler (print_error_utf8);
}

static const ShyctlVerb *
find_own (const char *name)
{
  for (gsize i = 0; shyctl_verbs[i] != NULL; i++)
    if (g_str_equal (shyctl_verbs[i]->name, name))
      return shyctl_verbs[i];

  return NULL;
}

static ShyCommand *
find_brought (GListModel *commands,
              const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (commands); i++)
    {
      g_autoptr (ShyCommand) command = g_list_model_get_item (commands, i);

      if (g_str_equal (shy_command_get_name (command), name))
        return g_steal_pointer (&command);
    }

  return NULL;
}

static ShyCommandStatus
refuse (GListModel *commands,
        const char *verb,
        GError    **error)
{
  g_autofree char *nearest = shyctl_help_find_nearest (commands, verb);

  if (nearest != NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                 _("There is no verb “%s”. Did you mean “%s”?"), verb, nearest);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                 _("There is no verb “%s”. “shanyectl help” lists them."), verb);

  return SHY_COMMAND_BAD;
}

static ShyCommandStatus
run (const ShyctlCall  *call,
     GError           **error)
{
  const char *const     *arguments = (const char *const *) call->arguments;
  const ShyctlVerb      *own = call->verb != NULL ? find_own (call->verb) : NULL;
  g_autoptr (ShyEngine)  engine = NULL;
  g_autoptr (GListModel) brought_by = NULL;
  g_autoptr (GListModel) commands = NULL;
  g_autoptr (ShyCommand) brought = NULL;

  if (own != NULL && !call->help)
    return own->run (arguments, call->database, error);

  engine = shy_engine_new ();
  shyctl_tell_crashed (engine);
  brought_by = shy_engine_create_extensions (engine, SHY_TYPE_COMMAND);
  commands = shy_command_list (brought_by);
  if (call->verb == NULL)
    {
      shyctl_help_print_verbs (commands);
      return SHY_COMMAND_OK;
    }

  brought = find_brought (commands, call->verb);
  if (own == NULL && brought == NULL)
    return refuse (commands, call->verb, error);
  if (!call->help)
    return shy_command_run (brought, arguments, call->database, error);

  if (own != NULL)
    shyctl_help_print_own (own);
  else
    shyctl_help_print_brought (brought);
  return SHY_COMMAND_OK;
}

/* What was printed may still lie in memory: whoever reads a file of ours must be able to trust the
 * exit status, whatever the verb. */
static gboolean
end_output (GError **error)
{
  errno = 0;
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_NO_SPACE,
               /* Translators: %s is the system's reason. */
               _("The answer could not be written to where the output goes, not all of it at least "
                 "(%s). What the verb was asked to do may be done all the same."),
               shy_error_say_errno (errno != 0 ? errno : EIO));
  return FALSE;
}

static ShyCommandStatus
run_words (char    **argv,
           GError  **error)
{
  g_autoptr (ShyctlCall) call = shyctl_call_parse (argv, error);

  if (call == NULL)
    return SHY_COMMAND_BAD;
  if (!call->version)
    return run (call, error);

  g_print ("shanyectl %s\n", SHY_VERSION);
  return SHY_COMMAND_OK;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unwritten = NULL;
  ShyCommandStatus   status;

  shy_process_start ();
  shy_locale_init ();
  print_whole_texts ();

  status = run_words (argv, &error);
  if (error != NULL)
    g_printerr ("shanyectl: %s\n", error->message);

  if (!end_output (&unwritten))
    {
      if (error == NULL)
        g_printerr ("shanyectl: %s\n", unwritten->message);
      status = SHY_COMMAND_BAD;
    }

  return status;
}
