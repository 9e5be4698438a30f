/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-ask-window.h"

#include "subsidy-ask-rows.h"

#include "shy-spinner.h"
#include "shy-toast.h"

#include <glib/gi18n-lib.h>

struct _SubsidyAskWindow
{
  AdwWindow            parent_instance;

  GtkButton           *cancel;
  GtkStack            *buttons;
  ShySpinner          *spinner;
  GtkStack            *stack;
  AdwPreferencesPage  *permission;
  AdwPreferencesGroup *allowed_group;
  AdwPreferencesPage  *answers;

  ShyPolicy           *policy;      /* (owned) */
  ShyFacts            *facts;       /* (owned) */
  SubsidyInquiry      *inquiry;     /* (owned): what can be asked */
  GPtrArray           *questions;   /* (owned): of SubsidyLookup */
  GPtrArray           *groups;      /* (owned): of AdwPreferencesGroup, one for each question asked */
  GPtrArray           *asked;       /* (owned): of SubsidyLookup of @questions, as @groups */
  GPtrArray           *offers;      /* (owned): of SubsidyOffer */
  GtkCheckButton      *allowed;     /* whether the applicant allowed it */
  GCancellable        *cancellable; /* (owned) */
  guint                arrived;     /* answers */
};

G_DEFINE_FINAL_TYPE (SubsidyAskWindow, subsidy_ask_window, ADW_TYPE_WINDOW)

enum { TAKEN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Whether a question is of use: it gives the fact, or one of those that are missing. */
static gboolean
is_wanted (const SubsidyAsking   *asking,
           const SubsidyLookup *question)
{
  if (asking->fact != NULL)
    return subsidy_lookup_gives (question, asking->fact);
  for (char **fact = question->facts; *fact != NULL; fact++)
    if (shy_facts_lookup (asking->facts, *fact) == NULL)
      return TRUE;
  return FALSE;
}

/* subsidy_ask_count_questions: how many questions the window would show. */
guint
subsidy_ask_count_questions (const SubsidyAsking *asking)
{
  guint count = 0;

  for (guint i = 0; i < asking->lookups->lookups->len; i++)
    if (is_wanted (asking, asking->lookups->lookups->pdata[i]))
      count++;
  return count;
}

static void
show_allowed (SubsidyAskWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ask.send",
                                 self->asked->len > 0 &&
                                   gtk_check_button_get_active (self->allowed));
}

/* Stands below the questions, where it is seen however many there are. */
static void
add_permission (SubsidyAskWindow *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 _("The applicant's written authorisation is on file"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _("The journal keeps who asked which service what kind of question "
                                 "for which case, and when. It keeps no numbers and no answers."));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The applicant's written authorisation is on file"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (self->allowed_group, row);
  self->allowed = GTK_CHECK_BUTTON (check);
  g_signal_connect_object (check, "toggled", G_CALLBACK (show_allowed), self, G_CONNECT_SWAPPED);
}

static void
add_question (SubsidyAskWindow *self,
              SubsidyLookup  *question)
{
  gboolean complete;

  adw_preferences_page_add (self->permission,
                            subsidy_ask_group_to_send (question, self->facts, &complete));
  if (complete && subsidy_inquiry_add (self->inquiry, question, self->facts, NULL))
    g_ptr_array_add (self->asked, question);
}

static void
answered_cb (SubsidyAskWindow *self,
             guint             index,
             ShyLookupAnswer  *answer)
{
  self->arrived++;
  subsidy_ask_group_answer (self->groups->pdata[index], answer, self->policy, self->facts,
                            self->offers);
}

/* What was not answered any more, for whatever reason. */
static void
end_waiting (SubsidyAskWindow *self,
             const char       *why)
{
  for (guint i = self->arrived; i < self->groups->len; i++)
    subsidy_ask_group_describe (self->groups->pdata[i], why);
  shy_spinner_set_spinning (self->spinner, FALSE);
  gtk_stack_set_visible_child_name (self->buttons, "answers");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ask.take", self->offers->len > 0);
  gtk_button_set_label (self->cancel, _("_Close"));
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (SubsidyAskWindow) self = user_data;
  g_autoptr (GError)           error = NULL;

  if (gtk_widget_in_destruction (GTK_WIDGET (self)))
    return;
  if (subsidy_inquiry_run_finish (SUBSIDY_INQUIRY (source), result, &error))
    end_waiting (self, "");
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end_waiting (self, error->message);
  else if (self->arrived > 0)
    end_waiting (self, _("Cancelled. Nothing is known."));
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
send_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  SubsidyAskWindow *self = SUBSIDY_ASK_WINDOW (widget);

  gtk_widget_action_set_enabled (widget, "ask.send", FALSE);
  for (guint i = 0; i < self->asked->len; i++)
    {
      AdwPreferencesGroup *group = subsidy_ask_group_waiting (self->asked->pdata[i]);

      g_ptr_array_add (self->groups, group);
      adw_preferences_page_add (self->answers, group);
    }
  gtk_stack_set_visible_child_name (self->stack, "answers");
  gtk_stack_set_visible_child_name (self->buttons, "waiting");
  shy_spinner_set_spinning (self->spinner, TRUE);
  g_signal_connect_object (self->inquiry, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
  subsidy_inquiry_run_async (self->inquiry, self->cancellable, ran_cb, g_object_ref (self));
}

static void
take_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  SubsidyAskWindow *self = SUBSIDY_ASK_WINDOW (widget);

  for (guint i = 0; i < self->offers->len; i++)
    {
      const SubsidyOffer *offer = g_ptr_array_index (self->offers, i);

      if (gtk_check_button_get_active (offer->check))
        g_signal_emit (self, signals[TAKEN], 0, offer->name, offer->text, offer->place);
    }
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
is_waiting (SubsidyAskWindow *self)
{
  return g_str_equal (gtk_stack_get_visible_child_name (self->buttons), "waiting");
}

static void
cancel_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  SubsidyAskWindow *self = SUBSIDY_ASK_WINDOW (widget);

  if (is_waiting (self))
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
subsidy_ask_window_dispose (GObject *object)
{
  SubsidyAskWindow *self = SUBSIDY_ASK_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->inquiry);
  g_clear_object (&self->policy);
  g_clear_pointer (&self->facts, shy_facts_free);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);

  G_OBJECT_CLASS (subsidy_ask_window_parent_class)->dispose (object);
}

static void
subsidy_ask_window_class_init (SubsidyAskWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = subsidy_ask_window_dispose;
  signals[TAKEN] = g_signal_new ("taken", SUBSIDY_TYPE_ASK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/subsidy/subsidy-ask-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SubsidyAskWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, SubsidyAskWindow, buttons);
  gtk_widget_class_bind_template_child (widget_class, SubsidyAskWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, SubsidyAskWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SubsidyAskWindow, permission);
  gtk_widget_class_bind_template_child (widget_class, SubsidyAskWindow, allowed_group);
  gtk_widget_class_bind_template_child (widget_class, SubsidyAskWindow, answers);

  gtk_widget_class_install_action (widget_class, "ask.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "ask.take", NULL, take_action);
  gtk_widget_class_install_action (widget_class, "ask.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "ask.cancel", NULL);
}

static void
subsidy_ask_window_init (SubsidyAskWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->groups = g_ptr_array_new ();
  self->asked = g_ptr_array_new ();
  self->offers = g_ptr_array_new_with_free_func (subsidy_offer_free);
}

/* subsidy_ask_window_new: a window that has asked nothing yet. */
GtkWidget *
subsidy_ask_window_new (const SubsidyAsking *asking)
{
  SubsidyAskWindow *self = g_object_new (SUBSIDY_TYPE_ASK_WINDOW, NULL);
  GPtrArray        *questions = asking->lookups->lookups;

  self->policy = g_object_ref (asking->policy);
  self->facts = shy_facts_copy (asking->facts);
  self->questions = g_ptr_array_ref (questions);
  self->inquiry = subsidy_inquiry_new (asking->store, asking->case_id);
  for (guint i = 0; i < questions->len; i++)
    if (is_wanted (asking, questions->pdata[i]))
      add_question (self, questions->pdata[i]);
  add_permission (self);
  show_allowed (self);
  return GTK_WIDGET (self);
}
