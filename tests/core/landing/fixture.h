/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../service/gateway.h"

G_BEGIN_DECLS

/* A database of its own, with a service whose gateway is on loopback. */

#define SERVICE "hmac-offset-employers"
#define STREAM "agri_leader"

typedef struct
{
  Gateway         gateway;
  char           *folder;
  ShyStore       *store;
  ShyServiceBook *book;
  guint           told; /* of progress */
} Fixture;

void              fixture_set_up    (Fixture        *self,
                                     gconstpointer   data);
void              fixture_tear_down (Fixture        *self,
                                     gconstpointer   data);
void              fixture_reopen    (Fixture        *self);

/* Connects the service, with parts of its description put in the place of others; the last is
 * %NULL. */
void              fixture_add       (Fixture        *self,
                                     ...) G_GNUC_NULL_TERMINATED;
ShyLanding       *fixture_prepare   (Fixture        *self);
ShyLandingResult *fixture_pull      (Fixture        *self,
                                     GError        **error);
ShyLandingResult *fixture_must_pull (Fixture        *self);
ShyStreamStatus  *fixture_status    (Fixture        *self);

/* The rows as lines of JSON, without their moments. */
GPtrArray        *fixture_rows      (Fixture        *self);
GPtrArray        *fixture_journal   (Fixture        *self);

G_END_DECLS
