/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/describe/shy-service-lookup-private.h"
#include "service/describe/shy-service-load-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Reads the look-ups of a description: what is sent, where the one record is, and which facts of a
 * policy it gives. */

static void
free_source (gpointer data)
{
  ShyLookupSource *self = data;

  g_clear_pointer (&self->map, g_hash_table_unref);
  g_free (self);
}

static void
free_where (gpointer data)
{
  ShyLookupWhere *self = data;

  g_free (self->values);
  g_free (self);
}

void
shy_service_lookup_free (ShyServiceLookup *self)
{
  g_clear_pointer (&self->parameters, g_ptr_array_unref);
  g_clear_pointer (&self->where, g_ptr_array_unref);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_clear_pointer (&self->nothing.when, shy_success_free);
  g_clear_pointer (&self->nothing.facts, g_ptr_array_unref);
  g_clear_pointer (&self->shape, shy_stream_free);
  g_free (self);
}

/* Texts of a description live as long as its JSON. */
static const char *
read_text (ShyServiceReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_STRING);

  return json != NULL ? json->text : NULL;
}

static gpointer
read_parameter (ShyServiceReader *reader, const ShyJson *json)
{
  ShyLookupParameter *self;

  if (!shy_json_reader_object (&reader->json, json, "name! title! type! fact sensitive required"))
    return NULL;
  self = g_new0 (ShyLookupParameter, 1);
  self->name = read_text (reader, json, "name");
  self->title = read_text (reader, json, "title");
  self->fact = read_text (reader, json, "fact");
  self->type = (ShyLookupType) shy_json_reader_word (&reader->json, json, "type",
                                                     "text resident-id credit-code", 0);
  self->sensitive = shy_json_reader_boolean (&reader->json, json, "sensitive",
                                             self->type == SHY_LOOKUP_RESIDENT_ID);
  self->required = shy_json_reader_boolean (&reader->json, json, "required", TRUE);
  if (self->name != NULL)
    g_hash_table_add (reader->names, g_strconcat ("lookup.", self->name, NULL));
  return self;
}

static guint
find_field (ShyServiceReader *reader, const ShyServiceLookup *self, const ShyJson *object,
            const char *member)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, member, SHY_JSON_STRING);

  for (guint i = 0; json != NULL && i < self->shape->fields->len; i++)
    if (g_strcmp0 (((const ShyServiceField *) self->shape->fields->pdata[i])->field.name, json->text) == 0)
      return i;
  if (json != NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("There is no field “%s” in this look-up."), json->text);
  return G_MAXUINT;
}

static GHashTable *
read_map (ShyServiceReader *reader, const ShyJson *object)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, "map", SHY_JSON_OBJECT);
  GHashTable    *map;

  if (json == NULL)
    return NULL;
  map = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);

      if (shy_json_reader_expect (&reader->json, item, SHY_JSON_STRING))
        g_hash_table_insert (map, (gpointer) item->name, (gpointer) item->text);
    }
  return map;
}

static ShyLookupSource *
read_source (ShyServiceReader *reader, const ShyServiceLookup *lookup, const ShyJson *json,
             const char *members)
{
  ShyLookupSource *self;

  if (!shy_json_reader_object (&reader->json, json, members))
    return NULL;
  self = g_new0 (ShyLookupSource, 1);
  self->fact = read_text (reader, json, "fact");
  self->field = find_field (reader, lookup, json, "field");
  self->value = read_text (reader, json, "value");
  self->map = read_map (reader, json);
  if (reader->json.error == NULL && (self->field == G_MAXUINT) == (self->value == NULL))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("A fact comes from a “field” or is a “value”: write one of them."));
  else if (reader->json.error == NULL && self->value != NULL && self->map != NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("A “map” belongs to a “field”. Remove it."));
  return self;
}

static GPtrArray *
read_sources (ShyServiceReader *reader, const ShyServiceLookup *lookup, const ShyJson *object,
              const char *members)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, "facts", SHY_JSON_ARRAY);
  GPtrArray     *sources = g_ptr_array_new_with_free_func (free_source);

  for (guint i = 0; json != NULL && i < json->items->len && reader->json.error == NULL; i++)
    {
      ShyLookupSource *source = read_source (reader, lookup, json->items->pdata[i], members);

      if (source != NULL)
        g_ptr_array_add (sources, source);
    }
  shy_json_reader_unique (&reader->json, object, "facts", "fact");
  return sources;
}

static const char **
read_values (ShyServiceReader *reader, const ShyJson *json)
{
  const char **values = g_new0 (const char *, json->items->len + 1);

  for (guint i = 0; i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);

      if (!shy_json_reader_expect (&reader->json, item, SHY_JSON_STRING))
        break;
      shy_service_reader_templates (reader, item);
      values[i] = item->text;
    }
  return values;
}

static void
read_where (ShyServiceReader *reader, ShyServiceLookup *lookup, const ShyJson *object)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, "where", SHY_JSON_ARRAY);

  lookup->where = g_ptr_array_new_with_free_func (free_where);
  for (guint i = 0; json != NULL && i < json->items->len && reader->json.error == NULL; i++)
    {
      const ShyJson  *item = g_ptr_array_index (json->items, i);
      const ShyJson  *in;
      ShyLookupWhere *self;

      if (!shy_json_reader_object (&reader->json, item, "field! in!"))
        return;
      self = g_new0 (ShyLookupWhere, 1);
      g_ptr_array_add (lookup->where, self);
      self->field = find_field (reader, lookup, item, "field");
      in = shy_json_reader_get (&reader->json, item, "in", SHY_JSON_ARRAY);
      self->values = in != NULL ? read_values (reader, in) : NULL;
    }
}

static void
read_nothing (ShyServiceReader *reader, ShyServiceLookup *lookup, const ShyJson *object)
{
  ShyLookupNothing *self = &lookup->nothing;
  const ShyJson    *json = shy_json_reader_get (&reader->json, object, "not_found",
                                                SHY_JSON_OBJECT);

  self->said = json != NULL;
  if (json == NULL || !shy_json_reader_object (&reader->json, json, "empty when layer facts"))
    return;
  self->empty = shy_json_reader_boolean (&reader->json, json, "empty", FALSE);
  self->when = shy_service_reader_success (
    reader, shy_json_reader_get (&reader->json, json, "when", SHY_JSON_OBJECT));
  self->layer = (guint) shy_json_reader_integer (&reader->json, json, "layer", 0, 0);
  self->facts = read_sources (reader, lookup, json, "fact! value!");
  if (reader->json.error == NULL && !self->empty && self->when == NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("Say how the service tells that there is no such record: "
                            "“empty”: true or “when”."));
}

/* A look-up asks about something, and what it answers must be of use. */
static void
check_use (ShyServiceReader *reader, const ShyJson *json, const ShyServiceLookup *self)
{
  if (reader->json.error == NULL && self->parameters->len == 0)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The look-up has no parameters. Add what it asks about."));
  if (reader->json.error == NULL && self->facts->len == 0)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The look-up gives no facts. Add one."));
}

/* Names of parameters are only known inside of their look-up. */
static void
forget_parameters (ShyServiceReader *reader, const ShyServiceLookup *self)
{
  for (guint i = 0; i < self->parameters->len; i++)
    {
      const ShyLookupParameter *parameter = g_ptr_array_index (self->parameters, i);
      g_autofree char          *name = g_strconcat ("lookup.", parameter->name, NULL);

      g_hash_table_remove (reader->names, name);
    }
}

gpointer
shy_service_reader_lookup (ShyServiceReader *reader, const ShyJson *json)
{
  ShyServiceLookup *self;

  if (!shy_json_reader_object (&reader->json, json,
                               "name! title! purpose! note parameters! request record_selector! "
                               "fields! where source_at facts! not_found"))
    return NULL;
  self = g_new0 (ShyServiceLookup, 1);
  self->name = read_text (reader, json, "name");
  self->title = read_text (reader, json, "title");
  self->purpose = read_text (reader, json, "purpose");
  self->note = read_text (reader, json, "note");
  self->parameters = g_ptr_array_new_with_free_func (g_free);
  shy_service_reader_list (reader, json, "parameters", read_parameter, self->parameters);
  shy_json_reader_unique (&reader->json, json, "parameters", "name");
  self->request = shy_service_reader_request (reader, json, "request");
  self->shape = shy_service_reader_shape (reader, json);
  read_where (reader, self, json);
  self->source_at = find_field (reader, self, json, "source_at");
  self->facts = read_sources (reader, self, json, "fact! field value map");
  read_nothing (reader, self, json);
  check_use (reader, json, self);
  forget_parameters (reader, self);
  return self;
}
