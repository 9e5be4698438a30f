/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The subsidies as a clerk works on them: the real module in the real window. */
#include "../../../tests/decisions.h"
#include "clerk.h"

#include <glib/gstdio.h>

#define OTHER_HEAD "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static GFile *
get_sample (void)
{
  g_autofree char *path = shy_data_build ("samples", "postdoc-applications.xlsx", NULL);

  return g_file_new_for_path (path);
}

static void
open_sample (ShyWindow *window)
{
  g_autoptr (GFile) sample = get_sample ();

  shy_window_open_file (window, sample);
  wait_for_type (window, "ShyMatchList");
}

static void
activate (ShyWindow  *window,
          const char *type,
          const char *action)
{
  gtk_widget_activate_action (wait_for_type (window, type), action, NULL);
}

static void
decide_sample (ShyWindow *window)
{
  open_sample (window);
  activate (window, "ShyImportAssistant", "import.run");
  keep_rows (window);
  wait_for_text (window, "rows could not be decided and were not kept");
}

static void
open_first (ShyWindow  *window,
            const char *outcome,
            const char *label)
{
  GtkWidget *list;

  shy_window_open_page (window, "subsidies", outcome);
  list = wait_for_type (window, "GtkColumnView");
  wait_for_text (list, label);
  settle ();
  g_signal_emit_by_name (list, "activate", 0);
  wait_for_text (wait_for_type (window, "ShyVerdictView"), label);
}

/* The row of the start page is pressed: the list of that outcome comes, not nothing. */
static void
test_todo_opens (ShyApplication *application,
                 ShyWindow      *window)
{
  GtkWidget *row;

  shy_window_open_page (window, "start", NULL);
  row = gtk_widget_get_ancestor (wait_for_text (window, "Applications that need a person"),
                                 GTK_TYPE_LIST_BOX_ROW);
  gtk_widget_grab_focus (row);
  press (window, "Return");
  wait_for_text (wait_for_type (window, "GtkColumnView"), "Needs a person");
  wait_until_gone (wait_for_type (window, "GtkColumnView"), "Not eligible");

  shy_window_open_page (window, "start", NULL);
  row = gtk_widget_get_ancestor (wait_for_text (window, "Applications with materials missing"),
                                 GTK_TYPE_LIST_BOX_ROW);
  gtk_widget_grab_focus (row);
  press (window, "Return");
  wait_for_text (wait_for_type (window, "GtkColumnView"), "Materials missing");
}

/* Presses the first row until its page is read and the case comes. */
static void
open_any (ShyWindow *window)
{
  shy_window_open_page (window, "subsidies", "eligible");
  while (look_for_type (window, "ShyVerdictView") == NULL)
    {
      GtkWidget *list = look_for_type (window, "GtkColumnView");

      if (list != NULL)
        g_signal_emit_by_name (list, "activate", 0);
      settle ();
    }
  settle ();
}

/* What is pressed in a case, a list, a search box does what hands expect. */
static void
test_keys (ShyApplication *application,
           ShyWindow      *window)
{
  static const char *const leaving[] = { "Escape", "alt+Left" };
  GtkWidget               *list, *focus;

  open_sample (window);
  press (window, "Escape");
  wait_for_type (window, "SubsidyListView");
  for (gsize i = 0; i < G_N_ELEMENTS (leaving); i++)
    {
      open_any (window);
      press (window, leaving[i]);
      list = wait_for_type (window, "GtkColumnView");
      while (look_for_type (window, "SubsidyCaseView") != NULL)
        g_main_context_iteration (NULL, TRUE);
    }

  press (window, "ctrl+f");
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (focus != NULL && gtk_widget_is_ancestor (focus, look_for_type (window, "GtkSearchEntry")));
  press (window, "Down");
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (focus != NULL && gtk_widget_is_ancestor (focus, list));

  press (window, "Tab");
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (focus != NULL && !gtk_widget_is_ancestor (focus, list));
  press (window, "shift+Tab");
  press (window, "shift+Tab");
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (focus != NULL && !gtk_widget_is_ancestor (focus, list));
}

static gpointer
get_import_child (ShyWindow  *window,
                  const char *name)
{
  GtkWidget *view = wait_for_type (window, "ShyImportAssistant");

  return gtk_widget_get_template_child (view, G_OBJECT_TYPE (view), name);
}

static GtkWidget *
get_run (ShyWindow *window)
{
  return get_import_child (window, "run");
}

/* What was opened before stays on the screen for a moment. */
static void
run_when_read (ShyWindow *window)
{
  while (!gtk_widget_get_sensitive (get_run (window)))
    g_main_context_iteration (NULL, TRUE);
  activate (window, "ShyImportAssistant", "import.run");
}

static void
answer (const char *response)
{
  GListModel *windows = gtk_window_get_toplevels ();
  gint64      end = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;

  while (g_get_monotonic_time () < end)
    {
      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr (GtkWindow) dialog = g_list_model_get_item (windows, i);

          if (ADW_IS_MESSAGE_DIALOG (dialog) && gtk_widget_get_mapped (GTK_WIDGET (dialog)))
            {
              adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
              gtk_window_destroy (dialog); /* as pressing a button does */
              settle ();
              return;
            }
        }
      settle ();
    }

  g_error ("nobody was asked");
}

/* Whether keys go to something that is shown inside, and can be seen in the window. */
static void
assert_focus_in (ShyWindow  *window,
                 const char *type)
{
  GtkWidget      *page = wait_for_type (window, type);
  GtkWidget      *focus;
  graphene_rect_t bounds;

  settle ();
  for (int i = 0; i < 50 && !shy_focus_is_inside (page); i++)
    settle (); /* rows that changed come anew */
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_test_message ("in %s: %s", type, focus != NULL ? G_OBJECT_TYPE_NAME (focus) : "nowhere");
  g_assert_true (focus != NULL && gtk_widget_is_ancestor (focus, page) && gtk_widget_get_mapped (focus));
  g_assert_true (gtk_widget_compute_bounds (focus, GTK_WIDGET (window), &bounds));
  g_assert_cmpfloat (bounds.origin.y, <, gtk_widget_get_height (GTK_WIDGET (window)));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, >, 0);
}

/* The keys are with what is shown after everything that takes away what had them. */
static void
test_focus (ShyApplication *application,
            ShyWindow      *window)
{
  GtkWidget *row, *editor, *verdict, *save;

  shy_window_open_page (window, "start", NULL);
  row = gtk_widget_get_ancestor (wait_for_text (window, "Applications that need a person"),
                                 GTK_TYPE_LIST_BOX_ROW);
  gtk_widget_grab_focus (row);
  press (window, "Return");
  wait_for_text (wait_for_type (window, "GtkColumnView"), "Needs a person");
  assert_focus_in (window, "GtkColumnView");

  open_first (window, "eligible", "Eligible");
  assert_focus_in (window, "SubsidyCaseView");
  editor = wait_for_type (window, "ShyFactsEditor");
  verdict = wait_for_type (window, "ShyVerdictView");
  shy_facts_editor_set_text (SHY_FACTS_EDITOR (editor), "出站类型", "在站");
  wait_for_text (verdict, "Not eligible");
  save = gtk_widget_get_ancestor (wait_for_text (window, "Save"), GTK_TYPE_BUTTON);
  while (!gtk_widget_get_sensitive (save))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_grab_focus (save);
  press (window, "Return");
  wait_for_text (window, "The case was saved.");
  assert_focus_in (window, "SubsidyCaseView");
  press (window, "Escape");
  assert_focus_in (window, "GtkColumnView");
}

static void
test_spinners (ShyApplication *application,
               ShyWindow      *window)
{
  settle ();
  g_assert_cmpuint (count_hidden_spinners (window), ==, 0);
  open_any (window);
  g_assert_cmpuint (count_hidden_spinners (window), ==, 0);
  shy_window_open_page (window, "start", NULL);
  settle ();
  g_assert_cmpuint (count_hidden_spinners (window), ==, 0);
}

/* What refuses stands before everything else that is said of the case. */
static void
test_reason_first (ShyApplication *application,
                   ShyWindow      *window)
{
  GtkWidget *verdict, *heading, *refusal;
  double     above, below, x;

  shy_window_open_page (window, "subsidies", "not_eligible");
  wait_until_gone (wait_for_type (window, "GtkColumnView"), "✓ Eligible");
  open_first (window, "not_eligible", "Not eligible");
  verdict = wait_for_type (window, "ShyVerdictView");
  heading = wait_for_text (verdict, "What decides");
  refusal = wait_for_type (verdict, "ShyCriterionRow");
  settle ();
  g_assert_true (gtk_widget_translate_coordinates (heading, verdict, 0, 0, &x, &above));
  g_assert_true (gtk_widget_translate_coordinates (refusal, verdict, 0, 0, &x, &below));
  g_assert_cmpfloat (below - above, <, 120);
  wait_for_text (refusal, "Not met");
}

static AdwComboRow *
find_sheets (ShyWindow *window)
{
  return ADW_COMBO_ROW (gtk_widget_get_ancestor (wait_for_text (window, "Sheet"),
                                                 ADW_TYPE_COMBO_ROW));
}

/* The instructions are no list of applications: it says so, and the list stays. */
static void
test_sheet (ShyApplication *application,
            ShyWindow      *window)
{
  open_sample (window);
  g_assert_cmpuint (adw_combo_row_get_selected (find_sheets (window)), ==, 0);
  adw_combo_row_set_selected (find_sheets (window), 1);
  wait_for_text (window, "填表说明");
  wait_for_text (window, "No header was found");
  while (adw_combo_row_get_selected (find_sheets (window)) != 0)
    g_main_context_iteration (NULL, TRUE);
  wait_for_text (wait_for_type (window, "ShyMatchList"), "***********");
}

static void
test_preview (ShyApplication *application,
              ShyWindow      *window)
{
  open_sample (window);
  wait_for_text (window, "postdoc-applications.xlsx");
  wait_for_text (window, "First rows");
  wait_for_text (window, "% sure");
  wait_for_text (window, "version 2022.3");
  wait_for_text (window, "Shipped with the program"); /* by whose word it would decide */

  /* Numbers of persons are masked before anything is decided. */
  wait_for_text (wait_for_type (window, "ShyMatchList"), "***********");
}

static void
test_journey (ShyApplication *application,
              ShyWindow      *window)
{
  GtkWidget *editor, *verdict;

  decide_sample (window);
  wait_for_text (window, "rows could not be decided");
  wait_for_text (window, "Row 9:");
  wait_for_text (wait_for_type (window, "ShyImportAssistant"),
                 "200,000 yuan)”, version 2022.3 (Shipped with the program, digest ");

  open_first (window, "eligible", "Eligible");
  wait_for_text (wait_for_type (window, "SubsidyCaseView"), "(200,000 yuan)” 2022.3\n"
                 "Text of the policy: Shipped with the program, digest ");
  editor = wait_for_type (window, "ShyFactsEditor");
  verdict = wait_for_type (window, "ShyVerdictView");
  wait_for_text (verdict, "200,000.00");

  wait_for_text (editor, ", from the resident ID");
  shy_facts_editor_set_text (SHY_FACTS_EDITOR (editor), "出生日期", "1971-01-02");
  wait_for_text (verdict, "Needs a person");
  g_assert_null (look_for_text (editor, ", from the resident ID"));
  shy_facts_editor_set_text (SHY_FACTS_EDITOR (editor), "出生日期", "");
  wait_for_text (editor, ", from the resident ID");
  wait_for_text (verdict, "200,000.00");
  g_assert_false (shy_facts_editor_is_changed (SHY_FACTS_EDITOR (editor)));

  shy_facts_editor_set_text (SHY_FACTS_EDITOR (editor), "出站类型", "在站");
  wait_for_text (verdict, "Not eligible");
  wait_for_text (window, "Discard Changes");
  shy_facts_editor_set_text (SHY_FACTS_EDITOR (editor), "出站类型", "期满出站");
  wait_for_text (verdict, "200,000.00");

  shy_facts_editor_set_text (SHY_FACTS_EDITOR (editor), "出站类型", "在站");
  wait_for_text (verdict, "Not eligible");
  settle ();
  activate (window, "SubsidyCaseView", "subsidy.save");
  wait_for_text (window, "The case was saved.");
}

/* What a toggle above the list counts, once the list is read. */
static guint
count_of (ShyWindow  *window,
          const char *label)
{
  GtkWidget *list = wait_for_type (window, "SubsidyListView");
  GtkWidget *shown;

  wait_for_type (list, "GtkColumnView");
  settle ();
  shown = wait_for_text (list, label);

  return (guint) g_ascii_strtoull (gtk_label_get_text (GTK_LABEL (shown)) + strlen (label), NULL,
                                   10);
}

static void
wait_for_count (ShyWindow  *window,
                const char *label,
                guint       count)
{
  g_autofree char *text = g_strdup_printf ("%s%u", label, count);

  wait_for_text (wait_for_type (window, "SubsidyListView"), text);
}

static void
test_saved_case_counts (ShyApplication *application,
                        ShyWindow      *window)
{
  guint before;

  shy_window_open_page (window, "subsidies", "eligible");
  before = count_of (window, "Not eligible ");
  open_first (window, "eligible", "Eligible");
  shy_facts_editor_set_text (SHY_FACTS_EDITOR (wait_for_type (window, "ShyFactsEditor")),
                             "出站类型", "在站");
  wait_for_text (wait_for_type (window, "ShyVerdictView"), "Not eligible");
  settle ();
  activate (window, "SubsidyCaseView", "subsidy.save");
  wait_for_text (window, "The case was saved.");

  activate (window, "SubsidyCaseView", "subsidy.leave");
  wait_for_count (window, "Not eligible ", before + 1);
}

static void
test_changes_are_not_lost (ShyApplication *application,
                           ShyWindow      *window)
{
  GtkWidget *editor;

  open_first (window, "eligible", "Eligible");
  editor = wait_for_type (window, "ShyFactsEditor");
  shy_facts_editor_set_text (SHY_FACTS_EDITOR (editor), "出站类型", "在站");

  activate (window, "SubsidyCaseView", "subsidy.leave");
  answer ("cancel");
  g_assert_true (shy_facts_editor_is_changed (SHY_FACTS_EDITOR (editor)));
  g_assert_true (gtk_widget_get_mapped (editor));

  gtk_window_close (GTK_WINDOW (window));
  answer ("cancel");
  g_assert_true (gtk_widget_get_mapped (editor));

  activate (window, "SubsidyCaseView", "subsidy.leave");
  answer ("discard");
  wait_for_type (window, "SubsidyListView");
  g_assert_false (shy_facts_editor_is_changed (SHY_FACTS_EDITOR (editor)));
}

static void
test_damaged_register (ShyApplication *application,
                       ShyWindow      *window)
{
  ShyContext      *context = shy_application_get_context (application);
  g_autofree char *folder = g_path_get_dirname (shy_context_get_database (context));

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (shy_context_get_database (context),
                                      "this is no database, and never was one, whatever it says",
                                      -1, NULL));
  shy_window_open_page (window, "subsidies", NULL);
  wait_for_text (window, "The Cases Cannot Be Opened");
  g_assert_cmpint (g_unlink (shy_context_get_database (context)), ==, 0);
  wait_for_text (window, "Try Again");
  decide_for_counties_in (NULL); /* of which the tests behind this one have need */
}

static void
test_filters (ShyApplication *application,
              ShyWindow      *window)
{
  ShyContext *context = shy_application_get_context (application);
  GtkWidget  *list, *search;
  guint       all, of_prefecture;

  shy_window_open_page (window, "subsidies", "materials");
  list = wait_for_type (window, "SubsidyListView");
  wait_for_text (wait_for_type (list, "GtkColumnView"), "Materials missing");
  wait_for_text (wait_for_type (list, "GtkColumnView"), "Still needed: ");
  wait_for_text (wait_for_type (list, "GtkColumnView"), "(bring: ");
  all = count_of (window, "Not eligible ");

  shy_context_set_scope (context, "3311");
  settle ();
  settle ();
  of_prefecture = count_of (window, "Not eligible ");
  g_assert_cmpuint (of_prefecture, >, 0);
  g_assert_cmpuint (of_prefecture, <, all);
  shy_context_set_scope (context, "");
  wait_for_count (window, "Not eligible ", all);

  search = wait_for_type (list, "GtkSearchEntry");
  gtk_editable_set_text (GTK_EDITABLE (search), "no such person");
  wait_for_text (list, "No Case Fits");
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  wait_for_type (list, "GtkColumnView");
}

/* A program that opens tables: it copies what it is handed. */
static char *
install_table_program (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "applications", NULL);
  g_autofree char *entry = g_build_filename (folder, "tables.desktop", NULL);
  g_autofree char *types = g_build_filename (folder, "mimeinfo.cache", NULL);
  char            *copy = g_build_filename (g_get_user_data_dir (), "opened", NULL);
  g_autofree char *text = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Tables\n"
                                           "Exec=cp %%f \"%s\"\nMimeType=text/csv;\n", copy);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (entry, text, -1, NULL));
  g_assert_true (g_file_set_contents (types, "[MIME Cache]\ntext/csv=tables.desktop;\n", -1, NULL));
  return copy;
}

/* What was exported names the person first, and is opened by the button in the message. */
static void
test_export (ShyApplication *application,
             ShyWindow      *window)
{
  g_autofree char *copy = install_table_program ();
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "results.csv", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *written = NULL;
  GtkWidget       *button;

  shy_window_open_page (window, "subsidies", "not_eligible");
  wait_for_text (wait_for_type (window, "GtkColumnView"), "Not eligible");
  wait_for_text (wait_for_type (window, "GtkColumnView"), "杭州市西湖区"); /* not 330106 */
  gtk_widget_activate_action (wait_for_type (window, "ShyListPage"), "rows.export-to", "s",
                              uri);
  wait_for_text (window, "The results were exported.");
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_nonnull (strstr (written, "Not eligible"));
  g_assert_null (strstr (written, "Materials missing,"));
  g_assert_true (g_str_has_prefix (written, "\xef\xbb\xbf姓名,"));
  g_assert_nonnull (strstr (written, ",龙泉"));
  g_assert_null (strstr (written, ",331181,"));

  button = gtk_widget_get_ancestor (wait_for_text (wait_for_type (window, "AdwToastWidget"), "Open"),
                                    GTK_TYPE_BUTTON);
  gtk_widget_grab_focus (button);
  press (window, "Return");
  while (!g_file_test (copy, G_FILE_TEST_EXISTS))
    {
      g_assert_null (look_for_text (window, "has no program"));
      g_main_context_iteration (NULL, TRUE);
    }
}

/* A policy that cannot be read is told of: which file, what is wrong where; and put right, it is no
 * longer. */
static void
test_broken_policy (ShyApplication *application,
                    ShyWindow      *window)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "shanye", "policies", NULL);
  g_autofree char *path = g_build_filename (folder, "damaged-policy.json", NULL);
  GtkWidget       *dialog;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"id\": \"damaged\",\n \"title\": }", -1, NULL));
  shy_window_open_page (window, "subsidies", NULL);
  wait_for_text (window, "1 policy cannot be used");
  gtk_widget_grab_focus (gtk_widget_get_ancestor (wait_for_text (window, "Which and Why"),
                                                  GTK_TYPE_BUTTON));
  press (window, "Return");
  dialog = wait_for_window ("AdwMessageDialog");
  wait_for_text (dialog, "damaged-policy.json");
  wait_for_text (dialog, "line 2");
  wait_for_text (dialog, "Put the file right");
  g_assert_cmpint (g_unlink (path), ==, 0);
  answer ("again");
  wait_until_gone (window, "cannot be used");
}

static void
open_text (ShyWindow  *window,
           const char *name,
           const char *text)
{
  g_autofree char  *path = g_build_filename (g_get_user_data_dir (), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  shy_window_open_file (window, file);
}

/* The sample as text, with another word in the place of one. */
static char *
rename_in_sample (const char *word,
                  const char *other)
{
  g_autofree char    *path = shy_data_build ("samples", "postdoc-applications.csv", NULL);
  g_autofree char    *bytes = NULL;
  g_autofree char    *text = NULL;
  g_autoptr (GString) changed = NULL;
  gsize               length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  text = g_convert (bytes, length, "UTF-8", "GB18030", NULL, NULL, NULL);
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, word, other, 1), ==, 1);
  return g_string_free (g_steal_pointer (&changed), FALSE);
}

static GtkDropDown *
find_column (ShyWindow  *window,
             const char *title)
{
  GtkWidget *row = gtk_widget_get_ancestor (wait_for_text (wait_for_type (window, "ShyMatchList"),
                                                           title), ADW_TYPE_ACTION_ROW);

  return GTK_DROP_DOWN (wait_for_type (row, "GtkDropDown"));
}

/* A sheet whose one header was renamed is still that of its policy: it says which column that needs,
 * which header nobody knows, and goes on once the clerk said what it is. */
static void
test_renamed_header (ShyApplication *application,
                     ShyWindow      *window)
{
  static const char *const headers[] = { "姓名", "出站情况", "企业性质" };
  static const char *const fields[] = { "姓名", "出站类型", "单位所有制" };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *text = rename_in_sample (headers[i], "第九项");
      g_autofree char *said = g_strdup_printf ("these were not found: %s.", fields[i]);
      GtkDropDown     *choice;
      GListModel      *choices;
      GtkWidget       *told;
      guint            place = 0;

      open_text (window, "renamed.csv", text);
      wait_for_text (window, said);
      wait_for_text (window, "200,000 yuan)” fits best");
      told = wait_for_text (window, "none of its fields: ");
      g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (told)), "第九项 ("));
      g_assert_false (gtk_widget_get_sensitive (get_run (window)));

      choice = find_column (window, "第九项");
      choices = gtk_drop_down_get_model (choice);
      while (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (choices), place), fields[i]) != 0)
        place++;
      gtk_drop_down_set_selected (choice, place);
      wait_until_gone (window, "were not found");
      while (!gtk_widget_get_sensitive (get_run (window)))
        g_main_context_iteration (NULL, TRUE);
    }
}

/* What no policy knows leaves the choice of one, which then says what it needs. */
static void
test_no_policy_fits (ShyApplication *application,
                     ShyWindow      *window)
{
  AdwComboRow *policy;

  open_text (window, "unknown.csv", "x,y\n1,2\n");
  wait_for_text (window, "The headers of “unknown.csv” fit nothing that can be taken in.");
  g_assert_false (gtk_widget_get_sensitive (get_run (window)));
  policy = get_import_child (window, "target");
  g_assert_cmpuint (adw_combo_row_get_selected (policy), ==, GTK_INVALID_LIST_POSITION);
  adw_combo_row_set_selected (policy, 0);
  wait_for_text (window, "names of the columns above the data, at least: ");

  open_text (window, "known.csv", "姓名,身份证号\n");
  wait_until_gone (window, "above the data");
}

static void
test_unusable_file (ShyApplication *application,
                    ShyWindow      *window)
{
  g_autofree char  *path = g_build_filename (g_get_user_data_dir (), "dead.csv", NULL);
  g_autoptr (GFile) dead = g_file_new_for_path (path);

  open_text (window, "report.csv", "%PDF-1.4\n");
  wait_for_text (window, "The Spreadsheet Cannot Be Used");
  g_assert_true (g_file_make_symbolic_link (dead, "gone.csv", NULL, NULL));
  shy_window_open_file (window, dead);
  wait_for_text (window, "dead.csv” is a link to a file that is not there.");
}

static void
test_cancel_keeps_nothing (ShyApplication *application,
                           ShyWindow      *window)
{
  guint before;

  shy_window_open_page (window, "subsidies", "eligible");
  before = count_of (window, "Not eligible ");
  open_sample (window);
  activate (window, "ShyImportAssistant", "import.run");
  activate (window, "ShyImportAssistant", "import.cancel");
  settle ();
  settle ();
  g_assert_null (look_for_type (window, "ShyImportRows"));

  shy_window_open_page (window, "subsidies", "eligible");
  wait_for_count (window, "Not eligible ", before);
}

/* Rows that a filter hides are asked about before anything is kept. */
static void
test_hidden_rows (ShyApplication *application,
                  ShyWindow      *window)
{
  g_autofree char  *path = g_test_build_filename (G_TEST_DIST, "data", "sheets", "hidden-rows.xlsx",
                                                  NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  shy_window_open_file (window, file);
  wait_for_text (window, "姓名 (A1)");
  run_when_read (window);
  answer ("cancel");
  wait_for_type (window, "ShyMatchList");
  run_when_read (window);
  answer ("skip");
  wait_for_text (window, "2 applications: ");
}

/* So are columns that nobody sees; without one that must be there nothing is decided. */
static void
test_hidden_columns (ShyApplication *application,
                     ShyWindow      *window)
{
  g_autofree char  *path = g_test_build_filename (G_TEST_DIST, "data", "sheets", "clerks",
                                                  "hidden-columns.xlsx", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  shy_window_open_file (window, file);
  wait_for_text (window, "身份证号码 (D1)");
  run_when_read (window);
  answer ("skip");
  wait_for_text (window, "has no column for: 证件号");
  wait_for_type (window, "ShyMatchList");
  run_when_read (window);
  answer ("keep");
  wait_for_text (window, "3 applications: ");
}

/* What was typed and cannot be read goes to a person, named, and is not asked for. */
static void
test_unread (ShyApplication *application,
             ShyWindow      *window)
{
  GtkWidget *editor, *verdict;

  open_first (window, "eligible", "Eligible");
  editor = wait_for_type (window, "ShyFactsEditor");
  verdict = wait_for_type (window, "ShyVerdictView");
  shy_facts_editor_set_text (SHY_FACTS_EDITOR (editor), "出站日期", "2023-6-31");
  wait_for_text (verdict, "Needs a person");
  wait_for_text (verdict, "2023-6-31");
  wait_for_text (verdict, "cannot be read");
  shy_facts_editor_set_text (SHY_FACTS_EDITOR (editor), "出站日期", "");
  wait_for_text (verdict, "Materials missing");
  activate (window, "SubsidyCaseView", "subsidy.leave");
  answer ("discard");
}

/* A number that can be nobody's is not stored: no limit would find the person again. */
static void
test_whose_it_is (ShyApplication *application,
                  ShyWindow      *window)
{
  static const char *const numbers[] = { "331", "331122197001010010" };
  GtkWidget               *editor, *verdict;
  guint                    before;

  shy_window_open_page (window, "subsidies", "eligible");
  before = count_of (window, "Eligible ");
  open_first (window, "eligible", "Eligible");
  editor = wait_for_type (window, "ShyFactsEditor");
  verdict = wait_for_type (window, "ShyVerdictView");
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      shy_facts_editor_set_text (SHY_FACTS_EDITOR (editor), "证件号", numbers[i]);
      wait_for_text (verdict, "check what was entered");
      settle ();
      activate (window, "SubsidyCaseView", "subsidy.save");
      wait_for_text (window, "Something that was typed is not understood");
    }
  activate (window, "SubsidyCaseView", "subsidy.leave");
  answer ("discard");
  wait_for_count (window, "Eligible ", before);
}

/* What is stored stands above the facts, and holds nobody up on the way to them: a label that can be
 * selected and cannot take the focus says in GTK 4.8 that it did. */
static void
test_tab_leaves_what_was_decided (ShyApplication *application,
                                  ShyWindow      *window)
{
  GtkWidget *view, *focus;

  open_first (window, "eligible", "Eligible");
  view = wait_for_type (window, "SubsidyCaseView");
  settle ();
  g_assert_true (gtk_widget_grab_focus (wait_for_type (view, "GtkToggleButton")));
  for (guint i = 0; i < 3; i++)
    {
      focus = gtk_window_get_focus (GTK_WINDOW (window));
      press (window, "Tab");
      settle ();
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) != focus);
    }
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, SHY_TYPE_FACTS_EDITOR));
  activate (window, "SubsidyCaseView", "subsidy.leave");
}

static void
test_county_of_scope (ShyApplication *application,
                      ShyWindow      *window)
{
  ShyContext *context = shy_application_get_context (application);

  shy_context_set_scope (context, "330127");
  open_sample (window);
  wait_for_text (wait_for_type (window, "ShyImportAssistant"), "淳安县");
  shy_context_set_scope (context, "");
}

static void
test_goes_with_plugin (ShyApplication *application,
                       ShyWindow      *window)
{
  ShyPlugin *plugin = shy_engine_find_plugin (shy_application_get_engine (application), "subsidy");

  for (int i = 0; i < 2; i++)
    {
      open_first (window, "eligible", "Eligible");
      shy_plugin_set_enabled (plugin, FALSE);
      settle ();
      g_assert_null (look_for_type (window, "SubsidyView"));
      shy_plugin_set_enabled (plugin, TRUE);
      settle ();
    }
}

static void
test_todo_opens_list (ShyApplication *application,
                      ShyWindow      *window)
{
  wait_for_text (window, "Applications that need a person");
  shy_window_open_page (window, "subsidies", "person");
  wait_for_text (wait_for_type (window, "GtkColumnView"), "Needs a person");
}

static GtkWidget *
open_decisions (ShyApplication *application)
{
  GtkWidget *dialog;

  g_action_group_activate_action (G_ACTION_GROUP (application), "preferences", NULL);
  dialog = look_for_window (ADW_TYPE_PREFERENCES_WINDOW);
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (dialog),
                                                "county-decisions");
  return dialog;
}

static GtkWidget *
find_choice (GtkWidget *dialog)
{
  return gtk_widget_get_ancestor (wait_for_text (dialog, "This county has decided to pay"),
                                  ADW_TYPE_COMBO_ROW);
}

static void
wait_for_choice (GtkWidget *dialog,
                 guint      place)
{
  while (adw_combo_row_get_selected (ADW_COMBO_ROW (find_choice (dialog))) != place)
    g_main_context_iteration (NULL, TRUE);
}

/* What is chosen is stored at once, and is there again for this county only. */
static void
test_county_decides (ShyApplication *application,
                     ShyWindow      *window)
{
  ShyContext *context = shy_application_get_context (application);
  GtkWidget  *dialog;

  decide_for_counties_in (NULL);
  shy_context_set_scope (context, "331121");
  dialog = open_decisions (application);
  wait_for_choice (dialog, 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_choice (dialog)), 0);
  wait_for_text (dialog, "Stored.");
  gtk_window_destroy (GTK_WINDOW (dialog));

  dialog = open_decisions (application);
  wait_for_choice (dialog, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));

  shy_context_set_scope (context, "331122");
  dialog = open_decisions (application);
  wait_for_choice (dialog, 1);
  gtk_window_destroy (GTK_WINDOW (dialog));
  shy_context_set_scope (context, "");
}

/* What somebody does to the register behind the program's back. */
static void
tamper (ShyApplication *application,
        const char     *sql)
{
  ShyContext        *context = shy_application_get_context (application);
  const char        *arguments[] = { "sqlite3", shy_context_get_database (context), sql, NULL };
  g_autoptr (GError) error = NULL;
  int                status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static void
verify_register (GtkWidget  *dialog,
                 const char *noted,
                 const char *verdict)
{
  GtkWidget *page = wait_for_type (dialog, "ShyRegisterPage");

  gtk_editable_set_text (GTK_EDITABLE (wait_for_type (page, "AdwEntryRow")), noted);
  g_assert_true (gtk_widget_activate (gtk_widget_get_ancestor (look_for_text (page, "Verify"),
                                                               GTK_TYPE_BUTTON)));
  wait_for_text (page, verdict);
}

/* There is nothing to copy before there is a head. */
static GtkWidget *
find_copy (GtkWidget *dialog)
{
  GtkWidget *row = gtk_widget_get_ancestor (wait_for_text (dialog, "Check code of today"),
                                            ADW_TYPE_ACTION_ROW);

  return wait_for_type (row, "GtkButton");
}

/* Enter behind the noted head compares it. */
static void
compare_by_enter (GtkWidget  *dialog,
                  const char *noted,
                  const char *verdict)
{
  GtkWidget *entry = wait_for_type (wait_for_type (dialog, "ShyRegisterPage"), "AdwEntryRow");

  gtk_editable_set_text (GTK_EDITABLE (entry), noted);
  gtk_widget_grab_focus (entry);
  press (dialog, "Return");
  wait_for_text (dialog, verdict);
}

/* Preferences, Register, Verify: as it was stored, with the head of another register, and after
 * somebody was at it; what he changed is not shown as decided either. */
static void
test_verify_register (ShyApplication *application,
                      ShyWindow      *window)
{
  GtkWidget *dialog, *list;

  g_action_group_activate_action (G_ACTION_GROUP (application), "preferences", NULL);
  dialog = look_for_window (ADW_TYPE_PREFERENCES_WINDOW);
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (dialog), "register");
  g_assert_false (gtk_widget_get_sensitive (find_copy (dialog)));
  verify_register (dialog, "", "The register is as it was stored");
  g_assert_true (gtk_widget_get_sensitive (find_copy (dialog)));
  compare_by_enter (dialog, "1:" OTHER_HEAD, "The register is not as it was stored");
  verify_register (dialog, "", "The register is as it was stored");
  verify_register (dialog, "1:" OTHER_HEAD, "The register is not as it was stored");
  verify_register (dialog, "", "The register is as it was stored");

  tamper (application, "UPDATE subsidy_case SET amount = amount + 1 WHERE outcome = 'eligible'");
  verify_register (dialog, "", "The register is not as it was stored");
  wait_for_text (dialog, "is not the one that was noted");
  gtk_window_destroy (GTK_WINDOW (dialog));

  shy_window_open_page (window, "subsidies", "eligible");
  list = wait_for_type (window, "GtkColumnView");
  wait_for_text (list, "Eligible");
  settle ();
  g_signal_emit_by_name (list, "activate", 0);
  wait_for_text (window, "The Case Cannot Be Opened");
}

int
main (int   argc,
      char *argv[])
{
  running_prepare ("../plugins", &argc, &argv);

  /* One register for all: each test finds what the one before left. */
  running_add_test ("/subsidy-window/damaged-register", test_damaged_register);
  running_add_test ("/subsidy-window/preview", test_preview);
  running_add_test ("/subsidy-window/sheet", test_sheet);
  running_add_test ("/subsidy-window/journey", test_journey);
  running_add_test ("/subsidy-window/saved-case-counts", test_saved_case_counts);
  running_add_test ("/subsidy-window/changes-are-not-lost", test_changes_are_not_lost);
  running_add_test ("/subsidy-window/unread", test_unread);
  running_add_test ("/subsidy-window/whose-it-is", test_whose_it_is);
  running_add_test ("/subsidy-window/tab-leaves-what-was-decided", test_tab_leaves_what_was_decided);
  running_add_test ("/subsidy-window/filters", test_filters);
  running_add_test ("/subsidy-window/export", test_export);
  running_add_test ("/subsidy-window/broken-policy", test_broken_policy);
  running_add_test ("/subsidy-window/unusable-file", test_unusable_file);
  running_add_test ("/subsidy-window/renamed-header", test_renamed_header);
  running_add_test ("/subsidy-window/no-policy-fits", test_no_policy_fits);
  running_add_test ("/subsidy-window/cancel-keeps-nothing", test_cancel_keeps_nothing);
  running_add_test ("/subsidy-window/county-of-scope", test_county_of_scope);
  running_add_test ("/subsidy-window/goes-with-plugin", test_goes_with_plugin);
  running_add_test ("/subsidy-window/todo-opens-list", test_todo_opens_list);
  running_add_test ("/subsidy-window/todo-opens", test_todo_opens);
  running_add_test ("/subsidy-window/keys", test_keys);
  running_add_test ("/subsidy-window/focus", test_focus);
  running_add_test ("/subsidy-window/spinners", test_spinners);
  running_add_test ("/subsidy-window/reason-first", test_reason_first);
  running_add_test ("/subsidy-window/county-decides", test_county_decides);
  running_add_test ("/subsidy-window/hidden-rows", test_hidden_rows);
  running_add_test ("/subsidy-window/hidden-columns", test_hidden_columns);
  running_add_test ("/subsidy-window/verify-register", test_verify_register);

  return g_test_run ();
}
