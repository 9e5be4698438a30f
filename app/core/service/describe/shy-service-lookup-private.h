/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/describe/shy-service-lookup.h"
#include "service/describe/shy-service-private.h"

G_BEGIN_DECLS

/* Where a fact of a policy comes from: a field, or that there is a record at all. */
typedef struct
{
  const char *fact;
  guint       field; /* of the record; G_MAXUINT where @value stands for it */
  const char *value; /* (nullable) */
  GHashTable *map;   /* (nullable): of char by char; what is not in it is not understood */
} ShyLookupSource;

/* A record is only about what was asked if its field holds one of these. */
typedef struct
{
  guint         field;
  const char  **values; /* templates */
} ShyLookupWhere;

/* What says clearly that there is no such record. */
typedef struct
{
  gboolean    said;  /* whether the description says anything */
  gboolean    empty; /* a successful answer without records does */
  ShySuccess *when;  /* (nullable): or this, of the document before @layer descends */
  guint       layer;
  GPtrArray  *facts; /* of ShyLookupSource with a value: what it means that there is none */
} ShyLookupNothing;

struct _ShyServiceLookup
{
  const char       *name;
  const char       *title;
  const char       *purpose;
  const char       *note;       /* (nullable) */
  GPtrArray        *parameters; /* of ShyLookupParameter */
  const ShyJson    *request;    /* (nullable) */
  ShyServiceStream *shape;      /* where the record is, and what is in it */
  GPtrArray        *where;      /* of ShyLookupWhere */
  GPtrArray        *facts;      /* of ShyLookupSource */
  ShyLookupNothing  nothing;
  guint             source_at;  /* the field with the service's own date; G_MAXUINT for none */
};

void shy_service_lookup_free (ShyServiceLookup *self);

G_END_DECLS
