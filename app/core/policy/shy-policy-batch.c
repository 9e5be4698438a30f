/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-policy-batch-private.h"

#include "policy/shy-facts-policy.h"
#include "policy/shy-keys.h"

#include <string.h>

/* Rows in and out; shy-policy-batch-run.c decides them. */

static GHashTable *
list_settings (const ShyFacts *frame,
               ShyPolicy      *policy)
{
  GHashTable *settings = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < policy->settings->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (policy->settings, i);
      const ShyFact          *fact = shy_facts_lookup_setting (frame, setting->name);

      if (fact != NULL)
        g_hash_table_insert (settings, setting->name, fact->text);
    }

  return settings;
}

static void
free_spans (gpointer spans)
{
  if (spans != NULL)
    g_array_unref (spans);
}

static void
add_columns (ShyPolicyBatch *self)
{
  self->columns = g_new0 (ShyFactColumn, self->judge->first_derived);
  for (guint slot = 0; slot < self->judge->first_derived; slot++)
    {
      ShyColumnType type = self->program->slots[slot].type;

      if (!self->judge->slots[slot].fact && slot != self->judge->first_builtin + SHY_BUILTIN_ON
          && slot != self->judge->first_builtin + SHY_BUILTIN_COUNTY)
        continue;
      self->columns[slot].s = g_array_new (FALSE, FALSE, sizeof (guint8));
      if (type != SHY_COLUMN_TRUTH)
        self->columns[slot].v = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
}

/**
 * shy_policy_batch_new: (skip)
 * @policy: a policy as read from its pack
 * @frame: what holds for all rows: the day of the decision and the county where a row does not say
 *   its own, and the settings of the county
 * @error: return location for an error
 *
 * Compiles a policy for deciding many applications.
 *
 * Errors: those of shy_policy_resolve() and shy_policy_decide().
 *
 * Returns: (transfer full): an empty batch, or %NULL with @error set
 */
ShyPolicyBatch *
shy_policy_batch_new (ShyPolicy       *policy,
                      const ShyFacts  *frame,
                      GError         **error)
{
  g_autoptr (ShyPolicyBatch) self = g_new0 (ShyPolicyBatch, 1);
  g_autoptr (GHashTable)     settings = NULL;
  GDate                      day;

  g_return_val_if_fail (SHY_IS_POLICY (policy) && frame != NULL, NULL);

  self->policy = g_object_ref (policy);
  self->frame = shy_facts_copy (frame);
  self->alone = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) shy_facts_free);
  self->texts = g_hash_table_new (g_str_hash, g_str_equal);
  self->text_list = g_ptr_array_new_with_free_func (g_free);
  self->spans = g_ptr_array_new_with_free_func (free_spans);

  settings = list_settings (frame, policy);
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 1, 1, 2000); /* no county, so no override: any day will do */
  self->resolved = shy_policy_resolve (policy, NULL, &day, settings, error);
  if (self->resolved == NULL)
    return NULL;
  self->judge = shy_judge_get (self->resolved, error);
  if (self->judge == NULL)
    return NULL;
  self->program = shy_program_new (self->judge, frame, self->texts, self->text_list);
  add_columns (self);

  return g_steal_pointer (&self);
}

static void
clear_results (ShyPolicyBatch *self)
{
  for (guint i = 0; self->results != NULL && i < self->judge->n_criteria; i++)
    g_free (self->results[i]);
  g_clear_pointer (&self->results, g_free);
  g_clear_pointer (&self->outcomes, g_free);
  g_clear_pointer (&self->amounts, g_free);
}

/**
 * shy_policy_batch_free: (skip)
 * @self: (nullable): a batch
 */
void
shy_policy_batch_free (ShyPolicyBatch *self)
{
  if (self == NULL)
    return;

  clear_results (self);
  for (guint slot = 0; self->columns != NULL && slot < self->judge->first_derived; slot++)
    {
      g_clear_pointer (&self->columns[slot].v, g_array_unref);
      g_clear_pointer (&self->columns[slot].s, g_array_unref);
    }
  for (guint i = 0; self->registers != NULL && i < self->program->registers->len; i++)
    {
      g_free (self->registers[i].v);
      g_free (self->registers[i].s);
    }
  g_free (self->registers);
  g_free (self->columns);
  shy_program_free (self->program);
  g_hash_table_unref (self->alone);
  g_hash_table_unref (self->texts);
  g_ptr_array_unref (self->text_list);
  g_ptr_array_unref (self->spans);
  shy_facts_free (self->frame);
  g_clear_object (&self->resolved);
  g_clear_object (&self->policy);
  g_free (self);
}

/* A canonical decimal as ten-thousandths; FALSE if it has more digits than that holds. */
static gboolean
scale_number (const char *text,
              gint64     *scaled)
{
  gboolean negative = *text == '-';
  gint64   value = 0;
  int      decimals = -1;

  for (const char *p = text + negative; *p != '\0'; p++)
    {
      if (*p == '.')
        {
          decimals = 0;
          continue;
        }
      if (decimals >= 4 && *p != '0')
        return FALSE;
      if (decimals >= 4)
        continue;
      if (__builtin_mul_overflow (value, 10, &value)
          || __builtin_add_overflow (value, *p - '0', &value))
        return FALSE;
      decimals += decimals >= 0;
    }
  for (decimals = MAX (decimals, 0); decimals < 4; decimals++)
    if (__builtin_mul_overflow (value, 10, &value))
      return FALSE;
  *scaled = negative ? -value : value;

  return TRUE;
}

static gint64
parse_day (const char *text,
           gboolean    month)
{
  ShyFeelDate date = {
    .year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0',
    .month = (guint8) ((text[5] - '0') * 10 + text[6] - '0'),
    .day = month ? 1 : (guint8) ((text[8] - '0') * 10 + text[9] - '0'),
  };

  return shy_feel_date_get_days (&date);
}

static void
append_cell (ShyFactColumn *column,
             gint64         value,
             guint8         state)
{
  if (column->v != NULL)
    g_array_append_val (column->v, value);
  g_array_append_val (column->s, state);
}

/* Appends a fact to its column. FALSE if the column cannot hold it. */
static gboolean
append_fact (ShyPolicyBatch *self,
             ShyFactColumn  *column,
             const ShyFact  *fact)
{
  gint64 value = 0;

  if (fact == NULL)
    {
      append_cell (column, 0, column->v != NULL ? SHY_CELL_UNKNOWN : SHY_TRUTH_UNKNOWN);
      return TRUE;
    }

  switch (fact->kind)
    {
    case SHY_FACT_BOOLEAN:
      append_cell (column, 0, *fact->text == 't' ? SHY_MAY_TRUE : SHY_MAY_FALSE);
      return TRUE;
    case SHY_FACT_NUMBER:
      if (!scale_number (fact->text, &value))
        {
          append_cell (column, 0, SHY_CELL_ODD);
          return FALSE;
        }
      break;
    case SHY_FACT_DATE:
    case SHY_FACT_MONTH:
      value = parse_day (fact->text, fact->kind == SHY_FACT_MONTH);
      break;
    case SHY_FACT_TEXT:
    default:
      value = shy_texts_intern (self->texts, self->text_list, fact->text);
    }
  append_cell (column, value, SHY_CELL_KNOWN);

  return TRUE;
}

/* The county of a row: its own, that of its field, or that of the frame, as deciding has it. */
static const char *
find_county (ShyPolicyBatch *self,
             const ShyFacts *facts)
{
  const char *county = shy_facts_get_county (facts);

  if (county == NULL)
    county = shy_facts_get_county (self->frame);
  if (county == NULL && self->policy->county != NULL)
    county = shy_facts_get_text (facts, self->policy->county->name);

  return county;
}

/* Whether rules of its own may apply to a county; without a county nobody knows. */
static gboolean
has_overrides (ShyPolicyBatch *self,
               const char     *county)
{
  if (county == NULL)
    return self->policy->overrides->len > 0;
  for (guint i = 0; i < self->policy->overrides->len; i++)
    {
      const ShyPolicyOverride *override = g_ptr_array_index (self->policy->overrides, i);

      if (g_str_equal (override->county, county))
        return TRUE;
    }

  return FALSE;
}

/* Whether an application says by what its earlier grants are found. */
static gboolean
has_keys (ShyPolicyBatch *self,
          const ShyFacts *facts)
{
  for (guint i = 0; i < self->resolved->limits->len; i++)
    {
      const ShyPolicyLimit *limit = g_ptr_array_index (self->resolved->limits, i);

      for (guint j = 0; j < limit->key->len; j++)
        {
          const ShyPolicyField *field = g_ptr_array_index (limit->key, j);
          const char           *text = shy_facts_get_text (facts, field->name);
          g_auto (GStrv)        parts = NULL;

          if (text != NULL && !field->several && *text != '\0')
            continue;
          parts = text != NULL ? shy_key_split (field, text) : NULL;
          if (parts == NULL || parts[0] == NULL)
            return FALSE;
        }
    }

  return TRUE;
}

static void
append_frame (ShyPolicyBatch *self,
              const ShyFacts *facts,
              const char     *county)
{
  guint        first = self->judge->first_builtin;
  const GDate *on = shy_facts_get_on (facts);
  gint64       day = 0;
  gint64       text = 0;

  if (on == NULL)
    on = shy_facts_get_on (self->frame);
  if (on != NULL)
    {
      ShyFeelDate date = {
        .year = g_date_get_year (on),
        .month = (guint8) g_date_get_month (on),
        .day = g_date_get_day (on),
      };

      day = shy_feel_date_get_days (&date);
    }
  if (county != NULL)
    text = shy_texts_intern (self->texts, self->text_list, county);
  append_cell (&self->columns[first + SHY_BUILTIN_ON], day,
               on != NULL ? SHY_CELL_KNOWN : SHY_CELL_UNKNOWN);
  append_cell (&self->columns[first + SHY_BUILTIN_COUNTY], text,
               county != NULL ? SHY_CELL_KNOWN : SHY_CELL_UNKNOWN);
}

/* The facts of a row with what the frame adds. */
static ShyFacts *
add_frame (ShyPolicyBatch *self,
           const ShyFacts *facts)
{
  ShyFacts *whole = shy_facts_copy (facts);

  if (shy_facts_get_on (whole) == NULL)
    shy_facts_set_on (whole, shy_facts_get_on (self->frame));
  if (shy_facts_get_county (whole) == NULL)
    shy_facts_set_county (whole, shy_facts_get_county (self->frame));
  for (guint i = 0; i < self->policy->settings->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (self->policy->settings, i);
      const ShyFact          *fact = shy_facts_lookup_setting (self->frame, setting->name);

      if (fact != NULL)
        shy_facts_set_setting (whole, fact->name, fact->kind, fact->text, NULL);
    }

  return whole;
}

/**
 * shy_policy_batch_append: (skip)
 * @self: a batch
 * @facts: one application; settings come from the frame of the batch
 *
 * Adds a row.
 */
void
shy_policy_batch_append (ShyPolicyBatch *self,
                         const ShyFacts *facts)
{
  const char *county;
  gboolean    fits;

  g_return_if_fail (self != NULL && facts != NULL);

  county = find_county (self, facts);
  fits = shy_facts_get_n_grants (facts) == 0 && shy_facts_get_history_known (facts)
         && !has_overrides (self, county) && has_keys (self, facts);
  for (guint slot = 0; slot < self->judge->first_builtin; slot++)
    if (self->judge->slots[slot].fact)
      fits &= append_fact (self, &self->columns[slot],
                           shy_facts_lookup (facts, self->judge->slots[slot].name));
  append_frame (self, facts, county);
  if (!fits)
    g_hash_table_insert (self->alone, GUINT_TO_POINTER (self->n_rows), add_frame (self, facts));
  self->n_rows++;
}

/**
 * shy_policy_batch_get_n_rows: (skip)
 * @self: a batch
 *
 * Returns: the number of rows
 */
guint
shy_policy_batch_get_n_rows (ShyPolicyBatch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

static char *
write_number (gint64 scaled)
{
  guint64          size = scaled < 0 ? -(guint64) scaled : (guint64) scaled;
  g_autofree char *text = g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%04u", scaled < 0 ? "-" : "",
                                           size / SHY_COLUMNS_SCALE,
                                           (guint) (size % SHY_COLUMNS_SCALE));
  gsize            length = strlen (text);

  while (text[length - 1] == '0')
    text[--length] = '\0';
  if (text[length - 1] == '.')
    text[--length] = '\0';

  return g_steal_pointer (&text);
}

static char *
write_day (gint64   day,
           gboolean month)
{
  ShyFeelDate date;

  shy_feel_date_init_days (&date, day);

  return month ? g_strdup_printf ("%04d-%02d", date.year, date.month)
               : g_strdup_printf ("%04d-%02d-%02d", date.year, date.month, date.day);
}

static char *
write_cell (ShyPolicyBatch *self,
            guint           slot,
            guint           row)
{
  const ShyFactColumn *column = &self->columns[slot];
  ShyFactKind          kind = shy_policy_type_get_kind (self->judge->slots[slot].type);
  guint8               state = g_array_index (column->s, guint8, row);
  gint64               value;

  if (column->v == NULL)
    return state == SHY_TRUTH_UNKNOWN ? NULL
                                      : g_strdup (state == SHY_MAY_TRUE ? "true" : "false");
  if (state != SHY_CELL_KNOWN)
    return NULL;
  value = g_array_index (column->v, gint64, row);
  if (kind == SHY_FACT_NUMBER)
    return write_number (value);
  if (kind == SHY_FACT_TEXT)
    return g_strdup (g_ptr_array_index (self->text_list, value));

  return write_day (value, kind == SHY_FACT_MONTH);
}

/**
 * shy_policy_batch_get_facts: (skip)
 * @self: a batch
 * @row: below shy_policy_batch_get_n_rows()
 *
 * Returns: (transfer full): the facts of a row, with the day, county and settings it is judged by;
 *   where they came from is not kept
 */
ShyFacts *
shy_policy_batch_get_facts (ShyPolicyBatch *self,
                            guint           row)
{
  g_autoptr (ShyFacts) facts = NULL;
  g_autofree char     *county = NULL;
  g_autofree char     *on = NULL;
  guint                first;
  ShyFacts            *alone;
  GDate                day;

  g_return_val_if_fail (self != NULL && row < self->n_rows, NULL);

  alone = g_hash_table_lookup (self->alone, GUINT_TO_POINTER (row));
  if (alone != NULL)
    return shy_facts_copy (alone);

  facts = shy_facts_new ();
  for (guint slot = 0; slot < self->judge->first_builtin; slot++)
    {
      const ShySlot   *about = &self->judge->slots[slot];
      g_autofree char *text = about->fact ? write_cell (self, slot, row) : NULL;

      if (text != NULL)
        shy_facts_set (facts, about->name, shy_policy_type_get_kind (about->type), text,
                       SHY_FACT_ORIGIN_FILE, NULL, NULL);
    }
  first = self->judge->first_builtin;
  county = write_cell (self, first + SHY_BUILTIN_COUNTY, row);
  shy_facts_set_county (facts, county);
  on = write_cell (self, first + SHY_BUILTIN_ON, row);
  if (on != NULL)
    {
      g_date_clear (&day, 1);
      g_date_set_parse (&day, on);
      shy_facts_set_on (facts, &day);
    }

  return add_frame (self, facts);
}

/**
 * shy_policy_batch_run: (skip)
 * @self: a batch
 * @cancellable: (nullable): to stop early
 * @error: return location for an error
 *
 * Decides all rows. Blocks; call it on a worker thread.
 *
 * Errors: those of shy_policy_decide(), %G_IO_ERROR_CANCELLED.
 *
 * Returns: %FALSE with @error set if a row could not be decided
 */
gboolean
shy_policy_batch_run (ShyPolicyBatch  *self,
                      GCancellable    *cancellable,
                      GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  clear_results (self);
  self->n_alone = 0;
  self->outcomes = g_new0 (guint8, self->n_rows);
  self->amounts = g_new0 (gint64, self->n_rows);
  self->results = g_new0 (guint8 *, self->judge->n_criteria);
  for (guint i = 0; i < self->judge->n_criteria; i++)
    self->results[i] = g_new0 (guint8, self->n_rows);
  if (!shy_batch_prepare (self, error))
    return FALSE;

  for (guint first = 0; first < self->n_rows; first += SHY_COLUMNS_SPAN)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !shy_batch_run_span (self, first, MIN (SHY_COLUMNS_SPAN, self->n_rows - first), error))
        return FALSE;
    }

  return TRUE;
}

/**
 * shy_policy_batch_get_outcome: (skip)
 * @self: a batch that has run
 * @row: below shy_policy_batch_get_n_rows()
 *
 * Returns: the outcome of a row
 */
ShyPolicyOutcome
shy_policy_batch_get_outcome (ShyPolicyBatch *self,
                              guint           row)
{
  g_return_val_if_fail (self != NULL && self->outcomes != NULL && row < self->n_rows,
                        SHY_POLICY_PERSON);

  return self->outcomes[row];
}

/**
 * shy_policy_batch_get_amount: (skip)
 * @self: a batch that has run
 * @row: below shy_policy_batch_get_n_rows()
 *
 * Returns: what is granted, in fen; -1 as shy_verdict_get_amount() has it
 */
gint64
shy_policy_batch_get_amount (ShyPolicyBatch *self,
                             guint           row)
{
  g_return_val_if_fail (self != NULL && self->amounts != NULL && row < self->n_rows, -1);

  return self->amounts[row];
}

/**
 * shy_policy_batch_get_result: (skip)
 * @self: a batch that has run
 * @row: below shy_policy_batch_get_n_rows()
 * @criterion: the place of a criterion among those of the policy
 *
 * Returns: what became of a criterion
 */
ShyPolicyResult
shy_policy_batch_get_result (ShyPolicyBatch *self,
                             guint           row,
                             guint           criterion)
{
  g_return_val_if_fail (self != NULL && self->results != NULL && row < self->n_rows,
                        SHY_POLICY_RESULT_UNKNOWN);
  g_return_val_if_fail (criterion < self->judge->n_criteria, SHY_POLICY_RESULT_UNKNOWN);

  return self->results[criterion][row];
}

/**
 * shy_policy_batch_get_n_alone: (skip)
 * @self: a batch that has run
 *
 * Returns: how many rows were judged one by one
 */
guint
shy_policy_batch_get_n_alone (ShyPolicyBatch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_alone;
}

/**
 * shy_policy_batch_get_n_compiled: (skip)
 * @self: a batch
 *
 * Returns: how many criteria run over columns
 */
guint
shy_policy_batch_get_n_compiled (ShyPolicyBatch *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->judge->n_criteria; i++)
    n += self->program->criteria[i].compiled;

  return n;
}
