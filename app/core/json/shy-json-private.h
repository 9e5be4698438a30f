/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* JSON that knows where each value stands. json-glib 1.6 cannot read what counts: it keeps no line,
 * takes the last of two members of one name, turns integers beyond 64 bits into -1 and decimals
 * into doubles, cuts a string at \u0000 and has no limit of nesting. */

#define SHY_JSON_MAX_DEPTH 64
#define SHY_JSON_MAX_BYTES (2 * 1024 * 1024) /* of a file */

/* Stands in a reply for what can be no character: U+FFFD. */
#define SHY_JSON_DAMAGED 0xFFFD

typedef enum {
  SHY_JSON_NULL,
  SHY_JSON_FALSE,
  SHY_JSON_TRUE,
  SHY_JSON_NUMBER,
  SHY_JSON_STRING,
  SHY_JSON_ARRAY,
  SHY_JSON_OBJECT,
} ShyJsonKind;

typedef struct _ShyJson         ShyJson;
typedef struct _ShyJsonDocument ShyJsonDocument;

/* A value. Belongs to its document. */
struct _ShyJson
{
  ShyJsonKind    kind;
  guint          line;   /* from 1 */
  guint          index;  /* in the array it stands in */
  const char    *name;   /* (nullable): the member it is the value of */
  const ShyJson *parent; /* (nullable) */
  const ShyJson *origin; /* (nullable): what it is a copy of; its place is this copy's */
  const char    *text;   /* of a string or a number, as written */
  GPtrArray     *items;  /* of ShyJson: of an array or an object, in the order of the file */
};

ShyJsonDocument *shy_json_document_new      (GBytes           *bytes,
                                             GError          **error);
ShyJsonDocument *shy_json_document_new_to_line
                                            (GBytes           *bytes,
                                             guint            *line,
                                             GError          **error);
ShyJsonDocument *shy_json_document_new_reply
                                            (GBytes           *bytes,
                                             gsize             max_bytes,
                                             GError          **error);
guint            shy_json_document_get_duplicates
                                            (ShyJsonDocument  *self);
ShyJsonDocument *shy_json_document_new_copy (ShyJsonDocument  *base);
ShyJsonDocument *shy_json_document_ref      (ShyJsonDocument  *self);
void             shy_json_document_unref    (ShyJsonDocument  *self);
ShyJson         *shy_json_document_get_root (ShyJsonDocument  *self);
ShyJson         *shy_json_document_copy     (ShyJsonDocument  *self,
                                             const ShyJson    *json);
ShyJson         *shy_json_document_adopt    (ShyJsonDocument  *self,
                                             const ShyJson    *json,
                                             guint             line);
ShyJson         *shy_json_document_list     (ShyJsonDocument  *self);
void             shy_json_document_append   (ShyJsonDocument  *self,
                                             ShyJson          *list,
                                             ShyJson          *value);
ShyJson         *shy_json_document_string   (ShyJsonDocument  *self,
                                             const char       *text);
void             shy_json_document_set      (ShyJsonDocument  *self,
                                             ShyJson          *object,
                                             const char       *name,
                                             ShyJson          *value);
void             shy_json_document_remove   (ShyJson          *object,
                                             const char       *name);

ShyJson         *shy_json_get               (const ShyJson    *object,
                                             const char       *name);
char            *shy_json_path              (const ShyJson    *json);
char            *shy_json_to_string         (const ShyJson    *json);
void             shy_json_append_text       (GString          *into,
                                             const char       *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyJsonDocument, shy_json_document_unref)

G_END_DECLS
