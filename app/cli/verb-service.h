/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shyctl-verb.h"

G_BEGIN_DECLS

/* What every subverb of “service” takes: the words behind it, with options read. */
typedef struct
{
  const char     *path;        /* of the database */
  ShyServiceBook *book;        /* (owned) (nullable): once it was needed */
  char           *secret_file; /* (owned) (nullable) */
  char           *url_base;    /* (owned) (nullable) */
  char           *stream;      /* (owned) (nullable) */
  char           *service;     /* (owned) (nullable) */
  GStrv           parameters;  /* (owned) (nullable): NAME=VALUE */
  gboolean        sensitive;
  gboolean        json;
  gboolean        full;
  gboolean        due;
  gboolean        accept;
  gboolean        sample;
  gboolean        replace;
  GStrv           words; /* (owned): what is left */
} ServiceCall;

void        service_call_clear   (ServiceCall        *self);
gboolean    service_call_parse   (ServiceCall        *self,
                                  const char *const  *arguments,
                                  GError            **error);
ShyServiceBook *
            service_call_book    (ServiceCall        *self,
                                  GError            **error);
ShyService *service_call_load    (ServiceCall        *self,
                                  const char         *which,
                                  GError            **error);
char       *service_call_find    (const char         *which);
ShySecrets *service_call_secrets (ServiceCall        *self,
                                  ShyService         *service,
                                  GError            **error);

ShyCommandStatus
            service_call_fetch   (ServiceCall            *self,
                                  ShyService             *service,
                                  const ShyServiceStream *stream,
                                  ShySecrets             *secrets,
                                  GError                **error);

gboolean         service_call_set_option (ServiceCall  *self,
                                          const char   *id,
                                          const char   *name,
                                          const char   *value,
                                          GError      **error);
void             service_call_add_config (ServiceCall  *self,
                                          const char   *id,
                                          ShySecrets   *secrets);
void             service_call_take_address
                                         (ServiceCall  *self,
                                          const char   *id);

ShyCommandStatus service_call_list    (ServiceCall *self, GError **error);
ShyCommandStatus service_call_add     (ServiceCall *self, GError **error);
ShyCommandStatus service_call_remove  (ServiceCall *self, GError **error);
ShyCommandStatus service_call_forget  (ServiceCall *self, GError **error);
ShyCommandStatus service_call_config  (ServiceCall *self, GError **error);
ShyCommandStatus service_call_lookup  (ServiceCall *self, GError **error);
ShyCommandStatus service_call_pull    (ServiceCall *self, GError **error);
ShyCommandStatus service_call_history (ServiceCall *self, GError **error);
ShyCommandStatus service_call_decide  (ServiceCall *self, GError **error);
ShyCommandStatus service_call_option  (ServiceCall *self, GError **error);
ShyCommandStatus service_call_rows    (ServiceCall *self, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ServiceCall, service_call_clear)

G_END_DECLS
