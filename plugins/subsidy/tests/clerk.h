/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "looking.h"
#include "running.h"

/* What a clerk does first of all at the window. */

static inline void
import_sample (ShyWindow *window)
{
  g_autofree char  *path = shy_data_build ("samples", "postdoc-applications.xlsx", NULL);
  g_autoptr (GFile) sample = g_file_new_for_path (path);
  GtkWidget        *view, *run;

  shy_window_open_file (window, sample);
  settle (); /* what was opened before stays on the screen for a moment */
  wait_for_type (window, "ShyMatchList");
  view = wait_for_type (window, "ShyImportAssistant");
  run = GTK_WIDGET (gtk_widget_get_template_child (view, G_OBJECT_TYPE (view), "run"));
  while (!gtk_widget_get_sensitive (run)) /* until the file was read */
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_activate_action (view, "import.run", NULL);
}

/* Rows that need work are shown first; they are kept as they stand. */
static inline void
keep_rows (ShyWindow *window)
{
  GtkWidget *view = wait_for_type (window, "ShyImportAssistant");
  GtkWidget *keep = GTK_WIDGET (gtk_widget_get_template_child (view, G_OBJECT_TYPE (view), "keep"));

  wait_for_type (window, "ShyImportRows");
  while (!gtk_widget_get_sensitive (keep))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_activate_action (view, "import.keep", NULL);
}

static inline void
import_sample_to_the_end (ShyWindow *window)
{
  import_sample (window);
  keep_rows (window);
  wait_for_text (window, "rows could not be decided and were not kept");
}
