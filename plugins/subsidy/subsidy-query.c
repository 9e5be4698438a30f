/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-query.h"

/*
 * Filters that are no personal data are SQL. Names and identity numbers may be encrypted, so they
 * are unsealed and compared here; so is the order by name. Only numbers are kept of what was found.
 */

/* A row that was found, while it is sorted. */
typedef struct
{
  gint64         id;
  SubsidyOutcome outcome;
  char          *key;     /* (owned) (nullable): pinyin, when sorted by name */
} Found;

SubsidyQuery *
subsidy_query_new (void)
{
  SubsidyQuery *self = g_new0 (SubsidyQuery, 1);

  self->outcome = g_strdup ("");
  self->scope = g_strdup ("");
  self->text = g_strdup ("");
  self->policy = g_strdup ("");
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

SubsidyQuery *
subsidy_query_copy (const SubsidyQuery *from)
{
  SubsidyQuery *self = g_new0 (SubsidyQuery, 1);

  self->outcome = g_strdup (from->outcome);
  self->scope = g_strdup (from->scope);
  self->text = g_strdup (from->text);
  self->policy = g_strdup (from->policy);
  self->batch = from->batch;
  self->order = from->order;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
subsidy_query_free (gpointer data)
{
  SubsidyQuery *self = data;

  g_free (self->outcome);
  g_free (self->scope);
  g_free (self->text);
  g_free (self->policy);
  g_array_unref (self->ids);
  g_free (self);
}

/*
 * subsidy_query_scope: what the codes of a scope's counties begin with: 331100 is the prefecture
 * 3311.
 */
char *
subsidy_query_scope (const char *scope)
{
  gsize length = scope != NULL ? strlen (scope) : 0;

  if (length == 6 && g_str_has_suffix (scope, "00"))
    length = 4;
  return g_strndup (scope, length);
}

static void
found_clear (gpointer data)
{
  g_free (((Found *) data)->key);
}

static char *
unseal (ShyConnection  *connection,
        ShyStatement   *row,
        int             column,
        const char     *field,
        GError        **error)
{
  return shy_personal_unseal (connection, field, shy_statement_get_int64 (row, 0),
                              shy_statement_get_text (row, column), error);
}

static gboolean
contains (const char *value,
          const char *text)
{
  g_autofree char *lower = value != NULL ? g_utf8_strdown (value, -1) : NULL;

  return lower != NULL && strstr (lower, text) != NULL;
}

/* zhangwei finds "zhang wei" too. */
static gboolean
sounds_like (const char *pinyin,
             const char *text)
{
  g_autofree char *joined = NULL;
  g_auto (GStrv)   syllables = NULL;

  if (pinyin == NULL)
    return FALSE;
  if (strstr (pinyin, text) != NULL)
    return TRUE;

  syllables = g_strsplit (pinyin, " ", -1);
  joined = g_strjoinv (NULL, syllables);
  return g_str_has_prefix (joined, text);
}

static gboolean
matches_text (SubsidyQuery   *self,
              ShyConnection  *connection,
              ShyStatement   *row,
              gboolean       *matches,
              GError        **error)
{
  static const char *const fields[] = { "subsidy_case.name", "subsidy_case.initials",
                                        "subsidy_case.person" };
  static const int         columns[] = { 2, 4, 5 };
  g_autoptr (GError)       local = NULL;
  g_autofree char         *pinyin = NULL;

  *matches = *self->text == '\0';
  for (gsize i = 0; !*matches && local == NULL && i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value = unseal (connection, row, columns[i], fields[i], &local);

      *matches = contains (value, self->text);
    }
  if (!*matches && local == NULL)
    {
      pinyin = unseal (connection, row, 3, "subsidy_case.pinyin", &local);
      *matches = sounds_like (pinyin, self->text);
    }

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
take_row (SubsidyQuery   *self,
          ShyConnection  *connection,
          ShyStatement   *row,
          GArray         *found,
          GError        **error)
{
  g_autoptr (GError) local = NULL;
  Found              one = { shy_statement_get_int64 (row, 0) };
  gboolean           matches;

  if (!matches_text (self, connection, row, &matches, error))
    return FALSE;
  if (!matches || !subsidy_outcome_parse (shy_statement_get_text (row, 1), &one.outcome))
    return TRUE;

  self->totals.of[one.outcome]++;
  if (*self->outcome != '\0' &&
      !g_str_equal (self->outcome, subsidy_outcome_to_word (one.outcome)))
    return TRUE;

  if (self->order == SUBSIDY_ORDER_NAME)
    one.key = unseal (connection, row, 3, "subsidy_case.pinyin", &local);
  g_array_append_val (found, one);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const Found *first = a, *second = b;
  int          order = g_strcmp0 (first->key, second->key);

  if (order != 0)
    return order;
  return first->id < second->id ? -1 : first->id > second->id;
}

/* Statements are few and fixed, so that they stay prepared; empty filters let everything pass. */
#define SELECT \
  "SELECT id, outcome, name, pinyin, initials, person FROM subsidy_case " \
  "WHERE ($1 = '' OR county LIKE $2) AND ($3 = '' OR policy = $3) " \
  "AND (CAST($4 AS BIGINT) = 0 OR batch = CAST($4 AS BIGINT)) ORDER BY "

static ShyStatement *
prepare (SubsidyQuery   *self,
         ShyConnection  *connection,
         GError        **error)
{
  static const char *const sql[] = {
    [SUBSIDY_ORDER_NEWEST] = SELECT "id DESC",
    [SUBSIDY_ORDER_NAME] = SELECT "id",
    [SUBSIDY_ORDER_COUNTY] = SELECT "county, id",
    [SUBSIDY_ORDER_AMOUNT] = SELECT "amount DESC, id",
  };
  ShyStatement    *rows = shy_connection_prepare (connection, sql[self->order], error);
  g_autofree char *prefix = g_strconcat (self->scope, "%", NULL);

  if (rows == NULL)
    return NULL;

  shy_statement_bind_text (rows, "$1", self->scope);
  shy_statement_bind_text (rows, "$2", prefix);
  shy_statement_bind_text (rows, "$3", self->policy);
  shy_statement_bind_int64 (rows, "$4", self->batch);
  return rows;
}

/* subsidy_query_run: a job that fills ids and totals of a SubsidyQuery. */
gboolean
subsidy_query_run (ShyConnection  *connection,
                   gpointer        data,
                   GCancellable   *cancellable,
                   GError        **error)
{
  SubsidyQuery            *self = data;
  g_autoptr (ShyStatement) rows = prepare (self, connection, error);
  g_autoptr (GArray)       found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autoptr (GError)       local = NULL;

  if (rows == NULL)
    return FALSE;

  g_array_set_clear_func (found, found_clear);
  while (shy_statement_step (rows, &local))
    if (!take_row (self, connection, rows, found, error))
      return FALSE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  if (self->order == SUBSIDY_ORDER_NAME)
    g_array_sort (found, compare_names);
  for (guint i = 0; i < found->len; i++)
    g_array_append_val (self->ids, g_array_index (found, Found, i).id);
  return TRUE;
}
