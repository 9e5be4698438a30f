/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-words.h"

#include "json/shy-json-node.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

/* What the report of a pull says. */

/* Clocks that are less far apart than this say nothing, in seconds. */
#define MOST_SKEW 5

static gint64
get_count (JsonObject *report,
           const char *name,
           gint64      otherwise)
{
  return json_object_get_int_member_with_default (report, name, otherwise);
}

static gboolean
get_flag (JsonObject *report,
          const char *name)
{
  return json_object_get_boolean_member_with_default (report, name, FALSE);
}

/* A member of this kind, or NULL. */
static JsonNode *
get_member (JsonObject   *report,
            const char   *name,
            JsonNodeType  type)
{
  JsonNode *node = json_object_get_member (report, name);

  return node != NULL && json_node_get_node_type (node) == type ? node : NULL;
}

/* Takes over @line. */
static void
add_line (GString *text,
          char    *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

static void
add_amount (GString    *text,
            JsonObject *report)
{
  g_autofree char *requests = shy_landing_words_count ((guint64) get_count (report, "requests", 0));
  g_autofree char *pages = shy_landing_words_count ((guint64) get_count (report, "pages", 0));
  g_autofree char *rows = shy_landing_words_count ((guint64) get_count (report, "rows", 0));
  gint64           total = get_count (report, "total", -1);

  /* Translators: requests that were sent, pages and rows that came. */
  add_line (text, g_strdup_printf (_("Requests %s, pages %s, rows %s."), requests, pages, rows));
  if (total >= 0)
    {
      g_autofree char *announced = shy_landing_words_count ((guint64) total);

      add_line (text, g_strdup_printf (_("The service announced %s rows."), announced));
    }
}

static void
add_losses (GString    *text,
            JsonObject *report)
{
  gint64           rejected = get_count (report, "rejected", 0);
  gint64           duplicates = get_count (report, "duplicates", 0);
  g_autofree char *left_out = shy_landing_words_count ((guint64) rejected);
  g_autofree char *repeated = shy_landing_words_count ((guint64) duplicates);

  if (rejected > 0)
    add_line (text, g_strdup_printf (ngettext ("%s row was left out: it lacks what is required.",
                                               "%s rows were left out: they lack what is required.",
                                               rejected), left_out));
  if (duplicates > 0)
    add_line (text, g_strdup_printf (ngettext ("%s row came more than once.",
                                               "%s rows came more than once.", duplicates),
                                     repeated));
}

/* "title (3), phone (1)" of an object of counts; NULL where none is above @more_than. */
static char *
list_counts (JsonObject *report,
             const char *name,
             gint64      more_than)
{
  JsonNode          *node = get_member (report, name, JSON_NODE_OBJECT);
  g_autoptr (GString) list = g_string_new (NULL);
  JsonObjectIter     iter;
  const char        *field;
  JsonNode          *count;

  if (node == NULL)
    return NULL;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &field, &count))
    if (JSON_NODE_HOLDS_VALUE (count) && json_node_get_int (count) > more_than)
      {
        g_autofree char *number = shy_landing_words_count ((guint64) json_node_get_int (count));

        if (list->len > 0)
          g_string_append (list, _(", "));
        /* Translators: a field, and how often. */
        g_string_append_printf (list, _("%s (%s)"), field, number);
      }

  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}

static void
add_fields (GString    *text,
            JsonObject *report)
{
  g_autofree char *warnings = list_counts (report, "field_warnings", 0);
  g_autofree char *nulls = list_counts (report, "field_nulls", 0);

  if (warnings != NULL)
    add_line (text, g_strdup_printf (_("Cells that could not be read, by field: %s."), warnings));
  if (nulls != NULL)
    add_line (text, g_strdup_printf (_("Empty cells, by field: %s."), nulls));
}

static void
add_names (GString    *text,
           JsonObject *report)
{
  JsonNode           *mapped = get_member (report, "mapped", JSON_NODE_OBJECT);
  JsonNode           *unmapped = get_member (report, "unmapped", JSON_NODE_ARRAY);
  g_autoptr (GString) list = g_string_new (NULL);
  JsonObjectIter      iter;
  const char         *field;
  JsonNode           *name;

  if (mapped != NULL)
    {
      json_object_iter_init (&iter, json_node_get_object (mapped));
      while (json_object_iter_next (&iter, &field, &name))
        g_string_append_printf (list, "%s%s ← %s", list->len > 0 ? _(", ") : "", field,
                                json_node_get_string (name));
    }
  if (list->len > 0)
    add_line (text, g_strdup_printf (_("Fields, and what the service calls them: %s."), list->str));

  g_string_truncate (list, 0);
  for (guint i = 0; unmapped != NULL && i < json_array_get_length (json_node_get_array (unmapped));
       i++)
    g_string_append_printf (list, "%s%s", i > 0 ? _(", ") : "",
                            json_array_get_string_element (json_node_get_array (unmapped), i));
  if (list->len > 0)
    add_line (text, g_strdup_printf (_("Names that no field takes: %s."), list->str));
}

static void
add_skew (GString *text,
          gint64   skew)
{
  g_autofree char *seconds = shy_landing_words_count ((guint64) ABS (skew));

  if (ABS (skew) <= MOST_SKEW)
    return;

  add_line (text, g_strdup_printf (skew > 0
                                     ? _("The service’s clock is %s seconds ahead of this "
                                         "computer’s.")
                                     : _("The service’s clock is %s seconds behind this "
                                         "computer’s."), seconds));
}

static void
add_notes (GString    *text,
           JsonObject *report)
{
  JsonNode *notes = get_member (report, "notes", JSON_NODE_ARRAY);

  for (guint i = 0; notes != NULL && i < json_array_get_length (json_node_get_array (notes)); i++)
    add_line (text, g_strdup (json_array_get_string_element (json_node_get_array (notes), i)));
}

/**
 * shy_landing_words_report: (skip)
 * @json: (nullable): the report of a pull, as its history has it
 *
 * Returns: (transfer full): what it says, a sentence a line; "" where it cannot be read
 */
char *
shy_landing_words_report (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? shy_json_node_from_text (json, -1, NULL) : NULL;
  g_autoptr (GString)  text = g_string_new (NULL);
  JsonObject          *report;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup ("");

  report = json_node_get_object (node);
  if (get_flag (report, "resumed"))
    add_line (text, g_strdup (_("It went on with a pull that had been interrupted.")));
  if (get_flag (report, "unchanged"))
    add_line (text, g_strdup (_("The service says that nothing has changed.")));
  add_amount (text, report);
  add_losses (text, report);
  add_fields (text, report);
  add_names (text, report);
  add_skew (text, get_count (report, "skew", 0));
  add_notes (text, report);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
