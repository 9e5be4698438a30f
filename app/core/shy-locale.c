/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-locale.h"

#include <libintl.h>
#include <locale.h>

/**
 * shy_locale_init:
 *
 * Takes over the person's language; every program calls it first in main().
 *
 * The environment variable `SHANYE_LOCALE_DIR` replaces the folder of the installed translations,
 * so that a build runs uninstalled.
 */
void
shy_locale_init (void)
{
  const char *dir = g_getenv ("SHANYE_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, dir != NULL && *dir != '\0' ? dir : SHY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
