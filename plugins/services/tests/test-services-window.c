/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data services as an IT person works on them: the real module in the real window, and the
 * sample province on loopback. */
#include "connecting.h"
#include "looking.h"
#include "running.h"

#include <stdlib.h>
#include <sys/resource.h>

#define SERVICE "zj-open-jobfair"

/* Rows of each stream of the province. */
#define ROWS 230

static Province       *province;
static ProvinceServer *server;

static void
add_service (ShyApplication *application,
             const char     *id,
             gboolean        automatic)
{
  ShyContext *context = shy_application_get_context (application);

  connecting_add (shy_context_get_database (context), server, id, automatic);
}

static void
pull (ShyWindow  *window,
      const char *service,
      gboolean    full)
{
  gtk_widget_activate_action (wait_for_type (window, "ServicesServiceRow"), "services.pull",
                              "(ssb)", service, "", full);
}

static AdwMessageDialog *
find_dialog (void)
{
  return ADW_MESSAGE_DIALOG (look_for_window (ADW_TYPE_MESSAGE_DIALOG));
}

static void
test_empty (ShyApplication *application,
            ShyWindow      *window)
{
  g_assert_true (shy_window_open_page (window, "services", NULL));
  wait_for_text (window, "No Data Service Is Connected");
}

static void
test_pull (ShyApplication *application,
           ShyWindow      *window)
{
  shy_window_open_page (window, "services", NULL);
  wait_for_text (window, "No Data Service Is Connected");
  add_service (application, SERVICE, FALSE);
  wait_for_text (window, "Never pulled");

  pull (window, SERVICE, FALSE);
  wait_for_text (window, "Up to date: 230 rows.");
  wait_for_text (wait_for_type (window, "ServicesServiceRow"), "230 rows");
}

static void
test_rows (ShyApplication *application,
           ShyWindow      *window)
{
  g_autofree char *title = province_dup_cell (province, PROVINCE_JOB_FAIR, "title", 3);
  GtkWidget       *view;

  shy_window_open_page (window, "services", SERVICE);
  wait_for_type (window, "ServicesStreamRow");
  gtk_widget_activate_action (wait_for_type (window, "ServicesStreamRow"), "services.show-rows",
                              "(ss)", SERVICE, "job_fair");
  view = wait_for_type (window, "ServicesRowsView");
  wait_for_text (view, title);
  wait_for_text (view, "230 rows");

  gtk_editable_set_text (GTK_EDITABLE (wait_for_type (view, "GtkSearchEntry")), title);
  wait_for_text (view, "1 of 230 rows");
  gtk_editable_set_text (GTK_EDITABLE (wait_for_type (view, "GtkSearchEntry")), "in none of them");
  wait_for_text (view, "No Row Fits");
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
pull_odd_rows (ShyWindow *window)
{
  static const ProvinceHooks odd = { .rows = rename_places }, none = { NULL };

  province_set_hooks (province, &odd, NULL);
  pull (window, SERVICE, TRUE);
  wait_for_text (window, "waits for your decision: “举办地点” is empty");
  province_set_hooks (province, &none, NULL);
}

static void
decide (ShyWindow  *window,
        const char *response)
{
  shy_window_open_page (window, "services", SERVICE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (wait_for_type (window, "ServicesStreamRow")),
                                 TRUE);
  gtk_widget_activate_action (wait_for_type (window, "ServicesStreamRow"), "services.decide",
                              "(ss)", SERVICE, "job_fair");
  while (look_for_window (ADW_TYPE_MESSAGE_DIALOG) == NULL)
    g_main_context_iteration (NULL, TRUE);
  wait_for_text (find_dialog (), "Rows now: 230. Rows that came: 230.");
  adw_message_dialog_response (find_dialog (), response);
}

/* What looks unlike what was there waits for a person, who may keep what is there. */
static void
test_discard (ShyApplication *application,
              ShyWindow      *window)
{
  shy_window_open_page (window, "services", NULL);
  wait_for_text (window, "230 rows");
  pull_odd_rows (window);
  decide (window, "discard");
  wait_for_text (window, "Those of before stay.");
  wait_until_gone (window, "A pull waits for your decision");
}

static void
test_accept (ShyApplication *application,
             ShyWindow      *window)
{
  shy_window_open_page (window, "services", NULL);
  wait_for_text (window, "230 rows");
  pull_odd_rows (window);
  decide (window, "accept");
  wait_for_text (window, "are taken over.");
  wait_until_gone (window, "A pull waits for your decision");
}

static void
test_history (ShyApplication *application,
              ShyWindow      *window)
{
  GtkWidget *history;

  shy_window_open_page (window, "services", SERVICE);
  gtk_widget_activate_action (wait_for_type (window, "ServicesDetail"), "detail.history", NULL);
  history = wait_for_type (window, "ServicesHistory");
  wait_for_text (history, "Cancelled");
  wait_for_text (history, "Taken over");
  wait_for_text (history, "招聘会");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (wait_for_type (history, "ServicesHistoryRow")),
                                 TRUE);
  wait_for_text (history, "Fields, and what the service calls them: ");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (wait_for_type (history, "GtkDropDown")), 1);
  wait_until_gone (history, "Cancelled");

  g_assert_true (gtk_widget_child_focus (history, GTK_DIR_TAB_FORWARD));
  press (window, "Escape");
  wait_until_gone (window, "History of Pulls");
  wait_for_type (window, "ServicesDetail");
  press (window, "alt+Left");
  wait_for_type (window, "ServicesListView");
}

/* A pull that is cancelled leaves what was there, and the service to be pulled again. */
static void
test_cancel (ShyApplication *application,
             ShyWindow      *window)
{
  GtkWidget *progress;

  shy_window_open_page (window, "services", NULL);
  wait_for_text (window, "230 rows");
  province_set_rows (province, 100000);
  pull (window, SERVICE, TRUE);
  progress = wait_for_type (window, "ServicesProgress");
  wait_for_text (progress, " of 100,000 rows");
  gtk_widget_activate (gtk_widget_get_ancestor (wait_for_text (progress, "Cancel"),
                                                GTK_TYPE_BUTTON));
  wait_for_text (window, "The pull was cancelled.");
  wait_for_text (wait_for_type (window, "ServicesServiceRow"), "230 rows");
  g_assert_null (look_for_type (window, "ServicesProgress"));
  province_set_rows (province, ROWS);
}

static int held;     /* (atomic) whether a request is at the province and waits */
static int released; /* (atomic) */

static void
hold_request (Province              *self,
              const ProvinceRequest *request,
              gpointer               data)
{
  g_atomic_int_set (&held, TRUE);
  while (!g_atomic_int_get (&released))
    g_usleep (1000);
}

static guint
count_pulls (ShyApplication *application)
{
  ShyContext                *context = shy_application_get_context (application);
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShyStore)       store = shy_store_open (shy_context_get_database (context), &error);
  g_autoptr (ShyServiceBook) book = shy_service_book_new (store);
  g_autoptr (GPtrArray)      records = shy_pull_history_list (book, SERVICE, 1000, &error);
  guint                      ended = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    ended += ((ShyPullRecord *) g_ptr_array_index (records, i))->ended != NULL;

  return ended;
}

/* How a thread of this process stands behind others: the higher, the later its turn. */
static int
find_nice (const char *name)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char      *id;

  while ((id = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", id, "comm", NULL);
      g_autofree char *comm = NULL;

      if (g_file_get_contents (path, &comm, NULL, NULL) &&
          g_str_equal (g_strchomp (comm), name))
        return getpriority (PRIO_PROCESS, (id_t) atoi (id));
    }
  g_error ("no thread is called %s", name);
}

/* What is asked for while a pull runs, and is more than it does, is done behind it; and the window
 * comes first meanwhile. */
static void
test_queued (ShyApplication *application,
             ShyWindow      *window)
{
  static const ProvinceHooks hold = { .request = hold_request }, none = { NULL };
  guint                      before = count_pulls (application);

  shy_window_open_page (window, "services", NULL);
  wait_for_text (window, "230 rows");
  province_set_hooks (province, &hold, NULL);
  pull (window, SERVICE, FALSE);
  while (!g_atomic_int_get (&held))
    settle ();
  g_assert_cmpint (find_nice ("services-pull"), >=, MAX (10, getpriority (PRIO_PROCESS, 0)));
  pull (window, SERVICE, TRUE);
  pull (window, SERVICE, TRUE);
  settle ();
  g_assert_cmpuint (count_pulls (application), ==, before);

  g_atomic_int_set (&released, TRUE);
  while (count_pulls (application) < before + 2)
    settle ();
  while (look_for_type (window, "ServicesProgress") != NULL)
    settle ();
  g_assert_cmpuint (count_pulls (application), ==, before + 2);
  province_set_hooks (province, &none, NULL);
}

/* What a person has to do stands on the page of today, and leads to the service. */
static void
test_trouble (ShyApplication *application,
              ShyWindow      *window)
{
  add_service (application, "zj-open-jobfair-sm3", FALSE);
  g_unsetenv ("SHANYE_SECRET_ZJ_OPEN_JOBFAIR_SM3_APPSECRET");
  shy_window_open_page (window, "services", NULL);
  wait_for_text (window, "Never pulled");
  pull (window, "zj-open-jobfair-sm3", FALSE);
  wait_for_text (wait_for_type (window, "ServicesListView"), "(appsecret) is not set");

  shy_window_open_page (window, "start", NULL);
  wait_for_text (window, "Data services in trouble");
}

static void
test_forget (ShyApplication *application,
             ShyWindow      *window)
{
  GtkWidget *detail;

  shy_window_open_page (window, "services", SERVICE);
  detail = wait_for_type (window, "ServicesDetail");
  wait_for_text (detail, "230 rows are kept here.");
  gtk_widget_activate_action (detail, "detail.forget", NULL);
  wait_for_text (find_dialog (), "230 rows of");
  adw_message_dialog_response (find_dialog (), "cancel");
  settle ();
  wait_for_text (detail, "230 rows are kept here.");

  gtk_widget_activate_action (detail, "detail.forget", NULL);
  wait_for_text (find_dialog (), "230 rows of");
  adw_message_dialog_response (find_dialog (), "forget");
  wait_for_text (window, "230 rows were deleted.");
  wait_for_text (detail, "0 rows are kept here.");
}

static void
test_remove (ShyApplication *application,
             ShyWindow      *window)
{
  GtkWidget *detail;

  shy_window_open_page (window, "services", "zj-open-jobfair-sm3");
  detail = wait_for_type (window, "ServicesDetail");
  gtk_widget_activate_action (detail, "detail.remove", NULL);
  wait_for_text (find_dialog (), "is removed with");
  adw_message_dialog_response (find_dialog (), "remove");
  wait_for_text (window, "The service was removed.");
  wait_for_type (window, "ServicesListView");
  wait_until_gone (window, "(appsecret) is not set");
}

/* The window closes while a pull runs; nothing may hang or be left behind. */
static void
test_close (ShyApplication *application,
            ShyWindow      *window)
{
  shy_window_open_page (window, "services", NULL);
  wait_for_type (window, "ServicesServiceRow");
  province_set_rows (province, 100000);
  pull (window, SERVICE, TRUE);
  wait_for_text (wait_for_type (window, "ServicesProgress"), "page 1");
}

/* A sample service is pulled without being asked, as soon as the window is there. */
static void
test_sample (ShyApplication *application,
             ShyWindow      *window)
{
  province_set_rows (province, ROWS);
  shy_window_open_page (window, "services", NULL);
  add_service (application, "zj-open-jobfair-sm3", TRUE);
  wait_for_text (window, "Sample data");
  wait_for_text (window, "230 rows");
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int                status;

  running_prepare ("../plugins", &argc, &argv);
  province = province_new (ROWS, &error);
  g_assert_no_error (error);
  server = province_server_start (province, 0, &error);
  g_assert_no_error (error);

  /* One database for all: each test finds what the one before left. */
  running_add_test ("/services-window/empty", test_empty);
  running_add_test ("/services-window/pull", test_pull);
  running_add_test ("/services-window/rows", test_rows);
  running_add_test ("/services-window/discard", test_discard);
  running_add_test ("/services-window/accept", test_accept);
  running_add_test ("/services-window/cancel", test_cancel);
  running_add_test ("/services-window/queued", test_queued);
  running_add_test ("/services-window/history", test_history);
  running_add_test ("/services-window/trouble", test_trouble);
  running_add_test ("/services-window/forget", test_forget);
  running_add_test ("/services-window/remove", test_remove);
  running_add_test ("/services-window/close", test_close);
  running_add_test ("/services-window/sample", test_sample);

  status = g_test_run ();
  province_server_stop (server);
  province_free (province);
  return status;
}
