/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-service-entry.h"
#include "secrets/shy-secrets.h"
#include "service/describe/shy-service.h"
#include "store/shy-store.h"

G_BEGIN_DECLS

/* What ShyStore::changed is told when services, their rows or their state change. */
#define SHY_SERVICES_TOPIC "services"

#define SHY_TYPE_SERVICE_BOOK (shy_service_book_get_type ())
G_DECLARE_FINAL_TYPE (ShyServiceBook, shy_service_book, SHY, SERVICE_BOOK, GObject)

ShyServiceBook *shy_service_book_new             (ShyStore        *store);
ShyStore       *shy_service_book_get_store       (ShyServiceBook  *self);
char           *shy_service_book_connect         (ShyServiceBook  *self,
                                                  GBytes          *description,
                                                  const char      *name,
                                                  gboolean         sample,
                                                  GError         **error);
char           *shy_service_book_add             (ShyServiceBook  *self,
                                                  GBytes          *description,
                                                  const char      *name,
                                                  gboolean         sample,
                                                  GError         **error);
gboolean        shy_service_book_remove          (ShyServiceBook  *self,
                                                  const char      *id,
                                                  GError         **error);
gboolean        shy_service_book_disconnect      (ShyServiceBook  *self,
                                                  const char      *id,
                                                  GCancellable    *cancellable,
                                                  GError         **error);
gboolean        shy_service_book_forget          (ShyServiceBook  *self,
                                                  const char      *id,
                                                  guint64         *rows,
                                                  GError         **error);
gboolean        shy_service_book_sweep           (ShyServiceBook  *self,
                                                  GCancellable    *cancellable,
                                                  GError         **error);
GPtrArray      *shy_service_book_list            (ShyServiceBook  *self,
                                                  GError         **error);
GPtrArray      *shy_service_book_list_streams    (ShyServiceBook  *self,
                                                  const char      *id,
                                                  GError         **error);
ShyService     *shy_service_book_load            (ShyServiceBook  *self,
                                                  const char      *id,
                                                  GError         **error);
GBytes         *shy_service_book_get_description (ShyServiceBook  *self,
                                                  const char      *id,
                                                  GError         **error);
GHashTable     *shy_service_book_get_config      (ShyServiceBook  *self,
                                                  const char      *id,
                                                  GError         **error);
gboolean        shy_service_book_set_config      (ShyServiceBook  *self,
                                                  const char      *id,
                                                  const char      *name,
                                                  const char      *value,
                                                  GError         **error);
gboolean        shy_service_book_fill            (ShyServiceBook  *self,
                                                  const char      *id,
                                                  ShySecrets      *secrets,
                                                  GError         **error);
gboolean        shy_service_book_unlock          (ShyServiceBook  *self,
                                                  const char      *id,
                                                  ShySecrets      *secrets,
                                                  GCancellable    *cancellable,
                                                  GError         **error);
char          **shy_service_book_list_missing    (ShyServiceBook  *self,
                                                  const char      *id,
                                                  GCancellable    *cancellable,
                                                  GError         **error);
char           *shy_service_book_dup_url_base    (ShyServiceBook  *self,
                                                  const char      *id);
gboolean        shy_service_book_set_options     (ShyServiceBook           *self,
                                                  const char               *id,
                                                  const ShyServiceOptions  *options,
                                                  GError                  **error);

G_END_DECLS
