/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reads the data files the program ships, and the ones that replace them. The first thing that is
 * wrong is kept as the error, naming the file and the member; from then on every call gives
 * nothing, so that what reads a file can be written without a branch at each member. */
typedef struct
{
  const char *file;   /* for messages */
  JsonParser *parser; /* (owned) */
  GError     *error;  /* (owned) (nullable) */
} ShyDataReader;

JsonObject *shy_data_reader_open       (ShyDataReader *reader,
                                        const char    *file,
                                        GBytes        *bytes);
gboolean    shy_data_reader_close      (ShyDataReader *reader,
                                        GError       **error);
void        shy_data_reader_fail       (ShyDataReader *reader,
                                        const char    *where,
                                        const char    *member,
                                        const char    *format,
                                        ...) G_GNUC_PRINTF (4, 5);
const char *shy_data_reader_string     (ShyDataReader *reader,
                                        JsonObject    *object,
                                        const char    *where,
                                        const char    *member);
JsonArray  *shy_data_reader_array      (ShyDataReader *reader,
                                        JsonObject    *object,
                                        const char    *where,
                                        const char    *member);
JsonObject *shy_data_reader_element    (ShyDataReader *reader,
                                        JsonArray     *array,
                                        guint          index,
                                        const char    *where);
gboolean    shy_data_reader_date       (ShyDataReader *reader,
                                        JsonObject    *object,
                                        const char    *where,
                                        const char    *member,
                                        gboolean       nullable,
                                        GDate         *date);
gboolean    shy_data_parse_date        (const char    *text,
                                        GDate         *date);

G_END_DECLS
