/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-target.h"

#include "subsidy-register.h"
#include "subsidy-results.h"
#include "subsidy-row.h"
#include "subsidy-words.h"

#include <glib/gi18n-lib.h>

/* What a run may work through beyond the share of each row, see ShyWorkBudget: a minute or two. */
#define RUN_STEPS G_GINT64_CONSTANT (2000000000)

/* The family of these records. */
#define FAMILY "subsidy"

struct _SubsidyTarget
{
  ShyImportTarget parent_instance;
  ShyPolicy      *policy;  /* (owned) (nullable): that decides; none to withdraw */
  char           *county;  /* (owned) (nullable): the only one that is asked for */
  GDate           on;
  gint64          work;    /* steps of a run beyond the shares of its rows */
  gboolean        seeks;   /* somebody looks at what would change the verdicts */
  ShyImport      *import;  /* (unowned) (nullable): that runs, or ran */
  SubsidyDecider *decider; /* (owned) (nullable): of the run */
  SubsidyGrounds *grounds; /* (owned) (nullable): of the run */
  ShyWorkBudget  *budget;  /* (owned) (nullable): of the run */
  GHashTable     *persons; /* (owned) (nullable): persons of the register under this policy */
  GPtrArray      *turned;  /* (owned) of SubsidyTurn: rows that were stored otherwise than shown */
};

G_DEFINE_FINAL_TYPE (SubsidyTarget, subsidy_target, SHY_TYPE_IMPORT_TARGET)

static GPtrArray *
dup_fields (ShyImportTarget *target)
{
  return g_ptr_array_ref (shy_policy_get_fields (SUBSIDY_TARGET (target)->policy));
}

/* A pack whose own cases fail can be looked at, but decides nothing. */
static gboolean
check (ShyImportTarget  *target,
       GError          **error)
{
  return shy_policy_check_cases (SUBSIDY_TARGET (target)->policy, error);
}

static void
forget_run (SubsidyTarget *self)
{
  self->import = NULL;
  g_clear_pointer (&self->decider, subsidy_decider_free);
  g_clear_pointer (&self->grounds, subsidy_grounds_free);
  g_clear_pointer (&self->budget, shy_work_budget_unref);
  g_clear_pointer (&self->persons, g_hash_table_unref);
}

static gboolean
load_persons_job (ShyConnection  *connection,
                  gpointer        data,
                  GCancellable   *cancellable,
                  GError        **error)
{
  SubsidyTarget           *self = data;
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;

  row = shy_connection_prepare (connection,
                                "SELECT id, person FROM subsidy_case WHERE policy = $1 "
                                "AND person IS NOT NULL", error);
  if (row == NULL)
    return FALSE;
  shy_statement_bind_text (row, "$1", shy_policy_get_id (self->policy));
  self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (local == NULL && shy_statement_step (row, &local))
    {
      char *person = shy_personal_unseal (connection, "subsidy_case.person",
                                          shy_statement_get_int64 (row, 0),
                                          shy_statement_get_text (row, 1), &local);

      if (person != NULL)
        g_hash_table_add (self->persons, person);
    }

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
begin (ShyImportTarget  *target,
       ShyImport        *import,
       GCancellable     *cancellable,
       GError          **error)
{
  SubsidyTarget *self = SUBSIDY_TARGET (target);
  ShyStore      *store = shy_import_get_store (import);

  forget_run (self);
  g_ptr_array_set_size (self->turned, 0);
  self->import = import;
  self->budget = shy_work_budget_new (self->work);
  self->grounds = subsidy_grounds_new (self->policy);
  if (self->seeks)
    subsidy_grounds_seek_changes (self->grounds);
  self->decider = subsidy_decider_new (self->policy, import, self->county, &self->on, error);
  return self->decider != NULL &&
         (store == NULL ||
          shy_store_run (store, SHY_STORE_READ, load_persons_job, self, cancellable, error));
}

static void
read_row (ShyImportTarget      *target,
          const ShySheetRecord *record,
          ShyImportRow         *row)
{
  SubsidyTarget  *self = SUBSIDY_TARGET (target);
  SubsidyReading *reading = subsidy_decider_read (self->decider, record, row->number);

  shy_facts_set_work_budget (reading->facts, self->budget);
  row->data = reading;
  row->data_free = (GDestroyNotify) subsidy_reading_free;
}

static SubsidyReading *
get_reading (GPtrArray *rows,
             guint      index)
{
  return ((ShyImportRow *) rows->pdata[index])->data;
}

static gboolean
look_up (ShyImportTarget  *target,
         ShyConnection    *connection,
         GPtrArray        *rows,
         GError          **error)
{
  SubsidyTarget *self = SUBSIDY_TARGET (target);

  subsidy_grounds_begin (self->grounds);
  for (guint i = 0; i < rows->len; i++)
    if (!subsidy_grounds_read (self->grounds, connection, get_reading (rows, i)->facts, error))
      return FALSE;
  return TRUE;
}

static gboolean
judge (ShyImportTarget  *target,
       GPtrArray        *rows,
       GCancellable     *cancellable,
       GError          **error)
{
  SubsidyTarget *self = SUBSIDY_TARGET (target);

  for (guint i = 0; i < rows->len; i++)
    {
      SubsidyReading *reading = get_reading (rows, i);
      const char     *person = reading->record.person;

      if (!subsidy_reading_judge (reading, self->grounds, cancellable, error))
        return FALSE;
      if (person != NULL && self->persons != NULL && g_hash_table_contains (self->persons, person))
        shy_import_add_known (self->import, reading->record.row);
    }
  return TRUE;
}

/* What is wrong with the cell of a field. */
typedef struct
{
  const char *field;
  const char *message; /* (nullable) */
} SubsidyFault;

static void
show_fault (JsonArray *array,
            guint      index,
            JsonNode  *node,
            gpointer   data)
{
  JsonObject  *reason = json_node_get_object (node);
  SubsidyFault *fault = data;

  if (g_strcmp0 (json_object_get_string_member_with_default (reason, "field", NULL), fault->field) == 0)
    fault->message = json_object_get_string_member (reason, "message");
}

/* Cells that keep a row from being one, and cells that cannot be read. */
static void
show_faults (SubsidyTarget        *self,
             const SubsidyReading *reading,
             ShyImportRow         *row)
{
  GPtrArray           *fields = shy_policy_get_fields (self->policy);
  gboolean             rejected = reading->record.outcome == SUBSIDY_REJECTED;
  g_autoptr (JsonNode) verdict = rejected ? shy_json_node_from_text (reading->record.verdict, -1, NULL)
                                          : NULL;

  for (guint i = 0; i < fields->len; i++)
    {
      const ShyField *field = fields->pdata[i];
      const ShyUnread      *unread = shy_facts_lookup_unread (reading->facts, field->name);
      SubsidyFault          fault = { field->name, unread != NULL ? unread->problem : NULL };

      if (verdict != NULL)
        json_array_foreach_element (
          json_object_get_array_member (json_node_get_object (verdict), "reasons"), show_fault, &fault);
      if (fault.message != NULL)
        shy_import_row_set_fault (row, i, fault.message);
      if (unread != NULL)
        row->state = SHY_IMPORT_FAULTY;
    }
  if (rejected)
    row->state = SHY_IMPORT_REJECTED;
}

static void
write_row (ShyImportTarget *target,
           ShyImportRow    *row,
           GByteArray      *into)
{
  SubsidyTarget  *self = SUBSIDY_TARGET (target);
  SubsidyReading *reading = row->data;

  subsidy_reading_write (reading, self->policy);
  subsidy_record_pack (&reading->record, into);
  row->mark = reading->record.outcome;
  row->title = g_strdup (reading->record.name);
  row->label = g_strdup (subsidy_outcome_to_label (reading->record.outcome));
  row->words = g_strdup (reading->record.words);
  show_faults (self, reading, row);
}

static void
remark_spent (ShyImport *import)
{
  shy_import_add_remark (import, _("This run has worked too much: applications whose conditions take longer than "
                                   "usual were left to a person from some row on. Decide them in a smaller "
                                   "sheet."));
}

static void
finish (ShyImportTarget *target,
        ShyImport       *import)
{
  SubsidyTarget   *self = SUBSIDY_TARGET (target);
  guint            count;
  g_autofree char *rows = shy_import_dup_known_rows (import, &count);
  g_autofree char *known = NULL;

  if (shy_work_budget_is_spent (self->budget))
    remark_spent (import);
  if (count == 0)
    return;
  known = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                        "%u row is of a person with an application under this policy "
                                        "in the register: row %s.",
                                        "%u rows are of persons with an application under this policy "
                                        "in the register: rows %s.", count),
                           count, rows);
  shy_import_add_remark (import, known);
}

static gboolean
commit (ShyImportTarget  *target,
        ShyConnection    *connection,
        ShyImportCommit  *import,
        GCancellable     *cancellable,
        GError          **error)
{
  SubsidyTarget *self = SUBSIDY_TARGET (target);
  SubsidyCommit  storing = { import, self->policy, self->on, self->turned, self->work };

  if (!subsidy_register_commit (connection, &storing, cancellable, error))
    return FALSE;
  if (storing.spent && self->import != NULL)
    remark_spent (self->import);
  return TRUE;
}

static gboolean
withdraw (ShyImportTarget  *target,
          ShyConnection    *connection,
          gint64            batch,
          JsonObject       *details,
          const char       *reason,
          GError          **error)
{
  return subsidy_register_withdraw_batch (connection, batch, reason, details, error);
}

static void
describe (ShyImportTarget  *target,
          ShyImport        *import,
          ShyImportSummary *summary)
{
  SubsidyTarget      *self = SUBSIDY_TARGET (target);
  const SubsidyTotals totals = subsidy_spool_count (shy_import_get_spool (import));
  g_autofree char    *whose = shy_policy_origin_to_label (shy_policy_get_origin (self->policy));

  summary->totals = subsidy_totals_to_line (&totals);
  /* Translators: title and version of a policy, by whose word it decides, digits of its digest. */
  summary->basis = g_strdup_printf (_("Decided by “%s”, version %s (%s, digest %.12s)"),
                                    shy_policy_get_title (self->policy),
                                    shy_policy_get_version (self->policy), whose,
                                    shy_policy_get_digest (self->policy));
  summary->changed = subsidy_turns_to_heading (self->turned);
  for (guint i = 0; i < self->turned->len; i++)
    {
      const SubsidyTurn *turn = self->turned->pdata[i];
      g_autofree char   *sentence = subsidy_turn_to_sentence (turn);

      /* Translators: the number of a row, then “an outcome → another outcome (why)”. */
      g_ptr_array_add (summary->changes, g_strdup_printf (_("Row %u, decided anew: %s"), turn->row, sentence));
    }
}

static gboolean
write_results (ShyImportTarget  *target,
               ShyImport        *import,
               const char       *path,
               GError          **error)
{
  SubsidyTarget *self = SUBSIDY_TARGET (target);

  return subsidy_results_write (shy_import_get_spool (import), self->policy, &self->on, self->turned, path,
                                TRUE, error);
}

static void
subsidy_target_finalize (GObject *object)
{
  SubsidyTarget *self = SUBSIDY_TARGET (object);

  forget_run (self);
  g_clear_object (&self->policy);
  g_ptr_array_unref (self->turned);
  g_free (self->county);

  G_OBJECT_CLASS (subsidy_target_parent_class)->finalize (object);
}

static void
subsidy_target_class_init (SubsidyTargetClass *klass)
{
  ShyImportTargetClass *target_class = SHY_IMPORT_TARGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = subsidy_target_finalize;
  target_class->dup_fields = dup_fields;
  target_class->check = check;
  target_class->begin = begin;
  target_class->read = read_row;
  target_class->look_up = look_up;
  target_class->judge = judge;
  target_class->write = write_row;
  target_class->finish = finish;
  target_class->commit = commit;
  target_class->withdraw = withdraw;
  target_class->describe = describe;
  target_class->write_results = write_results;
}

static void
subsidy_target_init (SubsidyTarget *self)
{
  self->turned = g_ptr_array_new_with_free_func (subsidy_turn_free);
  self->work = RUN_STEPS;
  g_date_set_time_t (&self->on, g_get_real_time () / G_USEC_PER_SEC);
}

/*
 * subsidy_target_new:
 * @policy: the policy that decides
 * @county: (nullable): code of the county the file is for: rows of another are rejected
 * @on: (nullable): the day for which is decided; today if NULL
 */
SubsidyTarget *
subsidy_target_new (ShyPolicy   *policy,
                    const char  *county,
                    const GDate *on)
{
  g_autofree char *id = g_strconcat (FAMILY, ":", shy_policy_get_id (policy), NULL);
  g_autofree char *whose = shy_policy_origin_to_label (shy_policy_get_origin (policy));
  /* Translators: the title of a policy, its version, by whose word it decides. */
  g_autofree char *label = g_strdup_printf (_("%s (version %s) · %s"), shy_policy_get_title (policy),
                                            shy_policy_get_version (policy), whose);
  /* Translators: the digest of the text of a policy. */
  g_autofree char *hint = g_strdup_printf (_("Digest of its text: %s"), shy_policy_get_digest (policy));
  SubsidyTarget   *self = g_object_new (SUBSIDY_TYPE_TARGET, "id", id, "title", shy_policy_get_title (policy),
                                        "label", label, "hint", hint, NULL);

  self->policy = g_object_ref (policy);
  self->county = g_strdup (county);
  if (on != NULL)
    self->on = *on;
  return self;
}

/* subsidy_target_new_for_withdrawal: whatever policy decided: nothing is read, only taken back. */
SubsidyTarget *
subsidy_target_new_for_withdrawal (void)
{
  return g_object_new (SUBSIDY_TYPE_TARGET, "id", FAMILY, NULL);
}

/* subsidy_target_set_work: how much the next runs may work beyond the share of each row, in the steps of
 * ShyWorkBudget. */
void
subsidy_target_set_work (SubsidyTarget *self,
                         gint64         steps)
{
  g_return_if_fail (SUBSIDY_IS_TARGET (self));

  self->work = steps;
}

/* subsidy_target_seek_changes: the next run looks for what would change each negative verdict, for
 * somebody who reads the rows. It takes many times as long. */
void
subsidy_target_seek_changes (SubsidyTarget *self)
{
  g_return_if_fail (SUBSIDY_IS_TARGET (self));

  self->seeks = TRUE;
}

/* subsidy_target_get_turned: of SubsidyTurn: what the last commit stored otherwise than the run had
 * found, because the register had changed meanwhile. */
GPtrArray *
subsidy_target_get_turned (SubsidyTarget *self)
{
  g_return_val_if_fail (SUBSIDY_IS_TARGET (self), NULL);

  return self->turned;
}
