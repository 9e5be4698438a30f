/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/shy-json-reader-private.h"
#include "service/describe/shy-service-private.h"

G_BEGIN_DECLS

/* Reads a description. */
typedef struct
{
  ShyJsonReader json;
  ShyService   *service;
  GHashTable   *names; /* of char: what templates may use beside the fixed names */
  GHashTable   *late;  /* (nullable) of char: what only the signature of a request gives; set once the
                        * authenticator is read, which alone may use it */
} ShyServiceReader;

typedef gpointer (*ShyServiceReadFunc) (ShyServiceReader *reader,
                                        const ShyJson    *json);

ShyFieldType shy_service_reader_type     (ShyJsonReader *reader,
                                          const ShyJson *json);
void        shy_service_reader_list      (ShyServiceReader   *reader,
                                          const ShyJson      *object,
                                          const char         *name,
                                          ShyServiceReadFunc  read,
                                          GPtrArray          *into);
ShyPath    *shy_service_reader_path      (ShyServiceReader   *reader,
                                          const ShyJson      *object,
                                          const char         *name);
GPtrArray  *shy_service_reader_paths     (ShyServiceReader   *reader,
                                          const ShyJson      *object,
                                          const char         *name);
char      **shy_service_reader_scalars   (ShyServiceReader   *reader,
                                          const ShyJson      *object,
                                          const char         *name);
double      shy_service_reader_number    (ShyServiceReader   *reader,
                                          const ShyJson      *object,
                                          const char         *name,
                                          double              most,
                                          double              otherwise);
GRegex     *shy_service_reader_pattern   (ShyServiceReader   *reader,
                                          const ShyJson      *object,
                                          const char         *name);
ShySuccess *shy_service_reader_success   (ShyServiceReader   *reader,
                                          const ShyJson      *json);
GPtrArray  *shy_service_reader_layers    (ShyServiceReader   *reader,
                                          const ShyJson      *object);
void        shy_service_reader_templates (ShyServiceReader   *reader,
                                          const ShyJson      *json);
const ShyJson *
            shy_service_reader_request   (ShyServiceReader   *reader,
                                          const ShyJson      *object,
                                          const char         *name);
void        shy_service_reader_handler   (ShyServiceReader   *reader,
                                          const ShyJson      *root);
void        shy_service_reader_auth      (ShyServiceReader   *reader,
                                          const ShyJson      *root);
gpointer    shy_service_reader_stream    (ShyServiceReader   *reader,
                                          const ShyJson      *json);
ShyServiceStream *
            shy_service_reader_shape     (ShyServiceReader   *reader,
                                          const ShyJson      *json);
gpointer    shy_service_reader_lookup    (ShyServiceReader   *reader,
                                          const ShyJson      *json);
GPtrArray  *shy_service_reader_fields    (ShyServiceReader   *reader,
                                          const ShyJson      *json);
gboolean    shy_service_load             (ShyService         *service,
                                          guint              *line,
                                          GError            **error);

G_END_DECLS
