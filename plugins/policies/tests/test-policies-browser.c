/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The policies as a person reads them: the rows are pressed, the keys of the way back too. */
#include "looking.h"
#include "running.h"

#include <glib/gstdio.h>

static GtkWidget *
open_page (ShyWindow *window)
{
  g_assert_true (shy_window_open_page (window, "policies", NULL));
  return wait_for_type (window, "PoliciesList");
}

/* Presses the row that says a text. */
static void
press_row (gpointer    widget,
           const char *text)
{
  GtkWidget *row = gtk_widget_get_ancestor (wait_for_text (widget, text), GTK_TYPE_LIST_BOX_ROW);

  g_assert_true (gtk_widget_grab_focus (row));
  press (row, "Return");
  settle ();
}

static GtkWidget *
open_policy (ShyWindow  *window,
             const char *title)
{
  press_row (open_page (window), title);
  return wait_for_type (window, "PoliciesPolicy");
}

/* From the list to a clause with its document and address, and back by the keys. */
static void
test_clause (ShyApplication *application,
             ShyWindow      *window)
{
  GtkWidget *policy = open_policy (window, "One-time grant for postdoctoral");
  GtkWidget *section, *fold;

  wait_for_text (policy, "By whose word it decides");
  press_row (policy, "Clauses");
  section = wait_for_type (window, "PoliciesSection");
  fold = gtk_widget_get_ancestor (wait_for_text (section, "The opinion was published on 2022-07-11"),
                                  GTK_TYPE_EXPANDER);
  g_assert_nonnull (look_for_text (fold, "Not verified"));
  gtk_widget_grab_focus (fold);
  press (fold, "space");
  settle ();
  wait_for_text (fold, "浙人社发〔2022〕46号");
  wait_for_text (fold, "https://rlsbt.zj.gov.cn/");
  press (section, "Escape");
  wait_for_type (window, "PoliciesPolicy");
  press (window, "alt+Left");
  wait_for_type (window, "PoliciesList");
}

/* The cases are decided, and the checks run, while one reads. */
static void
test_cases (ShyApplication *application,
            ShyWindow      *window)
{
  GtkWidget *policy = open_policy (window, "One-time grant for postdoctoral");

  wait_for_text (policy, "all come out as expected");
  press_row (policy, "Checks of the Pack");
  wait_for_text (wait_for_type (window, "PoliciesSection"), "The sentence inserts");
}

/* A word of a condition leads to it, unfolded. */
static void
test_search (ShyApplication *application,
             ShyWindow      *window)
{
  GtkWidget *list = open_page (window);
  GtkWidget *section;

  wait_for_text (list, "One-time grant for postdoctoral");
  press (list, "ctrl+f");
  gtk_editable_set_text (GTK_EDITABLE (wait_for_type (list, "GtkSearchEntry")), "社保连续月数 >=");
  wait_for_text (list, "Conditions");
  press_row (list, "Conditions");
  section = wait_for_type (window, "PoliciesSection");
  wait_for_text (section, "社保连续月数 >= 最低社保月数");
  press (section, "Escape");
  press (window, "Escape");
  list = wait_for_type (window, "PoliciesList");
  gtk_editable_set_text (GTK_EDITABLE (wait_for_type (list, "GtkSearchEntry")), "没有这几个字");
  wait_for_text (list, "No Policy Says This");
}

/* Down goes from the search into the rows, Enter opens the one it came to. */
static void
test_keys (ShyApplication *application,
           ShyWindow      *window)
{
  GtkWidget *list = open_page (window);

  wait_for_text (list, "One-time grant for postdoctoral");
  press (list, "ctrl+f");
  press (list, "Down");
  press (list, "Down");
  press (list, "Return");
  wait_for_type (window, "PoliciesPolicy");
}

/* A case of the pack is tried, and then without one fact. */
static void
test_trial (ShyApplication *application,
            ShyWindow      *window)
{
  GtkWidget *policy = open_policy (window, "One-time grant for postdoctoral");
  GtkWidget *trial;

  press_row (policy, "Try a Case");
  trial = wait_for_type (window, "PoliciesTrial");
  wait_for_text (wait_for_type (trial, "ShyVerdictView"), "Materials missing");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (wait_for_type (trial, "GtkDropDown")), 1);
  wait_for_text (wait_for_type (trial, "ShyVerdictView"), "Eligible");
  press (trial, "Escape");
  wait_for_type (window, "PoliciesPolicy");
}

/* In a narrow window the verdict stands behind the facts. */
static void
test_narrow (ShyApplication *application,
             ShyWindow      *window)
{
  GtkWidget *policy = open_policy (window, "One-time grant for postdoctoral");
  GtkWidget *trial;

  gtk_window_set_default_size (GTK_WINDOW (window), 360, 700);
  settle ();
  press_row (policy, "Try a Case");
  trial = wait_for_type (window, "PoliciesTrial");
  gtk_widget_activate (gtk_widget_get_ancestor (wait_for_text (trial, "Verdict"),
                                                GTK_TYPE_TOGGLE_BUTTON));
  wait_for_text (wait_for_type (trial, "ShyVerdictView"), "Materials missing");
}

/* What a county decided, and took back, is told with its document, who noted it and when. */
static void
test_decisions (ShyApplication *application,
                ShyWindow      *window)
{
  ShyContext        *context = shy_application_get_context (application);
  const char        *calls[][9] = {
    { "setting", "set", "zj-postdoc-grant", "330822", "最低社保月数", "6", "--source=常人社〔2023〕5号", NULL },
    { "setting", "unset", "zj-postdoc-grant", "330822", "最低社保月数", NULL },
  };
  g_autofree char   *ctl = g_test_build_filename (G_TEST_BUILT, "..", "app", "cli", "shanyectl", NULL);
  GtkWidget         *policy, *section, *fold;

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GPtrArray) words = g_ptr_array_new ();
      g_autoptr (GError)    error = NULL;
      int                   status;

      g_ptr_array_add (words, ctl);
      g_ptr_array_add (words, (gpointer) "--database");
      g_ptr_array_add (words, (gpointer) shy_context_get_database (context));
      for (gsize j = 0; calls[i][j] != NULL; j++)
        g_ptr_array_add (words, (gpointer) calls[i][j]);
      g_ptr_array_add (words, NULL);
      g_spawn_sync (NULL, (char **) words->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                    &status, &error);
      g_assert_no_error (error);
      g_assert_cmpint (status, ==, 0);
    }

  policy = open_policy (window, "One-time grant for postdoctoral");
  wait_for_text (policy, "2 decisions in the journal");
  press_row (policy, "Decisions of Counties");
  section = wait_for_type (window, "PoliciesSection");
  wait_for_text (section, "taken back");
  fold = gtk_widget_get_ancestor (wait_for_text (section, ": 6"), GTK_TYPE_EXPANDER);
  gtk_expander_set_expanded (GTK_EXPANDER (fold), TRUE);
  wait_for_text (fold, "常人社〔2023〕5号");
  wait_for_text (fold, g_get_user_name ());
}

/* A broken pack hides none of the others, and says which member of which file is wrong. */
static void
test_fault (ShyApplication *application,
            ShyWindow      *window)
{
  g_autofree char *folder = shy_policy_registry_build_own_folder ();
  g_autofree char *path = g_build_filename (folder, "损坏.json", NULL);
  GtkWidget       *list;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"format\": 1, \"id\": \"x\", \"titel\": 3}", -1, NULL));
  list = open_page (window);
  wait_for_text (list, "Packs That Cannot Be Used");
  wait_for_text (list, "titel");
  wait_for_text (list, "One-time grant for postdoctoral");
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
set_enabled (ShyApplication *application,
             const char     *name,
             gboolean        enabled)
{
  ShyEngine *engine = shy_application_get_engine (application);

  shy_plugin_set_enabled (shy_engine_find_plugin (engine, name), enabled);
  settle ();
}

/* Services that are switched off hide no policies; policies come and go by themselves. */
static void
test_apart (ShyApplication *application,
            ShyWindow      *window)
{
  set_enabled (application, "services", FALSE);
  wait_for_text (open_page (window), "One-time grant for postdoctoral");
  set_enabled (application, "services", TRUE);
  set_enabled (application, "policies", FALSE);
  g_assert_false (shy_window_open_page (window, "policies", NULL));
  set_enabled (application, "policies", TRUE);
  wait_for_text (open_page (window), "One-time grant for postdoctoral");
}

int
main (int   argc,
      char *argv[])
{
  running_prepare ("../plugins", &argc, &argv);

  running_add_test ("/policies/clause", test_clause);
  running_add_test ("/policies/cases", test_cases);
  running_add_test ("/policies/search", test_search);
  running_add_test ("/policies/keys", test_keys);
  running_add_test ("/policies/trial", test_trial);
  running_add_test ("/policies/narrow", test_narrow);
  running_add_test ("/policies/decisions", test_decisions);
  running_add_test ("/policies/fault", test_fault);
  running_add_test ("/policies/apart", test_apart);

  return g_test_run ();
}
