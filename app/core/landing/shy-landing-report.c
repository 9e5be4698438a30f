/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-landing-private.h"

/* Reports of pulls as JSON. */

static void
write_counts (JsonObject *into, const char *name, GHashTable *counts)
{
  JsonObject    *object = json_object_new ();
  GHashTableIter iter;
  gpointer       field;
  gpointer       count;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &field, &count))
    json_object_set_int_member (object, field, GPOINTER_TO_UINT (count));
  json_object_set_object_member (into, name, object);
}

static void
write_texts (JsonObject *into, const char *name, GHashTable *texts)
{
  JsonObject    *object = json_object_new ();
  GHashTableIter iter;
  gpointer       field;
  gpointer       text;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &field, &text))
    json_object_set_string_member (object, field, text);
  json_object_set_object_member (into, name, object);
}

static void
write_list (JsonObject *into, const char *name, GPtrArray *list)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < list->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (list, i));
  json_object_set_array_member (into, name, array);
}

/* Writes a report. Holds no values of rows. */
JsonObject *
shy_landing_report_write (const ShyPullReport *report)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "requests", (gint64) report->requests);
  json_object_set_int_member (object, "pages", (gint64) report->pages);
  json_object_set_int_member (object, "rows", (gint64) report->rows);
  json_object_set_int_member (object, "unique", (gint64) report->unique);
  json_object_set_int_member (object, "duplicates", (gint64) report->duplicates);
  json_object_set_int_member (object, "rejected", (gint64) report->rejected);
  json_object_set_int_member (object, "warnings", (gint64) report->warnings);
  json_object_set_int_member (object, "total", report->total);
  json_object_set_int_member (object, "previous", report->previous);
  json_object_set_int_member (object, "skew", report->skew);
  json_object_set_boolean_member (object, "complete", report->complete);
  json_object_set_boolean_member (object, "whole", report->whole);
  json_object_set_boolean_member (object, "unchanged", report->unchanged);
  json_object_set_boolean_member (object, "resumed", report->resumed);
  if (report->reason != NULL)
    json_object_set_string_member (object, "reason", report->reason);
  write_counts (object, "field_warnings", report->field_warnings);
  write_counts (object, "field_nulls", report->field_nulls);
  write_texts (object, "mapped", report->mapped);
  write_list (object, "unmapped", report->unmapped);
  write_list (object, "notes", report->notes);
  return object;
}

static void
add_counts (GHashTable *counts, JsonObject *before, const char *name)
{
  JsonObject     *object = json_object_has_member (before, name)
                             ? json_object_get_object_member (before, name) : NULL;
  JsonObjectIter  iter;
  const char     *field;
  JsonNode       *node;

  if (object == NULL)
    return;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &field, &node))
    {
      guint now = GPOINTER_TO_UINT (g_hash_table_lookup (counts, field));

      g_hash_table_replace (counts, g_strdup (field),
                            GUINT_TO_POINTER (now + (guint) json_node_get_int (node)));
    }
}

static void
add_mapped (GHashTable *mapped, JsonObject *before)
{
  JsonObject    *object = json_object_has_member (before, "mapped")
                            ? json_object_get_object_member (before, "mapped") : NULL;
  JsonObjectIter iter;
  const char    *field;
  JsonNode      *node;

  if (object == NULL)
    return;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &field, &node))
    if (!g_hash_table_contains (mapped, field))
      g_hash_table_insert (mapped, g_strdup (field), g_strdup (json_node_get_string (node)));
}

static void
add_list (GPtrArray *list, JsonObject *before, const char *name)
{
  JsonArray *array = json_object_has_member (before, name)
                       ? json_object_get_array_member (before, name) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = json_array_get_string_element (array, i);

      if (!g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL))
        g_ptr_array_add (list, g_strdup (text));
    }
}

/* Adds to a report what was counted before an interruption. Rows and pages count on by themselves. */
void
shy_landing_report_add (ShyPullReport *report, JsonObject *before)
{
  report->rejected += (guint64) json_object_get_int_member_with_default (before, "rejected", 0);
  report->warnings += (guint64) json_object_get_int_member_with_default (before, "warnings", 0);
  add_counts (report->field_warnings, before, "field_warnings");
  add_counts (report->field_nulls, before, "field_nulls");
  add_mapped (report->mapped, before);
  add_list (report->unmapped, before, "unmapped");
  add_list (report->notes, before, "notes");
}
