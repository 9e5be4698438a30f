/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../gateway.h"

#include "service/pull/shy-pull-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* A service that quotes all it was sent, and persons, wherever it can: nothing of it may be read
 * in an error, a report, a state, a trial, a log or a database. Persons are made up. */

#define SECRET "pl4nted&sécret=+1"
#define SHORT "q7"
#define TOKEN "t0ken-that-was-given"
#define PERSON "331122199202290010"
#define MOBILE "13857812345"
#define NAME "章隐私"

static const char description[] =
  "{'wsd':1,'id':'secrecy','title':'甲',"
  " 'config':[{'name':'key','title':'钥','secret':true},{'name':'pin','title':'短','secret':true},"
  "  {'name':'person','title':'人'}],"
  " 'transport':{'allow_insecure_http':true,'deadline_seconds':20},"
  " 'requester':{'url_base':'http://127.0.0.1','path':'/rows','http_method':'GET',"
  "  'request_headers':{'X-Key':'{{ config.key | b64 }}','X-Pin':'{{ config.pin }}'},"
  "  'request_parameters':{'key':'{{ config.key }}','pin':'{{ config.pin }}',"
  "   'person':'{{ config.person }}','page':'{{ page.number }}'}},"
  " 'authenticator':{'steps':[{'id':'tok','type':'token','sources':[{'steps':[],"
  "   'request':{'path':'/token'}}],'layers':[],'extract':{'value':{'path':'$.token'}}}],"
  "  'inject':[{'into':'header','name':'X-Token','value':'{{ tok.value }}'}]},"
  " 'error_handler':{'max_retries':1,'backoff_strategies':[{'type':'ConstantBackoffStrategy',"
  "   'seconds':0}]},"
  " 'streams':[{'name':'s','title':'流','primary_key':['id'],"
  "  'record_selector':{'layers':[{'success':{'path':'$.ok','in':[true]},'message':['$.msg'],"
  "    'descend':['$.rows']}],'records':'$[*]'},"
  "  'paginator':{'type':'page_increment','page_size':2,'start_from':1,'max_pages':9,"
  "    'stop':['empty_page']},"
  "  'fields':[{'name':'id','from':['id'],'type':'text','required':true},"
  "    {'name':'count','from':['count'],'type':'integer'},"
  "    {'name':'who','from':['who'],'type':'text','sensitive':true},"
  "    {'name':'phone','from':['phone'],'type':'text','sensitive':true}]}]}";

/* What is answered: \1 is all that was sent. */
typedef struct
{
  const char *name;
  guint       status;
  const char *type;
  const char *location;
  const char *reason; /* in a header */
  const char *body;
} Answer;

static const Answer answers[] = {
  { "refused", 400, "application/json", NULL, NULL, "{\"ok\":false,\"msg\":\"\1\"}" },
  { "page", 500, "text/html", NULL, NULL, "<html><body>\1</body></html>" },
  { "message", 200, "application/json", NULL, NULL, "{\"ok\":false,\"msg\":\"\1\"}" },
  { "broken", 200, "application/json", NULL, NULL, "{\"ok\":true,\"rows\":[{\"\1\":\"\1" },
  { "text", 200, "application/json", NULL, NULL, "{\"ok\":true,\"rows\":\"\1\"}" },
  { "plain", 200, "text/plain", NULL, NULL, "\1" },
  { "elsewhere", 302, "text/html", "http://login.invalid/?\1", NULL, "\1" },
  { "reason", 403, "text/plain", NULL, "\1", "" },
  { "names", 200, "application/json", NULL, NULL,
    "{\"ok\":true,\"msg\":\"" PERSON "\",\"rows\":[{\"id\":\"1\",\"" PERSON "\":\"" NAME
    "\",\"count\":\"" MOBILE "人\",\"who\":\"" NAME "\",\"phone\":\"" MOBILE
    "\",\"other\":\"" NAME "\"}]}" },
  { "lists", 200, "application/json", NULL, NULL,
    "{\"ok\":true,\"rows\":[[\"id\",\"who\",\"phone\"],[\"1\",\"" NAME "\",\"" MOBILE "\"]]}" },
};

static const Answer *current;
static GString      *logged;
static GMutex        lock;

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  g_mutex_lock (&lock);
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append_printf (logged, "%s\n", (const char *) fields[i].value);
  g_mutex_unlock (&lock);
  return G_LOG_WRITER_HANDLED;
}

static void
append_header (const char *name, const char *value, gpointer data)
{
  g_string_append_printf (data, "%s: %s; ", name, value);
}

/* All that was sent, and persons, as text that may stand in JSON. */
static char *
quote_request (SoupServerMessage *message)
{
  g_autofree char    *uri = g_uri_to_string (soup_server_message_get_uri (message));
  g_autofree char    *plain = g_uri_unescape_string (uri, NULL);
  g_autoptr (GString) text = g_string_new ("");

  g_string_append_printf (text, "签名错误 %s %s %s %s 电话:%s %s %s ", uri, plain, TOKEN, PERSON,
                          MOBILE, SECRET, SHORT);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), append_header,
                                text);
  g_string_replace (text, "\\", "\\\\", 0);
  g_string_replace (text, "\"", "\\\"", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
fill (const char *pattern, const char *sent)
{
  g_autoptr (GString) text = g_string_new (pattern);

  g_string_replace (text, "\1", sent, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
answer_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
           gpointer data)
{
  g_autofree char    *sent = quote_request (message);
  g_autofree char    *line = NULL;
  g_autofree char    *body = NULL;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (g_str_equal (path, "/token"))
    body = g_strdup ("{\"token\":\"" TOKEN "\"}");
  else if (g_strcmp0 (g_hash_table_lookup (query, "page"), "1") == 0)
    body = fill (current->body, sent);
  else
    body = g_strdup ("{\"ok\":true,\"rows\":[]}");
  if (current->reason != NULL)
    soup_message_headers_replace (headers, "X-Ca-Error-Message", sent);
  line = current->location != NULL ? fill (current->location, sent) : NULL;
  if (line != NULL)
    soup_message_headers_replace (headers, "Location", g_strdelimit (line, " \"", '_'));
  soup_server_message_set_status (message, g_str_equal (path, "/token") ? 200 : current->status,
                                  NULL);
  soup_server_message_set_response (message, current->type, SOUP_MEMORY_COPY, body, strlen (body));
}

static void
assert_clean (const char *what, const char *text)
{
  static const char *const planted[] = {
    SECRET, "pl4nted", "cGw0bnRl", TOKEN, PERSON, MOBILE, NAME, " " SHORT " ", "pin=" SHORT,
    "X-Pin: " SHORT, "person=",
  };

  for (guint i = 0; i < G_N_ELEMENTS (planted); i++)
    if (text != NULL && strstr (text, planted[i]) != NULL)
      g_error ("“%s”: %s holds “%s”: %s", current->name, what, planted[i], text);
}

static void
check_report (const ShyPullReport *report)
{
  assert_clean ("the reason", report->reason);
  for (guint i = 0; i < report->notes->len; i++)
    assert_clean ("a note", g_ptr_array_index (report->notes, i));
  for (guint i = 0; i < report->unmapped->len; i++)
    assert_clean ("a name", g_ptr_array_index (report->unmapped, i));
}

static gboolean
page_cb (GPtrArray *rows, ShyPullState *state, ShyPullReport *so_far, gpointer data, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const ShyServiceRow *row = g_ptr_array_index (rows, i);

      g_assert_null (row->values[2]);
      g_assert_null (row->values[3]);
      assert_clean ("a rejection", row->rejected);
      for (guint j = 0; row->warnings != NULL && row->warnings[j] != NULL; j++)
        assert_clean ("a warning", row->warnings[j]);
    }
  return TRUE;
}

static gboolean
end_cb (ShyPullReport *report, ShyPullState *state, gpointer data, GError **error)
{
  g_autofree char *json = shy_pull_state_to_json (state);

  check_report (report);
  assert_clean ("the state", json);
  return TRUE;
}

static GBytes *
describe (void)
{
  g_autoptr (GString) text = g_string_new (description);

  g_string_replace (text, "'", "\"", 0);
  return g_bytes_new (text->str, text->len);
}

static ShySecrets *
tell_secrets (void)
{
  ShySecrets *secrets = shy_secrets_new ();

  shy_secrets_set (secrets, "key", SECRET);
  shy_secrets_set (secrets, "pin", SHORT);
  shy_secrets_set (secrets, "person", PERSON);
  return secrets;
}

static ShyPull *
prepare (Gateway *self, ShyService **service)
{
  g_autoptr (GBytes)     bytes = describe ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShySecrets) secrets = tell_secrets ();
  ShyPull               *pull;

  *service = shy_service_new_from_bytes (bytes, "secrecy.json", &error);
  g_assert_no_error (error);
  pull = shy_pull_new (*service, shy_service_get_stream (*service, 0), secrets, NULL);
  shy_pull_set_url_base (pull, self->base);
  return pull;
}

static void
check_trial (Gateway *self)
{
  g_autoptr (ShyService) service = NULL;
  g_autoptr (ShyPull)    pull = prepare (self, &service);
  g_autoptr (ShyTrial)   trial = shy_pull_try (pull, NULL);
  g_autofree char       *text = shy_trial_to_text (trial, pull);

  g_assert_cmpuint (trial->steps->len, ==, 7);
  g_assert_nonnull (trial->sample_reply);
  assert_clean ("the trial", text);
}

static void
check_pull (Gateway *self)
{
  static const ShyPullSink  sink = { .page = page_cb, .end = end_cb };
  g_autoptr (ShyService)    service = NULL;
  g_autoptr (ShyPull)       pull = prepare (self, &service);
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = shy_pull_run (pull, &sink, NULL, NULL, &error);

  g_assert_true ((report == NULL) == (error != NULL));
  if (error != NULL)
    assert_clean ("the error", error->message);
  else
    check_report (report);
}

/* Looks through the files of a database, and removes them. */
static void
check_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize            length = 0;

      if (g_file_get_contents (path, &bytes, &length, NULL))
        for (gsize i = 0; i < length; i++)
          bytes[i] = bytes[i] == '\0' ? '\n' : bytes[i];
      assert_clean (name, bytes);
      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
land (ShyStore *store, Gateway *self)
{
  g_autoptr (ShyServiceBook)   book = shy_service_book_new (store);
  g_autoptr (GBytes)           bytes = describe ();
  g_autoptr (ShySecrets)       secrets = tell_secrets ();
  g_autoptr (ShyLanding)       landing = NULL;
  g_autoptr (ShyLandingResult) result = NULL;
  g_autoptr (GError)           error = NULL;
  g_autofree char *id = shy_service_book_add (book, bytes, "secrecy.json", FALSE, &error);

  g_assert_no_error (error);
  landing = shy_landing_new (book, id, "s", secrets, &error);
  g_assert_no_error (error);
  shy_landing_set_url_base (landing, self->base);
  result = shy_landing_run (landing, NULL, &error);
  if (error != NULL)
    assert_clean ("the error of landing", error->message);
  for (guint i = 0; result != NULL && i < result->notices->len; i++)
    assert_clean ("a notice", g_ptr_array_index (result->notices, i));
}

/* Rows, history, journal and all else that is kept. */
static void
check_landing (Gateway *self)
{
  g_autofree char    *folder = g_dir_make_tmp ("shanye-secrecy-XXXXXX", NULL);
  g_autofree char    *path = g_build_filename (folder, "shanye.db", NULL);
  g_autoptr (GError)  error = NULL;
  ShyStore           *store = shy_store_open (path, &error);

  g_assert_no_error (error);
  land (store, self);
  g_assert_finalize_object (store);
  check_files (folder);
}

static void
test_secrecy (Gateway *self, gconstpointer data)
{
  soup_server_remove_handler (self->server, NULL);
  soup_server_add_handler (self->server, NULL, answer_cb, self, NULL);
  current = data;
  g_string_truncate (logged, 0);
  check_trial (self);
  check_pull (self);
  check_landing (self);
  g_mutex_lock (&lock);
  g_assert_cmpuint (logged->len, >, 0);
  assert_clean ("the log", logged->str);
  g_mutex_unlock (&lock);
}

int
main (int argc, char *argv[])
{
  /* Without isolated folders, in which the proxy settings have no schema and their module aborts. */
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  g_test_init (&argc, &argv, NULL);
  logged = g_string_new (NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *name = g_strconcat ("/service/secrecy/", answers[i].name, NULL);

      g_test_add (name, Gateway, &answers[i], gateway_set_up, test_secrecy, gateway_tear_down);
    }
  return g_test_run ();
}
