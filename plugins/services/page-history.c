/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-history.h"

#include "page-history-row.h"

#include <glib/gi18n-lib.h>

/* Older pulls are in the database, and on the command line. */
#define MOST 200

/* Which pulls are shown, in the order of the choice. */
typedef enum {
  FILTER_ALL,
  FILTER_WRONG,
  FILTER_CHANGED,
} Filter;

struct _ServicesHistory
{
  AdwBin         parent_instance;

  GtkLabel      *subtitle;
  GtkDropDown   *filter;
  GtkStack      *stack;
  GtkListBox    *pulls;
  AdwStatusPage *failure;

  ShyContext    *context;      /* (owned) (nullable) until it is shown */
  ServicesList *services;        /* (owned) (nullable): how services and streams are called */
  char          *service;      /* (owned) (nullable): of all */
  GCancellable  *cancellable;  /* (owned): of what is being read */
};

G_DEFINE_FINAL_TYPE (ServicesHistory, services_history, ADW_TYPE_BIN)

static gboolean
is_wanted (ServicesHistory     *self,
           const ShyPullRecord *record)
{
  switch ((Filter) gtk_drop_down_get_selected (self->filter))
    {
    case FILTER_WRONG:
      return record->outcome == SHY_PULL_HELD || record->outcome == SHY_PULL_FAILED;
    case FILTER_CHANGED:
      return record->added > 0 || record->changed > 0 || record->withdrawn > 0;
    case FILTER_ALL:
    default:
      return TRUE;
    }
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       data)
{
  return is_wanted (data, services_history_row_get_record (SERVICES_HISTORY_ROW (row)));
}

static void
show_state (ServicesHistory *self)
{
  gboolean any = FALSE;

  for (int i = 0; !any; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->pulls, i);

      if (row == NULL)
        break;
      any = is_wanted (self, services_history_row_get_record (SERVICES_HISTORY_ROW (row)));
    }

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "none");
}

static void
filter_changed_cb (ServicesHistory *self)
{
  gtk_list_box_invalidate_filter (self->pulls);
  show_state (self);
}

static gpointer
list_call (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  return shy_pull_history_list (book, data, MOST, error);
}

/* What people call the stream, with its service where all are shown; names of what is gone. */
static char *
dup_title (ServicesHistory     *self,
           const ShyPullRecord *record)
{
  ShyServiceItem *item = services_list_find (self->services, record->service);
  const char   *service = record->service, *stream = record->stream;

  if (item != NULL)
    {
      const ShyStreamStatus *status = shy_service_item_find_stream (item, record->stream);

      service = shy_service_item_get_entry (item)->title;
      stream = status != NULL ? status->title : stream;
    }

  /* Translators: a service and one of its streams. */
  return self->service != NULL ? g_strdup (stream)
                               : g_strdup_printf (_("%s: %s"), service, stream);
}

static void
fill (ServicesHistory *self,
      GPtrArray       *records)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->pulls, 0)) != NULL)
    gtk_list_box_remove (self->pulls, GTK_WIDGET (row));
  while (records->len > 0)
    {
      ShyPullRecord   *record = g_ptr_array_steal_index (records, 0);
      g_autofree char *title = dup_title (self, record);

      gtk_list_box_append (self->pulls, services_history_row_new (record, title));
    }
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (ServicesHistory) self = data;
  g_autoptr (GError)          error = NULL;
  g_autoptr (GPtrArray)       records = NULL;

  records = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (records == NULL)
    {
      adw_status_page_set_description (self->failure, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      return;
    }

  fill (self, records);
  show_state (self);
}

static void
read_again (ServicesHistory *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  services_run_async (self->context, list_call, g_strdup (self->service), g_free,
                      (GDestroyNotify) g_ptr_array_unref, self->cancellable, listed_cb,
                      g_object_ref (self));
}

/* Only what is shown is kept up to date. */
static void
changed_cb (ServicesHistory *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_again (self);
}

static void
back_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  ServicesHistory *self = SERVICES_HISTORY (widget);

  if (self->service != NULL)
    gtk_widget_activate_action (widget, "services.show-service", "s", self->service);
  else
    gtk_widget_activate_action (widget, "services.show-list", NULL);
}

static void
services_history_dispose (GObject *object)
{
  ServicesHistory *self = SERVICES_HISTORY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->services);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_history_parent_class)->dispose (object);
}

static void
services_history_finalize (GObject *object)
{
  ServicesHistory *self = SERVICES_HISTORY (object);

  g_object_unref (self->cancellable);
  g_free (self->service);

  G_OBJECT_CLASS (services_history_parent_class)->finalize (object);
}

static void
services_history_class_init (ServicesHistoryClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = services_history_dispose;
  object_class->finalize = services_history_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/page-history.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesHistory, subtitle);
  gtk_widget_class_bind_template_child (widget_class, ServicesHistory, filter);
  gtk_widget_class_bind_template_child (widget_class, ServicesHistory, stack);
  gtk_widget_class_bind_template_child (widget_class, ServicesHistory, pulls);
  gtk_widget_class_bind_template_child (widget_class, ServicesHistory, failure);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);

  gtk_widget_class_install_action (widget_class, "history.back", NULL, back_action);
  shy_back_keys_bind (widget_class, "history.back");
}

static void
services_history_init (ServicesHistory *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  gtk_list_box_set_filter_func (self->pulls, filter_cb, self, NULL);
}

void
services_history_show (ServicesHistory *self,
                       ShyContext      *context,
                       ServicesList    *services,
                       const char      *service)
{
  ShyServiceItem *item = service != NULL ? services_list_find (services, service) : NULL;

  g_return_if_fail (SERVICES_IS_HISTORY (self));

  if (self->context == NULL)
    g_signal_connect_object (context, "changed::" SHY_SERVICES_TOPIC,
                             G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_set_object (&self->context, context);
  g_set_object (&self->services, services);
  g_free (self->service);
  self->service = g_strdup (service);
  gtk_label_set_label (self->subtitle,
                       item != NULL ? shy_service_item_get_entry (item)->title : _("All services"));
  gtk_stack_set_visible_child_name (self->stack, "loading");
  read_again (self);
}
