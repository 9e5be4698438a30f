/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-value-private.h"

#include "json/shy-json-private.h"

#include <string.h>

static ShyFeelValue *
number_from_double (double number)
{
  ShyFeelNumber decimal;

  return shy_feel_number_from_double (number, &decimal) ? shy_feel_value_new_decimal128 (decimal)
                                                        : shy_feel_value_new_null ();
}

static ShyFeelValue *
value_from_leaf (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    return shy_feel_value_new_string (json_node_get_string (node));
  if (type == G_TYPE_BOOLEAN)
    return shy_feel_value_new_boolean (json_node_get_boolean (node));
  if (type == G_TYPE_INT64)
    return shy_feel_value_new_integer (json_node_get_int (node));
  return number_from_double (json_node_get_double (node));
}

static ShyFeelValue *
list_from_array (JsonArray *array)
{
  guint          n_items = json_array_get_length (array);
  ShyFeelValue **items = g_new (ShyFeelValue *, n_items);

  for (guint i = 0; i < n_items; i++)
    items[i] = shy_feel_value_new_from_json (json_array_get_element (array, i));
  return shy_feel_value_new_list_take (items, n_items);
}

static ShyFeelValue *
context_from_object (JsonObject *object)
{
  guint          n_entries = json_object_get_size (object);
  char         **keys = g_new (char *, n_entries);
  ShyFeelValue **values = g_new (ShyFeelValue *, n_entries);
  JsonObjectIter iter;
  const char    *key;
  JsonNode      *member;
  guint          i = 0;

  json_object_iter_init_ordered (&iter, object);
  for (; json_object_iter_next_ordered (&iter, &key, &member); i++)
    {
      keys[i] = g_strdup (key);
      values[i] = shy_feel_value_new_from_json (member);
    }
  return shy_feel_value_new_context_take (keys, values, n_entries);
}

/**
 * shy_feel_value_new_from_json:
 * @node: JSON
 *
 * Turns JSON into a value: an object into a context, an array into a list. A string stays a
 * string, also where it looks like a date.
 *
 * Returns: (transfer full): the value
 */
ShyFeelValue *
shy_feel_value_new_from_json (JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return context_from_object (json_node_get_object (node));
    case JSON_NODE_ARRAY:
      return list_from_array (json_node_get_array (node));
    case JSON_NODE_VALUE:
      return value_from_leaf (node);
    case JSON_NODE_NULL:
    default:
      return shy_feel_value_new_null ();
    }
}

#define MAX_BYTES (16 * 1024 * 1024) /* of a document */

static ShyFeelValue *value_from_place (const ShyJson *json);

/* JSON does not tell 1.50 from 1.5, so zeros at the end of a fraction say nothing. */
static ShyFeelValue *
number_from_text (const char *text)
{
  g_autofree char *plain = g_strdup (text);
  ShyFeelValue    *number;

  if (strchr (plain, '.') != NULL && strpbrk (plain, "eE") == NULL)
    {
      gsize end = strlen (plain);

      while (plain[end - 1] == '0')
        end--;
      plain[plain[end - 1] == '.' ? end - 1 : end] = '\0';
    }
  number = shy_feel_value_new_number (plain, NULL);

  return number != NULL ? number : shy_feel_value_new_null ();
}

static ShyFeelValue *
list_from_place (const ShyJson *json)
{
  ShyFeelValue **items = g_new (ShyFeelValue *, json->items->len);

  for (guint i = 0; i < json->items->len; i++)
    items[i] = value_from_place (g_ptr_array_index (json->items, i));
  return shy_feel_value_new_list_take (items, json->items->len);
}

static ShyFeelValue *
context_from_place (const ShyJson *json)
{
  char         **keys = g_new (char *, json->items->len);
  ShyFeelValue **values = g_new (ShyFeelValue *, json->items->len);

  for (guint i = 0; i < json->items->len; i++)
    {
      const ShyJson *member = g_ptr_array_index (json->items, i);

      keys[i] = g_strdup (member->name);
      values[i] = value_from_place (member);
    }
  return shy_feel_value_new_context_take (keys, values, json->items->len);
}

static ShyFeelValue *
value_from_place (const ShyJson *json)
{
  switch (json->kind)
    {
    case SHY_JSON_OBJECT:
      return context_from_place (json);
    case SHY_JSON_ARRAY:
      return list_from_place (json);
    case SHY_JSON_STRING:
      return shy_feel_value_new_string (json->text);
    case SHY_JSON_NUMBER:
      return number_from_text (json->text);
    case SHY_JSON_TRUE:
    case SHY_JSON_FALSE:
      return shy_feel_value_new_boolean (json->kind == SHY_JSON_TRUE);
    case SHY_JSON_NULL:
    default:
      return shy_feel_value_new_null ();
    }
}

/**
 * shy_feel_value_new_from_json_text:
 * @text: a JSON document
 * @length: its length in bytes, -1 if it ends in a NUL
 * @member: (nullable): the member of the document to take, %NULL for the whole
 * @error: return location for an error
 *
 * Turns JSON into a value without a loss: numbers keep all digits that a decimal holds, which
 * a #JsonNode does not.
 *
 * Errors: %SHY_ERROR_INVALID with the line of what is no JSON, %SHY_ERROR_LIMIT.
 *
 * Returns: (transfer full): the value, null where there is no such member; or %NULL with @error set
 */
ShyFeelValue *
shy_feel_value_new_from_json_text (const char  *text,
                                   gssize       length,
                                   const char  *member,
                                   GError     **error)
{
  g_autoptr (GBytes)          bytes = NULL;
  g_autoptr (ShyJsonDocument) document = NULL;
  const ShyJson              *json;

  g_return_val_if_fail (text != NULL, NULL);

  bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  document = shy_json_document_new_reply (bytes, MAX_BYTES, error);
  if (document == NULL)
    return NULL;
  json = shy_json_document_get_root (document);
  if (member != NULL)
    json = json->kind == SHY_JSON_OBJECT ? shy_json_get (json, member) : NULL;

  return json != NULL ? value_from_place (json) : shy_feel_value_new_null ();
}

static JsonNode *
array_of (ShyFeelValue *self,
          JsonNode     *(*convert) (ShyFeelValue *))
{
  g_autoptr (JsonArray) array = json_array_sized_new (self->list.n_items);

  for (gsize i = 0; i < self->list.n_items; i++)
    json_array_add_element (array, convert (self->list.items[i]));
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
object_of (ShyFeelValue *self,
           JsonNode     *(*convert) (ShyFeelValue *))
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (gsize i = 0; i < self->context.n_entries; i++)
    json_object_set_member (object, self->context.keys[i], convert (self->context.values[i]));
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
node_of_text (ShyFeelValue *self)
{
  g_autofree char *text = shy_feel_value_to_string (self);

  return json_node_init_string (json_node_alloc (), text);
}

/**
 * shy_feel_value_to_json:
 * @self: a value
 *
 * Turns a value into plain JSON. A number that JSON's integers cannot hold exactly, a date, a
 * time, a duration, a range and a function become strings, as `string()` writes them.
 *
 * Returns: (transfer full): JSON
 */
JsonNode *
shy_feel_value_to_json (ShyFeelValue *self)
{
  gint64 integer;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->type == SHY_FEEL_TYPE_NULL)
    return json_node_init_null (json_node_alloc ());
  if (self->type == SHY_FEEL_TYPE_LIST)
    return array_of (self, shy_feel_value_to_json);
  if (self->type == SHY_FEEL_TYPE_CONTEXT)
    return object_of (self, shy_feel_value_to_json);
  if (self->type == SHY_FEEL_TYPE_BOOLEAN)
    return json_node_init_boolean (json_node_alloc (), self->boolean);
  if (shy_feel_value_get_integer (self, &integer))
    return json_node_init_int (json_node_alloc (), integer);
  return node_of_text (self);
}

/**
 * shy_feel_value_to_typed_json:
 * @self: a value
 *
 * Turns a value into JSON that keeps its type: an object with `type`, and `text`, `items` or
 * `entries`; for a null that comes from an error, `error`.
 *
 * Returns: (transfer full): JSON
 */
JsonNode *
shy_feel_value_to_typed_json (ShyFeelValue *self)
{
  g_autoptr (JsonObject) object = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "type", shy_feel_type_get_name (self->type));
  if (self->type == SHY_FEEL_TYPE_LIST)
    json_object_set_member (object, "items", array_of (self, shy_feel_value_to_typed_json));
  else if (self->type == SHY_FEEL_TYPE_CONTEXT)
    json_object_set_member (object, "entries", object_of (self, shy_feel_value_to_typed_json));
  else if (self->type != SHY_FEEL_TYPE_NULL)
    json_object_set_member (object, "text", node_of_text (self));
  else if (shy_feel_value_get_error (self) != NULL)
    json_object_set_string_member (object, "error", shy_feel_value_get_error (self));
  return json_node_init_object (json_node_alloc (), object);
}
