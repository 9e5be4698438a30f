/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-list-page.h"

#include "shy-dialog.h"
#include "shy-focus.h"
#include "shy-list-columns.h"
#include "shy-list-context.h"
#include "shy-list-filters.h"
#include "shy-list-fold.h"
#include "shy-list-keys.h"
#include "shy-list-selection.h"
#include "shy-list-views.h"
#include "shy-spinner.h"
#include "shy-toast.h"

#include <glib/gi18n-lib.h>

/* What a page says is given as properties, one for each. */
enum {
  PROP_NAME = 1, /* where is remembered what was chosen by hand */
  PROP_LABEL,    /* what the list is, for those who hear it */
  PROP_SEARCH_PLACEHOLDER,
  PROP_EMPTY_ICON_NAME,
  PROP_EMPTY_TITLE,
  PROP_EMPTY_DESCRIPTION,
  PROP_EMPTY_BUTTON,
  PROP_EMPTY_ACTION,
  PROP_NONE_TITLE,
  PROP_NONE_DESCRIPTION,
  PROP_FAILURE_TITLE,
  PROP_EXPORT_TITLE,
  PROP_EXPORT_NAME,
  PROP_EXPORT_DONE,
  N_PROPERTIES,
};
static GParamSpec       *properties[N_PROPERTIES];
static const char *const property_names[N_PROPERTIES] = {
  NULL,          "name",          "label",         "search-placeholder", "empty-icon-name",
  "empty-title", "empty-description", "empty-button", "empty-action",    "none-title",
  "none-description", "failure-title", "export-title", "export-name",    "export-done",
};

/**
 * ShyListPage: (skip)
 *
 * A list of records as a page: it is searched, filtered by chips and choices, ordered by its headers,
 * and its columns are chosen and resized; rows are opened, chosen, copied as a table and exported. All
 * of it with the keys too. What there is to see comes from a [class@ShyCore.Records].
 */
struct _ShyListPage
{
  AdwBin            parent_instance;

  GtkBox           *head;
  GtkBox           *buttons;
  GtkBox           *filters;
  GtkSearchEntry   *search;
  GtkMenuButton    *menu;
  GtkStack         *stack;
  GtkColumnView    *table;
  GtkButton        *empty_button;
  AdwStatusPage    *failure;
  GtkLabel         *count;
  GtkActionBar     *bar;
  GtkLabel         *chosen;

  char             *texts[N_PROPERTIES]; /* (owned) */
  ShyListFilters   *shown;        /* (owned): above the list */
  ShyListColumns   *columns;      /* (owned) */
  ShyRecords       *records;      /* (owned) (nullable) */
  ShyListSelection *selection;    /* (owned) (nullable): of the records */
  ShyRecordQuery   *query;        /* (owned): what is asked for */
  GSettings        *settings;     /* (owned) (nullable) */
  ShyListContext   *context;      /* (owned): the menu of a row */
  GCancellable     *cancellable;  /* (owned) cancelled in dispose */
  gboolean          wants_focus;  /* the rows get it as soon as they are there */
  gboolean          asked;        /* the list does not answer yet what is asked for */
  gboolean          filling;      /* several things change, which are asked for together */
};

G_DEFINE_FINAL_TYPE (ShyListPage, shy_list_page, ADW_TYPE_BIN)

enum { ACTIVATED, EXPORT, SHOW_ALL, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What is asked for. */

static void
ask (ShyListPage *self)
{
  if (self->records == NULL || self->filling)
    return;

  self->asked = TRUE;
  shy_records_set_query (self->records, self->query);
}

/* GTK keeps to the row that it showed, wherever that comes to stand in another order: whoever asks anew
 * looks at the first rows. GTK 4.8 says so to a child of the table only. */
static void
show_first_rows (ShyListPage *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->table));

  if (!self->asked)
    return;
  self->asked = FALSE;
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (G_OBJECT_TYPE_NAME (child), "GtkColumnListView"))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", 0);
}

static void
search_changed_cb (ShyListPage *self)
{
  shy_record_query_set_text (self->query, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  ask (self);
}

static void
sort_changed_cb (ShyListPage *self)
{
  gboolean    descending;
  const char *column = shy_list_columns_get_sort (self->columns, &descending);

  shy_record_query_set_sort (self->query, column, descending);
  ask (self);
}

static void
filtered_cb (gpointer data)
{
  ask (data);
}

static gboolean
is_filtered (ShyListPage *self)
{
  g_autoptr (ShyRecordQuery) all = shy_record_query_new ();

  shy_record_query_set_sort (all, shy_record_query_get_sort (self->query),
                             shy_record_query_is_descending (self->query));
  return !shy_record_query_equal (self->query, all);
}

/* What there is. */

static char *
dup_number (guint n)
{
  g_autofree char *plain = g_strdup_printf ("%u", n);
  GString         *text = g_string_new (plain);

  for (gssize at = (gssize) text->len - 3; at > 0; at -= 3)
    g_string_insert_c (text, at, ',');
  return g_string_free (text, FALSE);
}

static void
show_count (ShyListPage *self)
{
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (self->records));
  guint            total = shy_records_get_total (self->records);
  g_autofree char *shown = dup_number (n);
  g_autofree char *all = dup_number (total);
  g_autofree char *text = NULL;

  if (n == total)
    text = g_strdup_printf (ngettext ("%s row", "%s rows", n), shown);
  else
    /* Translators: how many rows of a list are shown, of how many there are. */
    text = g_strdup_printf (ngettext ("%s of %s row", "%s of %s rows", total), shown, all);
  gtk_label_set_label (self->count, text);
}

static void
counted_cb (ShyListPage *self)
{
  show_count (self);
  shy_list_filters_show_counts (self->shown, self->records);
}

static void
focus_rows (ShyListPage *self)
{
  if (self->wants_focus && gtk_widget_get_mapped (GTK_WIDGET (self->table)) &&
      shy_focus_is_inside (GTK_WIDGET (self->search)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
show_state (ShyListPage *self)
{
  guint       n = g_list_model_get_n_items (G_LIST_MODEL (self->records));
  const char *problem = shy_records_get_error (self->records);
  const char *name = "list";

  if (problem != NULL)
    {
      adw_status_page_set_description (self->failure, problem);
      name = "failure";
    }
  else if (n == 0 && shy_records_is_loading (self->records))
    name = gtk_stack_get_visible_child_name (self->stack);
  else if (n == 0)
    name = is_filtered (self) ? "none" : "empty";
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rows.export", n > 0);
  focus_rows (self);
}

static void
show_chosen (ShyListPage *self)
{
  guint            n = shy_list_selection_get_count (self->selection);
  g_autofree char *number = dup_number (n);
  g_autofree char *text = g_strdup_printf (ngettext ("%s row chosen", "%s rows chosen", n), number);

  gtk_label_set_label (self->chosen, text);
  gtk_action_bar_set_revealed (self->bar, n > 0);
}

static void
columns_cb (ShyListPage *self)
{
  shy_list_columns_set_records (self->columns, shy_records_get_columns (self->records));
}

/* Rows that are chosen. */

/* The row that has the keys, or GTK_INVALID_LIST_POSITION. */
static guint
find_focused (ShyListPage *self)
{
  GtkRoot     *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget   *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkListItem *item = NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->table)))
    item = shy_list_columns_find_row (focus);
  return item != NULL ? gtk_list_item_get_position (item) : GTK_INVALID_LIST_POSITION;
}

/* What is chosen, else the row at hand: of the menu, or with the keys. */
static GArray *
dup_chosen (ShyListPage *self)
{
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray               *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint                 position = shy_list_context_get_row (self->context);
  GtkBitsetIter         iter;
  gboolean              more;
  gint64                id;

  if (position == GTK_INVALID_LIST_POSITION)
    position = find_focused (self);
  if (gtk_bitset_is_empty (chosen) && position != GTK_INVALID_LIST_POSITION)
    gtk_bitset_add (chosen, position);
  for (more = gtk_bitset_iter_init_first (&iter, chosen, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      id = shy_records_get_id (self->records, position);
      g_array_append_val (ids, id);
    }
  return ids;
}

static void
activated_cb (ShyListPage *self,
              guint        position)
{
  g_autoptr (ShyRecord) record = NULL;

  if (self->records != NULL)
    record = g_list_model_get_item (G_LIST_MODEL (self->records), position);
  if (record != NULL && shy_record_is_loaded (record))
    g_signal_emit (self, signals[ACTIVATED], 0, record);
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  ShyListPage *self = SHY_LIST_PAGE (widget);

  activated_cb (self, shy_list_context_get_row (self->context));
}

static void
select_all_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (SHY_LIST_PAGE (widget)->selection));
}

static void
unselect_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  ShyListPage *self = SHY_LIST_PAGE (widget);

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

/* Only where something is chosen, else the page is left as by any Esc. */
static gboolean
escape_cb (GtkWidget *table,
           GVariant  *arguments,
           gpointer   data)
{
  ShyListPage *self = data;

  if (self->selection == NULL || shy_list_selection_get_count (self->selection) == 0)
    return FALSE;
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  return TRUE;
}

/* Copy: as a table for office programs, as lines for everything else. */

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (ShyListPage) self = data;
  g_autoptr (GError)      error = NULL;
  g_autofree char        *html = NULL;
  g_autofree char        *text = NULL;
  g_autoptr (GBytes)      bytes = NULL;
  GdkContentProvider     *ways[2];
  GdkContentProvider     *both;

  if (!shy_records_copy_finish (SHY_RECORDS (source), result, &html, &text, &error))
    {
      shy_toast_error (GTK_WIDGET (self), error);
      return;
    }

  bytes = g_bytes_new_take (html, strlen (html));
  g_steal_pointer (&html);
  ways[0] = gdk_content_provider_new_for_bytes ("text/html", bytes);
  ways[1] = gdk_content_provider_new_typed (G_TYPE_STRING, text);
  both = gdk_content_provider_new_union (ways, G_N_ELEMENTS (ways));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), both);
  g_object_unref (both);
  shy_toast_message (GTK_WIDGET (self), _("The rows were copied as a table."));
}

static void
copy_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  ShyListPage       *self = SHY_LIST_PAGE (widget);
  g_autoptr (GArray) ids = NULL;
  g_autofree guint  *columns = NULL;
  guint              n_columns;

  if (self->records == NULL)
    return;
  ids = dup_chosen (self);
  columns = shy_list_columns_dup_shown (self->columns, &n_columns);
  if (ids->len > 0)
    shy_records_copy_async (self->records, ids, columns, n_columns, self->cancellable, copied_cb,
                            g_object_ref (self));
}

/* Export. */

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  GFile                  *file = g_task_get_task_data (data);
  g_autoptr (GTask)       task = data;
  g_autoptr (GError)      error = NULL;

  shy_records_export_finish (SHY_RECORDS (source), result, &error);
  shy_list_page_end_export (g_task_get_source_object (task), file, NULL, error);
}

static gboolean
export_cb (ShyListPage *self,
           GArray      *ids,
           GFile       *file)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  shy_records_export_async (self->records, ids, self->texts[PROP_LABEL], file, self->cancellable,
                            exported_cb, task);
  return TRUE;
}

static void
export_to (GtkWidget *widget,
           GFile     *file)
{
  ShyListPage       *self = SHY_LIST_PAGE (widget);
  g_autoptr (GArray) ids = NULL;
  gboolean           handled;

  if (self->records == NULL)
    return;
  if (shy_list_selection_get_count (self->selection) > 0)
    ids = dup_chosen (self);
  else
    ids = shy_records_dup_ids (self->records);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rows.export", FALSE);
  g_signal_emit (self, signals[EXPORT], 0, ids, file, &handled);
}

static void
export_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  ShyListPage *self = SHY_LIST_PAGE (widget);

  shy_dialog_save (widget, self->texts[PROP_EXPORT_TITLE], self->texts[PROP_EXPORT_NAME],
                   export_to);
}

/* Where the place is known already: a shortcut, a script, a test. */
static void
export_to_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  export_to (widget, file);
}

/**
 * shy_list_page_end_export: (skip)
 * @self: a list page
 * @file: what was written
 * @message: (nullable): what is said of it, %NULL for what is said of any list
 * @error: (nullable): why it was not
 *
 * Says how an export ended that a handler of the signal “export” did in the page's place.
 */
void
shy_list_page_end_export (ShyListPage  *self,
                          GFile        *file,
                          const char   *message,
                          const GError *error)
{
  g_return_if_fail (SHY_IS_LIST_PAGE (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rows.export", TRUE);
  if (error != NULL)
    shy_toast_error (GTK_WIDGET (self), error);
  else if (message == NULL && self->texts[PROP_EXPORT_DONE] != NULL)
    shy_toast_file (GTK_WIDGET (self), self->texts[PROP_EXPORT_DONE], file);
  else
    shy_toast_file (GTK_WIDGET (self), message != NULL ? message : _("The rows were exported."), file);
}

/* Views. */

static GVariant *
describe_view (ShyListPage *self)
{
  GVariantDict   view;
  g_auto (GStrv) hidden = shy_list_columns_dup_hidden (self->columns);

  g_variant_dict_init (&view, NULL);
  g_variant_dict_insert_value (&view, "filters", shy_list_filters_describe (self->shown));
  g_variant_dict_insert (&view, "sort", "(sb)", shy_record_query_get_sort (self->query),
                         shy_record_query_is_descending (self->query));
  g_variant_dict_insert (&view, "hidden", "^as", hidden);
  return g_variant_dict_end (&view);
}

static void
show_view (ShyListPage *self,
           GVariant    *view)
{
  g_autoptr (GVariantIter) filters = NULL;
  g_autofree const char  **hidden = NULL;
  const char              *filter, *value, *sort;
  gboolean                 descending;

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  shy_record_query_set_text (self->query, "");
  if (g_variant_lookup (view, "filters", "a{ss}", &filters))
    while (g_variant_iter_next (filters, "{&s&s}", &filter, &value))
      shy_record_query_set_filter (self->query, filter, value);
  if (g_variant_lookup (view, "hidden", "^a&s", &hidden))
    shy_list_columns_hide (self->columns, hidden);
  if (g_variant_lookup (view, "sort", "(&sb)", &sort, &descending))
    shy_list_columns_set_sort (self->columns, sort, descending);
  shy_list_filters_show (self->shown);
  self->filling = FALSE;
  ask (self);
}

static void
view_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  ShyListPage         *self = SHY_LIST_PAGE (widget);
  g_autoptr (GVariant) view = NULL;

  if (self->settings != NULL)
    view = shy_list_views_lookup (self->settings, g_variant_get_string (parameter, NULL));
  if (view != NULL)
    show_view (self, view);
}

static void
keep_view_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  ShyListPage *self = SHY_LIST_PAGE (widget);

  if (self->settings != NULL)
    shy_list_views_ask (widget, self->settings, describe_view (self));
}

static void
forget_view_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  ShyListPage *self = SHY_LIST_PAGE (widget);

  if (self->settings != NULL)
    shy_list_views_store (self->settings, g_variant_get_string (parameter, NULL), NULL);
}

/* Menus. */

static void
fill_menu (GtkMenuButton *button,
           gpointer       data)
{
  ShyListPage      *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) layout = g_menu_new ();
  g_autoptr (GMenu) columns = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) views = g_menu_new ();
  g_autoptr (GMenu) rows = g_menu_new ();

  shy_list_columns_add_to_menu (self->columns, columns, order);
  g_menu_append_submenu (layout, _("Columns"), G_MENU_MODEL (columns));
  g_menu_append_submenu (layout, _("Order"), G_MENU_MODEL (order));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (layout));
  if (self->settings != NULL)
    shy_list_views_add_to_menu (self->settings, views);
  g_menu_append_section (menu, _("Views"), G_MENU_MODEL (views));
  g_menu_append (rows, _("Choose All Rows"), "rows.select-all");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rows));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
add_key (GtkEventController *keys,
         const char         *trigger,
         GtkShortcutAction  *action)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                          action));
}

static void
add_keys (ShyListPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  add_key (keys, "<Control>c|<Control>Insert", gtk_named_action_new ("rows.copy"));
  add_key (keys, "<Control>a", gtk_named_action_new ("rows.select-all"));
  add_key (keys, "Escape", gtk_callback_action_new (escape_cb, self, NULL));
  gtk_widget_add_controller (GTK_WIDGET (self->table), keys);
  shy_list_keys_add (GTK_WIDGET (self->table), GTK_WIDGET (self->search));
}

static void
retry_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  if (SHY_LIST_PAGE (widget)->records != NULL)
    shy_records_reload (SHY_LIST_PAGE (widget)->records);
}

static void
show_all_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  shy_list_page_show_all (SHY_LIST_PAGE (widget));
  g_signal_emit (widget, signals[SHOW_ALL], 0);
}

/* The keys go to the rows; to the search as long as there are none. */
static gboolean
shy_list_page_grab_focus (GtkWidget *widget)
{
  ShyListPage *self = SHY_LIST_PAGE (widget);

  self->wants_focus = !gtk_widget_get_mapped (GTK_WIDGET (self->table));
  if (!self->wants_focus && gtk_widget_grab_focus (GTK_WIDGET (self->table)))
    return TRUE;
  return gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
drop_records (ShyListPage *self)
{
  gtk_column_view_set_model (self->table, NULL);
  if (self->records != NULL)
    g_signal_handlers_disconnect_by_data (self->records, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->records);
}

static void
shy_list_page_dispose (GObject *object)
{
  ShyListPage *self = SHY_LIST_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->context, shy_list_context_free);
  if (self->columns != NULL)
    {
      drop_records (self);
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->table), self);
      g_clear_pointer (&self->columns, shy_list_columns_free);
      g_clear_pointer (&self->shown, shy_list_filters_free);
    }

  G_OBJECT_CLASS (shy_list_page_parent_class)->dispose (object);
}

static void
shy_list_page_finalize (GObject *object)
{
  ShyListPage *self = SHY_LIST_PAGE (object);

  for (guint i = 0; i < N_PROPERTIES; i++)
    g_free (self->texts[i]);
  g_clear_object (&self->settings);
  g_object_unref (self->cancellable);
  shy_record_query_free (self->query);

  G_OBJECT_CLASS (shy_list_page_parent_class)->finalize (object);
}

static void
shy_list_page_get_property (GObject    *object,
                            guint       property,
                            GValue     *value,
                            GParamSpec *pspec)
{
  g_value_set_string (value, SHY_LIST_PAGE (object)->texts[property]);
}

static void
remember (ShyListPage *self)
{
  g_autofree char *path = g_strdup_printf ("/org/shanye/Shanye/list/%s/", self->texts[PROP_NAME]);

  g_clear_object (&self->settings);
  self->settings = g_settings_new_with_path ("org.shanye.Shanye.list", path);
  shy_list_columns_remember (self->columns, self->settings);
}

static void
shy_list_page_set_property (GObject      *object,
                            guint         property,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  ShyListPage *self = SHY_LIST_PAGE (object);

  g_free (self->texts[property]);
  self->texts[property] = g_value_dup_string (value);
  if (property == PROP_NAME && self->texts[property] != NULL)
    remember (self);
  else if (property == PROP_LABEL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    self->texts[property], -1);
  else if (property == PROP_EMPTY_ACTION)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button), self->texts[property]);
      gtk_widget_set_visible (GTK_WIDGET (self->empty_button), self->texts[property] != NULL);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/shanye/Shanye/ui/shy-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyListPage, head);
  gtk_widget_class_bind_template_child (widget_class, ShyListPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, ShyListPage, filters);
  gtk_widget_class_bind_template_child (widget_class, ShyListPage, search);
  gtk_widget_class_bind_template_child (widget_class, ShyListPage, menu);
  gtk_widget_class_bind_template_child (widget_class, ShyListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ShyListPage, table);
  gtk_widget_class_bind_template_child (widget_class, ShyListPage, empty_button);
  gtk_widget_class_bind_template_child (widget_class, ShyListPage, failure);
  gtk_widget_class_bind_template_child (widget_class, ShyListPage, count);
  gtk_widget_class_bind_template_child (widget_class, ShyListPage, bar);
  gtk_widget_class_bind_template_child (widget_class, ShyListPage, chosen);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "rows.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "rows.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "rows.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "rows.unselect", NULL, unselect_action);
  gtk_widget_class_install_action (widget_class, "rows.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "rows.export-to", "s", export_to_action);
  gtk_widget_class_install_action (widget_class, "rows.view", "s", view_action);
  gtk_widget_class_install_action (widget_class, "rows.keep-view", NULL, keep_view_action);
  gtk_widget_class_install_action (widget_class, "rows.forget-view", "s", forget_view_action);
  gtk_widget_class_install_action (widget_class, "rows.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "rows.show-all", NULL, show_all_action);
}

static void
shy_list_page_class_init (ShyListPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = shy_list_page_dispose;
  object_class->finalize = shy_list_page_finalize;
  object_class->get_property = shy_list_page_get_property;
  object_class->set_property = shy_list_page_set_property;
  widget_class->grab_focus = shy_list_page_grab_focus;

  for (guint i = 1; i < N_PROPERTIES; i++)
    properties[i] = g_param_spec_string (property_names[i], NULL, NULL, NULL,
                                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * ShyListPage::activated:
   * @self: the page
   * @record: the row that is to be opened
   */
  signals[ACTIVATED] = g_signal_new ("activated", SHY_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, SHY_TYPE_RECORD);

  /**
   * ShyListPage::export:
   * @self: the page
   * @ids: (element-type gint64): the records that are to be written
   * @file: where to
   *
   * Whoever writes something else than the columns does so, calls shy_list_page_end_export() in the
   * end, and returns %TRUE.
   */
  signals[EXPORT] = g_signal_new_class_handler ("export", SHY_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST,
                                                G_CALLBACK (export_cb),
                                                g_signal_accumulator_true_handled, NULL, NULL,
                                                G_TYPE_BOOLEAN, 2, G_TYPE_ARRAY, G_TYPE_FILE);

  /**
   * ShyListPage::show-all:
   * @self: the page
   *
   * A person wants to see everything: filters from elsewhere are to go too.
   */
  signals[SHOW_ALL] = g_signal_new ("show-all", SHY_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);

  g_type_ensure (SHY_TYPE_SPINNER);
  bind_template (widget_class);
  install_actions (widget_class);
}

static void
shy_list_page_init (ShyListPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->query = shy_record_query_new ();
  self->shown = shy_list_filters_new (self->filters, self->query, filtered_cb, self);
  self->cancellable = g_cancellable_new ();
  shy_list_page_set_columns (self, NULL, 0);
  gtk_menu_button_set_create_popup_func (self->menu, fill_menu, self, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rows.export", FALSE);
  add_keys (self);
  self->context = shy_list_context_new (GTK_WIDGET (self), GTK_WIDGET (self->table));
  shy_list_fold_add (GTK_WIDGET (self), self->head, GTK_WIDGET (self->buttons), self->table);
}

/**
 * shy_list_page_set_columns: (skip)
 * @self: a list page without records
 * @looks: (array length=n_looks): how columns are shown; stays
 * @n_looks: how many
 *
 * Says how columns are shown that are not shown as all of their type.
 */
void
shy_list_page_set_columns (ShyListPage         *self,
                           const ShyListColumn *looks,
                           guint                n_looks)
{
  g_return_if_fail (SHY_IS_LIST_PAGE (self));
  g_return_if_fail (self->records == NULL);

  if (self->columns != NULL)
    g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->table), self);
  g_clear_pointer (&self->columns, shy_list_columns_free);
  self->columns = shy_list_columns_new (self->table, looks, n_looks);
  if (self->settings != NULL)
    shy_list_columns_remember (self->columns, self->settings);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns",
                                  shy_list_columns_get_actions (self->columns));
  g_signal_connect_swapped (gtk_column_view_get_sorter (self->table), "changed",
                            G_CALLBACK (sort_changed_cb), self);
}

/**
 * shy_list_page_add_chips: (skip)
 * @self: a list page
 * @filter: the name of a filter
 * @chips: (array length=n_chips): its values, of which one is always pressed; the first is pressed now
 * @n_chips: how many
 *
 * Adds buttons above the list, each with the number of rows it would leave.
 */
void
shy_list_page_add_chips (ShyListPage       *self,
                         const char        *filter,
                         const ShyListChip *chips,
                         guint              n_chips)
{
  g_return_if_fail (SHY_IS_LIST_PAGE (self));

  shy_list_filters_add_chips (self->shown, filter, chips, n_chips);
}

/**
 * shy_list_page_add_choice: (skip)
 * @self: a list page
 * @filter: the name of a filter
 * @label: what is chosen, for those who hear it
 * @values: (array zero-terminated=1): its values; the first, "", is all
 * @labels: (array zero-terminated=1): the same for people
 *
 * Adds a choice of one of many values above the list.
 */
void
shy_list_page_add_choice (ShyListPage        *self,
                          const char         *filter,
                          const char         *label,
                          const char * const *values,
                          const char * const *labels)
{
  g_return_if_fail (SHY_IS_LIST_PAGE (self));

  shy_list_filters_add_choice (self->shown, filter, label, values, labels);
}

/**
 * shy_list_page_show_toggle: (skip)
 * @self: a list page
 * @filter: the name of a filter
 * @chip: a value of it that is worth a button now
 *
 * Adds a button that stands alone, in the place of the one of that filter before, and presses it.
 */
void
shy_list_page_show_toggle (ShyListPage       *self,
                           const char        *filter,
                           const ShyListChip *chip)
{
  g_return_if_fail (SHY_IS_LIST_PAGE (self));

  shy_list_filters_show_toggle (self->shown, filter, chip);
  ask (self);
}

/**
 * shy_list_page_add_button: (skip)
 * @self: a list page
 * @label: for people, with a mnemonic
 * @action: the action that it stands for
 *
 * Adds what is done most from here beside the search.
 */
void
shy_list_page_add_button (ShyListPage *self,
                          const char  *label,
                          const char  *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_return_if_fail (SHY_IS_LIST_PAGE (self));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (self->buttons, button);
}

/**
 * shy_list_page_set_records: (skip)
 * @self: a list page
 * @records: what is in it
 *
 * Shows a list, asked for what is pressed and typed above it.
 */
void
shy_list_page_set_records (ShyListPage *self,
                           ShyRecords  *records)
{
  g_return_if_fail (SHY_IS_LIST_PAGE (self));
  g_return_if_fail (SHY_IS_RECORDS (records));

  drop_records (self);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  gtk_label_set_label (self->count, "");
  self->records = g_object_ref (records);
  self->selection = shy_list_selection_new (G_LIST_MODEL (records));
  g_signal_connect_swapped (records, "items-changed", G_CALLBACK (show_state), self);
  g_signal_connect_swapped (records, "notify::loading", G_CALLBACK (show_state), self);
  g_signal_connect_swapped (records, "notify::error-message", G_CALLBACK (show_state), self);
  g_signal_connect_swapped (records, "notify::columns", G_CALLBACK (columns_cb), self);
  g_signal_connect_swapped (records, "counted", G_CALLBACK (counted_cb), self);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (show_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (show_chosen), self,
                           G_CONNECT_SWAPPED);
  columns_cb (self);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (show_first_rows), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  shy_records_set_query (records, self->query);
  show_state (self);
  show_chosen (self);
}

/**
 * shy_list_page_set_filter: (skip)
 * @self: a list page
 * @filter: the name of a filter
 * @value: what it lets pass; "" for everything
 */
void
shy_list_page_set_filter (ShyListPage *self,
                          const char  *filter,
                          const char  *value)
{
  g_return_if_fail (SHY_IS_LIST_PAGE (self));

  shy_record_query_set_filter (self->query, filter, value);
  shy_list_filters_show (self->shown);
  ask (self);
}

/**
 * shy_list_page_show_all: (skip)
 * @self: a list page
 *
 * Takes away the search and what is pressed and chosen above the list.
 */
void
shy_list_page_show_all (ShyListPage *self)
{
  g_return_if_fail (SHY_IS_LIST_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  shy_record_query_set_text (self->query, "");
  shy_list_filters_clear (self->shown);
  shy_list_filters_show (self->shown);
  ask (self);
}
