/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-desk.h"

G_BEGIN_DECLS

/* A description that can be connected. */
typedef struct
{
  ShyService *service;      /* (owned) */
  GBytes     *description;  /* (owned) */
  gboolean    connected;
} ServicesOffer;

/* Both read files and are for a worker. */
GPtrArray *services_catalogue_list    (ServicesDesk   *desk,
                                       gpointer        nothing,
                                       GCancellable   *cancellable,
                                       GError        **error);
GBytes    *services_catalogue_shipped (const char     *id);

G_END_DECLS
