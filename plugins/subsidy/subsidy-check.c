/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-check.h"

#include "subsidy-case-verb.h"
#include "subsidy-dataset.h"
#include "subsidy-import-verb.h"
#include "subsidy-results.h"
#include "subsidy-row.h"
#include "subsidy-target.h"
#include "subsidy-words.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * SubsidyCheck:
 *
 * The verb “check”: decides a spreadsheet of applications.
 */
struct _SubsidyCheck
{
  GObject parent_instance;
};

/* What the call says, and what it is to be done with. */
typedef struct
{
  char      *file;     /* (owned) */
  char      *policy_id; /* (owned) */
  char      *county_text; /* (owned) (nullable) */
  char      *sheet;       /* (owned) (nullable) */
  char      *on_text;  /* (owned) (nullable) */
  char      *output;   /* (owned) (nullable) */
  gboolean   force;
  char      *hidden_text; /* (owned) (nullable) */
  ShyImportHidden hidden;
  char      *hidden_columns_text; /* (owned) (nullable) */
  ShyImportHidden hidden_columns;
  gboolean   once;
  char      *recipe;      /* (owned) (nullable) */
  char      *remember;    /* (owned) (nullable) */
  char      *rejected;    /* (owned) (nullable): where the rejected rows are written */
  GStrv      mends;       /* (owned) (nullable): CELL=VALUE */
  char      *reason;   /* (owned) (nullable) */
  gboolean   commit;
  gboolean   json;
  GDate      on;
  char      *county;   /* (owned) (nullable): code */
  ShyPolicy *policy;   /* (owned) */
  ShyStore  *store;    /* (owned) (nullable) */
} Call;

static void
call_clear (Call *self)
{
  g_free (self->file);
  g_free (self->policy_id);
  g_free (self->county_text);
  g_free (self->sheet);
  g_free (self->on_text);
  g_free (self->output);
  g_free (self->hidden_text);
  g_free (self->hidden_columns_text);
  g_free (self->recipe);
  g_free (self->remember);
  g_free (self->rejected);
  g_strfreev (self->mends);
  g_free (self->reason);
  g_free (self->county);
  g_clear_object (&self->policy);
  g_clear_object (&self->store);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static const char *
get_name (ShyCommand *command)
{
  return "check";
}

static char *
dup_summary (ShyCommand *command)
{
  return g_strdup (_("Decides the applications in a spreadsheet."));
}

static char *
dup_usage (ShyCommand *command)
{
  return g_strdup (_(
    "FILE --policy ID [--sheet NAME] [--county CODE] [--on DATE] [--output FILE]\n"
    "     [--force] [--hidden include|skip] [--hidden-columns include|skip]\n"
    "     [--recipe NAME] [--mend CELL=VALUE]… [--rejected FILE]\n"
    "     [--commit [--once] [--remember NAME]] [--reason TEXT] [--json]\n"
    "\n"
    "Reads an .xlsx, .xls or .csv file, finds the columns by their headers, and decides each row by\n"
    "the policy. What was granted before, and what counties decided, is taken from the database.\n"
    "\n"
    "  --policy ID    the policy, as “shanyectl policy list” names it\n"
    "  --sheet NAME   the sheet to read; the one that fits best if it is not given\n"
    "  --county CODE  the county the file is for; rows of another are rejected\n"
    "  --on DATE      decide as on this day, such as 2025-06-30; today if it is not given\n"
    "  --output FILE  write every row with its outcome, reasons and clauses: .xlsx, .csv or .json\n"
    "  --force        replace the output file where it is there already; never the input\n"
    "  --hidden WHAT  what to do with rows that are hidden in the sheet: “include” or “skip” them;\n"
    "                 without it they are decided and named, and --commit stores nothing\n"
    "  --hidden-columns WHAT  the same for columns that are hidden in the sheet\n"
    "  --recipe NAME  match the columns as they were matched under this name; without it, as those of\n"
    "                 the file whose headers are most alike; “none”: as the headers read\n"
    "  --mend CELL=VALUE  read this in place of what stands in the cell, such as C12; “-” reads it from\n"
    "                 standard input, where no list of processes shows it\n"
    "  --rejected FILE  write the rejected rows as they stand in the sheet, each with its reason, to be\n"
    "                 mended there: .xlsx or .csv\n"
    "  --remember NAME  with --commit: remember under this name how the columns were matched\n"
    "  --commit       store the decided rows in the database and note it in the journal\n"
    "  --once         with --commit: store nothing if this very file was stored before\n"
    "  --reason TEXT  store although the clock stands before the newest entry of the journal, and\n"
    "                 note why; write no personal data\n"
    "  --json         print the rows as JSON; the totals go to standard error\n"
    "\n"
    "With --commit, rows whose grounds changed since they were decided, because somebody else stored\n"
    "something meanwhile, are decided anew while they are stored, and named. What is printed is what\n"
    "is stored. The output ends with the totals. Exit status: 0 if the file was decided, whatever\n"
    "the outcomes, 2 after a bad call or bad input."));
}

static gboolean
fail_usage (GError     **error,
            const char  *message)
{
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
parse_words (Call                *call,
             const char *const   *arguments,
             GError             **error)
{
  const GOptionEntry entries[] = {
    { "policy", 0, 0, G_OPTION_ARG_FILENAME, &call->policy_id },
    { "sheet", 0, 0, G_OPTION_ARG_FILENAME, &call->sheet },
    { "county", 0, 0, G_OPTION_ARG_FILENAME, &call->county_text },
    { "on", 0, 0, G_OPTION_ARG_FILENAME, &call->on_text },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &call->output },
    { "force", 0, 0, G_OPTION_ARG_NONE, &call->force },
    { "hidden", 0, 0, G_OPTION_ARG_FILENAME, &call->hidden_text },
    { "hidden-columns", 0, 0, G_OPTION_ARG_FILENAME, &call->hidden_columns_text },
    { "once", 0, 0, G_OPTION_ARG_NONE, &call->once },
    { "recipe", 0, 0, G_OPTION_ARG_FILENAME, &call->recipe },
    { "remember", 0, 0, G_OPTION_ARG_FILENAME, &call->remember },
    { "rejected", 0, 0, G_OPTION_ARG_FILENAME, &call->rejected },
    { "mend", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &call->mends },
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &call->reason },
    { "commit", 0, 0, G_OPTION_ARG_NONE, &call->commit },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call->json },
    { NULL },
  };
  g_auto (GStrv) words = shy_command_parse ("check", entries, arguments, error);

  if (words == NULL)
    return FALSE;
  if (g_strv_length (words) != 1)
    return fail_usage (error, _("“check” takes one file. “shanyectl help check” shows how."));
  if (call->policy_id == NULL)
    return fail_usage (error, _("“check” wants --policy ID. “shanyectl policy list” lists them."));

  call->file = g_strdup (words[0]);
  return TRUE;
}

static gboolean
parse_day (Call    *call,
           GError **error)
{
  g_autofree char *text = NULL;

  if (call->on_text == NULL)
    {
      g_date_set_time_t (&call->on, g_get_real_time () / G_USEC_PER_SEC);
      return TRUE;
    }

  text = shy_field_type_normalize (SHY_FIELD_DATE, call->on_text, NULL);
  if (text == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("--on wants a day such as 2025-06-30, not “%s”."), call->on_text);
      return FALSE;
    }

  text[4] = text[7] = '\0';
  g_date_clear (&call->on, 1);
  g_date_set_dmy (&call->on, (GDateDay) g_ascii_strtoull (text + 8, NULL, 10),
                  (GDateMonth) g_ascii_strtoull (text + 5, NULL, 10),
                  (GDateYear) g_ascii_strtoull (text, NULL, 10));
  return TRUE;
}

static gboolean
parse_what (const char    *text,
            ShyImportHidden *hidden)
{
  if (text == NULL)
    return TRUE;
  if (g_str_equal (text, "include"))
    *hidden = SHY_IMPORT_HIDDEN_INCLUDE;
  else if (g_str_equal (text, "skip"))
    *hidden = SHY_IMPORT_HIDDEN_SKIP;
  else
    return FALSE;

  return TRUE;
}

static gboolean
parse_hidden (Call    *call,
              GError **error)
{
  if (!parse_what (call->hidden_text, &call->hidden))
    return fail_usage (error, _("--hidden wants “include” or “skip”."));
  if (!parse_what (call->hidden_columns_text, &call->hidden_columns))
    return fail_usage (error, _("--hidden-columns wants “include” or “skip”."));

  return TRUE;
}

/* Whoever says --once is not to store a file a second time. */
static gboolean
check_once (Call           *call,
            ShyImport  *import,
            GError        **error)
{
  g_autofree char *earlier = call->once && call->commit
                               ? shy_import_dup_earlier (import) : NULL;

  if (earlier == NULL)
    return TRUE;
  /* Translators: %s is a sentence that names the batch. */
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, _("%s Nothing was stored."), earlier);
  return FALSE;
}

static gboolean
find_county (Call    *call,
             GError **error)
{
  ShyCountyRegistry *counties;
  ShyCounty         *county;

  if (call->county_text == NULL)
    return TRUE;

  counties = shy_county_registry_get_default (error);
  if (counties == NULL)
    return FALSE;
  county = shy_county_registry_find (counties, call->county_text);
  if (county == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                   _("--county wants the six-digit code or the name of a county, not “%s”."),
                   call->county_text);
      return FALSE;
    }

  call->county = g_strdup (shy_county_get_code (county));
  return TRUE;
}

static gboolean
find_policy (Call        *call,
             const char  *database,
             GError     **error)
{
  g_autoptr (ShyPolicyRegistry) policies = shy_policies_load (database, error);

  if (policies == NULL)
    return FALSE;
  for (guint i = 0; i < shy_policy_registry_get_problems (policies)->len; i++)
    {
      const ShyPolicyProblem *problem = shy_policy_registry_get_problems (policies)->pdata[i];

      if (strstr (problem->message, call->policy_id) != NULL)
        g_printerr ("%s\n", problem->message);
    }
  call->policy = shy_policy_registry_activate (policies, call->policy_id, &call->on, error);
  return call->policy != NULL;
}

/* A database that is not there has no past; it is made only to store into. */
static gboolean
open_store (Call        *call,
            const char  *database,
            GError     **error)
{
  g_autofree char *own = shy_store_dup_default_path ();
  const char      *path = database != NULL ? database : own;

  if (!call->commit && !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  call->store = subsidy_open_store (path, error);
  return call->store != NULL;
}

static GPtrArray *
get_turned (ShyImport *import)
{
  return subsidy_target_get_turned (SUBSIDY_TARGET (shy_import_get_target (import)));
}

/* Those behind the first so many; says how many there are. */
static guint
print_remarks (ShyImport *import,
               guint          first)
{
  const char *const *remarks = shy_import_get_remarks (import);
  guint              count = g_strv_length ((char **) remarks);

  for (guint i = first; i < count; i++)
    g_printerr ("%s\n", remarks[i]);
  return count;
}

/* What was stored otherwise than this run had found it. */
static char *
describe_turned (GPtrArray *turned)
{
  g_autofree char    *heading = subsidy_turns_to_heading (turned);
  g_autoptr (GString) text = g_string_new (NULL);

  if (turned->len > 0)
    g_string_append_printf (text, "%s\n", heading);
  for (guint i = 0; i < turned->len; i++)
    {
      const SubsidyTurn *turn = turned->pdata[i];
      g_autofree char   *sentence = subsidy_turn_to_sentence (turn);

      /* Translators: the number of a row, then “an outcome → another outcome (why)”. */
      g_string_append_printf (text, _("  row %u: %s\n"), turn->row, sentence);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
print_row (const SubsidyRecord  *record,
           gpointer              data,
           GError              **error)
{
  g_autofree char *reasons = g_strdup (record->words);
  g_autofree char *needed = NULL;

  if (record->outcome == SUBSIDY_MATERIALS)
    needed = subsidy_reason_to_sentence (record->outcome, record->reason);
  g_strdelimit (reasons, "\n", ' ');
  g_print ("%u\t%s\t%s%s%s\n", record->row, subsidy_outcome_to_label (record->outcome),
           needed != NULL ? needed : "",
           /* Translators: between two sentences. */
           needed != NULL ? C_("between sentences", ". ") : "", reasons);
  return TRUE;
}

static gboolean
print_rows (Call          *call,
            ShyImport *import,
            GError       **error)
{
  ShySpool                 *spool = shy_import_get_spool (import);
  const SubsidyTotals       totals = subsidy_spool_count (spool);
  g_autofree char          *line = subsidy_totals_to_line (&totals);
  g_autofree char          *changed = describe_turned (get_turned (import));
  g_autoptr (GOutputStream) stream = NULL;

  if (!call->json)
    {
      if (!subsidy_spool_foreach (spool, print_row, NULL, error))
        return FALSE;
      g_print ("%s%s\n", changed, line);
      return TRUE;
    }

  g_printerr ("%s%s\n", changed, line);
  stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  return subsidy_results_write_json (spool, call->policy, &call->on,
                                     get_turned (import), stream, error);
}

static gboolean
store (Call           *call,
       ShyImport  *import,
       GCancellable   *cancellable,
       GError        **error)
{
  if (!call->commit)
    return TRUE;

  shy_import_set_reason (import, call->reason);
  shy_import_set_once (import, call->once);
  return shy_import_commit (import, cancellable, error) >= 0;
}

/* Behind the storing, for only then is it certain what every row came to. */
static gboolean
write_output (Call           *call,
              ShyImport  *import,
              GError        **error)
{
  if (call->output == NULL ||
      subsidy_results_write (shy_import_get_spool (import), call->policy, &call->on,
                             get_turned (import), call->output,
                             call->force, error))
    return TRUE;

  if (call->commit)
    g_prefix_error (error, "%s", _("The decisions are stored in the database. "));
  return FALSE;
}

/* A line of standard input, as “case amend” reads it. */
static char *
read_line (void)
{
  g_autoptr (GString) line = g_string_new (NULL);
  int                 c;

  while ((c = getchar ()) != EOF && c != '\n')
    g_string_append_c (line, (char) c);
  return g_strstrip (g_string_free (g_steal_pointer (&line), FALSE));
}

static int
find_field (ShyImport *import,
            guint      column)
{
  ShyHeaderMatch *match = shy_import_get_match (import);

  for (guint i = 0; i < shy_header_match_get_n_columns (match); i++)
    if (shy_header_match_get_column (match, i)->column == column)
      return shy_header_match_get_column (match, i)->field;
  return -1;
}

static gboolean
mend (ShyImport   *import,
      const char  *word,
      GError     **error)
{
  const char      *equals = strchr (word, '=');
  g_autofree char *cell = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : NULL;
  g_autofree char *text = NULL;
  guint            row, column;
  int              field = -1;

  if (cell == NULL || !shy_sheet_reference_parse (cell, &row, &column) || !g_utf8_validate (word, -1, NULL))
    return fail_usage (error, _("--mend wants CELL=VALUE, such as C12=2023-06-30."));
  field = find_field (import, column);
  if (field < 0 || row <= shy_header_match_get_last_row (shy_import_get_match (import)))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("--mend %s: the cell is none of a row below the header and a column that is read."), cell);
      return FALSE;
    }
  text = g_str_equal (equals + 1, "-") ? read_line () : g_strdup (equals + 1);
  shy_import_mend (import, row, (guint) field, text);
  return TRUE;
}

static gboolean
mend_all (Call       *call,
          ShyImport  *import,
          GError    **error)
{
  for (char **word = call->mends; word != NULL && *word != NULL; word++)
    if (!mend (import, *word, error))
      return FALSE;
  return TRUE;
}

static gboolean
decide (Call           *call,
        ShyImport  *import,
        GCancellable   *cancellable,
        GError        **error)
{
  return shy_import_open (import, call->file, cancellable, error) && mend_all (call, import, error) &&
         shy_import_run (import, cancellable, error);
}

/* Before the storing: what is stored does not stand in the way of what goes back. */
static gboolean
write_rejected (Call       *call,
                ShyImport  *import,
                GError    **error)
{
  guint n = shy_import_count (import, SHY_IMPORT_REJECTED);

  if (call->rejected == NULL)
    return TRUE;
  if (n == 0)
    {
      g_printerr ("%s\n", _("No row was rejected: no file was written."));
      return TRUE;
    }
  return shy_import_write_rejected (import, call->rejected, call->force, error);
}

typedef gboolean (*Step) (Call           *call,
                          ShyImport  *import,
                          GCancellable   *cancellable,
                          GError        **error);

/* Takes a long step, which tells its progress, and which Ctrl+C stops with nothing left behind: until
 * the rows are stored the file is read, nothing more. */
static gboolean
take_step (Call           *call,
           ShyImport  *import,
           Step            step,
           GError        **error)
{
  g_autoptr (GCancellable)    cancellable = g_cancellable_new ();
  G_GNUC_UNUSED g_autoptr (ShyImportWatch) progress = shy_import_watch_begin (import, cancellable);
  g_autoptr (GError)          local = NULL;

  if (step (call, import, cancellable, &local))
    return TRUE;

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_FAILED,
                         _("Stopped. Nothing was stored or written."));
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
print_policy (ShyPolicy *policy)
{
  g_autofree char *whose = shy_policy_origin_to_label (shy_policy_get_origin (policy));

  /* Translators: id and version of a policy, by whose word it decides, the digest of its text. */
  g_printerr (_("Policy: %s %s. %s, digest %s.\n"), shy_policy_get_id (policy),
              shy_policy_get_version (policy), whose, shy_policy_get_digest (policy));
}

static gboolean
check (Call    *call,
       GError **error)
{
  g_autoptr (SubsidyTarget) target = subsidy_target_new (call->policy, call->county, &call->on);
  g_autoptr (ShyImport)     import = shy_import_new (call->store, SHY_IMPORT_TARGET (target));
  guint                     told;

  shy_import_set_sheet (import, call->sheet);
  shy_import_set_recipe (import, g_strcmp0 (call->recipe, "none") == 0 ? "" : call->recipe);
  shy_import_set_remember (import, call->remember);
  shy_import_set_hidden_rows (import, call->hidden);
  shy_import_set_hidden_columns (import, call->hidden_columns);
  if (call->json || call->output != NULL)
    subsidy_target_seek_changes (target);
  if (!take_step (call, import, decide, error))
    return FALSE;

  if (shy_import_get_recipe (import) != NULL)
    g_printerr (_("The columns were matched as “%s”.\n"), shy_import_get_recipe (import));
  told = print_remarks (import, 0);
  print_policy (call->policy);
  if (!check_once (call, import, error))
    return FALSE;
  if (call->output != NULL && !shy_new_file_check (call->output, call->file, call->force, error))
    return FALSE;

  if (!write_rejected (call, import, error) || !take_step (call, import, store, error))
    return FALSE;
  print_remarks (import, told);
  return write_output (call, import, error) &&
         print_rows (call, import, error);
}

static ShyCommandStatus
run (ShyCommand         *command,
     const char *const  *arguments,
     const char         *database,
     GError            **error)
{
  g_auto (Call) call = { NULL };

  if (parse_words (&call, arguments, error) && parse_day (&call, error) &&
      parse_hidden (&call, error) &&
      (call.output == NULL ||
       (shy_export_can_write (call.output, error) &&
        shy_new_file_check (call.output, call.file, call.force, error))) &&
      find_county (&call, error) && find_policy (&call, database, error) &&
      open_store (&call, database, error) && check (&call, error))
    return SHY_COMMAND_OK;

  return SHY_COMMAND_BAD;
}

static GListModel *
create_more (ShyCommand *command)
{
  g_autoptr (ShyCommand) verb = g_object_new (SUBSIDY_TYPE_CASE_VERB, NULL);
  g_autoptr (ShyCommand) imports = g_object_new (SUBSIDY_TYPE_IMPORT_VERB, NULL);
  GListStore            *more = g_list_store_new (SHY_TYPE_COMMAND);

  g_list_store_append (more, verb);
  g_list_store_append (more, imports);
  return G_LIST_MODEL (more);
}

static void
command_iface_init (ShyCommandInterface *iface)
{
  iface->get_name = get_name;
  iface->dup_summary = dup_summary;
  iface->dup_usage = dup_usage;
  iface->run = run;
  iface->create_more = create_more;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SubsidyCheck, subsidy_check, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_COMMAND, command_iface_init))

static void
subsidy_check_class_init (SubsidyCheckClass *klass)
{
}

static void
subsidy_check_init (SubsidyCheck *self)
{
}
