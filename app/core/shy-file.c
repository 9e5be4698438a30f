/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-file.h"

#include "shy-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

static int
fail (const char  *path,
      int          fault,
      GError     **error)
{
  if (fault == ENOENT && g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    fault = ELOOP; /* the link is there, and what it leads to is not */
  g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (fault),
                       shy_error_say_errno (fault));
  return -1;
}

/* Opens a file that somebody put where files of ours are looked for. A pipe of that name would make
 * whoever opens it wait for ever, and a device never ends. */
static int
open_regular (const char  *path,
              gsize       *size,
              GError     **error)
{
  int         fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  int         fault = errno;
  struct stat about = { 0 };

  if (fd >= 0 && fstat (fd, &about) < 0)
    {
      fault = errno;
      close (fd);
      fd = -1;
    }
  if (fd < 0)
    return fail (path, fault, error);
  if (S_ISREG (about.st_mode) && about.st_size <= SHY_FILE_MAX_TEXT)
    {
      *size = (gsize) about.st_size;
      return fd;
    }

  close (fd);
  if (S_ISDIR (about.st_mode))
    fail (path, EISDIR, error);
  else if (!S_ISREG (about.st_mode))
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                         _("it is a pipe or a device, and not a file"));
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT, _("it is larger than %d MiB"),
                 SHY_FILE_MAX_TEXT / 1024 / 1024);
  return -1;
}

/**
 * shy_file_get_contents:
 * @path: (type filename): a file
 * @contents: (out) (transfer full): its contents, ended by a zero byte
 * @length: (out) (optional): their length, bytes
 * @error: return location for an error
 *
 * Reads a small file whole, as g_file_get_contents() does, but only a regular file of at most
 * %SHY_FILE_MAX_TEXT bytes, which is known before anything is read. Never waits for a pipe. A file
 * that grows while it is read is read up to the length it had.
 *
 * Errors: those of #GFileError; %SHY_ERROR_INVALID for a pipe or a device, %SHY_ERROR_LIMIT for a
 * file that is too large. The message says why and does not name the file, as it stands in brackets
 * behind the name.
 *
 * Returns: whether it was read
 */
gboolean
shy_file_get_contents (const char  *path,
                       char       **contents,
                       gsize       *length,
                       GError     **error)
{
  g_autofree char *text = NULL;
  gsize            size = 0;
  gsize            done = 0;
  gssize           got = 1;
  int              fd;

  g_return_val_if_fail (path != NULL && contents != NULL, FALSE);

  *contents = NULL;
  fd = open_regular (path, &size, error);
  if (fd < 0)
    return FALSE;
  text = g_malloc (size + 1);
  while (done < size && got != 0)
    {
      got = read (fd, text + done, size - done);
      if (got < 0 && errno != EINTR)
        {
          int fault = errno;

          close (fd);
          fail (path, fault, error);
          return FALSE;
        }
      done += got > 0 ? (gsize) got : 0;
    }
  close (fd);
  text[done] = '\0';
  if (length != NULL)
    *length = done;
  *contents = g_steal_pointer (&text);

  return TRUE;
}

/**
 * shy_file_set_open_error: (skip)
 * @path: (type filename): a file that a person named
 * @reason: what #GFile or shy_file_get_contents() says of it
 * @error: return location for an error
 *
 * Says of a file that somebody wants to open why it cannot be, and what to do. Cancellation stays what
 * it is.
 */
void
shy_file_set_open_error (const char    *path,
                         const GError  *reason,
                         GError       **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  int              number = shy_error_get_errno (reason);

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (reason));
  else if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) && !g_file_test (path, G_FILE_TEST_EXISTS))
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("“%s” is a link to a file that is not there. Choose the file itself."), shown);
  else if (number == ENOENT || number == ENOTDIR)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("The file “%s” does not exist. Choose another."), shown);
  else if (number == EISDIR || g_file_test (path, G_FILE_TEST_IS_DIR))
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 _("“%s” is a folder. Choose a file in it."), shown);
  else if (number == EACCES || number == EPERM)
    g_set_error (error, SHY_ERROR, SHY_ERROR_FAILED,
                 _("You may not read the file “%s”. Ask for the right to read it, or choose another."),
                 shown);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_FAILED,
                 /* Translators: the first %s is a file, the second the reason. */
                 _("The file “%s” cannot be opened (%s). Choose another."), shown,
                 shy_error_say (reason));
}
