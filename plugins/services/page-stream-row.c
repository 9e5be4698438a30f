/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-stream-row.h"

#include "services-sign.h"

#include <glib/gi18n-lib.h>

struct _ServicesStreamRow
{
  AdwExpanderRow  parent_instance;

  GtkImage       *icon;
  GtkWidget      *rows;
  AdwActionRow   *held;
  AdwActionRow   *trouble;
  GtkWidget      *source_date;
  GtkLabel       *source_date_value;
  GtkLabel       *success_value;
  GtkLabel       *attempt_value;
  GtkLabel       *next_value;
  GtkLabel       *dataset_value;
  GtkWidget      *warnings;
  GtkLabel       *warnings_value;

  GPtrArray      *notices;  /* (owned) of the rows that show one */
  char           *service;  /* (owned) (nullable) until it is shown */
  char           *stream;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ServicesStreamRow, services_stream_row, ADW_TYPE_EXPANDER_ROW)

static void
activate (ServicesStreamRow *self,
          const char        *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self), action, "(ss)", self->service, self->stream);
}

static void
rows_cb (ServicesStreamRow *self)
{
  activate (self, "services.show-rows");
}

static void
decide_cb (ServicesStreamRow *self)
{
  activate (self, "services.decide");
}

static void
services_stream_row_finalize (GObject *object)
{
  ServicesStreamRow *self = SERVICES_STREAM_ROW (object);

  g_ptr_array_unref (self->notices);
  g_free (self->service);
  g_free (self->stream);

  G_OBJECT_CLASS (services_stream_row_parent_class)->finalize (object);
}

static void
services_stream_row_class_init (ServicesStreamRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = services_stream_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/page-stream-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesStreamRow, icon);
  gtk_widget_class_bind_template_child (widget_class, ServicesStreamRow, rows);
  gtk_widget_class_bind_template_child (widget_class, ServicesStreamRow, held);
  gtk_widget_class_bind_template_child (widget_class, ServicesStreamRow, trouble);
  gtk_widget_class_bind_template_child (widget_class, ServicesStreamRow, source_date);
  gtk_widget_class_bind_template_child (widget_class, ServicesStreamRow, source_date_value);
  gtk_widget_class_bind_template_child (widget_class, ServicesStreamRow, success_value);
  gtk_widget_class_bind_template_child (widget_class, ServicesStreamRow, attempt_value);
  gtk_widget_class_bind_template_child (widget_class, ServicesStreamRow, next_value);
  gtk_widget_class_bind_template_child (widget_class, ServicesStreamRow, dataset_value);
  gtk_widget_class_bind_template_child (widget_class, ServicesStreamRow, warnings);
  gtk_widget_class_bind_template_child (widget_class, ServicesStreamRow, warnings_value);
  gtk_widget_class_bind_template_callback (widget_class, rows_cb);
  gtk_widget_class_bind_template_callback (widget_class, decide_cb);
}

static void
services_stream_row_init (ServicesStreamRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->notices = g_ptr_array_new ();
}

GtkWidget *
services_stream_row_new (void)
{
  return g_object_new (SERVICES_TYPE_STREAM_ROW, NULL);
}

static void
show_summary (ServicesStreamRow     *self,
              const ShyStreamStatus *status,
              GDateTime             *now)
{
  g_autofree char *age = shy_landing_words_age (status->last_success, now);
  g_autofree char *count = shy_landing_words_count (status->rows);
  g_autoptr (GString) text = g_string_new (age);

  if (status->last_success != NULL || status->rows > 0)
    g_string_append_printf (text, ngettext (" · %s row", " · %s rows", status->rows), count);
  if (status->interrupted)
    g_string_append (text, _(" · the next pull goes on where the last one ended"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), status->title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text->str);
}

static void
show_moment (GtkLabel   *label,
             const char *moment,
             const char *otherwise,
             GDateTime  *now)
{
  g_autofree char *text = shy_landing_words_moment (moment, now);

  gtk_label_set_label (label, moment != NULL ? text : otherwise);
}

static void
show_problems (ServicesStreamRow     *self,
               const ShyStreamStatus *status)
{
  const char *trouble = status->trouble != NULL ? status->trouble : "";

  gtk_widget_set_visible (GTK_WIDGET (self->held), status->held);
  adw_action_row_set_subtitle (self->held, trouble);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), *trouble != '\0' && !status->held);
  adw_action_row_set_subtitle (self->trouble, trouble);
}

static GtkWidget *
make_notice (const ShyPullNotice *notice,
             GDateTime           *now)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *icon = gtk_image_new_from_icon_name ("dialog-information-symbolic");
  GtkWidget       *button = gtk_button_new_with_mnemonic (_("_Dismiss"));
  g_autofree char *made = shy_landing_words_moment (notice->made_at, now);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), notice->sentence);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), made);
  gtk_widget_add_css_class (icon, "accent");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Notice"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "services.dismiss");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", notice->id);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data (G_OBJECT (row), "notice", GSIZE_TO_POINTER (notice->id));
  return row;
}

/* Whether these notices are shown already, in this order. */
static gboolean
has_notices (ServicesStreamRow *self,
             GPtrArray         *notices)
{
  guint n = 0;

  for (guint i = 0; i < notices->len; i++)
    {
      const ShyPullNotice *notice = g_ptr_array_index (notices, i);

      if (!g_str_equal (notice->stream, self->stream))
        continue;
      if (n == self->notices->len ||
          g_object_get_data (g_ptr_array_index (self->notices, n), "notice") !=
            GSIZE_TO_POINTER (notice->id))
        return FALSE;
      n++;
    }

  return n == self->notices->len;
}

static void
show_notices (ServicesStreamRow *self,
              GPtrArray         *notices,
              GDateTime         *now)
{
  if (has_notices (self, notices))
    return;

  for (guint i = 0; i < self->notices->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->notices, i));
  g_ptr_array_set_size (self->notices, 0);

  for (guint i = 0; i < notices->len; i++)
    {
      const ShyPullNotice *notice = g_ptr_array_index (notices, i);
      GtkWidget           *row;

      if (!g_str_equal (notice->stream, self->stream))
        continue;
      row = make_notice (notice, now);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      g_ptr_array_add (self->notices, row);
    }
}

/* services_stream_row_show: shows a stream as it is now, and those of @notices that are about it. */
void
services_stream_row_show (ServicesStreamRow     *self,
                          const ShyStreamStatus *status,
                          GPtrArray             *notices)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char      *warnings = shy_landing_words_count (status->warnings);

  g_free (self->service);
  g_free (self->stream);
  self->service = g_strdup (status->service);
  self->stream = g_strdup (status->stream);

  show_summary (self, status, now);
  services_sign_show (services_sign_of (shy_stream_status_get_state (status)), self->icon);
  show_problems (self, status);
  show_notices (self, notices, now);
  gtk_widget_set_visible (self->source_date, status->source_date != NULL);
  show_moment (self->source_date_value, status->source_date, "", now);
  show_moment (self->success_value, status->last_success, C_("time", "never"), now);
  show_moment (self->attempt_value, status->last_attempt, C_("time", "never"), now);
  show_moment (self->next_value, status->next_pull, _("none: a person pulls"), now);
  gtk_label_set_label (self->dataset_value, status->dataset_title != NULL ? status->dataset_title
                                                                          : _("general rows"));
  gtk_widget_set_visible (self->warnings, status->warnings > 0);
  gtk_label_set_label (self->warnings_value, warnings);
  gtk_widget_set_sensitive (self->rows, status->rows > 0);
}
