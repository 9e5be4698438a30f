/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libxml/parser.h>

G_BEGIN_DECLS

/* A push parser for the parts of an xlsx file. It is the first member of the struct that its
 * callbacks get. Document types are refused, so that no entity can be declared, let alone grow. */
typedef struct
{
  xmlParserCtxtPtr context; /* (owned) */
  GError          *failure; /* (owned) (nullable) what stopped it */
  const xmlChar   *uri;     /* of the root's namespace, interned; NULL for none */
  guint            foreign; /* depth inside of an element that is an extension's */
  gboolean         rooted;  /* the root was seen */
} ShyXml;

typedef struct
{
  const char *text; /* not terminated */
  gsize       length;
} ShyXmlText;

void           shy_xml_init      (ShyXml                *self,
                                  startElementNsSAX2Func start,
                                  endElementNsSAX2Func   end,
                                  charactersSAXFunc      text);
void           shy_xml_clear     (ShyXml                *self);
gboolean       shy_xml_feed      (ShyXml                *self,
                                  const char            *chunk,
                                  gsize                  length,
                                  gboolean               last,
                                  GError               **error);
gboolean       shy_xml_enter     (ShyXml                *self,
                                  const xmlChar         *name,
                                  const xmlChar         *uri);
gboolean       shy_xml_leave     (ShyXml                *self,
                                  const xmlChar         *uri);
void           shy_xml_fail      (ShyXml                *self,
                                  GError                *failure);
const xmlChar *shy_xml_intern    (ShyXml                *self,
                                  const char            *name);
gboolean       shy_xml_attribute (const xmlChar        **attributes,
                                  int                    n_attributes,
                                  const char            *name,
                                  ShyXmlText            *value);
char          *shy_xml_dup_attribute (const xmlChar    **attributes,
                                      int                n_attributes,
                                      const char        *name);
char *shy_xml_dup_attribute_of      (const xmlChar    **attributes,
                                      int                n_attributes,
                                      const char        *uri,
                                      const char        *name);
gboolean       shy_xml_flag      (const xmlChar        **attributes,
                                  int                    n_attributes,
                                  const char            *name);

G_END_DECLS
