/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-view.h"

#include "subsidy-case-view.h"
#include "subsidy-desk.h"
#include "subsidy-import-view.h"
#include "subsidy-list-view.h"
#include "subsidy-problems.h"

#include <glib/gi18n-lib.h>

struct _SubsidyView
{
  AdwBin             parent_instance;

  SubsidyProblems   *problems;
  GtkStack          *stack;
  AdwStatusPage     *failure;
  SubsidyListView   *list;
  ShyImportAssistant *import;
  SubsidyCaseView   *details;

  SubsidyDesk       *desk;         /* (owned) (nullable) once it is ready */
  ShyContext        *context;      /* (owned) */
  char              *waiting;      /* (owned) (nullable) what to open once the desk is there */
  GCancellable      *cancellable;  /* (owned) cancelled in dispose */
  gboolean           ready;
};

G_DEFINE_FINAL_TYPE (SubsidyView, subsidy_view, ADW_TYPE_BIN)

/* A to-do names an outcome; everything else is the address of a file. */
static void
show_target (SubsidyView *self,
             const char  *target)
{
  SubsidyOutcome    outcome;
  g_autoptr (GFile) file = NULL;

  if (subsidy_outcome_parse (target, &outcome))
    {
      subsidy_list_view_show_outcome (self->list, target);
      gtk_stack_set_visible_child_name (self->stack, "list");
      gtk_widget_grab_focus (GTK_WIDGET (self->list));
      return;
    }

  file = g_file_new_for_uri (target);
  subsidy_import_view_open (self->import, file);
  gtk_stack_set_visible_child_name (self->stack, "import");
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SubsidyView) self = user_data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (SubsidyDesk) desk = subsidy_desk_open_finish (result, &error);
  g_autofree char        *waiting = g_steal_pointer (&self->waiting);

  if (desk == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          adw_status_page_set_description (self->failure, error->message);
          gtk_stack_set_visible_child_name (self->stack, "failure");
        }
      return;
    }

  self->ready = TRUE;
  g_set_object (&self->desk, desk);
  subsidy_problems_set_desk (self->problems, desk);
  subsidy_list_view_set_desk (self->list, desk);
  subsidy_import_view_set_up (self->import, desk);
  subsidy_case_view_set_desk (self->details, desk);
  gtk_stack_set_visible_child_name (self->stack, "list");
  if (waiting != NULL)
    show_target (self, waiting);
}

static void
open_desk (SubsidyView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  subsidy_desk_open_async (self->context, self->cancellable, opened_cb, g_object_ref (self));
}

static void
retry_cb (SubsidyView *self)
{
  open_desk (self);
}

/* Rows that were left out, or stored otherwise than they had been found, are shown before anything
 * else. */
static void
imported_cb (SubsidyView *self,
             gint64       batch,
             gboolean     told)
{
  subsidy_list_view_show_batch (self->list, batch);
  if (!told)
    gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
left_cb (SubsidyView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
show_list_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  gtk_stack_set_visible_child_name (SUBSIDY_VIEW (widget)->stack, "list");
}

static void
show_case (SubsidyView *self,
           SubsidyCase *chosen)
{
  subsidy_case_view_show (self->details, chosen);
  gtk_stack_set_visible_child_name (self->stack, "case");
  /* A button of the case before, which led here, is about to go with the keys. */
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  shy_focus_enter (GTK_WIDGET (self->details));
}

static void
case_found_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (SubsidyView) self = user_data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (SubsidyCase) found = subsidy_case_find_finish (SHY_STORE (source), result, &error);

  if (found != NULL && self->desk != NULL)
    show_case (self, found);
  else if (found == NULL)
    shy_toast_error (GTK_WIDGET (self), error);
}

static void
open_case_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  SubsidyView *self = SUBSIDY_VIEW (widget);

  if (self->desk != NULL)
    subsidy_case_find_async (subsidy_desk_get_store (self->desk), g_variant_get_int64 (parameter),
                             self->cancellable, case_found_cb, g_object_ref (self));
}

/* A case with changes asks first; everything else is left at once. */
static void
back_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  SubsidyView *self = SUBSIDY_VIEW (widget);

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "case"))
    gtk_widget_activate_action (GTK_WIDGET (self->details), "subsidy.leave", NULL);
  else if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "import"))
    gtk_widget_activate_action (GTK_WIDGET (self->import), "import.back", NULL);
  else
    gtk_widget_activate_action (widget, "subsidy.show-list", NULL);
}

/* The keys belong to what is shown: the focus must not stay behind on a page that went. */
static void
shown_changed_cb (SubsidyView *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);
  gboolean    inside = g_strcmp0 (name, "case") == 0 || g_strcmp0 (name, "import") == 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "subsidy.back", inside);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (inside)
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
  else if (g_strcmp0 (name, "list") == 0 && shy_focus_is_free (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
subsidy_view_dispose (GObject *object)
{
  SubsidyView *self = SUBSIDY_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_object (&self->context);
  g_clear_pointer (&self->waiting, g_free);

  G_OBJECT_CLASS (subsidy_view_parent_class)->dispose (object);
}

static void
subsidy_view_class_init (SubsidyViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = subsidy_view_dispose;

  g_type_ensure (SUBSIDY_TYPE_PROBLEMS);
  g_type_ensure (SUBSIDY_TYPE_LIST_VIEW);
  g_type_ensure (SHY_TYPE_IMPORT_ASSISTANT);
  g_type_ensure (SUBSIDY_TYPE_CASE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/subsidy/subsidy-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SubsidyView, problems);
  gtk_widget_class_bind_template_child (widget_class, SubsidyView, stack);
  gtk_widget_class_bind_template_child (widget_class, SubsidyView, failure);
  gtk_widget_class_bind_template_child (widget_class, SubsidyView, list);
  gtk_widget_class_bind_template_child (widget_class, SubsidyView, import);
  gtk_widget_class_bind_template_child (widget_class, SubsidyView, details);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, imported_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);

  gtk_widget_class_install_action (widget_class, "subsidy.show-list", NULL, show_list_action);
  gtk_widget_class_install_action (widget_class, "subsidy.open-case", "x", open_case_action);
  gtk_widget_class_install_action (widget_class, "subsidy.back", NULL, back_action);
  shy_back_keys_bind (widget_class, "subsidy.back");
}

static void
subsidy_view_init (SubsidyView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->stack, "notify::visible-child-name",
                           G_CALLBACK (shown_changed_cb), self, G_CONNECT_SWAPPED);
  shown_changed_cb (self);
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
subsidy_view_new (ShyContext *context)
{
  SubsidyView *self = g_object_new (SUBSIDY_TYPE_VIEW, NULL);

  self->context = g_object_ref (context);
  open_desk (self);

  return GTK_WIDGET (self);
}

/*
 * subsidy_view_open: shows a target of ShyPage: the address of a spreadsheet, or the word of an
 * outcome whose cases are listed.
 */
void
subsidy_view_open (SubsidyView *self,
                   const char  *target)
{
  if (self->ready)
    show_target (self, target);
  else
    {
      g_free (self->waiting);
      self->waiting = g_strdup (target);
    }
}
