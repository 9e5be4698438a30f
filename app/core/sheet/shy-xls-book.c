/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-xls-private.h"

#include "sheet/shy-biff-private.h"
#include "sheet/shy-ole-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>

/* 65,536 full rows of 60 columns. */
#define MAX_SIZE (128u << 20)
#define CHUNK_SIZE (64 * 1024)
#define HEADER_SIZE 4 /* of a record */
#define BIFF5 0x0500
#define BIFF8 0x0600
#define WORKSHEET 0
#define WORKSHEET_STREAM 0x0010 /* kind of a stream that is one sheet, [MS-XLS] 2.4.21 */

typedef struct
{
  ShyXlsBook *book;
  GHashTable *codes;     /* (owned) (element-type guint utf8) number formats of this file */
  GArray     *styles;    /* (owned) (element-type guint) the format of each style */
  gboolean    encrypted; /* and nobody here knows the password */
} Loader;

static GBytes *
read_all (ShyBookSource  *source,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autoptr (GInputStream) stream = shy_book_source_open (source, cancellable, error);
  g_autoptr (GByteArray)   bytes = g_byte_array_new ();
  g_autofree guint8       *chunk = g_malloc (CHUNK_SIZE);
  gssize                   n = -1;

  while (stream != NULL && bytes->len <= MAX_SIZE &&
         (n = g_input_stream_read (stream, chunk, CHUNK_SIZE, cancellable, error)) > 0)
    g_byte_array_append (bytes, chunk, n);
  if (n > 0)
    g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
                 _("The file “%s” is larger than %u MB. Open it in WPS or Excel and save it as "
                   ".xlsx."),
                 source->name, MAX_SIZE >> 20);
  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

static void
sheet_free (gpointer data)
{
  ShyXlsSheet *self = data;

  g_free (self->name);
  g_free (self);
}

static char *
read_text (ShyBiff *biff,
           guint    n_characters)
{
  GByteArray *text = g_byte_array_new ();

  shy_biff_append_text (biff, n_characters, text);
  g_byte_array_append (text, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (text, FALSE);
}

static void
add_sheet (Loader  *self,
           ShyBiff *biff)
{
  ShyXlsSheet *sheet = g_new0 (ShyXlsSheet, 1);
  guint        kind;

  sheet->start = shy_biff_read32 (biff);
  sheet->visible = (shy_biff_read8 (biff) & 3) == 0;
  kind = shy_biff_read8 (biff);
  sheet->name = read_text (biff, shy_biff_read8 (biff));
  if (kind == WORKSHEET)
    g_ptr_array_add (self->book->sheets, sheet);
  else
    sheet_free (sheet);
}

static void
add_code (Loader  *self,
          ShyBiff *biff)
{
  guint id = shy_biff_read16 (biff);
  guint length = biff->charset != NULL ? shy_biff_read8 (biff) : shy_biff_read16 (biff);

  g_hash_table_insert (self->codes, GUINT_TO_POINTER (id), read_text (biff, length));
}

static void
add_style (Loader  *self,
           ShyBiff *biff)
{
  guint format;

  shy_biff_skip (biff, 2);
  format = shy_biff_read16 (biff);
  g_array_append_val (self->styles, format);
}

/* Some writers count wrong: the texts that are there count. */
static void
add_texts (Loader  *self,
           ShyBiff *biff)
{
  guint32 n_texts;

  shy_biff_skip (biff, 4);
  n_texts = shy_biff_read32 (biff);
  for (guint32 i = 0; (i < n_texts || shy_biff_get_left (biff) > 0) && !biff->overrun; i++)
    {
      guint32 offset = self->book->texts->len;

      shy_biff_append_rich (biff, self->book->texts);
      if (biff->overrun)
        g_byte_array_set_size (self->book->texts, offset);
      else
        {
          g_array_append_val (self->book->offsets, offset);
          g_byte_array_append (self->book->texts, (const guint8 *) "", 1);
        }
    }
}

/* The character set of a code page; that of Excel 95 where it names none. */
static void
set_code_page (Loader  *self,
               ShyBiff *biff)
{
  guint page = shy_biff_read16 (biff);

  if (self->book->charset == NULL)
    return;
  g_free (self->book->charset);
  if (page == 936 || page == 54936 || page == 10008)
    self->book->charset = g_strdup ("GB18030");
  else if (page == 1200)
    self->book->charset = g_strdup ("UTF-16LE");
  else if (page == 65001)
    self->book->charset = g_strdup ("UTF-8");
  else if (page == 10000 || page == 32768)
    self->book->charset = g_strdup ("MACINTOSH");
  else if (page == 367 || page == 32769 || page == 0)
    self->book->charset = g_strdup ("CP1252");
  else
    self->book->charset = g_strdup_printf ("CP%u", page);
  biff->charset = self->book->charset;
}

static void
take_record (Loader  *self,
             ShyBiff *biff)
{
  switch (biff->kind)
    {
    case SHY_BIFF_FILE_PASS:
      self->encrypted = !shy_xls_decrypt (self->book->stream, biff->position - HEADER_SIZE);
      break;

    case SHY_BIFF_CODE_PAGE:
      set_code_page (self, biff);
      break;

    case SHY_BIFF_DATE_MODE:
      self->book->epoch_1904 = shy_biff_read16 (biff) == 1;
      break;

    case SHY_BIFF_BOUND_SHEET:
      add_sheet (self, biff);
      break;

    case SHY_BIFF_FORMAT:
      add_code (self, biff);
      break;

    case SHY_BIFF_XF:
      add_style (self, biff);
      break;

    case SHY_BIFF_SST:
      add_texts (self, biff);
      break;

    default:
      break;
    }
}

static void
set_password_error (ShyXlsBook  *self,
                    GError     **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
               _("The file “%s” is protected by a password. Open it in WPS or Excel, remove the "
                 "password and save it again."),
               self->source->name);
}

static void
set_old_error (ShyXlsBook  *self,
               GError     **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
               _("The file “%s” was written by Excel 4 or older. Open it in WPS or Excel and save it "
                 "as .xlsx."),
               self->source->name);
}

/* What the first record says of the stream. */
static gboolean
begin (Loader   *self,
       ShyBiff  *biff,
       GError  **error)
{
  guint version;

  if (!shy_biff_next (biff) || biff->kind != SHY_BIFF_BOF)
    {
      set_old_error (self->book, error);
      return FALSE;
    }
  version = shy_biff_read16 (biff);
  if (version == BIFF5)
    biff->charset = self->book->charset = g_strdup ("CP1252");
  else if (version != BIFF8)
    {
      set_old_error (self->book, error);
      return FALSE;
    }
  /* A stream of one sheet alone, as some reporting programs write. */
  if (shy_biff_read16 (biff) == WORKSHEET_STREAM)
    {
      ShyXlsSheet *sheet = g_new0 (ShyXlsSheet, 1);

      sheet->name = g_strdup ("Sheet1");
      sheet->visible = TRUE;
      g_ptr_array_add (self->book->sheets, sheet);
    }
  return TRUE;
}

/* Reads what all sheets share, which stands before them. A record that breaks off or counts wrong
 * does not spoil the others. */
static gboolean
load_globals (Loader  *self,
              GError **error)
{
  GByteArray *stream = self->book->stream;
  ShyBiff     biff;

  shy_biff_init (&biff, stream->data, stream->len, 0);
  if (!begin (self, &biff, error))
    return FALSE;
  while (shy_biff_next (&biff) && biff.kind != SHY_BIFF_EOF && !self->encrypted)
    {
      take_record (self, &biff);
      self->book->recovered |= biff.overrun;
      biff.overrun = FALSE;
    }
  if (self->encrypted)
    set_password_error (self->book, error);
  else if (biff.kind != SHY_BIFF_EOF)
    shy_book_source_set_damaged (self->book->source, _("its list of sheets breaks off"), error);
  return !self->encrypted && biff.kind == SHY_BIFF_EOF;
}

static void
make_formats (Loader *self)
{
  for (guint i = 0; i < self->styles->len; i++)
    {
      guint           id = g_array_index (self->styles, guint, i);
      ShyNumberFormat format;

      shy_number_format_init (&format, id, g_hash_table_lookup (self->codes, GUINT_TO_POINTER (id)));
      g_array_append_val (self->book->formats, format);
    }
}

/* Says what a compound file is that holds no workbook. */
static void
set_other_error (ShyXlsBook  *self,
                 ShyOle      *ole,
                 GError     **error)
{
  if (shy_ole_has (ole, "WordDocument") || shy_ole_has (ole, "PowerPoint Document"))
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                 _("The file “%s” is a text or slide document, not a spreadsheet. Choose the "
                   "spreadsheet, or copy its table into one."),
                 self->source->name);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                 _("The file “%s” is an Office file, but not a spreadsheet. Choose the spreadsheet, "
                   "saved as .xlsx."),
                 self->source->name);
}

/* Finds the workbook among the streams of the compound file, or says what the file is. */
static gboolean
load_stream (ShyXlsBook  *self,
             GBytes      *bytes,
             GError     **error)
{
  static const char *const names[] = { "Workbook", "Book" };
  g_autoptr (ShyOle)       ole = NULL;
  gsize                    size;
  const guint8            *data = g_bytes_get_data (bytes, &size);

  /* Some programs write the records without the compound file around them. */
  if (size > 2 && data[0] == 0x09 && data[1] <= 0x08)
    {
      self->stream = g_byte_array_append (g_byte_array_new (), data, size);
      return TRUE;
    }
  ole = shy_ole_new (bytes);
  if (ole == NULL)
    {
      shy_book_source_set_damaged (self->source, _("the file breaks off or its tables make no sense"), error);
      return FALSE;
    }
  if (shy_ole_has (ole, "EncryptedPackage"))
    {
      set_password_error (self, error);
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (shy_ole_has (ole, names[i]))
      {
        self->stream = shy_ole_read (ole, names[i]);
        if (self->stream == NULL)
          shy_book_source_set_damaged (self->source, _("the workbook in it breaks off"), error);
        return self->stream != NULL;
      }
  set_other_error (self, ole, error);
  return FALSE;
}

ShyXlsBook *
shy_xls_book_load (ShyBookSource  *source,
                   GCancellable   *cancellable,
                   GError        **error)
{
  g_autoptr (ShyXlsBook) self = g_atomic_rc_box_new0 (ShyXlsBook);
  g_autoptr (GBytes)     bytes = NULL;
  Loader                 loader = { .book = self };
  gboolean               ok;

  self->source = shy_book_source_ref (source);
  self->sheets = g_ptr_array_new_with_free_func (sheet_free);
  self->formats = g_array_new (FALSE, FALSE, sizeof (ShyNumberFormat));
  g_array_set_clear_func (self->formats, (GDestroyNotify) shy_number_format_clear);
  self->texts = g_byte_array_new ();
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  bytes = read_all (source, cancellable, error);
  if (bytes == NULL || !load_stream (self, bytes, error))
    return NULL;

  loader.codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  loader.styles = g_array_new (FALSE, FALSE, sizeof (guint));
  ok = load_globals (&loader, error);
  make_formats (&loader);
  g_hash_table_unref (loader.codes);
  g_array_unref (loader.styles);
  return ok ? g_steal_pointer (&self) : NULL;
}

ShyXlsBook *
shy_xls_book_ref (ShyXlsBook *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  ShyXlsBook *self = data;

  g_clear_pointer (&self->source, shy_book_source_unref);
  g_clear_pointer (&self->charset, g_free);
  g_clear_pointer (&self->stream, g_byte_array_unref);
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_clear_pointer (&self->formats, g_array_unref);
  g_clear_pointer (&self->texts, g_byte_array_unref);
  g_clear_pointer (&self->offsets, g_array_unref);
}

void
shy_xls_book_unref (ShyXlsBook *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
