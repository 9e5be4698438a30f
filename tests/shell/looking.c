/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "looking.h"

#include <gdk/x11/gdkx.h>

/* How long something may take to appear: the sanitizers and a busy machine are slow. */
#define PATIENCE (60 * G_TIME_SPAN_SECOND)

/* How long a window takes to show what is there already. */
#define PAUSE (60 * G_TIME_SPAN_MILLISECOND)

typedef gboolean (*Fits) (GtkWidget  *widget,
                          const char *what);

static gboolean
has_text (GtkWidget  *widget,
          const char *text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
has_type (GtkWidget  *widget,
          const char *type)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), type);
}

/* Gives the first widget that is shown and fits, or NULL. */
static GtkWidget *
look (GtkWidget  *widget,
      Fits        fits,
      const char *what)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (fits (widget, what))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = look (child, fits, what);

  return found;
}

/* What a person saw instead. */
static void
print_texts (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    g_printerr ("# shown: %s\n", gtk_label_get_text (GTK_LABEL (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    print_texts (child);
}

static GtkWidget *
wait_until (GtkWidget  *widget,
            Fits        fits,
            const char *what)
{
  gint64     end = g_get_monotonic_time () + PATIENCE;
  GtkWidget *found;

  while ((found = look (widget, fits, what)) == NULL)
    {
      if (g_get_monotonic_time () > end)
        {
          print_texts (widget);
          g_error ("“%s” was not shown in time", what);
        }
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }

  return found;
}

GtkWidget *
look_for_text (gpointer    widget,
               const char *text)
{
  return look (widget, has_text, text);
}

GtkWidget *
look_for_type (gpointer    widget,
               const char *type)
{
  return look (widget, has_type, type);
}

GtkWidget *
look_for_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }
  return NULL;
}

gpointer
wait_for_window (const char *type)
{
  for (;;)
    {
      GType      known = g_type_from_name (type);
      GtkWidget *window = known != G_TYPE_INVALID ? look_for_window (known) : NULL;

      if (window != NULL && gtk_widget_get_mapped (window))
        return window;
      settle ();
    }
}

GtkWidget *
wait_for_text (gpointer    widget,
               const char *text)
{
  return wait_until (widget, has_text, text);
}

GtkWidget *
wait_for_type (gpointer    widget,
               const char *type)
{
  return wait_until (widget, has_type, type);
}

void
wait_until_gone (gpointer    widget,
                 const char *text)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (look (widget, has_text, text) != NULL)
    {
      if (g_get_monotonic_time () > end)
        g_error ("“%s” did not go in time", text);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

void
settle (void)
{
  gint64 end = g_get_monotonic_time () + PAUSE;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

typedef struct
{
  GtkNative *window; /* (weak) (nullable) a key may close it, before the key is let go */
  gboolean   done;
} Pressing;

static void
pressed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Pressing          *pressing = data;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  if (pressing->window != NULL && gtk_widget_get_mapped (GTK_WIDGET (pressing->window)))
    g_assert_no_error (error);
  pressing->done = TRUE;
}

/* Runs xdotool; WINDOW stands for the window that holds the widget. */
static void
run_xdotool (gpointer           widget,
             const char *const *arguments)
{
  Pressing                  pressing = { NULL, FALSE };
  GtkNative                *native = gtk_widget_get_native (widget);
  g_autofree char          *window = NULL;
  g_autoptr (GStrvBuilder)  command = g_strv_builder_new ();
  g_auto (GStrv)            line = NULL;
  g_autoptr (GError)        error = NULL;
  g_autoptr (GSubprocess)   process = NULL;

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  window = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (gtk_native_get_surface (native)));
  G_GNUC_END_IGNORE_DEPRECATIONS
  g_strv_builder_add (command, "xdotool");
  for (guint i = 0; arguments[i] != NULL; i++)
    g_strv_builder_add (command, g_str_equal (arguments[i], "WINDOW") ? window : arguments[i]);
  line = g_strv_builder_end (command);
  process = g_subprocess_newv ((const char *const *) line, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_set_weak_pointer (&pressing.window, native);
  g_subprocess_wait_check_async (process, NULL, pressed_cb, &pressing);
  while (!pressing.done)
    g_main_context_iteration (NULL, TRUE);
  g_clear_weak_pointer (&pressing.window);
  settle ();
}

void
press (gpointer    widget,
       const char *keys)
{
  const char *const arguments[] = { "key", "--window", "WINDOW", keys, NULL };

  run_xdotool (widget, arguments);
}

void
click (gpointer    widget,
       const char *button)
{
  GtkNative        *native = gtk_widget_get_native (widget);
  graphene_rect_t   bounds;
  double            shadow_x, shadow_y;
  g_autofree char  *x = NULL;
  g_autofree char  *y = NULL;
  const char       *arguments[] = { "mousemove", "--window", "WINDOW", NULL, NULL, "click", button, NULL };

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (native), &bounds));
  gtk_native_get_surface_transform (native, &shadow_x, &shadow_y);
  arguments[3] = x = g_strdup_printf ("%d", (int) (bounds.origin.x + shadow_x + bounds.size.width / 2));
  arguments[4] = y = g_strdup_printf ("%d", (int) (bounds.origin.y + shadow_y + bounds.size.height / 2));
  run_xdotool (widget, arguments);
}

guint
count_hidden_spinners (gpointer widget)
{
  guint count = GTK_IS_SPINNER (widget) && gtk_spinner_get_spinning (widget) &&
                !gtk_widget_get_mapped (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_hidden_spinners (child);

  return count;
}
