/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-xml-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <libxml/SAX2.h>
#include <string.h>

/* libxml2 lays an attribute out as local name, prefix, URI, first and end of the value. */
#define ATTRIBUTE_PARTS 5
#define COMPATIBILITY "http://schemas.openxmlformats.org/markup-compatibility/2006"

static void
document_type_cb (void          *data,
                  const xmlChar *name,
                  const xmlChar *external_id,
                  const xmlChar *system_id)
{
  /* No writer of spreadsheets declares a document type; entity bombs do. */
  shy_xml_fail (data, g_error_new_literal (SHY_ERROR, SHY_ERROR_INVALID,
                                           _("it declares a document type, which no spreadsheet does")));
}

static void
error_cb (void       *data,
          xmlErrorPtr problem)
{
  ShyXml *self = data;

  /* The sentences of the library are English, and of no use to who reads ours. */
  if (problem->level >= XML_ERR_ERROR && self->failure == NULL)
    self->failure = g_error_new (SHY_ERROR, SHY_ERROR_INVALID,
                                 /* Translators: XML is the language inside of spreadsheet files. */
                                 _("its XML is broken in line %d"), problem->line);
}

void
shy_xml_init (ShyXml                *self,
              startElementNsSAX2Func start,
              endElementNsSAX2Func   end,
              charactersSAXFunc      text)
{
  static gsize  initialized;
  xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .internalSubset = document_type_cb,
    .startElementNs = start,
    .endElementNs = end,
    .characters = text,
    .ignorableWhitespace = text,
    .cdataBlock = text,
    .serror = error_cb,
  };

  /* Once for all threads, before the first of them parses. */
  if (g_once_init_enter (&initialized))
    {
      xmlInitParser ();
      g_once_init_leave (&initialized, 1);
    }
  self->failure = NULL;
  self->uri = NULL;
  self->foreign = 0;
  self->rooted = FALSE;
  self->context = xmlCreatePushParserCtxt (&handler, self, NULL, 0, NULL);
  /* NOENT: without it libxml2 hands "&amp;" in attributes over as "&#38;". */
  xmlCtxtUseOptions (self->context, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_COMPACT);
}

void
shy_xml_clear (ShyXml *self)
{
  if (self->context != NULL && self->context->myDoc != NULL)
    xmlFreeDoc (g_steal_pointer (&self->context->myDoc));
  g_clear_pointer (&self->context, xmlFreeParserCtxt);
  g_clear_error (&self->failure);
}

/* Ends the callbacks; takes @failure. xmlStopParser() would free the very text that the callback that
 * fails is looking at, so the parser may finish its chunk, unheard. */
void
shy_xml_fail (ShyXml *self,
              GError *failure)
{
  if (self->failure == NULL)
    self->failure = failure;
  else
    g_error_free (failure);
  self->context->disableSAX = 1;
}

/* Gives the parser the next bytes. */
gboolean
shy_xml_feed (ShyXml      *self,
              const char  *chunk,
              gsize        length,
              gboolean     last,
              GError     **error)
{
  g_assert (length <= G_MAXINT);

  if (self->failure == NULL &&
      xmlParseChunk (self->context, chunk, (int) length, last) != XML_ERR_OK &&
      self->failure == NULL)
    self->failure = g_error_new (SHY_ERROR, SHY_ERROR_INVALID, _("its XML is broken in line %d"),
                                 xmlSAX2GetLineNumber (self->context));
  if (self->failure == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (self->failure));
  return FALSE;
}

/* What writers add under other namespaces (ECMA-376 part 3) says nothing here, whatever its elements
 * are called: they, their content and what stands in <extLst> are passed over. Of alternatives the
 * one for readers that know no extension is taken. */
static gboolean
is_transparent (const xmlChar *name,
                const xmlChar *uri)
{
  return uri != NULL && strcmp ((const char *) uri, COMPATIBILITY) == 0 &&
         (strcmp ((const char *) name, "AlternateContent") == 0 ||
          strcmp ((const char *) name, "Fallback") == 0);
}

/* To be called first for each element that begins: whether it belongs to the namespace of the root
 * and to no extension. The parser interns the addresses of namespaces, so pointers tell. */
gboolean
shy_xml_enter (ShyXml        *self,
               const xmlChar *name,
               const xmlChar *uri)
{
  if (self->foreign > 0)
    {
      self->foreign++;
      return FALSE;
    }
  if (!self->rooted)
    {
      self->rooted = TRUE;
      self->uri = uri;
      return TRUE;
    }
  if (uri != self->uri ? !is_transparent (name, uri)
                       : strcmp ((const char *) name, "extLst") == 0)
    self->foreign = 1;
  return uri == self->uri && self->foreign == 0;
}

/* The counterpart of shy_xml_enter(), for each element that ends. */
gboolean
shy_xml_leave (ShyXml        *self,
               const xmlChar *uri)
{
  if (self->foreign > 0)
    {
      self->foreign--;
      return FALSE;
    }
  return uri == self->uri;
}

/* The pointer that the parser will use for this name: names can then be compared by pointer. */
const xmlChar *
shy_xml_intern (ShyXml     *self,
                const char *name)
{
  return xmlDictLookup (self->context->dict, BAD_CAST name, -1);
}

/* An attribute of the element's own; one with a prefix is an extension's. */
gboolean
shy_xml_attribute (const xmlChar **attributes,
                   int             n_attributes,
                   const char     *name,
                   ShyXmlText     *value)
{
  for (int i = 0; i < n_attributes; i++, attributes += ATTRIBUTE_PARTS)
    if (attributes[2] == NULL && strcmp ((const char *) attributes[0], name) == 0)
      {
        value->text = (const char *) attributes[3];
        value->length = attributes[4] - attributes[3];
        return TRUE;
      }

  return FALSE;
}

char *
shy_xml_dup_attribute (const xmlChar **attributes,
                       int             n_attributes,
                       const char     *name)
{
  ShyXmlText value;

  if (!shy_xml_attribute (attributes, n_attributes, name, &value))
    return NULL;
  return g_strndup (value.text, value.length);
}

/* An attribute of the namespace whose address ends in @uri: the strict and the usual form of a
 * document differ in what stands before. */
char *
shy_xml_dup_attribute_of (const xmlChar **attributes,
                          int             n_attributes,
                          const char     *uri,
                          const char     *name)
{
  for (int i = 0; i < n_attributes; i++, attributes += ATTRIBUTE_PARTS)
    if (attributes[2] != NULL && g_str_has_suffix ((const char *) attributes[2], uri) &&
        strcmp ((const char *) attributes[0], name) == 0)
      return g_strndup ((const char *) attributes[3], attributes[4] - attributes[3]);

  return NULL;
}

/* An xsd:boolean; FALSE if it is missing. */
gboolean
shy_xml_flag (const xmlChar **attributes,
              int             n_attributes,
              const char     *name)
{
  ShyXmlText value;

  return shy_xml_attribute (attributes, n_attributes, name, &value) &&
         ((value.length == 1 && value.text[0] == '1') ||
          (value.length == 4 && memcmp (value.text, "true", 4) == 0));
}
