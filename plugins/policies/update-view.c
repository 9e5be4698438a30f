/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update-view.h"

#include "policies-updates.h"

#include <glib/gi18n-lib.h>

/* As many lines of a part are shown at once; more are behind a click. */
#define SHORT_PART 12

/* A change of so many characters fits into a line. */
#define SHORT_LINE 40

struct _PoliciesUpdateView
{
  AdwBin               parent_instance;

  GtkScrolledWindow   *window;
  GtkLabel            *title;
  GtkLabel            *versions;
  GtkLabel            *origin;
  AdwPreferencesGroup *refusal;
  AdwActionRow        *reason;
  GtkBox              *changes;
  AdwPreferencesGroup *rehearsal;
  AdwPreferencesGroup *applications;
  AdwPreferencesGroup *checks;
  GtkCheckButton      *read;
  ShySpinner          *spinner;
  GtkButton           *discard;
  GtkButton           *accept;

  GPtrArray           *rows; /* (owned) of GtkWidget in rehearsal and checks, to take them out */
};

G_DEFINE_FINAL_TYPE (PoliciesUpdateView, policies_update_view, ADW_TYPE_BIN)

enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static AdwActionRow *
new_row (const char *title, const char *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (row, 0);
  adw_action_row_set_subtitle_lines (row, 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (row, subtitle);
  return row;
}

static void
add_row (PoliciesUpdateView *self, AdwPreferencesGroup *group, AdwActionRow *row)
{
  adw_preferences_group_add (group, GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* “10,000元 → 12,000元” in a line; longer texts one below the other, to compare them. */
static GtkWidget *
new_saying (const ShyUpdateChange *change)
{
  g_autofree char *line = NULL;
  GtkWidget       *grid;

  if (change->before == NULL || change->after == NULL)
    return new_label (change->before != NULL ? change->before : change->after, NULL);
  line = g_strdup_printf (_("%s → %s"), change->before, change->after);
  if (g_utf8_strlen (line, -1) <= SHORT_LINE)
    return new_label (line, NULL);

  grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_grid_attach (GTK_GRID (grid), new_label (C_("a change", "Now"), "dim-label"), 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), new_label (change->before, NULL), 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), new_label (C_("a change", "Then"), "dim-label"), 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), new_label (change->after, NULL), 1, 1, 1, 1);
  return grid;
}

/* The thing that changes, and what becomes of it where it comes or goes. */
static char *
write_place (const ShyUpdateChange *change)
{
  g_autofree char *place = NULL;

  if (change->subject != NULL && change->member != NULL)
    /* Translators: one thing of a policy, and what of it. */
    place = g_strdup_printf (C_("place of a change", "%s: %s"), change->subject, change->member);
  else
    place = g_strdup (change->subject != NULL ? change->subject : change->member);
  if (place == NULL || change->kind == SHY_UPDATE_CHANGED)
    return g_steal_pointer (&place);
  /* Translators: one thing of a policy that comes or goes. */
  return change->kind == SHY_UPDATE_ADDED ? g_strdup_printf (_("New: %s"), place)
                                          : g_strdup_printf (_("No longer: %s"), place);
}

static GtkWidget *
new_change_row (const ShyUpdateChange *change)
{
  GtkWidget       *row = adw_preferences_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *place = write_place (change);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  if (place != NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), place);
      gtk_box_append (GTK_BOX (box), new_label (place, "dim-label"));
    }
  gtk_box_append (GTK_BOX (box), new_saying (change));
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static guint
count_part (const ShyUpdateReview *review, guint first)
{
  const ShyUpdateChange *change = review->changes->pdata[first];
  guint                  count = 0;

  for (guint i = first; i < review->changes->len; i++, count++)
    if (g_strcmp0 (((ShyUpdateChange *) review->changes->pdata[i])->part, change->part) != 0)
      break;
  return count;
}

/* A long part is folded: it would hide the others. */
static void
add_part (PoliciesUpdateView *self, const ShyUpdateReview *review, guint first, guint count)
{
  const ShyUpdateChange *change = review->changes->pdata[first];
  GtkWidget             *group = adw_preferences_group_new ();
  GtkWidget             *fold = count > SHORT_PART ? adw_expander_row_new () : NULL;
  g_autofree char       *text = NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), change->part);
  if (fold != NULL)
    {
      text = g_strdup_printf (ngettext ("%u change", "%u changes", count), count);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (fold), text);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), fold);
    }
  for (guint i = first; i < first + count; i++)
    {
      GtkWidget *row = new_change_row (review->changes->pdata[i]);

      if (fold != NULL)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (fold), row);
      else
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  gtk_box_append (self->changes, group);
}

static void
show_changes (PoliciesUpdateView *self, const ShyUpdateReview *review)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->changes))) != NULL)
    gtk_box_remove (self->changes, child);
  for (guint i = 0; i < review->changes->len;)
    {
      guint count = count_part (review, i);

      add_part (self, review, i, count);
      i += count;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->changes), review->changes->len > 0);
}

static void
show_rehearsal (PoliciesUpdateView *self, const ShyUpdateRehearsal *rehearsal)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->rehearsal), rehearsal != NULL);
  if (rehearsal == NULL)
    return;

  text = g_strdup_printf (ngettext ("Tried with %u case of the version before; %u comes out "
                                    "otherwise",
                                    "Tried with %u cases of the version before; %u come out "
                                    "otherwise",
                                    rehearsal->tried), rehearsal->tried, rehearsal->others);
  adw_preferences_group_set_description (self->rehearsal, text);
  for (guint i = 0; i < rehearsal->lines->len; i++)
    add_row (self, self->rehearsal, new_row (rehearsal->lines->pdata[i], NULL));
}

static void
show_applications (PoliciesUpdateView *self, const ShyUpdateRehearsal *rehearsal)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->applications), rehearsal != NULL);
  if (rehearsal == NULL)
    return;

  text = g_strdup_printf (ngettext ("Tried with %u application of the register, leaving earlier "
                                    "grants aside; %u comes out otherwise",
                                    "Tried with the %u newest applications of the register, leaving "
                                    "earlier grants aside; %u come out otherwise",
                                    rehearsal->tried), rehearsal->tried, rehearsal->others);
  adw_preferences_group_set_description (self->applications, text);
  for (guint i = 0; i < rehearsal->lines->len; i++)
    add_row (self, self->applications, new_row (rehearsal->lines->pdata[i], NULL));
}

static const char *
get_icon (ShyUpdateFinding finding)
{
  static const char *const names[] = {
    [SHY_UPDATE_FINE] = "emblem-ok-symbolic",
    [SHY_UPDATE_ATTENTION] = "dialog-warning-symbolic",
    [SHY_UPDATE_FAILED] = "dialog-error-symbolic",
    [SHY_UPDATE_SKIPPED] = "content-loading-symbolic",
  };

  return names[finding];
}

static void
show_checks (PoliciesUpdateView *self, const ShyUpdateReview *review)
{
  for (guint i = 0; i < review->checks->len; i++)
    {
      const ShyUpdateCheck *check = review->checks->pdata[i];
      AdwActionRow         *row = new_row (check->title, check->sentence);
      GtkWidget            *label = gtk_label_new (shy_update_finding_to_label (check->finding));

      gtk_widget_add_css_class (label, "dim-label");
      adw_action_row_add_suffix (row, label);
      adw_action_row_set_icon_name (row, get_icon (check->finding));
      add_row (self, self->checks, row);
    }
}

static char *
write_versions (const ShyUpdateReview *review)
{
  if (review->before == NULL)
    return g_strdup_printf (_("Version %s"), review->update->version);
  /* Translators: two versions. */
  return g_strdup_printf (_("Version %s → %s"), review->before, review->update->version);
}

static char *
write_origin (const ShyUpdateReview *review)
{
  g_autoptr (GDateTime) issued = g_date_time_new_from_iso8601 (review->update->issued_at, NULL);
  g_autofree char      *day = g_date_time_format (issued, C_("day of an update", "%-d %B %Y"));

  if (review->signer == NULL)
    /* Translators: a day. */
    return g_strdup_printf (_("Said to be issued on %s; by whom is not proven"), day);
  /* Translators: a day and who signed. */
  return g_strdup_printf (_("Issued on %s, signed by %s"), day, review->signer);
}

static void
clear_rows (PoliciesUpdateView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

/* policies_update_view_show: fills it with an update that waits. */
void
policies_update_view_show (PoliciesUpdateView    *self,
                           const ShyUpdateReview *review)
{
  const char      *reason = shy_update_review_get_reason (review);
  g_autofree char *versions = write_versions (review);
  g_autofree char *origin = write_origin (review);

  g_return_if_fail (POLICIES_IS_UPDATE_VIEW (self));

  clear_rows (self);
  gtk_label_set_label (self->title, review->title);
  gtk_label_set_label (self->versions, versions);
  gtk_label_set_label (self->origin, origin);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), reason != NULL);
  adw_action_row_set_subtitle (self->reason, reason != NULL ? reason : "");
  show_changes (self, review);
  show_rehearsal (self, review->rehearsal);
  show_applications (self, review->applications);
  show_checks (self, review);
  gtk_check_button_set_active (self->read, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->read), review->acceptable);
  gtk_widget_set_visible (GTK_WIDGET (self->accept), review->acceptable);
  gtk_widget_set_hexpand (GTK_WIDGET (self->discard), !review->acceptable);
  policies_update_view_set_busy (self, FALSE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->window), 0);
}

/* policies_update_view_set_busy: whether the answer is being carried out. */
void
policies_update_view_set_busy (PoliciesUpdateView *self,
                               gboolean            busy)
{
  shy_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->read), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->discard), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept),
                            !busy && gtk_check_button_get_active (self->read));
}

static void
discard_cb (PoliciesUpdateView *self)
{
  g_signal_emit (self, signals[ANSWERED], 0, POLICIES_UPDATE_DISCARD);
}

static void
accept_cb (PoliciesUpdateView *self)
{
  g_signal_emit (self, signals[ANSWERED], 0, POLICIES_UPDATE_ACCEPT);
}

static void
policies_update_view_finalize (GObject *object)
{
  g_ptr_array_unref (POLICIES_UPDATE_VIEW (object)->rows);

  G_OBJECT_CLASS (policies_update_view_parent_class)->finalize (object);
}

static void
policies_update_view_class_init (PoliciesUpdateViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = policies_update_view_finalize;
  signals[ANSWERED] = g_signal_new ("answered", POLICIES_TYPE_UPDATE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/policies/update-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, window);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, title);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, versions);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, origin);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, refusal);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, reason);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, changes);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, rehearsal);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, applications);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, checks);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, read);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, spinner);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, discard);
  gtk_widget_class_bind_template_child (widget_class, PoliciesUpdateView, accept);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
}

static void
policies_update_view_init (PoliciesUpdateView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
