/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-list-view.h"

#include "subsidy-cases.h"
#include "subsidy-export.h"

#include "shy-list-keys.h"
#include "shy-outcome.h"

#include <glib/gi18n-lib.h>

struct _SubsidyListView
{
  AdwBin          parent_instance;

  GtkBox         *head;
  GtkWidget      *buttons;
  GtkSearchEntry *search;
  GtkDropDown    *policy;
  GtkDropDown    *order;
  GtkToggleButton *all;
  GtkToggleButton *eligible;
  GtkToggleButton *not_eligible;
  GtkToggleButton *materials;
  GtkToggleButton *person;
  GtkToggleButton *batch;
  GtkStack       *stack;
  GtkColumnView  *cases_view;
  AdwStatusPage  *failure;
  GtkLabel       *count;
  GtkWidget      *export;

  SubsidyDesk    *desk;         /* (owned) (nullable) */
  SubsidyCases   *cases;        /* (owned) (nullable) */
  GPtrArray      *policies;     /* (owned) (nullable) of ids, in the order of the choice */
  GCancellable   *cancellable;  /* (owned) cancelled in dispose */
  gboolean        wants_focus;  /* the rows get it as soon as they are there */
  gint64          last_batch;   /* the import that was shown last; 0 for none */
};

G_DEFINE_FINAL_TYPE (SubsidyListView, subsidy_list_view, ADW_TYPE_BIN)

enum { CASE_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What the toggles stand for, in their order. */
typedef struct
{
  GtkToggleButton *button;
  const char      *word;   /* "" for all */
} Toggle;

#define N_TOGGLES 5

static void
get_toggles (SubsidyListView *self,
             Toggle          *toggles)
{
  toggles[0] = (Toggle) { self->all, "" };
  toggles[1] = (Toggle) { self->eligible, subsidy_outcome_to_word (SUBSIDY_ELIGIBLE) };
  toggles[2] = (Toggle) { self->not_eligible, subsidy_outcome_to_word (SUBSIDY_NOT_ELIGIBLE) };
  toggles[3] = (Toggle) { self->materials, subsidy_outcome_to_word (SUBSIDY_MATERIALS) };
  toggles[4] = (Toggle) { self->person, subsidy_outcome_to_word (SUBSIDY_PERSON) };
}

static void
show_toggle (GtkToggleButton *button,
             const char      *icon,
             const char      *label,
             guint            n,
             gboolean         known)
{
  GtkWidget       *content = gtk_button_get_child (GTK_BUTTON (button));
  g_autofree char *text = known ? g_strdup_printf ("%s %u", label, n) : g_strdup (label);

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* Until the register has answered, nothing is counted: a 0 would be a lie. */
static void
show_toggles (SubsidyListView *self,
              gboolean         known)
{
  const SubsidyTotals *totals = subsidy_cases_get_totals (self->cases);
  Toggle               toggles[N_TOGGLES];

  get_toggles (self, toggles);
  show_toggle (self->all, "view-list-symbolic", _("All"), subsidy_totals_sum (totals), known);
  for (guint i = 1; i < N_TOGGLES; i++)
    {
      SubsidyOutcome outcome = i - 1;

      show_toggle (toggles[i].button, shy_outcome_get_icon_name ((ShyPolicyOutcome) outcome),
                   subsidy_outcome_to_label (outcome), totals->of[outcome], known);
    }
}

static void
counted_cb (SubsidyListView *self)
{
  show_toggles (self, TRUE);
}

static gboolean
is_filtered (SubsidyListView *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' ||
         !gtk_toggle_button_get_active (self->all) ||
         gtk_toggle_button_get_active (self->batch) ||
         gtk_drop_down_get_selected (self->policy) != 0 ||
         *shy_context_get_scope (subsidy_desk_get_context (self->desk)) != '\0';
}

/* The keys go to the rows; to the search as long as there are none. */
static gboolean
subsidy_list_view_grab_focus (GtkWidget *widget)
{
  SubsidyListView *self = SUBSIDY_LIST_VIEW (widget);

  self->wants_focus = !gtk_widget_get_mapped (GTK_WIDGET (self->cases_view));
  if (!self->wants_focus && gtk_widget_grab_focus (GTK_WIDGET (self->cases_view)))
    return TRUE;
  return gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
focus_rows (SubsidyListView *self)
{
  if (self->wants_focus && gtk_widget_get_mapped (GTK_WIDGET (self->cases_view)) &&
      shy_focus_is_inside (GTK_WIDGET (self->search)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
show_state (SubsidyListView *self)
{
  g_autofree char *problem = NULL;
  g_autofree char *text = NULL;
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (self->cases));
  const char      *name = "list";

  g_object_get (self->cases, "error-message", &problem, NULL);
  if (problem != NULL)
    {
      adw_status_page_set_description (self->failure, problem);
      name = "failure";
    }
  else if (n == 0 && subsidy_cases_is_loading (self->cases))
    name = gtk_stack_get_visible_child_name (self->stack);
  else if (n == 0)
    name = is_filtered (self) ? "none" : "empty";
  gtk_stack_set_visible_child_name (self->stack, name);
  focus_rows (self);

  text = g_strdup_printf (ngettext ("%u case", "%u cases", n), n);
  gtk_label_set_label (self->count, text);
  gtk_widget_set_sensitive (self->export, n > 0);
}

static void
search_changed_cb (SubsidyListView *self)
{
  if (self->cases != NULL)
    subsidy_cases_set_text (self->cases, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
toggled_cb (SubsidyListView *self,
            GtkToggleButton *button)
{
  Toggle toggles[N_TOGGLES];

  if (self->cases == NULL || !gtk_toggle_button_get_active (button))
    return;

  get_toggles (self, toggles);
  for (guint i = 0; i < N_TOGGLES; i++)
    if (toggles[i].button == button)
      subsidy_cases_set_outcome (self->cases, toggles[i].word);
}

static void
batch_toggled_cb (SubsidyListView *self)
{
  gboolean active = gtk_toggle_button_get_active (self->batch);

  if (self->cases != NULL)
    subsidy_cases_set_batch (self->cases, active ? self->last_batch : 0);
}

static void
order_changed_cb (SubsidyListView *self)
{
  if (self->cases != NULL)
    subsidy_cases_set_order (self->cases, gtk_drop_down_get_selected (self->order));
}

static void
policy_changed_cb (SubsidyListView *self)
{
  guint position = gtk_drop_down_get_selected (self->policy);

  if (self->cases != NULL && position < self->policies->len)
    subsidy_cases_set_policy (self->cases, g_ptr_array_index (self->policies, position));
}

/* The first choice stands for all; of several versions of a policy the newest names it. */
static void
fill_policies (SubsidyListView *self)
{
  GPtrArray                *policies = shy_policy_registry_get_policies (
                                         subsidy_desk_get_policies (self->desk));
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  self->policies = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->policies, g_strdup (""));
  gtk_string_list_append (titles, _("All policies"));
  for (guint i = 0; i < policies->len; i++)
    {
      ShyPolicy  *policy = g_ptr_array_index (policies, i);
      const char *id = shy_policy_get_id (policy);
      const char *last = g_ptr_array_index (self->policies, self->policies->len - 1);

      if (g_str_equal (last, id))
        continue;
      g_ptr_array_add (self->policies, g_strdup (id));
      gtk_string_list_append (titles, shy_policy_get_title (policy));
    }

  gtk_drop_down_set_model (self->policy, G_LIST_MODEL (titles));
}

static void
scope_changed_cb (SubsidyListView *self)
{
  ShyContext *context = subsidy_desk_get_context (self->desk);

  subsidy_cases_set_scope (self->cases, shy_context_get_scope (context));
}

static void
retry_cb (SubsidyListView *self)
{
  if (self->cases != NULL)
    subsidy_cases_retry (self->cases);
}

static void
clear_filters_cb (SubsidyListView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_toggle_button_set_active (self->all, TRUE);
  gtk_toggle_button_set_active (self->batch, FALSE);
  gtk_drop_down_set_selected (self->policy, 0);
  shy_context_set_scope (subsidy_desk_get_context (self->desk), "");
}

static void
activated_cb (SubsidyListView *self,
              guint            position)
{
  g_autoptr (SubsidyCase) chosen = g_list_model_get_item (G_LIST_MODEL (self->cases), position);

  if (chosen != NULL && subsidy_case_is_loaded (chosen))
    g_signal_emit (self, signals[CASE_CHOSEN], 0, chosen);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  SubsidyListView   *self = SUBSIDY_LIST_VIEW (source);
  g_autoptr (GFile)  file = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->export, TRUE);
  if (!subsidy_export_finish (self, result, &error))
    shy_toast_error (GTK_WIDGET (self), error);
  else
    shy_toast_file (GTK_WIDGET (self), _("The results were exported."), file);
}

static void
export_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  SubsidyListView *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      subsidy_list_view_export (self, file);
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

  dialog = gtk_file_chooser_native_new (_("Export the Results"),
                                        GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), _("results.xlsx"));
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

  subsidy_list_view_export (SUBSIDY_LIST_VIEW (widget), file);
}

/* Closures of the columns. */

static char *
name_county_cb (GtkListItem *item,
                const char  *code)
{
  return subsidy_desk_dup_county (code);
}

static char *
name_policy_cb (GtkListItem *item,
                const char  *id)
{
  GtkWidget       *widget = gtk_list_item_get_child (item);
  SubsidyListView *self = NULL;

  if (widget != NULL)
    self = SUBSIDY_LIST_VIEW (gtk_widget_get_ancestor (widget, SUBSIDY_TYPE_LIST_VIEW));
  if (self == NULL || id == NULL)
    return g_strdup (id != NULL ? id : "");

  for (guint i = 1; i < self->policies->len; i++)
    if (g_str_equal (g_ptr_array_index (self->policies, i), id))
      {
        GListModel                  *titles = gtk_drop_down_get_model (self->policy);
        g_autoptr (GtkStringObject) title = g_list_model_get_item (titles, i);

        return g_strdup (gtk_string_object_get_string (title));
      }

  return g_strdup (id);
}

static char *
sign_outcome_cb (GtkListItem *item,
                 const char  *word,
                 const char  *label)
{
  static const char *const signs[] = { "✓", "✗", "…", "⚑" };
  SubsidyOutcome           outcome;

  if (word == NULL || !subsidy_outcome_parse (word, &outcome) || outcome >= G_N_ELEMENTS (signs))
    return g_strdup (label != NULL ? label : "");

  return g_strdup_printf ("%s %s", signs[outcome], label);
}

static char **
style_outcome_cb (GtkListItem *item,
                  const char  *word)
{
  SubsidyOutcome outcome;
  const char    *classes[] = { NULL, NULL };

  if (word != NULL && subsidy_outcome_parse (word, &outcome) && outcome < SUBSIDY_REJECTED)
    classes[0] = shy_outcome_get_css_class ((ShyPolicyOutcome) outcome);

  return g_strdupv ((char **) classes);
}

static void
subsidy_list_view_dispose (GObject *object)
{
  SubsidyListView *self = SUBSIDY_LIST_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->cases);
  g_clear_pointer (&self->policies, g_ptr_array_unref);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (subsidy_list_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, search);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, head);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, buttons);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, policy);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, order);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, all);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, eligible);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, not_eligible);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, materials);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, person);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, batch);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, stack);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, cases_view);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, failure);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, count);
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, export);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, batch_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, policy_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_filters_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_county_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_policy_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_outcome_cb);
  gtk_widget_class_bind_template_callback (widget_class, style_outcome_cb);
}

static void
subsidy_list_view_class_init (SubsidyListViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = subsidy_list_view_dispose;
  widget_class->grab_focus = subsidy_list_view_grab_focus;

  signals[CASE_CHOSEN] =
    g_signal_new ("case-chosen", SUBSIDY_TYPE_LIST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, SUBSIDY_TYPE_CASE);

  g_type_ensure (SUBSIDY_TYPE_CASE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/subsidy/subsidy-list-view.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "subsidy.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "subsidy.export-to", "s", export_to_action);
}

/* In the order of the columns. The name, the outcome and why are what a list is read for. */
static void
fit_columns (SubsidyListView *self)
{
  static const struct { guint digits, drop; } room[] = {
    { 9, 0 }, { 17, 4 }, { 9, 2 }, { 11, 5 }, { 11, 0 }, { 24, 0 }, { 11, 1 }, { 10, 3 },
  };
  GListModel    *columns = gtk_column_view_get_columns (self->cases_view);
  ShyColumnWidth widths[G_N_ELEMENTS (room)];

  g_assert (g_list_model_get_n_items (columns) == G_N_ELEMENTS (room));
  for (guint i = 0; i < G_N_ELEMENTS (room); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      widths[i] = (ShyColumnWidth) { column, room[i].digits, room[i].drop };
    }
  shy_column_fit_add (self->cases_view, widths, G_N_ELEMENTS (room));
}

/* Where the buttons leave no room for a name and a number, they stand below the search box. */
static gboolean
fold_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  SubsidyListView        *self = SUBSIDY_LIST_VIEW (widget);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "331122199202290010 ####");
  int                     buttons, room;

  pango_layout_get_pixel_size (layout, &room, NULL);
  gtk_widget_measure (self->buttons, GTK_ORIENTATION_HORIZONTAL, -1, &buttons, NULL, NULL, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head),
                                  gtk_widget_get_width (widget) < buttons + room
                                    ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  return G_SOURCE_REMOVE;
}

/* Nothing can be moved while room is given out: it is before the next picture. */
static void
fold (SubsidyListView *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self), fold_cb, NULL, NULL);
}

static void
fold_when_narrow (SubsidyListView *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->cases_view));

  g_signal_connect_object (adjustment, "notify::page-size", G_CALLBACK (fold), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (fold), self, G_CONNECT_SWAPPED);
}

static void
subsidy_list_view_init (SubsidyListView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  shy_list_keys_add (GTK_WIDGET (self->cases_view), GTK_WIDGET (self->search));
  fit_columns (self);
  fold_when_narrow (self);
  self->cancellable = g_cancellable_new ();
}

void
subsidy_list_view_set_desk (SubsidyListView *self,
                            SubsidyDesk     *desk)
{
  g_autoptr (GtkNoSelection) model = NULL;
  ShyContext                *context = subsidy_desk_get_context (desk);

  g_set_object (&self->desk, desk);
  self->cases = subsidy_cases_new (subsidy_desk_get_store (desk));
  g_signal_connect_object (self->cases, "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cases, "notify::loading", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cases, "notify::error-message", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cases, "counted", G_CALLBACK (counted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::scope", G_CALLBACK (scope_changed_cb), self,
                           G_CONNECT_SWAPPED);

  model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->cases)));
  gtk_column_view_set_model (self->cases_view, GTK_SELECTION_MODEL (model));
  fill_policies (self);
  scope_changed_cb (self);
  show_toggles (self, FALSE);
  show_state (self);
}

void
subsidy_list_view_show_outcome (SubsidyListView *self,
                                const char      *outcome)
{
  Toggle toggles[N_TOGGLES];

  get_toggles (self, toggles);
  gtk_toggle_button_set_active (self->batch, FALSE);
  gtk_drop_down_set_selected (self->policy, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  for (guint i = 0; i < N_TOGGLES; i++)
    if (g_str_equal (toggles[i].word, outcome))
      gtk_toggle_button_set_active (toggles[i].button, TRUE);
}

void
subsidy_list_view_show_batch (SubsidyListView *self,
                              gint64           batch)
{
  self->last_batch = batch;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_toggle_button_set_active (self->all, TRUE);
  gtk_drop_down_set_selected (self->policy, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->batch), TRUE);
  gtk_toggle_button_set_active (self->batch, TRUE);
  subsidy_cases_set_batch (self->cases, batch);
}

/* subsidy_list_view_export: writes the results of the cases that the filters leave. */
void
subsidy_list_view_export (SubsidyListView *self,
                          GFile           *file)
{
  gtk_widget_set_sensitive (self->export, FALSE);
  subsidy_export_async (self, self->cases, self->desk, file, self->cancellable, exported_cb,
                        g_object_ref (file));
}
