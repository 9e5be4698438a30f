/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-plugin-watch-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* What a plugin does while it is started may end the process, and then nobody is left to say which
 * one it was. So while a plugin is watched, the signals of a crash and exit() leave a file that names
 * it. Whoever is interrupted or killed from outside leaves none: that is no fault of the plugin. */
struct _ShyPluginWatch
{
  char           *path; /* (owned): of the file that blames it */
  ShyPluginWatch *outer;
};

static const int crashes[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS };

/* Read by the handler of signals, which may call little: it finds all made beforehand. */
static ShyPluginWatch  *watched;
static struct sigaction before[G_N_ELEMENTS (crashes)];

static char *
build_path (const char *id)
{
  g_autofree char *name = g_uri_escape_string (id, NULL, FALSE);

  return g_build_filename (g_get_user_state_dir (), "shanye", "crashed", name, NULL);
}

static void
blame_watched (void)
{
  for (const ShyPluginWatch *watch = watched; watch != NULL; watch = watch->outer)
    {
      int file = open (watch->path, O_CREAT | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);

      if (file >= 0)
        close (file);
    }
}

/* What would have become of the signal becomes of it as soon as this returns. */
static void
crashed (int number)
{
  blame_watched ();
  for (gsize i = 0; i < G_N_ELEMENTS (crashes); i++)
    if (crashes[i] == number)
      sigaction (number, &before[i], NULL);
  raise (number);
}

/* A recursion without end leaves no stack for a handler. */
static void
make_room_for_handler (void)
{
  static char stack[64 * 1024];
  stack_t     used;

  if (sigaltstack (NULL, &used) == 0 && (used.ss_flags & SS_DISABLE) != 0)
    sigaltstack (&(stack_t) { .ss_sp = stack, .ss_size = sizeof stack }, NULL);
}

static void
listen_to_crashes (void)
{
  static gsize     once;
  struct sigaction action = { .sa_handler = crashed, .sa_flags = SA_ONSTACK };

  if (g_once_init_enter (&once))
    {
      make_room_for_handler ();
      atexit (blame_watched);
      g_once_init_leave (&once, 1);
    }

  sigemptyset (&action.sa_mask);
  for (gsize i = 0; i < G_N_ELEMENTS (crashes); i++)
    sigaction (crashes[i], &action, &before[i]);
}

/*
 * _shy_plugin_watch_begin:
 *
 * Watches a plugin until _shy_plugin_watch_end(). Main thread only.
 *
 * Returns: (transfer full): a watch
 */
ShyPluginWatch *
_shy_plugin_watch_begin (const char *id)
{
  ShyPluginWatch  *self = g_new0 (ShyPluginWatch, 1);
  g_autofree char *folder = NULL;

  self->path = build_path (id);
  folder = g_path_get_dirname (self->path);
  g_mkdir_with_parents (folder, 0700);

  if (watched == NULL)
    listen_to_crashes ();
  self->outer = watched;
  watched = self;
  return self;
}

void
_shy_plugin_watch_end (ShyPluginWatch *self)
{
  if (self == NULL)
    return;

  for (ShyPluginWatch **place = &watched; *place != NULL; place = &(*place)->outer)
    if (*place == self)
      {
        *place = self->outer;
        break;
      }
  for (gsize i = 0; watched == NULL && i < G_N_ELEMENTS (crashes); i++)
    sigaction (crashes[i], &before[i], NULL);
  g_free (self->path);
  g_free (self);
}

/* _shy_plugin_watch_blames: whether a process ended by itself while it started this plugin. */
gboolean
_shy_plugin_watch_blames (const char *id)
{
  g_autofree char *path = build_path (id);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* _shy_plugin_watch_forgive: lets the plugin be started again. */
void
_shy_plugin_watch_forgive (const char *id)
{
  g_autofree char *path = build_path (id);

  g_unlink (path);
}
