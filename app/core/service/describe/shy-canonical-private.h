/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The texts that gateways have signed. */

/* A name and its value as they are sent, before any escaping. */
typedef struct
{
  const char *name;
  const char *value;
} ShyPair;

typedef enum {
  SHY_ESCAPE_NONE,
  SHY_ESCAPE_HTML_QUOT, /* " becomes &quot; */
  SHY_ESCAPE_RFC3986,
} ShyEscape;

/* Style sorted_pairs: name=value&name=value by name, or by whole pair where names repeat. */
typedef struct
{
  const char *const *include;    /* (nullable): only these names, ended by NULL */
  const char *const *exclude;    /* (nullable): not these names, ended by NULL */
  gboolean           skip_empty; /* leaves out pairs with an empty value */
  gboolean           values_only; /* without names, still in their order */
  const char        *pair;       /* (nullable): between name and value, "=" */
  const char        *join;       /* (nullable): between pairs, "&" */
  const char        *prefix;     /* (nullable) */
  const char        *suffix;     /* (nullable) */
  ShyEscape          escape;     /* of values */
} ShyCanonicalPairs;

/* Style aliyun_ca: what Alibaba Cloud's API gateway has signed. */
typedef struct
{
  const char    *method;
  const char    *accept;       /* (nullable) */
  const char    *content_md5;  /* (nullable) */
  const char    *content_type; /* (nullable) */
  const char    *date;         /* (nullable) */
  const char    *path;
  const ShyPair *headers;
  gsize          n_headers;
  const ShyPair *parameters; /* of query and form */
  gsize          n_parameters;
} ShyCanonicalRequest;

/* What a style may write a text from: the request as it is sent, and what its step says. */
typedef struct
{
  ShyCanonicalRequest       request;
  const ShyPair            *pairs;   /* "params" of the step */
  gsize                     n_pairs;
  const ShyCanonicalPairs  *how;     /* they are joined */
  const char *const        *lines;   /* "lines" of the step, ended by NULL */
  gboolean                  omit_last_if_empty;
} ShyCanonicalInput;

/* A style of "canonical" steps. To add one, write its function and its row in shy-canonical.c, and its
 * name in service.schema.json. */
typedef struct
{
  const char *name;          /* as descriptions have it */
  gboolean    signs_headers; /* puts "headers" into the request and signs it; gives "names" too */
  char     *(*write) (const ShyCanonicalInput  *input,
                      char                    **names);
} ShyCanonicalStyle;

const char              *shy_canonical_get_styles (void);
const ShyCanonicalStyle *shy_canonical_get_style  (int index);

char *shy_canonical_pairs  (const ShyPair             *pairs,
                            gsize                      n_pairs,
                            const ShyCanonicalPairs   *style);
char *shy_canonical_lines  (const char *const         *lines,
                            gboolean                   omit_last_if_empty);
char *shy_canonical_aliyun (const ShyCanonicalRequest *request,
                            char                     **names);

G_END_DECLS
