/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connect.h"
#include "faults/faulty.h"
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
  char  *database; /* that is connected */
  char **faults;
  gboolean list;
} Options;

static gboolean
parse (Options *self, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "rows", 0, 0, G_OPTION_ARG_INT64, &self->rows, "Rows of each data set", "N" },
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, "Port on loopback; 0 for any free one", "PORT" },
    { "secret-file", 0, 0, G_OPTION_ARG_FILENAME, &self->secret_file,
      "Write the keys that are expected to FILE", "FILE" },
    { "connect", 0, 0, G_OPTION_ARG_FILENAME, &self->database,
      "Connect DATABASE as a sample; print the keys behind the address, and an empty line",
      "DATABASE" },
    { "clock-offset", 0, 0, G_OPTION_ARG_INT64, &self->clock_offset,
      "Let the clock be SECONDS ahead", "SECONDS" },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->faults,
      "Go wrong, as F13, F13-silent, F13:0.2 (two answers of ten) or F13*1@3 (the third)",
      "FAULT" },
    { "list-faults", 0, 0, G_OPTION_ARG_NONE, &self->list, "Name the faults there are", NULL },
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

/* Prints what whoever started us has to know, when all is ready. */
static void
announce (const Options *options, const char *base)
{
  g_auto (GStrv) variables = options->database != NULL ? province_dup_environment () : NULL;

  g_print ("%s\n", base);
  for (guint i = 0; variables != NULL && variables[i] != NULL; i++)
    g_print ("%s\n", variables[i]);
  if (variables != NULL)
    g_print ("\n");
}

static gboolean
run (const Options *options, const char *base, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (!write_keys (options, base, error) ||
      (options->database != NULL && !province_connect (options->database, base, error)))
    return FALSE;
  announce (options, base);
  g_unix_signal_add (SIGINT, end_cb, loop);
  g_unix_signal_add (SIGTERM, end_cb, loop);
  g_main_loop_run (loop);
  return TRUE;
}

/* Behind the server that can misbehave. */
static gboolean
serve_faults (const Options *options, Province *province, GError **error)
{
  g_autoptr (Faults)       faults = faults_new (province);
  g_autoptr (FaultyServer) server = NULL;

  for (guint i = 0; options->faults[i] != NULL; i++)
    if (!faults_add (faults, options->faults[i], error))
      return FALSE;
  server = faulty_server_start (faults, (guint16) options->port, TLS_FOLDER, error);
  return server != NULL && run (options, faulty_server_get_base (server), error);
}

static gboolean
serve (const Options *options, GError **error)
{
  g_autoptr (Province)       province = province_new ((guint64) options->rows, error);
  g_autoptr (ProvinceServer) server = NULL;

  if (province == NULL)
    return FALSE;
  province_set_clock_offset (province, options->clock_offset);
  if (options->faults != NULL)
    return serve_faults (options, province, error);
  server = province_server_start (province, (guint) options->port, error);
  return server != NULL && run (options, province_server_get_base (server), error);
}

static void
list_faults (void)
{
  g_autofree char *list = faults_list ();

  g_print ("%s", list);
}

int
main (int argc, char **argv)
{
  Options            options = { .rows = 260 };
  g_autoptr (GError) error = NULL;
  gboolean           done;

  setlocale (LC_ALL, "");
  done = parse (&options, &argc, &argv, &error);
  if (done && options.list)
    list_faults ();
  else if (done)
    done = serve (&options, &error);
  if (!done)
    g_printerr ("%s\n", error->message);
  g_free (options.secret_file);
  g_free (options.database);
  g_strfreev (options.faults);
  return done ? 0 : 1;
}
