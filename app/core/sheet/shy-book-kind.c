/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-book-kind-private.h"

#include "sheet/shy-xlsx-package-private.h"
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
  { ".ods", SHY_BOOK_ODS },
  { ".fods", SHY_BOOK_ODS },
  { ".ots", SHY_BOOK_ODS },
  { ".htm", SHY_BOOK_HTML },
  { ".html", SHY_BOOK_HTML },
  { ".xml", SHY_BOOK_XML },
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

/* Files that are often chosen by mistake, by their first bytes. */
typedef enum {
  OTHER_NONE,
  OTHER_PDF,
  OTHER_PICTURE,
  OTHER_ARCHIVE,
  OTHER_TEXT,
  OTHER_PROGRAM,
  OTHER_LINK,
  OTHER_MAIL,
} Other;

static const struct
{
  const char *magic;
  gsize       length;
  Other       kind;
} others[] = {
  { "%PDF", 4, OTHER_PDF },
  { "\xff\xd8\xff", 3, OTHER_PICTURE },
  { "\x89PNG", 4, OTHER_PICTURE },
  { "GIF8", 4, OTHER_PICTURE },
  { "BM", 2, OTHER_PICTURE },
  { "II*\0", 4, OTHER_PICTURE },
  { "MM\0*", 4, OTHER_PICTURE },
  { "Rar!", 4, OTHER_ARCHIVE },
  { "7z\xbc\xaf\x27\x1c", 6, OTHER_ARCHIVE },
  { "\x1f\x8b", 2, OTHER_ARCHIVE },
  { "{\\rtf", 5, OTHER_TEXT },
  { "MZ", 2, OTHER_PROGRAM },
  { "\x7f" "ELF", 4, OTHER_PROGRAM },
  { "L\0\0\0\x01\x14\x02\0", 8, OTHER_LINK },
};

static Other
find_other (const char *head,
            gsize       length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (begins (head, length, others[i].magic, others[i].length) &&
        /* Two letters may begin a list; a picture has bytes that no text has. */
        (others[i].length > 2 || memchr (head, '\0', length) != NULL || (guchar) others[i].magic[0] < ' '))
      return others[i].kind;
  if (begins (head, length, "RIFF", 4) && length >= 12 && memcmp (head + 8, "WEBP", 4) == 0)
    return OTHER_PICTURE;
  if (length >= 12 && memcmp (head + 4, "ftyp", 4) == 0)
    return OTHER_PICTURE;
  return OTHER_NONE;
}

static char *
describe_other (const char *name,
                Other       kind)
{
  const char *format;

  switch (kind)
    {
    case OTHER_PDF:
      format = _("The file “%s” is a PDF document, not a spreadsheet. Ask for the spreadsheet that it was "
                 "printed from.");
      break;

    case OTHER_PICTURE:
      format = _("The file “%s” is a picture or a film, not a spreadsheet. Ask for the spreadsheet, or type "
                 "what it shows into one.");
      break;

    case OTHER_ARCHIVE:
      format = _("The file “%s” is an archive. Unpack it and choose the spreadsheet in it.");
      break;

    case OTHER_TEXT:
      format = _("The file “%s” is a text document, not a spreadsheet. Copy its table into a spreadsheet and "
                 "save that as .xlsx.");
      break;

    case OTHER_PROGRAM:
      format = _("The file “%s” is a program, whatever its name says. Do not open it; ask its sender.");
      break;

    case OTHER_LINK:
      format = _("The file “%s” is only a link to a file of another computer. Copy the spreadsheet itself.");
      break;

    case OTHER_MAIL:
    default:
      format = _("The file “%s” is a web page with its pictures in one file (.mht), or a mail. Open it in WPS "
                 "or Excel and save it as .xlsx.");
      break;
    }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, name);
#pragma GCC diagnostic pop
}

/* Office keeps such a file beside one that somebody has open. */
static gboolean
is_lock (const char *name)
{
  return g_str_has_prefix (name, "~$") || g_str_has_prefix (name, ".~");
}

/**
 * shy_book_describe_other:
 * @name: the name of a file, for people
 * @type: its content type, as the system tells it
 *
 * Says of what is often taken for a spreadsheet what it is: the file that office programs keep beside
 * one that is open, a PDF, a picture. Opening such a file says the same.
 *
 * Returns: (transfer full) (nullable): a translated sentence; %NULL for any other file
 */
char *
shy_book_describe_other (const char *name,
                         const char *type)
{
  g_return_val_if_fail (name != NULL && type != NULL, NULL);

  if (is_lock (name))
    return g_strdup_printf (
      _("The file “%s” only marks that somebody has the spreadsheet open. Choose the spreadsheet "
        "of the same name without the signs in front."), name);
  if (g_content_type_is_a (type, "application/pdf"))
    return describe_other (name, OTHER_PDF);
  if (g_str_has_prefix (type, "image/") || g_str_has_prefix (type, "video/"))
    return describe_other (name, OTHER_PICTURE);
  return NULL;
}

/* Whether the outermost element of a document is called so, whatever its prefix. */
static gboolean
has_root (const char *text,
          gsize       length,
          const char *name)
{
  const char *end = text + length;
  const char *p = text;
  gsize       n = strlen (name);

  /* Declarations, instructions and comments come first. */
  while (end - p >= 2 && *p == '<' && (p[1] == '?' || p[1] == '!'))
    {
      const char *close = p[1] == '?' ? "?>" : end - p >= 4 && memcmp (p, "<!--", 4) == 0 ? "-->" : ">";

      p = g_strstr_len (p, end - p, close);
      if (p == NULL)
        return FALSE;
      for (p += strlen (close); p < end && g_ascii_isspace (*p); p++)
        ;
    }
  if (p >= end || *p++ != '<')
    return FALSE;
  for (const char *q = p; q < end && (g_ascii_isalnum (*q) || *q == '-' || *q == '_' || *q == ':'); q++)
    if (*q == ':')
      p = q + 1;
  return (gsize) (end - p) > n && memcmp (p, name, n) == 0 && !g_ascii_isalnum (p[n]);
}

/* Text with markup, by what its first bytes say. */
static gboolean
find_markup (const char  *head,
             gsize        length,
             ShyBookKind *kind)
{
  g_autofree char *narrow = NULL;
  const char      *p = head;
  gsize            rest = length;

  /* Bytes of UTF-16 are looked at without their zeros. */
  if (begins (head, length, "\xff\xfe", 2) || begins (head, length, "\xfe\xff", 2))
    {
      narrow = g_malloc (length);
      rest = 0;
      for (gsize i = 2; i < length; i++)
        if (head[i] != '\0')
          narrow[rest++] = head[i];
      p = narrow;
    }
  else if (begins (head, length, "\xef\xbb\xbf", 3))
    {
      p += 3;
      rest -= 3;
    }
  for (; rest > 0 && g_ascii_isspace (*p); p++)
    rest--;
  if (rest == 0 || *p != '<' || rest < 2 || (!g_ascii_isalpha (p[1]) && p[1] != '?' && p[1] != '!'))
    return FALSE;
  if (contains (p, rest, "opendocument"))
    *kind = SHY_BOOK_ODS;
  else if (has_root (p, rest, "Workbook"))
    *kind = SHY_BOOK_XML;
  else if (contains (p, rest, "urn:schemas-microsoft-com:office:spreadsheet") && !contains (p, rest, "<html") &&
           !contains (p, rest, "<table ") && !contains (p, rest, "<td"))
    *kind = SHY_BOOK_XML;
  else if (contains (p, rest, "<html") || contains (p, rest, "<table") || contains (p, rest, "<meta") ||
           contains (p, rest, "<!doctype html") || contains (p, rest, "<body") || contains (p, rest, "<div") ||
           contains (p, rest, "<style") || contains (p, rest, "<tr"))
    *kind = SHY_BOOK_HTML;
  else if (contains (p, MIN (rest, 256), "<?xml"))
    *kind = SHY_BOOK_XML;
  else
    return FALSE;
  return TRUE;
}

/* An archive that holds an OpenDocument file. */
static gboolean
is_open_document (ShyBookSource *source)
{
  g_autoptr (ShyXlsxPackage) package = shy_xlsx_package_open (source, NULL);

  return package != NULL && shy_xlsx_package_has (package, "content.xml") &&
         shy_xlsx_package_has (package, "META-INF/manifest.xml") &&
         !shy_xlsx_package_has (package, "xl/workbook.xml");
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
  Other other;
  g_autofree char *said = shy_book_describe_other (source->name, "");

  if (said != NULL)
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED, said);
      return FALSE;
    }
  if (!read_head (source, head, &length, cancellable, error))
    return FALSE;
  if (begins (head, length, "PK\x03\x04", 4) || begins (head, length, "PK\x05\x06", 4))
    *kind = is_open_document (source) ? SHY_BOOK_ODS : SHY_BOOK_XLSX;
  else if (begins (head, length, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) || is_biff (head, length))
    *kind = SHY_BOOK_XLS;
  else if (!find_markup (head, length, kind))
    *kind = SHY_BOOK_CSV;
  other = contains (head, MIN (length, 400), "mime-version:") ? OTHER_MAIL : find_other (head, length);
  if (*kind != SHY_BOOK_CSV || other == OTHER_NONE)
    return TRUE;
  said = describe_other (source->name, other);
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED, said);
  return FALSE;
}
