/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case that asks services about its facts: with none connected, then with a province on loopback. */
#include "connecting.h"
#include "shots.h"

/* They live as long as the program. */
static Province       *province;
static ProvinceServer *server;

static GtkWidget *
find (Shots      *shots,
      const char *type)
{
  return shots_find (GTK_WIDGET (shots_main_window (shots)), type);
}

static GtkWidget *
find_in_dialog (Shots      *shots,
                const char *type)
{
  return shots_find (GTK_WIDGET (shots_top_window (shots)), type);
}

static void
make_wide (Shots *shots)
{
  gtk_window_set_default_size (shots_main_window (shots), 1280, 800);
}

static void
show_list (Shots *shots)
{
  shy_window_open_page (SHY_WINDOW (shots_main_window (shots)), "subsidies", "person");
}

static gboolean
is_list_shown (Shots *shots)
{
  return find (shots, "GtkColumnView") != NULL;
}

static void
open_case (Shots *shots)
{
  g_signal_emit_by_name (find (shots, "GtkColumnView"), "activate", 0);
}

static gboolean
is_case_shown (Shots *shots)
{
  return find (shots, "ShyVerdictView") != NULL;
}

static void
ask (Shots *shots)
{
  g_signal_emit_by_name (find (shots, "ShyFactsEditor"), "ask", NULL);
}

static gboolean
is_asked (Shots *shots)
{
  return shots_top_window (shots) != shots_main_window (shots);
}

static void
connect_service (Shots *shots)
{
  ShyContext        *context = shy_application_get_context (shots->application);
  g_autoptr (GError) error = NULL;

  province = province_new (1, &error);
  g_assert_no_error (error);
  server = province_server_start (province, 0, &error);
  g_assert_no_error (error);
  connecting_add (shy_context_get_database (context), server, "zj-irs-lookups", FALSE);
}

static void
forget_facts (Shots *shots)
{
  ShyFactsEditor *editor = SHY_FACTS_EDITOR (find (shots, "ShyFactsEditor"));

  shy_facts_editor_set_text (editor, "单位所有制", "");
  shy_facts_editor_set_text (editor, "出站类型", "");
}

static void
send (Shots *shots)
{
  GtkWidget *check = find_in_dialog (shots, "GtkCheckButton");

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_widget_activate_action (check, "ask.send", NULL);
}

static gboolean
is_answered (Shots *shots)
{
  GtkWidget *spinner = find_in_dialog (shots, "GtkSpinner");

  return spinner == NULL && find_in_dialog (shots, "AdwActionRow") != NULL;
}

static void
take (Shots *shots)
{
  gtk_widget_activate_action (find_in_dialog (shots, "AdwPreferencesPage"), "ask.take", NULL);
}

static void
discard (Shots *shots)
{
  gtk_widget_activate_action (find (shots, "SubsidyCaseView"), "subsidy.discard", NULL);
}

static void
leave (Shots *shots)
{
  gtk_widget_activate_action (find (shots, "SubsidyCaseView"), "subsidy.show-list", NULL);
}

const ShotsStep shots_ask_steps[] = {
  { NULL, make_wide },
  { NULL, show_list, is_list_shown },
  { NULL, open_case, is_case_shown },
  { "ask-nobody", ask, is_asked },
  { NULL, shots_close_top },
  { NULL, leave, is_list_shown },
  { NULL, connect_service },
  { NULL, open_case, is_case_shown },
  { NULL, forget_facts },
  { "ask", ask, is_asked },
  { "ask-answers", send, is_answered },
  { "case-asked", take },
  { NULL, discard },
  { NULL, leave },
  { NULL, NULL },
};
