/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-list-columns.h"

#include <glib/gi18n-lib.h>

/* What GTK's theme keeps free at both sides of a cell, in pixels. */
#define PADDING 24

/* Where a cell keeps the row it belongs to. */
#define ITEM "shy-list-item"

/* One column of the table. */
typedef struct
{
  ShyListColumns      *owner;    /* (unowned) */
  GtkColumnViewColumn *column;   /* (owned) */
  const ShyField     *of;       /* (unowned) */
  guint                position; /* of the value in a record */
  guint                tooltip;  /* position of the value that is told, or G_MAXUINT */
  ShyListColumn        look;
  double               chosen;   /* digits that somebody made room for by hand; 0 for none */
} Column;

struct _ShyListColumns
{
  GtkColumnView       *view;     /* (unowned) */
  const ShyListColumn *looks;
  guint                n_looks;
  GPtrArray           *of;       /* (owned) of ShyField */
  GPtrArray           *columns;  /* (owned) of Column */
  GSimpleActionGroup  *actions;  /* (owned) */
  GSettings           *settings; /* (owned) (nullable) */
  Column              *noted;    /* (unowned) (nullable): by which the table is ordered */
  int                  width;    /* of the view when it was fitted last */
  int                  digit;    /* width of ten digits then */
  gboolean             fitting;  /* widths change by themselves */
  guint                tick;     /* before the next picture; 0 for none */
  guint                saving;   /* source that remembers widths; 0 for none */
};

static void
column_free (gpointer data)
{
  Column *self = data;

  g_signal_handlers_disconnect_by_data (self->column, self);
  gtk_column_view_remove_column (self->owner->view, self->column);
  g_object_unref (self->column);
  g_free (self);
}

/* Cells. */

static char *
dup_text (const Column *self,
          ShyRecord    *record)
{
  const char      *value = shy_record_get_value (record, self->position);
  g_autofree char *shown = shy_record_field_display (self->of, value);
  const char      *sign = value != NULL && self->look.sign != NULL ? self->look.sign (value) : NULL;

  return sign != NULL ? g_strdup_printf ("%s %s", sign, shown) : g_steal_pointer (&shown);
}

static void
show_cell (ShyRecord   *record,
           GtkListItem *item)
{
  GtkWidget       *label = gtk_list_item_get_child (item);
  const Column    *self = g_object_get_data (G_OBJECT (label), "column");
  const char      *value = shy_record_get_value (record, self->position);
  const char      *classes[] = { "numeric", NULL, NULL };
  g_autofree char *text = dup_text (self, record);

  gtk_label_set_label (GTK_LABEL (label), text);
  if (self->tooltip != G_MAXUINT)
    gtk_widget_set_tooltip_text (label, shy_record_get_value (record, self->tooltip));
  if (self->look.style == NULL)
    return;
  classes[1] = value != NULL ? self->look.style (value) : NULL;
  gtk_widget_set_css_classes (label, classes);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          Column                   *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), shy_record_field_is_number (self->of) ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "numeric");
  g_object_set_data (G_OBJECT (label), "column", self);
  g_object_set_data (G_OBJECT (label), ITEM, item);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  ShyRecord *record = gtk_list_item_get_item (item);

  g_signal_connect_object (record, "loaded", G_CALLBACK (show_cell), item, 0);
  show_cell (record, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_cell, item);
}

/*
 * shy_list_columns_find_row: the row that a widget belongs to, one that was pointed at or has the
 * keys, or NULL.
 */
GtkListItem *
shy_list_columns_find_row (GtkWidget *picked)
{
  for (GtkWidget *widget = picked; widget != NULL; widget = gtk_widget_get_first_child (widget))
    {
      GtkListItem *item = g_object_get_data (G_OBJECT (widget), ITEM);

      if (item != NULL)
        return item;
    }
  return NULL;
}

/* Widths. */

static double
get_digits (const Column *self)
{
  if (self->chosen > 0)
    return self->chosen;
  if (self->look.digits > 0)
    return self->look.digits;

  switch (self->of->type)
    {
    case SHY_FIELD_DATETIME:
      return 16;
    case SHY_FIELD_NUMBER:
    case SHY_FIELD_MONEY:
    case SHY_FIELD_INTEGER:
    case SHY_FIELD_CODE:
    case SHY_FIELD_DATE:
    case SHY_FIELD_MONTH:
    case SHY_FIELD_BOOLEAN:
      return 11;
    default:
      return 20;
    }
}

static int
get_width (const Column *self)
{
  return (int) (get_digits (self) * self->owner->digit / 10) + PADDING;
}

static gboolean
is_shown (const Column *self)
{
  return gtk_column_view_column_get_visible (self->column);
}

/* Gives the least number of what is dropped, so that the rest has room. */
static guint
find_drop (ShyListColumns *self)
{
  guint drop = 0;

  for (guint i = 0; i < self->columns->len; i++)
    drop = MAX (drop, ((Column *) self->columns->pdata[i])->look.drop);

  for (; drop > 0; drop--)
    {
      int sum = 0;

      for (guint i = 0; i < self->columns->len; i++)
        {
          const Column *column = self->columns->pdata[i];

          if (column->look.drop <= drop && is_shown (column))
            sum += get_width (column);
        }
      if (sum <= self->width)
        break;
    }

  return drop;
}

/* What is left in the view beside the other columns that stand first. */
static int
get_rest (ShyListColumns *self,
          const Column   *expanded,
          guint           drop)
{
  int rest = self->width;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = self->columns->pdata[i];

      if (column != expanded && column->look.drop <= drop && is_shown (column))
        rest -= get_width (column);
    }

  return MAX (rest, get_width (expanded));
}

/* Columns that have no room stand behind the others, where one gets by scrolling. */
static void
place_columns (ShyListColumns *self,
               guint           drop)
{
  guint place = 0;

  for (guint behind = 0; behind < 2; behind++)
    for (guint i = 0; i < self->columns->len; i++)
      {
        Column *column = self->columns->pdata[i];

        if ((column->look.drop > drop) == (behind == 1))
          gtk_column_view_insert_column (self->view, place++, column->column);
      }
}

static void
fit (ShyListColumns *self)
{
  guint drop = find_drop (self);

  self->fitting = TRUE;
  place_columns (self, drop);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = self->columns->pdata[i];
      gboolean      rest = column->look.expand && column->chosen <= 0;

      gtk_column_view_column_set_fixed_width (column->column, rest ? get_rest (self, column, drop)
                                                                   : get_width (column));
    }
  self->fitting = FALSE;
}

static int
measure_digits (ShyListColumns *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->view),
                                                                   "0000000000");
  int                     width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* Widths cannot change while they are given out: they do before the next picture. */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  ShyListColumns *self = data;
  int             width = gtk_widget_get_width (widget);
  int             digit = measure_digits (self);

  self->tick = 0;
  if (width > 0 && (width != self->width || digit != self->digit))
    {
      self->width = width;
      self->digit = digit;
      fit (self);
    }
  return G_SOURCE_REMOVE;
}

static void
size_changed (ShyListColumns *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), tick_cb, self, NULL);
}

static void
fit_anew (ShyListColumns *self)
{
  self->width = 0;
  size_changed (self);
}

/* What is remembered. */

static void
save_widths (ShyListColumns *self)
{
  g_auto (GVariantBuilder) widths = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sd}"));

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = self->columns->pdata[i];

      if (column->chosen > 0)
        g_variant_builder_add (&widths, "{sd}", column->of->name, column->chosen);
    }
  g_settings_set_value (self->settings, "widths", g_variant_builder_end (&widths));
}

static gboolean
save_widths_cb (gpointer data)
{
  ShyListColumns *self = data;

  self->saving = 0;
  save_widths (self);
  return G_SOURCE_REMOVE;
}

/* Whoever drags an edge changes the width many times; the last one counts. */
static void
resized_cb (Column *self)
{
  ShyListColumns *owner = self->owner;
  int             width = gtk_column_view_column_get_fixed_width (self->column);

  if (owner->fitting || owner->digit == 0 || width <= PADDING)
    return;

  self->chosen = (width - PADDING) * 10.0 / owner->digit;
  g_clear_handle_id (&owner->saving, g_source_remove);
  if (owner->settings != NULL)
    owner->saving = g_timeout_add (500, save_widths_cb, owner);
}

static void
read_widths (ShyListColumns *self)
{
  g_autoptr (GVariant) widths = NULL;

  if (self->settings == NULL)
    return;
  widths = g_settings_get_value (self->settings, "widths");
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = self->columns->pdata[i];

      g_variant_lookup (widths, column->of->name, "d", &column->chosen);
    }
}

/* Which columns are shown. */

static GSimpleAction *
find_action (ShyListColumns *self,
             const char     *prefix,
             guint           position)
{
  g_autofree char *name = g_strdup_printf ("%s-%u", prefix, position);

  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

/*
 * shy_list_columns_hide: shows all columns but these.
 * @names: (nullable): NULL for those that are hidden by design
 */
void
shy_list_columns_hide (ShyListColumns     *self,
                       const char * const *names)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column  *column = self->columns->pdata[i];
      gboolean hidden = names != NULL ? g_strv_contains (names, column->of->name)
                                      : column->look.hidden;

      gtk_column_view_column_set_visible (column->column, !hidden);
      g_simple_action_set_state (find_action (self, "show", i), g_variant_new_boolean (!hidden));
    }
  fit_anew (self);
}

/* shy_list_columns_dup_hidden: the names of the columns that are not shown. */
char **
shy_list_columns_dup_hidden (ShyListColumns *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = self->columns->pdata[i];

      if (!is_shown (column))
        g_strv_builder_add (names, column->of->name);
    }
  return g_strv_builder_end (names);
}

static void
read_hidden (ShyListColumns *self)
{
  g_autoptr (GVariant)     hidden = NULL;
  g_autofree const char  **names = NULL;

  if (self->settings != NULL)
    g_settings_get (self->settings, "hidden", "m@as", &hidden);
  if (hidden != NULL)
    names = g_variant_get_strv (hidden, NULL);
  shy_list_columns_hide (self, names);
}

/* One column always stays. */
static void
toggle_cb (GSimpleAction *action,
           GVariant      *state,
           gpointer       data)
{
  Column              *self = data;
  ShyListColumns      *owner = self->owner;
  g_auto (GStrv)       hidden = NULL;
  GVariant            *kept;

  gtk_column_view_column_set_visible (self->column, g_variant_get_boolean (state));
  hidden = shy_list_columns_dup_hidden (owner);
  if (g_strv_length (hidden) == owner->columns->len)
    {
      gtk_column_view_column_set_visible (self->column, TRUE);
      return;
    }
  g_simple_action_set_state (action, state);
  kept = g_variant_new_strv ((const char *const *) hidden, -1);
  if (owner->settings != NULL)
    g_settings_set_value (owner->settings, "hidden", g_variant_new_maybe (NULL, kept));
  fit_anew (owner);
}

/* shy_list_columns_dup_shown: the positions of the values that are shown, as the columns stand. */
guint *
shy_list_columns_dup_shown (ShyListColumns *self,
                            guint          *n_shown)
{
  GListModel *shown = gtk_column_view_get_columns (self->view);
  guint      *positions = g_new (guint, MAX (self->columns->len, 1));

  *n_shown = 0;
  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (shown, i);

      for (guint j = 0; j < self->columns->len; j++)
        if (((Column *) self->columns->pdata[j])->column == column && is_shown (self->columns->pdata[j]))
          positions[(*n_shown)++] = ((Column *) self->columns->pdata[j])->position;
    }
  return positions;
}

/* The order of the list. Sorting is SQL's: a sorter of GTK only tells which header was pressed, for
 * GTK 4.8 does not say it otherwise. */

static int
note_sorter (gconstpointer a,
             gconstpointer b,
             gpointer      data)
{
  Column *self = data;

  self->owner->noted = self;
  return 1;
}

/* shy_list_columns_get_sort: the column whose header was pressed last; "" for none. */
const char *
shy_list_columns_get_sort (ShyListColumns *self,
                           gboolean       *descending)
{
  GtkOrdering order = gtk_sorter_compare (gtk_column_view_get_sorter (self->view), self, self->view);

  *descending = order == GTK_ORDERING_SMALLER;
  return order != GTK_ORDERING_EQUAL && self->noted != NULL ? self->noted->of->name : "";
}

/* shy_list_columns_set_sort: orders the table as a header does. */
void
shy_list_columns_set_sort (ShyListColumns *self,
                           const char     *name,
                           gboolean        descending)
{
  GtkColumnViewColumn *by = NULL;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = self->columns->pdata[i];

      if (g_str_equal (column->of->name, name) && !column->look.unsorted)
        by = column->column;
    }
  gtk_column_view_sort_by_column (self->view, by, descending ? GTK_SORT_DESCENDING
                                                             : GTK_SORT_ASCENDING);
}

static void
sort_changed_cb (ShyListColumns *self)
{
  gboolean       descending;
  const char    *name = shy_list_columns_get_sort (self, &descending);
  GActionMap    *actions = G_ACTION_MAP (self->actions);

  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "order")),
                             g_variant_new_string (name));
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "descending")),
                             g_variant_new_boolean (descending));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "descending")),
                               *name != '\0');
  if (self->settings != NULL)
    g_settings_set (self->settings, "sort", "(sb)", name, descending);
}

static void
order_cb (GSimpleAction *action,
          GVariant      *state,
          gpointer       data)
{
  shy_list_columns_set_sort (data, g_variant_get_string (state, NULL), FALSE);
}

static void
descending_cb (GSimpleAction *action,
               GVariant      *state,
               gpointer       data)
{
  ShyListColumns *self = data;
  gboolean        before;

  shy_list_columns_set_sort (self, shy_list_columns_get_sort (self, &before),
                             g_variant_get_boolean (state));
}

static void
read_sort (ShyListColumns *self)
{
  g_autofree char *name = NULL;
  gboolean         descending;

  if (self->settings == NULL)
    return;
  g_settings_get (self->settings, "sort", "(sb)", &name, &descending);
  shy_list_columns_set_sort (self, name, descending);
}

/* The columns themselves. */

static guint
find_position (ShyListColumns *self,
               const char     *name)
{
  for (guint i = 0; name != NULL && i < self->of->len; i++)
    if (g_str_equal (((const ShyField *) self->of->pdata[i])->name, name))
      return i;
  return G_MAXUINT;
}

static void
find_look (ShyListColumns *self,
           Column         *column)
{
  for (guint i = 0; i < self->n_looks; i++)
    if (g_str_equal (self->looks[i].name, column->of->name))
      column->look = self->looks[i];
  column->tooltip = find_position (self, column->look.tooltip);
}

static void
add_toggle (ShyListColumns *self,
            Column         *column)
{
  g_autofree char          *name = g_strdup_printf ("show-%u", column->position);
  g_autoptr (GSimpleAction) action = NULL;

  action = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (TRUE));
  g_signal_connect (action, "change-state", G_CALLBACK (toggle_cb), column);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
add_column (ShyListColumns *self,
            guint           position)
{
  Column             *column = g_new0 (Column, 1);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  column->owner = self;
  column->of = self->of->pdata[position];
  column->position = position;
  find_look (self, column);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  column->column = gtk_column_view_column_new (shy_field_get_label (column->of), factory);
  gtk_column_view_column_set_resizable (column->column, TRUE);
  gtk_column_view_column_set_expand (column->column, column->look.expand);
  if (!column->look.unsorted)
    {
      g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (note_sorter, column, NULL));

      gtk_column_view_column_set_sorter (column->column, sorter);
    }
  g_signal_connect_swapped (column->column, "notify::fixed-width", G_CALLBACK (resized_cb), column);
  g_ptr_array_add (self->columns, column);
  add_toggle (self, column);
  gtk_column_view_append_column (self->view, column->column);
}

/* shy_list_columns_set_records: makes the columns of these of a list. */
void
shy_list_columns_set_records (ShyListColumns *self,
                              GPtrArray      *columns)
{
  if (shy_record_fields_equal (columns, self->of))
    return;

  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  self->noted = NULL;
  g_ptr_array_set_size (self->columns, 0);
  g_ptr_array_unref (self->of);
  self->of = g_ptr_array_ref (columns);
  self->fitting = TRUE;
  for (guint i = 0; i < columns->len; i++)
    add_column (self, i);
  self->fitting = FALSE;
  read_widths (self);
  read_hidden (self);
  read_sort (self);
  fit_anew (self);
}

/* shy_list_columns_remember: keeps what is chosen by hand in these, and takes what is kept there. */
void
shy_list_columns_remember (ShyListColumns *self,
                           GSettings      *settings)
{
  g_set_object (&self->settings, settings);
}

GActionGroup *
shy_list_columns_get_actions (ShyListColumns *self)
{
  return G_ACTION_GROUP (self->actions);
}

/* shy_list_columns_add_to_menu: what can be chosen of columns, and of their order by the keys. */
void
shy_list_columns_add_to_menu (ShyListColumns *self,
                              GMenu          *chosen,
                              GMenu          *order)
{
  g_menu_append (order, _("As They Came"), "columns.order::");
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column        *column = self->columns->pdata[i];
      g_autofree char     *show = g_strdup_printf ("columns.show-%u", i);
      g_autoptr (GMenuItem) item = g_menu_item_new (shy_field_get_label (column->of), NULL);

      g_menu_append (chosen, shy_field_get_label (column->of), show);
      g_menu_item_set_action_and_target (item, "columns.order", "s", column->of->name);
      if (!column->look.unsorted)
        g_menu_append_item (order, item);
    }
  g_menu_append (order, _("Largest First"), "columns.descending");
}

static void
add_order_actions (ShyListColumns *self)
{
  g_autoptr (GSimpleAction) order = NULL;
  g_autoptr (GSimpleAction) descending = NULL;

  order = g_simple_action_new_stateful ("order", G_VARIANT_TYPE_STRING, g_variant_new_string (""));
  g_signal_connect (order, "change-state", G_CALLBACK (order_cb), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (order));
  descending = g_simple_action_new_stateful ("descending", NULL, g_variant_new_boolean (FALSE));
  g_signal_connect (descending, "change-state", G_CALLBACK (descending_cb), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (descending));
}

/*
 * shy_list_columns_new:
 * @view: a table without columns, which outlives these
 * @looks: how columns are shown that are not shown as all of their type; stays
 */
ShyListColumns *
shy_list_columns_new (GtkColumnView       *view,
                      const ShyListColumn *looks,
                      guint                n_looks)
{
  ShyListColumns *self = g_new0 (ShyListColumns, 1);
  GtkAdjustment  *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));

  self->view = view;
  self->looks = looks;
  self->n_looks = n_looks;
  self->of = g_ptr_array_new_with_free_func (shy_field_free);
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->actions = g_simple_action_group_new ();
  add_order_actions (self);
  g_signal_connect_swapped (adjustment, "notify::page-size", G_CALLBACK (size_changed), self);
  g_signal_connect_swapped (gtk_widget_get_settings (GTK_WIDGET (view)), "notify::gtk-xft-dpi",
                            G_CALLBACK (size_changed), self);
  g_signal_connect_swapped (gtk_column_view_get_sorter (view), "changed",
                            G_CALLBACK (sort_changed_cb), self);
  return self;
}

/* shy_list_columns_free: also takes the columns from the table. */
void
shy_list_columns_free (ShyListColumns *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view));

  g_signal_handlers_disconnect_by_data (adjustment, self);
  g_signal_handlers_disconnect_by_data (gtk_widget_get_settings (GTK_WIDGET (self->view)), self);
  g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->tick);
  if (self->saving != 0)
    {
      g_source_remove (self->saving);
      save_widths (self);
    }
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->of);
  g_object_unref (self->actions);
  g_clear_object (&self->settings);
  g_free (self);
}
