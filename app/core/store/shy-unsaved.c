/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-unsaved.h"

#include "json/shy-json-node.h"
#include "json/shy-json-writer.h"
#include "store/shy-personal.h"
#include "store/shy-sql.h"

#define FIELD "shy_draft.texts"

/**
 * shy_unsaved_free: (skip)
 * @self: (nullable): a #ShyUnsaved
 */
void
shy_unsaved_free (gpointer self)
{
  ShyUnsaved *draft = self;

  if (draft == NULL)
    return;
  g_hash_table_unref (draft->texts);
  g_free (draft->base);
  g_free (draft->typed_at);
  g_free (draft);
}

static char *
write_texts (GHashTable *texts)
{
  GString       *json = g_string_new (NULL);
  GHashTableIter iter;
  gpointer       name, text;

  shy_json_writer_open (json, NULL, '{');
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    shy_json_writer_text (json, name, text);
  shy_json_writer_close (json, '}');
  return g_string_free (json, FALSE);
}

static void
read_texts (GHashTable *texts,
            const char *json)
{
  g_autoptr (JsonNode) node = shy_json_node_from_text (json, -1, NULL);
  JsonObjectIter       iter;
  const char          *name;
  JsonNode            *text;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &text))
    if (json_node_get_value_type (text) == G_TYPE_STRING)
      g_hash_table_insert (texts, g_strdup (name), json_node_dup_string (text));
}

/**
 * shy_unsaved_read: (skip)
 * @connection: the database
 * @record: which form of which record, as "subsidy-case/12"
 * @error: return location for an error
 *
 * Reads what this person typed there and has not saved.
 *
 * Returns: (transfer full) (nullable): the draft; %NULL if there is none, or with @error set
 */
ShyUnsaved *
shy_unsaved_read (ShyConnection  *connection,
                const char     *record,
                GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autofree char         *json = NULL;
  ShyUnsaved                *self;

  g_return_val_if_fail (connection != NULL && record != NULL, NULL);

  row = shy_sql_query (connection, error,
                       "SELECT id, base, texts, typed_at FROM shy_draft "
                       "WHERE record = $1 AND person = $2", "ss", record, g_get_user_name ());
  if (row == NULL || !shy_statement_step (row, error))
    return NULL;
  json = shy_personal_unseal (connection, FIELD, shy_statement_get_int64 (row, 0),
                              shy_statement_get_text (row, 2), error);
  if (json == NULL)
    return NULL;

  self = g_new0 (ShyUnsaved, 1);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->base = shy_statement_dup_text (row, 1);
  self->typed_at = shy_statement_dup_text (row, 3);
  read_texts (self->texts, json);
  return self;
}

/**
 * shy_unsaved_keep: (skip)
 * @connection: the database, in a transaction that writes
 * @record: which form of which record
 * @base: the state of the record on which it is typed, in words of the form's own
 * @texts: (element-type utf8 utf8): name of a field to what was typed there; none: there is no draft any
 *   longer
 * @error: return location for an error
 *
 * Keeps what this person typed, in the place of what was kept before. It is sealed like all that is
 * personal.
 *
 * Returns: %FALSE with @error set if it failed
 */
gboolean
shy_unsaved_keep (ShyConnection  *connection,
                const char     *record,
                const char     *base,
                GHashTable     *texts,
                GError        **error)
{
  g_autofree char      *json = NULL;
  g_autofree char      *sealed = NULL;
  g_autofree char      *now = NULL;
  g_autoptr (GDateTime) at = g_date_time_new_now_utc ();
  gint64                id;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (record != NULL && base != NULL && texts != NULL, FALSE);

  if (g_hash_table_size (texts) == 0)
    return shy_sql_run (connection, error, "DELETE FROM shy_draft WHERE record = $1 AND person = $2",
                        "ss", record, g_get_user_name ());

  id = shy_sql_int64 (connection, NULL, 0,
                      "SELECT id FROM shy_draft WHERE record = $1 AND person = $2", "ss", record,
                      g_get_user_name ());
  if (id == 0)
    id = shy_sql_int64 (connection, NULL, 1, "SELECT COALESCE (MAX (id), 0) + 1 FROM shy_draft", "");
  json = write_texts (texts);
  sealed = shy_personal_seal (connection, FIELD, id, json, error);
  if (sealed == NULL)
    return FALSE;
  now = g_date_time_format (at, "%Y-%m-%dT%H:%M:%SZ");
  return shy_sql_run (connection, error,
                      "INSERT OR REPLACE INTO shy_draft (id, record, person, base, texts, typed_at) "
                      "VALUES ($1, $2, $3, $4, $5, $6)", "isssss", id, record, g_get_user_name (), base,
                      sealed, now);
}
