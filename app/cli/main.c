/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-verb.h"

static const ShyctlVerb *
find_verb (const char *name)
{
  for (gsize i = 0; shyctl_verbs[i] != NULL; i++)
    if (g_str_equal (shyctl_verbs[i]->name, name))
      return shyctl_verbs[i];

  return NULL;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  const ShyctlVerb  *verb;
  ShyCommandStatus   status;

  shy_locale_init ();

  verb = argc > 1 ? find_verb (argv[1]) : NULL;
  if (verb == NULL)
    return SHY_COMMAND_BAD;

  status = verb->run ((const char * const *) argv + 2, NULL, &error);
  if (error != NULL)
    g_printerr ("shanyectl: %s\n", error->message);
  return status;
}
