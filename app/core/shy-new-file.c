/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1 /* renameat2 */
#endif
#include "config.h"

#include "shy-new-file.h"

#include "shy-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Whatever the program writes for people goes through here: exports, copies, accepted policies. From its
 * first byte only its owner may read it; the name is only taken when all is on the disk; a link in the
 * way is not followed; and nothing is written over that nobody was asked about.
 */

#define TRIES 100

struct _ShyNewFile
{
  char *path;
  char *temporary; /* (nullable) once it is in place */
  int   fd;        /* -1 once it is closed */
};

/**
 * shy_new_file_set_error: (skip)
 * @path: the target
 * @reason: the system's reason, of errno
 * @error: return location for an error
 *
 * Turns the system's reason into our words.
 */
void
shy_new_file_set_error (const char *path, int reason, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NO_SPACE,
                 _("There is no room on the disk for “%s”. Nothing was changed. Make room, or save "
                   "it elsewhere."), shown);
  else if (reason == EACCES || reason == EPERM || reason == EROFS)
    g_set_error (error, SHY_ERROR, SHY_ERROR_READ_ONLY,
                 _("“%s” cannot be written there. Save it in another folder."), shown);
  else if (reason == ENOENT || reason == ENOTDIR)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("The folder for “%s” does not exist. Save it in another folder."), shown);
  else if (reason == EEXIST)
    g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                 _("“%s” is there already, and was left as it is. Name another file."), shown);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_FAILED,
                 /* Translators: the first %s is a file, the second the system's reason. */
                 _("“%s” cannot be written (%s). Nothing was changed. Save it elsewhere."), shown,
                 shy_error_say_errno (reason));
}

/**
 * shy_new_file_create: (skip)
 * @path: (type filename): the target
 * @error: return location for an error
 *
 * Begins a file beside its target.
 *
 * Errors: %SHY_ERROR_NOT_FOUND, %SHY_ERROR_READ_ONLY, %SHY_ERROR_NO_SPACE, %SHY_ERROR_FAILED.
 *
 * Returns: (transfer full): the file, or %NULL with @error set
 */
ShyNewFile *
shy_new_file_create (const char *path, GError **error)
{
  g_autoptr (ShyNewFile) self = g_new0 (ShyNewFile, 1);
  g_autofree char       *folder = g_path_get_dirname (path);
  g_autofree char       *name = g_path_get_basename (path);

  self->path = g_strdup (path);
  self->fd = -1;
  for (guint i = 0; i < TRIES && self->fd < 0; i++)
    {
      g_autofree char *hidden = g_strdup_printf (".%.200s.%08x", name, g_random_int ());

      g_free (self->temporary);
      self->temporary = g_build_filename (folder, hidden, NULL);
      self->fd = open (self->temporary, O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, 0600);
      if (self->fd < 0 && errno != EEXIST)
        break;
    }
  if (self->fd >= 0)
    return g_steal_pointer (&self);

  shy_new_file_set_error (path, errno, error);
  g_clear_pointer (&self->temporary, g_free);
  return NULL;
}

/**
 * shy_new_file_get_fd: (skip)
 * @self: a file
 *
 * Returns: its descriptor, which stays the file's
 */
int
shy_new_file_get_fd (ShyNewFile *self)
{
  return self->fd;
}

/**
 * shy_new_file_get_temporary: (skip)
 * @self: a file
 *
 * Returns: (type filename): where it is written, for libraries that want a name
 */
const char *
shy_new_file_get_temporary (ShyNewFile *self)
{
  return self->temporary;
}

/**
 * shy_new_file_sync_folder: (skip)
 * @path: a file
 *
 * Lets the names in the folder of a file reach the disk: a name is only sure to be there when its folder
 * is.
 *
 * Returns: whether they did; errno says why not
 */
gboolean
shy_new_file_sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean         done;

  if (fd < 0)
    return FALSE;
  done = fsync (fd) == 0 || errno == EINVAL; /* some file systems know no such thing */
  close (fd);
  return done;
}

/* Without replacing: by the kernel, or where the file system cannot, by a second name. */
static int
put_in_place (ShyNewFile *self, gboolean replace)
{
  if (replace)
    return rename (self->temporary, self->path);
  if (renameat2 (AT_FDCWD, self->temporary, AT_FDCWD, self->path, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return -1;
  if (link (self->temporary, self->path) != 0)
    return -1;
  unlink (self->temporary);
  return 0;
}

/**
 * shy_new_file_commit: (skip)
 * @self: a file that is written
 * @replace: whether a file that is there may be replaced
 * @error: return location for an error
 *
 * Sees that the file is on the disk and gives it its name.
 *
 * Errors: %SHY_ERROR_USAGE if it is there already, and those of shy_new_file_create(). The target is then as it was.
 *
 * Returns: whether it is in place
 */
gboolean
shy_new_file_commit (ShyNewFile *self, gboolean replace, GError **error)
{
  struct stat there;

  /* A library may have written the file anew by its name. */
  close (self->fd);
  self->fd = open (self->temporary, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (self->fd < 0 || fchmod (self->fd, 0600) != 0 || fsync (self->fd) != 0)
    {
      shy_new_file_set_error (self->path, errno, error);
      return FALSE;
    }
  if (replace && lstat (self->path, &there) == 0 && !S_ISREG (there.st_mode) &&
      !S_ISLNK (there.st_mode))
    {
      shy_new_file_set_error (self->path, S_ISDIR (there.st_mode) ? EISDIR : EINVAL, error);
      return FALSE;
    }
  if (put_in_place (self, replace) != 0)
    {
      shy_new_file_set_error (self->path, errno, error);
      return FALSE;
    }
  g_clear_pointer (&self->temporary, g_free);
  shy_new_file_sync_folder (self->path);
  return TRUE;
}

/**
 * shy_new_file_free: (skip)
 * @self: a file
 *
 * Takes away what was not put in place.
 */
void
shy_new_file_free (ShyNewFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

/* Whether a file holds a database: this one, a copy of it, or one of another program. */
static gboolean
is_database (const char *path)
{
  static const char magic[] = "SQLite format 3"; /* sqlite.org/fileformat2.html, “magic header string” */
  char              head[sizeof magic];
  int               fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gboolean          is;

  if (fd < 0)
    return FALSE;
  is = read (fd, head, sizeof head) == (ssize_t) sizeof head && memcmp (head, magic, sizeof head) == 0;
  close (fd);
  return is;
}

/**
 * shy_new_file_check_apart: (skip)
 * @path: where something is to be written
 * @input: what it is made from
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_USAGE if both names are of one file.
 *
 * Returns: whether they are two files, or @path is none yet
 */
gboolean
shy_new_file_check_apart (const char *path, const char *input, GError **error)
{
  g_autofree char *shown = NULL;
  struct stat      there;
  struct stat      from;

  if (stat (path, &there) != 0 || stat (input, &from) != 0 || there.st_dev != from.st_dev ||
      there.st_ino != from.st_ino)
    return TRUE;
  shown = g_filename_display_name (path);
  g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
               _("“%s” is the file that is read. Name another one for the results."), shown);
  return FALSE;
}

/**
 * shy_new_file_check: (skip)
 * @path: where something is to be written
 * @input: (nullable): what it is made from
 * @replace: whether a file that is there may be replaced
 * @error: return location for an error
 *
 * Looks before long work whether its result may be written there: never over what it is made from nor
 * over a database, and over another file only where a person said so.
 *
 * Errors: %SHY_ERROR_USAGE.
 *
 * Returns: whether it may
 */
gboolean
shy_new_file_check (const char *path, const char *input, gboolean replace, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  struct stat      there;

  if (input != NULL && !shy_new_file_check_apart (path, input, error))
    return FALSE;
  if (lstat (path, &there) != 0)
    return TRUE;
  if (is_database (path))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("“%s” is a database, which results never replace. It was left as it is: name "
                     "another file."), shown);
      return FALSE;
    }
  if (!replace)
    g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                 _("“%s” is there already, and was left as it is. Name another file, or say with "
                   "--force that it is to be replaced."), shown);
  else if (S_ISDIR (there.st_mode))
    shy_new_file_set_error (path, EISDIR, error);
  return replace && !S_ISDIR (there.st_mode);
}

/**
 * shy_new_file_write: (skip)
 * @path: the target
 * @text: what to write
 * @length: its bytes, -1 for a string
 * @replace: whether a file that is there may be replaced
 * @error: return location for an error
 *
 * Writes a whole file.
 *
 * Errors: as shy_new_file_commit().
 *
 * Returns: whether it is in place
 */
gboolean
shy_new_file_write (const char *path, const char *text, gssize length, gboolean replace,
                    GError **error)
{
  g_autoptr (ShyNewFile) file = shy_new_file_create (path, error);
  gsize                  left = length >= 0 ? (gsize) length : strlen (text);

  if (file == NULL)
    return FALSE;
  while (left > 0)
    {
      ssize_t written = write (file->fd, text, left);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          shy_new_file_set_error (path, errno, error);
          return FALSE;
        }
      text += written;
      left -= (gsize) written;
    }
  return shy_new_file_commit (file, replace, error);
}
