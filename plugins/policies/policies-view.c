/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policies-view.h"

#include "policies-catalogue.h"
#include "policies-list.h"
#include "policies-policy.h"
#include "policies-section.h"
#include "policies-trial.h"
#include "policies-updates.h"
#include "update-bar.h"
#include "update-window.h"

#include <glib/gi18n-lib.h>

struct _PoliciesView
{
  AdwBin             parent_instance;

  PoliciesUpdateBar *updates;
  GtkStack          *stack;
  AdwStatusPage     *failure;
  PoliciesList      *list;
  PoliciesPolicy    *policy;
  PoliciesSection   *section;
  PoliciesTrial     *trial;

  ShyContext        *context;     /* (owned) */
  GCancellable      *cancellable; /* (owned) */
  GCancellable      *working;     /* (owned) (nullable): while the cases of a policy are decided */
  PoliciesCatalogue *catalogue;   /* (owned) (nullable) until it is read */
  PoliciesWork      *work;        /* (owned) (nullable) until it is done; of the policy shown */
  guint              shown;       /* which policy of the catalogue is shown */
  gboolean           stale;       /* the catalogue is to be read again */
  char              *waiting;     /* (owned) (nullable): id of a policy to show once they are read */
};

G_DEFINE_FINAL_TYPE (PoliciesView, policies_view, ADW_TYPE_BIN)

static gboolean
is_at (PoliciesView *self,
       const char   *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0;
}

static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (PoliciesView) self = data;
  g_autoptr (GError)       error = NULL;
  PoliciesWork            *work = policies_work_load_finish (SHY_CONTEXT (source), result, &error);

  if (work == NULL)
    return;
  g_clear_object (&self->working);
  g_clear_pointer (&self->work, policies_work_free);
  self->work = work;
  policies_policy_set_work (self->policy, work);
}

static void
stop_work (PoliciesView *self)
{
  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  g_clear_pointer (&self->work, policies_work_free);
}

static ShyPolicy *
get_shown (PoliciesView *self)
{
  return policies_catalogue_get_policy (self->catalogue, self->shown);
}

static void
show_policy (PoliciesView *self,
             guint         index)
{
  ShyPolicy *policy;

  stop_work (self);
  self->shown = index;
  policy = get_shown (self);
  policies_policy_show (self->policy, policy, policies_catalogue_get_entries (self->catalogue, index),
                        policies_catalogue_waits (self->catalogue, policy));
  gtk_stack_set_visible_child_name (self->stack, "policy");
  self->working = g_cancellable_new ();
  policies_work_load_async (self->context, policy, self->working, worked_cb, g_object_ref (self));
}

static void
show_section (PoliciesView         *self,
              ShyPolicySection      section,
              const ShyPolicyEntry *wanted)
{
  GPtrArray *entries = policies_catalogue_get_entries (self->catalogue, self->shown);

  if (section >= SHY_POLICY_SECTION_CASES && self->work == NULL)
    return;
  if (section == SHY_POLICY_SECTION_CASES)
    entries = self->work->cases;
  else if (section == SHY_POLICY_SECTION_CHECKS)
    entries = self->work->checks;
  gtk_stack_set_visible_child_name (self->stack, "section");
  policies_section_show (self->section, get_shown (self), section, entries, wanted);
}

static void
show_waiting (PoliciesView *self)
{
  g_autofree char *id = g_steal_pointer (&self->waiting);

  for (guint i = 0; id != NULL && i < policies_catalogue_get_size (self->catalogue); i++)
    if (g_str_equal (shy_policy_get_id (policies_catalogue_get_policy (self->catalogue, i)), id))
      {
        show_policy (self, i);
        return;
      }
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (PoliciesView) self = data;
  g_autoptr (GError)       error = NULL;
  PoliciesCatalogue       *catalogue;

  catalogue = policies_catalogue_load_finish (SHY_CONTEXT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (catalogue == NULL)
    {
      adw_status_page_set_description (self->failure, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      return;
    }

  policies_list_set_catalogue (self->list, catalogue);
  g_clear_pointer (&self->catalogue, policies_catalogue_free);
  self->catalogue = catalogue;
  gtk_stack_set_visible_child_name (self->stack, "list");
  show_waiting (self);
}

static void
load (PoliciesView *self)
{
  self->stale = FALSE;
  stop_work (self);
  policies_catalogue_load_async (self->context, self->cancellable, loaded_cb, g_object_ref (self));
}

/* What somebody reads is not taken away from them: it is read again when they are back at the list. */
static void
policies_changed_cb (PoliciesView *self)
{
  self->stale = TRUE;
  if (is_at (self, "list"))
    load (self);
}

static void
retry_cb (PoliciesView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

static void
chosen_cb (PoliciesView         *self,
           guint                 index,
           const ShyPolicyEntry *entry)
{
  show_policy (self, index);
  if (entry != NULL)
    show_section (self, entry->section, entry);
}

static void
door_chosen_cb (PoliciesView *self,
                guint         door)
{
  if (door == POLICIES_DOOR_UPDATES)
    policies_updates_present (GTK_WIDGET (self), self->context, NULL);
  else if (door == POLICIES_DOOR_TRIAL)
    {
      policies_trial_show (self->trial, self->context, get_shown (self));
      gtk_stack_set_visible_child_name (self->stack, "trial");
    }
  else if (door == POLICIES_DOOR_DECISIONS)
    {
      if (self->work == NULL)
        return;
      gtk_stack_set_visible_child_name (self->stack, "section");
      policies_section_show_decisions (self->section, get_shown (self), self->work);
    }
  else
    show_section (self, door, NULL);
}

static void
back_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PoliciesView *self = POLICIES_VIEW (widget);

  if (is_at (self, "section") || is_at (self, "trial"))
    gtk_stack_set_visible_child_name (self->stack, "policy");
  else if (is_at (self, "policy"))
    {
      gtk_stack_set_visible_child_name (self->stack, "list");
      if (self->stale)
        load (self);
    }
}

static void
search_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  PoliciesView *self = POLICIES_VIEW (widget);

  if (self->catalogue == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, "list");
  policies_list_begin_search (self->list);
}

/* Keys go to the page that is shown. */
static void
shown_changed_cb (PoliciesView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    shy_focus_enter (gtk_stack_get_visible_child (self->stack));
}

static void
policies_view_dispose (GObject *object)
{
  PoliciesView *self = POLICIES_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  stop_work (self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (policies_view_parent_class)->dispose (object);
}

static void
policies_view_finalize (GObject *object)
{
  PoliciesView *self = POLICIES_VIEW (object);

  g_clear_pointer (&self->catalogue, policies_catalogue_free);
  g_object_unref (self->cancellable);
  g_free (self->waiting);

  G_OBJECT_CLASS (policies_view_parent_class)->finalize (object);
}

static void
policies_view_class_init (PoliciesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = policies_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = policies_view_finalize;

  g_type_ensure (POLICIES_TYPE_UPDATE_BAR);
  g_type_ensure (POLICIES_TYPE_LIST);
  g_type_ensure (POLICIES_TYPE_POLICY);
  g_type_ensure (POLICIES_TYPE_SECTION);
  g_type_ensure (POLICIES_TYPE_TRIAL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/policies/policies-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PoliciesView, updates);
  gtk_widget_class_bind_template_child (widget_class, PoliciesView, stack);
  gtk_widget_class_bind_template_child (widget_class, PoliciesView, failure);
  gtk_widget_class_bind_template_child (widget_class, PoliciesView, list);
  gtk_widget_class_bind_template_child (widget_class, PoliciesView, policy);
  gtk_widget_class_bind_template_child (widget_class, PoliciesView, section);
  gtk_widget_class_bind_template_child (widget_class, PoliciesView, trial);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, door_chosen_cb);
  gtk_widget_class_install_action (widget_class, "policies.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "policies.search", NULL, search_action);
  shy_back_keys_bind (widget_class, "policies.back");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "policies.search",
                                       NULL);
}

static void
policies_view_init (PoliciesView *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (shown_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
policies_view_new (ShyContext *context)
{
  PoliciesView *self = g_object_new (POLICIES_TYPE_VIEW, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "changed::" SHY_UPDATES_TOPIC, G_CALLBACK (policies_changed_cb),
                           self, G_CONNECT_SWAPPED);
  policies_update_bar_set_context (self->updates, context);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);

  return GTK_WIDGET (self);
}

/* policies_view_open: shows the updates, a file that may be one, or a policy by its id. */
void
policies_view_open (PoliciesView *self,
                    const char   *target)
{
  g_autoptr (GFile) file = NULL;

  g_return_if_fail (POLICIES_IS_VIEW (self));

  if (target != NULL && g_str_has_prefix (target, "file:"))
    file = g_file_new_for_uri (target);
  if (file != NULL || g_strcmp0 (target, POLICIES_UPDATES_TARGET) == 0)
    {
      policies_updates_present (GTK_WIDGET (self), self->context, file);
      return;
    }

  g_free (self->waiting);
  self->waiting = g_strdup (target);
  if (self->catalogue != NULL)
    show_waiting (self);
}
