/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-service-pull.h"

G_BEGIN_DECLS

#define SHY_TYPE_SERVICE_ITEM (shy_service_item_get_type ())
G_DECLARE_FINAL_TYPE (ShyServiceItem, shy_service_item, SHY, SERVICE_ITEM, GObject)

GPtrArray             *shy_service_item_list        (ShyServiceBook  *book,
                                                     GError         **error);
void                   shy_service_item_update      (ShyServiceItem  *self,
                                                     ShyServiceItem  *newer);
void                   shy_service_item_set_pull    (ShyServiceItem  *self,
                                                     ShyServicePull  *pull);
const char            *shy_service_item_get_id      (ShyServiceItem  *self);
const ShyServiceEntry *shy_service_item_get_entry   (ShyServiceItem  *self);
GPtrArray             *shy_service_item_get_streams (ShyServiceItem  *self);
const ShyStreamStatus *shy_service_item_find_stream (ShyServiceItem  *self,
                                                     const char      *name);
GPtrArray             *shy_service_item_get_notices (ShyServiceItem  *self);
ShyServicePull        *shy_service_item_get_pull    (ShyServiceItem  *self);
ShyServiceState        shy_service_item_get_state   (ShyServiceItem  *self);
char                 **shy_service_item_dup_due     (ShyServiceItem  *self,
                                                     GDateTime       *now);
gboolean               shy_service_item_matches     (ShyServiceItem  *self,
                                                     const char      *search);

G_END_DECLS
