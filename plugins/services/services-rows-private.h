/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-rows.h"

G_BEGIN_DECLS

ServicesRow *services_row_new  (void);
void         services_row_take (ServicesRow  *self,
                                ShyLandedRow *row);

G_END_DECLS
