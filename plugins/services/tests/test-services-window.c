/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data services as an IT person works on them: the real module in the real window. */
#include "looking.h"
#include "running.h"

static void
test_empty (ShyApplication *application,
            ShyWindow      *window)
{
  g_assert_true (shy_window_open_page (window, "services", NULL));
  wait_for_text (window, "No Data Service Is Connected");
}

int
main (int   argc,
      char *argv[])
{
  running_prepare ("../plugins", &argc, &argv);

  running_add_test ("/services/empty", test_empty);

  return g_test_run ();
}
