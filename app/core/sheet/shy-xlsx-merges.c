/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem, memrchr */
#include "config.h"

#include "sheet/shy-xlsx-reader-private.h"

#include <string.h>

#define CHUNK_SIZE (64 * 1024)
/* The tag with a reference of two corners takes less than 64 bytes, unless a prefix is long. */
#define TAG_SIZE 256
#define TAG "mergeCell"

/* Merged ranges stand behind the cells but are needed before them. Only the bytes are searched: in
 * XML a "<" stands for nothing but a tag, and inflating costs a fraction of parsing. A sheet whose
 * tags have prefixes, or that has comments and the like, is parsed instead. */
typedef struct
{
  ShyXml   xml;    /* first: the callbacks get it */
  GArray  *merges; /* (element-type ShySheetRange) */
  guint    n_tags; /* also those that name no range */
  gboolean doubt;  /* the bytes alone do not tell */
} Search;

static gboolean
parse_range (const char    *text,
             gsize          length,
             ShySheetRange *range)
{
  g_autofree char *first = g_strndup (text, length);
  char            *second = strchr (first, ':');

  if (second == NULL)
    return FALSE;
  *second++ = '\0';
  return shy_sheet_reference_parse (first, &range->top, &range->left) &&
         shy_sheet_reference_parse (second, &range->bottom, &range->right) &&
         range->top <= range->bottom && range->left <= range->right;
}

/* Takes the range from a whole tag, from its name on. */
static void
add_merge (GArray     *merges,
           const char *tag,
           gsize       length)
{
  const char   *start = memmem (tag, length, "ref=", 4);
  const char   *end;
  ShySheetRange range = { 0, };

  if (start == NULL || start + 5 >= tag + length)
    return;
  start += 4;
  end = memchr (start + 1, *start, tag + length - start - 1);
  if (end != NULL && parse_range (start + 1, end - start - 1, &range))
    g_array_append_val (merges, range);
}

/* Adds the tags of @text, of which what comes next is not known yet. Gives how many bytes must be
 * seen again, because a tag begins but does not end in them. */
static gsize
search (Search     *self,
        const char *text,
        gsize       length)
{
  const char *end = text + length;
  const char *p = text;
  const char *last;

  g_assert (text != NULL);
  self->doubt |= memmem (text, length, "<!", 2) != NULL ||
                 memmem (text, length, "AlternateContent", strlen ("AlternateContent")) != NULL;
  while (p != NULL && (p = memmem (p, (gsize) (end - p), TAG, strlen (TAG))) != NULL)
    {
      const char *close = memchr (p, '>', end - p);

      if (close == NULL)
        break;
      self->doubt |= p > text && p[-1] == ':';
      if (p > text && p[-1] == '<' && g_ascii_isspace (p[strlen (TAG)]))
        {
          self->n_tags++;
          add_merge (self->merges, p, close - p);
        }
      p = close;
    }
  last = memrchr (text, '<', length);
  return last != NULL && memchr (last, '>', end - last) == NULL ? MIN ((gsize) (end - last), TAG_SIZE) : 0;
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
  Search       *self = data;
  ShySheetRange range = { 0, };
  ShyXmlText    reference;

  if (!shy_xml_enter (&self->xml, name, uri) || strcmp ((const char *) name, TAG) != 0)
    return;
  self->n_tags++;
  if (shy_xml_attribute (attributes, n_attributes, "ref", &reference) &&
      parse_range (reference.text, reference.length, &range))
    g_array_append_val (self->merges, range);
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
text_cb (void          *data,
         const xmlChar *text,
         int            length)
{
}

static gboolean
parse (Search          *self,
       ShyXlsxPackage  *package,
       const char      *part,
       GCancellable    *cancellable,
       GError         **error)
{
  gboolean ok;

  g_array_set_size (self->merges, 0);
  self->n_tags = 0;
  shy_xml_init (&self->xml, start_cb, end_cb, text_cb);
  ok = shy_xlsx_package_parse (package, part, &self->xml, cancellable, error);
  shy_xml_clear (&self->xml);
  return ok;
}

static int
compare_ranges (gconstpointer a,
                gconstpointer b)
{
  const ShySheetRange *one = a;
  const ShySheetRange *other = b;

  if (one->top != other->top)
    return one->top < other->top ? -1 : 1;
  return (one->left > other->left) - (one->left < other->left);
}

GArray *
shy_xlsx_merges_load (ShyXlsxBook   *book,
                      guint          sheet,
                      guint         *n_tags,
                      GCancellable  *cancellable,
                      GError       **error)
{
  const ShyXlsxSheet        *facts = g_ptr_array_index (book->sheets, sheet);
  g_autoptr (ShyXlsxPackage) package = shy_xlsx_package_open (book->source, error);
  g_autoptr (ShyXlsxPart)    part = NULL;
  g_autoptr (GArray)         merges = g_array_sized_new (FALSE, FALSE, sizeof (ShySheetRange), 1);
  g_autofree char           *buffer = g_malloc (TAG_SIZE + CHUNK_SIZE);
  Search                     self = { .merges = merges };
  gsize                      kept = 0;
  gssize                     n;

  if (package != NULL)
    part = shy_xlsx_package_open_part (package, facts->part, error);
  if (part == NULL)
    return NULL;

  while ((n = shy_xlsx_part_read (part, buffer + kept, CHUNK_SIZE, error)) > 0)
    {
      gsize length = kept + n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      kept = search (&self, buffer, length);
      memmove (buffer, buffer + length - kept, kept);
    }
  if (n < 0 || (self.doubt && !parse (&self, package, facts->part, cancellable, error)))
    return NULL;
  *n_tags = self.n_tags;
  g_array_sort (merges, compare_ranges);
  return g_steal_pointer (&merges);
}
