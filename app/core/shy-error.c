/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-error.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (shy-error-quark, shy_error)

/* What the system says of files, in words that stand in brackets behind a name. Its own words are
 * English or an engineer's, and differ from one system to the next. */
static const struct
{
  int         number; /* of errno */
  const char *words;
} reasons[] = {
  { ENOENT, N_("there is no such file or folder") },
  { ENOTDIR, N_("a part of the path is a file and not a folder") },
  { EISDIR, N_("it is a folder and not a file") },
  { EACCES, N_("you have no right to it") },
  { EPERM, N_("you have no right to it") },
  { EROFS, N_("its disk can only be read") },
  { ENOSPC, N_("the disk is full") },
  { EDQUOT, N_("the disk space you may use is full") },
  { EFBIG, N_("the disk takes no file of that size") },
  { EEXIST, N_("there is one of that name already") },
  { ELOOP, N_("it is a link that leads nowhere") },
  { ENAMETOOLONG, N_("the name is too long") },
  { EBUSY, N_("another program has it open") },
  { ETXTBSY, N_("another program has it open") },
  { EIO, N_("the disk or the network failed") },
  { ENXIO, N_("it is no file") },
  { ENODEV, N_("its disk or stick is no longer there") },
  { ENOTCONN, N_("the computer that holds it cannot be reached") },
  { ESTALE, N_("the computer that holds it cannot be reached") },
  { EHOSTUNREACH, N_("the computer that holds it cannot be reached") },
  { ENETUNREACH, N_("the computer that holds it cannot be reached") },
  { ETIMEDOUT, N_("the computer that holds it does not answer") },
  { EMFILE, N_("too many files are open") },
  { ENFILE, N_("too many files are open") },
  { ENOMEM, N_("the memory is full") },
};

/**
 * shy_error_say_errno: (skip)
 * @number: the system's reason, of errno
 *
 * Says the system's reason in our words, as it stands in brackets behind the name of a file.
 *
 * Returns: (transfer none): translated words; the system's own for a rare reason
 */
const char *
shy_error_say_errno (int number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].number == number)
      return _(reasons[i].words);
  return g_strerror (number);
}

/**
 * shy_error_get_errno: (skip)
 * @error: why a file could not be used
 *
 * Returns: the system's reason behind what #GFileError and #GIOError say of files, of errno; 0 if there
 *   is none that is known here
 */
int
shy_error_get_errno (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if ((error->domain == G_IO_ERROR && error->code != G_IO_ERROR_FAILED &&
         error->code == (int) g_io_error_from_errno (reasons[i].number)) ||
        (error->domain == G_FILE_ERROR && error->code != G_FILE_ERROR_FAILED &&
         error->code == (int) g_file_error_from_errno (reasons[i].number)))
      return reasons[i].number;
  return 0;
}

/**
 * shy_error_say: (skip)
 * @error: why a file could not be used
 *
 * As shy_error_say_errno(), of what #GFileError and #GIOError say of files.
 *
 * Returns: (transfer none): translated words, or the message of @error
 */
const char *
shy_error_say (const GError *error)
{
  int number = shy_error_get_errno (error);

  return number != 0 ? shy_error_say_errno (number) : error->message;
}
