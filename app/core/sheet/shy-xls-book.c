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
#define BIFF8 0x0600
#define WORKSHEET 0

typedef struct
{
  ShyXlsBook *book;
  GHashTable *codes;     /* (owned) (element-type guint utf8) number formats of this file */
  GArray     *styles;    /* (owned) (element-type guint) the format of each style */
  gboolean    encrypted;
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

  g_hash_table_insert (self->codes, GUINT_TO_POINTER (id), read_text (biff, shy_biff_read16 (biff)));
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

static void
add_texts (Loader  *self,
           ShyBiff *biff)
{
  guint32 n_texts;

  shy_biff_skip (biff, 4);
  n_texts = shy_biff_read32 (biff);
  for (guint32 i = 0; i < n_texts && !biff->overrun; i++)
    {
      guint32 offset = self->book->texts->len;

      g_array_append_val (self->book->offsets, offset);
      shy_biff_append_rich (biff, self->book->texts);
      g_byte_array_append (self->book->texts, (const guint8 *) "", 1);
    }
}

static void
take_record (Loader  *self,
             ShyBiff *biff)
{
  switch (biff->kind)
    {
    case SHY_BIFF_FILE_PASS:
      self->encrypted = TRUE;
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

/* Reads what all sheets share, which stands before them. */
static gboolean
load_globals (Loader  *self,
              GError **error)
{
  GByteArray *stream = self->book->stream;
  ShyBiff     biff;

  shy_biff_init (&biff, stream->data, stream->len, 0);
  if (!shy_biff_next (&biff) || biff.kind != SHY_BIFF_BOF || shy_biff_read16 (&biff) != BIFF8)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                   _("The file “%s” was written by Excel 95 or older. Open it in WPS or Excel and "
                     "save it as .xlsx."),
                   self->book->source->name);
      return FALSE;
    }
  while (shy_biff_next (&biff) && biff.kind != SHY_BIFF_EOF && !biff.overrun && !self->encrypted)
    take_record (self, &biff);
  if (self->encrypted)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                   _("The file “%s” is protected by a password. Open it in WPS or Excel, remove the "
                     "password and save it again."),
                   self->book->source->name);
      return FALSE;
    }
  if (biff.overrun || biff.kind != SHY_BIFF_EOF)
    {
      shy_book_source_set_damaged (self->book->source, _("its list of sheets breaks off"), error);
      return FALSE;
    }
  return TRUE;
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

/* Finds the workbook among the streams of the compound file, or says what the file is. */
static gboolean
load_stream (ShyXlsBook  *self,
             GBytes      *bytes,
             GError     **error)
{
  g_autoptr (ShyOle) ole = shy_ole_new (bytes);

  if (ole == NULL)
    shy_book_source_set_damaged (self->source, _("the file breaks off or its tables make no sense"), error);
  else if (shy_ole_has (ole, "EncryptedPackage"))
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                 _("The file “%s” is protected by a password. Open it in WPS or Excel, remove the "
                   "password and save it again."),
                 self->source->name);
  else if (shy_ole_has (ole, "Workbook"))
    {
      self->stream = shy_ole_read (ole, "Workbook");
      if (self->stream == NULL)
        shy_book_source_set_damaged (self->source, _("the workbook in it breaks off"), error);
    }
  else if (shy_ole_has (ole, "Book"))
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                 _("The file “%s” was written by Excel 95 or older. Open it in WPS or Excel and save "
                   "it as .xlsx."),
                 self->source->name);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                 _("The file “%s” is an Office file, but not a spreadsheet. Choose the spreadsheet, "
                   "saved as .xlsx."),
                 self->source->name);
  return self->stream != NULL;
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
