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
               g_strerror (number));
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
  g_autoptr (GVariant) variant = g_variant_ref_sink (subsidy_record_to_variant (record));
  guint64              size = g_variant_get_size (variant);

  g_return_val_if_fail (SUBSIDY_IS_SPOOL (self), FALSE);

  if (fseeko (self->file, 0, SEEK_END) != 0 || fwrite (&size, sizeof size, 1, self->file) != 1 ||
      fwrite (g_variant_get_data (variant), size, 1, self->file) != 1)
    return fail (error);

  self->totals.of[record->outcome]++;
  return TRUE;
}

static gboolean
read_record (SubsidySpool   *self,
             SubsidyRecord  *record,
             GError        **error)
{
  g_autoptr (GVariant) variant = NULL;
  guint64              size;
  char                *data;

  if (fread (&size, sizeof size, 1, self->file) != 1)
    return ferror (self->file) ? fail (error) : FALSE;

  data = g_malloc (size);
  variant = g_variant_ref_sink (g_variant_new_from_data (G_VARIANT_TYPE (SUBSIDY_RECORD_TYPE), data,
                                                         size, TRUE, g_free, data));
  if (fread (data, size, 1, self->file) != 1)
    return fail (error);

  subsidy_record_from_variant (record, variant);
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
