/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-reply-private.h"

#include "service/wire/shy-transport-error-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK (64 * 1024)   /* bytes */
#define EXCERPT 2048        /* bytes of a page that is kept for the person to see */

static gboolean
is_gzip (GBytes *body)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (body, &size);

  return size > 2 && data[0] == 0x1f && data[1] == 0x8b;
}

/* Undoes a compression that the headers did not announce; other bodies pass as they are. No more
 * than @most bytes come out: %SHY_ERROR_LIMIT. A cut stream is %SHY_ERROR_DAMAGED. */
GBytes *
shy_reply_inflate (GBytes  *body,
                   gsize    most,
                   GError **error)
{
  g_autoptr (GConverter)   inflater = NULL;
  g_autoptr (GInputStream) memory = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GByteArray)   out = NULL;
  g_autoptr (GError)       local = NULL;
  gssize                   got;

  if (!is_gzip (body))
    return g_bytes_ref (body);

  inflater = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  memory = g_memory_input_stream_new_from_bytes (body);
  stream = g_converter_input_stream_new (memory, inflater);
  out = g_byte_array_new ();
  do
    {
      guint length = out->len;

      g_byte_array_set_size (out, length + CHUNK);
      got = g_input_stream_read (stream, out->data + length, CHUNK, NULL, &local);
      g_byte_array_set_size (out, length + (got > 0 ? (guint) got : 0));
    }
  while (got > 0 && out->len <= most);

  if (got < 0)
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_DAMAGED,
                           _("The answer was cut off on its way. It will be asked for again."));
      return NULL;
    }
  if (out->len > most)
    {
      g_propagate_error (error, shy_transport_error_size (most));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static char *
convert (const char *data,
         gsize       size,
         const char *charset)
{
  gsize            read = 0;
  g_autofree char *text = g_convert (data, (gssize) size, "UTF-8", charset, &read, NULL, NULL);

  /* A character cut at the end is success with fewer bytes read. */
  return text != NULL && read == size ? g_steal_pointer (&text) : NULL;
}

/* The character set that a byte-order mark names, and the length of the mark. */
static const char *
marked_charset (const guint8 *data,
                gsize         size,
                gsize        *mark)
{
  static const struct
  {
    guint8      bytes[3];
    gsize       length;
    const char *charset;
  } marks[] = {
    { { 0xef, 0xbb, 0xbf }, 3, "UTF-8" },
    { { 0xff, 0xfe }, 2, "UTF-16LE" },
    { { 0xfe, 0xff }, 2, "UTF-16BE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (size >= marks[i].length && memcmp (data, marks[i].bytes, marks[i].length) == 0)
      {
        *mark = marks[i].length;
        return marks[i].charset;
      }
  *mark = 0;

  return NULL;
}

/* The length without what servers leave behind the document: white space and NULs. */
static gsize
trimmed_size (const char *data,
              gsize       size)
{
  while (size > 0 && (data[size - 1] == '\0' || g_ascii_isspace (data[size - 1])))
    size--;

  return size;
}

static char *
decode (const char *data,
        gsize       size,
        ShyCharset  charset)
{
  if (size == 0)
    return g_strdup ("");
  if (charset != SHY_CHARSET_GB18030 && g_utf8_validate_len (data, size, NULL))
    return g_strndup (data, size);
  if (charset == SHY_CHARSET_UTF_8)
    return NULL;

  return convert (data, size, "GB18030");
}

/* The body as UTF-8 text without mark and trailing white space, which may be empty.
 * %SHY_ERROR_DAMAGED for one in no character set, which a cut one may be. */
char *
shy_reply_decode (GBytes      *body,
                  ShyCharset   charset,
                  GError     **error)
{
  gsize            size, mark;
  const void      *bytes = g_bytes_get_data (body, &size);
  const char      *data = bytes != NULL ? bytes : ""; /* no bytes are no strange character set */
  const char      *marked = marked_charset ((const guint8 *) data, size, &mark);
  g_autofree char *text = NULL;

  if (marked != NULL && !g_str_equal (marked, "UTF-8"))
    text = convert (data + mark, size - mark, marked);
  else
    text = decode (data + mark, trimmed_size (data + mark, size - mark), charset);
  if (text != NULL)
    return g_strchomp (g_steal_pointer (&text));

  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_DAMAGED,
                       _("The answer is in no known character set; it may have been cut off."));
  return NULL;
}

/* Whether a web page came where JSON was asked for: an error, a login or a firewall's page. */
gboolean
shy_reply_is_web_page (const char *text,
                       const char *content_type)
{
  while (g_ascii_isspace (*text))
    text++;
  if (*text == '<')
    return TRUE;

  return content_type != NULL && g_str_has_prefix (content_type, "text/html") && *text != '{' &&
         *text != '[';
}

static gboolean
strip_match (const GMatchInfo *match,
             GString          *out,
             gpointer          data)
{
  g_string_append (out, data);
  return FALSE;
}

/* The first lines of a reply without tags, scripts and long digits, for a person to read: numbers
 * of eight and more digits may be personal, and hexadecimal ones keys. */
char *
shy_reply_excerpt (const char *text)
{
  static const char *const patterns[][2] = {
    { "(?is)<(script|style)\\b.*?(</\\1>|$)", " " },
    { "(?s)<[^>]*>", " " },
    { "[0-9A-Fa-f]{8,}[Xx]?", "…" },
    { "\\s+", " " },
  };
  g_autofree char *short_text = g_utf8_make_valid (text, (gssize) strnlen (text, EXCERPT));

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (patterns[i][0], 0, 0, NULL);
      char              *next = g_regex_replace_eval (regex, short_text, -1, 0, 0, strip_match,
                                                      (gpointer) patterns[i][1], NULL);

      g_free (short_text);
      short_text = next;
    }

  return g_strdup (g_strstrip (short_text));
}
