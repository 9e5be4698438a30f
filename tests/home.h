/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <glib/gstdio.h>

#include <stdlib.h>
#include <unistd.h>

/* What a test writes as a person would, it writes to a home of its own, which goes with it. */

static inline void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_no_errno (g_remove (path));
}

static char *test_home;
static pid_t test_home_owner;

static inline void
remove_test_home (void)
{
  if (getpid () == test_home_owner)
    remove_tree (test_home);
}

/* In the place of G_TEST_OPTION_ISOLATE_DIRS, which leaks a little in each test; that the leak is
 * GLib's only whole stacks show, and those make a sanitized decision twenty times slower. */
static inline void
test_init (int    *argc,
           char ***argv)
{
  static const char *const folders[] = { "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
                                         "XDG_STATE_HOME" };

  test_home = g_dir_make_tmp ("shanye-XXXXXX", NULL);
  g_assert_nonnull (test_home);
  test_home_owner = getpid ();
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    g_setenv (folders[i], test_home, TRUE);
  atexit (remove_test_home);
  g_test_init (argc, argv, NULL);
}
