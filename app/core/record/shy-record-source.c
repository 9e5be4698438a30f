/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/shy-records-private.h"

static void
origin_clear (gpointer data)
{
  ShyRecordOrigin *self = data;

  if (self->data_free != NULL)
    self->data_free (self->data);
  g_object_unref (self->store);
}

void
shy_record_origin_unref (ShyRecordOrigin *self)
{
  g_atomic_rc_box_release_full (self, origin_clear);
}

static void
values_free (char  **values,
             guint   n)
{
  for (guint i = 0; values != NULL && i < n; i++)
    g_free (values[i]);
  g_free (values);
}

ShyRecordPage *
shy_record_page_new (ShyRecordOrigin *origin,
                     GPtrArray       *columns,
                     GArray          *ids)
{
  ShyRecordPage *self = g_new0 (ShyRecordPage, 1);

  self->origin = g_atomic_rc_box_acquire (origin);
  self->columns = g_ptr_array_ref (columns);
  self->ids = ids;
  self->values = g_new0 (char **, ids->len);
  return self;
}

void
shy_record_page_free (gpointer data)
{
  ShyRecordPage *self = data;

  for (guint i = 0; i < self->ids->len; i++)
    values_free (self->values[i], self->columns->len);
  g_free (self->values);
  g_array_unref (self->ids);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_ptr_array_unref (self->columns);
  shy_record_origin_unref (self->origin);
  g_free (self);
}

gboolean
shy_record_page_read_job (ShyConnection  *connection,
                          gpointer        data,
                          GCancellable   *cancellable,
                          GError        **error)
{
  ShyRecordPage *self = data;

  return self->origin->source->read (connection, self->origin->data, self->columns,
                                     (const gint64 *) self->ids->data, self->ids->len, self->values,
                                     cancellable, error);
}

char *
shy_record_count_key (const char *filter,
                      const char *value)
{
  return g_strconcat (filter, "=", value, NULL);
}

/**
 * shy_record_found_add: (skip)
 * @self: what a source found
 * @id: another record
 *
 * Returns: whether more are wanted
 */
gboolean
shy_record_found_add (ShyRecordFound *self,
                      gint64          id)
{
  g_array_append_val (self->ids, id);
  return self->limit == 0 || self->ids->len < self->limit;
}

static void
add_count (GHashTable *counts,
           char       *key,
           guint       n)
{
  g_hash_table_replace (counts, key,
                        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + n));
}

/**
 * shy_record_found_count: (skip)
 * @self: what a source found
 * @filter: the name of a filter
 * @value: a value of it
 * @n: how many more records have it
 */
void
shy_record_found_count (ShyRecordFound *self,
                        const char     *filter,
                        const char     *value,
                        guint           n)
{
  add_count (self->counts, shy_record_count_key (filter, value), n);
  add_count (self->counts, shy_record_count_key (filter, ""), n);
}
