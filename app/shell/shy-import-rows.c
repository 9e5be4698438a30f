/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-import-rows.h"

#include "shy-import-model.h"
#include "shy-list-keys.h"
#include "shy-toast.h"

#include <glib/gi18n-lib.h>

struct _ShyImportRows
{
  AdwBin               parent_instance;

  GtkLabel            *totals;
  GtkLabel            *advice;
  GtkCheckButton      *needs_work;
  GtkWidget           *export;
  GtkStack            *stack;
  AdwLeaflet          *leaflet;
  GtkListView         *list;
  GtkWidget           *back;
  GtkLabel            *place;
  GtkLabel            *state;
  GtkWidget           *next;
  AdwPreferencesGroup *cells;

  ShyImport           *import;  /* (owned) (nullable) */
  ShyImportModel      *model;   /* (owned) (nullable) */
  GPtrArray           *lines;   /* (owned) of GtkWidget: what stands in cells */
  guint                shown;   /* index of the row that is mended; GTK_INVALID_LIST_POSITION for none */
  guint                row;     /* of the sheet */
  int                  typed;   /* the field that was typed in last; -1 for none */
  gboolean             choosing; /* the list is being filled, nobody chooses */
};

G_DEFINE_FINAL_TYPE (ShyImportRows, shy_import_rows, ADW_TYPE_BIN)

enum { MENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
clear_cells (ShyImportRows *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    adw_preferences_group_remove (self->cells, self->lines->pdata[i]);
  g_ptr_array_set_size (self->lines, 0);
}

static void
add_line (ShyImportRows *self,
          GtkWidget     *line)
{
  adw_preferences_group_add (self->cells, line);
  g_ptr_array_add (self->lines, line);
}

static int
get_field (GtkWidget *line)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (line), "field"));
}

static void
mend (ShyImportRows *self,
      int            field,
      const char    *text)
{
  self->typed = field;
  shy_import_mend (self->import, self->row, (guint) field, text);
  g_signal_emit (self, signals[MENDED], 0);
}

static void
applied_cb (ShyImportRows *self,
            GtkWidget     *line)
{
  mend (self, get_field (line), gtk_editable_get_text (GTK_EDITABLE (line)));
}

static void
undone_cb (ShyImportRows *self,
           GtkWidget     *button)
{
  mend (self, get_field (button), NULL);
}

/* What the file says comes back. */
static GtkWidget *
new_undo (ShyImportRows *self,
          int            field)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");

  gtk_widget_set_tooltip_text (button, _("Back to what the file says"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Back to what the file says"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "field", GINT_TO_POINTER (field));
  g_signal_connect_object (button, "clicked", G_CALLBACK (undone_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* Names are texts, and no markup. */
static GtkWidget *
new_entry (ShyImportRows         *self,
           const ShyHeaderColumn *column,
           const char            *text)
{
  GtkWidget       *line = adw_entry_row_new ();
  g_autofree char *cell = shy_sheet_reference_new (self->row, column->column);
  /* Translators: the header of a column, then its cell. */
  g_autofree char *title = g_strdup_printf (_("%s (%s)"), column->header, cell);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  gtk_editable_set_text (GTK_EDITABLE (line), text != NULL ? text : "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (line), TRUE);
  g_object_set_data (G_OBJECT (line), "field", GINT_TO_POINTER (column->field));
  g_signal_connect_object (line, "apply", G_CALLBACK (applied_cb), self, G_CONNECT_SWAPPED);
  if (shy_import_is_mended (self->import, self->row, (guint) column->field))
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (line), new_undo (self, column->field));
  return line;
}

static void
add_fault (ShyImportRows *self,
           GtkWidget     *entry,
           const char    *fault)
{
  GtkWidget *line = adw_action_row_new ();
  GtkWidget *sign = gtk_image_new_from_icon_name ("dialog-error-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), fault);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  gtk_widget_add_css_class (sign, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (sign), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (line), sign);
  gtk_widget_set_can_focus (line, FALSE);
  gtk_widget_add_css_class (entry, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, fault, -1);
  add_line (self, line);
}

/* First what is wrong, then the others, both in the order of the sheet. */
static void
show_cells (ShyImportRows      *self,
            const ShyImportRow *row,
            gboolean            wrong)
{
  ShyHeaderMatch *match = shy_import_get_match (self->import);

  for (guint i = 0; i < shy_header_match_get_n_columns (match); i++)
    {
      const ShyHeaderColumn *column = shy_header_match_get_column (match, i);
      const char            *fault;
      GtkWidget             *entry;

      if (column->field < 0 || shy_header_match_find_column (match, (guint) column->field) != column)
        continue;
      fault = row->faults[column->field];
      if ((fault != NULL) != wrong)
        continue;
      entry = new_entry (self, column, row->texts[column->field]);
      add_line (self, entry);
      if (fault != NULL)
        add_fault (self, entry, fault);
    }
}

static void
show_state (ShyImportRows      *self,
            const ShyImportRow *row)
{
  g_autofree char *place = NULL;
  g_autofree char *state = NULL;

  if (row->title != NULL)
    /* Translators: the number of a row in a spreadsheet, and whose it is. */
    place = g_strdup_printf (_("Row %u · %s"), row->row, row->title);
  else
    /* Translators: the number of a row in a spreadsheet. */
    place = g_strdup_printf (_("Row %u"), row->row);
  gtk_label_set_label (self->place, place);
  state = row->words != NULL && *row->words != '\0' ? g_strdup_printf ("%s\n%s", row->label, row->words)
                                                    : g_strdup (row->label);
  gtk_label_set_label (self->state, state);
}

/* The next row that needs work, behind the one that is shown; else the first. */
static guint
find_next (ShyImportRows *self)
{
  guint n = shy_spool_get_n (shy_import_get_spool (self->import));

  for (guint i = 1; i <= n; i++)
    {
      guint index = (self->shown + i) % n;

      if (index != self->shown && shy_import_get_state (self->import, index) != SHY_IMPORT_READY)
        return index;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
show_row (ShyImportRows *self,
          guint          index)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (ShyImportRow) row = shy_import_read_row (self->import, index, &error);

  if (row == NULL)
    {
      shy_toast_error (GTK_WIDGET (self), error);
      return;
    }
  self->shown = index;
  self->row = row->row;
  clear_cells (self);
  show_state (self, row);
  show_cells (self, row, TRUE);
  show_cells (self, row, FALSE);
  gtk_widget_set_visible (self->next, find_next (self) != GTK_INVALID_LIST_POSITION);
}

/* The cell that was typed in if it is still wrong, else the way to the next row. */
static void
focus_on (ShyImportRows *self)
{
  gboolean ready = shy_import_get_state (self->import, self->shown) == SHY_IMPORT_READY;

  if (ready && gtk_widget_get_visible (self->next))
    gtk_widget_grab_focus (self->next);
  else if (ready)
    gtk_widget_activate_action (GTK_WIDGET (self), "import.focus-keep", NULL);
  else if (self->lines->len > 0)
    gtk_widget_grab_focus (self->lines->pdata[0]);
}

static void
selected_cb (ShyImportRows *self)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list));
  guint               position = gtk_single_selection_get_selected (selection);

  if (self->choosing || position == GTK_INVALID_LIST_POSITION)
    return;
  self->typed = -1;
  show_row (self, shy_import_model_get (self->model, position));
}

static void
activated_cb (ShyImportRows *self,
              guint          position)
{
  show_row (self, shy_import_model_get (self->model, position));
  adw_leaflet_set_visible_child_name (self->leaflet, "row");
  if (self->lines->len > 0)
    gtk_widget_grab_focus (self->lines->pdata[0]);
}

static void
back_cb (ShyImportRows *self)
{
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* Lists the rows; the one that is mended, or the next behind it, is chosen. */
static void
list_rows (ShyImportRows *self,
           guint          index)
{
  g_autoptr (GtkSingleSelection) selection = NULL;
  gboolean                       needs_work = gtk_check_button_get_active (self->needs_work);
  guint                          position;

  g_clear_object (&self->model);
  self->model = shy_import_model_new (self->import, needs_work);
  position = shy_import_model_find (self->model, index);
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  self->choosing = TRUE;
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_selected (selection, position);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  self->choosing = FALSE;
  g_signal_connect_object (selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0 ||
                                                   index != 0 ? "rows" : "none");
}

static void
filter_changed_cb (ShyImportRows *self)
{
  if (self->import == NULL)
    return;
  list_rows (self, self->shown != GTK_INVALID_LIST_POSITION ? self->shown : 0);
  if (self->shown == GTK_INVALID_LIST_POSITION && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    show_row (self, shy_import_model_get (self->model, 0));
}

static void
next_cb (ShyImportRows *self)
{
  guint index = find_next (self);

  if (index == GTK_INVALID_LIST_POSITION)
    return;
  self->typed = -1;
  list_rows (self, index);
  show_row (self, index);
  focus_on (self);
}

static void
show_totals (ShyImportRows *self)
{
  guint                       rejected = shy_import_count (self->import, SHY_IMPORT_REJECTED);
  guint                       faulty = shy_import_count (self->import, SHY_IMPORT_FAULTY);
  ShyImportTarget            *target = shy_import_get_target (self->import);
  g_autoptr (ShyImportSummary) summary = shy_import_summary_new ();
  g_autofree char            *first = NULL;
  g_autofree char            *second = NULL;

  if (SHY_IMPORT_TARGET_GET_CLASS (target)->describe != NULL)
    SHY_IMPORT_TARGET_GET_CLASS (target)->describe (target, self->import, summary);
  first = g_strdup_printf (ngettext ("%u row is rejected: it is not kept unless it is mended.",
                                     "%u rows are rejected: they are not kept unless they are mended.", rejected),
                           rejected);
  second = g_strdup_printf (ngettext ("%u row has a cell that cannot be read.",
                                      "%u rows have cells that cannot be read.", faulty), faulty);
  if (rejected > 0 && faulty > 0)
    {
      /* Translators: two whole sentences. */
      g_autofree char *both = g_strdup_printf (C_("between sentences", "%s %s"), first, second);

      gtk_label_set_label (self->advice, both);
    }
  else
    gtk_label_set_label (self->advice, rejected > 0 ? first : faulty > 0 ? second
                                                                         : _("Every row can be kept as it stands."));
  gtk_label_set_label (self->totals, summary->totals);
  gtk_widget_set_visible (GTK_WIDGET (self->totals), summary->totals != NULL);
  gtk_widget_set_visible (self->export, rejected > 0);
}

static void
shy_import_rows_dispose (GObject *object)
{
  ShyImportRows *self = SHY_IMPORT_ROWS (object);

  g_clear_object (&self->import);
  g_clear_object (&self->model);
  g_clear_pointer (&self->lines, g_ptr_array_unref);

  G_OBJECT_CLASS (shy_import_rows_parent_class)->dispose (object);
}

static void
shy_import_rows_class_init (ShyImportRowsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = shy_import_rows_dispose;

  signals[MENDED] = g_signal_new ("mended", SHY_TYPE_IMPORT_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  g_type_ensure (SHY_TYPE_IMPORT_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/shanye/Shanye/ui/shy-import-rows.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyImportRows, totals);
  gtk_widget_class_bind_template_child (widget_class, ShyImportRows, advice);
  gtk_widget_class_bind_template_child (widget_class, ShyImportRows, needs_work);
  gtk_widget_class_bind_template_child (widget_class, ShyImportRows, export);
  gtk_widget_class_bind_template_child (widget_class, ShyImportRows, stack);
  gtk_widget_class_bind_template_child (widget_class, ShyImportRows, leaflet);
  gtk_widget_class_bind_template_child (widget_class, ShyImportRows, list);
  gtk_widget_class_bind_template_child (widget_class, ShyImportRows, back);
  gtk_widget_class_bind_template_child (widget_class, ShyImportRows, place);
  gtk_widget_class_bind_template_child (widget_class, ShyImportRows, state);
  gtk_widget_class_bind_template_child (widget_class, ShyImportRows, next);
  gtk_widget_class_bind_template_child (widget_class, ShyImportRows, cells);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
shy_import_rows_init (ShyImportRows *self)
{
  self->lines = g_ptr_array_new ();
  self->shown = GTK_INVALID_LIST_POSITION;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (self->leaflet, "folded", self->back, "visible", G_BINDING_SYNC_CREATE);
  shy_list_keys_add (GTK_WIDGET (self->list), NULL);
}

/*
 * shy_import_rows_show: shows an import that ran.
 * @again: because a row was mended: it stays in view, and says what came of it
 */
void
shy_import_rows_show (ShyImportRows *self,
                      ShyImport     *import,
                      gboolean       again)
{
  g_set_object (&self->import, import);
  show_totals (self);
  if (again && self->shown != GTK_INVALID_LIST_POSITION)
    {
      list_rows (self, self->shown);
      show_row (self, self->shown);
      focus_on (self);
      return;
    }

  self->typed = -1;
  self->shown = GTK_INVALID_LIST_POSITION;
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  list_rows (self, 0);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    show_row (self, shy_import_model_get (self->model, 0));
}
