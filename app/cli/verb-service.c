/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-service.h"

#include <glib/gi18n.h>
#include <string.h>

extern const ShyctlVerb shyctl_verb_service;

void
service_call_clear (ServiceCall *self)
{
  g_clear_object (&self->book);
  g_free (self->secret_file);
  g_free (self->url_base);
  g_free (self->stream);
  g_free (self->service);
  g_strfreev (self->parameters);
  g_strfreev (self->words);
}

gboolean
service_call_parse (ServiceCall *self, const char *const *arguments, GError **error)
{
  const GOptionEntry entries[] = {
    { "secret-file", 0, 0, G_OPTION_ARG_FILENAME, &self->secret_file },
    { "url-base", 0, 0, G_OPTION_ARG_STRING, &self->url_base },
    { "stream", 0, 0, G_OPTION_ARG_STRING, &self->stream },
    { "service", 0, 0, G_OPTION_ARG_STRING, &self->service },
    { "parameter", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->parameters },
    { "sensitive", 0, 0, G_OPTION_ARG_NONE, &self->sensitive },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json },
    { "full", 0, 0, G_OPTION_ARG_NONE, &self->full },
    { "accept", 0, 0, G_OPTION_ARG_NONE, &self->accept },
    { "due", 0, 0, G_OPTION_ARG_NONE, &self->due },
    { "sample", 0, 0, G_OPTION_ARG_NONE, &self->sample },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &self->replace },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError)         local = NULL;
  gsize                      count = g_strv_length ((GStrv) arguments);

  self->words = g_new0 (char *, count + 2);
  self->words[0] = g_strdup ("service");
  for (gsize i = 0; i < count; i++)
    self->words[i + 1] = g_strdup (arguments[i]);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  if (g_option_context_parse_strv (context, &self->words, &local))
    return TRUE;
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE, local->message);
  return FALSE;
}

/* The services of the database. */
ShyServiceBook *
service_call_book (ServiceCall *self, GError **error)
{
  g_autoptr (ShyStore) store = NULL;

  if (self->book != NULL)
    return self->book;
  store = shy_store_open (self->path, error);
  if (store != NULL)
    self->book = shy_service_book_new (store);
  return self->book;
}

/* The file of a description: a file, or the id of one that ships or that the person keeps. */
char *
service_call_find (const char *which)
{
  g_autofree char *name = g_strconcat (which, ".json", NULL);
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "shanye", "services", name,
                                           NULL);
  g_autofree char *shipped = shy_data_build ("services", name, NULL);

  if (strchr (which, G_DIR_SEPARATOR) != NULL || g_file_test (which, G_FILE_TEST_IS_REGULAR))
    return g_strdup (which);
  if (g_file_test (own, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&own);
  return g_file_test (shipped, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&shipped) : NULL;
}

/* A service that is connected, or else a description from a file. */
ShyService *
service_call_load (ServiceCall *self, const char *which, GError **error)
{
  gboolean            has_database = g_file_test (self->path, G_FILE_TEST_IS_REGULAR);
  ShyServiceBook     *book = has_database ? service_call_book (self, NULL) : NULL;
  ShyService         *service = book != NULL ? shy_service_book_load (book, which, NULL) : NULL;
  g_autofree char    *path = service == NULL ? service_call_find (which) : NULL;

  if (service != NULL)
    return service;
  if (path != NULL)
    return shy_service_new_from_file (path, error);
  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               _("There is no service “%s”. Give the file of a description, or the id of one that "
                 "comes with the program."), which);
  return NULL;
}

static gboolean
lacks_secret (ShyService *service, ShySecrets *secrets)
{
  for (guint i = 0; i < shy_service_get_n_configs (service); i++)
    if (shy_service_get_config (service, i)->secret &&
        shy_secrets_get (secrets, shy_service_get_config (service, i)->name) == NULL)
      return TRUE;
  return FALSE;
}

/* The values from the file, then those of the environment, which win; then those that a person
 * keeps in the book and, for where the service is asked, in the keyring. */
ShySecrets *
service_call_secrets (ServiceCall *self, ShyService *service, GError **error)
{
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();
  const char            *id = shy_service_get_id (service);
  g_autofree char       *kept = NULL;
  g_autofree char       *origin = NULL;

  if (self->secret_file != NULL && !shy_secrets_add_file (secrets, self->secret_file, id, error))
    return NULL;
  shy_secrets_add_environment (secrets, id);
  service_call_add_config (self, id, secrets);
  if (self->url_base == NULL && self->book != NULL)
    kept = shy_service_book_dup_url_base (self->book, id);
  origin = shy_service_dup_origin (service, kept != NULL ? kept : self->url_base, secrets);
  if (lacks_secret (service, secrets))
    shy_secrets_add_keyring (secrets, id, origin, NULL);
  return g_steal_pointer (&secrets);
}

static ShyCommandStatus
run_validate (ServiceCall *call, GError **error)
{
  g_autoptr (ShyService) service = service_call_load (call, call->words[2], error);

  if (service == NULL)
    return SHY_COMMAND_BAD;
  g_print (_("%s: the description is in order. %u streams.\n"), shy_service_get_id (service),
           shy_service_get_n_streams (service));
  return SHY_COMMAND_OK;
}

static const ShyServiceStream *
find_stream (ShyService *service, const char *name, GError **error)
{
  const ShyServiceStream *stream = NULL;

  if (shy_service_get_n_streams (service) == 0)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                   _("The service “%s” has no streams, only look-ups."),
                   shy_service_get_id (service));
      return NULL;
    }
  stream = name == NULL ? shy_service_get_stream (service, 0)
                        : shy_service_find_stream (service, name);
  if (stream == NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("The service “%s” has no stream “%s”."), shy_service_get_id (service), name);
  return stream;
}

static ShyCommandStatus
test (ServiceCall            *call,
      ShyService             *service,
      const ShyServiceStream *stream,
      ShySecrets             *secrets,
      GError                **error)
{
  g_autoptr (ShyPull)  pull = shy_pull_new (service, stream, secrets, NULL);
  g_autoptr (ShyTrial) trial = NULL;
  g_autofree char     *text = NULL;

  shy_pull_set_url_base (pull, call->url_base);
  trial = shy_pull_try (pull, NULL);
  text = shy_trial_to_text (trial, pull);
  g_print ("%s", text);
  return trial->works ? SHY_COMMAND_OK : SHY_COMMAND_NEGATIVE;
}

static ShyCommandStatus
ask (ServiceCall *call, GError **error)
{
  g_autoptr (ShyService)  service = service_call_load (call, call->words[2], error);
  g_autoptr (ShySecrets)  secrets =
    service != NULL ? service_call_secrets (call, service, error) : NULL;
  const ShyServiceStream *stream =
    secrets != NULL ? find_stream (service, call->stream, error) : NULL;

  if (stream == NULL)
    return SHY_COMMAND_BAD;
  service_call_take_address (call, shy_service_get_id (service));
  return g_str_equal (call->words[1], "test")
           ? test (call, service, stream, secrets, error)
           : service_call_fetch (call, service, stream, secrets, error);
}

static ShyCommandStatus
run (const char *const *arguments, const char *database, GError **error)
{
  static const struct
  {
    const char *name;
    guint       least; /* words behind it */
    guint       most;
    ShyCommandStatus (*run) (ServiceCall *call,
                             GError     **error);
  } verbs[] = {
    { "list", 0, 0, service_call_list },       { "add", 1, 1, service_call_add },
    { "remove", 1, 1, service_call_remove },   { "validate", 1, 1, run_validate },
    { "test", 1, 1, ask },                     { "fetch", 1, 1, ask },
    { "pull", 0, 1, service_call_pull },       { "rows", 1, 1, service_call_rows },
    { "forget", 1, 1, service_call_forget },   { "config", 1, 3, service_call_config },
    { "lookup", 2, 2, service_call_lookup },
    { "option", 1, 3, service_call_option },   { "history", 0, 1, service_call_history },
    { "accept", 1, 1, service_call_decide },   { "discard", 1, 1, service_call_decide },
  };
  g_autofree char     *own = shy_store_dup_default_path ();
  g_auto (ServiceCall) call = { .path = database != NULL ? database : own };
  guint                count;

  if (!service_call_parse (&call, arguments, error))
    return SHY_COMMAND_BAD;
  count = g_strv_length (call.words);
  for (guint i = 0; count >= 2 && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, call.words[1]) && count >= verbs[i].least + 2 &&
        count <= verbs[i].most + 2)
      return verbs[i].run (&call, error);
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE,
                       _("“service” is called wrongly. “shanyectl help service” shows how to call "
                         "it."));
  return SHY_COMMAND_BAD;
}

const ShyctlVerb shyctl_verb_service = {
  "service",
  N_("Connects web services and keeps the data that comes from them."),
  N_("VERB [ARGUMENT…] [OPTION…]\n"
     "\n"
     "  list              the services that are connected, and how their streams stand\n"
     "  add FILE|ID       connects a service that a file, or a shipped description, describes\n"
     "  remove ID         disconnects a service and deletes its keys and all that came from it\n"
     "  option ID         what the bureau decided; “option ID NAME VALUE” decides otherwise\n"
     "  config ID         its values; “config ID NAME VALUE” sets one that is no secret\n"
     "  pull [ID]         pulls the rows of a service, or of all, into the database\n"
     "  rows STREAM       the rows that are kept of a stream\n"
     "  history [ID]      what the pulls did, the last first, and what was noticed\n"
     "  accept ID         takes the rows of a pull that waits for a person\n"
     "  discard ID        throws them away\n"
     "  forget ID         deletes all that came from a service; its description stays\n"
     "  validate FILE|ID  reads a description and says what is wrong in it\n"
     "  test FILE|ID      asks for one page of rows and shows each step; keeps nothing\n"
     "  fetch FILE|ID     asks for all rows and prints them as JSON; keeps nothing\n"
     "  lookup ID NAME    asks about one record, as whether an employer is registered; the journal\n"
     "                    keeps that it was asked. Only with the consent of who is asked about\n"
     "\n"
     "  --stream NAME       which stream; the first with “test” and “fetch”, all with “pull”\n"
     "  --parameter NAME=VALUE  with “lookup”, what is asked about; NAME=- reads a line from\n"
     "                      standard input, so that no number stays in a history\n"
     "  --service ID        with “rows”, only those of one service\n"
     "  --due               with “pull”, only what the schedule asks for now: automatic services, in\n"
     "                      their hours, not before the wait after a failure, nothing that is being\n"
     "                      pulled or waits for a person. For a timer (systemd, cron), every five\n"
     "                      minutes or so, with a random delay of its own\n"
     "  --full              with “pull”, ask for everything, not only for what is new\n"
     "  --accept            with “pull”, take the rows even if they look wrong\n"
     "  --json              with “pull” and “history”, print reports; with “rows”, an object a line\n"
     "  --sample            with “add”, mark the rows as made up\n"
     "  --replace           with “add”, take the place of a service of the same id\n"
     "  --secret-file FILE  values of services, JSON: {\"ID\": {\"NAME\": \"VALUE\"}}\n"
     "  --url-base ADDRESS  where to ask instead of the description's address\n"
     "  --sensitive         print what the description marks as sensitive\n"
     "\n"
     "Values may also stand in the environment, as SHANYE_SECRET_ID_NAME in capitals, with _ for\n"
     "what is no letter or digit. What is in neither is looked for in the keyring, among what was put in\n"
     "for the address (scheme, host, port) that is asked.\n"
     "\n"
     "Exit status: 0 it went well, or nothing was due; 1 a pull failed or waits for a person, a key is\n"
     "missing, or the service gave not all rows; 2 a bad call or bad input. A pull that fails leaves\n"
     "the rows of before as they are."),
  run,
};
