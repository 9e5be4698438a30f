/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-case-ask.h"

#include "subsidy-ask-window.h"

#include "shy-toast.h"
#include "shy-window.h"

#include <glib/gi18n-lib.h>

struct _SubsidyCaseAsk
{
  GObject           parent_instance;
  ShyFactsEditor   *editor;      /* (nullable): weak */
  SubsidyDesk      *desk;        /* (owned) (nullable) */
  SubsidyCase      *shown;       /* (owned) (nullable) */
  ShyPolicy        *policy;      /* (owned) (nullable) */
  SubsidyLookups   *lookups;     /* (owned) (nullable): until they were read */
  char             *trouble;     /* (owned) (nullable): why they could not be read */
  GCancellable     *cancellable; /* (owned) (nullable): of the reading */
};

G_DEFINE_FINAL_TYPE (SubsidyCaseAsk, subsidy_case_ask, G_TYPE_OBJECT)

static void
forget (SubsidyCaseAsk *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->lookups, subsidy_lookups_free);
  g_clear_pointer (&self->trouble, g_free);
}

static void
subsidy_case_ask_dispose (GObject *object)
{
  SubsidyCaseAsk *self = SUBSIDY_CASE_ASK (object);

  forget (self);
  g_clear_weak_pointer (&self->editor);
  g_clear_object (&self->desk);
  g_clear_object (&self->shown);
  g_clear_object (&self->policy);

  G_OBJECT_CLASS (subsidy_case_ask_parent_class)->dispose (object);
}

static void
subsidy_case_ask_class_init (SubsidyCaseAskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = subsidy_case_ask_dispose;
}

static void
subsidy_case_ask_init (SubsidyCaseAsk *self)
{
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SubsidyCaseAsk)   self = user_data;
  g_autoptr (GError)           error = NULL;
  g_autoptr (SubsidyLookups) lookups = subsidy_lookups_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->editor == NULL)
    return;

  g_clear_object (&self->cancellable);
  if (lookups == NULL)
    {
      self->trouble = g_strdup (error->message);
      return;
    }
  self->lookups = g_steal_pointer (&lookups);
  shy_facts_editor_set_askable (self->editor, (const char *const *) self->lookups->facts);
}

static void
load (SubsidyCaseAsk *self)
{
  forget (self);
  if (self->policy == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  subsidy_lookups_load_async (subsidy_desk_get_store (self->desk), self->policy,
                                self->cancellable, loaded_cb, g_object_ref (self));
}

static GtkWindow *
find_window (SubsidyCaseAsk *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->editor)));
}

static void
chosen_cb (AdwMessageDialog *dialog,
           const char       *response,
           SubsidyCaseAsk   *self)
{
  GtkWindow *window = find_window (self);

  /* The page of another plugin, which may be switched off: the action says so. */
  if (g_str_equal (response, "services") && SHY_IS_WINDOW (window))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.open-page", "(ss)", "services", "");
}

/* Nothing is connected that could answer: says what could be. */
static void
explain (SubsidyCaseAsk *self)
{
  g_autofree char *titles = g_strjoinv ("\n", self->lookups->shipped);
  GtkWidget       *dialog = adw_message_dialog_new (find_window (self),
                                                    _("No Service Is Connected"), NULL);

  if (*titles != '\0')
    adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      /* Translators: %s is a list of services, one a line. */
      _("None of the connected data services can be asked about this. Ask your IT person to connect "
        "one on the page “Data Services” and to enter its keys, for example:\n\n%s\n\nUntil then "
        "the facts are typed in."),
      titles);
  else
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                                 _("None of the connected data services can be asked about the "
                                   "facts of this policy. They are typed in."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"), "services",
                                    _("_Data Services"), NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
taken_cb (SubsidyCaseAsk *self,
          const char     *name,
          const char     *text,
          const char     *place)
{
  g_autoptr (GError) error = NULL;

  if (!shy_facts_editor_take (self->editor, name, text, SHY_FACT_ORIGIN_SERVICE, place, &error))
    shy_toast_error (GTK_WIDGET (self->editor), error);
}

static void
ask (SubsidyCaseAsk *self,
     const char     *fact)
{
  g_autoptr (ShyFacts) facts = shy_facts_editor_dup_facts (self->editor);
  SubsidyAsking        asking = { subsidy_desk_get_store (self->desk),
                                  subsidy_case_get_id (self->shown), self->policy, facts,
                                  self->lookups, fact };
  GtkWidget           *window;

  if (subsidy_ask_count_questions (&asking) == 0)
    {
      shy_toast_message (GTK_WIDGET (self->editor),
                         _("The connected services know of no fact that is missing here."));
      return;
    }
  window = subsidy_ask_window_new (&asking);
  gtk_window_set_transient_for (GTK_WINDOW (window), find_window (self));
  g_signal_connect_object (window, "taken", G_CALLBACK (taken_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
ask_cb (SubsidyCaseAsk *self,
        const char     *fact)
{
  if (self->trouble != NULL)
    shy_toast_message (GTK_WIDGET (self->editor), self->trouble);
  else if (self->lookups == NULL)
    shy_toast_message (GTK_WIDGET (self->editor), _("The services are still being read."));
  else if (self->lookups->lookups->len == 0)
    explain (self);
  else
    ask (self, fact);
}

/* subsidy_case_ask_new: knows of no case yet. */
SubsidyCaseAsk *
subsidy_case_ask_new (ShyFactsEditor *editor)
{
  SubsidyCaseAsk *self = g_object_new (SUBSIDY_TYPE_CASE_ASK, NULL);

  g_set_weak_pointer (&self->editor, editor);
  g_signal_connect_object (editor, "ask", G_CALLBACK (ask_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/* subsidy_case_ask_show: takes another case, and reads what can be asked about it. */
void
subsidy_case_ask_show (SubsidyCaseAsk *self,
                       SubsidyDesk    *desk,
                       SubsidyCase    *shown,
                       ShyPolicy      *policy)
{
  if (g_set_object (&self->desk, desk))
    g_signal_connect_object (subsidy_desk_get_store (desk), "changed::" SHY_SERVICES_TOPIC,
                             G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_set_object (&self->shown, shown);
  g_set_object (&self->policy, policy);
  load (self);
}
