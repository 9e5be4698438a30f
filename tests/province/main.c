/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server.h"

#include <glib-unix.h>
#include <locale.h>

/* shanye-province: the province in a box as a program. Prints its address and serves until it is
 * told to end. */

typedef struct
{
  gint64 rows;
  int    port;
  gint64 clock_offset;
  char  *secret_file;
} Options;

static gboolean
parse (Options *self, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "rows", 0, 0, G_OPTION_ARG_INT64, &self->rows, "Rows of each data set", "N" },
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, "Port on loopback; 0 for any free one", "PORT" },
    { "secret-file", 0, 0, G_OPTION_ARG_FILENAME, &self->secret_file,
      "Write the keys that are expected to FILE", "FILE" },
    { "clock-offset", 0, 0, G_OPTION_ARG_INT64, &self->clock_offset,
      "Let the clock be SECONDS ahead", "SECONDS" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "Plays the gateways of a sample province on loopback. "
                                         "All data is made up.");
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
write_keys (const Options *options, const char *base, GError **error)
{
  g_autofree char *keys = province_dup_secret_file (base);

  return options->secret_file == NULL ||
         g_file_set_contents_full (options->secret_file, keys, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}

static gboolean
end_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
serve (const Options *options, GError **error)
{
  g_autoptr (Province)       province = province_new ((guint64) options->rows, error);
  g_autoptr (ProvinceServer) server = NULL;
  g_autoptr (GMainLoop)      loop = g_main_loop_new (NULL, FALSE);

  if (province == NULL)
    return FALSE;
  province_set_clock_offset (province, options->clock_offset);
  server = province_server_start (province, (guint) options->port, error);
  if (server == NULL || !write_keys (options, province_server_get_base (server), error))
    return FALSE;
  g_print ("%s\n", province_server_get_base (server));
  g_unix_signal_add (SIGINT, end_cb, loop);
  g_unix_signal_add (SIGTERM, end_cb, loop);
  g_main_loop_run (loop);
  return TRUE;
}

int
main (int argc, char **argv)
{
  Options            options = { .rows = 260 };
  g_autoptr (GError) error = NULL;
  gboolean           done;

  setlocale (LC_ALL, "");
  done = parse (&options, &argc, &argv, &error) && serve (&options, &error);
  if (!done)
    g_printerr ("%s\n", error->message);
  g_free (options.secret_file);
  return done ? 0 : 1;
}
