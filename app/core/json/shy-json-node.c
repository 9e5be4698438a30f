/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "json/shy-json-node.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* json-glib reads and frees what nests with as many nested calls and knows no limit: a hundred
 * thousand brackets use up the stack. Nothing that this program writes nests deeper than a dozen. */
#define MAX_DEPTH 512
#define MAX_BYTES (64 * 1024 * 1024)

/**
 * shy_json_check_text:
 * @text: what should be JSON
 * @length: its length, bytes, or -1 if it ends with a zero byte
 * @error: return location for an error
 *
 * Sees whether a text is small and flat enough for json-glib: 64 MiB, and 512 lists and objects
 * within each other. Everything that goes to json-glib goes through here.
 *
 * Errors: %SHY_ERROR_LIMIT.
 *
 * Returns: whether it may be parsed
 */
gboolean
shy_json_check_text (const char  *text,
                     gssize       length,
                     GError     **error)
{
  gsize    size;
  guint    depth = 0;
  gboolean inside = FALSE;

  g_return_val_if_fail (text != NULL, FALSE);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (size > MAX_BYTES)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
                   _("The JSON is longer than %d MiB, and more than that is not read."),
                   MAX_BYTES / 1024 / 1024);
      return FALSE;
    }
  for (gsize i = 0; i < size; i++)
    if (inside && text[i] == '\\')
      i++;
    else if (text[i] == '"')
      inside = !inside;
    else if (!inside && (text[i] == '[' || text[i] == '{') && ++depth > MAX_DEPTH)
      {
        g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
                     _("The JSON nests more than %d lists and objects within each other, and "
                       "deeper than that is not read."), MAX_DEPTH);
        return FALSE;
      }
    else if (!inside && (text[i] == ']' || text[i] == '}') && depth > 0)
      depth--;

  return TRUE;
}

/**
 * shy_json_node_from_text:
 * @text: JSON
 * @length: its length, bytes, or -1 if it ends with a zero byte
 * @error: return location for an error
 *
 * Parses what may have been written by somebody else, as json_from_string() does, within the bounds
 * of shy_json_check_text().
 *
 * Errors: those of #JsonParserError; %SHY_ERROR_LIMIT.
 *
 * Returns: (transfer full): the value, never an empty node, or %NULL with @error set
 */
JsonNode *
shy_json_node_from_text (const char  *text,
                         gssize       length,
                         GError     **error)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonNode              *root;

  g_return_val_if_fail (text != NULL, NULL);

  if (!shy_json_check_text (text, length, error))
    return NULL;
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, length, error))
    return NULL;
  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID, _("The JSON is empty."));

  return root;
}
