/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/describe/shy-service-help.h"

#include "json/shy-json-node.h"
#include "shy-data.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* What may stand in a description, from its JSON Schema. */

/* How deep references of the schema are followed. */
#define DEEPEST 8

/* Stands in a path for an item of a list. */
#define ITEM "[]"

struct _ShyServiceHelp
{
  JsonParser *schema;  /* (owned) */
  JsonParser *words;   /* (owned) (nullable) Chinese by English */
};

static JsonParser *
parse (GBytes *bytes)
{
  JsonParser *parser = json_parser_new_immutable ();
  gsize       length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (text == NULL || !shy_json_check_text (text, (gssize) length, NULL) ||
      !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    g_clear_object (&parser);

  return parser;
}

/**
 * shy_service_help_new: (skip)
 * @words: (nullable): a JSON object of what the schema says → the same in the person's language
 *
 * Reads the schema of descriptions. Reads a file, so it is for a worker.
 *
 * Returns: (transfer full) (nullable): what helps with descriptions, %NULL where the schema cannot be
 *   read
 */
ShyServiceHelp *
shy_service_help_new (GBytes *words)
{
  g_autoptr (GBytes) schema = shy_data_load ("services/service.schema.json", NULL);
  JsonParser        *parsed = parse (schema);
  ShyServiceHelp    *self;

  if (parsed == NULL)
    return NULL;

  self = g_new0 (ShyServiceHelp, 1);
  self->schema = parsed;
  self->words = parse (words);
  return self;
}

/**
 * shy_service_help_free: (skip)
 * @self: help
 */
void
shy_service_help_free (ShyServiceHelp *self)
{
  g_clear_object (&self->schema);
  g_clear_object (&self->words);
  g_free (self);
}

/* Behind the string that begins at @at, and its text without the marks. */
static const char *
skip_string (const char  *at,
             char       **text)
{
  const char *from = ++at;

  while (*at != '\0' && *at != '"')
    at += *at == '\\' && at[1] != '\0' ? 2 : 1;
  *text = g_strndup (from, at - from);

  return *at == '"' ? at + 1 : at;
}

static gboolean
is_name (const char *behind)
{
  while (*behind == ' ' || *behind == '\t')
    behind++;

  return *behind == ':';
}

/* The name at @depth: what stood there before counts no more. */
static void
set_name (GPtrArray *path,
          guint      depth,
          char      *name)
{
  g_ptr_array_set_size (path, (int) depth);
  g_ptr_array_add (path, name);
}

/*
 * Gives where the first member of the line of @offset stands, of (owned) names from outside, or the
 * value that the line belongs to. What is written may be no JSON yet: brackets and names are
 * enough.
 */
static GPtrArray *
find_path (const char *text,
           gsize       offset)
{
  GPtrArray  *path = g_ptr_array_new_with_free_func (g_free);
  const char *line = text + MIN (offset, strlen (text));
  const char *at = text;
  guint       depth = 0;

  while (line > text && line[-1] != '\n')
    line--;
  while (*at != '\0' && (at < line || *at != '\n'))
    {
      g_autofree char *word = NULL;
      const char      *from = at;

      if (*at == '"')
        {
          at = skip_string (at, &word);
          if (depth == 0 || !is_name (at))
            continue;
          set_name (path, depth - 1, g_steal_pointer (&word));
          if (from >= line)
            break;
          continue;
        }
      if (*at == '{' || *at == '[')
        set_name (path, depth++, g_strdup (*at == '[' ? ITEM : ""));
      else if ((*at == '}' || *at == ']') && depth > 0)
        g_ptr_array_set_size (path, (int) --depth);
      at++;
    }

  return path;
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void add_with_parts (ShyServiceHelp *self,
                            GPtrArray    *schemas,
                            JsonObject   *schema,
                            guint         depth);

static void
add_each (ShyServiceHelp *self,
          GPtrArray      *schemas,
          JsonObject     *schema,
          const char     *name,
          guint           depth)
{
  JsonNode  *node = json_object_get_member (schema, name);
  JsonArray *parts = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    add_with_parts (self, schemas, json_array_get_object_element (parts, i), depth);
}

/* "#/definitions/layer" */
static void
add_referred (ShyServiceHelp *self,
              GPtrArray      *schemas,
              const char     *reference,
              guint           depth)
{
  JsonObject *root = json_node_get_object (json_parser_get_root (self->schema));
  JsonObject *definitions = get_object (root, "definitions");
  const char *name = strrchr (reference, '/');

  if (g_str_equal (reference, "#"))
    add_with_parts (self, schemas, root, depth);
  else if (definitions != NULL && name != NULL && get_object (definitions, name + 1) != NULL)
    add_with_parts (self, schemas, get_object (definitions, name + 1), depth);
}

/* Adds a schema and whatever it is made of. */
static void
add_with_parts (ShyServiceHelp *self,
                GPtrArray      *schemas,
                JsonObject     *schema,
                guint           depth)
{
  static const char *const lists[] = { "allOf", "anyOf", "oneOf" };
  static const char *const branches[] = { "then", "else" };

  if (depth == 0)
    return;
  g_ptr_array_add (schemas, schema);
  if (json_object_has_member (schema, "$ref"))
    add_referred (self, schemas, json_object_get_string_member (schema, "$ref"), depth - 1);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    add_each (self, schemas, schema, lists[i], depth - 1);
  for (gsize i = 0; i < G_N_ELEMENTS (branches); i++)
    if (get_object (schema, branches[i]) != NULL)
      add_with_parts (self, schemas, get_object (schema, branches[i]), depth - 1);
}

static JsonObject *
find_part (JsonObject *schema,
           const char *name)
{
  JsonObject *properties = get_object (schema, "properties");

  if (g_str_equal (name, ITEM))
    return get_object (schema, "items");
  if (properties != NULL && json_object_has_member (properties, name))
    return get_object (properties, name);

  return get_object (schema, "additionalProperties");
}

/* What a member, or an item, of a value of one of the schemas may be. */
static GPtrArray *
step_into (ShyServiceHelp *self,
           GPtrArray      *schemas,
           const char     *name)
{
  GPtrArray *inner = g_ptr_array_new ();

  for (guint i = 0; i < schemas->len; i++)
    {
      JsonObject *part = find_part (g_ptr_array_index (schemas, i), name);

      if (part != NULL)
        add_with_parts (self, inner, part, DEEPEST);
    }

  return inner;
}

static const char *
find_description (GPtrArray *schemas)
{
  for (guint i = 0; i < schemas->len; i++)
    if (json_object_has_member (g_ptr_array_index (schemas, i), "description"))
      return json_object_get_string_member (g_ptr_array_index (schemas, i), "description");

  return NULL;
}

static const char *
translate (ShyServiceHelp *self,
           const char     *description)
{
  JsonObject *words = self->words != NULL
                        ? json_node_get_object (json_parser_get_root (self->words))
                        : NULL;

  return words != NULL ? json_object_get_string_member_with_default (words, description,
                                                                     description)
                       : description;
}

/**
 * shy_service_help_find: (skip)
 * @self: help
 * @text: a description, perhaps one that is being written
 * @offset: a byte of it
 *
 * Says what the first member on the line of @offset means, as "page_size — Rows of a page.", or what
 * the line belongs to.
 *
 * Returns: (transfer full) (nullable): the help, %NULL where nothing is known
 */
char *
shy_service_help_find (ShyServiceHelp *self,
                       const char     *text,
                       gsize           offset)
{
  g_autoptr (GPtrArray) path = find_path (text, offset);
  g_autoptr (GPtrArray) schemas = g_ptr_array_new ();
  const char           *member = NULL;
  const char           *description = NULL;

  add_with_parts (self, schemas, json_node_get_object (json_parser_get_root (self->schema)),
                  DEEPEST);
  for (guint i = 0; i < path->len; i++)
    {
      const char *name = g_ptr_array_index (path, i);
      GPtrArray  *inner;

      if (*name == '\0')
        continue;
      inner = step_into (self, schemas, name);
      g_ptr_array_unref (schemas);
      schemas = inner;
      if (g_str_equal (name, ITEM))
        continue;
      member = name;
      description = find_description (schemas);
    }

  if (description == NULL)
    return NULL;

  /* Translators: a member of a description, then what it means. */
  return g_strdup_printf (_("%s — %s"), member, translate (self, description));
}

static void
collect_words (JsonNode *node,
               GString  *words)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        collect_words (json_array_get_element (array, i), words);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject     *object = json_node_get_object (node);
      JsonObjectIter  iter;
      const char     *name;
      JsonNode       *member;

      json_object_iter_init (&iter, object);
      while (json_object_iter_next (&iter, &name, &member))
        {
          if (g_str_equal (name, "properties") && JSON_NODE_HOLDS_OBJECT (member))
            {
              g_autoptr (GList) names = json_object_get_members (json_node_get_object (member));

              for (GList *at = names; at != NULL; at = at->next)
                g_string_append_printf (words, "%s\n", (const char *) at->data);
            }
          collect_words (member, words);
        }
    }
}

/**
 * shy_service_help_list_members: (skip)
 * @self: help
 *
 * Returns: (transfer full): the names of all members that descriptions know, one a line, to complete
 *   what is typed
 */
char *
shy_service_help_list_members (ShyServiceHelp *self)
{
  GString *words = g_string_new (NULL);

  collect_words (json_parser_get_root (self->schema), words);
  return g_string_free (words, FALSE);
}
