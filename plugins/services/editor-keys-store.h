/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-desk.h"

G_BEGIN_DECLS

/*
 * What is known of the values of a service. Secrets themselves never come here, only that they are
 * kept.
 */
typedef struct
{
  ShyService *service;  /* (owned) */
  GHashTable *config;   /* (owned) name → value, of what is no secret */
  GHashTable *kept;     /* (owned) names of secrets that are kept, here or in the keyring */
  GHashTable *elsewhere; /* (owned) name → origin, of secrets that are kept for another */
  char       *origin;   /* (owned) where it is asked, empty if the address is not set */
  gboolean    keyring;  /* one runs */
} ServicesKeys;

/* A value that a person typed: @text NULL to remove it. Overwritten when freed. */
typedef struct
{
  char    *name;
  char    *text;
  gboolean secret;
} ServicesKey;

/* What is to be kept. */
typedef struct
{
  char      *id;           /* (owned) of the service */
  GPtrArray *keys;         /* (owned) of ServicesKey */
  gboolean   memory_only;  /* secrets do not go into the keyring */
} ServicesKeysChange;

void                services_keys_free         (ServicesKeys       *self);
ServicesKeysChange *services_keys_change_new   (const char         *id);
void                services_keys_change_add   (ServicesKeysChange *self,
                                                const char         *name,
                                                const char         *text,
                                                gboolean            secret);
void                services_keys_change_free  (ServicesKeysChange *self);

/* These block: for a worker. @data of the first is the id, of the second a ServicesKeysChange; the
 * second gives something that is not NULL where it succeeds. */
gpointer            services_keys_load_call    (ServicesDesk       *desk,
                                                gpointer            data,
                                                GCancellable       *cancellable,
                                                GError            **error);
gpointer            services_keys_save_call    (ServicesDesk       *desk,
                                                gpointer            data,
                                                GCancellable       *cancellable,
                                                GError            **error);
char              **services_keys_list_missing (ShyServiceBook     *book,
                                                const char         *id,
                                                GCancellable       *cancellable,
                                                GError            **error);
ShySecrets         *services_keys_gather       (ShyServiceBook     *book,
                                                const char         *id,
                                                GCancellable       *cancellable,
                                                GError            **error);

G_END_DECLS
