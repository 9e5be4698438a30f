/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-list.h"

#include "subsidy-case-private.h"
#include "subsidy-dataset.h"
#include "subsidy-row.h"
#include "subsidy-search.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Filters that are no personal data are SQL. Names and identity numbers may be encrypted, so what is
 * typed goes by an index that knows neither; what it cannot tell is unsealed and compared here, and so
 * is the order by name. Only numbers are kept of what was found.
 */

/* The columns, as they are read; what a person sees of them stands in subsidy-list-view.c. */
enum { NAME, PERSON, COUNTY, POLICY, OUTCOME, REASON, AMOUNT, DECIDED_ON, DECIDED_BY, N_COLUMNS };

/* A column that orders the list, and what SQL calls it. */
static const struct { const char *name, *sql; } orders[] = {
  { "county", "county" }, { "policy", "policy" }, { "outcome", "outcome" },
  { "amount", "amount" }, { "decided-on", "decided_on" },
};

/* One list that is being read. */
typedef struct
{
  ShyConnection  *connection;
  ShyRecordFound *found;
  const char     *text;
  char           *match;    /* (owned) (nullable): for the index; NULL if all rows are compared */
  gboolean        exact;    /* whether what the index finds need not be compared */
  const char     *outcome;
  gboolean        by_name;
  GArray         *named;    /* (owned) of Named: what was found, while it is to be ordered by name */
} Search;

typedef struct
{
  gint64  id;
  char   *pinyin; /* (owned) (nullable) */
} Named;

static void
named_clear (gpointer data)
{
  g_free (((Named *) data)->pinyin);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const Named *first = a, *second = b;
  int          order = g_strcmp0 (first->pinyin, second->pinyin);

  if (order != 0)
    return order;
  return first->id < second->id ? -1 : first->id > second->id;
}

static char *
unseal (Search        *self,
        ShyStatement  *row,
        int            column,
        const char    *field,
        GError       **error)
{
  return shy_personal_unseal (self->connection, field, shy_statement_get_int64 (row, 0),
                              shy_statement_get_text (row, column), error);
}

static gboolean
matches_text (Search        *self,
              ShyStatement  *row,
              GError       **error)
{
  g_autofree char   *name = NULL;
  g_autofree char   *person = NULL;
  g_autoptr (GError) local = NULL;

  if (self->match != NULL)
    return self->exact || subsidy_search_compare (self->connection, shy_statement_get_int64 (row, 0),
                                                  self->text, error);
  name = unseal (self, row, 2, "subsidy_case.name", &local);
  if (local == NULL)
    person = unseal (self, row, 4, "subsidy_case.person", &local);
  if (local == NULL)
    return subsidy_search_matches (self->text, name, person, shy_statement_get_text (row, 5), NULL);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Returns: whether more rows are wanted */
static gboolean
take_row (Search        *self,
          ShyStatement  *row,
          GError       **error)
{
  const char        *outcome = shy_statement_get_text (row, 1);
  g_autoptr (GError) local = NULL;
  Named              named = { shy_statement_get_int64 (row, 0) };

  if (*self->text != '\0' && !matches_text (self, row, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return TRUE;
    }
  if (self->found->counted)
    shy_record_found_count (self->found, "outcome", outcome, 1);
  if (*self->outcome != '\0' && !g_str_equal (self->outcome, outcome))
    return TRUE;
  if (!self->by_name)
    return shy_record_found_add (self->found, named.id);

  named.pinyin = unseal (self, row, 3, "subsidy_case.pinyin", error);
  g_array_append_val (self->named, named);
  return TRUE;
}

static void
take_named (Search *self)
{
  gboolean descending = shy_record_query_is_descending (self->found->query);

  g_array_sort (self->named, compare_names);
  for (guint i = 0; i < self->named->len; i++)
    {
      guint at = descending ? self->named->len - 1 - i : i;

      shy_record_found_add (self->found, g_array_index (self->named, Named, at).id);
    }
}

/* 331100 is the prefecture 3311. */
static char *
dup_code_prefix (const char *scope)
{
  gsize length = strlen (scope);

  if (length == 6 && g_str_has_suffix (scope, "00"))
    length = 4;
  return g_strndup (scope, length);
}

/* The plus keeps SQLite from an index of a filter where that of the order gives the first rows at once. */
static void
add_filters (GString              *sql,
             const ShyRecordQuery *query,
             gboolean              with_outcome)
{
  if (*shy_record_query_get_filter (query, "scope") != '\0')
    g_string_append (sql, " AND +county >= $1 AND +county < $1 || '~'");
  if (*shy_record_query_get_filter (query, "policy") != '\0')
    g_string_append (sql, " AND +policy = $2");
  if (*shy_record_query_get_filter (query, "batch") != '\0')
    g_string_append (sql, " AND batch = $3");
  if (with_outcome && *shy_record_query_get_filter (query, "outcome") != '\0')
    g_string_append_printf (sql, " AND %soutcome = $4",
                            *shy_record_query_get_sort (query) != '\0' ? "+" : "");
}

static void
bind_filters (ShyStatement         *rows,
              const ShyRecordQuery *query,
              gboolean              with_outcome)
{
  const char      *scope = shy_record_query_get_filter (query, "scope");
  const char      *policy = shy_record_query_get_filter (query, "policy");
  const char      *batch = shy_record_query_get_filter (query, "batch");
  const char      *outcome = shy_record_query_get_filter (query, "outcome");
  g_autofree char *prefix = dup_code_prefix (scope);

  if (*scope != '\0')
    shy_statement_bind_text (rows, "$1", prefix);
  if (*policy != '\0')
    shy_statement_bind_text (rows, "$2", policy);
  if (*batch != '\0')
    shy_statement_bind_int64 (rows, "$3", g_ascii_strtoll (batch, NULL, 10));
  if (with_outcome && *outcome != '\0')
    shy_statement_bind_text (rows, "$4", outcome);
}

static void
add_order (GString              *sql,
           const ShyRecordQuery *query,
           const char           *id)
{
  const char *direction = shy_record_query_is_descending (query) ? "DESC" : "ASC";
  const char *column = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    if (g_str_equal (orders[i].name, shy_record_query_get_sort (query)))
      column = orders[i].sql;
  if (column == NULL)
    g_string_append_printf (sql, " ORDER BY %s DESC", id);
  else
    g_string_append_printf (sql, " ORDER BY %s %s, id %s", column, direction, direction);
}

void
subsidy_count_free (gpointer data)
{
  SubsidyCount *self = data;

  shy_record_query_free (self->query);
  g_free (self);
}

/* subsidy_count_run: a job that fills the totals of a SubsidyCount. */
gboolean
subsidy_count_run (ShyConnection  *connection,
                   gpointer        data,
                   GCancellable   *cancellable,
                   GError        **error)
{
  SubsidyCount            *self = data;
  g_autoptr (GString)      sql = g_string_new ("SELECT outcome, COUNT(*) FROM subsidy_case WHERE TRUE");
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;
  SubsidyOutcome           outcome;

  add_filters (sql, self->query, FALSE);
  g_string_append (sql, " GROUP BY outcome");
  rows = shy_connection_prepare (connection, sql->str, error);
  if (rows == NULL)
    return FALSE;
  bind_filters (rows, self->query, FALSE);
  while (shy_statement_step (rows, &local))
    if (subsidy_outcome_parse (shy_statement_get_text (rows, 0), &outcome))
      self->totals.of[outcome] = (guint) shy_statement_get_int64 (rows, 1);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Where nothing is searched for, SQL counts what each outcome would leave, and faster. */
static gboolean
count_outcomes (Search  *self,
                GError **error)
{
  SubsidyCount count = { (ShyRecordQuery *) self->found->query };

  if (!subsidy_count_run (self->connection, &count, NULL, error))
    return FALSE;
  for (SubsidyOutcome outcome = 0; outcome < SUBSIDY_N_OUTCOMES; outcome++)
    shy_record_found_count (self->found, "outcome", subsidy_outcome_to_word (outcome),
                            count.totals.of[outcome]);
  self->found->counted = TRUE;
  return TRUE;
}

static gboolean
find_rows (Search  *self,
           GError **error)
{
  gboolean                 plain = *self->text == '\0' && !self->by_name;
  g_autoptr (GString)      sql = g_string_new ("SELECT id");
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;
  gboolean                 more = TRUE;

  if (!plain)
    g_string_append (sql, ", outcome, name, pinyin, person, employer");
  g_string_append (sql, self->match != NULL
                          ? " FROM subsidy_search s CROSS JOIN subsidy_case c ON c.id = s.rowid "
                            "WHERE subsidy_search MATCH $5"
                          : " FROM subsidy_case WHERE TRUE");
  add_filters (sql, self->found->query, plain);
  add_order (sql, self->found->query, self->match != NULL ? "s.rowid" : "id");
  rows = shy_connection_prepare (self->connection, sql->str, error);
  if (rows == NULL)
    return FALSE;

  bind_filters (rows, self->found->query, plain);
  if (self->match != NULL)
    shy_statement_bind_text (rows, "$5", self->match);
  while (more && local == NULL && shy_statement_step (rows, &local))
    more = plain ? shy_record_found_add (self->found, shy_statement_get_int64 (rows, 0))
                 : take_row (self, rows, &local);
  if (!more)
    self->found->counted = FALSE;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
list_cases (ShyConnection   *connection,
            gpointer         data,
            ShyRecordFound  *found,
            GCancellable    *cancellable,
            GError         **error)
{
  g_autoptr (GArray) named = g_array_new (FALSE, FALSE, sizeof (Named));
  g_autofree char   *match = NULL;
  g_autoptr (GError) local = NULL;
  Search             self = { connection, found, shy_record_query_get_text (found->query), NULL, FALSE,
                              shy_record_query_get_filter (found->query, "outcome"),
                              g_str_equal (shy_record_query_get_sort (found->query), "name"), named };
  gint64             total;

  g_array_set_clear_func (named, named_clear);
  if (*self.text != '\0')
    self.match = match = subsidy_search_build (connection, self.text, &self.exact, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  found->counted = *self.text != '\0' || self.by_name;
  if (!find_rows (&self, error))
    return FALSE;
  take_named (&self);
  if (!found->counted && found->limit > 0)
    return TRUE;

  total = shy_connection_query_int64 (connection, "SELECT COUNT(*) FROM subsidy_case", -1, error);
  found->total = (guint) MAX (total, 0);
  return total >= 0 && (found->counted || count_outcomes (&self, error));
}

static char *
mask_person (const char *person)
{
  return person != NULL ? shy_identity_mask (SHY_IDENTITY_KIND_RESIDENT_ID,
                                             SHY_IDENTITY_AUDIENCE_SCREEN, person)
                        : NULL;
}

static char *
dup_amount (gint64 fen)
{
  return fen > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", fen / 100, (int) (fen % 100)) : NULL;
}

static char **
dup_values (const SubsidySummary *summary,
            GHashTable           *titles,
            ShyCountyRegistry    *counties)
{
  char      **values = g_new0 (char *, N_COLUMNS);
  const char *title = titles != NULL ? g_hash_table_lookup (titles, summary->policy) : NULL;

  values[NAME] = g_strdup (summary->name);
  values[PERSON] = mask_person (summary->person);
  if (summary->county != NULL)
    values[COUNTY] = shy_county_registry_dup_place (counties, summary->county);
  values[POLICY] = g_strdup (title != NULL ? title : summary->policy);
  values[OUTCOME] = g_strdup (summary->withdrawn_at != NULL ? C_("outcome", "Withdrawn")
                                                            : subsidy_outcome_to_label (summary->outcome));
  values[REASON] = subsidy_reason_to_sentence (summary->outcome, summary->reason);
  values[AMOUNT] = dup_amount (summary->amount);
  values[DECIDED_ON] = g_strdup (summary->decided_on);
  values[DECIDED_BY] = subsidy_summary_dup_provenance (summary);
  return values;
}

static gboolean
read_cases (ShyConnection   *connection,
            gpointer         data,
            GPtrArray       *columns,
            const gint64    *ids,
            guint            n_ids,
            char          ***values,
            GCancellable    *cancellable,
            GError         **error)
{
  ShyCountyRegistry       *counties = shy_county_registry_get_default (error);
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;

  if (counties == NULL)
    return FALSE;
  row = shy_connection_prepare (
    connection, "SELECT " SUBSIDY_SUMMARY_COLUMNS " FROM subsidy_case WHERE id = $1", error);
  if (row == NULL)
    return FALSE;

  for (guint i = 0; i < n_ids && local == NULL; i++)
    {
      SubsidySummary *summary = NULL;

      shy_statement_bind_int64 (row, "$1", ids[i]);
      if (shy_statement_step (row, &local))
        summary = subsidy_summary_read (connection, row, &local);
      shy_statement_reset (row);
      if (summary != NULL)
        values[i] = dup_values (summary, data, counties);
      subsidy_summary_free (summary);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static GPtrArray *
make_columns (void)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (shy_field_free);

  g_ptr_array_add (columns, shy_record_make_field ("name", _("Name"), SHY_FIELD_TEXT));
  g_ptr_array_add (columns, shy_record_make_field ("person", _("Identity number"), SHY_FIELD_TEXT));
  g_ptr_array_add (columns, shy_record_make_field ("county", _("County"), SHY_FIELD_TEXT));
  g_ptr_array_add (columns, shy_record_make_field ("policy", _("Policy"), SHY_FIELD_TEXT));
  g_ptr_array_add (columns, shy_record_make_field ("outcome", _("Outcome"), SHY_FIELD_TEXT));
  g_ptr_array_add (columns, shy_record_make_field ("reason", _("Main reason"), SHY_FIELD_TEXT));
  g_ptr_array_add (columns, shy_record_make_field ("amount", _("Amount (yuan)"), SHY_FIELD_MONEY));
  g_ptr_array_add (columns, shy_record_make_field ("decided-on", _("Decided for"), SHY_FIELD_DATE));
  g_ptr_array_add (columns, shy_record_make_field ("decided-by", _("Version of the policy"), SHY_FIELD_TEXT));
  return columns;
}

/*
 * subsidy_list_new: the whole register; it begins to be read at once.
 * @titles: (nullable): id of a policy → what it is called; what has none is shown by its id
 */
ShyRecords *
subsidy_list_new (ShyStore   *store,
                  GHashTable *titles)
{
  static const ShyRecordSource source = { SUBSIDY_TOPIC, list_cases, read_cases };
  g_autoptr (GPtrArray)        columns = make_columns ();

  return shy_records_new (store, &source, columns, titles != NULL ? g_hash_table_ref (titles) : NULL,
                          titles != NULL ? (GDestroyNotify) g_hash_table_unref : NULL);
}
