/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-xlsx-package-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zip.h>

/* A million rows of thirty columns are about 1.5 GB of XML; nobody's list is larger. */
#define MAX_PART_SIZE (G_GUINT64_CONSTANT (2) << 30)
#define MAX_TOTAL_SIZE (G_GUINT64_CONSTANT (4) << 30)
/* Lists shrink to a tenth, sheets of bordered empty cells to a fortieth; deflate ends at 1/1032. */
#define MAX_RATIO 400
/* Below this size a ratio says nothing and harms nobody. */
#define RATIO_FROM (G_GUINT64_CONSTANT (16) << 20)
#define MAX_PARTS 20000
#define CHUNK_SIZE (64 * 1024)

struct _ShyXlsxPackage
{
  ShyBookSource *source; /* (owned) */
  zip_t         *zip;    /* (owned) */
  guint64        read;   /* bytes inflated so far, of all parts */
};

struct _ShyXlsxPart
{
  ShyXlsxPackage *package;
  zip_file_t     *file;   /* (owned) */
  guint64         packed; /* bytes in the archive */
  guint64         total;  /* bytes that the archive promises */
  guint64         done;   /* bytes inflated so far */
};

static void
set_zip_error (ShyXlsxPackage  *self,
               zip_error_t     *problem,
               GError         **error)
{
  const char *detail;

  switch (zip_error_code_zip (problem))
    {
    case ZIP_ER_NOZIP:
    case ZIP_ER_INCONS:
    case ZIP_ER_EOF:
      detail = _("the archive breaks off or is no archive");
      break;

    case ZIP_ER_CRC:
    case ZIP_ER_ZLIB:
#ifdef ZIP_ER_COMPRESSED_DATA
    case ZIP_ER_COMPRESSED_DATA:
#endif
      detail = _("what is packed in it was changed");
      break;

    case ZIP_ER_COMPNOTSUPP:
    case ZIP_ER_ENCRNOTSUPP:
      detail = _("it is packed in a way that is not read here");
      break;

    case ZIP_ER_MEMORY:
      detail = _("there is too little memory for it");
      break;

    default:
      detail = _("the archive cannot be read");
      break;
    }
  shy_book_source_set_damaged (self->source, detail, error);
}

static zip_source_t *
make_source (ShyBookSource *source,
             zip_error_t   *problem)
{
  gsize         size;
  gconstpointer data;

  if (source->path != NULL)
    return zip_source_file_create (source->path, 0, -1, problem);
  data = g_bytes_get_data (source->bytes, &size);
  return zip_source_buffer_create (data, size, 0, problem);
}

/* Opens the archive. */
ShyXlsxPackage *
shy_xlsx_package_open (ShyBookSource  *source,
                       GError        **error)
{
  g_autoptr (ShyXlsxPackage) self = g_new0 (ShyXlsxPackage, 1);
  zip_source_t              *zip_source;
  zip_error_t                problem;

  self->source = shy_book_source_ref (source);
  zip_error_init (&problem);
  zip_source = make_source (source, &problem);
  if (zip_source != NULL)
    self->zip = zip_open_from_source (zip_source, ZIP_RDONLY, &problem);
  if (self->zip == NULL)
    {
      set_zip_error (self, &problem, error);
      g_clear_pointer (&zip_source, zip_source_free);
      zip_error_fini (&problem);
      return NULL;
    }
  zip_error_fini (&problem);
  if (!shy_book_source_check (source, error))
    return NULL;
  if (zip_get_num_entries (self->zip, 0) > MAX_PARTS)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
                   _("The file “%s” holds more than %d parts and is not read as a spreadsheet. Ask "
                     "the sender for an ordinary .xlsx file."),
                   source->name, MAX_PARTS);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
shy_xlsx_package_free (ShyXlsxPackage *self)
{
  if (self->zip != NULL)
    zip_discard (self->zip);
  shy_book_source_unref (self->source);
  g_free (self);
}

/* Some writers differ in case between a name and its use, some use backslashes. */
static zip_int64_t
locate (ShyXlsxPackage *self,
        const char     *name)
{
  g_autofree char *other = NULL;
  zip_int64_t      index;

  index = zip_name_locate (self->zip, name, 0);
  if (index < 0)
    index = zip_name_locate (self->zip, name, ZIP_FL_NOCASE);
  if (index >= 0 || strchr (name, '/') == NULL)
    return index;

  other = g_strdelimit (g_strdup (name), "/", '\\');
  return zip_name_locate (self->zip, other, ZIP_FL_NOCASE);
}

gboolean
shy_xlsx_package_has (ShyXlsxPackage *self,
                      const char     *name)
{
  return locate (self, name) >= 0;
}

/* Opens one part for reading. */
ShyXlsxPart *
shy_xlsx_package_open_part (ShyXlsxPackage  *self,
                            const char      *name,
                            GError         **error)
{
  g_autoptr (ShyXlsxPart) part = g_new0 (ShyXlsxPart, 1);
  zip_stat_t              facts;
  zip_int64_t             index = locate (self, name);

  part->package = self;
  if (index < 0)
    {
      /* Translators: the name of a part of a file, as xl/workbook.xml. */
      g_autofree char *detail = g_strdup_printf (_("the part %s is missing"), name);

      shy_book_source_set_damaged (self->source, detail, error);
      return NULL;
    }
  zip_stat_init (&facts);
  if (zip_stat_index (self->zip, index, 0, &facts) == 0)
    {
      part->packed = facts.valid & ZIP_STAT_COMP_SIZE ? facts.comp_size : 0;
      part->total = facts.valid & ZIP_STAT_SIZE ? facts.size : 0;
    }
  if (facts.valid & ZIP_STAT_ENCRYPTION_METHOD && facts.encryption_method != ZIP_EM_NONE)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                   _("The file “%s” is protected by a password. Open it in WPS or Excel, remove the "
                     "password and save it again."),
                   self->source->name);
      return NULL;
    }
  part->file = zip_fopen_index (self->zip, index, 0);
  if (part->file == NULL)
    {
      set_zip_error (self, zip_get_error (self->zip), error);
      return NULL;
    }
  return g_steal_pointer (&part);
}

void
shy_xlsx_part_free (ShyXlsxPart *self)
{
  g_clear_pointer (&self->file, zip_fclose);
  g_free (self);
}

/* The size that counts is the one that comes out, whatever the archive promised. */
static gboolean
check_size (ShyXlsxPart  *self,
            GError      **error)
{
  if (self->done <= MAX_PART_SIZE && self->package->read <= MAX_TOTAL_SIZE &&
      (self->done < RATIO_FROM || self->done / MAX (self->packed, 1) <= MAX_RATIO))
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
               _("The file “%s” swells beyond measure when it is unpacked and was not read further. "
                 "Delete empty rows and columns in WPS or Excel and save it again; if it comes from "
                 "a stranger, do not open it."),
               self->package->source->name);
  return FALSE;
}

/* Reads on; 0 at the end, -1 with @error set. */
gssize
shy_xlsx_part_read (ShyXlsxPart  *self,
                    char         *buffer,
                    gsize         size,
                    GError      **error)
{
  zip_int64_t n = zip_fread (self->file, buffer, size);

  if (n < 0)
    {
      set_zip_error (self->package, zip_file_get_error (self->file), error);
      return -1;
    }
  self->done += n;
  self->package->read += n;
  return check_size (self, error) ? (gssize) n : -1;
}

guint64
shy_xlsx_part_get_done (ShyXlsxPart *self)
{
  return self->done;
}

guint64
shy_xlsx_part_get_total (ShyXlsxPart *self)
{
  return MAX (self->total, self->done);
}

/* Feeds a whole part to a parser. */
gboolean
shy_xlsx_package_parse (ShyXlsxPackage  *self,
                        const char      *name,
                        ShyXml          *xml,
                        GCancellable    *cancellable,
                        GError         **error)
{
  g_autoptr (ShyXlsxPart) part = shy_xlsx_package_open_part (self, name, error);
  g_autofree char        *buffer = g_malloc (CHUNK_SIZE);
  gssize                  n = -1;

  while (part != NULL && n != 0)
    {
      g_autoptr (GError) local = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n = shy_xlsx_part_read (part, buffer, CHUNK_SIZE, error);
      if (n < 0)
        return FALSE;
      if (!shy_xml_feed (xml, buffer, n, n == 0, &local))
        {
          g_autofree char *detail = g_strdup_printf ("%s: %s", name, local->message);

          if (local->code == SHY_ERROR_INVALID)
            shy_book_source_set_damaged (self->source, detail, error);
          else
            g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return part != NULL;
}
