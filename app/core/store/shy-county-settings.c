/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-county-settings.h"

#include "policy/shy-facts-policy.h"
#include "shy-error.h"
#include "store/shy-binding-private.h"
#include "store/shy-journal-private.h"

#include <glib/gi18n-lib.h>

static void
table_free (gpointer data)
{
  g_hash_table_unref (data);
}

static void
take_row (GHashTable   *counties,
          ShyStatement *row)
{
  GHashTable *own = g_hash_table_lookup (counties, shy_statement_get_text (row, 0));

  if (own == NULL)
    {
      own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (counties, shy_statement_dup_text (row, 0), own);
    }
  g_hash_table_insert (own, shy_statement_dup_text (row, 1), shy_statement_dup_text (row, 2));
}

static gboolean
fail_damaged (const char *why, GError **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_DAMAGED,
               /* Translators: %s is a whole sentence: what was changed. */
               _("%s Nothing is decided by it. Make sure what the county decided, and set it again: "
                 "shanyectl setting set."), why);
  return FALSE;
}

static gboolean
prove (ShyConnection *connection, const char *key, GError **error)
{
  g_autofree char *why = NULL;

  if (!shy_register_check_key (connection, "shy_county_setting", key, &why, error))
    return FALSE;
  return why == NULL || fail_damaged (why, error);
}

/* Every setting of the policy that was ever stored is there as it was stored, or was taken back. */
static gboolean
prove_all (ShyConnection *connection, const char *policy, GError **error)
{
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;
  g_autofree char         *from = g_strconcat (policy, "\x1f", NULL);
  g_autofree char         *until = g_strconcat (policy, "\x20", NULL);

  if (!shy_binding_check_whole (connection, error))
    return FALSE;
  if (!shy_binding_is_there (connection))
    return TRUE; /* a copy of before */
  rows = shy_connection_prepare (connection,
                                 "SELECT key FROM shy_bound b WHERE source = 'shy_county_setting' AND "
                                 "key >= $1 AND key < $2 AND digest IS NOT NULL AND NOT EXISTS "
                                 "(SELECT 1 FROM shy_bound l WHERE l.source = b.source AND "
                                 "l.key = b.key AND l.change > b.change)", error);
  if (rows == NULL)
    return FALSE;
  shy_statement_bind_text (rows, "$1", from);
  shy_statement_bind_text (rows, "$2", until);
  while (shy_statement_step (rows, &local))
    if (!prove (connection, shy_statement_get_text (rows, 0), error))
      return FALSE;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
prove_row (ShyConnection *connection, const char *policy, ShyStatement *row, GError **error)
{
  g_autofree char *key = g_strjoin ("\x1f", policy, shy_statement_get_text (row, 0),
                                    shy_statement_get_text (row, 1), NULL);

  return prove (connection, key, error);
}

/* County → name → what @sql reads behind them. */
static GHashTable *
load (ShyConnection  *connection,
      const char     *policy,
      const char     *sql,
      GError        **error)
{
  g_autoptr (GHashTable)   counties = NULL;
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;

  rows = shy_connection_prepare (connection, sql, error);
  if (rows == NULL)
    return NULL;

  counties = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, table_free);
  shy_statement_bind_text (rows, "$1", policy);
  while (shy_statement_step (rows, &local))
    {
      if (!prove_row (connection, policy, rows, error))
        return NULL;
      take_row (counties, rows);
    }

  if (local == NULL && !prove_all (connection, policy, error))
    return NULL;
  if (local == NULL)
    return g_steal_pointer (&counties);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * shy_county_settings_load: (skip)
 * @connection: a connection
 * @policy: the id of a policy
 * @error: return location for an error
 *
 * Reads what counties decided where a policy leaves it open. What is not as it was stored decides
 * nothing.
 *
 * Errors: %SHY_ERROR_DAMAGED if another program, or a disk that fails, changed, removed or added one;
 * it says which.
 *
 * Returns: (transfer full): code of a county → (name of a setting → value in canonical form), or
 *   %NULL with @error set
 */
GHashTable *
shy_county_settings_load (ShyConnection  *connection,
                          const char     *policy,
                          GError        **error)
{
  g_return_val_if_fail (policy != NULL, NULL);

  return load (connection, policy,
               "SELECT county, name, value FROM shy_county_setting WHERE policy = $1", error);
}

/**
 * shy_county_settings_load_sources: (skip)
 * @connection: a connection
 * @policy: the id of a policy
 * @error: return location for an error
 *
 * Reads on which documents the decisions of counties rest, where somebody said so.
 *
 * Errors: as shy_county_settings_load().
 *
 * Returns: (transfer full): code of a county → (name of a setting → the document), or %NULL with
 *   @error set
 */
GHashTable *
shy_county_settings_load_sources (ShyConnection  *connection,
                                  const char     *policy,
                                  GError        **error)
{
  g_return_val_if_fail (policy != NULL, NULL);

  return load (connection, policy,
               "SELECT county, name, source FROM shy_county_setting WHERE policy = $1 "
               "AND source IS NOT NULL", error);
}

/**
 * shy_county_settings_tell: (skip)
 * @counties: from shy_county_settings_load()
 * @policy: the policy that decides
 * @facts: the facts of an application, with its county
 * @error: return location for an error
 *
 * Tells an application what its county decided, where it does not say so itself. A value that the
 * policy cannot take is left out; the others are told all the same.
 *
 * Errors: %SHY_ERROR_NOT_FOUND or %SHY_ERROR_INVALID of the first value that was left out.
 *
 * Returns: whether all were told
 */
gboolean
shy_county_settings_tell (GHashTable  *counties,
                          ShyPolicy   *policy,
                          ShyFacts    *facts,
                          GError     **error)
{
  const char        *county = shy_facts_get_county (facts);
  GHashTable        *own = county != NULL ? g_hash_table_lookup (counties, county) : NULL;
  g_autoptr (GError) first = NULL;
  GHashTableIter     iter;
  gpointer           name, value;

  if (own == NULL)
    return TRUE;

  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (shy_facts_lookup_setting (facts, name) == NULL)
      shy_facts_take_setting (facts, policy, name, value, first == NULL ? &first : NULL);

  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
write_value (ShyConnection  *connection,
             const char     *policy,
             const char     *county,
             const char     *name,
             const char     *value,
             const char     *source,
             GError        **error)
{
  g_autoptr (ShyStatement) statement = NULL;

  statement = shy_connection_prepare (
    connection,
    value != NULL ? "INSERT INTO shy_county_setting (policy, county, name, value, source) "
                    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (policy, county, name) "
                    "DO UPDATE SET value = excluded.value, source = "
                    "CASE WHEN shy_county_setting.value = excluded.value "
                    "THEN COALESCE (excluded.source, shy_county_setting.source) ELSE excluded.source END"
                  : "DELETE FROM shy_county_setting "
                    "WHERE policy = $1 AND county = $2 AND name = $3",
    error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_text (statement, "$1", policy);
  shy_statement_bind_text (statement, "$2", county);
  shy_statement_bind_text (statement, "$3", name);
  if (value != NULL)
    {
      shy_statement_bind_text (statement, "$4", value);
      shy_statement_bind_text (statement, "$5", source);
    }
  return shy_statement_execute (statement, error);
}

/**
 * shy_county_settings_set: (skip)
 * @connection: a connection, in a job that writes
 * @policy: the id of a policy
 * @county: the code of a county
 * @name: one of the policy's settings
 * @value: (nullable): the value in canonical form, checked by the caller; %NULL takes it back
 * @source: (nullable): the document on which the decision rests; %NULL keeps the one of the same value
 * @error: return location for an error
 *
 * Stores what a county decided, and notes it in the journal. Cases that were decided before stay as
 * they are.
 *
 * Returns: whether it was stored
 */
gboolean
shy_county_settings_set (ShyConnection  *connection,
                         const char     *policy,
                         const char     *county,
                         const char     *name,
                         const char     *value,
                         const char     *source,
                         GError        **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode)   node = json_node_init_object (json_node_alloc (), object);
  g_autofree char       *subject = g_strdup_printf ("county:%s", county);

  g_return_val_if_fail (policy != NULL && county != NULL && name != NULL, FALSE);

  json_object_set_string_member (object, "policy", policy);
  json_object_set_string_member (object, "name", name);
  json_object_set_string_member (object, "value", value);
  if (source != NULL)
    json_object_set_string_member (object, "source", source);
  shy_connection_touch (connection, SHY_COUNTY_SETTINGS_TOPIC);
  return write_value (connection, policy, county, name, value, source, error) &&
         shy_journal_append (connection, "policy.set", subject, node, error);
}

static void
free_decision (gpointer data)
{
  ShyCountyDecision *self = data;

  g_free (self->time);
  g_free (self->actor);
  g_free (self->county);
  g_free (self->name);
  g_free (self->value);
  g_free (self->source);
  g_free (self);
}

static char *
dup_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_dup_string (node) : NULL;
}

static void
take_entry (GPtrArray *decisions, const char *policy, ShyStatement *row)
{
  g_autoptr (JsonNode) node = json_from_string (shy_statement_get_text (row, 4), NULL);
  JsonObject          *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                                  ? json_node_get_object (node) : NULL;
  const char          *subject = shy_statement_get_text (row, 3);
  ShyCountyDecision   *self;

  if (object == NULL || !g_str_has_prefix (subject, "county:")
      || g_strcmp0 (json_object_get_string_member_with_default (object, "policy", NULL), policy) != 0)
    return;

  self = g_new0 (ShyCountyDecision, 1);
  self->entry = shy_statement_get_int64 (row, 0);
  self->time = shy_statement_dup_text (row, 1);
  self->actor = shy_statement_dup_text (row, 2);
  self->county = g_strdup (subject + strlen ("county:"));
  self->name = dup_member (object, "name");
  self->value = dup_member (object, "value");
  self->source = dup_member (object, "source");
  g_ptr_array_add (decisions, self);
}

/**
 * shy_county_settings_list_decisions: (skip)
 * @connection: a connection
 * @policy: the id of a policy
 * @error: return location for an error
 *
 * Reads from the journal all that counties ever decided about a policy, who noted it and when; also
 * what was changed or taken back since.
 *
 * Returns: (transfer full) (element-type ShyCountyDecision): the decisions, the latest first, or %NULL
 *   with @error set
 */
GPtrArray *
shy_county_settings_list_decisions (ShyConnection  *connection,
                                    const char     *policy,
                                    GError        **error)
{
  g_autoptr (GPtrArray)    decisions = g_ptr_array_new_with_free_func (free_decision);
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;

  g_return_val_if_fail (policy != NULL, NULL);

  rows = shy_connection_prepare (connection,
                                 "SELECT number, time, actor, subject, details FROM shy_journal "
                                 "WHERE action = 'policy.set' ORDER BY number DESC", error);
  if (rows == NULL)
    return NULL;
  while (shy_statement_step (rows, &local))
    take_entry (decisions, policy, rows);
  if (local == NULL)
    return g_steal_pointer (&decisions);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
