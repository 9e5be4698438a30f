/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-verdict-view.h"

#include "shy-criterion-row.h"
#include "shy-outcome.h"

#include <glib/gi18n-lib.h>

/**
 * ShyVerdictView:
 *
 * Shows a verdict: the outcome with its amount, what would change it, and every clause that speaks.
 */
struct _ShyVerdictView
{
  AdwBin       parent_instance;

  GtkWidget   *banner;
  GtkImage    *sign;
  GtkLabel    *outcome;
  GtkLabel    *amount;
  GtkWidget   *reasons_group;
  GtkListBox  *reasons;
  GtkWidget   *changes_group;
  GtkListBox  *changes;
  GtkWidget   *warnings_group;
  GtkListBox  *warnings;
  GtkWidget   *criteria_group;
  GtkListBox  *criteria;
  GtkWidget   *limits_group;
  GtkListBox  *limits;

  ShyVerdict  *verdict;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ShyVerdictView, shy_verdict_view, ADW_TYPE_BIN)

enum { OTHER_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
clear (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

/* A schedule is shown year by year, a single amount as it is. */
static char *
describe_amount (ShyVerdict *verdict)
{
  guint               n_years = shy_verdict_get_n_years (verdict);
  g_autofree char    *total = shy_format_yuan (shy_verdict_get_amount (verdict));
  g_autoptr (GString) text = g_string_new (NULL);

  if (shy_verdict_get_outcome (verdict) != SHY_POLICY_ELIGIBLE ||
      shy_verdict_get_amount (verdict) <= 0)
    return NULL;

  /* Translators: %s is an amount in yuan. */
  g_string_append_printf (text, _("%s yuan"), total);
  for (guint i = 0; n_years > 1 && i < n_years; i++)
    {
      g_autofree char *year = shy_format_yuan (shy_verdict_get_year (verdict, i));

      g_string_append (text, i == 0 ? " = " : " + ");
      g_string_append (text, year);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_outcome (ShyVerdictView *self)
{
  static const char *const classes[] = { "success", "error", "warning", "accent" };
  ShyPolicyOutcome         outcome = shy_verdict_get_outcome (self->verdict);
  const char              *word = shy_policy_outcome_to_label (outcome);
  g_autofree char         *amount = describe_amount (self->verdict);

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->banner, classes[i]);
  gtk_widget_add_css_class (self->banner, shy_outcome_get_css_class (outcome));
  gtk_image_set_from_icon_name (self->sign, shy_outcome_get_icon_name (outcome));
  gtk_label_set_label (self->outcome, word);
  gtk_label_set_label (self->amount, amount != NULL ? amount : "");
  gtk_widget_set_visible (GTK_WIDGET (self->amount), amount != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->banner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  word, -1);
}

static GtkWidget *
new_sentence (const char *sentence)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sentence);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static void
add_sentence (GtkListBox *list,
              const char *icon,
              const char *sentence)
{
  GtkWidget *row = new_sentence (sentence);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  gtk_list_box_append (list, row);
}

static void
show_changes (ShyVerdictView *self,
              GPtrArray      *changes)
{
  clear (self->changes);
  gtk_widget_set_visible (self->changes_group, changes != NULL && changes->len > 0);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const ShyChange *change = g_ptr_array_index (changes, i);

      add_sentence (self->changes, "shanye-change-symbolic", change->message);
    }
}

static guint
count_warnings (ShyVerdictView *self,
                const char     *code)
{
  guint count = 0;

  for (guint i = 0; i < shy_verdict_get_n_warnings (self->verdict); i++)
    if (g_str_equal (shy_verdict_get_warning (self->verdict, i)->code, code))
      count++;

  return count;
}

/* What is said of several warnings of one kind, or NULL for a kind that is not folded. */
static char *
describe_warnings (const char *code,
                   guint       count)
{
  if (g_str_equal (code, "setting-unset"))
    return g_strdup_printf (ngettext ("The county has not set %u thing that is left to it",
                                      "The county has not set %u things that are left to it",
                                      count), count);
  if (g_str_equal (code, "setting-unverified"))
    return g_strdup_printf (ngettext ("%u setting of the county is not verified",
                                      "%u settings of the county are not verified", count), count);
  return NULL;
}

/* Several warnings of one kind are one line that opens: they must not hide the others. */
static void
add_folded (ShyVerdictView *self,
            const char     *code,
            const char     *title)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), image);
  for (guint i = 0; i < shy_verdict_get_n_warnings (self->verdict); i++)
    {
      const ShyVerdictWarning *warning = shy_verdict_get_warning (self->verdict, i);

      if (g_str_equal (warning->code, code))
        adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_sentence (warning->message));
    }
  gtk_list_box_append (self->warnings, row);
}

static void
show_warnings (ShyVerdictView *self)
{
  guint                  n = shy_verdict_get_n_warnings (self->verdict);
  g_autoptr (GHashTable) folded = g_hash_table_new (g_str_hash, g_str_equal);

  clear (self->warnings);
  gtk_widget_set_visible (self->warnings_group, n > 0);
  for (guint i = 0; i < n; i++)
    {
      const ShyVerdictWarning *warning = shy_verdict_get_warning (self->verdict, i);
      guint                    count = count_warnings (self, warning->code);
      g_autofree char *title = count > 1 ? describe_warnings (warning->code, count) : NULL;

      if (title == NULL)
        add_sentence (self->warnings, "dialog-warning-symbolic", warning->message);
      else if (g_hash_table_add (folded, (gpointer) warning->code))
        add_folded (self, warning->code, title);
    }
}

/* What speaks against the application comes first, what does not apply last. */
static guint
rank (ShyPolicyResult result)
{
  static const guint ranks[] = { 3, 0, 2, 1, 4 };

  return ranks[result];
}

/* Whether a clause or a limit with this result is why the outcome is what it is. */
static gboolean
is_decisive (ShyVerdictView  *self,
             ShyPolicyResult  result)
{
  switch (shy_verdict_get_outcome (self->verdict))
    {
    case SHY_POLICY_NOT_ELIGIBLE:
      return result == SHY_POLICY_RESULT_FALSE;
    case SHY_POLICY_MATERIALS:
    case SHY_POLICY_PERSON:
      return result != SHY_POLICY_RESULT_TRUE && result != SHY_POLICY_RESULT_SKIPPED;
    case SHY_POLICY_ELIGIBLE:
    default:
      return FALSE;
    }
}

static void
show_criteria (ShyVerdictView *self)
{
  guint n = shy_verdict_get_n_criteria (self->verdict);

  clear (self->criteria);
  for (guint r = 0; r <= 4; r++)
    for (guint i = 0; i < n; i++)
      {
        const ShyVerdictCriterion *criterion = shy_verdict_get_criterion (self->verdict, i);

        if (rank (criterion->result) == r)
          gtk_list_box_append (is_decisive (self, criterion->result) ? self->reasons
                                                                     : self->criteria,
                               shy_criterion_row_new_for_criterion (self->verdict, criterion));
      }
  gtk_widget_set_visible (self->criteria_group,
                          gtk_widget_get_first_child (GTK_WIDGET (self->criteria)) != NULL);
}

static void
show_limits (ShyVerdictView *self)
{
  guint n = shy_verdict_get_n_limits (self->verdict);

  clear (self->limits);
  for (guint i = 0; i < n; i++)
    {
      const ShyVerdictLimit *limit = shy_verdict_get_limit (self->verdict, i);

      gtk_list_box_append (is_decisive (self, limit->result) ? self->reasons : self->limits,
                           shy_criterion_row_new_for_limit (self->verdict, limit));
    }
  gtk_widget_set_visible (self->limits_group,
                          gtk_widget_get_first_child (GTK_WIDGET (self->limits)) != NULL);
}

/* Why it is so comes first; what else was looked at stands behind. */
static void
show_reasons (ShyVerdictView *self)
{
  clear (self->reasons);
  show_criteria (self);
  show_limits (self);
  gtk_widget_set_visible (self->reasons_group,
                          gtk_widget_get_first_child (GTK_WIDGET (self->reasons)) != NULL);
}

static void
open_other_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  g_signal_emit (widget, signals[OTHER_CHOSEN], 0, g_variant_get_int64 (parameter));
}

static void
shy_verdict_view_dispose (GObject *object)
{
  g_clear_object (&SHY_VERDICT_VIEW (object)->verdict);

  G_OBJECT_CLASS (shy_verdict_view_parent_class)->dispose (object);
}

static void
shy_verdict_view_class_init (ShyVerdictViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = shy_verdict_view_dispose;

  /**
   * ShyVerdictView::other-chosen:
   * @self: a view
   * @number: an application of the register
   *
   * The person wants to see the application that stands in the way of this one.
   */
  signals[OTHER_CHOSEN] =
    g_signal_new ("other-chosen", SHY_TYPE_VERDICT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_install_action (widget_class, "verdict.open-other", "x", open_other_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/ui/shy-verdict-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, banner);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, sign);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, outcome);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, amount);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, reasons_group);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, reasons);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, changes_group);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, changes);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, warnings_group);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, warnings);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, criteria_group);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, criteria);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, limits_group);
  gtk_widget_class_bind_template_child (widget_class, ShyVerdictView, limits);
}

static void
shy_verdict_view_init (ShyVerdictView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * shy_verdict_view_new:
 *
 * Returns: (transfer none): a view without a verdict
 */
GtkWidget *
shy_verdict_view_new (void)
{
  return g_object_new (SHY_TYPE_VERDICT_VIEW, NULL);
}

/**
 * shy_verdict_view_set_verdict: (skip)
 * @self: a view
 * @verdict: the verdict
 * @changes: (nullable) (element-type ShyChange): what would change it
 *
 * Shows a verdict in the place of the one before.
 */
void
shy_verdict_view_set_verdict (ShyVerdictView *self,
                              ShyVerdict     *verdict,
                              GPtrArray      *changes)
{
  g_return_if_fail (SHY_IS_VERDICT_VIEW (self));
  g_return_if_fail (SHY_IS_VERDICT (verdict));

  g_set_object (&self->verdict, verdict);
  show_outcome (self);
  show_changes (self, changes);
  show_warnings (self);
  show_reasons (self);
}

/**
 * shy_verdict_view_get_verdict:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what it shows
 */
ShyVerdict *
shy_verdict_view_get_verdict (ShyVerdictView *self)
{
  g_return_val_if_fail (SHY_IS_VERDICT_VIEW (self), NULL);

  return self->verdict;
}
