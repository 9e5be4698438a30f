/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clerk asks a service about the facts of a case: the real module in the real window, against a
 * gateway on loopback that checks signatures. */
#include "../../../tests/core/service/gateway.h"
#include "../../../tests/decisions.h"
#include "clerk.h"

#include <string.h>

static Gateway gateway;

static GtkWidget *
open_case (ShyWindow *window)
{
  GtkWidget *list;

  shy_window_open_page (window, "subsidies", "eligible");
  list = wait_for_type (window, "GtkColumnView");
  wait_for_text (list, "Eligible");
  settle ();
  g_signal_emit_by_name (list, "activate", 0);
  wait_for_text (wait_for_type (window, "ShyVerdictView"), "Eligible");
  return wait_for_type (window, "ShyFactsEditor");
}

static void
wait_until_closed (const char *type)
{
  while (look_for_window (g_type_from_name (type)) != NULL)
    settle ();
}

static void
press_button (gpointer    root,
              const char *label)
{
  GtkWidget *button = gtk_widget_get_ancestor (wait_for_text (root, label), GTK_TYPE_BUTTON);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static const ShyFact *
find_fact (GtkWidget   *editor,
           const char  *name,
           ShyFacts   **facts)
{
  *facts = shy_facts_editor_dup_facts (SHY_FACTS_EDITOR (editor));
  return shy_facts_lookup (*facts, name);
}

static char *
dup_text (GtkWidget  *editor,
          const char *name)
{
  g_autoptr (ShyFacts) facts = NULL;
  const ShyFact       *fact = find_fact (editor, name, &facts);

  return fact != NULL ? g_strdup (fact->text) : NULL;
}

/* A button of a fact, which is there once it is known what can be asked. */
static gboolean
has_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "Ask") == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_button (child))
      return TRUE;
  return FALSE;
}

static void
wait_for_button (GtkWidget *editor)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  while (!has_button (editor))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      settle ();
    }
}

/* What the gateway says of the employer of the case; the caller keeps it until it was asked. */
static char *
reply_about (GtkWidget  *editor,
             const char *kind)
{
  g_autofree char *code = dup_text (editor, "统一社会信用代码");
  g_autofree char *county = dup_text (editor, "登记地");

  return g_strdup_printf ("{\"code\":\"00\",\"datas\":[{\"uscc\":\"%s\",\"qylx\":\"%s\","
                          "\"xzqh\":\"%s\",\"djzt\":\"存续\",\"gxsj\":\"2025-06-01\"}]}",
                          code, kind, county);
}

static void
test_nothing_connected (ShyApplication *application,
                        ShyWindow      *window)
{
  GtkWidget *dialog, *editor;

  import_sample_to_the_end (window);
  editor = open_case (window);
  /* Until it is known that nothing is connected a toast says so. */
  for (dialog = NULL; dialog == NULL; dialog = look_for_window (ADW_TYPE_MESSAGE_DIALOG))
    {
      press_button (editor, "Ask About Missing Facts");
      settle ();
    }
  wait_for_text (dialog, "No Service Is Connected");
  wait_for_text (dialog, "省公共数据平台·核验接口（单条查询）");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_assert_null (look_for_text (editor, "from a service"));
}

/* The shipped description, asked on loopback. */
static void
connect_service (ShyApplication *application)
{
  g_autofree char *path = shy_data_build ("services", "zj-irs-lookups.json", NULL);
  ShyContext      *context = shy_application_get_context (application);
  g_autofree char *text = NULL;
  g_autoptr (GString)        local = NULL;
  g_autoptr (GBytes)         bytes = NULL;
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShyStore)       store = NULL;
  g_autoptr (ShyServiceBook) book = NULL;
  g_autofree char           *id = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  local = g_string_new (text);
  g_string_replace (local, "https://interface.zjzwfw.gov.cn", gateway.base, 0);
  g_string_replace (local, "\"transport\": {", "\"transport\": {\"allow_insecure_http\": true,", 1);
  g_string_replace (local, "\"max_retries\": 2", "\"max_retries\": 0", 1);
  bytes = g_bytes_new (local->str, local->len);
  store = shy_store_open (shy_context_get_database (context), &error);
  g_assert_no_error (error);
  book = shy_service_book_new (store);
  id = shy_service_book_add (book, bytes, "x.json", FALSE, &error);
  g_assert_no_error (error);
}

static gboolean
tell_cb (const ShyJournalEntry *entry,
         gpointer               data)
{
  if (g_str_has_prefix (entry->action, "lookup."))
    g_string_append_printf (data, "%s %s %s\n", entry->action, entry->subject, entry->details);
  return TRUE;
}

static gboolean
tell_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  return shy_journal_foreach (connection, 0, tell_cb, data, error);
}

static char *
read_journal (ShyApplication *application)
{
  ShyContext          *context = shy_application_get_context (application);
  g_autoptr (GString)  text = g_string_new (NULL);
  g_autoptr (GError)   error = NULL;
  g_autoptr (ShyStore) store = shy_store_open (shy_context_get_database (context), &error);

  g_assert_no_error (error);
  shy_store_run (store, SHY_STORE_READ, tell_job, text, NULL, &error);
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
permit (void)
{
  GtkWidget *ask = wait_for_window ("SubsidyAskWindow");
  guint      before = gateway.hits;

  /* Without the applicant's word nothing goes out. */
  gtk_widget_activate_action (ask, "ask.send", NULL);
  settle ();
  g_assert_cmpuint (gateway.hits, ==, before);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (wait_for_type (ask, "GtkCheckButton")), TRUE);
  return ask;
}

static void
test_fills_fact (ShyApplication *application,
                 ShyWindow      *window)
{
  GtkWidget           *editor, *verdict, *ask;
  g_autofree char     *reply = NULL;
  g_autofree char     *journal = NULL;
  g_autofree char     *code = NULL;
  g_autoptr (ShyFacts) facts = NULL;
  const ShyFact       *fact;

  connect_service (application);
  editor = open_case (window);
  verdict = wait_for_type (window, "ShyVerdictView");
  shy_facts_editor_set_text (SHY_FACTS_EDITOR (editor), "单位所有制", "");
  wait_for_text (verdict, "Materials missing");
  reply = reply_about (editor, "有限责任公司(自然人投资或控股)");
  gateway.reply = reply;

  wait_for_button (editor);
  press_button (editor, "Ask About Missing Facts");
  ask = permit ();
  wait_for_text (ask, "市场主体登记");
  gtk_widget_activate_action (ask, "ask.send", NULL);
  wait_for_text (ask, "民营");
  wait_for_text (ask, "2025-06-01");
  gtk_widget_activate_action (ask, "ask.take", NULL);
  wait_for_text (verdict, "Eligible");
  wait_for_text (editor, "from a service");
  fact = find_fact (editor, "单位所有制", &facts);
  g_assert_cmpint (fact->origin, ==, SHY_FACT_ORIGIN_SERVICE);
  g_assert_nonnull (strstr (fact->place, "省公共数据平台"));

  code = dup_text (editor, "证件号");
  journal = read_journal (application);
  g_assert_nonnull (strstr (journal, "lookup.ask subsidy_case:"));
  g_assert_nonnull (strstr (journal, "\"outcome\":\"found\""));
  g_assert_null (strstr (journal, code));
  g_assert_null (strstr (gateway.addresses, code));

  settle ();
  gtk_widget_activate_action (wait_for_type (window, "SubsidyCaseView"), "subsidy.save", NULL);
  wait_for_text (window, "The case was saved.");
  g_assert_false (shy_facts_editor_is_changed (SHY_FACTS_EDITOR (editor)));
}

/* What somebody typed gives way only to that person. */
static void
test_differs (ShyApplication *application,
              ShyWindow      *window)
{
  GtkWidget       *editor = open_case (window);
  g_autofree char *reply = reply_about (editor, "有限责任公司(国有独资)");
  g_autofree char *kept = NULL;
  GtkWidget       *ask;

  gateway.reply = reply;
  wait_for_button (editor);
  g_signal_emit_by_name (editor, "ask", "单位所有制");
  ask = permit ();
  gtk_widget_activate_action (ask, "ask.send", NULL);
  wait_for_text (ask, "Differs: the case says “民营”");
  gtk_widget_activate_action (ask, "ask.take", NULL);
  wait_until_closed ("SubsidyAskWindow");
  kept = dup_text (editor, "单位所有制");
  g_assert_cmpstr (kept, ==, "民营");

  g_signal_emit_by_name (editor, "ask", "单位所有制");
  ask = permit ();
  gtk_widget_activate_action (ask, "ask.send", NULL);
  wait_for_text (ask, "Differs: the case says “民营”");
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (look_for_type (
      gtk_widget_get_ancestor (look_for_text (ask, "Differs"), ADW_TYPE_ACTION_ROW),
      "GtkCheckButton")), TRUE);
  gtk_widget_activate_action (ask, "ask.take", NULL);
  wait_for_text (wait_for_type (window, "ShyVerdictView"), "Not eligible");
  gtk_widget_activate_action (wait_for_type (window, "SubsidyCaseView"), "subsidy.discard", NULL);
  wait_for_text (wait_for_type (window, "ShyVerdictView"), "Eligible");
}

static void
test_unknown (ShyApplication *application,
              ShyWindow      *window)
{
  GtkWidget *editor = open_case (window);
  GtkWidget *ask;

  gateway.reply = "{\"code\":\"99\",\"msg\":\"未授权\"}";
  wait_for_button (editor);
  g_signal_emit_by_name (editor, "ask", "单位所有制");
  ask = permit ();
  gtk_widget_activate_action (ask, "ask.send", NULL);
  wait_for_text (ask, "未授权");
  wait_for_text (ask, "No answer does not mean “no”");
  gtk_widget_activate_action (ask, "ask.cancel", NULL);
  wait_until_closed ("SubsidyAskWindow");
  g_assert_false (shy_facts_editor_is_changed (SHY_FACTS_EDITOR (editor)));
}

static void
test_cancel (ShyApplication *application,
             ShyWindow      *window)
{
  GtkWidget       *editor = open_case (window);
  g_autofree char *journal = NULL;
  GtkWidget       *ask;

  gateway.hangs = TRUE;
  gateway.reply = "";
  wait_for_button (editor);
  g_signal_emit_by_name (editor, "ask", "单位所有制");
  ask = permit ();
  gtk_widget_activate_action (ask, "ask.send", NULL);
  wait_for_text (ask, "Asking");
  settle ();
  gtk_widget_activate_action (ask, "ask.cancel", NULL);
  wait_until_closed ("SubsidyAskWindow");
  gateway.hangs = FALSE;
  journal = read_journal (application);
  g_assert_nonnull (strstr (journal, "\"outcome\":\"cancelled\""));
}

/* With the cable out the case works as before, and nothing is known. */
static void
test_no_network (ShyApplication *application,
                 ShyWindow      *window)
{
  GtkWidget *editor = open_case (window);
  GtkWidget *ask;

  gateway_tear_down (&gateway, NULL);
  wait_for_button (editor);
  g_signal_emit_by_name (editor, "ask", "单位所有制");
  ask = permit ();
  gtk_widget_activate_action (ask, "ask.send", NULL);
  wait_for_text (ask, "Unknown:");
  gtk_widget_activate_action (ask, "ask.cancel", NULL);
  wait_until_closed ("SubsidyAskWindow");
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("SHANYE_SECRET_ZJ_IRS_LOOKUPS_APP_KEY", "key", TRUE);
  g_setenv ("SHANYE_SECRET_ZJ_IRS_LOOKUPS_APP_SECRET", "fixed", TRUE);
  running_prepare ("../plugins", &argc, &argv);
  decide_for_counties_in (NULL);
  gateway_set_up (&gateway, NULL);

  /* One register for all: each test finds what the one before left. */
  running_add_test ("/subsidy-ask/nothing-connected", test_nothing_connected);
  running_add_test ("/subsidy-ask/fills-fact", test_fills_fact);
  running_add_test ("/subsidy-ask/differs", test_differs);
  running_add_test ("/subsidy-ask/unknown", test_unknown);
  running_add_test ("/subsidy-ask/cancel", test_cancel);
  running_add_test ("/subsidy-ask/no-network", test_no_network);

  return g_test_run ();
}
