/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-journal-private.h"

#include "shy-error.h"
#include "store/shy-binding-private.h"
#include "store/shy-sm3-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * The journal is a chain: the hash of an entry covers the entry and the hash before it, so that
 * nobody can change, insert or remove one without every later hash being wrong. The hash of the last
 * entry stands in a table of its own, so that a cut tail shows too; and who noted it elsewhere
 * (shanyectl journal verify --expect) is safe even from somebody who rewrites the whole chain.
 *
 * The hash is SM3 (GB/T 32905-2016), the digest that Chinese public offices use, of the fields
 * number, time, actor, action, subject, details, previous, in this order, each written as its length
 * in bytes in decimal, a colon, and its bytes: "1:1" for number 1.
 */


static void
add_field (GString    *text,
           const char *field)
{
  g_string_append_printf (text, "%zu:%s", strlen (field), field);
}

char *
shy_journal_hash_entry (const ShyJournalEntry *entry)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char    *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->number);

  add_field (text, number);
  add_field (text, entry->time);
  add_field (text, entry->actor);
  add_field (text, entry->action);
  add_field (text, entry->subject);
  add_field (text, entry->details);
  add_field (text, entry->previous);

  return shy_sm3_hex (text->str, text->len);
}

static void add_node (GString  *text,
                      JsonNode *node);

static void
add_value (GString  *text,
           JsonNode *node)
{
  g_autofree char *value = json_to_string (node, FALSE);

  g_string_append (text, value);
}

static void
add_object (GString    *text,
            JsonObject *object)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp);

  g_string_append_c (text, '{');
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autoptr (JsonNode) name = json_node_init_string (json_node_alloc (), l->data);

      if (l != names)
        g_string_append_c (text, ',');
      add_value (text, name);
      g_string_append_c (text, ':');
      add_node (text, json_object_get_member (object, l->data));
    }
  g_string_append_c (text, '}');
}

static void
add_array (GString   *text,
           JsonArray *array)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      add_node (text, json_array_get_element (array, i));
    }
  g_string_append_c (text, ']');
}

/* JSON without spaces and with sorted members: the same content is always the same bytes. */
static void
add_node (GString  *text,
          JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    add_object (text, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    add_array (text, json_node_get_array (node));
  else
    add_value (text, node);
}

static char *
to_canonical (JsonNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (node == NULL)
    return g_strdup ("{}");

  add_node (text, node);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * shy_journal_read_head: (skip)
 * @connection: a connection
 * @number: (out): the number of the last entry, 0 if there is none
 * @hash: (out) (transfer full): its hash, for people to note
 * @error: return location for an error
 *
 * Reads the head of the journal.
 *
 * Errors: %SHY_ERROR_DAMAGED if it is lost.
 *
 * Returns: whether it could be read
 */
gboolean
shy_journal_read_head (ShyConnection  *connection,
                       gint64         *number,
                       char          **hash,
                       GError        **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GError)       local = NULL;

  statement = shy_connection_prepare (
    connection, "SELECT number, hash FROM shy_journal_head WHERE id = 1", error);
  if (statement == NULL)
    return FALSE;

  if (shy_statement_step (statement, &local))
    {
      *number = shy_statement_get_int64 (statement, 0);
      *hash = shy_statement_dup_text (statement, 1);
      return TRUE;
    }

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_DAMAGED,
                 _("The journal of the database “%s” has lost its head. Nothing was stored: run "
                   "“shanyectl journal verify” and keep the file for an audit."),
                 shy_connection_get_path (connection));
  return FALSE;
}

static gboolean
insert_entry (ShyConnection          *connection,
              const ShyJournalEntry  *entry,
              GError                **error)
{
  g_autoptr (ShyStatement) statement = NULL;

  statement = shy_connection_prepare (connection,
                                      "INSERT INTO shy_journal (number, time, actor, action, "
                                      "subject, details, previous, hash) "
                                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                                      error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_int64 (statement, "$1", entry->number);
  shy_statement_bind_text (statement, "$2", entry->time);
  shy_statement_bind_text (statement, "$3", entry->actor);
  shy_statement_bind_text (statement, "$4", entry->action);
  shy_statement_bind_text (statement, "$5", entry->subject);
  shy_statement_bind_text (statement, "$6", entry->details);
  shy_statement_bind_text (statement, "$7", entry->previous);
  shy_statement_bind_text (statement, "$8", entry->hash);
  return shy_statement_execute (statement, error);
}

static gboolean
move_head (ShyConnection  *connection,
           gint64          number,
           const char     *hash,
           GError        **error)
{
  g_autoptr (ShyStatement) statement = NULL;

  statement = shy_connection_prepare (
    connection, "UPDATE shy_journal_head SET number = $1, hash = $2 WHERE id = 1", error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_int64 (statement, "$1", number);
  shy_statement_bind_text (statement, "$2", hash);
  return shy_statement_execute (statement, error);
}

/* The last entry of a transaction: what it binds is only known when all is written. */
struct _ShyJournalPending
{
  char     *time;
  char     *action;
  char     *subject;
  JsonNode *details; /* (owned): an object */
};

static void
pending_free (ShyJournalPending *self)
{
  g_free (self->time);
  g_free (self->action);
  g_free (self->subject);
  json_node_unref (self->details);
  g_free (self);
}

void
shy_journal_drop_pending (ShyConnection *connection)
{
  g_clear_pointer (&connection->pending, pending_free);
}

static ShyJournalPending *
pending_new (const char *action,
             const char *subject,
             JsonNode   *details)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  ShyJournalPending    *self = g_new0 (ShyJournalPending, 1);

  self->time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  self->action = g_strdup (action);
  self->subject = g_strdup (subject);
  self->details = details != NULL ? json_node_copy (details)
                                  : json_node_init_object (json_node_alloc (), json_object_new ());
  return self;
}

/* Writes the entry that waits, if one does. */
static gboolean
write_pending (ShyConnection  *connection,
               GError        **error)
{
  ShyJournalPending *pending = connection->pending;
  g_autofree char   *text = NULL;
  g_autofree char   *previous = NULL;
  g_autofree char   *hash = NULL;
  ShyJournalEntry    entry = { 0 };
  gboolean           done;

  if (pending == NULL)
    return TRUE;
  if (!shy_journal_read_head (connection, &entry.number, &previous, error))
    return FALSE;

  text = to_canonical (pending->details);
  entry.number++;
  entry.time = pending->time;
  entry.action = pending->action;
  entry.subject = pending->subject;
  entry.actor = shy_connection_get_actor (connection);
  entry.details = text;
  entry.previous = previous;
  entry.hash = hash = shy_journal_hash_entry (&entry);

  shy_connection_touch (connection, "journal");
  done = insert_entry (connection, &entry, error) &&
         move_head (connection, entry.number, hash, error);
  shy_journal_drop_pending (connection);
  return done;
}

/*
 * Ends what a transaction has to say.
 * @bound: (nullable): what binds the rows that it changed, for its last entry; where it appended
 *   none, one is appended
 */
gboolean
shy_journal_finish (ShyConnection  *connection,
                    JsonNode       *bound,
                    GError        **error)
{
  if (bound != NULL && connection->pending == NULL)
    connection->pending = pending_new ("register.change", "register", NULL);
  if (bound != NULL)
    json_object_set_member (json_node_get_object (connection->pending->details), "bound",
                            json_node_ref (bound));
  return write_pending (connection, error);
}

/**
 * shy_journal_append: (skip)
 * @connection: a connection, in the job that makes the change
 * @action: what is done, as "subsidy.decide"
 * @subject: to what, as "subsidy_case:17"
 * @details: (nullable): an object with what an auditor needs, without personal data in clear: say
 *   who is meant by the identifier of the case. It is the journal's from now on
 * @error: return location for an error
 *
 * Appends an entry to the journal, in the transaction of the change that it tells of. The last entry
 * of a transaction also binds the rows that were changed in it.
 *
 * Returns: whether it was appended
 */
gboolean
shy_journal_append (ShyConnection  *connection,
                    const char     *action,
                    const char     *subject,
                    JsonNode       *details,
                    GError        **error)
{
  g_autofree char *hash = NULL;
  gint64           number;

  g_return_val_if_fail (action != NULL && subject != NULL, FALSE);

  if (!write_pending (connection, error) || !shy_journal_read_head (connection, &number, &hash, error))
    return FALSE;

  shy_connection_touch (connection, "journal");
  connection->pending = pending_new (action, subject, details);
  return TRUE;
}

static const char *
text_or_empty (ShyStatement *statement,
               int           column)
{
  const char *text = shy_statement_get_text (statement, column);

  return text != NULL ? text : "";
}

/**
 * shy_journal_foreach: (skip)
 * @connection: a connection
 * @after: number of the entry to begin behind, 0 for all
 * @func: (scope call): called for each entry, in order; stops when it returns %FALSE
 * @data: for @func
 * @error: return location for an error
 *
 * Reads the journal, an entry at a time.
 *
 * Returns: whether it could be read
 */
gboolean
shy_journal_foreach (ShyConnection   *connection,
                     gint64           after,
                     ShyJournalFunc   func,
                     gpointer         data,
                     GError         **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GError)       local = NULL;
  gboolean                 more = TRUE;

  if (!write_pending (connection, error))
    return FALSE;
  statement = shy_connection_prepare (connection,
                                      "SELECT number, time, actor, action, subject, details, "
                                      "previous, hash FROM shy_journal WHERE number > $1 "
                                      "ORDER BY number",
                                      error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_int64 (statement, "$1", after);
  while (more && shy_statement_step (statement, &local))
    {
      ShyJournalEntry entry = {
        shy_statement_get_int64 (statement, 0), text_or_empty (statement, 1),
        text_or_empty (statement, 2),           text_or_empty (statement, 3),
        text_or_empty (statement, 4),           text_or_empty (statement, 5),
        text_or_empty (statement, 6),           text_or_empty (statement, 7),
      };

      more = func (&entry, data);
    }

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * shy_journal_new_nonce: (skip)
 *
 * Makes 128 random bits that keep a commitment from being guessed; they are stored beside the
 * record, and go with it when the record is deleted.
 *
 * Returns: (transfer full): 32 hexadecimal digits
 */
char *
shy_journal_new_nonce (void)
{
  guchar bytes[16];

  shy_random_bytes (bytes, sizeof bytes);
  return shy_hex (bytes, sizeof bytes);
}

/**
 * shy_journal_commit: (skip)
 * @nonce: from [func@journal_new_nonce]
 * @text: what is committed to, as the facts of a case in JSON
 *
 * Makes a value that proves later which text was meant, and tells nothing of it now: ID numbers
 * are few enough to be guessed from a bare hash, so the nonce goes in front.
 *
 * Returns: (transfer full): SM3 of both, 64 hexadecimal digits
 */
char *
shy_journal_commit (const char *nonce,
                    const char *text)
{
  g_autofree char *both = NULL;

  g_return_val_if_fail (nonce != NULL && text != NULL, NULL);

  both = g_strconcat (nonce, ":", text, NULL);
  return shy_sm3_hex (both, strlen (both));
}
