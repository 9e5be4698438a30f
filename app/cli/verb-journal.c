/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-verb.h"

#include <glib/gi18n.h>
#include <stdlib.h>

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
    return fail_usage (error, _("“journal” takes “verify” or “list”, and options behind it."));

  return parse_expected (self, error);
}

static gboolean
verify_job (ShyConnection  *connection,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  Call *call = data;

  call->report = shy_journal_verify (connection, call->options.expected_number,
                                     call->options.expected_hash, cancellable, error);
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
print_report_json (const ShyJournalReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "intact");
  json_builder_add_boolean_value (builder, report->broken == 0);
  add_number (builder, "entries", report->entries);
  add_text (builder, "head", report->head);
  if (report->broken > 0)
    {
      add_number (builder, "broken", report->broken);
      add_text (builder, "reason", report->reason);
    }
  json_builder_end_object (builder);
  print_node (builder);
}

static void
print_report (const ShyJournalReport *report)
{
  if (report->broken == 0)
    g_print (g_dngettext (GETTEXT_PACKAGE,
                          "The journal is intact: %d entry. Note its head: %d:%s\n",
                          "The journal is intact: %d entries. Note its head: %d:%s\n",
                          (gulong) report->entries),
             (int) report->entries, (int) report->entries, report->head);
  else
    g_print (_("The journal is broken at entry %d: %s. Keep the database as it is for an audit.\n"),
             (int) report->broken, report->reason);
}

static gboolean
print_entry_json (const ShyJournalEntry *entry,
                  gpointer               data)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  JsonNode               *details = json_from_string (entry->details, NULL);

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

static ShyCommandStatus
verify (ShyStore  *store,
        Call      *call,
        GError   **error)
{
  if (!shy_store_run (store, SHY_STORE_READ, verify_job, call, NULL, error))
    return SHY_COMMAND_BAD;

  if (call->options.json)
    print_report_json (call->report);
  else
    print_report (call->report);
  return call->report->broken == 0 ? SHY_COMMAND_OK : SHY_COMMAND_NEGATIVE;
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

  if (!list && !g_str_equal (action, "verify"))
    {
      fail_usage (error, _("“journal” takes “verify” or “list”, and options behind it."));
      return SHY_COMMAND_BAD;
    }
  if (!parse_options (&call.options, arguments + 1, error))
    return SHY_COMMAND_BAD;

  store = shy_store_open_read_only (database != NULL ? database : own, error);
  if (store == NULL)
    return SHY_COMMAND_BAD;
  if (!list)
    return verify (store, &call, error);

  return shy_store_run (store, SHY_STORE_READ, list_job, &call, NULL, error) ? SHY_COMMAND_OK
                                                                             : SHY_COMMAND_BAD;
}

const ShyctlVerb shyctl_verb_journal = {
  "journal",
  N_("Verifies or lists the journal of what was decided and changed."),
  N_("verify [--expect NUMBER:HASH] [--json] | list [--after NUMBER] [--json]\n"
     "\n"
     "Every decision and every change is noted in a journal whose entries are chained by hash.\n"
     "“verify” recomputes the chain and names the first entry that is wrong. With a head that an\n"
     "earlier run printed and that was noted elsewhere, it also finds a journal that was replaced\n"
     "as a whole. “list” prints the entries.\n"
     "\n"
     "  --expect NUMBER:HASH  a head that was noted\n"
     "  --after NUMBER        list only later entries\n"
     "  --json                print JSON, with “list” one entry a line\n"
     "\n"
     "Exit status: 0 the journal is intact, 1 it is broken, 2 it cannot be read."),
  run,
};
