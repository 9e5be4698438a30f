/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-window.h"

#include "shy-dialog.h"
#include "shy-keys.h"
#include "shy-list-keys.h"
#include "shy-page.h"
#include "shy-palette.h"
#include "shy-scope-button.h"
#include "shy-spinner.h"
#include "shy-start.h"
#include "shy-focus.h"
#include "shy-toast.h"

#include <glib/gi18n-lib.h>

/**
 * ShyWindow:
 *
 * The window: pages in the sidebar, one of them shown, the counties looked at in the header.
 */
struct _ShyWindow
{
  AdwApplicationWindow parent_instance;

  AdwLeaflet      *leaflet;
  GtkWidget       *content;
  GtkListBox      *sidebar;
  GtkStack        *stack;
  AdwWindowTitle  *title;
  ShyScopeButton  *scope;
  GtkMenuButton   *menu;
  AdwToastOverlay *toasts;
  AdwToast        *toast;        /* (weak) (nullable) the message that is shown */
  char            *launched;     /* (owned) (nullable) the file that another program is to open */
  int              shown;        /* position of the page; -1 for none yet */
  guint            finding;      /* source that looks for a lost focus; 0 for none */
  gboolean         rows_change;  /* the sidebar's rows are being made anew */

  GListModel      *pages;        /* (owned) of ShyPage: the start page, then those of plugins */
  GCancellable    *cancellable;  /* (owned) cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (ShyWindow, shy_window, ADW_TYPE_APPLICATION_WINDOW)

static ShyContext *
get_context (ShyWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return shy_application_get_context (SHY_APPLICATION (application));
}

/* Gives the page with its position, or NULL. */
static ShyPage *
find_page (ShyWindow  *self,
           const char *id,
           guint      *position)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->pages); i++)
    {
      g_autoptr (ShyPage) page = g_list_model_get_item (self->pages, i);

      if (g_str_equal (shy_page_get_id (page), id))
        {
          *position = i;
          return g_steal_pointer (&page);
        }
    }

  return NULL;
}

static GtkWidget *
ensure_widget (ShyWindow *self,
               ShyPage   *page)
{
  GtkWidget *widget = gtk_stack_get_child_by_name (self->stack, shy_page_get_id (page));

  if (widget == NULL)
    {
      widget = shy_page_create_widget (page, get_context (self));
      gtk_stack_add_named (self->stack, widget, shy_page_get_id (page));
    }

  return widget;
}

static void
show_page (ShyWindow  *self,
           guint       position,
           const char *target)
{
  g_autoptr (ShyPage) page = g_list_model_get_item (self->pages, position);
  g_autofree char    *title = shy_page_dup_title (page);
  GtkWidget          *widget = ensure_widget (self, page);

  self->shown = position;
  gtk_stack_set_visible_child (self->stack, widget);
  adw_window_title_set_title (self->title, title);
  gtk_list_box_select_row (self->sidebar, gtk_list_box_get_row_at_index (self->sidebar, position));

  if (target != NULL)
    shy_page_open (page, widget, target);
}

static gboolean
find_focus_cb (gpointer data)
{
  ShyWindow *self = data;
  GtkWidget *shown = gtk_stack_get_visible_child (self->stack);

  self->finding = 0;
  if (gtk_window_get_focus (GTK_WINDOW (self)) == NULL && shown != NULL && gtk_widget_get_mapped (shown))
    shy_focus_enter (shown);
  return G_SOURCE_REMOVE;
}

/* Where what had the keys went, they go to the page that is shown: no key is lost. Those who move the
 * focus on purpose pass through none, so it is looked for later. */
static void
focus_changed_cb (ShyWindow *self)
{
  if (gtk_window_get_focus (GTK_WINDOW (self)) == NULL && self->finding == 0)
    self->finding = g_idle_add (find_focus_cb, self);
}

/* Arrow keys move the selection without activating a row: what is marked is what is shown. */
static void
row_selected_cb (ShyWindow     *self,
                 GtkListBoxRow *row)
{
  int position = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (!self->rows_change && position >= 0 && position != self->shown)
    show_page (self, position, NULL);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  ShyPage         *page = item;
  g_autofree char *title = shy_page_dup_title (page);
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *icon = gtk_image_new_from_icon_name (shy_page_get_icon_name (page));
  GtkWidget       *label = gtk_label_new (title);
  GtkWidget       *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return row;
}

static void
row_activated_cb (ShyWindow     *self,
                  GtkListBoxRow *row)
{
  if (gtk_list_box_row_get_index (row) != self->shown)
    show_page (self, gtk_list_box_row_get_index (row), NULL);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
start_pages (ShyWindow *self,
             guint      position,
             guint      n)
{
  for (guint i = position; i < position + n; i++)
    {
      g_autoptr (ShyPage) page = g_list_model_get_item (self->pages, i);

      shy_page_start (page, get_context (self));
    }
}

/* Drops the widgets of pages that went with their plugin, and starts the pages that came. */
static void
pages_changed_cb (ShyWindow *self,
                  guint      position,
                  guint      removed,
                  guint      added)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack));

  self->rows_change = TRUE;
  while (child != NULL)
    {
      GtkWidget          *next = gtk_widget_get_next_sibling (child);
      GtkStackPage       *entry = gtk_stack_get_page (self->stack, child);
      g_autoptr (ShyPage) page = NULL;
      guint               position;

      page = find_page (self, gtk_stack_page_get_name (entry), &position);
      if (page == NULL)
        gtk_stack_remove (self->stack, child);
      child = next;
    }

  start_pages (self, position, added);
}

/* Rows are made anew around the change: show and select again what was shown, or the first. */
static void
pages_changed_after_cb (ShyWindow *self)
{
  const char          *id = gtk_stack_get_visible_child_name (self->stack);
  g_autoptr (ShyPage)  page = NULL;
  guint                position = 0;

  self->rows_change = FALSE;
  if (id != NULL)
    page = find_page (self, id, &position);
  show_page (self, page != NULL ? position : 0, NULL);
}

static void
back_cb (ShyWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
move_page (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  ShyWindow     *self = SHY_WINDOW (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->sidebar);
  guint          n = g_list_model_get_n_items (self->pages);
  guint          position = row != NULL ? gtk_list_box_row_get_index (row) : 0;

  show_page (self, (position + (g_str_equal (action, "win.next-page") ? 1 : n - 1)) % n, NULL);
}

static void
open_page_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  const char *id, *target;

  g_variant_get (parameter, "(&s&s)", &id, &target);
  if (!shy_window_open_page (SHY_WINDOW (widget), id, *target != '\0' ? target : NULL))
    shy_toast_message (widget, _("The plugin that shows this is not at work. Look at it in the "
                                 "preferences, under Plugins."));
}

static AdwToast *
make_toast (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  AdwToast  *toast = adw_toast_new (text);
  glong      length = g_utf8_strlen (text, -1);

  /* A reason with what to do about it is longer than a line, and takes time to read. */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 70);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_timeout (toast, CLAMP (length / 6, 4, 20));
  return toast;
}

static void
show_toast (ShyWindow *self,
            AdwToast  *toast)
{
  /* What is new must not wait until what is old was read. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);

  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
toast_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  show_toast (SHY_WINDOW (widget), make_toast (g_variant_get_string (parameter, NULL)));
}

/* Whoever must look where a file went and find a program for it needs more than some seconds. */
static void
toast_file_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  const char *text, *uri;
  AdwToast   *toast;

  g_variant_get (parameter, "(&s&s)", &text, &uri);
  toast = make_toast (text);
  adw_toast_set_timeout (toast, 20);
  adw_toast_set_button_label (toast, _("Open the _File"));
  adw_toast_set_action_name (toast, "win.show-file");
  adw_toast_set_action_target_value (toast, g_variant_new_string (uri));
  show_toast (SHY_WINDOW (widget), toast);
}

static void
file_shown_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (ShyWindow) self = data;
  g_autofree char      *message = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, NULL))
    return;
  message = g_strdup_printf (_("This computer has no program that opens “%s”. Copy it to one that "
                               "has, or ask the IT staff for a spreadsheet program."),
                             self->launched);
  shy_toast_message (GTK_WIDGET (self), message);
}

static void
show_file_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  ShyWindow                      *self = SHY_WINDOW (widget);
  const char                     *uri = g_variant_get_string (parameter, NULL);
  g_autoptr (GFile)               file = g_file_new_for_uri (uri);
  g_autoptr (GAppLaunchContext)   context =
    G_APP_LAUNCH_CONTEXT (gdk_display_get_app_launch_context (gtk_widget_get_display (widget)));

  g_free (self->launched);
  self->launched = g_file_get_parse_name (file);
  g_app_info_launch_default_for_uri_async (uri, context, NULL, file_shown_cb, g_object_ref (self));
}

static void
choose_scope_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  shy_scope_button_popup (SHY_WINDOW (widget)->scope);
}

/* Gives the search box that is shown, or NULL. */
static GtkWidget *
find_search (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_SEARCH_ENTRY (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_search (child);

  return found;
}

static void
search_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  GtkWidget *search = find_search (GTK_WIDGET (SHY_WINDOW (widget)->stack));

  if (search == NULL)
    return;
  gtk_widget_grab_focus (search);
  gtk_editable_select_region (GTK_EDITABLE (search), 0, -1);
}

static void
menu_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gtk_menu_button_popup (SHY_WINDOW (widget)->menu);
}

static void
help_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gtk_window_present (GTK_WINDOW (shy_keys_new_help (GTK_WINDOW (widget))));
}

static void
palette_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  ShyWindow *self = SHY_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (shy_palette_new (GTK_WINDOW (self),
                                                   gtk_stack_get_visible_child (self->stack),
                                                   self->pages)));
}

static void
open_file (GtkWidget *widget,
           GFile     *file)
{
  shy_window_open_file (SHY_WINDOW (widget), file);
}

static void
open_file_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  static const char *const suffixes[] = { "xlsx", "xlsm", "xls", "et", "ods", "fods", "csv", "tsv",
                                          "txt", "html", "htm", "xml", NULL };

  shy_dialog_open (widget, _("Open a Spreadsheet"), _("Spreadsheets"), suffixes,
                   open_file);
}

static gboolean
drop_cb (ShyWindow    *self,
         const GValue *value)
{
  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    shy_window_open_file (self, l->data);

  return TRUE;
}

static gboolean
has_opener (ShyWindow  *self,
            const char *type)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->pages); i++)
    {
      g_autoptr (ShyPage) page = g_list_model_get_item (self->pages, i);

      if (shy_page_opens (page, type))
        return TRUE;
    }

  return FALSE;
}

/* What somebody took for a spreadsheet, called by its name. */
static char *
describe_foreign (ShyWindow  *self,
                  const char *name,
                  const char *type)
{
  g_autofree char *kind = g_content_type_get_description (type);
  g_autofree char *other = NULL;

  if (!has_opener (self, "text/csv"))
    return g_strdup (_("No plugin that is switched on opens spreadsheets. Switch one on in the "
                       "preferences, under Plugins."));
  other = shy_book_describe_other (name, type);
  if (other != NULL)
    return g_steal_pointer (&other);
  if (g_content_type_is_a (type, "inode/directory"))
    return g_strdup_printf (_("“%s” is a folder. Open the spreadsheets in it one by one."), name);

  /* Translators: the first %s is a file, the second what kind of file the system says it is. */
  return g_strdup_printf (_("“%s” is no spreadsheet but: %s. Choose one in xlsx, xls or csv, or save "
                            "the file as one first."), name, kind);
}

static void
type_known_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (ShyWindow) self = user_data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  g_autofree char      *uri = g_file_get_uri (G_FILE (source));
  g_autofree char      *name = g_file_get_basename (G_FILE (source));
  g_autofree char      *foreign = NULL;
  g_autofree char      *other = NULL;
  const char           *type;

  /* Of a link that leads nowhere the link itself is described. */
  if (info != NULL && g_strcmp0 (g_file_info_get_content_type (info), "inode/symlink") == 0)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "");
  if (error != NULL)
    {
      g_autoptr (GError) said = NULL;

      shy_file_set_open_error (g_file_peek_path (G_FILE (source)) != NULL
                                 ? g_file_peek_path (G_FILE (source)) : uri, error, &said);
      shy_toast_error (GTK_WIDGET (self), said);
      return;
    }

  type = g_file_info_get_content_type (info);
  other = shy_book_describe_other (name, type);
  for (guint i = 0; other == NULL && i < g_list_model_get_n_items (self->pages); i++)
    {
      g_autoptr (ShyPage) page = g_list_model_get_item (self->pages, i);

      if (shy_page_opens (page, type))
        {
          show_page (self, i, uri);
          return;
        }
    }

  foreign = describe_foreign (self, name, type);
  shy_toast_message (GTK_WIDGET (self), foreign);
}

static void
build_pages (ShyWindow      *self,
             ShyApplication *application)
{
  ShyEngine             *engine = shy_application_get_engine (application);
  g_autoptr (GListStore) parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GListStore) own = g_list_store_new (SHY_TYPE_PAGE);
  g_autoptr (ShyPage)    start = shy_start_new (engine);
  g_autoptr (GListModel) brought = shy_engine_create_extensions (engine, SHY_TYPE_PAGE);

  g_list_store_append (own, start);
  g_list_store_append (parts, own);
  g_list_store_append (parts, brought);
  self->pages = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (g_steal_pointer (&parts))));

  g_signal_connect_object (self->pages, "items-changed", G_CALLBACK (pages_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->sidebar, self->pages, create_row, NULL, NULL);
  shy_list_keys_add (GTK_WIDGET (self->sidebar), NULL);
  g_signal_connect_object (self->pages, "items-changed", G_CALLBACK (pages_changed_after_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  start_pages (self, 0, g_list_model_get_n_items (self->pages));
}

static void
restore_state (ShyWindow *self,
               GSettings *settings)
{
  if (settings == NULL)
    return;

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

static void
shy_window_dispose (GObject *object)
{
  ShyWindow *self = SHY_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->finding, g_source_remove);
  g_clear_weak_pointer (&self->toast);
  g_clear_pointer (&self->launched, g_free);
  if (self->pages != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->pages, self);
      gtk_list_box_bind_model (self->sidebar, NULL, NULL, NULL, NULL);
    }
  g_clear_object (&self->pages);

  G_OBJECT_CLASS (shy_window_parent_class)->dispose (object);
}

static void
shy_window_class_init (ShyWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = shy_window_dispose;

  g_type_ensure (SHY_TYPE_SCOPE_BUTTON);
  g_type_ensure (SHY_TYPE_SPINNER); /* templates of plugins too */
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/ui/shy-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, ShyWindow, content);
  gtk_widget_class_bind_template_child (widget_class, ShyWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, ShyWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ShyWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ShyWindow, scope);
  gtk_widget_class_bind_template_child (widget_class, ShyWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, ShyWindow, toasts);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);

  gtk_widget_class_install_action (widget_class, "win.open-page", "(ss)", open_page_action);
  gtk_widget_class_install_action (widget_class, "win.open-file", NULL, open_file_action);
  gtk_widget_class_install_action (widget_class, "win.next-page", NULL, move_page);
  gtk_widget_class_install_action (widget_class, "win.previous-page", NULL, move_page);
  gtk_widget_class_install_action (widget_class, "win.choose-scope", NULL, choose_scope_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "win.palette", NULL, palette_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, help_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.toast-file", "(ss)", toast_file_action);
  gtk_widget_class_install_action (widget_class, "win.show-file", "s", show_file_action);
}

static void
shy_window_init (ShyWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));

  self->shown = -1;
  self->cancellable = g_cancellable_new ();
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_changed_cb), NULL);
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

/**
 * shy_window_new:
 * @application: the application, started
 *
 * Makes a window with the start page and those of the plugins.
 *
 * Returns: (transfer none): a window
 */
ShyWindow *
shy_window_new (ShyApplication *application)
{
  ShyWindow  *self;
  ShyContext *context;

  g_return_val_if_fail (SHY_IS_APPLICATION (application), NULL);

  self = g_object_new (SHY_TYPE_WINDOW, "application", application, NULL);
  context = shy_application_get_context (application);
  shy_scope_button_set_context (self->scope, context);
  restore_state (self, shy_context_get_settings (context));
  build_pages (self, application);
  show_page (self, 0, NULL);

  return self;
}

/**
 * shy_window_open_page:
 * @self: a window
 * @id: the id of a page
 * @target: (nullable): what the page shows: the URI of a file, or a word of its plugin
 *
 * Shows a page, as the action `win.open-page` with `(ss)` does.
 *
 * Returns: %FALSE if there is no such page
 */
gboolean
shy_window_open_page (ShyWindow  *self,
                      const char *id,
                      const char *target)
{
  g_autoptr (ShyPage) page = NULL;
  guint               position;

  g_return_val_if_fail (SHY_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  page = find_page (self, id, &position);
  if (page == NULL)
    return FALSE;

  show_page (self, position, target);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  return TRUE;
}

/**
 * shy_window_open_file:
 * @self: a window
 * @file: a file
 *
 * Hands the file to the first page that opens its kind.
 */
void
shy_window_open_file (ShyWindow *self,
                      GFile     *file)
{
  g_return_if_fail (SHY_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, self->cancellable, type_known_cb,
                           g_object_ref (self));
}
