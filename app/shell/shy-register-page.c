/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-register-page.h"

#include "shy-core.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Whether the register is as it was stored: verifying, what was found, and the head to note. It reads on
 * a thread and a connection of its own, so that nobody waits for it.
 */
struct _ShyRegisterPage
{
  AdwPreferencesPage parent_instance;

  AdwActionRow   *verdict;
  GtkWidget      *verify;
  GtkWidget      *stop;
  GtkProgressBar *progress;
  GtkLabel       *findings;
  AdwActionRow   *head;
  AdwEntryRow    *noted;

  char           *database;    /* (owned) */
  GCancellable   *cancellable; /* (owned) (nullable): of the run */
  guint           tick;        /* source that shows the progress */
};

G_DEFINE_FINAL_TYPE (ShyRegisterPage, shy_register_page, ADW_TYPE_PREFERENCES_PAGE)

/* Sentences that are shown; the command line has the others. */
#define MOST_SHOWN 20

/* A verification on its way; the thread writes what is atomic, the callback reads the rest. */
typedef struct
{
  char             *database;
  gint64            expected_number;
  char             *expected_hash; /* (nullable) */
  int               permille;      /* (atomic) */
  ShyJournalReport *report;        /* (owned) (nullable) */
} Run;

static void
run_free (gpointer data)
{
  Run *self = data;

  g_free (self->database);
  g_free (self->expected_hash);
  g_clear_pointer (&self->report, shy_journal_report_free);
  g_free (self);
}

static void
note_progress (gint64 done, gint64 total, gpointer data)
{
  Run *self = data;

  g_atomic_int_set (&self->permille, total > 0 ? (int) (1000 * done / total) : 0);
}

static gboolean
verify_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Run *self = data;

  g_clear_pointer (&self->report, shy_journal_report_free);
  self->report = shy_journal_verify_all (connection, self->expected_number, self->expected_hash,
                                         note_progress, self, error);
  return self->report != NULL;
}

static void
verify_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Run                 *run = data;
  GError              *error = NULL;
  g_autoptr (ShyStore) store = shy_store_open_read_only (run->database, &error);

  if (store != NULL && shy_store_run (store, SHY_STORE_READ, verify_job, run, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
show_running (ShyRegisterPage *self, gboolean running)
{
  gtk_widget_set_visible (self->verify, !running);
  gtk_widget_set_visible (self->stop, running);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.verify", !running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.stop", running);
  if (!running)
    g_clear_handle_id (&self->tick, g_source_remove);
}

static void
say (ShyRegisterPage *self, const char *title, const char *subtitle)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->verdict), title);
  adw_action_row_set_subtitle (self->verdict, subtitle != NULL ? subtitle : "");
}

static void
show_findings (ShyRegisterPage *self, const ShyJournalReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (report->broken > 0)
    /* Translators: the number of an entry, then what is wrong with it. */
    g_string_append_printf (text, _("Entry %d of the journal: %s."), (int) report->broken,
                            report->reason);
  for (guint i = 0; i < MIN (report->findings->len, MOST_SHOWN); i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            ((ShyJournalFinding *) report->findings->pdata[i])->sentence);
  if (report->faults > MOST_SHOWN)
    /* Translators: how many more sentences there are. */
    g_string_append_printf (text, _("\nAnd %d more: shanyectl journal verify lists them."),
                            (int) (report->faults - MOST_SHOWN));
  gtk_label_set_label (self->findings, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->findings), text->len > 0);
}

static void
show_report (ShyRegisterPage *self, const Run *run)
{
  const ShyJournalReport *report = run->report;
  g_autofree char        *head = g_strdup_printf ("%" G_GINT64_FORMAT ":%s", report->number,
                                                  report->head);
  g_autofree char        *counted = NULL;

  counted = g_strdup_printf (ngettext ("%d entry of the journal was read, and what it binds.",
                                       "%d entries of the journal were read, and what they bind.",
                                       (gulong) report->entries), (int) report->entries);
  if (!shy_journal_report_is_intact (report))
    say (self, _("The register is not as it was stored"),
         _("Keep the database as it is, and tell those who audit it."));
  else if (run->expected_hash != NULL)
    say (self, _("The register is as it was stored, and the noted check code is part of it"), counted);
  else
    say (self, _("The register is as it was stored"), counted);
  show_findings (self, report);
  adw_action_row_set_subtitle (self->head, head);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.copy", TRUE);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ShyRegisterPage   *self = SHY_REGISTER_PAGE (source);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      show_report (self, g_task_get_task_data (G_TASK (result)));
      show_running (self, FALSE);
      g_clear_object (&self->cancellable);
      return;
    }
  if (self->database == NULL)
    return; /* disposed of */
  show_running (self, FALSE);
  g_clear_object (&self->cancellable);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, _("Not verified to the end"), NULL);
  else
    say (self, _("The register could not be verified"), error->message);
}

static gboolean
tick_cb (gpointer data)
{
  Run             *run = g_task_get_task_data (data);
  ShyRegisterPage *self = g_task_get_source_object (data);

  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&run->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

/* Takes NUMBER:HASH; nothing where the row is empty. */
static gboolean
take_noted (ShyRegisterPage *self, Run *run)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->noted)));
  char            *end;

  g_strstrip (text);
  if (*text == '\0')
    return TRUE;
  run->expected_number = g_ascii_strtoll (text, &end, 10);
  if (run->expected_number <= 0 || *end != ':' || strlen (end + 1) != 64)
    return FALSE;
  run->expected_hash = g_strdup (end + 1);
  return TRUE;
}

static void
verify_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ShyRegisterPage  *self = SHY_REGISTER_PAGE (widget);
  Run              *run = g_new0 (Run, 1);
  g_autoptr (GTask) task = NULL;

  run->database = g_strdup (self->database);
  if (!take_noted (self, run))
    {
      run_free (run);
      say (self, _("That is no check code"),
           _("Write it as it was noted: a number, a colon, and 64 digits and letters."));
      return;
    }
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, verified_cb, NULL);
  g_task_set_source_tag (task, verify_action);
  g_task_set_task_data (task, run, run_free);
  say (self, _("Verifying…"), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->findings), FALSE);
  show_running (self, TRUE);
  self->tick = g_timeout_add_full (G_PRIORITY_DEFAULT, 250, tick_cb, g_object_ref (task),
                                   g_object_unref);
  g_task_run_in_thread (task, verify_worker);
}

/* Whoever typed a head wants it compared. */
static void
noted_cb (ShyRegisterPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "register.verify", NULL);
}

static void
stop_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_cancellable_cancel (SHY_REGISTER_PAGE (widget)->cancellable);
}

static void
copy_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *head = adw_action_row_get_subtitle (SHY_REGISTER_PAGE (widget)->head);

  if (head != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), head);
}

static void
shy_register_page_dispose (GObject *object)
{
  ShyRegisterPage *self = SHY_REGISTER_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->database, g_free);

  G_OBJECT_CLASS (shy_register_page_parent_class)->dispose (object);
}

static void
shy_register_page_class_init (ShyRegisterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = shy_register_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/ui/shy-register-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyRegisterPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, ShyRegisterPage, verify);
  gtk_widget_class_bind_template_child (widget_class, ShyRegisterPage, stop);
  gtk_widget_class_bind_template_child (widget_class, ShyRegisterPage, progress);
  gtk_widget_class_bind_template_child (widget_class, ShyRegisterPage, findings);
  gtk_widget_class_bind_template_child (widget_class, ShyRegisterPage, head);
  gtk_widget_class_bind_template_child (widget_class, ShyRegisterPage, noted);
  gtk_widget_class_bind_template_callback (widget_class, noted_cb);
  gtk_widget_class_install_action (widget_class, "register.verify", NULL, verify_action);
  gtk_widget_class_install_action (widget_class, "register.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "register.copy", NULL, copy_action);
}

static void
shy_register_page_init (ShyRegisterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_action_row_set_subtitle (self->head, _("Verify to see it."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "register.copy", FALSE);
}

/*< private >
 * shy_register_page_new:
 * @database: (type filename): the register
 *
 * Returns: a page of settings
 */
AdwPreferencesPage *
shy_register_page_new (const char *database)
{
  ShyRegisterPage *self = g_object_new (SHY_TYPE_REGISTER_PAGE, NULL);

  self->database = g_strdup (database);
  return ADW_PREFERENCES_PAGE (self);
}
