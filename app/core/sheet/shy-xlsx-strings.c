/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem, memrchr */
#include "config.h"

#include "sheet/shy-xlsx-book-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Texts of 100,000 rows with fifteen columns of their own take about 30 MB. */
#define MAX_BLOCK (256u << 20)

typedef struct
{
  ShyXml          xml;
  ShyXlsxStrings *strings;
  const char     *file;    /* what messages call the file */
  gsize           start;   /* of the text being read, in the block */
  gboolean        in_text;
  guint           phonetic; /* depth inside of a reading aid, which is no text of the cell */
} Loader;

static gboolean
parse_escape (const char *text,
              gunichar   *character)
{
  *character = 0;
  if (text[0] != '_' || text[1] != 'x')
    return FALSE;
  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return FALSE;
      *character = *character * 16 + g_ascii_xdigit_value (text[i]);
    }
  return text[6] == '_' && *character != 0 && g_unichar_validate (*character);
}

/* Resolves "_x000D_", with which xlsx writes what XML cannot (ECMA-376 part 1, 22.9.2.19), in
 * place; @text is terminated at @length. Gives the new length. */
gsize
shy_xlsx_unescape (char  *text,
                   gsize  length)
{
  char    *to;
  gunichar character;

  to = memmem (text, length, "_x", 2);
  if (to == NULL)
    return length;

  for (const char *from = to; from < text + length;)
    if (parse_escape (from, &character))
      {
        to += g_unichar_to_utf8 (character, to);
        from += strlen ("_x000D_");
      }
    else
      *to++ = *from++;
  *to = '\0';
  return to - text;
}

static gboolean
is (const xmlChar *name,
    const char    *wanted)
{
  return strcmp ((const char *) name, wanted) == 0;
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
  Loader *self = data;

  if (!shy_xml_enter (&self->xml, name, uri))
    return;
  if (is (name, "t"))
    self->in_text = self->phonetic == 0;
  else if (is (name, "rPh"))
    self->phonetic++;
  else if (is (name, "si"))
    self->start = self->strings->block->len;
}

static void
text_cb (void          *data,
         const xmlChar *text,
         int            length)
{
  Loader *self = data;

  if (!self->in_text)
    return;
  if (self->strings->block->len + (guint) length > MAX_BLOCK)
    {
      shy_xml_fail (&self->xml,
                    g_error_new (SHY_ERROR, SHY_ERROR_LIMIT,
                                 _("The file “%s” holds more than %u MB of text. Split it into "
                                   "several files."),
                                 self->file, MAX_BLOCK >> 20));
      return;
    }
  g_byte_array_append (self->strings->block, text, length);
}

static void
end_cb (void          *data,
        const xmlChar *name,
        const xmlChar *prefix,
        const xmlChar *uri)
{
  Loader     *self = data;
  GByteArray *block = self->strings->block;

  if (!shy_xml_leave (&self->xml, uri))
    return;
  if (is (name, "t"))
    self->in_text = FALSE;
  else if (is (name, "rPh") && self->phonetic > 0)
    self->phonetic--;
  else if (is (name, "si"))
    {
      guint32 offset = self->start;
      gsize   length;

      g_byte_array_append (block, (const guint8 *) "", 1);
      length = shy_xlsx_unescape ((char *) block->data + offset, block->len - 1 - offset);
      g_byte_array_set_size (block, offset + length + 1);
      g_array_append_val (self->strings->offsets, offset);
    }
}

gboolean
shy_xlsx_strings_load (ShyXlsxBook     *book,
                       ShyXlsxPackage  *package,
                       const char      *part,
                       GCancellable    *cancellable,
                       GError         **error)
{
  Loader   self = { .strings = &book->strings, .file = book->source->name };
  gboolean ok;

  shy_xml_init (&self.xml, start_cb, end_cb, text_cb);
  ok = shy_xlsx_package_parse (package, part, &self.xml, cancellable, error);
  shy_xml_clear (&self.xml);
  return ok;
}
