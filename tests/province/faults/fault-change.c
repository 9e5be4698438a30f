/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-private.h"

#include <string.h>

/* What faults share: changing texts, bodies and rows. */

/* Says something else instead of the answer. */
void
fault_say (WireReply *reply, guint status, const char *type, const char *text)
{
  reply->status = status;
  wire_reply_set (reply, "Content-Type", type);
  wire_reply_take_body (reply, g_bytes_new (text, strlen (text)));
}

void
fault_take_text (WireReply *reply, char *text)
{
  wire_reply_take_body (reply, g_bytes_new_take (text, strlen (text)));
}

GString *
fault_copy_text (WireReply *reply)
{
  return g_string_new_len (g_bytes_get_data (reply->body, NULL),
                           (gssize) g_bytes_get_size (reply->body));
}

GBytes *
fault_gzip (GBytes *plain)
{
  g_autoptr (GConverter)    deflater = NULL;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = NULL;

  deflater = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  stream = g_converter_output_stream_new (memory, deflater);
  g_output_stream_write_all (stream, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), NULL,
                             NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* @size bytes of blanks, packed. */
GBytes *
fault_gzip_blanks (gsize size)
{
  g_autoptr (GConverter)    deflater = NULL;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = NULL;
  g_autofree char          *blanks = g_strnfill (1024, ' ');

  deflater = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  stream = g_converter_output_stream_new (memory, deflater);
  for (gsize i = 0; i < size; i += 1024)
    g_output_stream_write_all (stream, blanks, 1024, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* (transfer full) */
JsonArray *
fault_parse_rows (GString *json)
{
  g_autoptr (JsonNode) root = json_from_string (json->str, NULL);

  g_assert (root != NULL && JSON_NODE_HOLDS_ARRAY (root));
  return json_node_dup_array (root);
}

void
fault_write_rows (GString *json, JsonArray *rows)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  g_autofree char     *text = NULL;

  json_node_set_array (root, rows);
  text = json_to_string (root, FALSE);
  g_string_assign (json, text);
}

void
fault_each_row (GString *json, FaultRow func, Strike *strike)
{
  g_autoptr (JsonArray) rows = fault_parse_rows (json);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    func (json_array_get_object_element (rows, i), i, strike);
  fault_write_rows (json, rows);
}

/* Calls for each cell that is a text. */
void
fault_each_text (JsonObject *row, guint index, FaultCell func, Strike *strike)
{
  g_autoptr (GList) names = json_object_get_members (row);

  for (GList *at = names; at != NULL; at = at->next)
    {
      JsonNode        *cell = json_object_get_member (row, at->data);
      g_autofree char *text = json_node_get_value_type (cell) == G_TYPE_STRING
                                ? json_node_dup_string (cell)
                                : NULL;

      if (text != NULL)
        func (row, at->data, text, index, strike);
    }
}

void
fault_replace (GString *text, const char *pattern, const char *replacement)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autofree char   *changed = g_regex_replace (regex, text->str, (gssize) text->len, 0,
                                                replacement, 0, NULL);

  g_string_assign (text, changed);
}
