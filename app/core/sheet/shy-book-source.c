/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-book-source-private.h"

#include "shy-error.h"
#include "shy-file.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

/* What tells one version of a file from another; NULL where there is no file. */
static char *
dup_state (const char *path)
{
  struct stat facts;

  if (stat (path, &facts) != 0)
    return NULL;
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT ".%09ld",
                          (guint64) facts.st_dev, (guint64) facts.st_ino, (gint64) facts.st_size,
                          (gint64) facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec);
}

ShyBookSource *
shy_book_source_new_path (const char *path)
{
  ShyBookSource *self = g_atomic_rc_box_new0 (ShyBookSource);

  self->path = g_strdup (path);
  self->name = g_filename_display_basename (path);
  self->state = dup_state (path);
  return self;
}

ShyBookSource *
shy_book_source_new_bytes (GBytes     *bytes,
                           const char *name)
{
  ShyBookSource *self = g_atomic_rc_box_new0 (ShyBookSource);

  self->bytes = g_bytes_ref (bytes);
  self->name = g_strdup (name);
  return self;
}

ShyBookSource *
shy_book_source_ref (ShyBookSource *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  ShyBookSource *self = data;

  g_free (self->name);
  g_free (self->path);
  g_free (self->state);
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

void
shy_book_source_unref (ShyBookSource *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* Opens the bytes from the start. */
GInputStream *
shy_book_source_open (ShyBookSource  *self,
                      GCancellable   *cancellable,
                      GError        **error)
{
  g_autoptr (GFile)  file = NULL;
  g_autoptr (GError) local = NULL;
  GFileInputStream  *stream;

  if (self->bytes != NULL)
    return g_memory_input_stream_new_from_bytes (self->bytes);

  file = g_file_new_for_path (self->path);
  stream = g_file_read (file, cancellable, &local);
  if (stream == NULL)
    shy_file_set_open_error (self->path, local, error);
  else if (!shy_book_source_check (self, error))
    g_clear_object (&stream);
  return stream != NULL ? G_INPUT_STREAM (stream) : NULL;
}

gboolean
shy_book_source_check (ShyBookSource  *self,
                       GError        **error)
{
  g_autofree char *state = self->path != NULL ? dup_state (self->path) : NULL;

  if (g_strcmp0 (state, self->state) == 0)
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
               _("The file “%s” was changed while it was being read. Close it in the other program and "
                 "read it again."),
               self->name);
  return FALSE;
}

/* What to say of any file whose insides break off or contradict themselves. */
void
shy_book_source_set_damaged (ShyBookSource  *self,
                             const char     *detail,
                             GError        **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_DAMAGED,
               /* Translators: the first %s is a file, the second says what is wrong, as "the archive
                * breaks off". */
               _("The spreadsheet “%s” is damaged or incomplete (%s). Copy it again, or open it in "
                 "WPS or Excel and save it as .xlsx."),
               self->name, detail);
}

void
shy_book_source_set_unread (ShyBookSource  *self,
                            GError        **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_FAILED,
               _("The file “%s” cannot be read to its end. Check that it is a file and no folder, and "
                 "that its disk or stick is still there, and read it again."),
               self->name);
}
