/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-import-view.h"

#include "subsidy-match-list.h"
#include "subsidy-spool.h"
#include "subsidy-target.h"

#include <glib/gi18n-lib.h>

struct _SubsidyImportView
{
  AdwBin            parent_instance;

  GtkLabel         *title;
  GtkButton        *run;
  GtkStack         *stack;
  AdwStatusPage    *failure;
  AdwPreferencesGroup *deciding;
  AdwComboRow      *policy;
  AdwComboRow      *sheet;
  AdwComboRow      *county;
  AdwEntryRow      *on;
  SubsidyMatchList *matches;
  GtkRevealer      *running;
  GtkProgressBar   *progress;

  SubsidyDesk      *desk;         /* (owned) (nullable) */
  ShyPolicyRegistry *registry;    /* (owned) (nullable): where they are from */
  GPtrArray        *policies;     /* (owned) (nullable) of ShyPolicy, in the order of the row */
  GPtrArray        *counties;     /* (owned) (nullable) of codes, in the order of the row */
  char             *path;         /* (owned) (nullable) */
  char             *chosen;       /* (owned) (nullable): the sheet a person chose */
  ShyImport    *import;       /* (owned) (nullable) */
  GHashTable       *columns;      /* (owned) what a person chose, as ShyImportQuestion */
  GCancellable     *cancellable;  /* (owned) of what is under way */
  gboolean          asked;        /* what is hidden or known was asked about already */
  gboolean          asked_columns; /* and which hidden columns are meant */
  gboolean          filling;      /* the rows are being set, not chosen */
  gboolean          asking;       /* whether what runs is to be stopped */
  GFile            *next;         /* (owned) (nullable): what is opened once nothing runs */
  gboolean          closing;      /* the window closes once nothing runs */
};

G_DEFINE_FINAL_TYPE (SubsidyImportView, subsidy_import_view, ADW_TYPE_BIN)

enum { IMPORTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void load (SubsidyImportView *self,
                  gboolean           guess);

static void
restart (SubsidyImportView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

static void
show_failure (SubsidyImportView *self,
              const GError      *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->import);
  adw_status_page_set_description (self->failure, error->message);
  gtk_stack_set_visible_child_name (self->stack, "failure");
  gtk_widget_set_sensitive (GTK_WIDGET (self->run), FALSE);
}

/* By which text what is shown would decide; by whose word stands in the row itself. */
static void
show_digest (SubsidyImportView *self,
             ShyPolicy         *policy)
{
  g_autofree char *text = NULL;

  /* Translators: the digest of the text of a policy. */
  if (policy != NULL)
    text = g_strdup_printf (_("Digest of its text: %s"), shy_policy_get_digest (policy));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->policy), text);
}

/* None is selected where a person is to say which. */
static void
select_policy (SubsidyImportView *self,
               ShyPolicy         *policy)
{
  guint position = GTK_INVALID_LIST_POSITION;

  self->filling = TRUE;
  if (policy == NULL || g_ptr_array_find (self->policies, policy, &position))
    adw_combo_row_set_selected (self->policy, position);
  self->filling = FALSE;
  show_digest (self, policy);
}

/* A file of one sheet leaves nothing to choose; none is selected where a person is to say which. */
static void
show_sheets (SubsidyImportView *self)
{
  const char *const        *names = shy_import_get_sheets (self->import);
  ShyHeaderMatch           *match = shy_import_get_match (self->import);
  const char               *read = match != NULL && shy_header_match_is_sheet_sure (match)
                                     ? shy_import_get_sheet (self->import) : NULL;
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);

  self->filling = TRUE;
  adw_combo_row_set_model (self->sheet, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->sheet, GTK_INVALID_LIST_POSITION);
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], read) == 0)
      adw_combo_row_set_selected (self->sheet, i);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet), g_strv_length ((char **) names) > 1);
  self->filling = FALSE;
}

/* A sheet of the person's choice may be no list of applications: back to the one that is. */
static void
give_up_sheet (SubsidyImportView *self,
               const char        *reason)
{
  shy_toast_message (GTK_WIDGET (self), reason);
  g_clear_pointer (&self->chosen, g_free);
  load (self, FALSE);
}

/* Another policy may be chosen, or a column settled, so the form stays; but as it stands nothing is
 * decided. */
static void
show_obstacle (SubsidyImportView *self,
               const char        *obstacle)
{
  g_autofree char *text = obstacle != NULL ? g_markup_escape_text (obstacle, -1) : NULL;

  adw_preferences_group_set_description (self->deciding, text);
  if (obstacle != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->policy), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->policy), "error");
  gtk_widget_set_sensitive (GTK_WIDGET (self->run), obstacle == NULL);
}

static void
show_preview (SubsidyImportView *self,
              ShyImportPreview    *preview)
{
  ShyPolicy      *policy = subsidy_target_get_policy (SUBSIDY_TARGET (shy_import_get_target (preview->import)));
  ShyHeaderMatch *match = shy_import_get_match (preview->import);

  g_set_object (&self->import, preview->import);
  if (match != NULL || !preview->guessed)
    select_policy (self, policy);
  else
    select_policy (self, NULL);
  show_sheets (self);
  gtk_widget_set_visible (GTK_WIDGET (self->matches), match != NULL);
  if (match != NULL)
    subsidy_match_list_show (self->matches, match, policy, preview->rows);
  gtk_stack_set_visible_child_name (self->stack, "form");
  show_obstacle (self, preview->refusal != NULL ? preview->refusal : preview->gap);
}

/* A sheet of the person's choice in which no header is found. */
static gboolean
is_wrong_sheet (SubsidyImportView *self,
                ShyImportPreview    *preview)
{
  return self->chosen != NULL && shy_import_get_match (preview->import) == NULL;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SubsidyImportView) self = user_data;
  g_autoptr (GError)            error = NULL;
  g_autoptr (ShyImportPreview)    preview = shy_import_preview_load_finish (result, &error);

  if (self->desk == NULL)
    return; /* the window was closed meanwhile */
  if (preview == NULL && self->chosen != NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    give_up_sheet (self, error->message);
  else if (preview == NULL)
    show_failure (self, error);
  else if (is_wrong_sheet (self, preview))
    give_up_sheet (self, preview->gap);
  else
    show_preview (self, preview);
}

static gboolean
read_day (SubsidyImportView *self,
          GDate             *day)
{
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (self->on));
  g_autofree char *normal = shy_field_type_normalize (SHY_FIELD_DATE, text, NULL);

  g_date_clear (day, 1);
  if (normal != NULL)
    g_date_set_parse (day, normal);

  return g_date_valid (day);
}

static char *
dup_chosen (SubsidyImportView *self)
{
  guint position = adw_combo_row_get_selected (self->policy);

  return self->policies != NULL && position < self->policies->len
           ? g_strdup (shy_policy_get_id (self->policies->pdata[position])) : NULL;
}

/* Of each policy the version that decides on the day, as for “check”. */
static void
fill_policies (SubsidyImportView *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char          *chosen = dup_chosen (self);
  guint                     selected = 0;
  GDate                     on;

  read_day (self, &on);
  g_set_object (&self->registry, subsidy_desk_get_policies (self->desk));
  g_clear_pointer (&self->policies, g_ptr_array_unref);
  self->policies = shy_policy_registry_list_for_day (self->registry, g_date_valid (&on) ? &on : NULL);
  for (guint i = 0; i < self->policies->len; i++)
    {
      ShyPolicy       *policy = g_ptr_array_index (self->policies, i);
      g_autofree char *whose = shy_policy_origin_to_label (shy_policy_get_origin (policy));
      /* Translators: the title of a policy, its version, by whose word it decides. */
      g_autofree char *title = g_strdup_printf (_("%s (version %s) · %s"),
                                                shy_policy_get_title (policy),
                                                shy_policy_get_version (policy), whose);

      if (g_strcmp0 (shy_policy_get_id (policy), chosen) == 0)
        selected = i;
      gtk_string_list_append (titles, title);
    }

  adw_combo_row_set_model (self->policy, G_LIST_MODEL (titles));
  if (self->policies->len > 0)
    adw_combo_row_set_selected (self->policy, selected);
}

static void
load (SubsidyImportView *self,
      gboolean           guess)
{
  ShyImportQuestion *question;
  const char      *code = NULL;
  GDate            on;
  guint            county = adw_combo_row_get_selected (self->county);
  guint            policy = adw_combo_row_get_selected (self->policy);
  GHashTableIter   iter;
  gpointer         column, field;

  if (self->desk == NULL || self->path == NULL)
    return;

  restart (self);
  read_day (self, &on);
  if (county != GTK_INVALID_LIST_POSITION && county < self->counties->len)
    code = g_ptr_array_index (self->counties, county);
  question = shy_import_question_new (self->path, subsidy_desk_get_store (self->desk));
  for (guint i = 0; i < self->policies->len; i++)
    if (guess || i == policy || policy == GTK_INVALID_LIST_POSITION)
      g_ptr_array_add (question->targets,
                       subsidy_target_new (g_ptr_array_index (self->policies, i), code,
                                           g_date_valid (&on) ? &on : NULL));
  question->sheet = g_strdup (self->chosen);
  g_hash_table_iter_init (&iter, self->columns);
  while (g_hash_table_iter_next (&iter, &column, &field))
    g_hash_table_insert (question->columns, column, field);

  gtk_widget_set_sensitive (GTK_WIDGET (self->run), FALSE);
  shy_import_preview_load_async (question, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
policy_chosen_cb (SubsidyImportView *self)
{
  if (self->filling || adw_combo_row_get_selected (self->policy) == GTK_INVALID_LIST_POSITION)
    return;

  g_hash_table_remove_all (self->columns);
  load (self, FALSE);
}

static void
sheet_chosen_cb (SubsidyImportView *self)
{
  guint place = adw_combo_row_get_selected (self->sheet);

  if (self->filling || self->import == NULL || place == GTK_INVALID_LIST_POSITION)
    return;

  g_free (self->chosen);
  self->chosen = g_strdup (shy_import_get_sheets (self->import)[place]);
  g_hash_table_remove_all (self->columns);
  load (self, FALSE);
}

static void
county_chosen_cb (SubsidyImportView *self)
{
  if (!self->filling)
    load (self, FALSE);
}

static void
day_changed_cb (SubsidyImportView *self)
{
  GDate day;

  if (self->filling)
    return;

  if (read_day (self, &day))
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->on), "error");
      self->filling = TRUE;
      fill_policies (self);
      self->filling = FALSE;
      load (self, FALSE);
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->on), "error");
      gtk_widget_set_sensitive (GTK_WIDGET (self->run), FALSE);
    }
}

static void
assigned_cb (SubsidyImportView *self,
             guint              column,
             int                field)
{
  g_hash_table_insert (self->columns, GUINT_TO_POINTER (column), GINT_TO_POINTER (field));
  load (self, FALSE);
}

static void
set_running (SubsidyImportView *self,
             gboolean           running)
{
  gtk_revealer_set_reveal_child (self->running, running);
  if (running)
    shy_focus_enter (GTK_WIDGET (self->running));
  gtk_widget_set_sensitive (GTK_WIDGET (self->run), !running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), !running);
  gtk_progress_bar_set_fraction (self->progress, 0);
}

/* Nothing runs any longer: what was asked for meanwhile comes now. */
static void
end_run (SubsidyImportView *self)
{
  g_autoptr (GFile) next = g_steal_pointer (&self->next);

  set_running (self, FALSE);
  if (self->closing)
    gtk_window_close (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  else if (next != NULL)
    subsidy_import_view_open (self, next);
}

/* Where rows were left out or stored otherwise than they had been found, a page of its own tells. */
static void
tell_result (SubsidyImportView *self,
             ShyImport     *import)
{
  const SubsidyTotals totals = subsidy_spool_count (shy_import_get_spool (import));
  g_autofree char    *line = subsidy_totals_to_line (&totals);
  GPtrArray          *turned = subsidy_target_get_turned (SUBSIDY_TARGET (shy_import_get_target (import)));

  if (totals.of[SUBSIDY_REJECTED] == 0 && turned->len == 0)
    shy_toast_message (GTK_WIDGET (self), line);
}

/* A person who stopped it is told too that nothing was kept. */
static void
tell_stopped (SubsidyImportView *self,
              const GError      *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shy_toast_message (GTK_WIDGET (self), _("Stopped. Nothing was kept."));
  else
    shy_toast_error (GTK_WIDGET (self), error);
}

static void
committed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SubsidyImportView) self = user_data;
  g_autoptr (GError)            error = NULL;
  gint64                        batch;

  batch = shy_import_commit_finish (SHY_IMPORT (source), result, &error);
  if (self->desk == NULL)
    return; /* the window was closed meanwhile */
  if (error != NULL)
    {
      tell_stopped (self, error);
      end_run (self);
      return;
    }

  tell_result (self, SHY_IMPORT (source));
  g_signal_emit (self, signals[IMPORTED], 0, source, batch);
  end_run (self);
}

static void decided_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data);

static void
keep (SubsidyImportView *self)
{
  g_autofree char *earlier = shy_import_dup_earlier (self->import);

  /* What the clerk was not asked about may have been stored by another meanwhile. */
  shy_import_set_once (self->import, earlier == NULL);
  gtk_progress_bar_set_text (self->progress, _("Keeping the decisions…"));
  shy_import_commit_async (self->import, self->cancellable, committed_cb, g_object_ref (self));
}

static void
decide (SubsidyImportView *self)
{
  gtk_progress_bar_set_text (self->progress, _("Deciding the applications…"));
  shy_import_run_async (self->import, self->cancellable, decided_cb, g_object_ref (self));
}

static void
answered_cb (AdwMessageDialog  *dialog,
             const char        *response,
             SubsidyImportView *self)
{
  if (self->import == NULL || g_str_equal (response, "cancel"))
    {
      end_run (self);
      return;
    }
  if (g_str_equal (response, "keep"))
    {
      shy_import_set_hidden_rows (self->import, SHY_IMPORT_HIDDEN_INCLUDE);
      keep (self);
      return;
    }
  shy_import_set_hidden_rows (self->import, SHY_IMPORT_HIDDEN_SKIP);
  self->asked = TRUE;
  decide (self);
}

/* Everything that is to be known before the rows are kept, a line each. */
static char *
dup_remarks (SubsidyImportView *self)
{
  return g_strjoinv ("\n", (char **) shy_import_get_remarks (self->import));
}

static gboolean ask_first (SubsidyImportView *self);

static void
columns_answered_cb (AdwMessageDialog  *dialog,
                     const char        *response,
                     SubsidyImportView *self)
{
  if (self->import == NULL || g_str_equal (response, "cancel"))
    {
      end_run (self);
      return;
    }
  self->asked_columns = TRUE;
  if (g_str_equal (response, "skip"))
    {
      shy_import_set_hidden_columns (self->import, SHY_IMPORT_HIDDEN_SKIP);
      decide (self);
      return;
    }
  shy_import_set_hidden_columns (self->import, SHY_IMPORT_HIDDEN_INCLUDE);
  if (!ask_first (self))
    keep (self);
}

/* Asks whether columns that are hidden in the sheet are read. FALSE if there are none. */
static gboolean
ask_columns (SubsidyImportView *self)
{
  g_autofree char *said = shy_import_dup_hidden_columns (self->import);
  GtkWidget       *dialog;

  if (self->asked_columns || said == NULL)
    return FALSE;

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   _("Are the Hidden Columns Meant?"), said);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "skip",
                                    _("_Leave Hidden Columns Out"), "keep", _("_Read Hidden Columns"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (columns_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

/* Asks before rows are kept that a filter hid, or that were kept before, and before hidden columns are
 * read. FALSE if there is nothing to ask. */
static gboolean
ask_first (SubsidyImportView *self)
{
  g_autofree char *said = shy_import_dup_hidden_rows (self->import);
  gboolean         hidden = said != NULL;
  g_autofree char *earlier = shy_import_dup_earlier (self->import);
  g_autofree char *remarks = NULL;
  GtkWidget       *dialog;

  if (ask_columns (self))
    return TRUE;
  if (self->asked || (!hidden && earlier == NULL))
    return FALSE;

  remarks = dup_remarks (self);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   hidden ? _("Are the Hidden Rows Meant?")
                                          : _("Keep This File Once More?"), remarks);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  if (hidden)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "skip",
                                     _("_Leave Hidden Rows Out"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "keep",
                                   hidden ? _("_Include Hidden Rows") : _("_Keep Once More"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SubsidyImportView) self = user_data;
  g_autoptr (GError)            error = NULL;

  if (self->desk == NULL)
    return; /* the window was closed meanwhile */
  if (!shy_import_run_finish (SHY_IMPORT (source), result, &error))
    {
      tell_stopped (self, error);
      end_run (self);
      return;
    }

  /* Another file may have taken its place meanwhile. */
  if (SHY_IMPORT (source) != self->import)
    set_running (self, FALSE);
  else if (!ask_first (self))
    keep (self);
}

static void
run_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  SubsidyImportView *self = SUBSIDY_IMPORT_VIEW (widget);

  /* While a file is read, the one before it is not what is asked for. */
  if (self->import == NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->run)) ||
      gtk_revealer_get_reveal_child (self->running))
    return;

  restart (self);
  set_running (self, TRUE);
  self->asked = self->asked_columns = FALSE;
  shy_import_set_hidden_rows (self->import, SHY_IMPORT_HIDDEN_ASK);
  shy_import_set_hidden_columns (self->import, SHY_IMPORT_HIDDEN_ASK);
  g_object_bind_property (self->import, "progress", self->progress, "fraction",
                          G_BINDING_DEFAULT);
  decide (self);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  g_cancellable_cancel (SUBSIDY_IMPORT_VIEW (widget)->cancellable);
}

static gboolean
is_running (SubsidyImportView *self)
{
  return gtk_revealer_get_reveal_child (self->running);
}

static void
stop_answered_cb (AdwMessageDialog  *dialog,
                  const char        *response,
                  SubsidyImportView *self)
{
  self->asking = FALSE;
  if (!g_str_equal (response, "stop"))
    {
      g_clear_object (&self->next);
      self->closing = FALSE;
    }
  else if (is_running (self))
    g_cancellable_cancel (self->cancellable);
  else
    end_run (self); /* it was done before the answer came */
}

/* What runs is not stopped by a slip of the hand. */
static void
ask_to_stop (SubsidyImportView *self)
{
  AdwMessageDialog *dialog;

  if (self->asking)
    return;

  self->asking = TRUE;
  dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            _("Stop Deciding?"), NULL));
  adw_message_dialog_format_body (dialog,
                                  /* Translators: %s is the name of a spreadsheet. */
                                  _("The applications in “%s” are being decided. If you stop now, "
                                    "nothing of them is kept."),
                                  gtk_label_get_label (self->title));
  adw_message_dialog_add_responses (dialog, "go-on", _("_Go On Deciding"), "stop", _("_Stop"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "stop", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "go-on");
  adw_message_dialog_set_close_response (dialog, "go-on");
  g_signal_connect_object (dialog, "response", G_CALLBACK (stop_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
close_request_cb (SubsidyImportView *self)
{
  if (!is_running (self))
    return GDK_EVENT_PROPAGATE;

  self->closing = TRUE;
  ask_to_stop (self);
  return GDK_EVENT_STOP;
}

static void
subsidy_import_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (subsidy_import_view_parent_class)->root (widget);

  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    g_signal_connect_object (gtk_widget_get_root (widget), "close-request",
                             G_CALLBACK (close_request_cb), widget, G_CONNECT_SWAPPED);
}

static void
subsidy_import_view_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), close_request_cb, widget);

  GTK_WIDGET_CLASS (subsidy_import_view_parent_class)->unroot (widget);
}

/* The first row stands for “as each row says”. */
static void
fill_counties (SubsidyImportView *self)
{
  ShyCountyRegistry        *registry = shy_county_registry_get_default (NULL);
  g_autoptr (GPtrArray)     counties = shy_county_registry_list_scope (registry, "");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->counties = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->counties, NULL);
  gtk_string_list_append (names, _("As each row says"));
  for (guint i = 0; i < counties->len; i++)
    {
      ShyCounty *county = g_ptr_array_index (counties, i);

      g_ptr_array_add (self->counties, g_strdup (shy_county_get_code (county)));
      gtk_string_list_append (names, shy_county_get_name (county));
    }

  adw_combo_row_set_model (self->county, G_LIST_MODEL (names));
}

static void
subsidy_import_view_dispose (GObject *object)
{
  SubsidyImportView *self = SUBSIDY_IMPORT_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->import);
  g_clear_object (&self->next);
  g_clear_object (&self->desk);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->policies, g_ptr_array_unref);
  g_clear_pointer (&self->counties, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_hash_table_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->chosen, g_free);

  G_OBJECT_CLASS (subsidy_import_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SubsidyImportView, title);
  gtk_widget_class_bind_template_child (widget_class, SubsidyImportView, run);
  gtk_widget_class_bind_template_child (widget_class, SubsidyImportView, stack);
  gtk_widget_class_bind_template_child (widget_class, SubsidyImportView, failure);
  gtk_widget_class_bind_template_child (widget_class, SubsidyImportView, deciding);
  gtk_widget_class_bind_template_child (widget_class, SubsidyImportView, policy);
  gtk_widget_class_bind_template_child (widget_class, SubsidyImportView, sheet);
  gtk_widget_class_bind_template_child (widget_class, SubsidyImportView, county);
  gtk_widget_class_bind_template_child (widget_class, SubsidyImportView, on);
  gtk_widget_class_bind_template_child (widget_class, SubsidyImportView, matches);
  gtk_widget_class_bind_template_child (widget_class, SubsidyImportView, running);
  gtk_widget_class_bind_template_child (widget_class, SubsidyImportView, progress);
  gtk_widget_class_bind_template_callback (widget_class, policy_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, sheet_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, county_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, assigned_cb);
}

static void
subsidy_import_view_class_init (SubsidyImportViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = subsidy_import_view_dispose;
  widget_class->root = subsidy_import_view_root;
  widget_class->unroot = subsidy_import_view_unroot;

  signals[IMPORTED] =
    g_signal_new ("imported", SUBSIDY_TYPE_IMPORT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, SHY_TYPE_IMPORT, G_TYPE_INT64);

  g_type_ensure (SUBSIDY_TYPE_MATCH_LIST);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/shanye/Shanye/subsidy/subsidy-import-view.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "subsidy.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "subsidy.cancel", NULL, cancel_action);
}

static void
subsidy_import_view_init (SubsidyImportView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->columns = g_hash_table_new (NULL, NULL);
}

void
subsidy_import_view_set_desk (SubsidyImportView *self,
                              SubsidyDesk       *desk)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char      *today = g_date_time_format (now, "%Y-%m-%d");

  g_set_object (&self->desk, desk);
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->on), today);
  fill_policies (self);
  fill_counties (self);
  self->filling = FALSE;
}

/* Versions may have come or gone since the last file. */
static void
renew_policies (SubsidyImportView *self)
{
  if (self->registry == subsidy_desk_get_policies (self->desk))
    return;
  self->filling = TRUE;
  fill_policies (self);
  self->filling = FALSE;
}

/* Whoever looks at one county opens the files of that county. */
static void
select_county (SubsidyImportView *self)
{
  const char *scope = shy_context_get_scope (subsidy_desk_get_context (self->desk));
  guint       position = 0;

  for (guint i = 1; i < self->counties->len; i++)
    if (g_str_equal (g_ptr_array_index (self->counties, i), scope))
      position = i;

  self->filling = TRUE;
  adw_combo_row_set_selected (self->county, position);
  self->filling = FALSE;
}

/* subsidy_import_view_open: shows a spreadsheet with the policy that fits its headers best. */
void
subsidy_import_view_open (SubsidyImportView *self,
                          GFile             *file)
{
  g_autofree char *name = g_file_get_basename (file);

  if (is_running (self))
    {
      g_set_object (&self->next, file);
      ask_to_stop (self);
      return;
    }

  renew_policies (self);
  g_free (self->path);
  self->path = g_file_get_path (file);
  if (self->path == NULL)
    {
      shy_toast_message (GTK_WIDGET (self),
                         _("The file is not on this computer. Copy it here first."));
      return;
    }

  gtk_label_set_label (self->title, name);
  g_clear_pointer (&self->chosen, g_free);
  g_hash_table_remove_all (self->columns);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  select_county (self);
  load (self, TRUE);
}
