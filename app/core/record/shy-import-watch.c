/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/shy-import-watch.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

#define TELL_EVERY 500 /* ms */

struct _ShyImportWatch
{
  ShyImport *import;      /* (owned) */
  GCancellable  *cancellable; /* (owned) */
  GMainContext  *context;     /* (owned): of the thread */
  GMainLoop     *loop;        /* (owned) */
  GThread       *thread;      /* (owned) */
  gint64         begun;       /* monotonic time, µs */
  gboolean       told;        /* a line stands on the terminal */
};

static char *
describe_rest (double seconds)
{
  if (seconds < 90)
    return g_strdup_printf (_("about %d s left"), MAX ((int) (seconds + 0.5), 1));
  return g_strdup_printf (_("about %d min left"), (int) (seconds / 60 + 0.5));
}

static gboolean
tell_cb (gpointer data)
{
  ShyImportWatch *self = data;
  guint            rows = shy_import_get_n_rows (self->import);
  double           part = shy_import_get_progress (self->import);
  double           seconds = (double) (g_get_monotonic_time () - self->begun) / G_USEC_PER_SEC;
  g_autofree char *rest = NULL;
  g_autofree char *line = NULL;

  if (rows == 0 || seconds <= 0 || part <= 0)
    return G_SOURCE_CONTINUE;

  if (part >= 1)
    g_printerr ("\r\033[K%s", _("Storing what was decided…"));
  else
    {
      rest = describe_rest (seconds * (1 - part) / part);
      /* Translators: rows done, share of the file in percent, rows a second, time left. */
      line = g_strdup_printf (_("%u rows, %d %%, %d rows a second, %s"), rows, (int) (part * 100),
                              (int) (rows / seconds), rest);
      g_printerr ("\r\033[K%s", line);
    }
  self->told = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
interrupt_cb (gpointer data)
{
  ShyImportWatch *self = data;

  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_CONTINUE;
}

static gpointer
watch (gpointer data)
{
  ShyImportWatch *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
attach (ShyImportWatch *self,
        GSource         *source,
        GSourceFunc      callback)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

/**
 * shy_import_watch_begin: (skip)
 * @import: an import that is about to run
 * @cancellable: cancelled when the person at the terminal presses Ctrl+C
 *
 * Watches a long run on the command line from a thread of its own: tells how far it is where standard
 * error is a terminal.
 *
 * Returns: (transfer full): the watch, until shy_import_watch_end()
 */
ShyImportWatch *
shy_import_watch_begin (ShyImport *import,
                        GCancellable  *cancellable)
{
  ShyImportWatch *self = g_new0 (ShyImportWatch, 1);

  self->import = g_object_ref (import);
  self->cancellable = g_object_ref (cancellable);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->begun = g_get_monotonic_time ();
  attach (self, g_unix_signal_source_new (SIGINT), interrupt_cb);
  if (isatty (STDERR_FILENO))
    attach (self, g_timeout_source_new (TELL_EVERY), tell_cb);
  self->thread = g_thread_new ("progress", watch, self);

  return self;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/**
 * shy_import_watch_end: (skip)
 * @self: (transfer full): a watch
 *
 * Takes the line away; Ctrl+C ends the program again.
 */
void
shy_import_watch_end (ShyImportWatch *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  if (self->told)
    g_printerr ("\r\033[K");
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_object_unref (self->cancellable);
  g_object_unref (self->import);
  g_free (self);
}
