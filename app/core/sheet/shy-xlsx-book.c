/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-xlsx-book-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One arrow from a part to another. */
typedef struct
{
  char *id;   /* (owned) */
  char *kind; /* (owned) the last word of its type: the same in the strict and the usual form */
  char *part; /* (owned) */
} Relation;

typedef struct
{
  ShyXml     xml;
  GPtrArray *relations; /* (element-type Relation) */
  char      *folder;    /* (owned) of the part they start from, with the last slash */
} RelationLoader;

typedef struct
{
  ShyXml       xml;
  ShyXlsxBook *book;
  GPtrArray   *relations; /* (element-type Relation) */
} BookLoader;

static void
relation_free (gpointer data)
{
  Relation *self = data;

  g_free (self->id);
  g_free (self->kind);
  g_free (self->part);
  g_free (self);
}

static void
sheet_free (gpointer data)
{
  ShyXlsxSheet *self = data;

  g_free (self->name);
  g_free (self->part);
  g_free (self);
}

/* Makes the target of a relation the name of an entry: relative to @folder, or from the root if
 * it begins with a slash; "." and ".." are resolved. */
static char *
resolve (const char *folder,
         const char *target)
{
  g_autofree char *joined = NULL;
  g_autofree char *whole = NULL;

  joined = *target == '/' ? g_strdup (target) : g_strconcat ("/", folder, target, NULL);
  whole = g_canonicalize_filename (joined, "/");
  return g_strdup (whole + 1);
}

static void
relation_cb (void           *data,
             const xmlChar  *name,
             const xmlChar  *prefix,
             const xmlChar  *uri,
             int             n_namespaces,
             const xmlChar **namespaces,
             int             n_attributes,
             int             n_defaulted,
             const xmlChar **attributes)
{
  RelationLoader  *self = data;
  g_autofree char *type = shy_xml_dup_attribute (attributes, n_attributes, "Type");
  g_autofree char *target = shy_xml_dup_attribute (attributes, n_attributes, "Target");
  g_autofree char *mode = shy_xml_dup_attribute (attributes, n_attributes, "TargetMode");
  Relation        *relation;
  const char      *kind;

  if (strcmp ((const char *) name, "Relationship") != 0 || type == NULL || target == NULL ||
      g_strcmp0 (mode, "External") == 0)
    return;
  kind = strrchr (type, '/');
  relation = g_new0 (Relation, 1);
  relation->id = shy_xml_dup_attribute (attributes, n_attributes, "Id");
  relation->kind = g_strdup (kind != NULL ? kind + 1 : type);
  relation->part = resolve (self->folder, target);
  g_ptr_array_add (self->relations, relation);
}

static void
ignore_end_cb (void          *data,
               const xmlChar *name,
               const xmlChar *prefix,
               const xmlChar *uri)
{
}

static void
ignore_text_cb (void          *data,
                const xmlChar *text,
                int            length)
{
}

/* Loads the relations of a part; "" is the package as a whole. */
static GPtrArray *
load_relations (ShyXlsxPackage  *package,
                const char      *part,
                GCancellable    *cancellable,
                GError         **error)
{
  g_autoptr (GPtrArray) relations = g_ptr_array_new_with_free_func (relation_free);
  g_autofree char      *file = NULL;
  g_autofree char      *folder = NULL;
  const char           *slash = strrchr (part, '/');
  RelationLoader        self = { .relations = relations };
  gboolean              ok;

  folder = g_strndup (part, slash != NULL ? slash + 1 - part : 0);
  file = g_strdup_printf ("%s_rels/%s.rels", folder, part + strlen (folder));
  self.folder = folder;
  shy_xml_init (&self.xml, relation_cb, ignore_end_cb, ignore_text_cb);
  ok = shy_xlsx_package_parse (package, file, &self.xml, cancellable, error);
  shy_xml_clear (&self.xml);
  return ok ? g_steal_pointer (&relations) : NULL;
}

static Relation *
find_relation (GPtrArray  *relations,
               const char *kind,
               const char *id)
{
  for (guint i = 0; i < relations->len; i++)
    {
      Relation *relation = g_ptr_array_index (relations, i);

      if ((kind == NULL || strcmp (relation->kind, kind) == 0) &&
          (id == NULL || g_strcmp0 (relation->id, id) == 0))
        return relation;
    }

  return NULL;
}

/* Charts and dialogues are listed among the sheets too; they hold no cells. */
static void
add_sheet (BookLoader     *self,
           const xmlChar **attributes,
           int             n_attributes)
{
  g_autofree char *id = shy_xml_dup_attribute (attributes, n_attributes, "id");
  g_autofree char *state = shy_xml_dup_attribute (attributes, n_attributes, "state");
  Relation        *relation = id != NULL ? find_relation (self->relations, NULL, id) : NULL;
  ShyXlsxSheet    *sheet;

  if (relation == NULL || strcmp (relation->kind, "worksheet") != 0)
    return;
  sheet = g_new0 (ShyXlsxSheet, 1);
  sheet->name = shy_xml_dup_attribute (attributes, n_attributes, "name");
  if (sheet->name == NULL)
    sheet->name = g_strdup_printf ("Sheet%u", self->book->sheets->len + 1);
  sheet->part = g_strdup (relation->part);
  sheet->visible = state == NULL || strcmp (state, "visible") == 0;
  g_ptr_array_add (self->book->sheets, sheet);
}

static void
workbook_cb (void           *data,
             const xmlChar  *name,
             const xmlChar  *prefix,
             const xmlChar  *uri,
             int             n_namespaces,
             const xmlChar **namespaces,
             int             n_attributes,
             int             n_defaulted,
             const xmlChar **attributes)
{
  BookLoader *self = data;
  const char *tag = (const char *) name;

  if (strcmp (tag, "sheet") == 0)
    add_sheet (self, attributes, n_attributes);
  else if (strcmp (tag, "workbookPr") == 0)
    self->book->epoch_1904 = shy_xml_flag (attributes, n_attributes, "date1904");
  else if (strcmp (tag, "calcPr") == 0)
    self->book->uncomputed = shy_xml_flag (attributes, n_attributes, "fullCalcOnLoad");
}

static gboolean
load_workbook (ShyXlsxBook     *book,
               ShyXlsxPackage  *package,
               const char      *part,
               GPtrArray       *relations,
               GCancellable    *cancellable,
               GError         **error)
{
  BookLoader self = { .book = book, .relations = relations };
  gboolean   ok;

  shy_xml_init (&self.xml, workbook_cb, ignore_end_cb, ignore_text_cb);
  ok = shy_xlsx_package_parse (package, part, &self.xml, cancellable, error);
  shy_xml_clear (&self.xml);
  return ok;
}

/* Says what an archive is that holds no workbook of ours. */
static void
set_kind_error (ShyXlsxBook     *self,
                ShyXlsxPackage  *package,
                GError         **error)
{
  if (shy_xlsx_package_has (package, "mimetype") && shy_xlsx_package_has (package, "content.xml"))
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                 _("The file “%s” is an OpenDocument file. Open it in LibreOffice or WPS and save it "
                   "as .xlsx."),
                 self->source->name);
  else if (shy_xlsx_package_has (package, "word/document.xml") ||
           shy_xlsx_package_has (package, "ppt/presentation.xml"))
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                 _("The file “%s” is a text or slide document, not a spreadsheet. Choose the "
                   "spreadsheet, or copy its table into one."),
                 self->source->name);
  else if (shy_xlsx_package_has (package, "xl/workbook.bin"))
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                 _("The file “%s” is a binary workbook (.xlsb). Open it in WPS or Excel and save it "
                   "as .xlsx."),
                 self->source->name);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNSUPPORTED,
                 _("The file “%s” is a zip archive without a spreadsheet in it. Unpack it and choose "
                   "the spreadsheet, saved as .xlsx."),
                 self->source->name);
}

/* Finds the workbook: by the relations of the package, or where all writers put it. */
static char *
find_workbook (ShyXlsxPackage *package,
               GCancellable   *cancellable)
{
  g_autoptr (GPtrArray) relations = NULL;
  Relation             *relation = NULL;

  if (shy_xlsx_package_has (package, "_rels/.rels"))
    relations = load_relations (package, "", cancellable, NULL);
  if (relations != NULL)
    relation = find_relation (relations, "officeDocument", NULL);
  if (relation != NULL)
    return g_strdup (relation->part);
  return g_strdup ("xl/workbook.xml");
}

static gboolean
load_shared (ShyXlsxBook     *self,
             ShyXlsxPackage  *package,
             GPtrArray       *relations,
             GCancellable    *cancellable,
             GError         **error)
{
  Relation *styles = find_relation (relations, "styles", NULL);
  Relation *strings = find_relation (relations, "sharedStrings", NULL);

  self->macros = find_relation (relations, "vbaProject", NULL) != NULL;
  return (styles == NULL ||
          shy_xlsx_styles_load (self, package, styles->part, cancellable, error)) &&
         (strings == NULL ||
          shy_xlsx_strings_load (self, package, strings->part, cancellable, error));
}

static gboolean
load (ShyXlsxBook   *self,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (ShyXlsxPackage) package = shy_xlsx_package_open (self->source, error);
  g_autoptr (GPtrArray)      relations = NULL;
  g_autofree char           *workbook = NULL;

  if (package == NULL)
    return FALSE;
  workbook = find_workbook (package, cancellable);
  if (!shy_xlsx_package_has (package, workbook) || !g_str_has_suffix (workbook, ".xml") ||
      shy_xlsx_package_has (package, "word/document.xml"))
    {
      set_kind_error (self, package, error);
      return FALSE;
    }
  relations = load_relations (package, workbook, cancellable, error);
  return relations != NULL &&
         load_workbook (self, package, workbook, relations, cancellable, error) &&
         load_shared (self, package, relations, cancellable, error);
}

/* Loads what the sheets share: their list, the formats and the texts. */
ShyXlsxBook *
shy_xlsx_book_load (ShyBookSource  *source,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_autoptr (ShyXlsxBook) self = g_atomic_rc_box_new0 (ShyXlsxBook);

  self->source = shy_book_source_ref (source);
  self->sheets = g_ptr_array_new_with_free_func (sheet_free);
  self->formats = g_array_new (FALSE, FALSE, sizeof (ShyNumberFormat));
  g_array_set_clear_func (self->formats, (GDestroyNotify) shy_number_format_clear);
  self->strings.block = g_byte_array_new ();
  self->strings.offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  return load (self, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

ShyXlsxBook *
shy_xlsx_book_ref (ShyXlsxBook *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  ShyXlsxBook *self = data;

  g_clear_pointer (&self->source, shy_book_source_unref);
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_clear_pointer (&self->formats, g_array_unref);
  g_clear_pointer (&self->strings.block, g_byte_array_unref);
  g_clear_pointer (&self->strings.offsets, g_array_unref);
}

void
shy_xlsx_book_unref (ShyXlsxBook *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
