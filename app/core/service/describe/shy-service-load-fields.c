/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/describe/shy-service-load-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Reads the fields of a stream. */

/* The type of a field of a row. */
ShyFieldType
shy_service_reader_type (ShyJsonReader *reader, const ShyJson *json)
{
  static const ShyFieldType types[] = {
    SHY_FIELD_TEXT, SHY_FIELD_INTEGER,  SHY_FIELD_NUMBER, SHY_FIELD_BOOLEAN,
    SHY_FIELD_DATE, SHY_FIELD_DATETIME, SHY_FIELD_CODE,   SHY_FIELD_HTML_TEXT,
  };

  return types[shy_json_reader_word (reader, json, "type",
                                     "text integer decimal boolean date datetime code html_text", 0)];
}

/* What stands for nothing where a description does not say. */
static const char *const nulls[] = { "", "null", "NULL", "无", "-", "\\N", NULL };

static void
free_field (gpointer data)
{
  ShyServiceField *self = data;

  shy_field_clear (&self->field);
  g_strfreev (self->formats);
  g_strfreev (self->nulls);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->pattern, g_regex_unref);
  g_free (self);
}

static GTimeZone *
read_zone (ShyServiceReader *reader, const ShyJson *object)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, "timezone", SHY_JSON_STRING);
  GTimeZone *zone = g_time_zone_new_identifier (json != NULL ? json->text : "Asia/Shanghai");

  if (zone == NULL)
    shy_json_reader_fail (&reader->json, json != NULL ? json : object, SHY_ERROR_INVALID,
                          _("“%s” is no time zone. Write it as Asia/Shanghai or +08:00."),
                          json != NULL ? json->text : "Asia/Shanghai");
  return zone;
}

static void
read_map (ShyServiceReader *reader, const ShyJson *object, ShyField *field)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, "map", SHY_JSON_OBJECT);

  for (guint i = 0; json != NULL && i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);

      if (shy_json_reader_expect (&reader->json, item, SHY_JSON_STRING))
        shy_field_add_synonym (field, item->name, item->text);
    }
}

static gboolean
is_format (const char *format)
{
  static const char *const words[] = { "epoch_ms", "epoch_s", "excel_serial", NULL };
  gboolean                 has_year = FALSE;

  if (g_strv_contains (words, format))
    return TRUE;
  for (const char *at = format; *at != '\0'; at++)
    if (*at == '%')
      {
        at++;
        if (*at == '\0' || strchr ("YmdHMS%", *at) == NULL)
          return FALSE;
        has_year = has_year || *at == 'Y';
      }
  return has_year;
}

static void
check_formats (ShyServiceReader *reader, const ShyJson *json, ShyServiceField *self)
{
  gboolean is_time = self->field.type == SHY_FIELD_DATE || self->field.type == SHY_FIELD_DATETIME;

  for (gsize i = 0; self->formats != NULL && self->formats[i] != NULL; i++)
    if (!is_time || !is_format (self->formats[i]))
      shy_json_reader_fail (&reader->json, shy_json_get (json, "formats"), SHY_ERROR_INVALID,
                            _("“%s” is no format of a date. Build it from %%Y %%m %%d %%H %%M %%S, "
                              "or write epoch_ms, epoch_s or excel_serial."), self->formats[i]);
}

static gpointer
read_field (ShyServiceReader *reader, const ShyJson *json)
{
  ShyServiceField *self;
  ShyField        *field;
  g_autofree char *title = NULL;

  if (!shy_json_reader_object (&reader->json, json,
                               "name! title from! type! formats timezone nulls trim map pattern "
                               "required sensitive"))
    return NULL;
  self = g_new0 (ShyServiceField, 1);
  field = &self->field;
  field->name = shy_json_reader_string (&reader->json, json, "name");
  title = shy_json_reader_string (&reader->json, json, "title");
  field->label = title != NULL ? shy_text_new (title, NULL) : NULL;
  field->type = shy_service_reader_type (&reader->json, json);
  field->aliases = shy_json_reader_strings (&reader->json, json, "from");
  field->bounds.scale = -1;
  field->required = shy_json_reader_boolean (&reader->json, json, "required", FALSE);
  field->personal = shy_json_reader_boolean (&reader->json, json, "sensitive", FALSE);
  read_map (reader, json, field);
  self->formats = shy_json_reader_strings (&reader->json, json, "formats");
  self->nulls = shy_service_reader_scalars (reader, json, "nulls");
  if (self->nulls == NULL)
    self->nulls = g_strdupv ((char **) nulls);
  self->zone = read_zone (reader, json);
  self->pattern = shy_service_reader_pattern (reader, json, "pattern");
  self->trim = shy_json_reader_boolean (&reader->json, json, "trim", TRUE);
  check_formats (reader, json, self);
  return self;
}

GPtrArray *
shy_service_reader_fields (ShyServiceReader *reader, const ShyJson *json)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (free_field);

  shy_service_reader_list (reader, json, "fields", read_field, fields);
  shy_json_reader_unique (&reader->json, json, "fields", "name");
  if (reader->json.error == NULL && fields->len == 0)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("The stream has no fields. Add one."));
  return fields;
}
