/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-book-kind-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEAD_SIZE 4096

static const struct
{
  const char *suffix;
  ShyBookKind kind;
} suffixes[] = {
  { ".xlsx", SHY_BOOK_XLSX },
  { ".xlsm", SHY_BOOK_XLSX },
  { ".xltx", SHY_BOOK_XLSX },
  { ".xltm", SHY_BOOK_XLSX },
  { ".xls", SHY_BOOK_XLS },
  { ".xlt", SHY_BOOK_XLS },
  { ".csv", SHY_BOOK_CSV },
  { ".tsv", SHY_BOOK_CSV },
  { ".txt", SHY_BOOK_CSV },
};

static gboolean
has_suffix (const char *name,
            const char *suffix)
{
  gsize length = strlen (name);
  gsize tail = strlen (suffix);

  return length > tail && g_ascii_strcasecmp (name + length - tail, suffix) == 0;
}

/* What the name promises; FALSE if it promises nothing that we know. */
gboolean
shy_book_kind_of_name (const char  *name,
                       ShyBookKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (has_suffix (name, suffixes[i].suffix))
      {
        *kind = suffixes[i].kind;
        return TRUE;
      }

  return FALSE;
}

static gboolean
begins (const char *head,
        gsize       length,
        const char *magic,
        gsize       n)
{
  return length >= n && memcmp (head, magic, n) == 0;
}

static gboolean
contains (const char *head,
          gsize       length,
          const char *word)
{
  gsize n = strlen (word);

  for (gsize i = 0; i + n <= length; i++)
    if (g_ascii_strncasecmp (head + i, word, n) == 0)
      return TRUE;

  return FALSE;
}

/* Web pages and the XML of Excel 2003 often go by the name of .xls; tables in them are laid out,
 * not typed. */
static gboolean
check_markup (ShyBookSource  *source,
              const char     *head,
              gsize           length,
              GError        **error)
{
  const char *p = head;
  gsize       rest = length;

  if (begins (p, rest, "\xef\xbb\xbf", 3))
    {
      p += 3;
      rest -= 3;
    }
  for (; rest > 0 && g_ascii_isspace (*p); p++)
    rest--;
  if (contains (p, MIN (rest, 16), "mime-version") ||
      (rest > 0 && *p == '<' &&
       (contains (p, rest, "<html") || contains (p, rest, "<table") || contains (p, rest, "<meta") ||
        contains (p, rest, "<!doctype html"))))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                   _("The file “%s” is a web page, whatever its name says. Open it in WPS or Excel "
                     "and save it as .xlsx."),
                   source->name);
      return FALSE;
    }
  if (rest > 0 && *p == '<' && contains (p, MIN (rest, 256), "<?xml"))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                   _("The file “%s” is an XML file, whatever its name says. Open it in WPS or Excel "
                     "and save it as .xlsx."),
                   source->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_head (ShyBookSource  *source,
           char           *head,
           gsize          *length,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr (GInputStream) stream = shy_book_source_open (source, cancellable, error);
  g_autoptr (GError)       local = NULL;

  if (stream == NULL)
    return FALSE;
  if (!g_input_stream_read_all (stream, head, HEAD_SIZE, length, cancellable, &local))
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&local));
      else
        shy_book_source_set_unread (source, error);
      return FALSE;
    }
  if (*length == 0)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 _("The file “%s” is empty. Choose another, or copy it again."), source->name);
  return *length > 0;
}

/* The first record of a workbook without a compound file around it, of any version. */
static gboolean
is_biff (const char *head,
         gsize       length)
{
  const guint8 *p = (const guint8 *) head;

  return length >= 8 && p[0] == 0x09 && (p[1] & ~0x0e) == 0 && p[1] <= 8 && p[3] == 0 && p[2] >= 4 && p[2] <= 16;
}

/* Tells by its first bytes what a file is. */
gboolean
shy_book_kind_detect (ShyBookSource  *source,
                      ShyBookKind    *kind,
                      GCancellable   *cancellable,
                      GError        **error)
{
  char  head[HEAD_SIZE];
  gsize length;

  if (!read_head (source, head, &length, cancellable, error))
    return FALSE;
  if (begins (head, length, "PK\x03\x04", 4) || begins (head, length, "PK\x05\x06", 4))
    *kind = SHY_BOOK_XLSX;
  else if (begins (head, length, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) || is_biff (head, length))
    *kind = SHY_BOOK_XLS;
  else
    *kind = SHY_BOOK_CSV;
  return *kind != SHY_BOOK_CSV || check_markup (source, head, length, error);
}
