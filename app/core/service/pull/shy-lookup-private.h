/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/describe/shy-service-lookup-private.h"
#include "service/pull/shy-lookup.h"
#include "service/pull/shy-pull-private.h"
#include "service/wire/shy-exchange-private.h"

G_BEGIN_DECLS

struct _ShyLookup
{
  GObject                 parent_instance;
  ShyService             *service;    /* (owned) */
  const ShyServiceLookup *lookup;     /* of @service */
  ShySecrets             *secrets;    /* (owned) */
  ShySecrets             *parameters; /* (owned): what is sent, overwritten when it is given back */
  char                   *url_base;   /* (owned) (nullable) */
};

/* An answer that is being read. */
typedef struct
{
  const ShyServiceLookup *lookup;
  ShyRequestScope               *scope;
  ShyLookupAnswer        *answer;
} ShyLookupReading;

ShyLookupAnswer *shy_lookup_answer_new       (ShyService             *service,
                                              const ShyServiceLookup *lookup);
void             shy_lookup_answer_doubt     (ShyLookupAnswer        *self,
                                              const char             *format,
                                              ...) G_GNUC_PRINTF (2, 3);
gboolean         shy_lookup_is_nothing       (const ShyServiceLookup *self,
                                              const ShyPeeled        *peeled);
void             shy_lookup_read             (ShyLookupReading       *self,
                                              const ShyReply         *reply);

G_END_DECLS
