/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/shy-store-news-private.h"

#define PREFIX "changes of "

static gint64
get_version (ShyConnection *connection)
{
  return shy_connection_query_int64 (connection, "PRAGMA data_version", 0, NULL);
}

static gint64 *
new_number (gint64 number)
{
  gint64 *box = g_new (gint64, 1);

  *box = number;
  return box;
}

/* Calls it news in the connection's touched topics where a number grew. */
static void
read_numbers (ShyStoreNews *self, ShyConnection *connection)
{
  g_autoptr (ShyStatement) statement =
    shy_connection_prepare (connection, "SELECT name, last FROM shy_sequence "
                                        "WHERE name LIKE '" PREFIX "%'", NULL);

  while (statement != NULL && shy_statement_step (statement, NULL))
    {
      const char   *topic = shy_statement_get_text (statement, 0) + strlen (PREFIX);
      gint64        number = shy_statement_get_int64 (statement, 1);
      const gint64 *seen = g_hash_table_lookup (self->numbers, topic);

      if (seen != NULL && *seen == number)
        continue;
      g_hash_table_replace (self->numbers, g_strdup (topic), new_number (number));
      shy_connection_touch (connection, topic);
    }
}

void
shy_store_news_init (ShyStoreNews *self, ShyConnection *connection)
{
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->mine = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->version = get_version (connection);
  self->looked = g_get_monotonic_time ();
  read_numbers (self, connection);
  g_hash_table_remove_all (connection->touched);
}

void
shy_store_news_clear (ShyStoreNews *self)
{
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_clear_pointer (&self->mine, g_hash_table_unref);
}

/* Numbers what the running transaction touched, as its last act. */
gboolean
shy_store_news_number (ShyStoreNews *self, ShyConnection *connection, GError **error)
{
  GHashTableIter iter;
  gpointer       topic;

  g_hash_table_iter_init (&iter, connection->touched);
  while (g_hash_table_iter_next (&iter, &topic, NULL))
    {
      g_autofree char *name = g_strconcat (PREFIX, topic, NULL);
      gint64           number = shy_connection_reserve_ids (connection, name, 1, error);

      if (number < 0)
        return FALSE;
      g_hash_table_replace (self->mine, g_strdup (topic), new_number (number));
    }
  return TRUE;
}

/* What was numbered is seen if it was kept. The store tells of it itself. */
void
shy_store_news_settle (ShyStoreNews *self, gboolean kept)
{
  GHashTableIter iter;
  gpointer       topic;
  gpointer       number;

  g_hash_table_iter_init (&iter, self->mine);
  while (kept && g_hash_table_iter_next (&iter, &topic, &number))
    g_hash_table_replace (self->numbers, g_strdup (topic), new_number (*(gint64 *) number));
  g_hash_table_remove_all (self->mine);
}

/* Touches what others changed since the last look, if that is at least @pause microseconds ago. */
void
shy_store_news_look (ShyStoreNews *self, ShyConnection *connection, gint64 pause)
{
  gint64 now = g_get_monotonic_time ();
  gint64 version;

  if (now - self->looked < pause)
    return;
  self->looked = now;
  version = get_version (connection);
  if (version == self->version)
    return;
  self->version = version;
  read_numbers (self, connection);
}
