/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-csv-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK_SIZE (64 * 1024)
#define SAMPLE_SIZE (64 * 1024)
#define SAMPLE_RECORDS 50

/* Reads all bytes once and tells whether they are UTF-8. A character may be cut by the end of a
 * chunk, so up to three bytes are kept for the next. */
static gboolean
check_utf8 (ShyCsvForm   *form,
            GInputStream *stream,
            gboolean     *utf8,
            gboolean     *zeros,
            GCancellable *cancellable,
            GError      **error)
{
  g_autofree char *chunk = g_malloc (4 + CHUNK_SIZE);
  gsize            kept = 0;
  gssize           n;

  *utf8 = TRUE;
  *zeros = FALSE;
  form->size = 0;
  while ((n = g_input_stream_read (stream, chunk + kept, CHUNK_SIZE, cancellable, error)) > 0)
    {
      gsize       length = kept + n;
      const char *end = chunk;

      form->size += n;
      *zeros |= memchr (chunk, '\0', length) != NULL;
      if (!*utf8)
        continue;
      g_utf8_validate_len (chunk, length, &end);
      kept = chunk + length - end;
      *utf8 = kept == 0 || (kept < 4 && g_utf8_get_char_validated (end, kept) == (gunichar) -2);
      kept = *utf8 ? kept : 0;
      memmove (chunk, end, kept);
    }
  *utf8 &= kept == 0;
  return n == 0;
}

/* A byte order mark decides; else valid UTF-8 is UTF-8; else it is GB18030, which holds GBK and
 * GB 2312. Zero bytes belong to none of them. */
static gboolean
detect_charset (ShyBookSource  *source,
                ShyCsvForm     *form,
                GCancellable   *cancellable,
                GError        **error)
{
  g_autoptr (GInputStream) stream = shy_book_source_open (source, cancellable, error);
  g_autoptr (GInputStream) buffered = NULL;
  const guint8            *mark;
  gsize                    n;
  gboolean                 utf8, zeros;

  if (stream == NULL)
    return FALSE;
  buffered = g_buffered_input_stream_new (stream);
  if (g_buffered_input_stream_fill (G_BUFFERED_INPUT_STREAM (buffered), 3, cancellable, error) < 0)
    return FALSE;
  mark = g_buffered_input_stream_peek_buffer (G_BUFFERED_INPUT_STREAM (buffered), &n);
  form->skip = 0;
  form->charset = NULL;
  if (n >= 3 && memcmp (mark, "\xef\xbb\xbf", 3) == 0)
    form->skip = 3;
  else if (n >= 2 && (memcmp (mark, "\xff\xfe", 2) == 0 || memcmp (mark, "\xfe\xff", 2) == 0))
    {
      form->charset = mark[0] == 0xff ? "UTF-16LE" : "UTF-16BE";
      form->skip = 2;
    }
  if (!check_utf8 (form, buffered, &utf8, &zeros, cancellable, error))
    return FALSE;
  if (zeros && form->charset == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                   _("The file “%s” is of a kind that is not read here. Open it in the program that "
                     "made it and save it as .xlsx or .csv."),
                   source->name);
      return FALSE;
    }
  if (form->charset == NULL)
    form->charset = utf8 ? "UTF-8" : "GB18030";
  return TRUE;
}

/* Opens the text in UTF-8, without byte order mark. @raw is the stream of bytes below it. */
GInputStream *
shy_csv_open (ShyBookSource     *source,
              const ShyCsvForm  *form,
              GInputStream     **raw,
              GCancellable      *cancellable,
              GError           **error)
{
  g_autoptr (GInputStream)      stream = shy_book_source_open (source, cancellable, error);
  g_autoptr (GCharsetConverter) converter = NULL;
  GInputStream                 *text;

  if (stream == NULL ||
      g_input_stream_skip (stream, form->skip, cancellable, error) < 0)
    return NULL;
  if (strcmp (form->charset, "UTF-8") == 0)
    text = g_object_ref (stream);
  else
    {
      converter = g_charset_converter_new ("UTF-8", form->charset, error);
      if (converter == NULL)
        return NULL;
      text = g_converter_input_stream_new (stream, G_CONVERTER (converter));
    }
  if (raw != NULL)
    *raw = g_object_ref (stream);
  return text;
}

/* Counts a delimiter in each of the first records, outside of quotes. Gives how many there are. */
static guint
count (const char *text,
       char        delimiter,
       guint       counts[SAMPLE_RECORDS])
{
  gboolean quoted = FALSE, filled = FALSE;
  guint    records = 0;

  counts[0] = 0;
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '"')
      quoted = !quoted;
    else if (!quoted && *p == delimiter)
      counts[records]++;
    else if (!quoted && *p == '\n')
      {
        if (filled && ++records == SAMPLE_RECORDS)
          return records;
        counts[records] = 0;
        filled = FALSE;
      }
    else if (!g_ascii_isspace (*p))
      filled = TRUE;

  return records + filled;
}

/* How well a delimiter explains the text: in how many records it stands as often as in most. */
static guint
weigh (const char *text,
       char        delimiter)
{
  guint counts[SAMPLE_RECORDS + 1];
  guint records = count (text, delimiter, counts);
  guint best = 0;

  for (guint i = 0; i < records; i++)
    {
      guint same = 0;

      for (guint j = 0; j < records && counts[i] > 0; j++)
        same += counts[j] == counts[i];
      best = MAX (best, same * 64 + MIN (counts[i], 63));
    }

  return best;
}

static void
choose_delimiter (ShyCsvForm *form,
                  const char *text)
{
  static const char delimiters[] = { ',', '\t', ';' };
  guint             best = 0;

  form->hint = strncmp (text, "sep=", 4) == 0 && text[4] != '\0' && strchr (",;\t", text[4]) != NULL;
  form->delimiter = form->hint ? text[4] : ',';
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters) && !form->hint; i++)
    {
      guint weight = weigh (text, delimiters[i]);

      if (weight > best)
        {
          best = weight;
          form->delimiter = delimiters[i];
        }
    }
}

/* Finds out how the file is written, by reading all of it once. */
gboolean
shy_csv_detect (ShyBookSource  *source,
                ShyCsvForm     *form,
                GCancellable   *cancellable,
                GError        **error)
{
  g_autoptr (GInputStream) text = NULL;
  g_autofree char         *sample = g_malloc (SAMPLE_SIZE + 1);
  g_autoptr (GError)       local = NULL;
  gsize                    n = 0;

  if (!detect_charset (source, form, cancellable, error))
    return FALSE;
  text = shy_csv_open (source, form, NULL, cancellable, error);
  if (text == NULL)
    return FALSE;
  /* What cannot be decoded is reported with its row when the rows are read. */
  if (!g_input_stream_read_all (text, sample, SAMPLE_SIZE, &n, cancellable, &local) &&
      g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  sample[n] = '\0';
  choose_delimiter (form, sample);
  return TRUE;
}
