/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-xlsx-book-private.h"

#include <string.h>

/* Excel allows 65,490 cell formats; more is an attack. */
#define MAX_FORMATS 65490

typedef struct
{
  ShyXml      xml;
  GArray     *formats; /* of the book */
  GHashTable *codes;   /* (owned) (element-type guint utf8) of this file, by id */
  gboolean    in_cell_formats;
} Loader;

static guint
number_attribute (const xmlChar **attributes,
                  int             n_attributes,
                  const char     *name)
{
  g_autofree char *value = shy_xml_dup_attribute (attributes, n_attributes, name);

  return value != NULL ? (guint) g_ascii_strtoull (value, NULL, 10) : 0;
}

static void
add_code (Loader         *self,
          const xmlChar **attributes,
          int             n_attributes)
{
  char *code = shy_xml_dup_attribute (attributes, n_attributes, "formatCode");
  guint id = number_attribute (attributes, n_attributes, "numFmtId");

  if (code != NULL)
    g_hash_table_insert (self->codes, GUINT_TO_POINTER (id), code);
}

static void
add_format (Loader         *self,
            const xmlChar **attributes,
            int             n_attributes)
{
  guint           id = number_attribute (attributes, n_attributes, "numFmtId");
  ShyNumberFormat format;

  if (self->formats->len >= MAX_FORMATS)
    return;
  shy_number_format_init (&format, id, g_hash_table_lookup (self->codes, GUINT_TO_POINTER (id)));
  g_array_append_val (self->formats, format);
}

static void
start_cb (void           *data,
          const xmlChar  *name,
          const xmlChar  *prefix,
          const xmlChar  *uri,
          int             n_namespaces,
          const xmlChar **namespaces,
          int             n_attributes,
          int             n_defaulted,
          const xmlChar **attributes)
{
  Loader     *self = data;
  const char *tag = (const char *) name;

  if (!shy_xml_enter (&self->xml, name, uri))
    return;
  if (strcmp (tag, "cellXfs") == 0)
    self->in_cell_formats = TRUE;
  else if (strcmp (tag, "numFmt") == 0)
    add_code (self, attributes, n_attributes);
  else if (strcmp (tag, "xf") == 0 && self->in_cell_formats)
    add_format (self, attributes, n_attributes);
}

static void
end_cb (void          *data,
        const xmlChar *name,
        const xmlChar *prefix,
        const xmlChar *uri)
{
  Loader *self = data;

  if (shy_xml_leave (&self->xml, uri) && strcmp ((const char *) name, "cellXfs") == 0)
    self->in_cell_formats = FALSE;
}

static void
text_cb (void          *data,
         const xmlChar *text,
         int            length)
{
}

/* Loads the number format of each cell style. The list of codes stands before that of styles. */
gboolean
shy_xlsx_styles_load (ShyXlsxBook     *book,
                      ShyXlsxPackage  *package,
                      const char      *part,
                      GCancellable    *cancellable,
                      GError         **error)
{
  Loader   self = { .formats = book->formats };
  gboolean ok;

  self.codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  shy_xml_init (&self.xml, start_cb, end_cb, text_cb);
  ok = shy_xlsx_package_parse (package, part, &self.xml, cancellable, error);
  shy_xml_clear (&self.xml);
  g_hash_table_unref (self.codes);
  return ok;
}
