/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-spool.h"

#include <glib/gi18n-lib.h>

/* subsidy_spool_add: adds a row behind the others, on one thread at a time. */
gboolean
subsidy_spool_add (ShySpool             *spool,
                   const SubsidyRecord  *record,
                   GError              **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  subsidy_record_pack (record, bytes);
  return shy_spool_add (spool, record->outcome, bytes, error);
}

typedef struct
{
  SubsidySpoolFunc func;
  gpointer         data;
} Reader;

static gboolean
read_record (const char  *bytes,
             gsize        length,
             guint        mark,
             gpointer     data,
             GError     **error)
{
  Reader                *reader = data;
  g_auto (SubsidyRecord) record = { 0 };

  if (subsidy_record_unpack (&record, bytes, length))
    return reader->func (&record, reader->data, error);

  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_FAILED,
                       _("The decided rows were damaged on the disk. Decide the file once more."));
  return FALSE;
}

/* subsidy_spool_foreach: reads all rows again; stops at the first for which @func fails. */
gboolean
subsidy_spool_foreach (ShySpool          *spool,
                       SubsidySpoolFunc   func,
                       gpointer           data,
                       GError           **error)
{
  Reader reader = { func, data };

  return shy_spool_foreach (spool, read_record, &reader, error);
}

/* subsidy_spool_count: how many rows came to which outcome so far. */
SubsidyTotals
subsidy_spool_count (ShySpool *spool)
{
  SubsidyTotals totals = { { 0 } };

  for (guint i = 0; i < SUBSIDY_N_OUTCOMES; i++)
    totals.of[i] = shy_spool_count (spool, i);
  return totals;
}
