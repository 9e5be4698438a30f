/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-service-book.h"

G_BEGIN_DECLS

/**
 * ShyServiceOffer: (skip)
 * @service: what it describes
 * @description: its text
 * @connected: whether a service of its id is connected
 *
 * A description that comes with the program.
 */
typedef struct
{
  ShyService *service;
  GBytes     *description;
  gboolean    connected;
} ShyServiceOffer;

GPtrArray *shy_service_catalogue_list (ShyServiceBook *book,
                                       GError        **error);
GBytes    *shy_service_catalogue_find (const char     *id);

G_END_DECLS
