/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json/shy-json-private.h"

/* Says where a value stands, and writes it again. */

static gboolean
is_plain (const char *name)
{
  const char *at = name;

  while (*at != '\0' && (g_unichar_isalnum (g_utf8_get_char (at)) || *at == '_' || *at == '-'))
    at = g_utf8_next_char (at);
  return *name != '\0' && *at == '\0';
}

/* Gives the JSON path of a value: $.criteria[2].condition, $.cases[0].facts['合同 开始']. */
char *
shy_json_path (const ShyJson *json)
{
  g_autofree char *before = NULL;

  if (json->origin != NULL)
    return shy_json_path (json->origin);
  if (json->parent == NULL)
    return g_strdup ("$");
  before = shy_json_path (json->parent);
  if (json->name == NULL)
    return g_strdup_printf ("%s[%u]", before, json->index);
  if (is_plain (json->name))
    return g_strdup_printf ("%s.%s", before, json->name);
  return g_strdup_printf ("%s['%s']", before, json->name);
}

/* Writes a text as JSON, in its quotes; what needs no escape is copied in one piece. */
void
shy_json_append_text (GString *into, const char *text)
{
  const char *from = text;

  g_string_append_c (into, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at != '"' && *at != '\\' && (guchar) *at >= 0x20)
        continue;
      g_string_append_len (into, from, at - from);
      if ((guchar) *at < 0x20)
        g_string_append_printf (into, "\\u%04x", (guint) *at);
      else
        {
          g_string_append_c (into, '\\');
          g_string_append_c (into, *at);
        }
      from = at + 1;
    }
  g_string_append (into, from);
  g_string_append_c (into, '"');
}

static void write_value (GString *into, const ShyJson *json, guint depth);

static void
write_items (GString *into, const ShyJson *json, guint depth)
{
  gboolean is_object = json->kind == SHY_JSON_OBJECT;

  g_string_append_c (into, is_object ? '{' : '[');
  for (guint i = 0; i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);

      g_string_append_printf (into, "%s\n%*s", i > 0 ? "," : "", (int) (2 * depth + 2), "");
      if (is_object)
        {
          shy_json_append_text (into, item->name);
          g_string_append (into, ": ");
        }
      write_value (into, item, depth + 1);
    }
  if (json->items->len > 0)
    g_string_append_printf (into, "\n%*s", (int) (2 * depth), "");
  g_string_append_c (into, is_object ? '}' : ']');
}

static void
write_value (GString *into, const ShyJson *json, guint depth)
{
  switch (json->kind)
    {
    case SHY_JSON_ARRAY:
    case SHY_JSON_OBJECT:
      write_items (into, json, depth);
      break;
    case SHY_JSON_STRING:
      shy_json_append_text (into, json->text);
      break;
    case SHY_JSON_NUMBER:
      g_string_append (into, json->text);
      break;
    case SHY_JSON_TRUE:
      g_string_append (into, "true");
      break;
    case SHY_JSON_FALSE:
      g_string_append (into, "false");
      break;
    case SHY_JSON_NULL:
    default:
      g_string_append (into, "null");
    }
}

/* Writes a value, indented; numbers as they were written. */
char *
shy_json_to_string (const ShyJson *json)
{
  GString *text = g_string_new (NULL);

  write_value (text, json, 0);
  return g_string_free (text, FALSE);
}
