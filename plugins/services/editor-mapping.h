/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "editor-trial-run.h"

G_BEGIN_DECLS

/* What a person says of the names that no field took. Of one thread at a time. */
typedef struct
{
  ServicesTrial *done;     /* (owned) what was tried */
  GHashTable    *choices;  /* (owned) source → field */
} ServicesMapping;

/* What a mapping makes. */
typedef struct
{
  GBytes     *description;  /* (owned) with the choices in it */
  ShyService *service;      /* (owned) */
  ShyTrial   *trial;        /* (owned) rows and names by it */
} ServicesMapped;

ServicesMapping *services_mapping_new       (ServicesTrial        *done);
ServicesMapping *services_mapping_copy      (ServicesMapping      *self);
void             services_mapping_free      (ServicesMapping      *self);
void             services_mapped_free       (ServicesMapped       *self);

/* These block: for a worker, with a ServicesMapping. The first gives a ServicesMapped, the second
 * the id of the service. */
gpointer         services_mapping_call      (ServicesDesk         *desk,
                                             gpointer              data,
                                             GCancellable         *cancellable,
                                             GError              **error);
gpointer         services_mapping_save_call (ServicesDesk         *desk,
                                             gpointer              data,
                                             GCancellable         *cancellable,
                                             GError              **error);

G_END_DECLS
