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
  ShyXml          xml;
  ShyXlsxBook    *book;
  ShyXlsxPackage *package;
  GPtrArray      *relations; /* (nullable) (element-type Relation) NULL where the file has none */
  guint           n_listed;  /* sheets so far */
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
  gboolean         own = shy_xml_enter (&self->xml, name, uri);
  g_autofree char *type = shy_xml_dup_attribute (attributes, n_attributes, "Type");
  g_autofree char *target = shy_xml_dup_attribute (attributes, n_attributes, "Target");
  g_autofree char *mode = shy_xml_dup_attribute (attributes, n_attributes, "TargetMode");
  Relation        *relation;
  const char      *kind;

  if (!own || strcmp ((const char *) name, "Relationship") != 0 || type == NULL || target == NULL ||
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
end_cb (void          *data,
        const xmlChar *name,
        const xmlChar *prefix,
        const xmlChar *uri)
{
  shy_xml_leave (data, uri);
}

static void
ignore_text_cb (void          *data,
                const xmlChar *text,
                int            length)
{
}

/* The folder of a part, with the last slash. */
static char *
dup_folder (const char *part)
{
  const char *slash = strrchr (part, '/');

  return g_strndup (part, slash != NULL ? slash + 1 - part : 0);
}

/* The entry that holds the relations of a part. */
static char *
dup_relations_part (const char *part)
{
  g_autofree char *folder = dup_folder (part);

  return g_strdup_printf ("%s_rels/%s.rels", folder, part + strlen (folder));
}

/* Loads the relations of a part; "" is the package as a whole. */
static GPtrArray *
load_relations (ShyXlsxPackage  *package,
                const char      *part,
                GCancellable    *cancellable,
                GError         **error)
{
  g_autoptr (GPtrArray) relations = g_ptr_array_new_with_free_func (relation_free);
  g_autofree char      *file = dup_relations_part (part);
  g_autofree char      *folder = dup_folder (part);
  RelationLoader        self = { .relations = relations };
  gboolean              ok;

  self.folder = folder;
  shy_xml_init (&self.xml, relation_cb, end_cb, ignore_text_cb);
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

/* The entry of the sheet that is being listed, NULL if it is none with cells: charts and dialogues
 * are listed among the sheets too. Without relations it is where all writers put it. */
static char *
find_sheet_part (BookLoader     *self,
                 const xmlChar **attributes,
                 int             n_attributes)
{
  g_autofree char *id = NULL;
  Relation        *relation;

  self->n_listed++;
  if (self->relations == NULL)
    return g_strdup_printf ("xl/worksheets/sheet%u.xml", self->n_listed);
  id = shy_xml_dup_attribute_of (attributes, n_attributes, "/relationships", "id");
  if (id == NULL)
    id = shy_xml_dup_attribute (attributes, n_attributes, "id");
  relation = id != NULL ? find_relation (self->relations, NULL, id) : NULL;
  return relation != NULL && strcmp (relation->kind, "worksheet") == 0 ? g_strdup (relation->part)
                                                                       : NULL;
}

static void
add_sheet (BookLoader     *self,
           const xmlChar **attributes,
           int             n_attributes)
{
  g_autofree char *state = shy_xml_dup_attribute (attributes, n_attributes, "state");
  g_autofree char *part = find_sheet_part (self, attributes, n_attributes);
  ShyXlsxSheet    *sheet;

  if (part == NULL)
    return;
  if (!shy_xlsx_package_has (self->package, part))
    {
      self->book->n_lost++;
      return;
    }
  sheet = g_new0 (ShyXlsxSheet, 1);
  sheet->name = shy_xml_dup_attribute (attributes, n_attributes, "name");
  if (sheet->name == NULL)
    sheet->name = g_strdup_printf ("Sheet%u", self->book->sheets->len + 1);
  sheet->part = g_steal_pointer (&part);
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

  if (!shy_xml_enter (&self->xml, name, uri))
    return;
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
  BookLoader self = { .book = book, .package = package, .relations = relations };
  gboolean   ok;

  shy_xml_init (&self.xml, workbook_cb, end_cb, ignore_text_cb);
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
  if (relation != NULL && shy_xlsx_package_has (package, relation->part))
    return g_strdup (relation->part);
  return g_strdup ("xl/workbook.xml");
}

/* The entry that holds what all sheets share; NULL if it is not there. */
static const char *
find_shared (ShyXlsxPackage *package,
             GPtrArray      *relations,
             const char     *kind,
             const char     *usual)
{
  Relation *relation = relations != NULL ? find_relation (relations, kind, NULL) : NULL;

  if (relation != NULL && shy_xlsx_package_has (package, relation->part))
    return relation->part;
  return shy_xlsx_package_has (package, usual) ? usual : NULL;
}

/* What is listed and not there is missed only where a cell needs it. */
static gboolean
load_shared (ShyXlsxBook     *self,
             ShyXlsxPackage  *package,
             GPtrArray       *relations,
             GCancellable    *cancellable,
             GError         **error)
{
  const char *styles = find_shared (package, relations, "styles", "xl/styles.xml");
  const char *strings = find_shared (package, relations, "sharedStrings", "xl/sharedStrings.xml");

  self->macros = relations != NULL && find_relation (relations, "vbaProject", NULL) != NULL;
  self->no_formats = styles == NULL && relations != NULL &&
                     find_relation (relations, "styles", NULL) != NULL;
  return (styles == NULL || shy_xlsx_styles_load (self, package, styles, cancellable, error)) &&
         (strings == NULL || shy_xlsx_strings_load (self, package, strings, cancellable, error));
}

/* A workbook whose relations are not there keeps its parts where all writers put them. */
static gboolean
load_parts (ShyXlsxBook     *self,
            ShyXlsxPackage  *package,
            const char      *workbook,
            GCancellable    *cancellable,
            GError         **error)
{
  g_autoptr (GPtrArray) relations = NULL;
  g_autofree char      *file = dup_relations_part (workbook);

  if (shy_xlsx_package_has (package, file))
    {
      relations = load_relations (package, workbook, cancellable, error);
      if (relations == NULL)
        return FALSE;
    }
  if (!load_workbook (self, package, workbook, relations, cancellable, error))
    return FALSE;
  if (self->sheets->len == 0 && self->n_lost > 0)
    {
      shy_book_source_set_damaged (self->source, _("its sheets are missing"), error);
      return FALSE;
    }
  return load_shared (self, package, relations, cancellable, error);
}

static gboolean
load (ShyXlsxBook   *self,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (ShyXlsxPackage) package = shy_xlsx_package_open (self->source, error);
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
  return load_parts (self, package, workbook, cancellable, error);
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
