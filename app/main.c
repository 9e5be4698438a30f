/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy.h"

#include <glib/gi18n.h>

int
main (int   argc,
      char *argv[])
{
  g_autoptr (ShyApplication) application = NULL;

  shy_process_start ();
  shy_locale_init ();
  g_set_application_name (_("Shanye"));
  application = shy_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
