/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Updates as a person meets them: they wait on the page of policies, are read, and accepted or discarded. */
#include "looking.h"
#include "running.h"

#include "../../../tests/core/update/update-fixture.h"

static ShyStore *
open_store (ShyApplication *application)
{
  g_autoptr (GError) error = NULL;
  ShyContext        *context = shy_application_get_context (application);
  ShyStore          *store = shy_store_open (shy_context_get_database (context), &error);

  g_assert_no_error (error);
  return store;
}

static void
bring (ShyStore   *store,
       const char *text)
{
  g_autoptr (ShyUpdate) update = parse (text);
  g_autoptr (GError)    error = NULL;

  shy_updates_add (store, update, NULL, &error);
  g_assert_no_error (error);
}

static GtkWidget *
open_updates (ShyWindow *window)
{
  GtkWidget *bar;

  g_assert_true (shy_window_open_page (window, "policies", NULL));
  bar = wait_for_type (window, "PoliciesUpdateBar");
  g_signal_emit_by_name (wait_for_type (bar, "GtkButton"), "clicked");
  settle ();
  return look_for_window (g_type_from_name ("PoliciesUpdateWindow"));
}

/* A button that says it reads the change is pressed before the one that accepts. */
static void
test_accept (ShyApplication *application,
             ShyWindow      *window)
{
  g_autoptr (ShyStore)  store = open_store (application);
  g_autofree char      *content = make_pack ("2025.1");
  g_autofree char      *text = sign (content, "bureau-key.pem");
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyUpdate) update = NULL;
  GtkWidget            *dialog, *accept;

  trust_bureau ();
  bring (store, text);
  dialog = open_updates (window);
  wait_for_text (dialog, "10,000元 → 12,000元");
  wait_for_text (dialog, "signed by 测试人社厅");
  accept = gtk_widget_get_ancestor (wait_for_text (dialog, "Accept"), GTK_TYPE_BUTTON);
  g_assert_false (gtk_widget_get_sensitive (accept));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (wait_for_type (dialog, "GtkCheckButton")), TRUE);
  g_assert_true (gtk_widget_get_sensitive (accept));
  g_signal_emit_by_name (accept, "clicked");
  wait_for_text (dialog, "No Update Waits");

  update = shy_updates_load (store, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (update->state, ==, SHY_UPDATE_ACCEPTED);
  gtk_window_close (GTK_WINDOW (dialog));
  settle ();
  g_assert_null (look_for_type (window, "PoliciesUpdateBar"));
}

/* One that is not trusted says why, and can only be discarded. */
static void
test_refused (ShyApplication *application,
              ShyWindow      *window)
{
  g_autoptr (ShyStore) store = open_store (application);
  g_autofree char     *content = make_calendar ("2027.1");
  g_autofree char     *strange = sign (content, "stranger-key.pem");
  g_autofree char     *good = sign (content, "bureau-key.pem");
  GtkWidget           *dialog, *discard;

  trust_bureau ();
  bring (store, strange);
  bring (store, good);
  dialog = open_updates (window);
  wait_for_text (dialog, "Updates That Wait");
  g_signal_emit_by_name (gtk_widget_get_ancestor (wait_for_text (dialog, "Cannot be accepted"),
                                                  ADW_TYPE_ACTION_ROW), "activated");
  wait_for_text (dialog, "not one that the bureau trusts");
  g_assert_null (look_for_text (dialog, "I have read"));
  discard = gtk_widget_get_ancestor (wait_for_text (dialog, "Discard"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (discard, "clicked");

  /* The one that is left is shown at once. */
  wait_for_text (dialog, "I have read");
  wait_for_text (dialog, "2022-01-01 to 2027-12-31");
  gtk_window_close (GTK_WINDOW (dialog));
}

/* With the services switched off, what waits is still there: the calendar of the test before, and a
 * policy. */
static void
test_without_services (ShyApplication *application,
                       ShyWindow      *window)
{
  ShyEngine            *engine = shy_application_get_engine (application);
  g_autoptr (ShyStore)  store = open_store (application);
  g_autofree char      *content = make_pack ("2025.2");
  g_autofree char      *text = sign (content, "bureau-key.pem");
  GtkWidget            *dialog;

  shy_plugin_set_enabled (shy_engine_find_plugin (engine, "services"), FALSE);
  settle ();
  g_assert_false (shy_window_open_page (window, "services", NULL));
  trust_bureau ();
  bring (store, text);
  dialog = open_updates (window);
  wait_for_text (dialog, "Updates That Wait");
  wait_for_text (dialog, "2025.2");
  gtk_window_close (GTK_WINDOW (dialog));
}

int
main (int   argc,
      char *argv[])
{
  running_prepare ("../plugins", &argc, &argv);

  running_add_test ("/policies/updates/accept", test_accept);
  running_add_test ("/policies/updates/refused", test_refused);
  running_add_test ("/policies/updates/without-services", test_without_services);

  return g_test_run ();
}
