/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-work.h"

G_BEGIN_DECLS

/*
 * The connected services, as a GListModel of ShyServiceItem that follows the database and the
 * pulls. Signal "loaded": it was read, or could not be.
 */
#define SERVICES_TYPE_BOARD (services_board_get_type ())
G_DECLARE_FINAL_TYPE (ServicesBoard, services_board, SERVICES, BOARD, GObject)

ServicesBoard *services_board_new       (ShyContext    *context);
void           services_board_reload    (ServicesBoard *self);
gboolean       services_board_is_loaded (ServicesBoard *self);
const char    *services_board_get_error (ServicesBoard *self);
ShyServiceItem *services_board_find     (ServicesBoard *self,
                                         const char    *id);

G_END_DECLS
