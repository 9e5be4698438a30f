/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-output-private.h"

#include <fcntl.h>

void
shy_sheet_output_set_error (ShySheetOutput  *self,
                            int              reason,
                            GError         **error)
{
  shy_new_file_set_error (self->path, reason, error);
}

int
shy_sheet_output_create (ShySheetOutput  *self,
                         const char      *path,
                         GError         **error)
{
  self->path = g_strdup (path);
  self->file = shy_new_file_create (path, error);
  if (self->file == NULL)
    return -1;
  self->temporary = shy_new_file_get_temporary (self->file);
  return fcntl (shy_new_file_get_fd (self->file), F_DUPFD_CLOEXEC, 0);
}

gboolean
shy_sheet_output_replace (ShySheetOutput  *self,
                          gboolean         over,
                          GError         **error)
{
  return shy_new_file_commit (self->file, over, error);
}

void
shy_sheet_output_free (ShySheetOutput *self)
{
  self->class->free (self);
  g_clear_pointer (&self->file, shy_new_file_free);
  g_free (self->path);
  g_free (self);
}
