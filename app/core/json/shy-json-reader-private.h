/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/shy-json-private.h"

#include "shy-error.h"

G_BEGIN_DECLS

/* Reads the values of a JSON file strictly. The first thing that is wrong is kept as the error,
 * with file, line and JSON path; from then on every call does nothing and gives NULL, so that what
 * reads a file can be written without a branch at each member. */
typedef struct
{
  const char *file;  /* for messages */
  GError     *error; /* (owned) (nullable) */
  guint       line;  /* of @error, 0 for the file as a whole */
} ShyJsonReader;

void           shy_json_reader_fail      (ShyJsonReader *reader,
                                          const ShyJson *where,
                                          ShyError       code,
                                          const char    *format,
                                          ...) G_GNUC_PRINTF (4, 5);
gboolean       shy_json_reader_expect    (ShyJsonReader *reader,
                                          const ShyJson *json,
                                          ShyJsonKind    kind);
gboolean       shy_json_reader_is_object (ShyJsonReader *reader,
                                          const ShyJson *json);
gboolean       shy_json_reader_object    (ShyJsonReader *reader,
                                          const ShyJson *json,
                                          const char    *members);
const ShyJson *shy_json_reader_get       (ShyJsonReader *reader,
                                          const ShyJson *object,
                                          const char    *name,
                                          ShyJsonKind    kind);
char          *shy_json_reader_string    (ShyJsonReader *reader,
                                          const ShyJson *object,
                                          const char    *name);
char         **shy_json_reader_strings   (ShyJsonReader *reader,
                                          const ShyJson *object,
                                          const char    *name);
gboolean       shy_json_reader_boolean   (ShyJsonReader *reader,
                                          const ShyJson *object,
                                          const char    *name,
                                          gboolean       otherwise);
int            shy_json_reader_word      (ShyJsonReader *reader,
                                          const ShyJson *object,
                                          const char    *name,
                                          const char    *words,
                                          int            otherwise);
gint64         shy_json_reader_integer   (ShyJsonReader *reader,
                                          const ShyJson *object,
                                          const char    *name,
                                          gint64         least,
                                          gint64         otherwise);
void           shy_json_reader_unique    (ShyJsonReader *reader,
                                          const ShyJson *object,
                                          const char    *name,
                                          const char    *key);
const char    *shy_json_nearest          (const char    *word,
                                          char         **known);

G_END_DECLS
