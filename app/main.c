/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shy.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (ShyApplication) application = NULL;

  shy_locale_init ();
  application = shy_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
