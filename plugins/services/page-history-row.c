/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-history-row.h"

#include "services-sign.h"

#include <glib/gi18n-lib.h>

struct _ServicesHistoryRow
{
  AdwExpanderRow  parent_instance;
  ShyPullRecord  *record;  /* (owned) */
  gboolean        filled;
};

G_DEFINE_FINAL_TYPE (ServicesHistoryRow, services_history_row, ADW_TYPE_EXPANDER_ROW)

static const ServicesSign looks[] = {
  [SHY_PULL_RUNNING] = { "content-loading-symbolic", "dim-label", N_("Running") },
  [SHY_PULL_LANDED] = { "emblem-ok-symbolic", "success", N_("Taken over") },
  [SHY_PULL_UNCHANGED] = { "emblem-ok-symbolic", "dim-label", N_("Nothing had changed") },
  [SHY_PULL_HELD] = { "dialog-question-symbolic", "warning", N_("Held back for a decision") },
  [SHY_PULL_FAILED] = { "dialog-error-symbolic", "error", N_("Failed") },
  [SHY_PULL_CANCELLED] = { "process-stop-symbolic", "dim-label", N_("Cancelled") },
};

static void
add_text (ServicesHistoryRow *self,
          const char         *text)
{
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_top (label, 9);
  gtk_widget_set_margin_bottom (label, 9);
  gtk_widget_set_margin_start (label, 15);
  gtk_widget_set_margin_end (label, 15);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

/* The report is read when it is looked at. */
static void
expanded_cb (ServicesHistoryRow *self)
{
  g_autofree char *report = NULL;

  if (self->filled || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;

  self->filled = TRUE;
  if (self->record->reason != NULL)
    add_text (self, self->record->reason);
  report = shy_landing_words_report (self->record->report);
  add_text (self, *report != '\0' ? report : _("There is no report of this pull."));
}

static void
add_part (GString *text,
          char    *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
  g_free (part);
}

static void
add_count (GString    *text,
           const char *format,
           guint64     count)
{
  g_autofree char *number = shy_landing_words_count (count);

  if (count == 0)
    return;
  g_string_append (text, " · ");
  g_string_append_printf (text, format, number);
}

static char *
say_duration (const ShyPullRecord *record)
{
  g_autoptr (GDateTime) started = g_date_time_new_from_iso8601 (record->started, NULL);
  g_autoptr (GDateTime) ended = NULL;
  gint64                seconds;

  if (record->ended != NULL)
    ended = g_date_time_new_from_iso8601 (record->ended, NULL);
  if (started == NULL || ended == NULL)
    return NULL;

  seconds = MAX (g_date_time_difference (ended, started) / G_TIME_SPAN_SECOND, 0);
  if (seconds < 120)
    return g_strdup_printf (ngettext ("took %d second", "took %d seconds", seconds), (int) seconds);
  return g_strdup_printf (ngettext ("took %d minute", "took %d minutes", seconds / 60),
                          (int) (seconds / 60));
}

static char *
summarise (const ShyPullRecord *record)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GString)   text = g_string_new (_(looks[record->outcome].words));
  char                 *duration = say_duration (record);

  add_part (text, shy_landing_words_moment (record->started, now));
  if (duration != NULL)
    add_part (text, duration);
  add_count (text, _("%s rows"), record->rows);
  add_count (text, _("%s new"), record->added);
  add_count (text, _("%s changed"), record->changed);
  add_count (text, _("%s withdrawn"), record->withdrawn);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
services_history_row_finalize (GObject *object)
{
  g_clear_pointer (&SERVICES_HISTORY_ROW (object)->record, shy_pull_record_free);

  G_OBJECT_CLASS (services_history_row_parent_class)->finalize (object);
}

static void
services_history_row_class_init (ServicesHistoryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = services_history_row_finalize;
}

static void
services_history_row_init (ServicesHistoryRow *self)
{
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

/* services_history_row_new: takes over the record. */
GtkWidget *
services_history_row_new (ShyPullRecord *record,
                          const char    *title)
{
  ServicesHistoryRow *self = g_object_new (SERVICES_TYPE_HISTORY_ROW, "use-markup", FALSE, NULL);
  g_autofree char    *summary = summarise (record);

  self->record = record;
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), services_sign_new (&looks[record->outcome]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), summary);
  return GTK_WIDGET (self);
}

const ShyPullRecord *
services_history_row_get_record (ServicesHistoryRow *self)
{
  g_return_val_if_fail (SERVICES_IS_HISTORY_ROW (self), NULL);

  return self->record;
}
