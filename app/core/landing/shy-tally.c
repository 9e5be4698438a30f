/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-staging-private.h"
#include "json/shy-json-node.h"

/* What is known of the rows of a generation, and what a report said so far, as they are stored. */

char *
shy_tally_write (const ShyTally *self, JsonObject *report)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode)   node = json_node_init_object (json_node_alloc (), object);

  json_object_set_int_member (object, "staged", (gint64) self->staged);
  json_object_set_int_member (object, "duplicates", (gint64) self->duplicates);
  json_object_set_int_member (object, "keyless", (gint64) self->keyless);
  json_object_set_int_member (object, "added", (gint64) self->added);
  json_object_set_int_member (object, "changed", (gint64) self->changed);
  json_object_set_int_member (object, "masked", (gint64) self->masked);
  if (self->source_at != NULL)
    json_object_set_string_member (object, "source_at", self->source_at);
  if (report != NULL)
    json_object_set_object_member (object, "report", json_object_ref (report));
  return json_to_string (node, FALSE);
}

static guint64
read_count (JsonObject *object, const char *name)
{
  return (guint64) json_object_get_int_member_with_default (object, name, 0);
}

/* Reads what shy_tally_write() wrote, and gives the report, %NULL if there is none. */
JsonObject *
shy_tally_read (ShyTally *self, const char *text)
{
  g_autoptr (JsonNode) node = shy_json_node_from_text (text, -1, NULL);
  JsonObject          *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                                  ? json_node_get_object (node) : NULL;

  if (object == NULL)
    return NULL;
  self->staged = read_count (object, "staged");
  self->duplicates = read_count (object, "duplicates");
  self->keyless = read_count (object, "keyless");
  self->added = read_count (object, "added");
  self->changed = read_count (object, "changed");
  self->masked = read_count (object, "masked");
  g_free (self->source_at);
  self->source_at = g_strdup (json_object_get_string_member_with_default (object, "source_at",
                                                                          NULL));
  return json_object_has_member (object, "report")
           ? json_object_ref (json_object_get_object_member (object, "report"))
           : NULL;
}

void
shy_tally_clear (ShyTally *self)
{
  g_clear_pointer (&self->source_at, g_free);
}

void
shy_tally_copy (ShyTally *self, const ShyTally *from)
{
  *self = *from;
  self->source_at = g_strdup (from->source_at);
}
