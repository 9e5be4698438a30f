/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of applications on a window as narrow as a telephone. */
#include "../../../tests/decisions.h"
#include "clerk.h"

static void
resize (ShyWindow *window,
        int        width)
{
  gint64 end = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;

  gtk_window_set_default_size (GTK_WINDOW (window), width, 800);
  while (gtk_widget_get_width (GTK_WIDGET (window)) != width && g_get_monotonic_time () < end)
    settle ();
  settle ();
  settle ();
}

/* Gives the place of a column by its title; it must be there. */
static guint
place_of_column (GtkWidget  *view,
                 const char *title)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (view));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
        {
          g_assert_true (gtk_column_view_column_get_visible (column));
          return i;
        }
    }
  g_error ("no column %s", title);
}

/* On a narrow window the search box keeps room for a number, and no column is lost. */
static void
test_narrow (ShyApplication *application,
             ShyWindow      *window)
{
  GtkWidget *view, *search;

  import_sample_to_the_end (window);
  shy_window_open_page (window, "subsidies", "eligible");
  view = wait_for_type (window, "GtkColumnView");
  wait_for_text (view, "Eligible");
  search = wait_for_type (window, "GtkSearchEntry");
  resize (window, 360);
  g_assert_cmpint (gtk_widget_get_width (search), >, 200);
  g_assert_cmpuint (place_of_column (view, "Name"), ==, 0);
  g_assert_cmpuint (place_of_column (view, "Outcome"), ==, 1);
  g_assert_cmpuint (place_of_column (view, "Main reason"), ==, 2);
  g_assert_cmpuint (place_of_column (view, "Identity number"), >, 2);
  g_assert_cmpuint (place_of_column (view, "Policy"), >, 2);
  resize (window, 1400);
  g_assert_cmpuint (place_of_column (view, "Identity number"), ==, 1);
  g_assert_cmpint (gtk_widget_get_width (search), >, 200);
}

int
main (int   argc,
      char *argv[])
{
  running_prepare ("../plugins", &argc, &argv);
  decide_for_counties_in (NULL);

  running_add_test ("/subsidy-narrow/columns-and-search", test_narrow);

  return g_test_run ();
}
