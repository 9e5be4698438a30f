/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json/shy-json-document-private.h"

/* Texts of a large document are kept in larger pieces. */
#define LEAST_CHUNK 4096
#define MOST_CHUNK  (256 * 1024)

/* Adds a value that stands nowhere yet. */
ShyJson *
shy_json_document_add (ShyJsonDocument *document, ShyJsonKind kind)
{
  ShyJson *block;
  ShyJson *json;

  if (document->used == NODES_OF_BLOCK || document->blocks->len == 0)
    {
      g_ptr_array_add (document->blocks, g_new0 (ShyJson, NODES_OF_BLOCK));
      document->used = 0;
    }
  block = g_ptr_array_index (document->blocks, document->blocks->len - 1);
  json = block + document->used++;
  json->kind = kind;
  if (kind == SHY_JSON_ARRAY || kind == SHY_JSON_OBJECT)
    {
      json->items = g_ptr_array_new ();
      g_ptr_array_add (document->lists, json->items);
    }
  return json;
}

/* Makes a document without values, for about @size bytes of text. */
ShyJsonDocument *
shy_json_document_create (ShyJsonDocument *base, gsize size)
{
  ShyJsonDocument *self = g_new0 (ShyJsonDocument, 1);

  g_atomic_ref_count_init (&self->refs);
  self->base = base != NULL ? shy_json_document_ref (base) : NULL;
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->strings = g_string_chunk_new (CLAMP (size / 8, LEAST_CHUNK, MOST_CHUNK));
  return self;
}

/* Takes @other over, whose texts some values of @self borrow. A document takes one over. */
void
shy_json_document_keep (ShyJsonDocument *self, ShyJsonDocument *other)
{
  g_assert (self->base == NULL);

  self->base = other;
}

/* Gets how many members of a reply were given twice. */
guint
shy_json_document_get_duplicates (ShyJsonDocument *self)
{
  return self->duplicates;
}

/* Copies a document so that parts of it can be replaced; each value keeps its place. */
ShyJsonDocument *
shy_json_document_new_copy (ShyJsonDocument *base)
{
  ShyJsonDocument *self = shy_json_document_create (base, 0);

  self->root = shy_json_document_copy (self, base->root);
  return self;
}

ShyJsonDocument *
shy_json_document_ref (ShyJsonDocument *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
shy_json_document_unref (ShyJsonDocument *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->base, shy_json_document_unref);
  g_ptr_array_unref (self->lists);
  g_ptr_array_unref (self->blocks);
  g_string_chunk_free (self->strings);
  g_free (self);
}

ShyJson *
shy_json_document_get_root (ShyJsonDocument *self)
{
  return self->root;
}

/* Copies a value of the document's base, all of it; the copy's place is the original's. */
ShyJson *
shy_json_document_copy (ShyJsonDocument *self, const ShyJson *json)
{
  ShyJson *copy = shy_json_document_add (self, json->kind);

  copy->origin = json->origin != NULL ? json->origin : json;
  copy->line = json->line;
  copy->name = json->name;
  copy->text = json->text;
  for (guint i = 0; json->items != NULL && i < json->items->len; i++)
    g_ptr_array_add (copy->items, shy_json_document_copy (self, json->items->pdata[i]));
  return copy;
}

/* Copies a value of another document, all of it, as if it stood in @line of this one. */
ShyJson *
shy_json_document_adopt (ShyJsonDocument *self, const ShyJson *json, guint line)
{
  ShyJson *copy = shy_json_document_add (self, json->kind);

  copy->line = line;
  if (json->name != NULL)
    copy->name = g_string_chunk_insert (self->strings, json->name);
  if (json->text != NULL)
    copy->text = g_string_chunk_insert (self->strings, json->text);
  for (guint i = 0; json->items != NULL && i < json->items->len; i++)
    {
      ShyJson *item = shy_json_document_adopt (self, json->items->pdata[i], line);

      item->parent = copy;
      item->index = i;
      g_ptr_array_add (copy->items, item);
    }
  return copy;
}

/* Makes an empty list. */
ShyJson *
shy_json_document_list (ShyJsonDocument *self)
{
  return shy_json_document_add (self, SHY_JSON_ARRAY);
}

/* Adds a value at the end of a list. */
void
shy_json_document_append (ShyJsonDocument *self, ShyJson *list, ShyJson *value)
{
  g_assert (list->kind == SHY_JSON_ARRAY);

  value->parent = list;
  value->index = list->items->len;
  value->name = NULL;
  g_ptr_array_add (list->items, value);
}

/* Makes a string that stands in no file. */
ShyJson *
shy_json_document_string (ShyJsonDocument *self, const char *text)
{
  ShyJson *json = shy_json_document_add (self, SHY_JSON_STRING);

  json->text = g_string_chunk_insert (self->strings, text);
  return json;
}

/* Replaces or adds a member; @value keeps the place it was read from. */
void
shy_json_document_set (ShyJsonDocument *self, ShyJson *object, const char *name, ShyJson *value)
{
  g_assert (object->kind == SHY_JSON_OBJECT);

  value->name = g_string_chunk_insert (self->strings, name);
  for (guint i = 0; i < object->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (object->items, i);

      if (g_str_equal (item->name, name))
        {
          object->items->pdata[i] = value;
          return;
        }
    }
  g_ptr_array_add (object->items, value);
}

/* Removes a member, if it is there. */
void
shy_json_document_remove (ShyJson *object, const char *name)
{
  for (guint i = 0; i < object->items->len; i++)
    if (g_str_equal (((const ShyJson *) g_ptr_array_index (object->items, i))->name, name))
      {
        g_ptr_array_remove_index (object->items, i);
        return;
      }
}

/* Gets a member of an object, NULL if there is none of that name. */
ShyJson *
shy_json_get (const ShyJson *object, const char *name)
{
  g_assert (object->kind == SHY_JSON_OBJECT);

  for (guint i = 0; i < object->items->len; i++)
    {
      ShyJson *item = g_ptr_array_index (object->items, i);

      if (g_str_equal (item->name, name))
        return item;
    }
  return NULL;
}
