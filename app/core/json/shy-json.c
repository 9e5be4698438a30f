/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "json/shy-json-document-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Objects with more members than this find duplicates by hash, not by looking at each. */
#define FEW_MEMBERS 16

typedef struct
{
  ShyJsonDocument *document;
  const char      *at;
  const char      *end;
  const char      *line_start;
  guint            line;
  guint            depth;
  gboolean         is_reply;
  GError         **error;
} Reader;

static ShyJson *read_value (Reader        *reader,
                            const ShyJson *parent,
                            const char    *name,
                            guint          index);

static guint
get_column (Reader *reader)
{
  return (guint) g_utf8_strlen (reader->line_start, reader->at - reader->line_start) + 1;
}

static gboolean G_GNUC_PRINTF (3, 4)
fail (Reader *reader, ShyError code, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list          args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);

  /* Translators: a place in a JSON file, then what is wrong there as a whole sentence. */
  g_set_error (reader->error, SHY_ERROR, code, _("line %u, column %u: %s"), reader->line,
               get_column (reader), what);
  return FALSE;
}

static void
skip_space (Reader *reader)
{
  while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t' ||
                                      *reader->at == '\r' || *reader->at == '\n'))
    {
      if (*reader->at == '\n')
        {
          reader->line++;
          reader->line_start = reader->at + 1;
        }
      reader->at++;
    }
}

static gboolean
take (Reader *reader, char c)
{
  skip_space (reader);
  if (reader->at >= reader->end || *reader->at != c)
    return FALSE;
  reader->at++;
  return TRUE;
}

static gboolean
read_hex (Reader *reader, gunichar *value)
{
  *value = 0;
  if (reader->end - reader->at < 4)
    return FALSE;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (reader->at[i]);

      if (digit < 0)
        return FALSE;
      *value = *value * 16 + (gunichar) digit;
    }
  reader->at += 4;
  return TRUE;
}

/* Behind half of a surrogate pair: reads the other half if it follows. */
static gboolean
read_low (Reader *reader, gunichar *low)
{
  const char *start = reader->at;

  if (reader->end - start >= 6 && start[0] == '\\' && start[1] == 'u')
    {
      reader->at += 2;
      if (read_hex (reader, low) && *low >= 0xDC00 && *low <= 0xDFFF)
        return TRUE;
    }
  if (reader->is_reply)
    reader->at = start;
  return FALSE;
}

/* Behind "\u": four digits, or a pair of surrogates that make one character. */
static gboolean
read_unicode (Reader *reader, GString *into)
{
  gunichar high;
  gunichar low;

  if (!read_hex (reader, &high))
    return fail (reader, SHY_ERROR_INVALID, _("Four hexadecimal digits must follow “\\u”."));
  if (high >= 0xD800 && high < 0xDC00)
    {
      if (read_low (reader, &low))
        high = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
      else if (!reader->is_reply)
        return fail (reader, SHY_ERROR_INVALID,
                     _("Half of a surrogate pair stands alone. Write the character itself."));
      else
        high = SHY_JSON_DAMAGED;
    }
  else if (high == 0 || (high >= 0xDC00 && high <= 0xDFFF))
    {
      if (!reader->is_reply)
        return fail (reader, SHY_ERROR_INVALID,
                     _("“\\u%04x” is no character that a text may hold. Remove it."), high);
      high = SHY_JSON_DAMAGED;
    }

  g_string_append_unichar (into, high);
  return TRUE;
}

static gboolean
read_escape (Reader *reader, GString *into)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  char              c = reader->at < reader->end ? *reader->at : '\0';
  const char       *found = c != '\0' ? strchr (from, c) : NULL;

  if (c == 'u')
    {
      reader->at++;
      return read_unicode (reader, into);
    }
  if (found == NULL)
    return fail (reader, SHY_ERROR_INVALID,
                 _("A backslash must be followed by one of \" \\ / b f n r t u."));
  g_string_append_c (into, to[found - from]);
  reader->at++;
  return TRUE;
}

/* Behind the quotation mark, from the first character that cannot be taken as it is. */
static const char *
read_escaped (Reader *reader, const char *start)
{
  g_autoptr (GString) text = g_string_new_len (start, reader->at - start);

  while (reader->at < reader->end && *reader->at != '"')
    {
      if ((guchar) *reader->at < 0x20 && (!reader->is_reply || *reader->at == '\0'))
        return fail (reader, SHY_ERROR_INVALID,
                     _("A text may not hold line breaks or other control characters. "
                       "Write \\n for a line break, or close the text with \".")),
               NULL;
      if (*reader->at != '\\')
        g_string_append_c (text, *reader->at++);
      else
        {
          reader->at++;
          if (!read_escape (reader, text))
            return NULL;
        }
    }
  if (reader->at >= reader->end)
    return fail (reader, SHY_ERROR_INVALID, _("The text is not closed. Add the missing \".")), NULL;

  reader->at++;
  return g_string_chunk_insert_len (reader->document->strings, text->str, (gssize) text->len);
}

static const char *
read_string (Reader *reader)
{
  const char *start = reader->at;
  const char *at = start;

  while (at < reader->end && (guchar) *at >= 0x20 && *at != '"' && *at != '\\')
    at++;
  reader->at = at;
  if (at >= reader->end || *at != '"')
    return read_escaped (reader, start);
  reader->at++;
  return g_string_chunk_insert_len (reader->document->strings, start, at - start);
}

static const char *
skip_digits (const char *at, const char *end)
{
  while (at < end && g_ascii_isdigit (*at))
    at++;
  return at;
}

/* An exponent, which only replies may have. */
static gboolean
read_exponent (Reader *reader, const char **at)
{
  const char *digits = *at + 1;

  if (!reader->is_reply)
    return fail (reader, SHY_ERROR_INVALID,
                 _("A number may not have an exponent here. Write it with all its digits."));
  if (digits < reader->end && (*digits == '+' || *digits == '-'))
    digits++;
  *at = skip_digits (digits, reader->end);
  return *at > digits ||
         fail (reader, SHY_ERROR_INVALID, _("Digits must follow the sign of an exponent."));
}

static const char *
read_number (Reader *reader)
{
  const char *start = reader->at;
  const char *at = start + (*start == '-' ? 1 : 0);
  const char *digits = at;

  at = skip_digits (at, reader->end);
  if (at == digits || (*digits == '0' && at > digits + 1))
    return fail (reader, SHY_ERROR_INVALID, _("A number must begin with one digit other than 0, "
                                              "or be 0.")), NULL;
  if (at < reader->end && *at == '.')
    {
      digits = at + 1;
      at = skip_digits (digits, reader->end);
      if (at == digits)
        return fail (reader, SHY_ERROR_INVALID, _("Digits must follow the decimal point.")), NULL;
    }
  if (at < reader->end && (*at == 'e' || *at == 'E') && !read_exponent (reader, &at))
    return NULL;
  reader->at = at;
  return g_string_chunk_insert_len (reader->document->strings, start, at - start);
}

static gboolean
read_items (Reader *reader, ShyJson *array)
{
  if (take (reader, ']'))
    return TRUE;
  do
    {
      ShyJson *item = read_value (reader, array, NULL, array->items->len);

      if (item == NULL)
        return FALSE;
      g_ptr_array_add (array->items, item);
    }
  while (take (reader, ','));

  return take (reader, ']') ||
         fail (reader, SHY_ERROR_INVALID, _("A comma or “%c” was expected."), ']');
}

/* Tells whether @name is new to @object; @seen is made when there are many members. */
static gboolean
is_new (const ShyJson *object, const char *name, GHashTable **seen)
{
  if (*seen == NULL && object->items->len < FEW_MEMBERS)
    return shy_json_get (object, name) == NULL;
  if (*seen == NULL)
    {
      *seen = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < object->items->len; i++)
        g_hash_table_add (*seen,
                          (gpointer) ((const ShyJson *) g_ptr_array_index (object->items, i))->name);
    }
  return g_hash_table_add (*seen, (gpointer) name);
}

static gboolean
read_member (Reader *reader, ShyJson *object, GHashTable **seen)
{
  const char *name;
  ShyJson    *value;
  gboolean    is_first;

  if (!take (reader, '"'))
    return fail (reader, SHY_ERROR_INVALID, _("The name of a member in \"…\" was expected."));
  name = read_string (reader);
  if (name == NULL)
    return FALSE;
  is_first = is_new (object, name, seen);
  if (!is_first && !reader->is_reply)
    return fail (reader, SHY_ERROR_INVALID,
                 _("The member “%s” stands twice in one object. Remove one of them."), name);
  if (!take (reader, ':'))
    return fail (reader, SHY_ERROR_INVALID, _("“:” was expected behind the name “%s”."), name);
  value = read_value (reader, object, name, 0);
  if (value == NULL)
    return FALSE;
  if (is_first)
    g_ptr_array_add (object->items, value);
  else
    {
      reader->document->duplicates++;
      shy_json_document_set (reader->document, object, name, value);
    }
  return TRUE;
}

static gboolean
read_members (Reader *reader, ShyJson *object)
{
  g_autoptr (GHashTable) seen = NULL;

  if (take (reader, '}'))
    return TRUE;
  do
    {
      if (!read_member (reader, object, &seen))
        return FALSE;
    }
  while (take (reader, ','));

  return take (reader, '}') ||
         fail (reader, SHY_ERROR_INVALID, _("A comma or “%c” was expected."), '}');
}

static gboolean
read_word (Reader *reader, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (reader->end - reader->at) < length || strncmp (reader->at, word, length) != 0)
    return FALSE;
  reader->at += length;
  return TRUE;
}

static gboolean
read_content (Reader *reader, ShyJson *json)
{
  switch (json->kind)
    {
    case SHY_JSON_ARRAY:
      return read_items (reader, json);
    case SHY_JSON_OBJECT:
      return read_members (reader, json);
    case SHY_JSON_STRING:
      json->text = read_string (reader);
      return json->text != NULL;
    case SHY_JSON_NUMBER:
      json->text = read_number (reader);
      return json->text != NULL;
    case SHY_JSON_NULL:
    case SHY_JSON_TRUE:
    case SHY_JSON_FALSE:
    default:
      return TRUE;
    }
}

static gboolean
begin_value (Reader *reader, ShyJsonKind *kind)
{
  char c = reader->at < reader->end ? *reader->at : '\0';

  if (c == '-' || g_ascii_isdigit (c))
    *kind = SHY_JSON_NUMBER;
  else if (c == '"' || c == '[' || c == '{')
    {
      *kind = c == '"' ? SHY_JSON_STRING : c == '[' ? SHY_JSON_ARRAY : SHY_JSON_OBJECT;
      reader->at++;
    }
  else if (read_word (reader, "true"))
    *kind = SHY_JSON_TRUE;
  else if (read_word (reader, "false"))
    *kind = SHY_JSON_FALSE;
  else if (read_word (reader, "null"))
    *kind = SHY_JSON_NULL;
  else
    return FALSE;
  return TRUE;
}

static ShyJson *
read_value (Reader *reader, const ShyJson *parent, const char *name, guint index)
{
  ShyJsonKind kind;
  ShyJson    *json;
  guint       line;

  skip_space (reader);
  line = reader->line;
  if (reader->depth >= SHY_JSON_MAX_DEPTH)
    return fail (reader, SHY_ERROR_LIMIT,
                 _("Lists and objects are nested deeper than %d levels. Flatten the file."),
                 SHY_JSON_MAX_DEPTH), NULL;
  if (!begin_value (reader, &kind))
    return fail (reader, SHY_ERROR_INVALID, _("A value was expected.")), NULL;

  json = shy_json_document_add (reader->document, kind);
  json->line = line;
  json->index = index;
  json->name = name;
  json->parent = parent;
  reader->depth++;
  if (!read_content (reader, json))
    return NULL;
  reader->depth--;
  return json;
}

static gboolean
check_bytes (const char *data, gsize size, gsize max_bytes, GError **error)
{
  if (size > max_bytes)
    return g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
                        _("It is longer than %d bytes, the most that is read. "
                          "Is it the right file?"), (int) max_bytes), FALSE;
  if (!g_utf8_validate_len (data, size, NULL))
    return g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                        _("It is not UTF-8 text. Save it again with the encoding UTF-8.")), FALSE;
  return TRUE;
}

static ShyJsonDocument *
read_document (GBytes *bytes, gsize max_bytes, gboolean is_reply, guint *line, GError **error)
{
  g_autoptr (ShyJsonDocument) self = NULL;
  Reader                      reader = { .line = 1, .is_reply = is_reply, .error = error };
  gsize                       size;
  const char                 *data = g_bytes_get_data (bytes, &size);

  if (!check_bytes (data, size, max_bytes, error))
    return NULL;
  self = shy_json_document_create (NULL, size);
  reader.document = self;
  reader.at = data;
  reader.end = data + size;
  if (size >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0)
    reader.at += 3;
  reader.line_start = reader.at;

  self->root = read_value (&reader, NULL, NULL, 0);
  if (self->root != NULL)
    skip_space (&reader);
  if (line != NULL)
    *line = reader.line;
  if (self->root == NULL)
    return NULL;
  if (reader.at != reader.end)
    return fail (&reader, SHY_ERROR_INVALID, _("Something follows the end of the JSON value. "
                                               "Remove it.")), NULL;
  return g_steal_pointer (&self);
}

/* Reads a file: RFC 8259 without exponents, names unique in their object, at most
 * SHY_JSON_MAX_DEPTH deep and SHY_JSON_MAX_BYTES long; a byte order mark is skipped. */
ShyJsonDocument *
shy_json_document_new (GBytes *bytes, GError **error)
{
  return read_document (bytes, SHY_JSON_MAX_BYTES, FALSE, NULL, error);
}

/* Reads a file as shy_json_document_new(), and tells the line at which reading ended: of what is
 * wrong, 0 for the file as a whole. */
ShyJsonDocument *
shy_json_document_new_to_line (GBytes *bytes, guint *line, GError **error)
{
  *line = 0;
  return read_document (bytes, SHY_JSON_MAX_BYTES, FALSE, line, error);
}

/* Reads what a server sent, as shy_json_document_new() but at most @max_bytes long, and milder:
 * numbers may have exponents, texts may hold control characters, of two members of one name the
 * last counts (see shy_json_document_get_duplicates()), and what can be no character, as \u0000
 * or half a surrogate pair, becomes SHY_JSON_DAMAGED. */
ShyJsonDocument *
shy_json_document_new_reply (GBytes *bytes, gsize max_bytes, GError **error)
{
  return read_document (bytes, max_bytes, TRUE, NULL, error);
}
