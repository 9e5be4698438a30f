/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-problems.h"

#include <glib/gi18n-lib.h>

struct _SubsidyProblems
{
  AdwBin       parent_instance;

  GtkLabel    *label;
  SubsidyDesk *desk; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (SubsidyProblems, subsidy_problems, ADW_TYPE_BIN)

static void
show (SubsidyProblems *self)
{
  ShyPolicyRegistry *policies = subsidy_desk_get_policies (self->desk);
  guint              n = shy_policy_registry_get_problems (policies)->len;
  g_autofree char   *text = NULL;

  text = g_strdup_printf (ngettext ("%u policy cannot be used; nothing is decided by it.",
                                    "%u policies cannot be used; nothing is decided by them.", n),
                          n);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static char *
dup_messages (SubsidyProblems *self)
{
  ShyPolicyRegistry *policies = subsidy_desk_get_policies (self->desk);
  GPtrArray         *problems = shy_policy_registry_get_problems (policies);
  GString           *text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n\n" : "",
                            ((const ShyPolicyProblem *) problems->pdata[i])->message);
  return g_string_free (text, FALSE);
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             SubsidyProblems  *self)
{
  if (self->desk != NULL && g_str_equal (response, "again"))
    subsidy_desk_read_policies (self->desk);
}

static GtkWidget *
make_list (const char *messages)
{
  GtkWidget *label = gtk_label_new (messages);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  return scrolled;
}

static void
show_problems_action (GtkWidget  *widget,
                      const char *action,
                      GVariant   *parameter)
{
  SubsidyProblems *self = SUBSIDY_PROBLEMS (widget);
  g_autofree char *messages = dup_messages (self);
  GtkWidget       *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                                    _("Policies That Cannot Be Used"), NULL);

  adw_message_dialog_set_body (
    ADW_MESSAGE_DIALOG (dialog),
    _("Put the file right where it says, or move it out of the folder, and read it again. Whoever "
      "gave you the policy, or the IT staff, can help. What was decided before stays as it is."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_list (messages));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"), "again",
                                    _("_Read Again"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "again");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
subsidy_problems_dispose (GObject *object)
{
  SubsidyProblems *self = SUBSIDY_PROBLEMS (object);

  g_clear_object (&self->desk);

  G_OBJECT_CLASS (subsidy_problems_parent_class)->dispose (object);
}

static void
subsidy_problems_class_init (SubsidyProblemsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = subsidy_problems_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/subsidy/subsidy-problems.ui");
  gtk_widget_class_bind_template_child (widget_class, SubsidyProblems, label);
  gtk_widget_class_install_action (widget_class, "subsidy.show-problems", NULL,
                                   show_problems_action);
}

static void
subsidy_problems_init (SubsidyProblems *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
subsidy_problems_set_desk (SubsidyProblems *self,
                           SubsidyDesk     *desk)
{
  if (!g_set_object (&self->desk, desk))
    return;
  g_signal_connect_object (desk, "policies-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}
