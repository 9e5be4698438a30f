/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-list-view.h"

#include "subsidy-export.h"
#include "subsidy-list.h"

#include "shy-outcome.h"

#include <glib/gi18n-lib.h>

struct _SubsidyListView
{
  AdwBin        parent_instance;

  ShyListPage  *page;

  SubsidyDesk  *desk;         /* (owned) (nullable) */
  GCancellable *cancellable;  /* (owned) cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (SubsidyListView, subsidy_list_view, ADW_TYPE_BIN)

#define N_OUTCOMES 4

static gboolean
find_outcome (const char     *label,
              SubsidyOutcome *outcome)
{
  for (*outcome = 0; *outcome < N_OUTCOMES; (*outcome)++)
    if (g_str_equal (label, subsidy_outcome_to_label (*outcome)))
      return TRUE;
  return FALSE;
}

/* Colour is never the only sign. */
static const char *
sign_outcome (const char *label)
{
  static const char *const signs[N_OUTCOMES] = { "✓", "✗", "…", "⚑" };
  SubsidyOutcome           outcome;

  return find_outcome (label, &outcome) ? signs[outcome] : NULL;
}

static const char *
style_outcome (const char *label)
{
  SubsidyOutcome outcome;

  return find_outcome (label, &outcome) ? shy_outcome_get_css_class ((ShyPolicyOutcome) outcome)
                                        : "dim-label";
}

/* The name, the outcome and why are what a list is read for. */
static const ShyListColumn looks[] = {
  { "name", 9, 0 },
  { "person", 17, 4, .unsorted = TRUE },
  { "county", 9, 2 },
  { "policy", 11, 5, .tooltip = "decided-by" },
  { "outcome", 11, 0, .sign = sign_outcome, .style = style_outcome },
  { "reason", 24, 0, .expand = TRUE, .unsorted = TRUE, .tooltip = "reason" },
  { "amount", 11, 1 },
  { "decided-on", 10, 3 },
  { "decided-by", 30, 6, .hidden = TRUE, .unsorted = TRUE },
};

static void
activated_cb (SubsidyListView *self,
              ShyRecord       *record)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "subsidy.open-case", "x", shy_record_get_id (record));
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GFile)  file = user_data;
  g_autoptr (GError) error = NULL;

  subsidy_export_finish (source, result, &error);
  shy_list_page_end_export (SUBSIDY_LIST_VIEW (source)->page, file, NULL, error);
}

/* What is exported are the results, with what decided them, not the columns. */
static gboolean
export_cb (SubsidyListView *self,
           GArray          *ids,
           GFile           *file)
{
  subsidy_export_async (self, ids, self->desk, file, self->cancellable, exported_cb,
                        g_object_ref (file));
  return TRUE;
}

static void
show_all_cb (SubsidyListView *self)
{
  shy_context_set_scope (subsidy_desk_get_context (self->desk), "");
}

static void
scope_changed_cb (SubsidyListView *self)
{
  ShyContext *context = subsidy_desk_get_context (self->desk);

  shy_list_page_set_filter (self->page, "scope", shy_context_get_scope (context));
}

static gboolean
subsidy_list_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SUBSIDY_LIST_VIEW (widget)->page));
}

static void
subsidy_list_view_dispose (GObject *object)
{
  SubsidyListView *self = SUBSIDY_LIST_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (subsidy_list_view_parent_class)->dispose (object);
}

static void
subsidy_list_view_class_init (SubsidyListViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = subsidy_list_view_dispose;
  widget_class->grab_focus = subsidy_list_view_grab_focus;

  g_type_ensure (SHY_TYPE_LIST_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/subsidy/subsidy-list-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SubsidyListView, page);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
}

static void
add_outcomes (SubsidyListView *self)
{
  ShyListChip chips[1 + N_OUTCOMES] = { { "", _("All"), "view-list-symbolic" } };

  for (SubsidyOutcome outcome = 0; outcome < N_OUTCOMES; outcome++)
    chips[1 + outcome] = (ShyListChip) { subsidy_outcome_to_word (outcome),
                                         subsidy_outcome_to_label (outcome),
                                         shy_outcome_get_icon_name ((ShyPolicyOutcome) outcome) };
  shy_list_page_add_chips (self->page, "outcome", chips, G_N_ELEMENTS (chips));
}

static void
subsidy_list_view_init (SubsidyListView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  shy_list_page_set_columns (self->page, looks, G_N_ELEMENTS (looks));
  shy_list_page_add_button (self->page, _("_Open a Spreadsheet…"), "win.open-file");
  add_outcomes (self);
}

/* Of several versions of a policy the newest names it. */
static GHashTable *
add_policies (SubsidyListView *self)
{
  GPtrArray               *policies = shy_policy_registry_get_policies (
                                        subsidy_desk_get_policies (self->desk));
  GHashTable              *titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray)    values = g_ptr_array_new ();
  g_autoptr (GPtrArray)    labels = g_ptr_array_new ();

  g_ptr_array_add (values, (gpointer) "");
  g_ptr_array_add (labels, (gpointer) _("All policies"));
  for (guint i = 0; i < policies->len; i++)
    {
      ShyPolicy  *policy = g_ptr_array_index (policies, i);
      const char *id = shy_policy_get_id (policy);

      if (g_hash_table_contains (titles, id))
        continue;
      g_hash_table_insert (titles, g_strdup (id), g_strdup (shy_policy_get_title (policy)));
      g_ptr_array_add (values, (gpointer) id);
      g_ptr_array_add (labels, (gpointer) shy_policy_get_title (policy));
    }
  g_ptr_array_add (values, NULL);
  g_ptr_array_add (labels, NULL);
  shy_list_page_add_choice (self->page, "policy", _("Policy of the cases shown"),
                            (const char *const *) values->pdata, (const char *const *) labels->pdata);
  return titles;
}

void
subsidy_list_view_set_desk (SubsidyListView *self,
                            SubsidyDesk     *desk)
{
  g_autoptr (GHashTable) titles = NULL;
  g_autoptr (ShyRecords) records = NULL;

  g_set_object (&self->desk, desk);
  g_signal_connect_object (subsidy_desk_get_context (desk), "notify::scope",
                           G_CALLBACK (scope_changed_cb), self, G_CONNECT_SWAPPED);
  titles = add_policies (self);
  scope_changed_cb (self);
  records = subsidy_list_new (subsidy_desk_get_store (desk), titles);
  shy_list_page_set_records (self->page, records);
}

void
subsidy_list_view_show_outcome (SubsidyListView *self,
                                const char      *outcome)
{
  shy_list_page_show_all (self->page);
  shy_list_page_set_filter (self->page, "outcome", outcome);
}

void
subsidy_list_view_show_batch (SubsidyListView *self,
                              gint64           batch)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, batch);

  shy_list_page_show_all (self->page);
  shy_list_page_show_toggle (self->page, "batch",
                             &(ShyListChip) { number, _("Only the last import"), NULL });
}
