/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-start-view.h"

#include "shy-page.h"
#include "shy-toast.h"

#include <glib/gi18n-lib.h>

/* What waits for the person today, and where to begin when nothing does. */
struct _ShyStartView
{
  AdwBin        parent_instance;

  GtkLabel     *date;
  GtkLabel     *day;
  GtkStack     *stack;
  GtkListBox   *items;
  GtkListBox   *pages;
  GtkWidget    *pages_group;

  ShyContext   *context;      /* (owned) */
  GListModel   *todos;        /* (owned) of ShyTodo */
  GListModel   *shown;        /* (owned) (nullable) of ShyTodoItem: what the rows say */
  GListModel   *page_model;   /* (owned) of ShyPage */
  GCancellable *cancellable;  /* (owned) of the question under way */
};

G_DEFINE_FINAL_TYPE (ShyStartView, shy_start_view, ADW_TYPE_BIN)

static void
show_date (ShyStartView *self)
{
  /* Our own, so that they follow the language of the window and not that of the C library. */
  static const char *const weekdays[] = {
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
    N_("Sunday"),
  };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char      *date = NULL;
  g_autofree char      *text = NULL;

  /* Translators: year, month and day in the format of g_date_time_format(). */
  date = g_date_time_format (now, _("%Y-%m-%d"));
  /* Translators: a date, then its weekday. */
  text = g_strdup_printf (_("%s, %s"), date, _(weekdays[g_date_time_get_day_of_week (now) - 1]));
  gtk_label_set_label (self->date, text);
}

static gboolean
is_weekend (const GDate *day)
{
  return g_date_get_weekday (day) >= G_DATE_SATURDAY;
}

/* What the day is by the working calendar: a translated phrase. */
static char *
describe_day (ShyCalendar  *calendar,
              const GDate  *day,
              GError      **error)
{
  const char *holiday = shy_calendar_get_holiday (calendar, day);
  gboolean    working;

  if (!shy_calendar_is_working_day (calendar, day, &working, error))
    return NULL;
  if (working)
    return g_strdup (is_weekend (day) ? _("Working day, made up for a holiday") : _("Working day"));

  if (holiday == NULL)
    return g_strdup (_("Day off"));
  /* Translators: %s is the name of a holiday. */
  return g_strdup_printf (_("Day off: %s"), holiday);
}

static void
calendar_worker (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  ShyCalendar       *calendar = shy_calendar_get_default (&error);
  char              *text = NULL;
  GDate              today;

  g_date_clear (&today, 1);
  g_date_set_time_t (&today, g_get_real_time () / G_USEC_PER_SEC);
  if (calendar != NULL)
    text = describe_day (calendar, &today, &error);

  g_task_return_pointer (task, text != NULL ? text : g_strdup (error->message), g_free);
}

static void
calendar_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  ShyStartView    *self = SHY_START_VIEW (source);
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);

  if (text != NULL)
    gtk_label_set_label (self->day, text);
}

/* The calendar is a file: it is read on a worker thread. */
static void
show_day (ShyStartView *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, calendar_cb, NULL);

  g_task_set_source_tag (task, show_day);
  g_task_run_in_thread (task, calendar_worker);
}

static const char *
urgency_word (ShyUrgency urgency)
{
  switch (urgency)
    {
    case SHY_URGENCY_OVERDUE:
      return _("Overdue");
    case SHY_URGENCY_SOON:
      return _("Soon");
    case SHY_URGENCY_NORMAL:
    default:
      return NULL;
    }
}

static void
add_urgency (AdwActionRow *row,
             ShyUrgency    urgency)
{
  const char *word = urgency_word (urgency);
  GtkWidget  *label;

  if (word == NULL)
    return;

  label = gtk_label_new (word);
  gtk_widget_add_css_class (label, urgency == SHY_URGENCY_OVERDUE ? "error" : "warning");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, label);
}

static void
make_opening (AdwActionRow *row,
              const char   *page,
              const char   *target)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (row, arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-page");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", page,
                                    target != NULL ? target : "");
}

static GtkWidget *
create_item_row (gpointer item,
                 gpointer user_data)
{
  AdwActionRow    *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *count = g_strdup_printf ("%u", shy_todo_item_get_count (item));
  const char      *detail = shy_todo_item_get_detail (item);
  GtkWidget       *badge = gtk_label_new (count);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shy_todo_item_get_title (item));
  if (detail != NULL)
    adw_action_row_set_subtitle (row, detail);

  gtk_widget_add_css_class (badge, "count");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (row, badge);
  add_urgency (row, shy_todo_item_get_urgency (item));
  if (shy_todo_item_get_page (item) != NULL)
    make_opening (row, shy_todo_item_get_page (item), shy_todo_item_get_target (item));

  return GTK_WIDGET (row);
}

static GtkWidget *
create_page_row (gpointer item,
                 gpointer user_data)
{
  AdwActionRow    *row = ADW_ACTION_ROW (adw_action_row_new ());
  ShyPlugin       *plugin = shy_engine_get_origin (item);
  g_autofree char *title = shy_page_dup_title (item);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (plugin != NULL && shy_plugin_get_summary (plugin) != NULL)
    adw_action_row_set_subtitle (row, shy_plugin_get_summary (plugin));
  adw_action_row_set_icon_name (row, shy_page_get_icon_name (item));
  make_opening (row, shy_page_get_id (item), NULL);

  return GTK_WIDGET (row);
}

static gboolean
is_same_work (ShyTodoItem *one,
              ShyTodoItem *other)
{
  return g_strcmp0 (shy_todo_item_get_page (one), shy_todo_item_get_page (other)) == 0 &&
         g_strcmp0 (shy_todo_item_get_target (one), shy_todo_item_get_target (other)) == 0 &&
         g_strcmp0 (shy_todo_item_get_title (one), shy_todo_item_get_title (other)) == 0;
}

static gboolean
says_the_same (ShyTodoItem *one,
               ShyTodoItem *other)
{
  return is_same_work (one, other) &&
         shy_todo_item_get_count (one) == shy_todo_item_get_count (other) &&
         shy_todo_item_get_urgency (one) == shy_todo_item_get_urgency (other) &&
         g_strcmp0 (shy_todo_item_get_detail (one), shy_todo_item_get_detail (other)) == 0;
}

static gboolean
are_shown (ShyStartView *self,
           GListModel   *items)
{
  guint n = g_list_model_get_n_items (items);

  if (self->shown == NULL || g_list_model_get_n_items (self->shown) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ShyTodoItem) one = g_list_model_get_item (self->shown, i);
      g_autoptr (ShyTodoItem) other = g_list_model_get_item (items, i);

      if (!says_the_same (one, other))
        return FALSE;
    }

  return TRUE;
}

/* Gives the item whose row has the keys, or NULL. */
static ShyTodoItem *
get_focused (ShyStartView *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->items));

  return row != NULL && self->shown != NULL
           ? g_list_model_get_item (self->shown,
                                    (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)))
           : NULL;
}

/* Shows rows that say something else than those before. The keys stay with the work they were with:
 * Enter must not open another that took its place. */
static void
show_items (ShyStartView *self,
            GListModel   *items)
{
  g_autoptr (ShyTodoItem) focused = get_focused (self);

  gtk_list_box_bind_model (self->items, items, create_item_row, NULL, NULL);
  g_set_object (&self->shown, items);
  for (guint i = 0; focused != NULL && i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (ShyTodoItem) item = g_list_model_get_item (items, i);

      if (is_same_work (focused, item))
        gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->items, (int) i)));
    }
}

static void
items_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (ShyStartView) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (GListModel)   items = NULL;

  items = shy_todo_list_load_finish (G_LIST_MODEL (source), result, &error);
  if (items == NULL)
    return;

  if (!are_shown (self, items))
    show_items (self, items);
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (items) > 0 ? "items" : "empty");
}

static void
reload (ShyStartView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  show_date (self);
  show_day (self);
  shy_todo_list_load_async (self->todos, self->context, self->cancellable, items_loaded_cb,
                            g_object_ref (self));
}

static void
todos_changed_cb (ShyStartView *self,
                  guint         position,
                  guint         removed,
                  guint         added,
                  GListModel   *todos)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (ShyTodo) todo = g_list_model_get_item (todos, position + i);

      g_signal_connect_object (todo, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
    }

  reload (self);
}

static void
pages_changed_cb (ShyStartView *self)
{
  gtk_widget_set_visible (self->pages_group, g_list_model_get_n_items (self->page_model) > 0);
}

static void
shy_start_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (shy_start_view_parent_class)->map (widget);

  reload (SHY_START_VIEW (widget));
}

static void
shy_start_view_dispose (GObject *object)
{
  ShyStartView *self = SHY_START_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->todos);
  g_clear_object (&self->shown);
  g_clear_object (&self->page_model);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (shy_start_view_parent_class)->dispose (object);
}

static void
shy_start_view_class_init (ShyStartViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = shy_start_view_dispose;
  widget_class->map = shy_start_view_map;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/ui/shy-start-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyStartView, date);
  gtk_widget_class_bind_template_child (widget_class, ShyStartView, day);
  gtk_widget_class_bind_template_child (widget_class, ShyStartView, stack);
  gtk_widget_class_bind_template_child (widget_class, ShyStartView, items);
  gtk_widget_class_bind_template_child (widget_class, ShyStartView, pages);
  gtk_widget_class_bind_template_child (widget_class, ShyStartView, pages_group);
}

static void
shy_start_view_init (ShyStartView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
shy_start_view_new (ShyEngine  *engine,
                    ShyContext *context)
{
  ShyStartView *self = g_object_new (SHY_TYPE_START_VIEW, NULL);

  self->context = g_object_ref (context);
  self->todos = shy_engine_create_extensions (engine, SHY_TYPE_TODO);
  self->page_model = shy_engine_create_extensions (engine, SHY_TYPE_PAGE);

  gtk_list_box_bind_model (self->pages, self->page_model, create_page_row, NULL, NULL);
  g_signal_connect_object (self->page_model, "items-changed", G_CALLBACK (pages_changed_cb), self,
                           G_CONNECT_SWAPPED);
  pages_changed_cb (self);

  g_signal_connect_object (self->context, "notify::scope", G_CALLBACK (reload), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->todos, "items-changed", G_CALLBACK (todos_changed_cb), self,
                           G_CONNECT_SWAPPED);
  todos_changed_cb (self, 0, 0, g_list_model_get_n_items (self->todos), self->todos);

  return GTK_WIDGET (self);
}
