/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-plugin-watch-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* What a plugin does while it is started may end the process, and then nobody is left to say which
 * one it was. So a file is made before and taken away behind; whoever made it holds a lock on it,
 * which the system drops when the process ends. A file that nobody holds was left by a process that
 * ended in between. */
struct _ShyPluginWatch
{
  char *path; /* (owned) */
  int   file;
};

static char *
build_path (const char *id)
{
  g_autofree char *name = g_uri_escape_string (id, NULL, FALSE);

  return g_build_filename (g_get_user_state_dir (), "shanye", "starting", name, NULL);
}

/*
 * _shy_plugin_watch_begin:
 *
 * Returns: (transfer full) (nullable): a watch; NULL where another process starts the same plugin at
 *   this moment, and keeps watch, or where nothing can be written: that is no reason not to start it
 */
ShyPluginWatch *
_shy_plugin_watch_begin (const char *id)
{
  g_autofree char *path = build_path (id);
  g_autofree char *folder = g_path_get_dirname (path);
  ShyPluginWatch  *self;
  int              file;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return NULL;
  file = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0)
    return NULL;
  if (flock (file, LOCK_EX | LOCK_NB) != 0)
    {
      close (file);
      return NULL;
    }

  self = g_new0 (ShyPluginWatch, 1);
  self->path = g_steal_pointer (&path);
  self->file = file;
  return self;
}

void
_shy_plugin_watch_end (ShyPluginWatch *self)
{
  if (self == NULL)
    return;

  g_unlink (self->path);
  close (self->file);
  g_free (self->path);
  g_free (self);
}

/* _shy_plugin_watch_blames: whether a process ended while it started this plugin. */
gboolean
_shy_plugin_watch_blames (const char *id)
{
  g_autofree char *path = build_path (id);
  int              file = g_open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0);
  gboolean         left;

  if (file < 0)
    return FALSE;

  left = flock (file, LOCK_EX | LOCK_NB) == 0;
  /* Whoever held it may have taken it away between the two calls. */
  left = left && g_file_test (path, G_FILE_TEST_EXISTS);
  close (file);
  return left;
}

/* _shy_plugin_watch_forgive: lets the plugin be started again. */
void
_shy_plugin_watch_forgive (const char *id)
{
  g_autofree char *path = build_path (id);

  g_unlink (path);
}
