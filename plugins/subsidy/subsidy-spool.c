/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

struct _SubsidySpool
{
  GObject       parent_instance;
  FILE         *file;   /* (owned): without a name */
  gboolean      at_end; /* where the next row is added */
  GByteArray   *bytes;  /* (owned): of a row on its way */
  SubsidyTotals totals;
  JsonNode     *notes;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (SubsidySpool, subsidy_spool, G_TYPE_OBJECT)

static void
subsidy_spool_finalize (GObject *object)
{
  SubsidySpool *self = SUBSIDY_SPOOL (object);

  if (self->file != NULL)
    fclose (self->file);
  g_clear_pointer (&self->notes, json_node_unref);
  g_byte_array_unref (self->bytes);

  G_OBJECT_CLASS (subsidy_spool_parent_class)->finalize (object);
}

static void
subsidy_spool_class_init (SubsidySpoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = subsidy_spool_finalize;
}

static void
subsidy_spool_init (SubsidySpool *self)
{
  self->bytes = g_byte_array_new ();
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

/*
 * subsidy_spool_new:
 * @folder: (nullable): where the unnamed file lies: the database's folder, which is as private as
 *   the data; NULL for the folder of temporary files
 */
SubsidySpool *
subsidy_spool_new (const char *folder,
                   GError    **error)
{
  g_autoptr (SubsidySpool) self = g_object_new (SUBSIDY_TYPE_SPOOL, NULL);
  g_autofree char         *path = NULL;
  int                      fd;

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

/* subsidy_spool_set_notes: keeps subsidy_notes_to_json() with the rows; takes it over. */
void
subsidy_spool_set_notes (SubsidySpool *self,
                         JsonNode     *notes)
{
  g_return_if_fail (SUBSIDY_IS_SPOOL (self));

  g_clear_pointer (&self->notes, json_node_unref);
  self->notes = notes;
}

JsonNode *
subsidy_spool_get_notes (SubsidySpool *self)
{
  g_return_val_if_fail (SUBSIDY_IS_SPOOL (self), NULL);

  return self->notes;
}

/* subsidy_spool_add: adds a row behind the others, on one thread at a time. */
gboolean
subsidy_spool_add (SubsidySpool         *self,
                   const SubsidyRecord  *record,
                   GError              **error)
{
  guint64 size;

  g_return_val_if_fail (SUBSIDY_IS_SPOOL (self), FALSE);

  g_byte_array_set_size (self->bytes, 0);
  subsidy_record_pack (record, self->bytes);
  size = self->bytes->len;
  /* Seeking writes what is buffered, so it is done only behind reading. */
  if ((!self->at_end && fseeko (self->file, 0, SEEK_END) != 0) ||
      fwrite (&size, sizeof size, 1, self->file) != 1 ||
      fwrite (self->bytes->data, size, 1, self->file) != 1)
    return fail (error);

  self->at_end = TRUE;
  self->totals.of[record->outcome]++;
  return TRUE;
}

static gboolean
read_record (SubsidySpool   *self,
             SubsidyRecord  *record,
             GError        **error)
{
  guint64 size;

  if (fread (&size, sizeof size, 1, self->file) != 1)
    return ferror (self->file) ? fail (error) : FALSE;

  g_byte_array_set_size (self->bytes, (guint) size);
  if (fread (self->bytes->data, size, 1, self->file) != 1 ||
      !subsidy_record_unpack (record, (const char *) self->bytes->data, size))
    return fail (error);

  return TRUE;
}

/* subsidy_spool_foreach: reads all rows again; stops at the first for which @func fails. */
gboolean
subsidy_spool_foreach (SubsidySpool      *self,
                       SubsidySpoolFunc   func,
                       gpointer           data,
                       GError           **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (SUBSIDY_IS_SPOOL (self), FALSE);

  if (fflush (self->file) != 0 || fseeko (self->file, 0, SEEK_SET) != 0)
    return fail (error);

  self->at_end = FALSE;
  while (local == NULL)
    {
      g_auto (SubsidyRecord) record = { 0 };

      if (!read_record (self, &record, &local) || !func (&record, data, &local))
        break;
    }

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* subsidy_spool_get_totals: how many rows came to which outcome so far. */
const SubsidyTotals *
subsidy_spool_get_totals (SubsidySpool *self)
{
  g_return_val_if_fail (SUBSIDY_IS_SPOOL (self), NULL);

  return &self->totals;
}
