/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-book.h"

#include "sheet/shy-book-kind-private.h"
#include "sheet/shy-csv-private.h"
#include "sheet/shy-grid-private.h"
#include "sheet/shy-xls-private.h"
#include "sheet/shy-xlsx-reader-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/**
 * ShyBook:
 *
 * A spreadsheet file that was opened for reading: a list of sheets, each read by
 * [method@Book.read_sheet].
 *
 * What a file is, is told by its content. A name that says otherwise gives a warning; files that
 * cannot be read (encrypted, damaged, no spreadsheets) are refused with a message that says
 * what to do. A book never changes once opened and may be used by several threads.
 */
struct _ShyBook
{
  GObject        parent_instance;
  ShyBookSource *source;   /* (owned) */
  ShyXlsxBook   *xlsx;     /* (owned) (nullable) */
  ShyXlsBook    *xls;      /* (owned) (nullable) */
  ShyGrid       *grid;     /* (owned) (nullable) */
  ShyCsvForm     csv;
  char          *csv_name; /* (owned) (nullable) what the one sheet of a csv file is called */
  GStrvBuilder  *builder;  /* (owned) (nullable) warnings, while it is opened */
  GStrv          warnings; /* (owned) */
  ShyBookKind    kind;
};

G_DEFINE_FINAL_TYPE (ShyBook, shy_book, G_TYPE_OBJECT)

static void
shy_book_finalize (GObject *object)
{
  ShyBook *self = SHY_BOOK (object);

  g_clear_pointer (&self->xlsx, shy_xlsx_book_unref);
  g_clear_pointer (&self->xls, shy_xls_book_unref);
  g_clear_pointer (&self->grid, shy_grid_unref);
  g_clear_pointer (&self->source, shy_book_source_unref);
  g_clear_pointer (&self->csv_name, g_free);
  g_clear_pointer (&self->builder, g_strv_builder_unref);
  g_clear_pointer (&self->warnings, g_strfreev);

  G_OBJECT_CLASS (shy_book_parent_class)->finalize (object);
}

static void
shy_book_class_init (ShyBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_book_finalize;
}

static void
shy_book_init (ShyBook *self)
{
  self->builder = g_strv_builder_new ();
}

G_GNUC_PRINTF (2, 3) static void
warn (ShyBook    *self,
      const char *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_strv_builder_add (self->builder, text);
}

static void
warn_of_name (ShyBook *self)
{
  static const char *const kinds[] = { ".xlsx", ".xls", ".csv", ".ods", ".html", ".xml" };
  ShyBookKind              named;

  if (shy_book_kind_of_name (self->source->name, &named) && named != self->kind)
    /* Translators: the first %s is a file, the second its real kind, as ".xlsx". */
    warn (self, _("The file “%s” is in fact of the kind %s and was read as such. Rename it, so that "
                  "other programs are not misled."),
          self->source->name, kinds[self->kind]);
}

static gboolean
load_csv (ShyBook       *self,
          GCancellable  *cancellable,
          GError       **error)
{
  const char *dot = strrchr (self->source->name, '.');

  self->csv_name = g_strndup (self->source->name, dot != NULL && dot != self->source->name
                                                    ? (gsize) (dot - self->source->name)
                                                    : strlen (self->source->name));
  return shy_csv_detect (self->source, &self->csv, cancellable, error);
}

static gboolean
load_xlsx (ShyBook       *self,
           GCancellable  *cancellable,
           GError       **error)
{
  self->xlsx = shy_xlsx_book_load (self->source, cancellable, error);
  if (self->xlsx != NULL && self->xlsx->macros)
    warn (self, _("The file “%s” carries macros. They were not run; only the values were read."),
          self->source->name);
  if (self->xlsx != NULL && self->xlsx->n_lost > 0)
    warn (self, ngettext ("%u sheet that the file “%s” lists is missing in it.",
                          "%u sheets that the file “%s” lists are missing in it.",
                          self->xlsx->n_lost),
          self->xlsx->n_lost, self->source->name);
  if (self->xlsx != NULL && self->xlsx->no_formats)
    warn (self, _("The file “%s” has lost its formats. Dates may look like numbers; compare them "
                  "with the originals."),
          self->source->name);
  return self->xlsx != NULL;
}

static gboolean
load (ShyBook       *self,
      GCancellable  *cancellable,
      GError       **error)
{
  switch (self->kind)
    {
    case SHY_BOOK_XLSX:
      return load_xlsx (self, cancellable, error);

    case SHY_BOOK_XLS:
      self->xls = shy_xls_book_load (self->source, cancellable, error);
      if (self->xls != NULL && self->xls->recovered)
        warn (self, _("The file “%s” is damaged in places; what could be read of it was read. Compare the "
                      "result with the original."),
              self->source->name);
      return self->xls != NULL;

    case SHY_BOOK_ODS:
      self->grid = shy_ods_load (self->source, cancellable, error);
      return self->grid != NULL;

    case SHY_BOOK_HTML:
      self->grid = shy_html_load (self->source, cancellable, error);
      return self->grid != NULL;

    case SHY_BOOK_XML:
      self->grid = shy_xml_book_load (self->source, cancellable, error);
      return self->grid != NULL;

    case SHY_BOOK_CSV:
    default:
      return load_csv (self, cancellable, error);
    }
}

/* Takes @source. */
static ShyBook *
open_source (ShyBookSource  *source,
             GCancellable   *cancellable,
             GError        **error)
{
  g_autoptr (ShyBook) self = g_object_new (SHY_TYPE_BOOK, NULL);

  self->source = source;
  if (!shy_book_kind_detect (source, &self->kind, cancellable, error) ||
      !load (self, cancellable, error))
    return NULL;
  if (shy_book_get_n_sheets (self) == 0)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("The file “%s” holds no sheet with cells. Choose another."), source->name);
      return NULL;
    }
  warn_of_name (self);
  self->warnings = g_strv_builder_end (self->builder);
  return g_steal_pointer (&self);
}

/**
 * shy_book_open:
 * @path: (type filename): a file
 * @cancellable: (nullable): cancels the opening
 * @error: return location for an error
 *
 * Opens a spreadsheet file. Blocks: call it on a worker thread.
 *
 * Errors: %SHY_ERROR_NOT_FOUND, %SHY_ERROR_UNSUPPORTED, %SHY_ERROR_DAMAGED, %SHY_ERROR_LIMIT,
 * %SHY_ERROR_INVALID, %SHY_ERROR_FAILED, each with a message that names the file and says what to
 * do; %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the book, or %NULL with @error set
 */
ShyBook *
shy_book_open (const char    *path,
               GCancellable  *cancellable,
               GError       **error)
{
  GStatBuf about;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  if (g_stat (path, &about) == 0 && !S_ISREG (about.st_mode) && !S_ISDIR (about.st_mode))
    {
      g_autofree char *name = g_filename_display_basename (path);

      /* Opening a pipe would wait for whoever writes into it. */
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("“%s” is a pipe or a device, and not a file. Name a spreadsheet."), name);
      return NULL;
    }
  return open_source (shy_book_source_new_path (path), cancellable, error);
}

/**
 * shy_book_open_bytes:
 * @bytes: the content of a file
 * @name: what messages call it, with its extension
 * @cancellable: (nullable): cancels the opening
 * @error: return location for an error
 *
 * Opens a spreadsheet that is in memory. See [func@Book.open].
 *
 * Returns: (transfer full): the book, or %NULL with @error set
 */
ShyBook *
shy_book_open_bytes (GBytes        *bytes,
                     const char    *name,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  return open_source (shy_book_source_new_bytes (bytes, name), cancellable, error);
}

/**
 * shy_book_get_name:
 * @self: a book
 *
 * Returns: (transfer none): the name of the file, without its folder
 */
const char *
shy_book_get_name (ShyBook *self)
{
  g_return_val_if_fail (SHY_IS_BOOK (self), NULL);

  return self->source->name;
}

/**
 * shy_book_get_kind:
 * @self: a book
 *
 * Returns: what the file is, by its content
 */
ShyBookKind
shy_book_get_kind (ShyBook *self)
{
  g_return_val_if_fail (SHY_IS_BOOK (self), SHY_BOOK_CSV);

  return self->kind;
}

/**
 * shy_book_get_n_sheets:
 * @self: a book
 *
 * Returns: how many sheets it has, hidden ones included; at least 1
 */
guint
shy_book_get_n_sheets (ShyBook *self)
{
  g_return_val_if_fail (SHY_IS_BOOK (self), 0);

  if (self->xlsx != NULL)
    return self->xlsx->sheets->len;
  if (self->grid != NULL)
    return self->grid->sheets->len;
  return self->xls != NULL ? self->xls->sheets->len : 1;
}

/**
 * shy_book_get_sheet_name:
 * @self: a book
 * @sheet: a sheet, from 0
 *
 * Returns: (transfer none): the name of the sheet; a csv file's is that of the file
 */
const char *
shy_book_get_sheet_name (ShyBook *self,
                         guint    sheet)
{
  g_return_val_if_fail (SHY_IS_BOOK (self) && sheet < shy_book_get_n_sheets (self), NULL);

  if (self->xlsx != NULL)
    return ((ShyXlsxSheet *) g_ptr_array_index (self->xlsx->sheets, sheet))->name;
  if (self->xls != NULL)
    return ((ShyXlsSheet *) g_ptr_array_index (self->xls->sheets, sheet))->name;
  if (self->grid != NULL)
    return ((ShyGridSheet *) g_ptr_array_index (self->grid->sheets, sheet))->name;
  return self->csv_name;
}

/**
 * shy_book_is_sheet_visible:
 * @self: a book
 * @sheet: a sheet, from 0
 *
 * Returns: whether a spreadsheet program shows the sheet
 */
gboolean
shy_book_is_sheet_visible (ShyBook *self,
                           guint    sheet)
{
  g_return_val_if_fail (SHY_IS_BOOK (self) && sheet < shy_book_get_n_sheets (self), FALSE);

  if (self->xlsx != NULL)
    return ((ShyXlsxSheet *) g_ptr_array_index (self->xlsx->sheets, sheet))->visible;
  if (self->xls != NULL)
    return ((ShyXlsSheet *) g_ptr_array_index (self->xls->sheets, sheet))->visible;
  if (self->grid != NULL)
    return ((ShyGridSheet *) g_ptr_array_index (self->grid->sheets, sheet))->visible;
  return TRUE;
}

/**
 * shy_book_find_sheet:
 * @self: a book
 * @name: a sheet's name
 * @sheet: (out): the sheet, from 0
 *
 * Returns: whether there is a sheet of that name
 */
gboolean
shy_book_find_sheet (ShyBook    *self,
                     const char *name,
                     guint      *sheet)
{
  g_return_val_if_fail (SHY_IS_BOOK (self) && name != NULL && sheet != NULL, FALSE);

  for (guint i = 0; i < shy_book_get_n_sheets (self); i++)
    if (strcmp (shy_book_get_sheet_name (self, i), name) == 0)
      {
        *sheet = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * shy_book_get_warnings:
 * @self: a book
 *
 * Gets what a person should know about the file although it can be read: that its name belies its
 * kind, that it carries macros.
 *
 * Returns: (transfer none) (array zero-terminated=1): translated sentences
 */
const char * const *
shy_book_get_warnings (ShyBook *self)
{
  g_return_val_if_fail (SHY_IS_BOOK (self), NULL);

  return (const char * const *) self->warnings;
}

/**
 * shy_book_read_sheet:
 * @self: a book
 * @sheet: a sheet, from 0
 * @flags: how to read it
 * @cancellable: (nullable): cancels this and every later call on the reader
 * @error: return location for an error
 *
 * Begins to read a sheet from its first row.
 *
 * Errors: as [func@Book.open].
 *
 * Returns: (transfer full): a reader, or %NULL with @error set
 */
ShySheetReader *
shy_book_read_sheet (ShyBook           *self,
                     guint              sheet,
                     ShyBookReadFlags   flags,
                     GCancellable      *cancellable,
                     GError           **error)
{
  g_autoptr (ShySheetReader) reader = NULL;

  g_return_val_if_fail (SHY_IS_BOOK (self) && sheet < shy_book_get_n_sheets (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  if (self->xlsx != NULL)
    reader = shy_xlsx_reader_new (self->xlsx, sheet, cancellable, error);
  else if (self->xls != NULL)
    reader = shy_xls_reader_new (self->xls, sheet, cancellable, error);
  else if (self->grid != NULL)
    reader = shy_grid_reader_new (self->grid, sheet, cancellable);
  else
    reader = shy_csv_reader_new (self->source, &self->csv, self->csv_name, cancellable, error);
  if (reader == NULL)
    return NULL;
  if (flags & SHY_BOOK_READ_MERGED && !shy_sheet_reader_fill_merges (reader, error))
    return NULL;
  return g_steal_pointer (&reader);
}
