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

/**
 * shy_locale_is_chinese:
 *
 * Returns: whether the person reads Chinese first, which texts in data files follow
 */
gboolean
shy_locale_is_chinese (void)
{
  const char *const *names = g_get_language_names ();

  return names[0] != NULL && g_str_has_prefix (names[0], "zh");
}
