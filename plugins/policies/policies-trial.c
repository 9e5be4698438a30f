/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policies-trial.h"

#include <glib/gi18n-lib.h>

/* How long nothing must be typed before the case is decided again, in milliseconds. */
#define PAUSE 300

struct _PoliciesTrial
{
  AdwBin          parent_instance;

  GtkLabel       *title;
  GtkLabel       *subtitle;
  GtkWidget      *verdict_only;
  AdwLeaflet     *leaflet;
  GtkDropDown    *cases;
  ShyFactsEditor *editor;
  GtkStack       *stack;
  ShyVerdictView *verdict;
  AdwStatusPage  *failure;

  ShyContext     *context;  /* (owned) (nullable) until it is shown */
  ShyPolicy      *policy;   /* (owned) (nullable): as context */
  GCancellable   *deciding; /* (owned) (nullable) */
  guint           pause;    /* source */
  guint           fold;     /* source */
};

G_DEFINE_FINAL_TYPE (PoliciesTrial, policies_trial, ADW_TYPE_BIN)

/* What is decided, and what came of it. */
typedef struct
{
  ShyPolicy  *policy;  /* (owned) */
  ShyFacts   *facts;   /* (owned) */
  ShyVerdict *verdict; /* (owned) (nullable) */
  GPtrArray  *changes; /* (owned) (nullable) */
} Trial;

static void
trial_free (gpointer data)
{
  Trial *self = data;

  g_object_unref (self->policy);
  shy_facts_free (self->facts);
  g_clear_object (&self->verdict);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

static gboolean
tell_settings_job (ShyConnection  *connection,
                   gpointer        data,
                   GCancellable   *cancellable,
                   GError        **error)
{
  Trial                 *trial = data;
  g_autoptr (GHashTable) counties =
    shy_county_settings_load (connection, shy_policy_get_id (trial->policy), error);

  if (counties != NULL)
    shy_county_settings_tell (counties, trial->policy, trial->facts, NULL);
  return counties != NULL;
}

/* The county is that of the application; what it decided counts where the case does not say
 * otherwise. */
static gboolean
tell_settings (Trial       *trial,
               ShyContext  *context,
               GError     **error)
{
  const ShyField *field = shy_policy_get_county_field (trial->policy);
  const char           *county = field != NULL ? shy_facts_get_text (trial->facts, field->name) : NULL;
  ShyStore             *store;

  if (shy_facts_get_county (trial->facts) == NULL && county != NULL)
    shy_facts_set_county (trial->facts, county);
  if (!shy_context_exists (context))
    return TRUE;
  store = shy_context_open (context, error);
  return store != NULL
         && shy_store_run (store, SHY_STORE_READ, tell_settings_job, trial, NULL, error);
}

static gpointer
trial_work (ShyContext    *context,
            gpointer       data,
            ShyProgress   *progress,
            GCancellable  *cancellable,
            GError       **error)
{
  Trial *trial = data;

  if (!tell_settings (trial, context, error))
    return NULL;
  trial->verdict = shy_policy_decide (trial->policy, trial->facts, error);
  if (trial->verdict == NULL)
    return NULL;
  trial->changes = shy_verdict_find_changes (trial->verdict, cancellable);
  return trial;
}

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (PoliciesTrial) self = data;
  g_autoptr (GError)        error = NULL;
  Trial                    *trial = shy_context_run_finish (SHY_CONTEXT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->deciding);
  if (trial == NULL)
    {
      /* The verdict that is shown is of other facts: it must not stand there any longer. */
      adw_status_page_set_description (self->failure, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      return;
    }
  shy_verdict_view_set_verdict (self->verdict, trial->verdict, trial->changes);
  shy_facts_editor_show_settings (self->editor, shy_verdict_get_facts (trial->verdict));
  gtk_stack_set_visible_child_name (self->stack, "verdict");
}

static void
stop (PoliciesTrial *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  g_cancellable_cancel (self->deciding);
  g_clear_object (&self->deciding);
}

static void
decide (PoliciesTrial *self)
{
  Trial *trial = g_new0 (Trial, 1);

  stop (self);
  self->deciding = g_cancellable_new ();
  trial->policy = g_object_ref (self->policy);
  trial->facts = shy_facts_editor_dup_facts (self->editor);
  shy_context_run_async (self->context, trial_work, trial, trial_free, NULL, NULL, self->deciding,
                         decided_cb, g_object_ref (self));
}

static gboolean
pause_over_cb (gpointer data)
{
  PoliciesTrial *self = data;

  self->pause = 0;
  decide (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (PoliciesTrial *self)
{
  stop (self);
  self->pause = g_timeout_add (PAUSE, pause_over_cb, self);
}

static ShyFacts *
new_facts (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  ShyFacts             *facts = shy_facts_new ();
  GDate                 today;
  int                   year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  shy_facts_set_on (facts, &today);
  shy_facts_set_history_known (facts, TRUE);
  return facts;
}

/* The first choice is a case without facts, the others are those of the pack. */
static void
case_chosen_cb (PoliciesTrial *self)
{
  guint                chosen = gtk_drop_down_get_selected (self->cases);
  g_autoptr (ShyFacts) facts = NULL;

  if (self->policy == NULL || chosen == GTK_INVALID_LIST_POSITION)
    return;
  if (chosen > 0)
    facts = shy_facts_new_from_case (
      g_ptr_array_index (shy_policy_get_cases (self->policy), chosen - 1), self->policy, NULL);
  if (facts == NULL)
    facts = new_facts ();
  shy_facts_set_history_known (facts, TRUE);
  shy_facts_editor_set_facts (self->editor, self->policy, facts);
  decide (self);
}

static void
side_toggled_cb (PoliciesTrial   *self,
                 GtkToggleButton *button)
{
  adw_leaflet_set_visible_child_name (self->leaflet,
                                      gtk_toggle_button_get_active (button) ? "verdict" : "facts");
}

/* A service is asked about somebody, and that is noted: not for a case that is made up. */
static void
ask_cb (PoliciesTrial *self)
{
  shy_toast_message (GTK_WIDGET (self), _("Services are asked for an application, not for a trial. "
                                          "Type what you want to try."));
}

static gboolean
fold_cb (gpointer data)
{
  PoliciesTrial *self = data;

  self->fold = 0;
  gtk_widget_set_visible (self->verdict_only, adw_leaflet_get_folded (self->leaflet));
  return G_SOURCE_REMOVE;
}

/* It is found out while sizes are given, when nothing may be shown or hidden. */
static void
folded_cb (PoliciesTrial *self)
{
  if (self->fold == 0)
    self->fold = g_idle_add (fold_cb, self);
}

static void
policies_trial_dispose (GObject *object)
{
  PoliciesTrial *self = POLICIES_TRIAL (object);

  stop (self);
  g_clear_handle_id (&self->fold, g_source_remove);
  g_clear_object (&self->policy);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (policies_trial_parent_class)->dispose (object);
}

static void
policies_trial_class_init (PoliciesTrialClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = policies_trial_dispose;

  g_type_ensure (SHY_TYPE_FACTS_EDITOR);
  g_type_ensure (SHY_TYPE_VERDICT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/policies/policies-trial.ui");
  gtk_widget_class_bind_template_child (widget_class, PoliciesTrial, title);
  gtk_widget_class_bind_template_child (widget_class, PoliciesTrial, subtitle);
  gtk_widget_class_bind_template_child (widget_class, PoliciesTrial, verdict_only);
  gtk_widget_class_bind_template_child (widget_class, PoliciesTrial, leaflet);
  gtk_widget_class_bind_template_child (widget_class, PoliciesTrial, cases);
  gtk_widget_class_bind_template_child (widget_class, PoliciesTrial, editor);
  gtk_widget_class_bind_template_child (widget_class, PoliciesTrial, stack);
  gtk_widget_class_bind_template_child (widget_class, PoliciesTrial, verdict);
  gtk_widget_class_bind_template_child (widget_class, PoliciesTrial, failure);
  gtk_widget_class_bind_template_callback (widget_class, case_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, side_toggled_cb);
}

static void
policies_trial_init (PoliciesTrial *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* policies_trial_show: begins with a case without facts. */
void
policies_trial_show (PoliciesTrial *self,
                     ShyContext    *context,
                     ShyPolicy     *policy)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GPtrArray                *cases = shy_policy_get_cases (policy);

  g_return_if_fail (POLICIES_IS_TRIAL (self));

  stop (self);
  g_clear_object (&self->policy);
  gtk_label_set_label (self->title, _("Try a Case"));
  gtk_label_set_label (self->subtitle, shy_policy_get_title (policy));
  gtk_string_list_append (names, _("An empty form"));
  for (guint i = 0; i < cases->len; i++)
    {
      const ShyPolicyCase *given = g_ptr_array_index (cases, i);

      gtk_string_list_append (names, given->title != NULL ? shy_text_get (given->title)
                                                          : given->id);
    }
  gtk_drop_down_set_model (self->cases, G_LIST_MODEL (names));
  g_set_object (&self->context, context);
  self->policy = g_object_ref (policy);
  gtk_drop_down_set_selected (self->cases, 0);
  case_chosen_cb (self);
}
