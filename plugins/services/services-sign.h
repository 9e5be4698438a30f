/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* How a state is shown: colour is never the only sign. */
typedef struct
{
  const char *icon;
  const char *style;
  const char *words;  /* untranslated */
} ServicesSign;

/* The sign of a service, or of a stream. */
const ServicesSign *services_sign_of   (ShyServiceState     state);

void                services_sign_show (const ServicesSign *self,
                                        GtkImage           *image);
/* An image that shows it, as the prefix of a row. */
GtkWidget          *services_sign_new  (const ServicesSign *self);

G_END_DECLS
