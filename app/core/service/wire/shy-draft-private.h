/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/shy-secrets.h"
#include "service/describe/shy-address-private.h"
#include "service/describe/shy-service-private.h"
#include "service/wire/shy-reply-private.h"
#include "service/wire/shy-transport-private.h"

G_BEGIN_DECLS

typedef struct _ShyDraft ShyDraft;

/* The moment of a request: frozen while it is built and signed, new for each repeat. */
typedef struct
{
  gint64 ms; /* since 1970, by the server's clock as far as it is known */
  char  *uuid;
  char  *hex;
  char  *ms4;
} ShyMoment;

/* What names in templates mean. */
typedef struct
{
  ShyService *service;
  ShySecrets *secrets;
  const char *url_base; /* (nullable): in place of the description's */
  ShyMoment   moment;
  gint64      number; /* of the page */
  gint64      size;
  gint64      offset;
  char       *cursor;       /* (nullable) */
  char       *span_start; /* (nullable) */
  char       *span_end;   /* (nullable) */
  GHashTable *values;       /* of char by "step.value" */
  ShyDraft   *request;      /* (nullable): the request that is being signed */
} ShyRequestScope;

typedef enum {
  SHY_BODY_NONE,
  SHY_BODY_FORM,
  SHY_BODY_JSON,
  SHY_BODY_TEXT,
} ShyBody;

/* A request that can still be changed. Values are worked out, but what stands in "$json" becomes
 * text only when it is sent, so that a signature can be put inside. */
struct _ShyDraft
{
  ShyJsonDocument *document;
  char            *method;
  char            *base;
  char            *path;
  ShyJson         *headers;
  ShyJson         *query;
  ShyJson         *cookies;
  ShyBody          type;
  ShyJson         *body;
  char            *content_type;
};

/* Pairs with the texts they point to. */
typedef struct
{
  GArray       *pairs; /* of ShyPair */
  GStringChunk *texts;
} ShyPairs;

void        shy_moment_set      (ShyMoment        *self,
                                 gint64            ms);
void        shy_moment_clear    (ShyMoment        *self);
void        shy_request_scope_clear     (ShyRequestScope         *self);
void        shy_request_scope_set       (ShyRequestScope         *self,
                                 const char       *id,
                                 const char       *name,
                                 const char       *value);
char       *shy_request_scope_expand    (ShyRequestScope         *self,
                                 const char       *text,
                                 GError          **error);

ShyJson    *shy_value_evaluate  (ShyRequestScope         *scope,
                                 ShyJsonDocument  *into,
                                 const ShyJson    *json,
                                 GError          **error);
void        shy_value_merge     (ShyJsonDocument  *document,
                                 ShyJson          *target,
                                 const ShyJson    *overlay);
char       *shy_value_text      (const ShyJson    *json);

ShyDraft   *shy_draft_new       (ShyRequestScope             *scope,
                                 const ShyJson *const *parts,
                                 gsize                 n_parts,
                                 GError              **error);
void        shy_draft_free      (ShyDraft         *self);
gboolean    shy_draft_inject    (ShyDraft         *self,
                                 const ShyInject  *inject,
                                 const char       *value,
                                 GError          **error);
char       *shy_draft_lookup    (ShyDraft         *self,
                                 const char       *name);
void        shy_draft_pairs     (const ShyJson    *object,
                                 ShyPairs         *into);
ShyRequest *shy_draft_finish    (ShyDraft         *self);
const char *shy_draft_header    (ShyDraft         *self,
                                 const char       *name);
const char *shy_draft_content_type (ShyDraft      *self);

void        shy_pairs_init      (ShyPairs         *self);
void        shy_pairs_clear     (ShyPairs         *self);

gboolean    shy_sign_step       (ShyRequestScope         *scope,
                                 const ShyStep    *step,
                                 GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyDraft, shy_draft_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShyPairs, shy_pairs_clear)

G_END_DECLS
