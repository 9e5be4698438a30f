/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-rows-private.h"

struct _ServicesRow
{
  GObject       parent_instance;
  ShyLandedRow *row;  /* (owned) (nullable) until it is read */
};

G_DEFINE_FINAL_TYPE (ServicesRow, services_row, G_TYPE_OBJECT)

enum { LOADED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
services_row_finalize (GObject *object)
{
  g_clear_pointer (&SERVICES_ROW (object)->row, shy_landed_row_free);

  G_OBJECT_CLASS (services_row_parent_class)->finalize (object);
}

static void
services_row_class_init (ServicesRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = services_row_finalize;

  signals[LOADED] = g_signal_new ("loaded", SERVICES_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
services_row_init (ServicesRow *self)
{
}

ServicesRow *
services_row_new (void)
{
  return g_object_new (SERVICES_TYPE_ROW, NULL);
}

/* services_row_get: what it holds, or NULL until it is read. */
const ShyLandedRow *
services_row_get (ServicesRow *self)
{
  g_return_val_if_fail (SERVICES_IS_ROW (self), NULL);

  return self->row;
}

/* services_row_take: takes over what was read. */
void
services_row_take (ServicesRow  *self,
                   ShyLandedRow *row)
{
  g_clear_pointer (&self->row, shy_landed_row_free);
  self->row = row;
  g_signal_emit (self, signals[LOADED], 0);
}
