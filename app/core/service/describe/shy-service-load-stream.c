/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/describe/shy-service-load-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Reads the streams of a description: where rows are, how they are paged and what is in them. */

#define MAX_PAGES 100000

static void
free_place (ShyPlace *self)
{
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_free (self);
}

static void
free_sync (ShySync *self)
{
  g_free (self->cursor_field);
  g_clear_pointer (&self->start, g_date_time_unref);
  g_free (self->format);
  g_free (self);
}

void
shy_stream_free (ShyServiceStream *self)
{
  g_free (self->name);
  g_free (self->title);
  g_strfreev (self->primary_key);
  g_clear_pointer (&self->key_fields, g_array_unref);
  g_clear_pointer (&self->layers, g_ptr_array_unref);
  g_clear_pointer (&self->records, shy_path_free);
  g_strfreev (self->columns);
  g_clear_pointer (&self->pager.total, free_place);
  g_clear_pointer (&self->pager.cursor, free_place);
  g_free (self->pager.start_cursor);
  g_clear_pointer (&self->sync, free_sync);
  g_clear_pointer (&self->probe, free_place);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->aliases, g_hash_table_unref);
  g_free (self);
}

static ShyPlace *
read_place (ShyServiceReader *reader, const ShyJson *object, const char *name)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_OBJECT);
  ShyPlace      *self;

  if (json == NULL ||
      !shy_json_reader_object (&reader->json, json, "request layer path! ignore_zero"))
    return NULL;
  self = g_new0 (ShyPlace, 1);
  self->request = shy_service_reader_request (reader, json, "request");
  self->layer = (guint) shy_json_reader_integer (&reader->json, json, "layer", 0, 0);
  self->paths = shy_service_reader_paths (reader, json, "path");
  self->ignore_zero = shy_json_reader_boolean (&reader->json, json, "ignore_zero", FALSE);
  return self;
}

static void
read_selector (ShyServiceReader *reader, const ShyJson *root, ShyServiceStream *self)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, root, "record_selector",
                                             SHY_JSON_OBJECT);

  if (json == NULL ||
      !shy_json_reader_object (&reader->json, json, "layers records row_shape columns"))
    return;
  self->layers = shy_service_reader_layers (reader, json);
  self->records = shy_service_reader_path (reader, json, "records");
  if (self->records == NULL && reader->json.error == NULL)
    self->records = shy_path_new ("$[*]", NULL);
  self->shape = (ShyShape) shy_json_reader_word (&reader->json, json, "row_shape",
                                                 "auto objects arrays_with_header arrays", 0);
  self->columns = shy_json_reader_strings (&reader->json, json, "columns");
  if (reader->json.error == NULL && (self->shape == SHY_SHAPE_ARRAYS) != (self->columns != NULL))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("There must be “columns” exactly where “row_shape” is “arrays”."));
}

static void
read_stops (ShyServiceReader *reader, const ShyJson *json, ShyPager *self)
{
  static const char *const words[] = { "empty_page", "short_page", "total_reached", NULL };
  g_auto (GStrv)           stops = shy_json_reader_strings (&reader->json, json, "stop");

  self->stop = stops == NULL ? SHY_STOP_EMPTY_PAGE | SHY_STOP_TOTAL_REACHED : 0;
  for (gsize i = 0; stops != NULL && stops[i] != NULL; i++)
    {
      guint word = 0;

      while (words[word] != NULL && !g_str_equal (words[word], stops[i]))
        word++;
      if (words[word] == NULL)
        shy_json_reader_fail (&reader->json, shy_json_get (json, "stop"), SHY_ERROR_INVALID,
                              _("“%s” is none of the words that may stand here: %s."), stops[i],
                              "empty_page, short_page, total_reached");
      self->stop |= 1u << word;
    }
}

static void
read_pager (ShyServiceReader *reader, const ShyJson *root, ShyPager *self)
{
  ShyJsonReader *reading = &reader->json;
  const ShyJson *json = shy_json_reader_get (reading, root, "paginator", SHY_JSON_OBJECT);
  gint64         most;

  self->page_size = 1;
  self->max_pages = 1;
  if (json == NULL ||
      !shy_json_reader_object (reading, json,
                               "type! page_size page_size_max page_unit start_from start_cursor "
                               "max_pages on_duplicate_page stop total cursor"))
    return;
  self->kind = (ShyPagerKind) shy_json_reader_word (
    reading, json, "type", "none page_increment offset_increment cursor row_window", 0);
  self->page_size = (guint) shy_json_reader_integer (reading, json, "page_size", 1, 100);
  most = shy_json_reader_integer (reading, json, "page_size_max", 1, self->page_size);
  if (self->page_size > most)
    shy_json_reader_fail (reading, shy_json_get (json, "page_size"), SHY_ERROR_INVALID,
                          _("The service allows %d rows a page at most. Lower “page_size”."),
                          (int) most);
  self->start_from = shy_json_reader_integer (reading, json, "start_from", 0,
                                              self->kind == SHY_PAGER_OFFSET ? 0 : 1);
  self->unit = (guint) shy_json_reader_integer (reading, json, "page_unit", 1, 0);
  self->start_cursor = shy_json_reader_string (reading, json, "start_cursor");
  self->max_pages = (guint) shy_json_reader_integer (reading, json, "max_pages", 1, MAX_PAGES);
  self->on_duplicate = (ShyDuplicate) shy_json_reader_word (reading, json, "on_duplicate_page",
                                                            "fail stop ignore", 0);
  read_stops (reader, json, self);
  self->total = read_place (reader, json, "total");
  self->cursor = read_place (reader, json, "cursor");
  if (reading->error == NULL && (self->kind == SHY_PAGER_CURSOR) != (self->cursor != NULL))
    shy_json_reader_fail (reading, json, SHY_ERROR_INVALID,
                          _("There must be “cursor” exactly where “type” is “cursor”."));
}

/* Takes the part of ISO 8601 that steps are written in: P7D, P1M, P1Y, PT12H. */
static gboolean
parse_span (const char *text, ShyDuration *span)
{
  const char *at = text + 1;
  gboolean    in_day = FALSE;

  *span = (ShyDuration) { 0 };
  if (*text != 'P' || *at == '\0')
    return FALSE;
  while (*at != '\0')
    {
      char   *end;
      guint64 count;

      if (*at == 'T' && !in_day)
        {
          in_day = TRUE;
          at++;
        }
      if (!g_ascii_isdigit (*at))
        return FALSE;
      count = g_ascii_strtoull (at, &end, 10);
      if (count > 100000)
        return FALSE;
      if (!in_day && *end == 'D')
        span->days += (guint) count;
      else if (!in_day && *end == 'W')
        span->days += 7 * (guint) count;
      else if (!in_day && *end == 'M')
        span->months += (guint) count;
      else if (!in_day && *end == 'Y')
        span->months += 12 * (guint) count;
      else if (in_day && (*end == 'H' || *end == 'M' || *end == 'S'))
        span->seconds += (guint) count * (*end == 'H' ? 3600 : *end == 'M' ? 60 : 1);
      else
        return FALSE;
      at = end + 1;
    }
  return TRUE;
}

static void
read_span (ShyServiceReader *reader, const ShyJson *object, const char *name, ShyDuration *span)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, name, SHY_JSON_STRING);

  if (json != NULL && !parse_span (json->text, span))
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("“%s” is no span of time. Write it as P7D, P1M or PT12H."), json->text);
}

static GDateTime *
read_start (ShyServiceReader *reader, const ShyJson *object)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, object, "start_datetime",
                                             SHY_JSON_STRING);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autofree char      *text = NULL;
  GDateTime            *start;

  if (json == NULL)
    return NULL;
  text = strlen (json->text) == 10 ? g_strconcat (json->text, "T00:00:00", NULL)
                                   : g_strdup (json->text);
  start = g_date_time_new_from_iso8601 (text, zone);
  if (start == NULL)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("“%s” is no date. Write it as 2025-06-30."), json->text);
  return start;
}

static void
read_sync (ShyServiceReader *reader, const ShyJson *root, ShyServiceStream *stream)
{
  const ShyJson *json = shy_json_reader_get (&reader->json, root, "incremental_sync",
                                             SHY_JSON_OBJECT);
  ShySync       *self;

  if (json == NULL ||
      !shy_json_reader_object (&reader->json, json,
                               "type! cursor_field! start_datetime! step! lookback_window "
                               "datetime_format! bounds!"))
    return;
  self = stream->sync = g_new0 (ShySync, 1);
  shy_json_reader_word (&reader->json, json, "type", "datetime_window", 0);
  self->cursor_field = shy_json_reader_string (&reader->json, json, "cursor_field");
  self->start = read_start (reader, json);
  read_span (reader, json, "step", &self->step);
  read_span (reader, json, "lookback_window", &self->lookback);
  self->format = shy_json_reader_string (&reader->json, json, "datetime_format");
  self->bounds = (ShyBounds) shy_json_reader_word (
    &reader->json, json, "bounds", "inclusive_both exclusive_both start_inclusive", 0);
  self->by_second = self->format != NULL && strstr (self->format, "%H") != NULL;
  if (reader->json.error == NULL &&
      self->step.months + self->step.days + self->step.seconds == 0)
    shy_json_reader_fail (&reader->json, shy_json_get (json, "step"), SHY_ERROR_INVALID,
                          _("The step is empty. Write how much time one request asks for."));
}

static guint
find_field (ShyServiceStream *self, const char *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_str_equal (((const ShyServiceField *) g_ptr_array_index (self->fields, i))->field.name, name))
      return i;
  return G_MAXUINT;
}

static void
check_keys (ShyServiceReader *reader, const ShyJson *json, ShyServiceStream *self)
{
  self->key_fields = g_array_new (FALSE, FALSE, sizeof (guint));
  for (gsize i = 0; self->primary_key != NULL && self->primary_key[i] != NULL; i++)
    {
      guint index = find_field (self, self->primary_key[i]);

      if (index == G_MAXUINT)
        shy_json_reader_fail (&reader->json, shy_json_get (json, "primary_key"), SHY_ERROR_INVALID,
                              _("There is no field “%s” in this stream."), self->primary_key[i]);
      g_array_append_val (self->key_fields, index);
    }
  if (self->sync != NULL && find_field (self, self->sync->cursor_field) == G_MAXUINT)
    shy_json_reader_fail (&reader->json, shy_json_get (json, "incremental_sync"),
                          SHY_ERROR_INVALID, _("There is no field “%s” in this stream."),
                          self->sync->cursor_field);
  if (reader->json.error == NULL && self->merges && self->key_fields->len == 0)
    shy_json_reader_fail (&reader->json, json, SHY_ERROR_INVALID,
                          _("Rows that are merged need a “primary_key”."));
}

/* The first field that lists a name takes it; names differ in case only by accident. */
static void
collect_aliases (ShyServiceStream *self)
{
  self->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const ShyServiceField *field = g_ptr_array_index (self->fields, i);

      for (gsize j = 0; field->field.aliases[j] != NULL; j++)
        {
          g_autofree char *folded = g_utf8_casefold (field->field.aliases[j], -1);

          if (!g_hash_table_contains (self->aliases, folded))
            g_hash_table_insert (self->aliases, g_steal_pointer (&folded),
                                 GUINT_TO_POINTER (i + 1));
        }
    }
}

/* Reads where records are and what is in them, of what is neither paged nor kept. */
ShyServiceStream *
shy_service_reader_shape (ShyServiceReader *reader, const ShyJson *json)
{
  ShyServiceStream *self = g_new0 (ShyServiceStream, 1);

  self->pager.page_size = self->pager.max_pages = 1;
  read_selector (reader, json, self);
  self->fields = shy_service_reader_fields (reader, json);
  self->key_fields = g_array_new (FALSE, FALSE, sizeof (guint));
  if (reader->json.error == NULL)
    collect_aliases (self);
  return self;
}

gpointer
shy_service_reader_stream (ShyServiceReader *reader, const ShyJson *json)
{
  ShyServiceStream *self;

  if (!shy_json_reader_object (&reader->json, json,
                               "name! title! primary_key write_disposition min_complete_ratio "
                               "requester record_selector! paginator incremental_sync "
                               "update_probe fields!"))
    return NULL;
  self = g_new0 (ShyServiceStream, 1);
  self->name = shy_json_reader_string (&reader->json, json, "name");
  self->title = shy_json_reader_string (&reader->json, json, "title");
  self->primary_key = shy_json_reader_strings (&reader->json, json, "primary_key");
  self->merges =
    shy_json_reader_word (&reader->json, json, "write_disposition", "replace merge", 0) == 1;
  self->min_complete_ratio =
    shy_service_reader_number (reader, json, "min_complete_ratio", 1, 0);
  self->requester = shy_service_reader_request (reader, json, "requester");
  read_selector (reader, json, self);
  read_pager (reader, json, &self->pager);
  read_sync (reader, json, self);
  self->probe = read_place (reader, json, "update_probe");
  self->fields = shy_service_reader_fields (reader, json);
  if (reader->json.error == NULL)
    {
      check_keys (reader, json, self);
      collect_aliases (self);
    }
  return self;
}
