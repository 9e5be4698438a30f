/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What members of descriptions mean, from their JSON Schema, in the language of the person. */
typedef struct _ServicesHelp ServicesHelp;

ServicesHelp *services_help_new  (void);
void          services_help_free (ServicesHelp *self);
char         *services_help_find (ServicesHelp *self,
                                  const char   *text,
                                  gsize         offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServicesHelp, services_help_free)

G_END_DECLS
