/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/shy-spool.h"

#include "shy-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

/**
 * ShySpool:
 *
 * Rows on their way to the database or a file, packed by whoever adds them. They lie in an unnamed
 * file, not in memory, so that 100,000 rows cost little more than 100; it is gone with the object or
 * the process. Adding is for one thread at a time; what was added may be read from any.
 */
struct _ShySpool
{
  GObject   parent_instance;
  FILE     *file;    /* (owned): without a name */
  GArray   *ends;    /* (owned) (element-type guint64): where each row ends in the file */
  GByteArray *marks; /* (owned): of each row */
  guint     counts[SHY_SPOOL_N_MARKS];
  gboolean  pending; /* something is buffered that the file does not hold yet */
  JsonNode *notes;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ShySpool, shy_spool, G_TYPE_OBJECT)

static void
shy_spool_finalize (GObject *object)
{
  ShySpool *self = SHY_SPOOL (object);

  if (self->file != NULL)
    fclose (self->file);
  g_clear_pointer (&self->notes, json_node_unref);
  g_array_unref (self->ends);
  g_byte_array_unref (self->marks);

  G_OBJECT_CLASS (shy_spool_parent_class)->finalize (object);
}

static void
shy_spool_class_init (ShySpoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_spool_finalize;
}

static void
shy_spool_init (ShySpool *self)
{
  self->ends = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->marks = g_byte_array_new ();
}

static gboolean
fail (GError **error)
{
  int number = errno;

  g_set_error (error, SHY_ERROR,
               number == ENOSPC || number == EDQUOT ? SHY_ERROR_NO_SPACE : SHY_ERROR_FAILED,
               /* Translators: %s is the system's reason. */
               _("The decided rows cannot be kept for a while (%s). Make room on the disk that holds "
                 "your database, then try again."),
               shy_error_say_errno (number));
  return FALSE;
}

/**
 * shy_spool_new:
 * @folder: (nullable): where the unnamed file lies: the database's folder, which is as private as
 *   the data; %NULL for the folder of temporary files
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_NO_SPACE, %SHY_ERROR_FAILED.
 *
 * Returns: (transfer full): an empty spool, or %NULL with @error set
 */
ShySpool *
shy_spool_new (const char *folder,
               GError    **error)
{
  g_autoptr (ShySpool) self = g_object_new (SHY_TYPE_SPOOL, NULL);
  g_autofree char     *path = NULL;
  int                  fd;

  path = g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), "shanye-rows-XXXXXX", NULL);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      fail (error);
      return NULL;
    }

  g_unlink (path);
  self->file = fdopen (fd, "w+b");
  return g_steal_pointer (&self);
}

/**
 * shy_spool_add:
 * @self: a spool
 * @mark: what is to be known of the row without reading it, less than %SHY_SPOOL_N_MARKS
 * @bytes: the row
 * @error: return location for an error
 *
 * Adds a row behind the others, on one thread at a time.
 *
 * Returns: whether it was added
 */
gboolean
shy_spool_add (ShySpool    *self,
               guint        mark,
               GByteArray  *bytes,
               GError     **error)
{
  guint8  said = (guint8) mark;
  guint64 end;

  g_return_val_if_fail (SHY_IS_SPOOL (self) && mark < SHY_SPOOL_N_MARKS, FALSE);

  end = (self->ends->len > 0 ? g_array_index (self->ends, guint64, self->ends->len - 1) : 0) + bytes->len;
  self->pending = TRUE;
  if (bytes->len > 0 && fwrite (bytes->data, bytes->len, 1, self->file) != 1)
    return fail (error);

  g_array_append_val (self->ends, end);
  g_byte_array_append (self->marks, &said, 1);
  self->counts[mark]++;
  return TRUE;
}

/* Afterwards the file holds everything, and is read by place: whoever reads disturbs nobody. */
static gboolean
write_pending (ShySpool  *self,
               GError   **error)
{
  if (self->pending && fflush (self->file) != 0)
    return fail (error);

  self->pending = FALSE;
  return TRUE;
}

static gboolean
read_at (ShySpool    *self,
         guint64      from,
         GByteArray  *into,
         guint        length,
         GError     **error)
{
  guint done = 0;

  g_byte_array_set_size (into, length);
  while (done < length)
    {
      gssize got = pread (fileno (self->file), into->data + done, length - done, (off_t) (from + done));

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        {
          errno = got == 0 ? EIO : errno;
          return fail (error);
        }
      done += (guint) got;
    }
  return TRUE;
}

/**
 * shy_spool_read:
 * @self: a spool
 * @index: which row, from 0
 * @into: takes the row, whatever it held before
 * @error: return location for an error
 *
 * Reads one row, once all are added.
 *
 * Returns: whether it was read
 */
gboolean
shy_spool_read (ShySpool    *self,
                guint        index,
                GByteArray  *into,
                GError     **error)
{
  guint64 from;

  g_return_val_if_fail (SHY_IS_SPOOL (self) && index < self->ends->len, FALSE);

  from = index > 0 ? g_array_index (self->ends, guint64, index - 1) : 0;
  return write_pending (self, error) &&
         read_at (self, from, into, (guint) (g_array_index (self->ends, guint64, index) - from), error);
}

/* Rows are read many at once, as few bytes as hold them. */
#define AT_ONCE (256 * 1024)

/**
 * shy_spool_foreach: (skip)
 * @self: a spool
 * @func: takes the rows
 * @data: given to @func
 * @error: return location for an error
 *
 * Reads all rows again, in their order; stops at the first for which @func fails.
 *
 * Returns: whether all were taken
 */
gboolean
shy_spool_foreach (ShySpool      *self,
                   ShySpoolFunc   func,
                   gpointer       data,
                   GError       **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint64                at = 0;

  g_return_val_if_fail (SHY_IS_SPOOL (self), FALSE);

  if (!write_pending (self, error))
    return FALSE;
  for (guint i = 0; i < self->ends->len;)
    {
      guint64 from = at;
      guint   last = i;

      while (last + 1 < self->ends->len && g_array_index (self->ends, guint64, last + 1) - from < AT_ONCE)
        last++;
      if (!read_at (self, from, bytes, (guint) (g_array_index (self->ends, guint64, last) - from), error))
        return FALSE;
      for (; i <= last; i++)
        {
          guint64 end = g_array_index (self->ends, guint64, i);

          if (!func ((const char *) bytes->data + (at - from), (gsize) (end - at), self->marks->data[i],
                     data, error))
            return FALSE;
          at = end;
        }
    }
  return TRUE;
}

/**
 * shy_spool_get_n:
 * @self: a spool
 *
 * Returns: how many rows were added
 */
guint
shy_spool_get_n (ShySpool *self)
{
  g_return_val_if_fail (SHY_IS_SPOOL (self), 0);

  return self->ends->len;
}

/**
 * shy_spool_get_mark:
 * @self: a spool
 * @index: which row, from 0
 *
 * Returns: what was said of the row
 */
guint
shy_spool_get_mark (ShySpool *self,
                    guint     index)
{
  g_return_val_if_fail (SHY_IS_SPOOL (self) && index < self->marks->len, 0);

  return self->marks->data[index];
}

/**
 * shy_spool_count:
 * @self: a spool
 * @mark: a mark
 *
 * Returns: how many rows have the mark
 */
guint
shy_spool_count (ShySpool *self,
                 guint     mark)
{
  g_return_val_if_fail (SHY_IS_SPOOL (self) && mark < SHY_SPOOL_N_MARKS, 0);

  return self->counts[mark];
}

/**
 * shy_spool_set_notes:
 * @self: a spool
 * @notes: (transfer full): what is to be known beside the rows
 *
 * Keeps notes with the rows.
 */
void
shy_spool_set_notes (ShySpool *self,
                     JsonNode *notes)
{
  g_return_if_fail (SHY_IS_SPOOL (self));

  g_clear_pointer (&self->notes, json_node_unref);
  self->notes = notes;
}

/**
 * shy_spool_get_notes:
 * @self: a spool
 *
 * Returns: (nullable) (transfer none): the notes
 */
JsonNode *
shy_spool_get_notes (ShySpool *self)
{
  g_return_val_if_fail (SHY_IS_SPOOL (self), NULL);

  return self->notes;
}
