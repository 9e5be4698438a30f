/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-detail.h"

#include "page-options.h"
#include "page-progress.h"
#include "page-stream-row.h"
#include "services-change.h"
#include <glib/gi18n-lib.h>

struct _ServicesDetail
{
  AdwBin                parent_instance;

  GtkLabel             *title;
  GtkWidget            *sample;
  GtkWidget            *insecure;
  GtkLabel             *id;
  ServicesProgress     *progress;
  AdwPreferencesGroup  *streams;
  ServicesOptionsView  *options;
  AdwActionRow         *documentation;
  GtkLinkButton        *link;
  AdwActionRow         *forget;

  ShyContext             *context;      /* (owned) (nullable) until it is shown */
  ShyServiceItem         *item;         /* (owned) (nullable) */
  GPtrArray            *rows;         /* (owned) of ServicesStreamRow, which the group owns */
  char                 *asked;        /* (owned) (nullable): the service of which a question is open */
  GCancellable         *cancellable;  /* (owned) cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (ServicesDetail, services_detail, ADW_TYPE_BIN)

static void
remove_rows (ServicesDetail *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->streams, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

/* Rows are made once for each service, so that what is opened stays open. */
static void
show_streams (ServicesDetail *self)
{
  GPtrArray *streams = shy_service_item_get_streams (self->item);

  if (self->rows->len != streams->len)
    remove_rows (self);

  for (guint i = 0; i < streams->len; i++)
    {
      if (i == self->rows->len)
        {
          GtkWidget *row = services_stream_row_new ();

          g_ptr_array_add (self->rows, row);
          adw_preferences_group_add (self->streams, row);
        }
      services_stream_row_show (g_ptr_array_index (self->rows, i), g_ptr_array_index (streams, i),
                                shy_service_item_get_notices (self->item));
    }
}

/* A service that is only asked has nothing to pull. */
static void
show_use (ServicesDetail *self)
{
  const ShyServiceEntry *entry = shy_service_item_get_entry (self->item);
  gboolean               pulls = entry->n_streams > 0 || entry->n_lookups == 0;

  adw_preferences_group_set_title (self->streams, pulls ? _("Streams") : _("Look-ups"));
  adw_preferences_group_set_description (
    self->streams, pulls ? _("What the service offers, and how new the copy here is.")
                         : _("The service answers about one record at a time: a case asks it, with "
                             "the applicant's permission. Nothing is pulled."));
}

static void
show_actions (ServicesDetail *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   idle = shy_service_item_get_pull (self->item) == NULL;
  gboolean   pulls = idle && shy_service_item_get_entry (self->item)->n_streams > 0;

  gtk_widget_action_set_enabled (widget, "detail.pull", pulls);
  gtk_widget_action_set_enabled (widget, "detail.pull-full", pulls);
  gtk_widget_action_set_enabled (widget, "detail.forget", idle);
  gtk_widget_action_set_enabled (widget, "detail.remove", idle);
}

static void
show_item (ServicesDetail *self)
{
  const ShyServiceEntry *entry = shy_service_item_get_entry (self->item);
  g_autofree char       *count = shy_landing_words_count (entry->rows);
  g_autofree char       *kept = NULL;

  gtk_label_set_label (self->title, entry->title);
  gtk_widget_set_visible (self->sample, entry->sample);
  gtk_widget_set_visible (self->insecure, entry->insecure);
  gtk_label_set_label (self->id, entry->id);
  services_progress_show (self->progress, shy_service_item_get_pull (self->item));
  gtk_widget_set_visible (GTK_WIDGET (self->documentation), entry->doc_url != NULL);
  if (entry->doc_url != NULL)
    {
      adw_action_row_set_subtitle (self->documentation, entry->doc_url);
      gtk_link_button_set_uri (self->link, entry->doc_url);
    }
  kept = g_strdup_printf (ngettext ("%s row is kept here.", "%s rows are kept here.", entry->rows),
                          count);
  adw_action_row_set_subtitle (self->forget, kept);

  show_streams (self);
  show_use (self);
  services_options_view_show (self->options, self->context, self->item);
  show_actions (self);
}

static void
pull_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  ServicesDetail *self = SERVICES_DETAIL (widget);
  gboolean        full = g_str_equal (action, "detail.pull-full");

  gtk_widget_activate_action (widget, "services.pull", "(ssb)",
                              shy_service_item_get_id (self->item), "", full);
}

static void
history_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "services.show-history", "s",
                              shy_service_item_get_id (SERVICES_DETAIL (widget)->item));
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (ServicesDetail) self = data;
  g_autoptr (GError)         error = NULL;
  guint64                    rows = 0;

  if (!services_change_finish (SHY_CONTEXT (source), result, &rows, &error))
    shy_toast_error (GTK_WIDGET (self), error);
  else
    {
      g_autofree char *count = shy_landing_words_count (rows);
      g_autofree char *text = g_strdup_printf (ngettext ("%s row was deleted.",
                                                         "%s rows were deleted.", rows), count);

      shy_toast_message (GTK_WIDGET (self), text);
    }
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (ServicesDetail) self = data;
  g_autoptr (GError)         error = NULL;

  if (!services_change_finish (SHY_CONTEXT (source), result, NULL, &error))
    shy_toast_error (GTK_WIDGET (self), error);
  else
    shy_toast_message (GTK_WIDGET (self), _("The service was removed."));
}

/* The answer is for the service that was asked about, whatever is shown by then. */
static void
answered_cb (GtkWidget  *widget,
             const char *response)
{
  ServicesDetail *self = SERVICES_DETAIL (widget);
  gboolean        forget = g_str_equal (response, "forget");
  ServicesChange  change = { forget ? SERVICES_CHANGE_FORGET : SERVICES_CHANGE_REMOVE,
                             .service = self->asked };

  if (forget || g_str_equal (response, "remove"))
    services_change_async (self->context, &change, self->cancellable,
                           forget ? forgotten_cb : removed_cb, g_object_ref (self));
}

static void
ask (ServicesDetail *self,
     const char     *heading,
     const char     *body,
     const char     *response,
     const char     *label)
{
  const ShyDialogAnswer answers[] = {
    { "cancel", _("_Cancel"), ADW_RESPONSE_DEFAULT },
    { response, label, ADW_RESPONSE_DESTRUCTIVE },
  };

  g_free (self->asked);
  self->asked = g_strdup (shy_service_item_get_id (self->item));
  shy_dialog_ask (GTK_WIDGET (self), heading, body, answers, G_N_ELEMENTS (answers), answered_cb);
}

/* The page has the windows of the editor, for it also connects what is not here yet. */
static void
editor_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  ServicesDetail  *self = SERVICES_DETAIL (widget);
  g_autofree char *of_page = g_strconcat ("services.", action + strlen ("detail."), NULL);

  gtk_widget_activate_action (widget, of_page, "s", shy_service_item_get_id (self->item));
}

static void
forget_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  ServicesDetail        *self = SERVICES_DETAIL (widget);
  const ShyServiceEntry *entry = shy_service_item_get_entry (self->item);
  g_autofree char       *count = shy_landing_words_count (entry->rows);
  g_autofree char       *body = NULL;

  body = g_strdup_printf (ngettext ("%s row of “%s” is deleted from this computer, with what waits "
                                    "for a decision and the history of its pulls. The description, "
                                    "the keys and the options stay; the next pull fetches "
                                    "everything again.",
                                    "%s rows of “%s” are deleted from this computer, with what "
                                    "waits for a decision and the history of its pulls. The "
                                    "description, the keys and the options stay; the next pull "
                                    "fetches everything again.", entry->rows),
                          count, entry->title);
  ask (self, _("Delete All Data of This Service?"), body, "forget", _("_Delete the Data"));
}

static void
remove_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  ServicesDetail        *self = SERVICES_DETAIL (widget);
  const ShyServiceEntry *entry = shy_service_item_get_entry (self->item);
  g_autofree char       *count = shy_landing_words_count (entry->rows);
  g_autofree char       *body = NULL;

  body = g_strdup_printf (ngettext ("“%s” is removed with its description, keys, options and "
                                    "history, and the %s row that came from it.",
                                    "“%s” is removed with its description, keys, options and "
                                    "history, and the %s rows that came from it.", entry->rows),
                          entry->title, count);
  ask (self, _("Remove This Service?"), body, "remove", _("_Remove"));
}

static void
services_detail_dispose (GObject *object)
{
  ServicesDetail *self = SERVICES_DETAIL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->item);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_detail_parent_class)->dispose (object);
}

static void
services_detail_finalize (GObject *object)
{
  ServicesDetail *self = SERVICES_DETAIL (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->rows);
  g_free (self->asked);

  G_OBJECT_CLASS (services_detail_parent_class)->finalize (object);
}

static void
services_detail_class_init (ServicesDetailClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = services_detail_dispose;
  object_class->finalize = services_detail_finalize;

  g_type_ensure (SERVICES_TYPE_PROGRESS);
  g_type_ensure (SERVICES_TYPE_OPTIONS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/page-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesDetail, title);
  gtk_widget_class_bind_template_child (widget_class, ServicesDetail, sample);
  gtk_widget_class_bind_template_child (widget_class, ServicesDetail, insecure);
  gtk_widget_class_bind_template_child (widget_class, ServicesDetail, id);
  gtk_widget_class_bind_template_child (widget_class, ServicesDetail, progress);
  gtk_widget_class_bind_template_child (widget_class, ServicesDetail, streams);
  gtk_widget_class_bind_template_child (widget_class, ServicesDetail, options);
  gtk_widget_class_bind_template_child (widget_class, ServicesDetail, documentation);
  gtk_widget_class_bind_template_child (widget_class, ServicesDetail, link);
  gtk_widget_class_bind_template_child (widget_class, ServicesDetail, forget);

  shy_back_keys_bind (widget_class, "services.show-list");
  gtk_widget_class_install_action (widget_class, "detail.pull", NULL, pull_action);
  gtk_widget_class_install_action (widget_class, "detail.pull-full", NULL, pull_action);
  gtk_widget_class_install_action (widget_class, "detail.keys", NULL, editor_action);
  gtk_widget_class_install_action (widget_class, "detail.test", NULL, editor_action);
  gtk_widget_class_install_action (widget_class, "detail.edit", NULL, editor_action);
  gtk_widget_class_install_action (widget_class, "detail.history", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "detail.forget", NULL, forget_action);
  gtk_widget_class_install_action (widget_class, "detail.remove", NULL, remove_action);
}

static void
services_detail_init (ServicesDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
}

/* services_detail_show: shows a service, and follows it until another is shown. */
void
services_detail_show (ServicesDetail *self,
                      ShyContext     *context,
                      ShyServiceItem *item)
{
  g_return_if_fail (SERVICES_IS_DETAIL (self));

  g_set_object (&self->context, context);
  if (self->item != item)
    {
      if (self->item != NULL)
        g_signal_handlers_disconnect_by_data (self->item, self);
      g_set_object (&self->item, item);
      remove_rows (self);
      g_signal_connect_object (item, "changed", G_CALLBACK (show_item), self, G_CONNECT_SWAPPED);
    }
  show_item (self);
}

ShyServiceItem *
services_detail_get_item (ServicesDetail *self)
{
  g_return_val_if_fail (SERVICES_IS_DETAIL (self), NULL);

  return self->item;
}
