/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shyctl-verb.h"

G_BEGIN_DECLS

/* What every subverb of “service” takes: the words behind it, with options read. */
typedef struct
{
  char    *secret_file; /* (owned) (nullable) */
  char    *url_base;    /* (owned) (nullable) */
  char    *stream;      /* (owned) (nullable) */
  gboolean sensitive;
  GStrv    words; /* (owned): what is left */
} ServiceCall;

void        service_call_clear   (ServiceCall        *self);
gboolean    service_call_parse   (ServiceCall        *self,
                                  const char *const  *arguments,
                                  GError            **error);
ShyService *service_call_load    (const char         *which,
                                  GError            **error);
ShySecrets *service_call_secrets (ServiceCall        *self,
                                  ShyService         *service,
                                  GError            **error);

ShyCommandStatus
            service_call_fetch   (ServiceCall            *self,
                                  ShyService             *service,
                                  const ShyServiceStream *stream,
                                  ShySecrets             *secrets,
                                  GError                **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ServiceCall, service_call_clear)

G_END_DECLS
