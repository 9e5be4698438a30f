/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/shy-json-reader-private.h"

G_BEGIN_DECLS

/* Reads the data files the program ships, and the ones that replace them: the plain reader, with
 * the file it stands on, and members that must be there. */
typedef struct
{
  ShyJsonReader    json;
  ShyJsonDocument *document; /* (owned) (nullable) */
} ShyDataReader;

const ShyJson *shy_data_reader_open  (ShyDataReader *reader,
                                      const char    *file,
                                      GBytes        *bytes);
gboolean       shy_data_reader_close (ShyDataReader *reader,
                                      GError       **error);
void           shy_data_reader_fail  (ShyDataReader *reader,
                                      const ShyJson *object,
                                      const char    *member,
                                      const char    *format,
                                      ...) G_GNUC_PRINTF (4, 5);
const ShyJson *shy_data_reader_get   (ShyDataReader *reader,
                                      const ShyJson *object,
                                      const char    *member,
                                      ShyJsonKind    kind);
const char    *shy_data_reader_text  (ShyDataReader *reader,
                                      const ShyJson *object,
                                      const char    *member);
GPtrArray     *shy_data_reader_items (ShyDataReader *reader,
                                      const ShyJson *object,
                                      const char    *member,
                                      ShyJsonKind    kind);
gboolean       shy_data_reader_date  (ShyDataReader *reader,
                                      const ShyJson *object,
                                      const char    *member,
                                      gboolean       nullable,
                                      GDate         *date);

G_END_DECLS
