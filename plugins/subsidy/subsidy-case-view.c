/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-case-view.h"

#include "subsidy-case-ask.h"
#include "subsidy-case-report.h"
#include "subsidy-words.h"

#include "shy-facts-editor.h"
#include "shy-verdict-view.h"

#include <glib/gi18n-lib.h>

/* How long nothing must be typed before the case is decided again, in milliseconds. */
#define PAUSE 200

/* Where somebody goes who leaves a case with changes. */
typedef enum { LEAVE_NOT, LEAVE_TO_LIST, LEAVE_WINDOW } Leave;

struct _SubsidyCaseView
{
  AdwBin          parent_instance;

  GtkLabel       *title;
  GtkLabel       *subtitle;
  GtkToggleButton *facts_only;
  GtkButton      *save;
  GtkWidget      *discard;
  GtkStack       *stack;
  AdwStatusPage  *failure;
  AdwLeaflet     *leaflet;
  ShyFactsEditor *editor;
  ShyVerdictView *verdict;
  GtkWidget      *decided;         /* what is stored, beside what would be decided now */
  GtkLabel       *decided_head;
  GtkLabel       *decided_outcome;
  GtkLabel       *decided_reasons;
  GtkLabel       *today_head;
  GtkLabel       *difference;

  SubsidyDesk    *desk;         /* (owned) (nullable) */
  SubsidyCase    *shown;        /* (owned) (nullable) */
  ShyPolicy      *policy;       /* (owned) (nullable) of the case */
  SubsidyCaseAsk *asking;       /* (owned) */
  GCancellable   *cancellable;  /* (owned) of the case: cancelled when another is shown */
  GError         *unusable;     /* (owned) (nullable): why no policy decides it now */
  GCancellable   *deciding;     /* (owned) (nullable) of the decision under way */
  guint           pause;        /* source of the pause after typing; 0 for none */
  guint           folding;      /* source that follows the leaflet; 0 for none */
  Leave           leaving;      /* once the changes are saved */
};

G_DEFINE_FINAL_TYPE (SubsidyCaseView, subsidy_case_view, ADW_TYPE_BIN)

/* A decision on its way through a worker thread. */
typedef struct
{
  SubsidyDetail *detail;   /* (owned) of the case, which may be read again meanwhile */
  ShyFacts      *facts;    /* (owned) */
  ShyVerdict    *verdict;  /* (owned) (nullable) */
  GPtrArray     *changes;  /* (owned) (nullable) of ShyChange */
} Decision;

/* A verdict on its way to the register. */
typedef struct
{
  SubsidyCaseView *self;     /* (owned) */
  ShyVerdict      *verdict;  /* (owned) */
} Saving;

static void
saving_free (Saving *saving)
{
  g_clear_object (&saving->self);
  g_clear_object (&saving->verdict);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_clear_pointer (&decision->detail, subsidy_detail_unref);
  g_clear_pointer (&decision->facts, shy_facts_free);
  g_clear_object (&decision->verdict);
  g_clear_pointer (&decision->changes, g_ptr_array_unref);
  g_free (decision);
}

static void
stop_deciding (SubsidyCaseView *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  g_cancellable_cancel (self->deciding);
  g_clear_object (&self->deciding);
}

static void
stop (SubsidyCaseView *self)
{
  stop_deciding (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

static void
show_changed (SubsidyCaseView *self)
{
  gboolean changed = shy_facts_editor_is_changed (self->editor);

  gtk_widget_set_visible (self->discard, changed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save),
                            changed && self->deciding == NULL && self->pause == 0);
}

static void
decide_worker (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Decision *decision = data;
  GError   *error = NULL;

  decision->verdict = subsidy_detail_decide (decision->detail, decision->facts, &error);
  if (decision->verdict == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  decision->changes = shy_verdict_find_changes (decision->verdict, cancellable);
  g_task_return_boolean (task, TRUE);
}

static void
show_failure (SubsidyCaseView *self,
              const GError    *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  adw_status_page_set_description (self->failure, error->message);
  gtk_stack_set_visible_child_name (self->stack, "failure");
}

/* What was decided is shown as it is stored, whatever would be decided now. */
static void
show_decided (SubsidyCaseView *self)
{
  JsonObject      *verdict = subsidy_case_get_verdict (self->shown);
  g_autofree char *head = subsidy_case_describe_decided (self->shown);
  g_autofree char *outcome = subsidy_case_describe_outcome (self->shown);
  g_autofree char *reasons = subsidy_words_reasons (verdict);

  gtk_label_set_label (self->decided_head, head);
  gtk_label_set_label (self->decided_outcome, outcome);
  gtk_label_set_label (self->decided_reasons, *reasons != '\0' ? reasons
                                                              : _("Nothing speaks against it."));
  gtk_label_set_label (self->today_head, "");
  gtk_label_set_label (self->difference, "");
  gtk_widget_set_visible (self->decided, TRUE);
}

static void
show_difference (SubsidyCaseView *self,
                 ShyVerdict      *verdict)
{
  g_autofree char *head = subsidy_case_describe_today (self->shown, verdict);
  g_autofree char *difference = subsidy_case_describe_difference (self->shown, verdict);

  gtk_label_set_label (self->today_head, head);
  gtk_label_set_label (self->difference, difference != NULL ? difference
                                                            : _("Both come to the same."));
  if (difference != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->difference), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->difference), "heading");
}

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  SubsidyCaseView   *self = SUBSIDY_CASE_VIEW (source);
  Decision          *decision = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      /* The verdict that is shown is of other facts: it must not stand there any longer. */
      show_failure (self, error);
      return;
    }

  g_clear_object (&self->deciding);
  shy_verdict_view_set_verdict (self->verdict, decision->verdict, decision->changes);
  shy_facts_editor_show_settings (self->editor, shy_verdict_get_facts (decision->verdict));
  show_difference (self, decision->verdict);
  gtk_stack_set_visible_child_name (self->stack, "case");
  show_changed (self);
}

static void
decide (SubsidyCaseView *self)
{
  g_autoptr (GTask) task = NULL;
  Decision         *decision = g_new0 (Decision, 1);

  stop_deciding (self);
  self->deciding = g_cancellable_new ();
  decision->detail = subsidy_case_ref_detail (self->shown);
  decision->facts = shy_facts_editor_dup_facts (self->editor);

  task = g_task_new (self, self->deciding, decided_cb, NULL);
  g_task_set_source_tag (task, decide);
  g_task_set_task_data (task, decision, decision_free);
  g_task_run_in_thread (task, decide_worker);
}

static gboolean
pause_over_cb (gpointer data)
{
  SubsidyCaseView *self = data;

  self->pause = 0;
  decide (self);
  return G_SOURCE_REMOVE;
}

static void
facts_changed_cb (SubsidyCaseView *self)
{
  stop_deciding (self);
  self->pause = g_timeout_add (PAUSE, pause_over_cb, self);
  show_changed (self);
}

static void
show_title (SubsidyCaseView *self)
{
  g_autofree char *person = NULL;
  g_autofree char *county = subsidy_desk_dup_county (subsidy_case_get_county (self->shown));
  g_autofree char *subtitle = NULL;
  const char      *name = subsidy_case_get_name (self->shown);

  g_object_get (self->shown, "person", &person, NULL);
  subtitle = g_strjoin (" · ", self->policy != NULL ? shy_policy_get_title (self->policy)
                                                 : subsidy_case_get_policy (self->shown),
                        county,
                        person != NULL && *person != '\0' ? person : NULL, NULL);
  gtk_label_set_label (self->title, name != NULL && *name != '\0' ? name : _("Without a name"));
  gtk_label_set_label (self->subtitle, subtitle);
}

/* Of a case that was withdrawn, or whose policy decides nothing now, only what is stored is shown. */
static void
show_unusable (SubsidyCaseView *self)
{
  g_autofree char *withdrawn = NULL;

  if (self->unusable != NULL)
    {
      show_failure (self, self->unusable);
      return;
    }
  withdrawn = g_strdup_printf (_("Withdrawn at %s: %s"),
                               subsidy_case_get_withdrawn_at (self->shown),
                               subsidy_case_get_withdrawn_for (self->shown));
  adw_status_page_set_description (self->failure, withdrawn);
  gtk_stack_set_visible_child_name (self->stack, "failure");
}

/* What is typed outlives the program, whatever stops it. */
static void
keep_draft (SubsidyCaseView *self)
{
  g_autofree char *record = g_strdup_printf ("subsidy-case/%" G_GINT64_FORMAT,
                                             subsidy_case_get_id (self->shown));
  g_autofree char *base = g_strdup_printf ("%u", subsidy_case_get_revision (self->shown));

  shy_form_keep_draft (shy_facts_editor_get_form (self->editor), subsidy_desk_get_store (self->desk),
                       record, base);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SubsidyCaseView) self = user_data;
  g_autoptr (GError)          error = NULL;

  if (self->desk == NULL)
    return; /* the window was closed meanwhile */
  if (!subsidy_case_load_finish (SUBSIDY_CASE (source), result, &error))
    {
      show_failure (self, error);
      return;
    }

  show_decided (self);
  show_title (self);
  if (self->policy == NULL || subsidy_case_get_withdrawn_at (self->shown) != NULL)
    {
      show_unusable (self);
      return;
    }

  shy_facts_editor_set_facts (self->editor, self->policy, subsidy_case_get_facts (self->shown));
  keep_draft (self);
  subsidy_case_ask_show (self->asking, self->desk, self->shown, self->policy);
  decide (self);
}

static ShyPolicy *
find_policy (SubsidyCaseView *self,
             GError         **error)
{
  g_autofree char *day = NULL;
  GDate            on;

  g_object_get (self->shown, "decided-on", &day, NULL);
  g_date_clear (&on, 1);
  if (day != NULL)
    g_date_set_parse (&on, day);

  return shy_policy_registry_lookup (subsidy_desk_get_policies (self->desk),
                                     subsidy_case_get_policy (self->shown),
                                     g_date_valid (&on) ? &on : NULL, error);
}

/* A policy that is gone, or whose own cases fail, decides nothing: what is stored is read all the same. */
static void
load (SubsidyCaseView *self)
{
  g_autoptr (ShyPolicy) policy = NULL;

  stop (self);
  g_clear_error (&self->unusable);
  policy = find_policy (self, &self->unusable);
  g_set_object (&self->policy, policy);
  gtk_widget_set_visible (self->decided, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  gtk_widget_set_visible (self->discard, FALSE);
  if (subsidy_case_get_policy (self->shown) == NULL)
    {
      show_failure (self, self->unusable);
      return;
    }

  show_title (self);
  subsidy_case_load_async (self->shown, subsidy_desk_get_store (self->desk), policy,
                           self->cancellable, loaded_cb, g_object_ref (self));
}

static void
leave (SubsidyCaseView *self,
       Leave            where)
{
  self->leaving = LEAVE_NOT;
  if (where == LEAVE_TO_LIST)
    gtk_widget_activate_action (GTK_WIDGET (self), "subsidy.show-list", NULL);
  else if (where == LEAVE_WINDOW)
    gtk_window_close (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
forget_changes (SubsidyCaseView *self)
{
  stop_deciding (self);
  shy_form_mark_saved (shy_facts_editor_get_form (self->editor));
  shy_facts_editor_set_facts (self->editor, self->policy, subsidy_case_get_facts (self->shown));
  show_changed (self);
}

/* What the register held when it was stored may have been otherwise than what was shown, and other
 * cases may be concerned: that must be read, not seen in passing. */
static void
tell_saved (SubsidyCaseView *self,
            SubsidyCase     *saved)
{
  g_auto (GStrv)   remarks = subsidy_case_dup_remarks (saved);
  g_autofree char *body = g_strjoinv ("\n\n", remarks);
  GtkWidget       *dialog;

  if (*remarks == NULL)
    {
      shy_toast_message (GTK_WIDGET (self), _("The case was saved."));
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   _("Saved, With Consequences"), body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  SubsidyCaseView   *self = saving->self;
  g_autoptr (GError) error = NULL;
  Leave              where = self->leaving;

  self->leaving = LEAVE_NOT;
  if (self->desk == NULL)
    return; /* the window was closed meanwhile */
  if (!subsidy_case_save_finish (SUBSIDY_CASE (source), result, &error))
    {
      shy_toast_error (GTK_WIDGET (self), error);
      show_changed (self);
      return;
    }

  tell_saved (self, SUBSIDY_CASE (source));
  if (source != G_OBJECT (self->shown))
    return;

  shy_facts_editor_mark_saved (self->editor, shy_verdict_get_facts (saving->verdict));
  keep_draft (self);
  show_changed (self);
  show_decided (self);
  shy_focus_enter (GTK_WIDGET (self)); /* the button that was pressed takes no keys any longer */
  if (self->deciding == NULL && self->pause == 0)
    decide (self);
  leave (self, where);
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  SubsidyCaseView *self = SUBSIDY_CASE_VIEW (widget);
  ShyVerdict      *verdict = shy_verdict_view_get_verdict (self->verdict);
  Saving          *saving;

  if (shy_facts_editor_has_errors (self->editor))
    {
      shy_toast_message (widget, _("Something that was typed is not understood. "
                                   "Correct or clear it first."));
      shy_form_show_error (shy_facts_editor_get_form (self->editor));
      self->leaving = LEAVE_NOT;
      return;
    }
  if (verdict == NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->save)))
    {
      self->leaving = LEAVE_NOT;
      return;
    }

  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  saving = g_new0 (Saving, 1);
  saving->self = g_object_ref (self);
  saving->verdict = g_object_ref (verdict);
  subsidy_case_save_async (self->shown, subsidy_desk_get_store (self->desk), verdict, NULL,
                           self->cancellable, saved_cb, saving);
}

static void
discard_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  SubsidyCaseView *self = SUBSIDY_CASE_VIEW (widget);

  if (self->shown == NULL)
    return;
  shy_form_mark_saved (shy_facts_editor_get_form (self->editor));
  load (self);
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             SubsidyCaseView  *self)
{
  Leave where = self->leaving;

  if (g_str_equal (response, "save"))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "subsidy.save", NULL);
      return;
    }

  self->leaving = LEAVE_NOT;
  if (g_str_equal (response, "discard"))
    {
      forget_changes (self);
      leave (self, where);
    }
}

/* What somebody typed is never lost by a click. */
static void
ask (SubsidyCaseView *self,
     Leave            where)
{
  GtkWidget *dialog;

  if (self->leaving != LEAVE_NOT)
    return;

  self->leaving = where;
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   _("Save the Changes?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  /* Translators: %s is the name of an applicant. */
                                  _("What you changed in the case of %s is not saved yet."),
                                  gtk_label_get_label (self->title));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Go On Editing"),
                                    "discard", _("_Discard"), "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "save",
                                           gtk_widget_get_sensitive (GTK_WIDGET (self->save)));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
has_changes (SubsidyCaseView *self)
{
  return self->shown != NULL && shy_facts_editor_is_changed (self->editor);
}

static gboolean
close_request_cb (SubsidyCaseView *self)
{
  if (!has_changes (self))
    return GDK_EVENT_PROPAGATE;

  ask (self, LEAVE_WINDOW);
  return GDK_EVENT_STOP;
}

static void
leave_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  SubsidyCaseView *self = SUBSIDY_CASE_VIEW (widget);

  if (has_changes (self))
    ask (self, LEAVE_TO_LIST);
  else
    leave (self, LEAVE_TO_LIST);
}

static void
subsidy_case_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (subsidy_case_view_parent_class)->root (widget);

  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    g_signal_connect_object (gtk_widget_get_root (widget), "close-request",
                             G_CALLBACK (close_request_cb), widget, G_CONNECT_SWAPPED);
}

static void
subsidy_case_view_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), close_request_cb, widget);

  GTK_WIDGET_CLASS (subsidy_case_view_parent_class)->unroot (widget);
}

/* Where both sides do not fit beside each other, the button shows one of them. */
static void
side_toggled_cb (SubsidyCaseView *self)
{
  gboolean facts = gtk_toggle_button_get_active (self->facts_only);

  adw_leaflet_set_visible_child (self->leaflet,
                                 facts ? GTK_WIDGET (self->editor) : GTK_WIDGET (self->verdict));
}

static gboolean
show_sides_cb (gpointer data)
{
  SubsidyCaseView *self = data;

  self->folding = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->facts_only), adw_leaflet_get_folded (self->leaflet));
  return G_SOURCE_REMOVE;
}

/* The leaflet folds while room is given out; what appears in that moment would get none, and the bar
 * that holds it would not be drawn. */
static void
folded_cb (SubsidyCaseView *self)
{
  if (self->folding == 0)
    self->folding = g_idle_add (show_sides_cb, self);
}

static void
other_chosen_cb (SubsidyCaseView *self,
                 gint64           number)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "subsidy.open-case", "x", number);
}

static void
subsidy_case_view_dispose (GObject *object)
{
  SubsidyCaseView *self = SUBSIDY_CASE_VIEW (object);

  stop_deciding (self);
  g_clear_handle_id (&self->folding, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->shown);
  g_clear_object (&self->policy);
  g_clear_object (&self->desk);
  g_clear_object (&self->asking);
  g_clear_error (&self->unusable);

  G_OBJECT_CLASS (subsidy_case_view_parent_class)->dispose (object);
}

static void
subsidy_case_view_class_init (SubsidyCaseViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = subsidy_case_view_dispose;
  widget_class->root = subsidy_case_view_root;
  widget_class->unroot = subsidy_case_view_unroot;

  g_type_ensure (SHY_TYPE_FACTS_EDITOR);
  g_type_ensure (SHY_TYPE_VERDICT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/subsidy/subsidy-case-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, title);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, facts_only);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, save);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, discard);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, stack);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, failure);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, leaflet);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, editor);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, verdict);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, decided);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, decided_head);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, decided_outcome);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, decided_reasons);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, today_head);
  gtk_widget_class_bind_template_child (widget_class, SubsidyCaseView, difference);
  gtk_widget_class_bind_template_callback (widget_class, facts_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, side_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);

  gtk_widget_class_install_action (widget_class, "subsidy.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "subsidy.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "subsidy.leave", NULL, leave_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "subsidy.save",
                                       NULL);
}

static void
subsidy_case_view_init (SubsidyCaseView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->asking = subsidy_case_ask_new (self->editor);
  g_signal_connect_object (self->verdict, "other-chosen", G_CALLBACK (other_chosen_cb), self,
                           G_CONNECT_SWAPPED);
}

void
subsidy_case_view_set_desk (SubsidyCaseView *self,
                            SubsidyDesk     *desk)
{
  g_set_object (&self->desk, desk);
}

static void
scroll_to_top (GtkWidget *side)
{
  GtkWidget *scrolled = gtk_widget_get_first_child (side);

  if (GTK_IS_SCROLLED_WINDOW (scrolled))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), 0);
}

/* subsidy_case_view_show: shows a case, unless another has changes that are not saved: then that one
 * stays, and the person is asked. */
void
subsidy_case_view_show (SubsidyCaseView *self,
                        SubsidyCase     *chosen)
{
  if (has_changes (self))
    {
      ask (self, LEAVE_TO_LIST);
      return;
    }

  g_set_object (&self->shown, chosen);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  scroll_to_top (GTK_WIDGET (self->editor));
  scroll_to_top (GTK_WIDGET (self->verdict));
  load (self);
}
