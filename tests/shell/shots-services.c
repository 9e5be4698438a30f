/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the data services, with what a province on loopback gives it. */
#include "connecting.h"
#include "shots.h"

#define SERVICE "zj-open-jobfair"

/* How many rows each stream of the province has: enough for a pull that takes a while. */
#define ROWS 1240

/* They live as long as the program. */
static Province       *province;
static ProvinceServer *server;

static GtkWidget *
find (Shots      *shots,
      const char *type)
{
  return shots_find (GTK_WIDGET (shots_main_window (shots)), type);
}

static void
show_page (Shots *shots)
{
  shy_window_open_page (SHY_WINDOW (shots_main_window (shots)), "services", NULL);
}

static gboolean
is_empty (Shots *shots)
{
  return find (shots, "AdwStatusPage") != NULL;
}

/* Nothing of before stays, and nothing of this for what follows. */
static void
remove_services (Shots *shots)
{
  ShyContext                *context = shy_application_get_context (shots->application);
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShyStore)       store = shy_store_open (shy_context_get_database (context), &error);
  g_autoptr (ShyServiceBook) book = NULL;
  g_autoptr (GPtrArray)      entries = NULL;

  g_assert_no_error (error);
  book = shy_service_book_new (store);
  entries = shy_service_book_list (book, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    shy_service_book_remove (book, ((ShyServiceEntry *) g_ptr_array_index (entries, i))->id, NULL);
}

static void
make_light (Shots *shots)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
connect_services (Shots *shots)
{
  static const char *const ids[] = { SERVICE, "cz-open-employers", "hmac-offset-employers" };
  ShyContext              *context = shy_application_get_context (shots->application);
  g_autoptr (GError)       error = NULL;

  province = province_new (ROWS, &error);
  g_assert_no_error (error);
  server = province_server_start (province, 0, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    connecting_add (shy_context_get_database (context), server, ids[i], TRUE);
  connecting_add (shy_context_get_database (context), server, "zj-irs-vacancy", FALSE);
}

static gboolean
is_pulling (Shots *shots)
{
  return find (shots, "GtkProgressBar") != NULL;
}

static gboolean
is_idle (Shots *shots)
{
  return !is_pulling (shots) && find (shots, "AdwToastWidget") == NULL;
}

static void
wait_a_while (Shots *shots)
{
}

static void
open_service (Shots *shots)
{
  shy_window_open_page (SHY_WINDOW (shots_main_window (shots)), "services", SERVICE);
}

static void
open_stream (Shots *shots)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find (shots, "ServicesStreamRow")), TRUE);
}

static void
scroll_to (Shots   *shots,
           gboolean end)
{
  GtkWidget     *options = find (shots, "ServicesOptionsView");
  GtkWidget     *window = gtk_widget_get_ancestor (options, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));

  gtk_adjustment_set_value (adjustment, end ? gtk_adjustment_get_upper (adjustment) : 0);
}

static void
scroll_down (Shots *shots)
{
  scroll_to (shots, TRUE);
}

static void
activate (Shots      *shots,
          const char *action)
{
  gtk_widget_activate_action (find (shots, "ServicesDetail"), action, NULL);
}

static void
pull_again (Shots *shots)
{
  scroll_to (shots, FALSE);
  activate (shots, "detail.pull-full");
}

/* A field that comes under another name is empty, as far as the description knows. */
static void
rename_places (Province           *self,
               const ProvincePage *page,
               GString            *json,
               gpointer            data)
{
  g_string_replace (json, "\"acb303\"", "\"acb3030\"", 0);
}

static void
pull_odd_rows (Shots *shots)
{
  static const ProvinceHooks odd = { .rows = rename_places };

  province_set_hooks (province, &odd, NULL);
  activate (shots, "detail.pull-full");
}

static void
ask_to_forget (Shots *shots)
{
  activate (shots, "detail.forget");
}

static void
decide (Shots *shots)
{
  gtk_widget_activate_action (find (shots, "ServicesStreamRow"), "services.decide", "(ss)", SERVICE,
                              "job_fair");
}

static gboolean
is_asked (Shots *shots)
{
  return ADW_IS_MESSAGE_DIALOG (shots_top_window (shots));
}

static void
show_rows (Shots *shots)
{
  gtk_widget_activate_action (find (shots, "ServicesStreamRow"), "services.show-rows", "(ss)",
                              SERVICE, "job_fair");
}

static gboolean
are_rows_shown (Shots *shots)
{
  return find (shots, "GtkColumnView") != NULL;
}

static void
show_history (Shots *shots)
{
  gtk_widget_activate_action (find (shots, "ServicesRowsView"), "services.show-history", "s", "");
}

static gboolean
is_history_shown (Shots *shots)
{
  return find (shots, "ServicesHistoryRow") != NULL;
}

static void
open_pull (Shots *shots)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find (shots, "ServicesHistoryRow")), TRUE);
}

static void
show_start (Shots *shots)
{
  shy_window_open_page (SHY_WINDOW (shots_main_window (shots)), "start", NULL);
}

static void
make_narrow (Shots *shots)
{
  gtk_window_set_default_size (shots_main_window (shots), 400, 800);
  show_page (shots);
}

static void
make_wide (Shots *shots)
{
  gtk_window_set_default_size (shots_main_window (shots), 1280, 800);
}

static void
show_list (Shots *shots)
{
  gtk_widget_activate_action (find (shots, "ServicesHistory"), "services.show-list", NULL);
}

const ShotsStep shots_page_steps[] = {
  { NULL, remove_services },
  { NULL, make_light },
  { NULL, make_wide },
  { "services-empty", show_page, is_empty },
  { "services-first-pull", connect_services, is_pulling },
  { "services-list", wait_a_while, is_idle },
  { "services-detail", open_service },
  { "services-stream", open_stream },
  { "services-options", scroll_down },
  { "services-forget", ask_to_forget, is_asked },
  { NULL, shots_close_top },
  { "services-pulling", pull_again, is_pulling },
  { NULL, wait_a_while, is_idle },
  { NULL, pull_odd_rows, is_pulling },
  { "services-held", wait_a_while, is_idle },
  { "services-decide", decide, is_asked },
  { NULL, shots_close_top },
  { "services-rows", show_rows, are_rows_shown },
  { NULL, show_history, is_history_shown },
  { "services-history", open_pull },
  { NULL, show_list },
  { "services-list-narrow", make_narrow },
  { "services-detail-narrow", open_service },
  { NULL, make_wide },
  { "start-services", show_start },
  { NULL, remove_services },
  { NULL },
};
