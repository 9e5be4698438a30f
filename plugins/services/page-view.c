/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-view.h"

#include "editor-missing.h"
#include "editor.h"
#include "page-decide.h"
#include "page-detail.h"
#include "page-history.h"
#include "page-list.h"
#include "page-rows.h"
#include "services-change.h"

#include <glib/gi18n-lib.h>

struct _ServicesView
{
  AdwBin             parent_instance;

  GtkBox            *content;
  GtkStack          *stack;
  AdwStatusPage     *failure;
  ServicesListView  *list;
  ServicesDetail    *detail;
  ServicesRowsView  *rows;
  ServicesHistory   *history;

  ShyContext        *context;  /* (owned) */
  ServicesList      *services; /* (owned) */
  char              *waiting;  /* (owned) (nullable) the service to open once it is known */
};

G_DEFINE_FINAL_TYPE (ServicesView, services_view, ADW_TYPE_BIN)

static gboolean
is_shown (ServicesView *self,
          const char   *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
show_service (ServicesView   *self,
              ShyServiceItem *item)
{
  services_detail_show (self->detail, self->context, item);
  gtk_stack_set_visible_child_name (self->stack, "detail");
}

static void
show_waiting (ServicesView *self)
{
  g_autofree char *id = g_steal_pointer (&self->waiting);
  ShyServiceItem    *item = id != NULL ? services_list_find (self->services, id) : NULL;

  if (item != NULL)
    show_service (self, item);
}

/* What a service is shown in, when that is no longer connected. */
static gboolean
is_orphaned (ServicesView *self)
{
  ShyServiceItem *item = services_detail_get_item (self->detail);

  return !is_shown (self, "list") && item != NULL &&
         services_list_find (self->services, shy_service_item_get_id (item)) != item;
}

static void
services_loaded_cb (ServicesView *self)
{
  const char *problem = services_list_get_error (self->services);
  guint       n = g_list_model_get_n_items (G_LIST_MODEL (self->services));

  if (problem != NULL && n == 0)
    {
      adw_status_page_set_description (self->failure, problem);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      return;
    }

  if (n == 0)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else if (is_shown (self, "loading") || is_shown (self, "empty") || is_shown (self, "failure") ||
           is_orphaned (self))
    gtk_stack_set_visible_child_name (self->stack, "list");
  show_waiting (self);
}

static void
retry_cb (ServicesView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  services_list_reload (self->services);
}

static void
service_chosen_cb (ServicesView   *self,
                   ShyServiceItem *item)
{
  show_service (self, item);
}

static void
start_pull (ServicesView        *self,
            const char          *service,
            const char          *stream,
            ShyServicePullFlags  flags)
{
  const char *const          streams[] = { stream, NULL };
  g_autoptr (ShyServiceBook) book = services_dup_book (self->context);

  if (book != NULL)
    shy_service_pulls_start (services_get_pulls (self->context), book, service,
                             *stream != '\0' ? streams : NULL, flags);
}

static void
pull_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  const char *service, *stream;
  gboolean    full;

  g_variant_get (parameter, "(&s&sb)", &service, &stream, &full);
  start_pull (SERVICES_VIEW (widget), service, stream,
              full ? SHY_SERVICE_PULL_FULL : SHY_SERVICE_PULL_NORMAL);
}

static void
pull_all_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  ServicesView *self = SERVICES_VIEW (widget);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->services)); i++)
    {
      g_autoptr (ShyServiceItem) item = g_list_model_get_item (G_LIST_MODEL (self->services), i);

      if (shy_service_item_get_streams (item)->len > 0)
        start_pull (self, shy_service_item_get_id (item), "", SHY_SERVICE_PULL_NORMAL);
    }
}

static void
show_list_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  gtk_stack_set_visible_child_name (SERVICES_VIEW (widget)->stack, "list");
}

static void
show_service_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  services_view_open (SERVICES_VIEW (widget), g_variant_get_string (parameter, NULL));
}

/* Opens a window of the editor; without a service one is connected. */
static void
editor_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  ShyContext *context = SERVICES_VIEW (widget)->context;
  GtkWindow    *window = GTK_WINDOW (gtk_widget_get_root (widget));
  const char   *service = parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL;

  if (g_str_equal (action, "services.keys"))
    services_keys_present (window, context, service);
  else if (g_str_equal (action, "services.test"))
    services_trial_present (window, context, service);
  else
    services_editor_present (window, context, service);
}

/* The service and the stream that the parameter of an action names, or NULL. */
static const ShyStreamStatus *
get_stream (ServicesView    *self,
            GVariant        *parameter,
            ShyServiceItem **item)
{
  const char *service, *name;

  g_variant_get (parameter, "(&s&s)", &service, &name);
  *item = services_list_find (self->services, service);
  return *item != NULL ? shy_service_item_find_stream (*item, name) : NULL;
}

static void
show_rows_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  ServicesView          *self = SERVICES_VIEW (widget);
  ShyServiceItem          *item;
  const ShyStreamStatus *stream = get_stream (self, parameter, &item);

  if (stream == NULL)
    return;

  services_rows_view_show (self->rows, self->context, shy_service_item_get_entry (item)->title,
                           stream);
  gtk_stack_set_visible_child_name (self->stack, "rows");
}

static void
decide_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  ServicesView          *self = SERVICES_VIEW (widget);
  ShyServiceItem          *item;
  const ShyStreamStatus *stream = get_stream (self, parameter, &item);

  if (stream != NULL)
    services_decide_present (widget, self->context, stream);
}

static void
show_history_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  ServicesView *self = SERVICES_VIEW (widget);
  const char   *service = g_variant_get_string (parameter, NULL);

  services_history_show (self->history, self->context, self->services,
                         *service != '\0' ? service : NULL);
  gtk_stack_set_visible_child_name (self->stack, "history");
}

static void
dismissed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (ServicesView) self = data;
  g_autoptr (GError)       error = NULL;

  if (!services_change_finish (SHY_CONTEXT (source), result, NULL, &error))
    shy_toast_error (GTK_WIDGET (self), error);
}

static void
dismiss_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  const ServicesChange change = { SERVICES_CHANGE_DISMISS,
                                  .notice = g_variant_get_int64 (parameter) };

  services_change_async (SERVICES_VIEW (widget)->context, &change, NULL, dismissed_cb,
                         g_object_ref (widget));
}

/* What the schedule does is told where it is looked for, not in messages that come unasked. */
static void
pull_finished_cb (ServicesView   *self,
                  ShyServicePull *pull)
{
  g_autofree char *text = NULL;

  if ((shy_service_pull_get_flags (pull) & SHY_SERVICE_PULL_AUTOMATIC) != 0)
    return;

  text = shy_landing_words_ending (pull);
  shy_toast_message (GTK_WIDGET (self), text);
}

static void
services_view_dispose (GObject *object)
{
  ServicesView *self = SERVICES_VIEW (object);

  g_clear_object (&self->services);
  g_clear_object (&self->context);
  g_clear_pointer (&self->waiting, g_free);

  G_OBJECT_CLASS (services_view_parent_class)->dispose (object);
}

static void
services_view_class_init (ServicesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = services_view_dispose;

  g_type_ensure (SERVICES_TYPE_LIST_VIEW);
  g_type_ensure (SERVICES_TYPE_DETAIL);
  g_type_ensure (SERVICES_TYPE_ROWS_VIEW);
  g_type_ensure (SERVICES_TYPE_HISTORY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/page-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesView, content);
  gtk_widget_class_bind_template_child (widget_class, ServicesView, stack);
  gtk_widget_class_bind_template_child (widget_class, ServicesView, failure);
  gtk_widget_class_bind_template_child (widget_class, ServicesView, list);
  gtk_widget_class_bind_template_child (widget_class, ServicesView, detail);
  gtk_widget_class_bind_template_child (widget_class, ServicesView, rows);
  gtk_widget_class_bind_template_child (widget_class, ServicesView, history);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, service_chosen_cb);

  gtk_widget_class_install_action (widget_class, "services.pull", "(ssb)", pull_action);
  gtk_widget_class_install_action (widget_class, "services.pull-all", NULL, pull_all_action);
  gtk_widget_class_install_action (widget_class, "services.show-list", NULL, show_list_action);
  gtk_widget_class_install_action (widget_class, "services.show-service", "s",
                                   show_service_action);
  gtk_widget_class_install_action (widget_class, "services.show-rows", "(ss)", show_rows_action);
  gtk_widget_class_install_action (widget_class, "services.connect", NULL, editor_action);
  gtk_widget_class_install_action (widget_class, "services.edit", "s", editor_action);
  gtk_widget_class_install_action (widget_class, "services.keys", "s", editor_action);
  gtk_widget_class_install_action (widget_class, "services.test", "s", editor_action);
  gtk_widget_class_install_action (widget_class, "services.show-history", "s",
                                   show_history_action);
  gtk_widget_class_install_action (widget_class, "services.decide", "(ss)", decide_action);
  gtk_widget_class_install_action (widget_class, "services.dismiss", "x", dismiss_action);
}

/* Keys go to the page that is shown, unless somebody works elsewhere meanwhile. */
static void
shown_changed_cb (ServicesView *self)
{
  if (shy_focus_is_free (GTK_WIDGET (self)))
    shy_focus_enter (gtk_stack_get_visible_child (self->stack));
}

static void
services_view_init (ServicesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (shown_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
services_view_new (ShyContext   *context,
                   ServicesList *services)
{
  ServicesView *self = g_object_new (SERVICES_TYPE_VIEW, NULL);

  self->context = g_object_ref (context);
  self->services = g_object_ref (services);
  g_signal_connect_object (services, "loaded", G_CALLBACK (services_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (services_get_pulls (context), "finished",
                           G_CALLBACK (pull_finished_cb), self, G_CONNECT_SWAPPED);
  gtk_box_prepend (self->content, services_missing_new (context));
  services_list_view_set_services (self->list, services);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  if (services_list_is_loaded (services))
    services_loaded_cb (self);

  return GTK_WIDGET (self);
}

void
services_view_open (ServicesView *self,
                    const char   *target)
{
  g_return_if_fail (SERVICES_IS_VIEW (self));

  g_free (self->waiting);
  self->waiting = g_strdup (target);
  if (services_list_is_loaded (self->services))
    show_waiting (self);
}
