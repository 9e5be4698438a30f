/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-results.h"

#include "subsidy-grounds.h"
#include "subsidy-packer.h"
#include "subsidy-provenance.h"
#include "subsidy-register.h"
#include "subsidy-row.h"

#include <errno.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* Rows on their way into a stream. */
typedef struct
{
  GOutputStream *stream;
  gboolean       first;
} Lines;

static gboolean
write_line (const SubsidyRecord  *record,
            gpointer              data,
            GError              **error)
{
  Lines              *lines = data;
  g_autoptr (GString) text = g_string_new (lines->first ? "\n" : ",\n");

  lines->first = FALSE;
  subsidy_record_append_json (record, text);
  return g_output_stream_write_all (lines->stream, text->str, text->len, NULL, NULL, error);
}

static void
add_turned (GString   *text,
            GPtrArray *turned)
{
  for (guint i = 0; turned != NULL && i < turned->len; i++)
    {
      g_autoptr (JsonNode) node = json_node_alloc ();
      g_autofree char     *line = NULL;

      json_node_take_object (json_node_init (node, JSON_NODE_OBJECT),
                             subsidy_turn_to_json (turned->pdata[i]));
      line = json_to_string (node, FALSE);
      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", line);
    }
}

static char *
object_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

/* What programs read of the policy: also by which text and by whose word it decides. */
static void
add_policy (GString   *text,
            ShyPolicy *policy)
{
  g_autoptr (JsonObject) object = subsidy_provenance_of (policy);
  g_autofree char       *members = object_to_text (object);

  members[strlen (members) - 1] = ',';
  g_string_append (text, members);
}

static void
add_head (GString       *text,
          ShySpool  *spool,
          ShyPolicy     *policy,
          const GDate   *on,
          GPtrArray     *turned)
{
  const SubsidyTotals totals = subsidy_spool_count (spool);
  char                 day[sizeof "2025-06-30"];

  g_date_strftime (day, sizeof day, "%Y-%m-%d", on);
  add_policy (text, policy);
  g_string_append_printf (text, "\"on\":\"%s\",\"applications\":%u,\"totals\":{", day,
                          subsidy_totals_sum (&totals));
  for (guint i = 0; i < SUBSIDY_N_OUTCOMES; i++)
    g_string_append_printf (text, "%s\"%s\":%u", i > 0 ? "," : "",
                            subsidy_outcome_to_word ((SubsidyOutcome) i), totals.of[i]);
  g_string_append (text, "},\"turned\":[");
  add_turned (text, turned);
  g_string_append_c (text, ']');
  if (shy_spool_get_notes (spool) != NULL)
    {
      g_autofree char *notes = json_to_string (shy_spool_get_notes (spool), FALSE);

      g_string_append_printf (text, ",\"notes\":%s", notes);
    }
  g_string_append (text, ",\"rows\":[");
}

/*
 * subsidy_results_write_json: one object: "policy", "version", "digest" of its text, "origin",
 * "signer" and "adopted_by" as shy_policy_origin_add() has them, "on", "applications", "totals" by outcome, "turned" (what was stored otherwise than it had been found), "notes" as
 * shy_import_run() left them, "rows", each as subsidy_record_append_json() has it, one a line.
 */
gboolean
subsidy_results_write_json (ShySpool   *spool,
                            ShyPolicy      *policy,
                            const GDate    *on,
                            GPtrArray      *turned,
                            GOutputStream  *stream,
                            GError        **error)
{
  g_autoptr (GString) head = g_string_new (NULL);
  Lines               lines = { stream, TRUE };

  add_head (head, spool, policy, on, turned);
  return g_output_stream_write_all (stream, head->str, head->len, NULL, NULL, error) &&
         subsidy_spool_foreach (spool, write_line, &lines, error) &&
         g_output_stream_write_all (stream, "\n]}\n", 4, NULL, NULL, error);
}

static gboolean
write_json_file (ShySpool  *spool,
                 ShyPolicy     *policy,
                 const GDate   *on,
                 GPtrArray     *turned,
                 const char    *path,
                 gboolean       replace,
                 GError       **error)
{
  g_autoptr (ShyNewFile)    file = shy_new_file_create (path, error);
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (GOutputStream) buffered = NULL;
  g_autoptr (GError)        local = NULL;

  if (file == NULL)
    return FALSE;
  stream = g_unix_output_stream_new (shy_new_file_get_fd (file), FALSE);
  buffered = g_buffered_output_stream_new (stream);
  if (subsidy_results_write_json (spool, policy, on, turned, buffered, &local) &&
      g_output_stream_close (buffered, NULL, &local))
    return shy_new_file_commit (file, replace, error);

  shy_new_file_set_error (path, g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? ENOSPC : EIO,
                          error);
  return FALSE;
}

/*
 * subsidy_results_write:
 * @turned: (nullable): of SubsidyTurn, for JSON
 * @replace: whether a file that is there when all is written is replaced
 *
 * Writes the decided rows into a table or, for programs, JSON, by the name's
 * ending. The file holds personal data, so only its owner may read it.
 */
gboolean
subsidy_results_write (ShySpool  *spool,
                       ShyPolicy     *policy,
                       const GDate   *on,
                       GPtrArray     *turned,
                       const char    *path,
                       gboolean       replace,
                       GError       **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  if (!shy_export_can_write (path, error))
    return FALSE;
  if (g_str_has_suffix (lower, ".json"))
    return write_json_file (spool, policy, on, turned, path, replace, error);

  return subsidy_table_write (spool, policy,
                              g_str_has_suffix (lower, ".csv") ? SHY_SHEET_FORMAT_CSV
                                                               : SHY_SHEET_FORMAT_XLSX,
                              path, replace, error);
}

/* Cases of the register on their way into a spool. */
typedef struct
{
  GArray         *ids;
  ShySpool   *spool;
  SubsidyGrounds *grounds;     /* (unowned) */
  const GDate    *on;
  GCancellable   *cancellable;
} Load;

/* What would change a negative verdict stands in no register: it is looked for now. */
static gboolean
look_at (Load           *load,
         ShyConnection  *connection,
         gint64          id,
         SubsidyRecord  *record,
         GError        **error)
{
  g_autoptr (ShyFacts) facts = NULL;

  if (record->outcome != SUBSIDY_NOT_ELIGIBLE)
    return TRUE;
  facts = subsidy_facts_from_json (record->facts, error);
  if (facts == NULL)
    return FALSE;

  shy_facts_set_on (facts, load->on);
  return subsidy_grounds_look (load->grounds, connection, facts, id, record, load->cancellable,
                               error);
}

static gboolean
read_basis (ShyConnection  *connection,
            ShyStatement   *row,
            SubsidyRecord  *record,
            GError        **error)
{
  g_autoptr (ShyPolicyOrigin) origin = NULL;
  g_autoptr (JsonObject)      object = NULL;

  if (!subsidy_provenance_read (connection, shy_statement_get_int64 (row, 9), &origin, error))
    return FALSE;
  object = subsidy_provenance_to_json (shy_statement_get_text (row, 6), shy_statement_get_text (row, 7),
                                       shy_statement_get_text (row, 8), origin);
  record->basis = object_to_text (object);
  return TRUE;
}

static gboolean
read_case (Load           *load,
           ShyConnection  *connection,
           ShyStatement   *row,
           guint           number,
           gint64          id,
           GError        **error)
{
  gint64                 revision = shy_statement_get_int64 (row, 0);
  g_auto (SubsidyRecord) record = { 0 };
  g_autoptr (GError)     local = NULL;

  record.number = number;
  record.row = (guint) shy_statement_get_int64 (row, 1);
  subsidy_outcome_parse (shy_statement_get_text (row, 2), &record.outcome);
  record.amount = shy_statement_get_int64 (row, 3);
  record.facts = subsidy_unpack (connection, SUBSIDY_PACKED_FACTS, revision, row, 4, &local);
  if (local == NULL)
    record.verdict = subsidy_unpack (connection, SUBSIDY_PACKED_VERDICT, revision, row, 5, &local);
  if (local == NULL && subsidy_register_prove (connection, "subsidy_case", id, &local) &&
      subsidy_register_prove (connection, "subsidy_revision", revision, &local) &&
      read_basis (connection, row, &record, &local) && look_at (load, connection, id, &record, &local) &&
      subsidy_spool_add (load->spool, &record, &local))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
load_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Load                    *load = data;
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;

  row = shy_connection_prepare (connection,
                                "SELECT r.id, c.row_number, c.outcome, c.amount, r.facts, r.verdict, "
                                "c.policy, r.policy_version, r.pack, r.provenance "
                                "FROM subsidy_case c JOIN subsidy_revision r "
                                "ON r.case_id = c.id AND r.revision = c.revision WHERE c.id = $1",
                                error);
  if (row == NULL)
    return FALSE;

  for (guint i = 0; local == NULL && i < load->ids->len; i++)
    {
      shy_statement_bind_int64 (row, "$1", g_array_index (load->ids, gint64, i));
      if (shy_statement_step (row, &local))
        read_case (load, connection, row, i + 1, g_array_index (load->ids, gint64, i), &local);
      shy_statement_reset (row);
    }

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*
 * subsidy_results_load: reads cases of the register as decided rows, to write them. Blocks: call it
 * on a thread of its own.
 * @ids: of gint64: their numbers, in order
 * @policy: by which is looked for what would change a verdict
 * @on: the day for that
 */
ShySpool *
subsidy_results_load (ShyStore      *store,
                      GArray        *ids,
                      ShyPolicy     *policy,
                      const GDate   *on,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autofree char         *folder = g_path_get_dirname (shy_store_get_path (store));
  g_autoptr (ShySpool) spool = shy_spool_new (folder, error);
  g_autoptr (SubsidyGrounds) grounds = subsidy_grounds_new (policy);
  Load                     load = { ids, spool, grounds, on, cancellable };

  if (spool == NULL || !shy_store_run (store, SHY_STORE_READ, load_job, &load, cancellable, error))
    return NULL;

  return g_steal_pointer (&spool);
}
