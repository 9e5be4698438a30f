/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-import-model.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

struct _ShyImportItem
{
  GObject       parent_instance;
  guint         index;
  ShyImportRow *row; /* (owned) (nullable): once it is read */
};

G_DEFINE_FINAL_TYPE (ShyImportItem, shy_import_item, G_TYPE_OBJECT)

typedef enum { PROP_PLACE = 1, PROP_STATE, PROP_WORDS, PROP_ICON } ShyImportItemProperty;
static GParamSpec *properties[PROP_ICON + 1];

static void
shy_import_item_finalize (GObject *object)
{
  g_clear_pointer (&SHY_IMPORT_ITEM (object)->row, shy_import_row_free);

  G_OBJECT_CLASS (shy_import_item_parent_class)->finalize (object);
}

static char *
dup_place (const ShyImportRow *row)
{
  if (row->title == NULL)
    /* Translators: the number of a row in a spreadsheet. */
    return g_strdup_printf (_("Row %u"), row->row);
  /* Translators: the number of a row in a spreadsheet, and whose it is. */
  return g_strdup_printf (_("Row %u · %s"), row->row, row->title);
}

static const char *
get_icon (const ShyImportRow *row)
{
  switch (row->state)
    {
    case SHY_IMPORT_READY:
      return "emblem-ok-symbolic";
    case SHY_IMPORT_FAULTY:
      return "dialog-warning-symbolic";
    case SHY_IMPORT_REJECTED:
    default:
      return "dialog-error-symbolic";
    }
}

static void
shy_import_item_get_property (GObject    *object,
                              guint       property,
                              GValue     *value,
                              GParamSpec *pspec)
{
  ShyImportRow *row = SHY_IMPORT_ITEM (object)->row;

  switch ((ShyImportItemProperty) property)
    {
    case PROP_PLACE:
      g_value_take_string (value, row != NULL ? dup_place (row) : g_strdup ("…"));
      break;
    case PROP_STATE:
      g_value_set_string (value, row != NULL ? row->label : "");
      break;
    case PROP_WORDS:
      g_value_set_string (value, row != NULL ? row->words : "");
      break;
    case PROP_ICON:
      g_value_set_string (value, row != NULL ? get_icon (row) : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
shy_import_item_class_init (ShyImportItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = shy_import_item_finalize;
  object_class->get_property = shy_import_item_get_property;

  properties[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, flags);
  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  properties[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
shy_import_item_init (ShyImportItem *self)
{
}

struct _ShyImportModel
{
  GObject    parent_instance;
  ShyImport *import;  /* (owned) */
  GArray    *shown;   /* (owned) (nullable) of guint: the rows that need work; NULL for all */
  guint      n_rows;
  GPtrArray *waiting; /* (owned) of ShyImportItem: those that are to be read */
  guint      source;  /* that has them read */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ShyImportModel, shy_import_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
get_item_type (GListModel *model)
{
  return SHY_TYPE_IMPORT_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  ShyImportModel *self = SHY_IMPORT_MODEL (model);

  return self->shown != NULL ? self->shown->len : self->n_rows;
}

/* What is read for some items. */
typedef struct
{
  ShyImport *import; /* (owned) */
  GPtrArray *items;  /* (owned) of ShyImportItem */
  GPtrArray *rows;   /* (owned) of ShyImportRow, for each */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->import);
  g_ptr_array_unref (reading->items);
  g_ptr_array_unref (reading->rows);
  g_free (reading);
}

static void
read_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Reading *reading = data;
  GError  *error = NULL;

  for (guint i = 0; error == NULL && i < reading->items->len; i++)
    {
      ShyImportItem *item = reading->items->pdata[i];
      ShyImportRow  *row = shy_import_read_row (reading->import, item->index, &error);

      if (row != NULL)
        g_ptr_array_add (reading->rows, row);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Reading           *reading = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("%s", error->message);
  g_ptr_array_set_free_func (reading->rows, NULL);
  for (guint i = 0; i < reading->rows->len; i++)
    {
      ShyImportItem *item = reading->items->pdata[i];

      item->row = reading->rows->pdata[i];
      for (guint p = PROP_PLACE; p <= PROP_ICON; p++)
        g_object_notify_by_pspec (G_OBJECT (item), properties[p]);
    }
}

/* Those that were asked for together are read together, off the main thread. */
static gboolean
read_waiting_cb (gpointer data)
{
  ShyImportModel   *self = data;
  Reading          *reading = g_new0 (Reading, 1);
  g_autoptr (GTask) task = g_task_new (self, NULL, read_cb, NULL);

  reading->import = g_object_ref (self->import);
  reading->items = g_steal_pointer (&self->waiting);
  reading->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_import_row_free);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->source = 0;
  g_task_set_source_tag (task, read_waiting_cb);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_worker);
  return G_SOURCE_REMOVE;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  ShyImportModel *self = SHY_IMPORT_MODEL (model);
  ShyImportItem  *item;

  if (position >= get_n_items (model))
    return NULL;
  item = g_object_new (SHY_TYPE_IMPORT_ITEM, NULL);
  item->index = shy_import_model_get (self, position);
  g_ptr_array_add (self->waiting, g_object_ref (item));
  if (self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, read_waiting_cb, self, NULL);
  return item;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
shy_import_model_finalize (GObject *object)
{
  ShyImportModel *self = SHY_IMPORT_MODEL (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->import);
  g_clear_pointer (&self->shown, g_array_unref);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (shy_import_model_parent_class)->finalize (object);
}

static void
shy_import_model_class_init (ShyImportModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_import_model_finalize;
}

static void
shy_import_model_init (ShyImportModel *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

ShyImportModel *
shy_import_model_new (ShyImport *import,
                      gboolean   needs_work)
{
  ShyImportModel *self = g_object_new (SHY_TYPE_IMPORT_MODEL, NULL);

  self->import = g_object_ref (import);
  self->n_rows = shy_spool_get_n (shy_import_get_spool (import));
  if (!needs_work)
    return self;
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->n_rows; i++)
    if (shy_import_get_state (import, i) != SHY_IMPORT_READY)
      g_array_append_val (self->shown, i);
  return self;
}

/* The row of the import that stands at a position. */
guint
shy_import_model_get (ShyImportModel *self,
                      guint           position)
{
  return self->shown != NULL ? g_array_index (self->shown, guint, position) : position;
}

/* Where a row of the import stands, or the next behind it; the last if there is none. */
guint
shy_import_model_find (ShyImportModel *self,
                       guint           index)
{
  guint n = get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; self->shown != NULL && i < n; i++)
    if (g_array_index (self->shown, guint, i) >= index)
      return i;
  return n == 0 ? GTK_INVALID_LIST_POSITION : MIN (self->shown != NULL ? n - 1 : index, n - 1);
}
