/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shots.h"

/* The windows in which a service is connected, with what a province on loopback answers. */

#define SERVICE "zj-open-jobfair"

static void
keep_key (Shots      *shots,
          const char *key)
{
  const char *base = province_server_get_base (shots->services.server);

  shy_secrets_memory_set (SERVICE, base, "appsecret", key);
}

/* One name of the source is left for the mapper. */
void
shots_editor_prepare (Shots      *shots,
                        const char *database)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (ShyStore) store = shy_store_open (database, &error);

  g_assert_no_error (error);
  services_sample_start (&shots->services, 2600);
  services_sample_connect (&shots->services, store, SERVICE, "\"acb303\"", "\"nowhere\"");
  keep_key (shots, province_get_key (SERVICE, "appsecret"));
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *icon)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), icon) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, icon);

  return found;
}

static GtkWidget *
find_top (Shots      *shots,
          const char *type)
{
  return shots_find (GTK_WIDGET (shots_top_window (shots)), type);
}

static gboolean
is_top (Shots      *shots,
        const char *type)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (shots_top_window (shots)), type);
}

static void
show_preferences (Shots *shots)
{
  shots_activate (shots, "preferences");
  adw_preferences_window_set_visible_page_name (
    ADW_PREFERENCES_WINDOW (shots_top_window (shots)), "services");
}

static gboolean
is_list_ready (Shots *shots)
{
  return find_button (GTK_WIDGET (shots_top_window (shots)), "dialog-password-symbolic") != NULL;
}

static void
press (Shots      *shots,
       const char *icon)
{
  g_signal_emit_by_name (find_button (GTK_WIDGET (shots_top_window (shots)), icon), "clicked");
}

static void
show_add (Shots *shots)
{
  GtkWidget *list = find_top (shots, "ServicesConnected");
  GtkWidget *button = shots_find (list, "GtkButton");

  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_add_ready (Shots *shots)
{
  return is_top (shots, "ServicesAddWindow") && find_top (shots, "GtkListBoxRow") != NULL;
}

static void
show_keys (Shots *shots)
{
  press (shots, "dialog-password-symbolic");
}

static gboolean
is_keys_ready (Shots *shots)
{
  return is_top (shots, "ServicesKeysWindow") && find_top (shots, "AdwPasswordEntryRow") != NULL;
}

static void
show_trial (Shots *shots)
{
  press (shots, "network-transmit-receive-symbolic");
}

static gboolean
is_trial_ready (Shots *shots)
{
  return is_top (shots, "ServicesTrialWindow") && find_top (shots, "ServicesTrialRows") != NULL;
}

static void
scroll_down (Shots *shots)
{
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (find_top (shots, "GtkScrolledWindow"));
  GtkAdjustment     *adjustment = gtk_scrolled_window_get_vadjustment (scrolled);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
show_mapper (Shots *shots)
{
  gtk_widget_activate_action (GTK_WIDGET (shots_top_window (shots)), "trial.map", NULL);
}

static gboolean
is_mapper_ready (Shots *shots)
{
  return is_top (shots, "ServicesMapper") && find_top (shots, "AdwComboRow") != NULL;
}

static void
choose_field (Shots *shots)
{
  GtkWidget *row = find_top (shots, "AdwComboRow");

  while (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "acb303") != 0)
    row = gtk_widget_get_next_sibling (row);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 4);
}

static void
show_text (Shots *shots)
{
  press (shots, "document-edit-symbolic");
}

static gboolean
is_text_ready (Shots *shots)
{
  return is_top (shots, "ServicesTextWindow") && find_top (shots, "GtkSourceView") != NULL;
}

static void
break_text (Shots *shots)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_top (shots,
                                                                             "GtkSourceView")));
  GtkTextIter    from, start, end;

  gtk_text_buffer_get_start_iter (buffer, &from);
  g_assert_true (gtk_text_iter_forward_search (&from, "timeout_seconds", 0, &start, &end, NULL));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, "timeout", -1);
  gtk_text_buffer_end_user_action (buffer);
}

/* The cursor then stands in a member that is explained. */
static void
undo_text (Shots *shots)
{
  GtkTextView   *view = GTK_TEXT_VIEW (find_top (shots, "GtkSourceView"));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter    from, start, end;

  gtk_text_buffer_undo (buffer);
  gtk_text_buffer_get_start_iter (buffer, &from);
  g_assert_true (gtk_text_iter_forward_search (&from, "min_complete_ratio", 0, &start, &end,
                                               NULL));
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_scroll_to_mark (view, gtk_text_buffer_get_insert (buffer), 0.2, FALSE, 0, 0);
}

/* A key that the service refuses. */
static void
show_refused (Shots *shots)
{
  keep_key (shots, "000000");
  show_trial (shots);
}

static gboolean
is_refused_ready (Shots *shots)
{
  return is_top (shots, "ServicesTrialWindow") && find_top (shots, "AdwActionRow") != NULL;
}

/* As after a start without a keyring. */
static void
show_missing (Shots *shots)
{
  const char *database = shy_context_get_database (
    shy_application_get_context (shots->application));
  const ShyServiceOptions      options = { .automatic = TRUE,
                                           .to_minute = 24 * 60,
                                           .every_minutes = 24 * 60 };
  g_autoptr (ShyStore)         store = shy_store_open (database, NULL);
  g_autoptr (ShyServiceBook)   book = shy_service_book_new (store);
  g_autoptr (ShySecrets)       secrets = shy_secrets_new ();
  g_autoptr (ShyLanding)       landing = NULL;
  g_autoptr (ShyLandingResult) result = NULL;

  shy_secrets_set (secrets, "appsecret", province_get_key (SERVICE, "appsecret"));
  landing = shy_landing_new (book, SERVICE, "job_fair", secrets, NULL);
  result = shy_landing_run (landing, NULL, NULL);
  g_assert_nonnull (result);
  shy_secrets_memory_forget (SERVICE);
  g_assert_true (shy_service_book_set_options (book, SERVICE, &options, NULL));
  shy_window_open_page (SHY_WINDOW (shots_main_window (shots)), "services", NULL);
}

static gboolean
is_bar_shown (Shots *shots)
{
  GtkWidget *bar = shots_find (GTK_WIDGET (shots_main_window (shots)), "ServicesMissing");

  return bar != NULL && shots_find (bar, "GtkButton") != NULL;
}

static void
make_wide (Shots *shots)
{
  gtk_window_set_default_size (shots_main_window (shots), 1280, 800);
}

static void
make_light (Shots *shots)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_LIGHT);
}

const ShotsStep shots_editor_steps[] = {
  { NULL, make_light },
  { NULL, make_wide },
  { "services-preferences", show_preferences, is_list_ready },
  { "services-add", show_add, is_add_ready },
  { NULL, shots_close_top },
  { "services-keys", show_keys, is_keys_ready },
  { NULL, shots_close_top },
  { "services-trial", show_trial, is_trial_ready },
  { "services-trial-end", scroll_down },
  { "services-mapper", show_mapper, is_mapper_ready },
  { "services-mapper-chosen", choose_field },
  { NULL, shots_close_top },
  { NULL, shots_close_top },
  { "services-text", show_text, is_text_ready },
  { "services-text-fault", break_text },
  { "services-text-help", undo_text },
  { NULL, shots_close_top },
  { "services-trial-refused", show_refused, is_refused_ready },
  { NULL, shots_close_top },
  { NULL, shots_close_top },
  { "services-missing", show_missing, is_bar_shown },
  { NULL, NULL },
};
