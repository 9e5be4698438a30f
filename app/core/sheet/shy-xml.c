/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-xml-private.h"

#include "shy-error.h"

#include <string.h>

/* libxml2 lays an attribute out as local name, prefix, URI, first and end of the value. */
#define ATTRIBUTE_PARTS 5

static void
document_type_cb (void          *data,
                  const xmlChar *name,
                  const xmlChar *external_id,
                  const xmlChar *system_id)
{
  /* No writer of spreadsheets declares a document type; entity bombs do. */
  shy_xml_fail (data, g_error_new_literal (SHY_ERROR, SHY_ERROR_INVALID,
                                           "document type declaration"));
}

static void
error_cb (void       *data,
          xmlErrorPtr problem)
{
  ShyXml          *self = data;
  g_autofree char *message = NULL;

  if (problem->level < XML_ERR_ERROR || self->failure != NULL)
    return;
  message = g_strdup (problem->message != NULL ? problem->message : "XML");
  self->failure = g_error_new (SHY_ERROR, SHY_ERROR_INVALID, "XML %d:%d, %s", problem->line,
                               problem->int2, g_strchomp (message));
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
    self->failure = g_error_new (SHY_ERROR, SHY_ERROR_INVALID, "XML %d", self->context->errNo);
  if (self->failure == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (self->failure));
  return FALSE;
}

/* The pointer that the parser will use for this name: names can then be compared by pointer. */
const xmlChar *
shy_xml_intern (ShyXml     *self,
                const char *name)
{
  return xmlDictLookup (self->context->dict, BAD_CAST name, -1);
}

gboolean
shy_xml_attribute (const xmlChar **attributes,
                   int             n_attributes,
                   const char     *name,
                   ShyXmlText     *value)
{
  for (int i = 0; i < n_attributes; i++, attributes += ATTRIBUTE_PARTS)
    if (strcmp ((const char *) attributes[0], name) == 0)
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
