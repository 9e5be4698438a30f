/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-call.h"

#include <glib/gi18n.h>

typedef struct
{
  ShyctlCall   *call;       /* (unowned) */
  GStrvBuilder *arguments;  /* (owned) */
  char        **next;       /* (unowned) the words still to be read */
  gboolean      literal;    /* behind “--” nothing is an option of the program */
} Parse;

/* Words come in the locale's encoding; in that of C they are taken for UTF-8. */
static char *
to_utf8 (const char *word,
         GError    **error)
{
  g_autofree char *converted = NULL;

  if (g_utf8_validate (word, -1, NULL))
    return g_strdup (word);

  converted = g_locale_to_utf8 (word, -1, NULL, NULL, NULL);
  if (converted == NULL)
    {
      g_autofree char *shown = g_strescape (word, NULL);

      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("The argument “%s” is not text in UTF-8. Type it again."), shown);
    }

  return g_steal_pointer (&converted);
}

static gboolean
take_database (Parse      *parse,
               const char *word,
               GError    **error)
{
  const char *value = strchr (word, '=');

  value = value != NULL ? value + 1 : *parse->next != NULL ? *parse->next++ : "";
  if (*value == '\0')
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("“--database” needs the name of a file behind it."));
      return FALSE;
    }

  /* A file's name stays as it was typed, byte by byte. */
  g_free (parse->call->database);
  parse->call->database = g_strdup (value);
  return TRUE;
}

static gboolean
take_option (Parse       *parse,
             const char  *word,
             gboolean    *taken,
             GError     **error)
{
  *taken = TRUE;
  if (g_str_equal (word, "--"))
    {
      parse->literal = TRUE;
      *taken = parse->call->verb == NULL;
    }
  else if (g_str_equal (word, "--help") || g_str_equal (word, "-h"))
    parse->call->help = TRUE;
  else if (g_str_equal (word, "--version") || g_str_equal (word, "-V"))
    parse->call->version = TRUE;
  else if (g_str_equal (word, "--database") || g_str_has_prefix (word, "--database="))
    return take_database (parse, word, error);
  else
    *taken = FALSE;

  if (!*taken && parse->call->verb == NULL && *word == '-')
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("There is no option “%s”. “shanyectl help” lists them."), word);
      return FALSE;
    }

  return TRUE;
}

static gboolean
take_word (Parse   *parse,
           GError **error)
{
  g_autofree char *word = to_utf8 (*parse->next++, error);
  gboolean         taken = FALSE;

  if (word == NULL)
    return FALSE;
  if (!parse->literal && !take_option (parse, word, &taken, error))
    return FALSE;
  if (taken)
    return TRUE;

  if (parse->call->verb != NULL)
    g_strv_builder_add (parse->arguments, word);
  else if (g_str_equal (word, "help") && !parse->call->help)
    parse->call->help = TRUE;
  else
    parse->call->verb = g_steal_pointer (&word);

  return TRUE;
}

ShyctlCall *
shyctl_call_parse (char    **argv,
                   GError  **error)
{
  g_autoptr (ShyctlCall)   call = g_new0 (ShyctlCall, 1);
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  Parse                    parse = { call, arguments, argv + 1, FALSE };

  while (*parse.next != NULL)
    if (!take_word (&parse, error))
      return NULL;

  call->arguments = g_strv_builder_end (arguments);
  return g_steal_pointer (&call);
}

void
shyctl_call_free (ShyctlCall *call)
{
  g_free (call->verb);
  g_free (call->database);
  g_strfreev (call->arguments);
  g_free (call);
}
