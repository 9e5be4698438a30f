/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/shy-record.h"

/**
 * ShyRecord:
 *
 * One row of a [class@Records]: a number, and a value for each column once its page was read.
 */
struct _ShyRecord
{
  GObject   parent_instance;
  gint64    id;
  char    **values;   /* (owned) (nullable) until it is read; single values may be NULL */
  guint     n_values;
};

G_DEFINE_FINAL_TYPE (ShyRecord, shy_record, G_TYPE_OBJECT)

enum { LOADED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
drop_values (ShyRecord *self)
{
  for (guint i = 0; i < self->n_values; i++)
    g_free (self->values[i]);
  g_clear_pointer (&self->values, g_free);
  self->n_values = 0;
}

static void
shy_record_finalize (GObject *object)
{
  drop_values (SHY_RECORD (object));

  G_OBJECT_CLASS (shy_record_parent_class)->finalize (object);
}

static void
shy_record_class_init (ShyRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_record_finalize;

  /**
   * ShyRecord::loaded:
   * @self: the record
   *
   * The values are there, or there anew.
   */
  signals[LOADED] = g_signal_new ("loaded", SHY_TYPE_RECORD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
shy_record_init (ShyRecord *self)
{
}

/**
 * shy_record_new: (skip)
 * @id: what tells it from others of its list
 *
 * Returns: (transfer full): a record of which nothing else is known yet
 */
ShyRecord *
shy_record_new (gint64 id)
{
  ShyRecord *self = g_object_new (SHY_TYPE_RECORD, NULL);

  self->id = id;
  return self;
}

/**
 * shy_record_get_id:
 * @self: a record
 *
 * Returns: what tells it from others of its list
 */
gint64
shy_record_get_id (ShyRecord *self)
{
  g_return_val_if_fail (SHY_IS_RECORD (self), 0);

  return self->id;
}

/**
 * shy_record_is_loaded:
 * @self: a record
 *
 * Returns: whether its values were read
 */
gboolean
shy_record_is_loaded (ShyRecord *self)
{
  g_return_val_if_fail (SHY_IS_RECORD (self), FALSE);

  return self->values != NULL;
}

/**
 * shy_record_get_value:
 * @self: a record
 * @column: position of a column in [method@Records.get_columns]
 *
 * Returns: (nullable): the value as it is stored, not as it is shown; %NULL if there is none, or it
 *   is not read yet
 */
const char *
shy_record_get_value (ShyRecord *self,
                      guint      column)
{
  g_return_val_if_fail (SHY_IS_RECORD (self), NULL);

  return column < self->n_values ? self->values[column] : NULL;
}

/**
 * shy_record_take_values: (skip)
 * @self: a record
 * @values: (transfer full) (array length=n_values): a value for each column, %NULL for none
 * @n_values: how many
 *
 * Fills the record, and tells who shows it.
 */
void
shy_record_take_values (ShyRecord  *self,
                        char      **values,
                        guint       n_values)
{
  g_return_if_fail (SHY_IS_RECORD (self));
  g_return_if_fail (values != NULL);

  drop_values (self);
  self->values = values;
  self->n_values = n_values;
  g_signal_emit (self, signals[LOADED], 0);
}
