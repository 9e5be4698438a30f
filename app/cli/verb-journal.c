/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-verb.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <unistd.h>

/* What the options said. */
typedef struct
{
  gboolean  json;
  gint64    after;           /* entries up to this one are left out */
  char     *expect;          /* (owned) (nullable): NUMBER:HASH */
  gint64    expected_number;
  char     *expected_hash;   /* (unowned) (nullable): inside expect */
} Options;

typedef struct
{
  Options           options;
  ShyJournalReport *report; /* (owned) (nullable) */
} Call;

static void
call_clear (Call *self)
{
  g_free (self->options.expect);
  g_clear_pointer (&self->report, shy_journal_report_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static gboolean
fail_usage (GError     **error,
            const char  *message)
{
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE, message);
  return FALSE;
}

/* Splits NUMBER:HASH, as a verification prints it. */
static gboolean
parse_expected (Options  *self,
                GError  **error)
{
  char *end;

  if (self->expect == NULL)
    return TRUE;

  self->expected_number = g_ascii_strtoll (self->expect, &end, 10);
  if (self->expected_number > 0 && *end == ':' && strlen (end + 1) == 64)
    {
      self->expected_hash = end + 1;
      return TRUE;
    }

  return fail_usage (error, _("--expect wants NUMBER:HASH as an earlier “journal verify” printed it, "
                              "with the 64 digits of the hash."));
}

static gboolean
parse_options (Options             *self,
               const char *const   *arguments,
               GError             **error)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json },
    { "after", 0, 0, G_OPTION_ARG_INT64, &self->after },
    { "expect", 0, 0, G_OPTION_ARG_STRING, &self->expect },
    { NULL },
  };
  g_auto (GStrv) words = shy_command_parse ("journal", entries, arguments, error);

  if (words == NULL)
    return FALSE;
  if (*words != NULL)
    return fail_usage (error, _("“journal” takes “verify”, “head” or “list”, and options behind it."));

  return parse_expected (self, error);
}

/* On a terminal, a few times a second. */
static void
tell_progress (gint64   done,
               gint64   total,
               gpointer data)
{
  static gint64 last;
  gint64        now = g_get_monotonic_time ();

  if (now - last < G_USEC_PER_SEC / 4 || total == 0)
    return;
  last = now;
  /* Translators: how much of the register was looked at, in percent. */
  g_printerr ("\r\033[K");
  g_printerr (_("Verified: %d%%"), (int) (100 * done / total));
}

static gboolean
verify_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  Call *call = data;

  call->report = shy_journal_verify_all (connection, call->options.expected_number,
                                         call->options.expected_hash,
                                         isatty (STDERR_FILENO) ? tell_progress : NULL, NULL, error);
  if (isatty (STDERR_FILENO))
    g_printerr ("\r\033[K");
  return call->report != NULL;
}

static void
print_node (JsonBuilder *builder)
{
  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  g_autofree char     *text = json_to_string (node, FALSE);

  g_print ("%s\n", text);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
add_finding_json (JsonBuilder             *builder,
                  const ShyJournalFinding *finding)
{
  json_builder_begin_object (builder);
  add_text (builder, "table", finding->table);
  if (finding->key != NULL)
    add_text (builder, "key", finding->key);
  if (finding->column != NULL)
    add_text (builder, "column", finding->column);
  add_text (builder, "sentence", finding->sentence);
  json_builder_end_object (builder);
}

static void
print_report_json (const ShyJournalReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "intact");
  json_builder_add_boolean_value (builder, shy_journal_report_is_intact (report));
  add_number (builder, "entries", report->entries);
  add_text (builder, "head", report->head);
  if (report->broken > 0)
    {
      add_number (builder, "broken", report->broken);
      add_text (builder, "reason", report->reason);
    }
  json_builder_set_member_name (builder, "bound");
  json_builder_add_boolean_value (builder, report->bound);
  add_number (builder, "faults", report->faults);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->findings->len; i++)
    add_finding_json (builder, report->findings->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  print_node (builder);
}

static void
print_findings (const ShyJournalReport *report)
{
  for (guint i = 0; i < report->findings->len; i++)
    g_print ("%s\n", ((ShyJournalFinding *) report->findings->pdata[i])->sentence);
  if (report->faults > report->findings->len)
    g_print (g_dngettext (GETTEXT_PACKAGE, "And %d more.\n", "And %d more.\n",
                          (gulong) (report->faults - report->findings->len)),
             (int) (report->faults - report->findings->len));
  if (report->faults > 0)
    g_print (g_dngettext (GETTEXT_PACKAGE,
                          "The register is not as it was stored: %d fault. Keep the database as it "
                          "is for an audit.\n",
                          "The register is not as it was stored: %d faults. Keep the database as it "
                          "is for an audit.\n",
                          (gulong) report->faults),
             (int) report->faults);
}

static void
print_report (const ShyJournalReport *report)
{
  print_findings (report);
  if (report->broken > 0)
    g_print (_("The journal is broken at entry %d: %s. Keep the database as it is for an audit.\n"),
             (int) report->broken, report->reason);
  else if (report->faults == 0)
    g_print (g_dngettext (GETTEXT_PACKAGE,
                          "The journal is intact: %d entry. Note its head: %d:%s\n",
                          "The journal is intact: %d entries. Note its head: %d:%s\n",
                          (gulong) report->entries),
             (int) report->entries, (int) report->entries, report->head);
  if (!report->bound)
    g_print (_("This copy is older than the protection of the register: only the journal itself was "
               "verified, not what it tells of.\n"));
}

static gboolean
print_entry_json (const ShyJournalEntry *entry,
                  gpointer               data)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  JsonNode               *details = shy_json_node_from_text (entry->details, -1, NULL);

  json_builder_begin_object (builder);
  add_number (builder, "number", entry->number);
  add_text (builder, "time", entry->time);
  add_text (builder, "actor", entry->actor);
  add_text (builder, "action", entry->action);
  add_text (builder, "subject", entry->subject);
  json_builder_set_member_name (builder, "details");
  if (details != NULL)
    json_builder_add_value (builder, details);
  else
    json_builder_add_string_value (builder, entry->details);
  add_text (builder, "previous", entry->previous);
  add_text (builder, "hash", entry->hash);
  json_builder_end_object (builder);
  print_node (builder);
  return TRUE;
}

static gboolean
print_entry (const ShyJournalEntry *entry,
             gpointer               data)
{
  g_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\t%s\n", entry->number, entry->time, entry->actor,
           entry->action, entry->subject, entry->details);
  return TRUE;
}

static gboolean
list_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Call *call = data;

  return shy_journal_foreach (connection, call->options.after,
                              call->options.json ? print_entry_json : print_entry, NULL, error);
}

/* What people are called whose tables are verified, is known to their plugins. */
static void
load_words (void)
{
  g_autoptr (ShyEngine)  engine = shy_engine_new ();
  G_GNUC_UNUSED g_autoptr (GListModel) datasets =
    shy_engine_create_extensions (engine, SHY_TYPE_DATASET);
}

static ShyCommandStatus
verify (ShyStore  *store,
        Call      *call,
        GError   **error)
{
  load_words ();
  if (!shy_store_run (store, SHY_STORE_READ, verify_job, call, NULL, error))
    return SHY_COMMAND_BAD;

  if (call->options.json)
    print_report_json (call->report);
  else
    print_report (call->report);
  return shy_journal_report_is_intact (call->report) ? SHY_COMMAND_OK : SHY_COMMAND_NEGATIVE;
}

typedef struct
{
  gint64 number;
  char  *hash; /* (owned) (nullable) */
} Head;

static gboolean
head_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Head *head = data;

  g_clear_pointer (&head->hash, g_free);
  return shy_journal_read_head (connection, &head->number, &head->hash, error);
}

/* What to note outside: on paper, on a stick, in another office. */
static ShyCommandStatus
print_head (ShyStore       *store,
            const Options  *options,
            GError        **error)
{
  Head                    head = { 0 };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!shy_store_run (store, SHY_STORE_READ, head_job, &head, NULL, error))
    return SHY_COMMAND_BAD;
  if (options->json)
    {
      json_builder_begin_object (builder);
      add_number (builder, "number", head.number);
      add_text (builder, "hash", head.hash);
      json_builder_end_object (builder);
      print_node (builder);
    }
  else
    g_print ("%" G_GINT64_FORMAT ":%s\n", head.number, head.hash);
  g_free (head.hash);
  return SHY_COMMAND_OK;
}

static ShyCommandStatus
list_entries (ShyStore  *store,
              Call      *call,
              GError   **error)
{
  if (!shy_store_run (store, SHY_STORE_READ, list_job, call, NULL, error))
    return SHY_COMMAND_BAD;
  return SHY_COMMAND_OK;
}

static ShyCommandStatus
run (const char *const *arguments,
     const char        *database,
     GError           **error)
{
  g_auto (Call)        call = { { FALSE } };
  g_autoptr (ShyStore) store = NULL;
  g_autofree char     *own = shy_store_dup_default_path ();
  const char          *action = arguments[0] != NULL ? arguments[0] : "";
  gboolean             list = g_str_equal (action, "list");
  gboolean             head = g_str_equal (action, "head");

  if (!list && !head && !g_str_equal (action, "verify"))
    {
      fail_usage (error, _("“journal” takes “verify”, “head” or “list”, and options behind it."));
      return SHY_COMMAND_BAD;
    }
  if (!parse_options (&call.options, arguments + 1, error))
    return SHY_COMMAND_BAD;

  store = shy_store_open_read_only (database != NULL ? database : own, error);
  if (store == NULL)
    return SHY_COMMAND_BAD;
  if (head)
    return print_head (store, &call.options, error);
  return list ? list_entries (store, &call, error) : verify (store, &call, error);
}

const ShyctlVerb shyctl_verb_journal = {
  "journal",
  N_("Verifies or lists the journal of what was decided and changed."),
  N_("verify [--expect NUMBER:HASH] [--json] | head [--json] | list [--after NUMBER] [--json]\n"
     "\n"
     "Every decision and every change is noted in a journal whose entries are chained by hash, and\n"
     "binds what is stored. “verify” recomputes the chain and compares every stored decision, setting,\n"
     "grant, update and policy text with it; it names what was changed, removed or added by another\n"
     "program, and tables and triggers that are not ours. “head” prints the head of the chain: note it\n"
     "elsewhere, on paper or on a stick. With it, “verify --expect” also finds a journal that was cut or\n"
     "replaced as a whole. “list” prints the entries.\n"
     "\n"
     "  --expect NUMBER:HASH  a head that was noted\n"
     "  --after NUMBER        list only later entries\n"
     "  --json                print JSON, with “list” one entry a line\n"
     "\n"
     "Exit status: 0 all is as it was stored, 1 it is not, 2 it cannot be read."),
  run,
};
