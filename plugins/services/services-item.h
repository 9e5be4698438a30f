/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-pull.h"

#include "landing/shy-pull-history.h"

G_BEGIN_DECLS

/* What a service needs a person for, the worst first. */
typedef enum {
  SERVICES_STATE_TROUBLE,  /* the last pull of a stream failed */
  SERVICES_STATE_HELD,     /* a complete pull waits for a person's yes */
  SERVICES_STATE_NEW,      /* nothing was pulled yet */
  SERVICES_STATE_FINE,
} ServicesState;

/*
 * A connected service as the database had it when it was read last, and the pull that runs now.
 * Signal "changed": something of it is another. Of the thread that made it, later the main thread.
 */
#define SERVICES_TYPE_ITEM (services_item_get_type ())
G_DECLARE_FINAL_TYPE (ServicesItem, services_item, SERVICES, ITEM, GObject)

ServicesItem          *services_item_new         (ShyServiceEntry *entry,
                                                  GPtrArray       *streams,
                                                  GPtrArray       *notices);
void                   services_item_update      (ServicesItem    *self,
                                                  ServicesItem    *newer);
void                   services_item_set_pull    (ServicesItem    *self,
                                                  ServicesPull    *pull);

const char            *services_item_get_id      (ServicesItem    *self);
const ShyServiceEntry *services_item_get_entry   (ServicesItem    *self);
/* Of ShyStreamStatus. */
GPtrArray             *services_item_get_streams (ServicesItem    *self);
const ShyStreamStatus *services_item_find_stream (ServicesItem    *self,
                                                  const char      *name);
/* Of ShyPullNotice. */
GPtrArray             *services_item_get_notices (ServicesItem    *self);
ServicesPull          *services_item_get_pull    (ServicesItem    *self);
ServicesState          services_item_get_state   (ServicesItem    *self);
gboolean               services_item_matches     (ServicesItem    *self,
                                                  const char      *search);

G_END_DECLS
