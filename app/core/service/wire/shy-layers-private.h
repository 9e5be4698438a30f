/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/describe/shy-service-private.h"

G_BEGIN_DECLS

/* An answer with its envelopes taken off. */
typedef struct
{
  GPtrArray     *documents; /* of ShyJsonDocument: the answer, and texts in it that are JSON */
  GPtrArray     *stages;    /* of ShyJson: what each layer was taken off; the last is what is left */
  char          *message;   /* (nullable): what the server said of its failure */
} ShyPeeled;

void           shy_peeled_init  (ShyPeeled        *self);
void           shy_peeled_clear (ShyPeeled        *self);
gboolean       shy_peeled_open  (ShyPeeled        *self,
                                 const char       *text,
                                 GError          **error);
gboolean       shy_peeled_peel  (ShyPeeled        *self,
                                 GPtrArray        *layers,
                                 GError          **error);
const ShyJson *shy_peeled_last  (const ShyPeeled  *self);
char          *shy_peeled_find  (const ShyPeeled  *self,
                                 guint             layer,
                                 GPtrArray        *paths);
gboolean       shy_loosely_in   (const ShyJson    *json,
                                 char            **values);
gboolean       shy_success_holds (const ShySuccess *self,
                                  const ShyJson    *json,
                                  gboolean         *absent);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShyPeeled, shy_peeled_clear)

G_END_DECLS
