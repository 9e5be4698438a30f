/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-service-book.h"

G_BEGIN_DECLS

/**
 * ShyServiceKeys: (skip)
 * @service: the service
 * @config: (element-type utf8 utf8): name → value, of what is no secret
 * @kept: (element-type utf8 utf8): names of secrets that are kept, in memory or in the keyring
 * @elsewhere: (element-type utf8 utf8): name → origin, of secrets that are kept for another address
 * @origin: where the service is asked, empty if the address is not set
 * @keyring: whether one runs
 *
 * What is known of the values that a bureau gives of a service. Secrets themselves never come here,
 * only that they are kept.
 */
typedef struct
{
  ShyService *service;
  GHashTable *config;
  GHashTable *kept;
  GHashTable *elsewhere;
  char       *origin;
  gboolean    keyring;
} ShyServiceKeys;

typedef struct _ShyServiceKeysChange ShyServiceKeysChange;

ShyServiceKeys       *shy_service_keys_load        (ShyServiceBook        *book,
                                                    const char            *id,
                                                    GCancellable          *cancellable,
                                                    GError               **error);
void                  shy_service_keys_free        (ShyServiceKeys        *self);
ShyServiceKeysChange *shy_service_keys_change_new  (const char            *id,
                                                    gboolean               memory_only);
void                  shy_service_keys_change_add  (ShyServiceKeysChange  *self,
                                                    const char            *name,
                                                    const char            *text,
                                                    gboolean               secret);
gboolean              shy_service_keys_change_save (ShyServiceKeysChange  *self,
                                                    ShyServiceBook        *book,
                                                    GCancellable          *cancellable,
                                                    GError               **error);
void                  shy_service_keys_change_free (ShyServiceKeysChange  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyServiceKeys, shy_service_keys_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyServiceKeysChange, shy_service_keys_change_free)

G_END_DECLS
