/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-options.h"

#include "services-change.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* Hours are chosen in steps of this many minutes. */
#define STEP 30

#define DAY (24 * 60)

struct _ServicesOptionsView
{
  AdwBin             parent_instance;

  GtkSwitch         *automatic;
  AdwComboRow       *from;
  AdwComboRow       *to;
  AdwComboRow       *every;
  GtkSwitch         *workdays;
  GtkSwitch         *sensitive;
  GtkWidget         *pulls;
  GtkWidget         *personal;
  AdwEntryRow       *url_base;
  AdwEntryRow       *licence;
  AdwEntryRow       *expires;

  ShyContext        *context;      /* (owned) (nullable) until it is shown */
  char              *service;      /* (owned) (nullable) */
  ShyServiceOptions  options;      /* (owned texts): as the database has them, or will in a moment */
  GCancellable      *cancellable;  /* (owned) cancelled in dispose */
  gboolean           showing;      /* the widgets are being set, not changed by a person */
};

G_DEFINE_FINAL_TYPE (ServicesOptionsView, services_options_view, ADW_TYPE_BIN)

/* How long after a success a service is pulled again, in minutes. */
static const guint periods[] = { 30, 60, 120, 240, 480, DAY, 7 * DAY };

static void show_options (ServicesOptionsView *self);

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (ServicesOptionsView) self = data;
  g_autoptr (GError)              error = NULL;

  if (!services_change_finish (SHY_CONTEXT (source), result, NULL, &error))
    shy_toast_error (GTK_WIDGET (self), error);
}

static void
keep (ServicesOptionsView *self)
{
  const ServicesChange change = { SERVICES_CHANGE_OPTIONS, .service = self->service,
                                  .options = self->options };

  services_change_async (self->context, &change, self->cancellable, kept_cb, g_object_ref (self));
}

static guint
get_minute (AdwComboRow *row)
{
  return adw_combo_row_get_selected (row) * STEP;
}

/* What cannot be, such as an end before the beginning, is not kept but shown as an error. */
static void
times_changed_cb (ServicesOptionsView *self)
{
  guint from = get_minute (self->from), to = get_minute (self->to);
  guint every = adw_combo_row_get_selected (self->every);

  if (self->showing || every >= G_N_ELEMENTS (periods))
    return;

  if (from >= to)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->to), "error");
      return;
    }

  gtk_widget_remove_css_class (GTK_WIDGET (self->to), "error");
  self->options.automatic = gtk_switch_get_active (self->automatic);
  self->options.from_minute = from;
  self->options.to_minute = to;
  self->options.every_minutes = periods[every];
  self->options.workdays_only = gtk_switch_get_active (self->workdays);
  keep (self);
}

static void
sensitive_answered_cb (GtkWidget  *widget,
                       const char *response)
{
  ServicesOptionsView *self = SERVICES_OPTIONS_VIEW (widget);

  if (g_str_equal (response, "keep"))
    {
      self->options.keep_sensitive = TRUE;
      keep (self);
    }
  show_options (self);
}

static void
ask_sensitive (ServicesOptionsView *self)
{
  const ShyDialogAnswer answers[] = {
    { "cancel", _("_Do Not Keep"), ADW_RESPONSE_DEFAULT },
    { "keep", _("_Keep Them"), ADW_RESPONSE_DESTRUCTIVE },
  };

  shy_dialog_ask (GTK_WIDGET (self), _("Keep Fields About Persons?"),
                  _("Names, numbers and telephone numbers of persons will be stored in the database "
                    "of this computer from the next pull on, unencrypted, and shown masked. Do this "
                    "only if your bureau needs them for its work, its agreement with the service "
                    "allows it, and the disk is protected."),
                  answers, G_N_ELEMENTS (answers), sensitive_answered_cb);
}

static void
sensitive_changed_cb (ServicesOptionsView *self)
{
  gboolean active = gtk_switch_get_active (self->sensitive);

  if (self->showing || active == self->options.keep_sensitive)
    return;

  if (active)
    {
      ask_sensitive (self);
      return;
    }

  self->options.keep_sensitive = FALSE;
  keep (self);
}

static char *
dup_entry (AdwEntryRow *row)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static gboolean
is_address (const char *text)
{
  const char *scheme = g_uri_peek_scheme (text);

  return (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0) &&
         g_uri_is_valid (text, G_URI_FLAGS_NONE, NULL);
}

static gboolean
is_day (const char *text)
{
  GDate day;
  int   year, month, date, end = 0;

  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &date, &end) != 3 || text[end] != '\0')
    return FALSE;

  g_date_clear (&day, 1);
  return end == 10 && g_date_valid_dmy (date, month, year);
}

/* Takes an entry over where it is empty or @fits; otherwise marks it. */
static void
take_entry (ServicesOptionsView  *self,
            AdwEntryRow          *row,
            char                **target,
            gboolean            (*fits) (const char *text))
{
  g_autofree char *text = dup_entry (row);

  if (text != NULL && fits != NULL && !fits (text))
    {
      gtk_widget_add_css_class (GTK_WIDGET (row), "error");
      return;
    }

  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  if (g_strcmp0 (text, *target) == 0)
    return;

  g_free (*target);
  *target = g_steal_pointer (&text);
  keep (self);
}

static void
url_base_applied_cb (ServicesOptionsView *self)
{
  take_entry (self, self->url_base, &self->options.url_base, is_address);
  if (gtk_widget_has_css_class (GTK_WIDGET (self->url_base), "error"))
    shy_toast_message (GTK_WIDGET (self),
                       _("This is no address. It begins with https:// or http://."));
}

static void
licence_applied_cb (ServicesOptionsView *self)
{
  take_entry (self, self->licence, &self->options.licence_note, NULL);
}

static void
expires_applied_cb (ServicesOptionsView *self)
{
  take_entry (self, self->expires, &self->options.expires_on, is_day);
  if (gtk_widget_has_css_class (GTK_WIDGET (self->expires), "error"))
    shy_toast_message (GTK_WIDGET (self), _("This is no day. Write it as 2026-12-31."));
}

/* Hours that do not fall on a step are shown as the step before; they stay until one is chosen. */
static void
fill_hours (AdwComboRow *row,
            guint        first)
{
  g_autoptr (GtkStringList) hours = gtk_string_list_new (NULL);

  for (guint minute = 0; minute <= DAY; minute += STEP)
    {
      g_autofree char *text = g_strdup_printf ("%02u:%02u", minute / 60, minute % 60);

      gtk_string_list_append (hours, text);
    }

  adw_combo_row_set_model (row, G_LIST_MODEL (hours));
  adw_combo_row_set_selected (row, first / STEP);
}

static void
fill_periods (AdwComboRow *row)
{
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      guint            minutes = periods[i];
      g_autofree char *text = NULL;

      if (minutes < 60)
        text = g_strdup_printf (ngettext ("every %u minute", "every %u minutes", minutes), minutes);
      else if (minutes < DAY)
        text = g_strdup_printf (ngettext ("every %u hour", "every %u hours", minutes / 60),
                                minutes / 60);
      else
        text = g_strdup (minutes == DAY ? _("every day") : _("every week"));
      gtk_string_list_append (texts, text);
    }

  adw_combo_row_set_model (row, G_LIST_MODEL (texts));
}

static guint
find_period (guint minutes)
{
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (periods) && periods[i] < minutes)
    i++;

  return i;
}

static void
set_entry (AdwEntryRow *row,
           const char  *text)
{
  if (text == NULL)
    text = "";
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
show_options (ServicesOptionsView *self)
{
  const ShyServiceOptions *options = &self->options;

  self->showing = TRUE;
  gtk_switch_set_active (self->automatic, options->automatic);
  adw_combo_row_set_selected (self->from, options->from_minute / STEP);
  adw_combo_row_set_selected (self->to, options->to_minute / STEP);
  adw_combo_row_set_selected (self->every, find_period (options->every_minutes));
  gtk_switch_set_active (self->workdays, options->workdays_only);
  gtk_switch_set_active (self->sensitive, options->keep_sensitive);
  set_entry (self->url_base, options->url_base);
  set_entry (self->licence, options->licence_note);
  set_entry (self->expires, options->expires_on);
  self->showing = FALSE;
}

static void
services_options_view_dispose (GObject *object)
{
  ServicesOptionsView *self = SERVICES_OPTIONS_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_options_view_parent_class)->dispose (object);
}

static void
services_options_view_finalize (GObject *object)
{
  ServicesOptionsView *self = SERVICES_OPTIONS_VIEW (object);

  g_object_unref (self->cancellable);
  shy_service_options_clear (&self->options);
  g_free (self->service);

  G_OBJECT_CLASS (services_options_view_parent_class)->finalize (object);
}

static void
services_options_view_class_init (ServicesOptionsViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = services_options_view_dispose;
  object_class->finalize = services_options_view_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/page-options.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesOptionsView, automatic);
  gtk_widget_class_bind_template_child (widget_class, ServicesOptionsView, from);
  gtk_widget_class_bind_template_child (widget_class, ServicesOptionsView, to);
  gtk_widget_class_bind_template_child (widget_class, ServicesOptionsView, every);
  gtk_widget_class_bind_template_child (widget_class, ServicesOptionsView, workdays);
  gtk_widget_class_bind_template_child (widget_class, ServicesOptionsView, sensitive);
  gtk_widget_class_bind_template_child (widget_class, ServicesOptionsView, pulls);
  gtk_widget_class_bind_template_child (widget_class, ServicesOptionsView, personal);
  gtk_widget_class_bind_template_child (widget_class, ServicesOptionsView, url_base);
  gtk_widget_class_bind_template_child (widget_class, ServicesOptionsView, licence);
  gtk_widget_class_bind_template_child (widget_class, ServicesOptionsView, expires);
  gtk_widget_class_bind_template_callback (widget_class, times_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sensitive_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, url_base_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, licence_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, expires_applied_cb);
}

static void
services_options_view_init (ServicesOptionsView *self)
{
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_hours (self->from, 0);
  fill_hours (self->to, DAY);
  fill_periods (self->every);
  self->cancellable = g_cancellable_new ();
  self->showing = FALSE;
}

/* services_options_view_show: shows the options of a service; what a person types meanwhile stays
 * unless the options themselves have changed. */
void
services_options_view_show (ServicesOptionsView *self,
                            ShyContext          *context,
                            ShyServiceItem      *item)
{
  const ShyServiceEntry *entry = shy_service_item_get_entry (item);

  g_return_if_fail (SERVICES_IS_OPTIONS_VIEW (self));

  g_set_object (&self->context, context);
  /* What is only asked is neither pulled nor kept. */
  gtk_widget_set_visible (self->pulls, entry->n_streams > 0);
  gtk_widget_set_visible (self->personal, entry->n_streams > 0);
  if (g_strcmp0 (self->service, entry->id) == 0 &&
      shy_service_options_equal (&self->options, &entry->options))
    return;

  g_free (self->service);
  self->service = g_strdup (entry->id);
  shy_service_options_clear (&self->options);
  shy_service_options_copy (&self->options, &entry->options);
  show_options (self);
}
