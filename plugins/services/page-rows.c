/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-rows.h"

#include "services-export.h"
#include "services-rows.h"
#include "services-words.h"

#include <glib/gi18n-lib.h>

struct _ServicesRowsView
{
  AdwBin          parent_instance;

  GtkLabel       *title;
  GtkLabel       *subtitle;
  GtkSearchEntry *search;
  GtkLabel       *count;
  GtkStack       *stack;
  GtkColumnView  *table;
  AdwStatusPage  *failure;

  ShyContext     *context;      /* (owned) (nullable) until it is shown */
  ServicesRows   *rows;         /* (owned) (nullable) */
  char           *service;      /* (owned) (nullable) */
  char           *stream;       /* (owned) (nullable) */
  char           *columns;      /* (owned) (nullable) what the columns stand for */
  GCancellable   *cancellable;  /* (owned) cancelled in dispose */
  GFile          *exported;     /* (owned) (nullable) what is being written */
};

G_DEFINE_FINAL_TYPE (ServicesRowsView, services_rows_view, ADW_TYPE_BIN)

/* The columns that every stream has, behind its own fields. */
#define FETCHED_AT "_fetched_at"
#define SOURCE_AT "_source_at"

static char *
dup_value (const ShyField *field,
           const char     *value)
{
  if (value == NULL)
    return g_strdup ("");
  if (field->personal)
    return g_strdup (value);

  if (field->type == SHY_FIELD_DATETIME)
    return services_words_stamp (value);
  return field->type == SHY_FIELD_BOOLEAN ? shy_field_display (field, value) : g_strdup (value);
}

static char *
dup_cell (const ShyLandedRow *row,
          const char         *name)
{
  if (row == NULL)
    return g_strdup ("");
  if (g_str_equal (name, FETCHED_AT))
    return services_words_stamp (row->fetched_at);
  if (g_str_equal (name, SOURCE_AT))
    return services_words_stamp (row->source_at);

  for (guint i = 0; i < row->fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (row->fields, i);

      if (g_str_equal (field->name, name))
        return dup_value (field, shy_landed_row_get (row, name));
    }

  return g_strdup ("");
}

static void
show_cell (ServicesRow *row,
           GtkListItem *item)
{
  GtkWidget       *label = gtk_list_item_get_child (item);
  g_autofree char *text = dup_cell (services_row_get (row),
                                    g_object_get_data (G_OBJECT (label), "field"));

  gtk_label_set_label (GTK_LABEL (label), text);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  field)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "numeric");
  g_object_set_data (G_OBJECT (label), "field", field);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  field)
{
  ServicesRow *row = gtk_list_item_get_item (item);

  g_signal_connect_object (row, "loaded", G_CALLBACK (show_cell), item, 0);
  show_cell (row, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  field)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_cell, item);
}

/* The name of the field outlives the factory and its labels. */
static void
add_column (ServicesRowsView *self,
            const char       *field,
            const char       *title,
            int               width)
{
  GtkListItemFactory  *factory = gtk_signal_list_item_factory_new ();
  char                *name = g_strdup (field);
  GtkColumnViewColumn *column;

  g_object_set_data_full (G_OBJECT (factory), "field", name, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), name);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), name);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), name);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_fixed_width (column, width);
  gtk_column_view_append_column (self->table, column);
  g_object_unref (column);
}

static int
get_width (const ShyField *field)
{
  if (field->type == SHY_FIELD_CODE)
    return 110;
  switch (shy_field_type_get_base (field->type))
    {
    case SHY_FIELD_NUMBER:
    case SHY_FIELD_BOOLEAN:
      return 110;
    case SHY_FIELD_DATE:
      return 120;
    case SHY_FIELD_DATETIME:
      return 160;
    default:
      return 200;
    }
}

static void
remove_columns (ServicesRowsView *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->table);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->table, column);
    }
  g_clear_pointer (&self->columns, g_free);
}

/* What the columns stand for: a description that was changed may name as many others. */
static char *
describe_columns (GPtrArray *fields)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (fields, i);

      g_string_append_printf (text, "%s\t%s\t%d\n", field->name,
                              field->label != NULL ? shy_text_get (field->label) : "", (int) field->type);
    }

  return g_string_free (text, FALSE);
}

static void
make_columns (ServicesRowsView *self)
{
  GPtrArray *fields = services_rows_get_fields (self->rows);
  g_autofree char *shown = describe_columns (fields);

  if (g_strcmp0 (shown, self->columns) == 0)
    return;

  remove_columns (self);
  g_free (self->columns);
  self->columns = g_steal_pointer (&shown);
  for (guint i = 0; i < fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (fields, i);

      add_column (self, field->name, shy_field_get_label (field),
                  get_width (field));
    }
  add_column (self, SOURCE_AT, _("Date of the source"), 160);
  add_column (self, FETCHED_AT, _("Pulled"), 160);
}

static void
show_state (ServicesRowsView *self)
{
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  g_autofree char *count = services_words_count (n);
  g_autofree char *text = g_strdup_printf (ngettext ("%s row", "%s rows", n), count);
  const char      *problem = services_rows_get_error (self->rows);

  make_columns (self);
  gtk_label_set_label (self->count, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rows.export", n > 0);
  if (problem != NULL)
    adw_status_page_set_description (self->failure, problem);
  gtk_stack_set_visible_child_name (self->stack, problem != NULL ? "failure"
                                                 : n > 0         ? "table"
                                                                 : "none");
}

static void
retry_cb (ServicesRowsView *self)
{
  if (self->rows != NULL)
    services_rows_retry (self->rows);
}

static void
search_changed_cb (ServicesRowsView *self)
{
  if (self->rows != NULL)
    services_rows_set_search (self->rows, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (ServicesRowsView) self = data;
  g_autoptr (GFile)            file = g_steal_pointer (&self->exported);
  g_autoptr (GError)           error = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rows.export", TRUE);
  if (!services_export_finish (SHY_CONTEXT (source), result, &error))
    shy_toast_error (GTK_WIDGET (self), error);
  else
    shy_toast_file (GTK_WIDGET (self), _("The rows were exported. Fields about persons are masked in "
                                         "them, as on the screen."), file);
}

static void
export_to (ServicesRowsView *self,
           GFile            *file)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rows.export", FALSE);
  g_set_object (&self->exported, file);
  services_export_async (self->context, self->service, self->stream,
                         services_rows_get_search (self->rows), file, self->cancellable,
                         exported_cb, g_object_ref (self));
}

static void
export_chosen_cb (GtkNativeDialog  *dialog,
                  int               response,
                  ServicesRowsView *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      export_to (self, file);
    }

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
export_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  GtkFileChooserNative *dialog;
  g_autofree char      *name = g_strconcat (SERVICES_ROWS_VIEW (widget)->stream, ".xlsx", NULL);

  dialog = gtk_file_chooser_native_new (_("Export the Rows"),
                                        GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect_object (dialog, "response", G_CALLBACK (export_chosen_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* Where the place is known already: a shortcut, a script, a test. */
static void
export_to_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  export_to (SERVICES_ROWS_VIEW (widget), file);
}

static void
back_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "services.show-service", "s",
                              SERVICES_ROWS_VIEW (widget)->service);
}

static void
drop_rows (ServicesRowsView *self)
{
  gtk_column_view_set_model (self->table, NULL);
  remove_columns (self);
  if (self->rows != NULL)
    g_signal_handlers_disconnect_by_data (self->rows, self);
  g_clear_object (&self->rows);
}

static void
services_rows_view_dispose (GObject *object)
{
  ServicesRowsView *self = SERVICES_ROWS_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->rows != NULL)
    g_signal_handlers_disconnect_by_data (self->rows, self);
  g_clear_object (&self->rows);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_rows_view_parent_class)->dispose (object);
}

static void
services_rows_view_finalize (GObject *object)
{
  ServicesRowsView *self = SERVICES_ROWS_VIEW (object);

  g_object_unref (self->cancellable);
  g_clear_object (&self->exported);
  g_free (self->service);
  g_free (self->stream);
  g_free (self->columns);

  G_OBJECT_CLASS (services_rows_view_parent_class)->finalize (object);
}

static void
services_rows_view_class_init (ServicesRowsViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = services_rows_view_dispose;
  object_class->finalize = services_rows_view_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/page-rows.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesRowsView, title);
  gtk_widget_class_bind_template_child (widget_class, ServicesRowsView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, ServicesRowsView, search);
  gtk_widget_class_bind_template_child (widget_class, ServicesRowsView, count);
  gtk_widget_class_bind_template_child (widget_class, ServicesRowsView, stack);
  gtk_widget_class_bind_template_child (widget_class, ServicesRowsView, table);
  gtk_widget_class_bind_template_child (widget_class, ServicesRowsView, failure);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);

  gtk_widget_class_install_action (widget_class, "rows.back", NULL, back_action);
  shy_back_keys_bind (widget_class, "rows.back");
  gtk_widget_class_install_action (widget_class, "rows.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "rows.export-to", "s", export_to_action);
}

static void
services_rows_view_init (ServicesRowsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  shy_list_keys_add (GTK_WIDGET (self->table), GTK_WIDGET (self->search));
  self->cancellable = g_cancellable_new ();
}

/*
 * services_rows_view_show:
 * @title: of the service
 *
 * Shows the rows of a stream, all of them.
 */
void
services_rows_view_show (ServicesRowsView      *self,
                         ShyContext            *context,
                         const char            *title,
                         const ShyStreamStatus *status)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char      *age = services_words_age (status->last_success, now);
  g_autofree char      *subtitle = g_strdup_printf ("%s · %s", title, age);
  g_autoptr (GtkNoSelection) model = NULL;

  g_return_if_fail (SERVICES_IS_ROWS_VIEW (self));

  drop_rows (self);
  g_set_object (&self->context, context);
  g_free (self->service);
  g_free (self->stream);
  self->service = g_strdup (status->service);
  self->stream = g_strdup (status->stream);
  gtk_label_set_label (self->title, status->title);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_label_set_label (self->count, "");
  gtk_stack_set_visible_child_name (self->stack, "loading");

  self->rows = services_rows_new (context, self->service, self->stream);
  g_signal_connect_object (self->rows, "listed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (model));
}
