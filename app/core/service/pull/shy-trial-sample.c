/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-trial-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Shows what an answer is made of without telling what is in it. */

#define SAMPLE_MOST 2048 /* bytes */
#define ITEMS_SHOWN 2    /* of a list */
#define TEXT_SHOWN 60    /* characters of a value */
#define CODE_MOST 16     /* characters of what may be a code */

typedef struct
{
  ShyExchange            *exchange;
  const ShyServiceStream *stream;
  GString                *out;
} Sample;

static void write_json (Sample        *self,
                        const ShyJson *json,
                        gboolean       in_list);

static gboolean
is_full (Sample *self)
{
  return self->out->len >= SAMPLE_MOST;
}

static const ShyServiceField *
find_field (Sample *self, const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->stream->aliases, folded));

  return index > 0 ? g_ptr_array_index (self->stream->fields, index - 1) : NULL;
}

/* What a service says about the request itself. */
static gboolean
is_message (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return strstr (folded, "msg") != NULL || strstr (folded, "message") != NULL ||
         strstr (folded, "err") != NULL;
}

/* Success, codes and totals of an envelope. */
static gboolean
is_code (const char *text)
{
  return strlen (text) <= CODE_MOST && g_str_is_ascii (text);
}

static gboolean
may_show (Sample *self, const ShyJson *json, gboolean in_list)
{
  const ShyServiceField *field = json->name != NULL ? find_field (self, json->name) : NULL;

  if (field != NULL)
    return !field->field.personal;
  return !in_list && (json->name == NULL || is_message (json->name) || is_code (json->text));
}

static void
write_text (Sample *self, const ShyJson *json, gboolean in_list)
{
  g_autofree char *clean = shy_scrub_text (self->exchange->scrub, json->text);
  g_autofree char *shown = may_show (self, json, in_list)
                             ? g_utf8_substring (clean, 0, MIN (TEXT_SHOWN,
                                                                g_utf8_strlen (clean, -1)))
                             : shy_scrub_mask (clean);
  const char      *mark = json->kind == SHY_JSON_STRING ? "\"" : "";

  g_string_append_printf (self->out, "%s%s%s", mark, shown, mark);
}

/* Writes a text that is JSON as what it holds. Says whether it was. */
static gboolean
write_inside (Sample *self, const ShyJson *json, gboolean in_list)
{
  g_autoptr (GBytes)          bytes = NULL;
  g_autoptr (ShyJsonDocument) inside = NULL;

  if (json->kind != SHY_JSON_STRING || (*json->text != '{' && *json->text != '['))
    return FALSE;
  bytes = g_bytes_new_static (json->text, strlen (json->text));
  inside = shy_json_document_new_reply (bytes, g_bytes_get_size (bytes), NULL);
  if (inside == NULL)
    return FALSE;
  g_string_append_c (self->out, '"');
  write_json (self, shy_json_document_get_root (inside), in_list);
  g_string_append_c (self->out, '"');
  return TRUE;
}

static void
write_name (Sample *self, const char *name)
{
  g_autofree char *clean = shy_scrub_text (self->exchange->scrub, name);

  g_string_append_printf (self->out, "\"%s\": ", clean);
}

static void
write_items (Sample *self, const ShyJson *json, gboolean in_list)
{
  gboolean is_list = json->kind == SHY_JSON_ARRAY;
  guint    shown = is_list ? MIN (json->items->len, ITEMS_SHOWN) : json->items->len;

  g_string_append_c (self->out, is_list ? '[' : '{');
  for (guint i = 0; i < shown && !is_full (self); i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);

      g_string_append (self->out, i > 0 ? ", " : "");
      if (!is_list)
        write_name (self, item->name);
      write_json (self, item, in_list || is_list);
    }
  if (shown < json->items->len)
    /* Translators: of a list of which the beginning is shown. */
    g_string_append_printf (self->out, _(", … %u more"), json->items->len - shown);
  g_string_append_c (self->out, is_list ? ']' : '}');
}

static void
write_json (Sample *self, const ShyJson *json, gboolean in_list)
{
  if (is_full (self) || write_inside (self, json, in_list))
    return;
  if (json->items != NULL)
    write_items (self, json, in_list);
  else if (json->text != NULL)
    write_text (self, json, in_list);
  else
    g_string_append (self->out, json->kind == SHY_JSON_TRUE    ? "true"
                                : json->kind == SHY_JSON_FALSE ? "false"
                                                               : "null");
}

static char *
cut (const char *text)
{
  const char *end = text + MIN (strlen (text), SAMPLE_MOST - strlen ("…"));

  while (*end != '\0' && (*end & 0xc0) == 0x80)
    end--;
  return g_strdup_printf ("%.*s%s", (int) (end - text), text, *end != '\0' ? "…" : "");
}

/* The beginning of an answer as it may be shown: envelopes as they are, texts that are JSON opened,
 * two items of each list, and values masked unless the description says what they are. */
char *
shy_trial_sample (ShyExchange *exchange, const ShyServiceStream *stream, const char *reply)
{
  g_autoptr (GString)         out = g_string_new (NULL);
  g_autoptr (GBytes)          bytes = g_bytes_new_static (reply, strlen (reply));
  g_autoptr (ShyJsonDocument) json =
    shy_json_document_new_reply (bytes, MAX (g_bytes_get_size (bytes), 1), NULL);
  Sample           self = { exchange, stream, out };
  g_autofree char *excerpt = NULL;
  g_autofree char *clean = NULL;

  if (json != NULL)
    {
      write_json (&self, shy_json_document_get_root (json), FALSE);
      return cut (out->str);
    }
  excerpt = shy_reply_excerpt (reply);
  clean = shy_scrub_text (exchange->scrub, excerpt);
  return cut (clean);
}
