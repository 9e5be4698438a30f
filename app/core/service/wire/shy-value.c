/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/wire/shy-draft-private.h"

#include "json/shy-json-document-private.h"
#include "service/describe/shy-template-private.h"

#include <string.h>

/* The values of a request: merged, worked out, written. */

static gboolean
is_marked (const ShyJson *json, const char *mark)
{
  return json->kind == SHY_JSON_OBJECT && shy_json_get (json, mark) != NULL;
}

/* Lays @overlay over @target: objects member by member, all else in the other's place. */
void
shy_value_merge (ShyJsonDocument *document, ShyJson *target, const ShyJson *overlay)
{
  for (guint i = 0; i < overlay->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (overlay->items, i);
      ShyJson       *there = shy_json_get (target, item->name);

      if (there != NULL && there->kind == SHY_JSON_OBJECT && item->kind == SHY_JSON_OBJECT &&
          !is_marked (item, "$copy") && !is_marked (item, "$text") && !is_marked (there, "$copy"))
        shy_value_merge (document, there, item);
      else
        shy_json_document_set (document, target, item->name,
                               shy_json_document_copy (document, item));
    }
}

static void write_value (GString       *into,
                         const ShyJson *json);

static void
write_items (GString *into, const ShyJson *json)
{
  gboolean is_object = json->kind == SHY_JSON_OBJECT;

  g_string_append_c (into, is_object ? '{' : '[');
  for (guint i = 0; i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);

      if (i > 0)
        g_string_append_c (into, ',');
      if (is_object)
        {
          shy_json_append_text (into, item->name);
          g_string_append_c (into, ':');
        }
      write_value (into, item);
    }
  g_string_append_c (into, is_object ? '}' : ']');
}

static void
write_value (GString *into, const ShyJson *json)
{
  g_autofree char *text = NULL;

  if (json->kind == SHY_JSON_STRING)
    shy_json_append_text (into, json->text);
  else if (is_marked (json, "$json"))
    {
      text = shy_value_text (json);
      shy_json_append_text (into, text);
    }
  else if (json->items != NULL)
    write_items (into, json);
  else if (json->kind == SHY_JSON_NUMBER)
    g_string_append (into, json->text);
  else
    g_string_append (into, json->kind == SHY_JSON_TRUE    ? "true"
                           : json->kind == SHY_JSON_FALSE ? "false"
                                                          : "null");
}

/* The text of a value as it stands in a form: texts as they are, objects as compact JSON. */
char *
shy_value_text (const ShyJson *json)
{
  GString *text;

  if (json->kind == SHY_JSON_STRING)
    return g_strdup (json->text);
  text = g_string_new (NULL);
  write_value (text, is_marked (json, "$json") ? shy_json_get (json, "$json") : json);
  return g_string_free (text, FALSE);
}

/* Says whether a name means a number, which stays one in JSON. */
static gboolean
is_numeric (const char *template)
{
  g_autofree char *name = g_strndup (template + 2, strlen (template) - 4);

  g_strstrip (name);
  return (g_str_has_prefix (name, "page.") && !g_str_equal (name, "page.cursor")) ||
         g_str_equal (name, "now.ms") || g_str_equal (name, "now.s");
}

static ShyJson *
evaluate_string (ShyRequestScope *scope, ShyJsonDocument *into, const char *text, GError **error)
{
  g_autofree char *value = shy_request_scope_expand (scope, text, error);
  ShyJson         *json;

  if (value == NULL)
    return NULL;
  json = shy_json_document_string (into, value);
  if (shy_template_is_pure (text) && is_numeric (text))
    json->kind = SHY_JSON_NUMBER;
  return json;
}

static gboolean
is_listed (const ShyJson *list, const char *name)
{
  for (guint i = 0; list != NULL && list->items != NULL && i < list->items->len; i++)
    if (g_strcmp0 (((const ShyJson *) list->items->pdata[i])->text, name) == 0)
      return TRUE;
  return FALSE;
}

static ShyJson *
evaluate_copy (ShyRequestScope *scope, ShyJsonDocument *into, const ShyJson *json)
{
  const char    *which = shy_json_get (json, "$copy")->text;
  const ShyJson *except = shy_json_get (json, "$except");
  const ShyJson *from = NULL;
  ShyJson       *object = shy_json_document_add (into, SHY_JSON_OBJECT);

  if (scope->request != NULL && g_strcmp0 (which, "request.query") == 0)
    from = scope->request->query;
  else if (scope->request != NULL && g_strcmp0 (which, "request.headers") == 0)
    from = scope->request->headers;
  else if (scope->request != NULL)
    from = scope->request->body;
  for (guint i = 0; from != NULL && from->kind == SHY_JSON_OBJECT && i < from->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (from->items, i);

      if (!is_listed (except, item->name))
        shy_json_document_set (into, object, item->name, shy_json_document_copy (into, item));
    }
  return object;
}

static ShyJson *
evaluate_items (ShyRequestScope *scope, ShyJsonDocument *into, const ShyJson *json, GError **error)
{
  ShyJson *out = shy_json_document_add (into, json->kind);

  for (guint i = 0; i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);
      ShyJson       *value;

      if (item->kind == SHY_JSON_NULL && json->kind == SHY_JSON_OBJECT)
        continue;
      value = shy_value_evaluate (scope, into, item, error);
      if (value == NULL)
        return NULL;
      value->name = item->name;
      g_ptr_array_add (out->items, value);
    }
  return out;
}

/* Works a value out: templates, "$text", "$copy"; members that are null go. What stands in "$json"
 * is worked out but stays marked. */
ShyJson *
shy_value_evaluate (ShyRequestScope *scope, ShyJsonDocument *into, const ShyJson *json,
                    GError **error)
{
  ShyJson *text;

  if (json->kind == SHY_JSON_STRING)
    return evaluate_string (scope, into, json->text, error);
  if (json->items == NULL)
    return shy_json_document_copy (into, json);
  if (is_marked (json, "$copy"))
    return evaluate_copy (scope, into, json);
  if (is_marked (json, "$text"))
    {
      const ShyJson *inside = shy_json_get (json, "$text");

      text = inside->text != NULL ? evaluate_string (scope, into, inside->text, error)
                                  : shy_json_document_string (into, "");
      if (text != NULL)
        text->kind = SHY_JSON_STRING;
      return text;
    }
  return evaluate_items (scope, into, json, error);
}
