/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/pull/shy-lookup-private.h"

#include "store/shy-journal.h"

/* What the journal says of a question: never a name, a number or an answer. */

typedef struct
{
  ShyLookup  *lookup;
  const char *subject;
  const char *outcome; /* (nullable): before it is asked */
} Entry;

static JsonNode *
describe (const Entry *entry)
{
  const ShyServiceLookup *lookup = entry->lookup->lookup;
  JsonObject             *object = json_object_new ();
  JsonArray              *facts = json_array_new ();
  JsonNode               *node = json_node_alloc ();

  for (guint i = 0; i < lookup->facts->len; i++)
    json_array_add_string_element (facts, ((const ShyLookupSource *) lookup->facts->pdata[i])->fact);
  json_object_set_array_member (object, "facts", facts);
  json_object_set_string_member (object, "lookup", lookup->name);
  json_object_set_string_member (object, "service", entry->lookup->service->id);
  if (entry->outcome != NULL)
    json_object_set_string_member (object, "outcome", entry->outcome);
  else
    json_object_set_boolean_member (object, "authorised", TRUE);
  json_node_init_object (node, object);
  json_object_unref (object);
  return node;
}

static gboolean
append_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Entry               *entry = data;
  g_autoptr (JsonNode) details = describe (entry);

  return shy_journal_append (connection, entry->outcome == NULL ? "lookup.ask" : "lookup.answer",
                             entry->subject, details, error);
}

/**
 * shy_lookup_journal: (skip)
 * @self: a question
 * @store: the database
 * @subject: what it is asked for, as "subsidy_case:17"
 * @outcome: (nullable): what became of it, or %NULL before it is asked
 * @error: return location for an error
 *
 * Writes to the journal that somebody asks, who said that it is allowed, or what became of it. Does
 * not write what is asked about. Blocks.
 *
 * Returns: whether it was written; what was not written should not be asked
 */
gboolean
shy_lookup_journal (ShyLookup   *self,
                    ShyStore    *store,
                    const char  *subject,
                    const char  *outcome,
                    GError     **error)
{
  Entry entry = { self, subject, outcome };

  g_return_val_if_fail (SHY_IS_LOOKUP (self), FALSE);
  g_return_val_if_fail (SHY_IS_STORE (store), FALSE);
  g_return_val_if_fail (subject != NULL, FALSE);

  return shy_store_run (store, SHY_STORE_WRITE, append_job, &entry, NULL, error);
}
