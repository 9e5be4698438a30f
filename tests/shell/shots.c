/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws every page into a folder: shots FOLDER DATABASE SPREADSHEET. Needs a display. */
#include "../decisions.h"
#include "shots.h"

#include "shy-preferences-window.h"

/* How often the window is looked at, in milliseconds. */
#define LOOK_EVERY 60

/* A picture is taken once it was the same for so many looks: nothing is on its way any longer. */
#define STILL 4

/* After so long a picture is given up, and the next one is tried. Nothing that is shown waits for a
 * clock, so this only ends what went wrong. */
#define PATIENCE (60 * G_TIME_SPAN_SECOND)

GtkWindow *
shots_main_window (Shots *shots)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (shots->application)); l; l = l->next)
    if (SHY_IS_WINDOW (l->data))
      return l->data;

  g_assert_not_reached ();
}

/* The dialog that was opened last, or else the main window: without a window manager none is
 * active. */
GtkWindow *
shots_top_window (Shots *shots)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (!SHY_IS_WINDOW (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }

  return shots_main_window (shots);
}

static void
draw (GtkWidget   *widget,
      GtkSnapshot *snapshot)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
}

/* Popovers are surfaces of their own: lay those that are open over the window. */
static void
draw_popovers (GtkWidget   *widget,
               GtkSnapshot *snapshot)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_POPOVER (child) && gtk_widget_get_mapped (child))
        {
          GdkPopup *popup = GDK_POPUP (gtk_native_get_surface (GTK_NATIVE (child)));

          gtk_snapshot_save (snapshot);
          gtk_snapshot_translate (snapshot,
                                  &GRAPHENE_POINT_INIT (gdk_popup_get_position_x (popup),
                                                        gdk_popup_get_position_y (popup)));
          draw (child, snapshot);
          gtk_snapshot_restore (snapshot);
        }
      draw_popovers (child, snapshot);
    }
}

/* Gives NULL where there is nothing to draw: a window that is being laid out has nothing. */
static GdkTexture *
render (GtkWidget *window)
{
  int                     width = gtk_widget_get_width (window);
  int                     height = gtk_widget_get_height (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  GdkTexture             *texture;
  GskRenderNode          *node;

  draw (window, snapshot);
  draw_popovers (window, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return NULL;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  return texture;
}

static guint
hash_texture (GdkTexture *texture)
{
  gsize              stride = (gsize) gdk_texture_get_width (texture) * 4;
  gsize              size = stride * (gsize) gdk_texture_get_height (texture);
  g_autofree guchar *data = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;

  gdk_texture_download (texture, data, stride);
  bytes = g_bytes_new_static (data, size);
  return g_bytes_hash (bytes);
}

static gboolean
is_busy (GtkWidget *window)
{
  GtkWidget *spinner = shots_find (window, "GtkSpinner");

  return spinner != NULL && gtk_spinner_get_spinning (GTK_SPINNER (spinner));
}

/* Whether the window has looked the same for a while; then @texture is set. */
static gboolean
is_still (Shots       *shots,
          GdkTexture **texture)
{
  g_autoptr (GdkTexture) now = render (GTK_WIDGET (shots_top_window (shots)));
  guint                  look = now != NULL ? hash_texture (now) : 0;

  shots->still = now != NULL && look == shots->look ? shots->still + 1 : 0;
  shots->look = look;
  if (shots->still < STILL || is_busy (GTK_WIDGET (shots_top_window (shots))))
    return FALSE;

  *texture = g_steal_pointer (&now);
  return TRUE;
}

void
shots_activate (Shots      *shots,
                const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (shots->application), action, NULL);
}

/* Gives the first widget of a type that is shown, or NULL. */
GtkWidget *
shots_find (GtkWidget  *widget,
           const char *type)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = shots_find (child, type);

  return found;
}

static GtkWidget *
find_shown (Shots      *shots,
            const char *type)
{
  return shots_find (GTK_WIDGET (shots_main_window (shots)), type);
}

static void
open_sheet (Shots *shots)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (shots->sheet);

  shy_window_open_file (SHY_WINDOW (shots_main_window (shots)), file);
}

static gboolean
is_import_ready (Shots *shots)
{
  return find_shown (shots, "ShyMatchList") != NULL;
}

static void
run_import (Shots *shots)
{
  gtk_widget_activate_action (find_shown (shots, "ShyImportAssistant"), "import.run", NULL);
}

static gboolean
are_rows_ready (Shots *shots)
{
  return find_shown (shots, "ShyImportRows") != NULL;
}

static void
keep_rows (Shots *shots)
{
  gtk_widget_activate_action (find_shown (shots, "ShyImportAssistant"), "import.keep", NULL);
}

static gboolean
is_result_ready (Shots *shots)
{
  GtkWidget *assistant = find_shown (shots, "ShyImportAssistant");
  GtkStack  *stack = assistant != NULL
                       ? GTK_STACK (gtk_widget_get_template_child (assistant, G_OBJECT_TYPE (assistant), "stack")) : NULL;

  return stack != NULL && g_strcmp0 (gtk_stack_get_visible_child_name (stack), "result") == 0;
}

static void
leave_result (Shots *shots)
{
  gtk_widget_activate_action (find_shown (shots, "ShyImportAssistant"), "subsidy.show-list", NULL);
}

static gboolean
is_toast_gone (Shots *shots)
{
  return find_shown (shots, "AdwToastWidget") == NULL;
}

static gboolean
is_list_ready (Shots *shots)
{
  return find_shown (shots, "GtkColumnView") != NULL;
}

static void
show_refused (Shots *shots)
{
  shy_window_open_page (SHY_WINDOW (shots_main_window (shots)), "subsidies", "not_eligible");
}

static void
open_first (Shots *shots)
{
  g_signal_emit_by_name (find_shown (shots, "GtkColumnView"), "activate", 0);
}

static gboolean
is_case_ready (Shots *shots)
{
  return find_shown (shots, "ShyVerdictView") != NULL;
}

static void
show_clause (Shots *shots)
{
  shy_clause_button_popup (SHY_CLAUSE_BUTTON (find_shown (shots, "ShyClauseButton")));
}

static void
hide_clause (Shots *shots)
{
  gtk_popover_popdown (GTK_POPOVER (find_shown (shots, "GtkPopover")));
}

static void
show_list (Shots *shots)
{
  gtk_widget_activate_action (find_shown (shots, "SubsidyCaseView"), "subsidy.show-list", NULL);
}

static void
choose_scope (Shots *shots)
{
  gtk_widget_activate_action (GTK_WIDGET (shots_main_window (shots)), "win.choose-scope", NULL);
}

static void
wait_a_while (Shots *shots)
{
}

static void
show_start (Shots *shots)
{
  shy_window_open_page (SHY_WINDOW (shots_main_window (shots)), "start", NULL);
}

static void
show_preferences (Shots *shots)
{
  shots_activate (shots, "preferences");
}

static void
show_decisions (Shots *shots)
{
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (shots_top_window (shots)),
                                                "county-decisions");
}

static void
look_at_one_county (Shots *shots)
{
  shy_context_set_scope (shy_application_get_context (shots->application), "331121");
}

static void
look_at_all_counties (Shots *shots)
{
  shy_context_set_scope (shy_application_get_context (shots->application), "");
}

static void
show_plugins (Shots *shots)
{
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (shots_top_window (shots)),
                                                "plugins");
}

static void
show_shortcuts (Shots *shots)
{
  gtk_widget_activate_action (GTK_WIDGET (shots_main_window (shots)), "win.show-help-overlay", NULL);
}

static void
show_about (Shots *shots)
{
  shots_activate (shots, "about");
}

void
shots_close_top (Shots *shots)
{
  gtk_window_close (shots_top_window (shots));
}

static void
make_dark (Shots *shots)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
}

static void
make_narrow (Shots *shots)
{
  gtk_window_set_default_size (shots_main_window (shots), 400, 800);
}

static const ShotsStep steps[] = {
  { "start", show_start },
  { "import", open_sheet, is_import_ready },
  { NULL, run_import, are_rows_ready },
  { "import-rows", wait_a_while, are_rows_ready },
  { NULL, keep_rows, is_result_ready },
  { "result", wait_a_while, is_toast_gone },
  { "list", leave_result, is_list_ready },
  { "list-refused", show_refused },
  { "case", open_first, is_case_ready },
  { "clause", show_clause },
  { NULL, hide_clause },
  { NULL, show_list },
  { "scope", choose_scope },
  { NULL, hide_clause },
  { NULL, look_at_one_county },
  { "preferences", show_preferences },
  { "plugins", show_plugins },
  { "county-decisions", show_decisions },
  { NULL, shots_close_top },
  { NULL, look_at_all_counties },
  { "shortcuts", show_shortcuts },
  { NULL, shots_close_top },
  { "about", show_about },
  { NULL, shots_close_top },
  { NULL, make_dark },
  { "start-todo-dark", show_start },
  { "list-dark", show_refused },
  { "case-dark", open_first, is_case_ready },
  { "case-narrow-dark", make_narrow },
};

/* The pages of the program, then what plugins bring. */
static const ShotsStep *
get_step (guint index)
{
  static const ShotsStep *const more[] = { shots_editor_steps, shots_page_steps,
                                          shots_ask_steps, shots_updates_steps };

  if (index < G_N_ELEMENTS (steps))
    return &steps[index];

  index -= G_N_ELEMENTS (steps);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    for (const ShotsStep *step = more[i]; step->act != NULL; step++)
      if (index-- == 0)
        return step;

  return NULL;
}

/* One picture that fails is named and counted; those behind it are taken all the same. */
static void
give_up (Shots           *shots,
         const ShotsStep *step,
         const char      *reason)
{
  g_printerr ("shots: the picture “%s” (step %u) was not taken: %s\n",
              step->name != NULL ? step->name : "-", shots->step, reason);
  shots->failed++;
}

static void
take (Shots           *shots,
      const ShotsStep *step,
      GdkTexture      *texture)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.png", shots->folder, step->name);

  if (gdk_texture_save_to_png (texture, path))
    {
      g_print ("%s\n", path);
      shots->taken++;
    }
  else
    give_up (shots, step, "the file cannot be written");
}

static gboolean
take_cb (gpointer data)
{
  Shots                 *shots = data;
  const ShotsStep       *step = get_step (shots->step);
  g_autoptr (GdkTexture) texture = NULL;
  gboolean               late = g_get_monotonic_time () - shots->began > PATIENCE;
  gboolean               ready = step->ready == NULL || step->ready (shots);

  if (!late && (!ready || !is_still (shots, &texture)))
    return G_SOURCE_CONTINUE;

  if (texture == NULL)
    give_up (shots, step, ready ? "it did not come to rest" : "what it shows did not come");
  else if (step->name != NULL)
    take (shots, step, texture);

  shots->still = 0;
  shots->began = g_get_monotonic_time ();
  step = get_step (++shots->step);
  if (step == NULL)
    {
      g_application_quit (G_APPLICATION (shots->application));
      return G_SOURCE_REMOVE;
    }

  step->act (shots);
  return G_SOURCE_CONTINUE;
}

static void
activated_cb (GApplication *application,
              gpointer      data)
{
  Shots *shots = data;

  gtk_window_set_default_size (shots_main_window (shots), 1280, 800);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, NULL);
  shots->began = g_get_monotonic_time ();
  steps[0].act (shots);
  g_timeout_add (LOOK_EVERY, take_cb, shots);
}

int
main (int   argc,
      char *argv[])
{
  Shots shots = { NULL };
  char *arguments[] = { argv[0], (char *) "--database", argv[argc > 2 ? 2 : 0], NULL };

  if (argc < 4)
    {
      g_printerr ("Usage: %s FOLDER DATABASE SPREADSHEET\n", argv[0]);
      return 2;
    }

  shy_locale_init ();
  shots_updates_prepare ();
  shots.folder = argv[1];
  shots.sheet = argv[3];
  decide_for_counties_in (argv[2]);
  shots_editor_prepare (&shots, argv[2]);
  shots.application = shy_application_new ();
  g_signal_connect_after (shots.application, "activate", G_CALLBACK (activated_cb), &shots);
  g_application_run (G_APPLICATION (shots.application), 3, arguments);
  g_object_unref (shots.application);
  services_sample_stop (&shots.services);
  g_printerr ("shots: %u pictures taken, %u failed\n", shots.taken, shots.failed);

  return shots.failed > 0 ? 1 : 0;
}
