/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From one application of a person to the other: the same sheet, kept twice. */
#include "../../../tests/decisions.h"
#include "clerk.h"

static void
keep_once_more (ShyWindow *window)
{
  GtkWidget *dialog;

  while ((dialog = look_for_window (ADW_TYPE_MESSAGE_DIALOG)) == NULL || !gtk_widget_get_mapped (dialog))
    settle ();
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  gtk_window_destroy (GTK_WINDOW (dialog)); /* as pressing a button does */
  /* No window manager is there to give the keys back. */
  gtk_window_present (GTK_WINDOW (window));
  wait_for_text (window, "rows could not be decided and were not kept");
}

/* Opens an application of a person who has two, and gives the button that leads to the other. */
static GtkWidget *
open_one_of_two (ShyWindow *window)
{
  shy_window_open_page (window, "subsidies", "person");
  gtk_editable_set_text (GTK_EDITABLE (wait_for_type (window, "GtkSearchEntry")), "陈林青");
  wait_for_text (window, "1 of ");
  wait_for_text (wait_for_type (window, "GtkColumnView"), "陈林青");
  settle ();
  g_signal_emit_by_name (wait_for_type (window, "GtkColumnView"), "activate", 0);
  return gtk_widget_get_ancestor (wait_for_text (wait_for_type (window, "ShyVerdictView"),
                                                 "Open the Other Application"),
                                  GTK_TYPE_BUTTON);
}

static void
assert_at_top (ShyWindow  *window,
               const char *type)
{
  GtkWidget *scrolled = wait_for_type (wait_for_type (window, type), "GtkScrolledWindow");

  g_assert_cmpfloat (gtk_adjustment_get_value (
                       gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled))), ==, 0);
}

/* The other application opens as every case does: from its top, and left by the same keys. */
static void
test_open_other (ShyApplication *application,
                 ShyWindow      *window)
{
  g_autoptr (GtkWidget) button = NULL;

  import_sample_to_the_end (window);
  import_sample (window);
  keep_rows (window);
  keep_once_more (window);
  button = g_object_ref (open_one_of_two (window));
  settle ();
  gtk_widget_grab_focus (button);
  press (window, "Return");
  while (gtk_widget_get_mapped (button))
    g_main_context_iteration (NULL, TRUE);
  settle ();

  g_assert_true (shy_focus_is_inside (wait_for_type (window, "SubsidyCaseView")));
  assert_at_top (window, "ShyVerdictView");
  assert_at_top (window, "ShyFactsEditor");
  press (window, "alt+Left");
  wait_for_type (window, "GtkColumnView");
  wait_until_gone (window, "Open the Other Application");
}

int
main (int   argc,
      char *argv[])
{
  running_prepare ("../plugins", &argc, &argv);
  decide_for_counties_in (NULL);

  running_add_test ("/subsidy-other/open", test_open_other);

  return g_test_run ();
}
