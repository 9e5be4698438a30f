/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-output-private.h"

#include "shy-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define TRIES 100

void
shy_sheet_output_set_error (ShySheetOutput  *self,
                            int              reason,
                            GError         **error)
{
  switch (reason)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      g_set_error (error, SHY_ERROR, SHY_ERROR_NO_SPACE,
                   _("There is no room on the disk for “%s”. Nothing was changed. Make room, or save "
                     "it elsewhere."),
                   self->path);
      break;

    case EACCES:
    case EPERM:
    case EROFS:
      g_set_error (error, SHY_ERROR, SHY_ERROR_READ_ONLY,
                   _("“%s” cannot be written there. Save it in another folder."), self->path);
      break;

    case ENOENT:
    case ENOTDIR:
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                   _("The folder for “%s” does not exist. Save it in another folder."), self->path);
      break;

    default:
      g_set_error (error, SHY_ERROR, SHY_ERROR_FAILED,
                   /* Translators: the first %s is a file, the second the system's reason. */
                   _("“%s” cannot be written (%s). Nothing was changed. Save it elsewhere."), self->path,
                   g_strerror (reason));
      break;
    }
}

int
shy_sheet_output_create (ShySheetOutput  *self,
                         const char      *path,
                         GError         **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  int              fd = -1;

  self->path = g_strdup (path);
  for (guint i = 0; i < TRIES && fd < 0; i++)
    {
      g_autofree char *hidden = g_strdup_printf (".%s.%08x", name, g_random_int ());

      g_free (self->temporary);
      self->temporary = g_build_filename (folder, hidden, NULL);
      fd = g_open (self->temporary, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);
      if (fd < 0 && errno != EEXIST)
        break;
    }
  if (fd < 0)
    {
      shy_sheet_output_set_error (self, errno, error);
      g_clear_pointer (&self->temporary, g_free);
    }
  return fd;
}

gboolean
shy_sheet_output_replace (ShySheetOutput  *self,
                          GError         **error)
{
  if (g_rename (self->temporary, self->path) != 0)
    {
      shy_sheet_output_set_error (self, errno, error);
      return FALSE;
    }
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

void
shy_sheet_output_free (ShySheetOutput *self)
{
  self->class->free (self);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}
