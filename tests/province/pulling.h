/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server.h"

#include "shy-core.h"

G_BEGIN_DECLS

/* For tests: pulls a shipped description from a province on loopback. */
typedef struct _Pulling Pulling;

struct _Pulling
{
  Province       *province;
  ProvinceServer *server;
  char           *secret_file;
  guint           n_fields;
  GHashTable     *rows; /* of GPtrArray, the values of each row of the last pull, by the first */
  guint           pages;
  void          (*after_page) (Pulling *self); /* (nullable): called in the pulling thread */
};

void           pulling_set_up    (Pulling                 *self,
                                  guint64                  rows);
void           pulling_tear_down (Pulling                 *self);

/* A description of data/services as it ships, but that it does not wait between requests. */
ShyService    *pulling_load      (const char              *file);
ShySecrets    *pulling_keys      (Pulling                 *self,
                                  ShyService              *service);
ShyPullReport *pulling_pull      (Pulling                 *self,
                                  ShyService              *service,
                                  const ShyServiceStream  *stream,
                                  GError                 **error);
ShyPullReport *pulling_pull_with (Pulling                 *self,
                                  ShyService              *service,
                                  const ShyServiceStream  *stream,
                                  ShySecrets              *secrets,
                                  GError                 **error);

G_END_DECLS
