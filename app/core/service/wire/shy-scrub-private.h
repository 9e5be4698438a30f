/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/shy-secrets.h"
#include "service/describe/shy-service.h"

G_BEGIN_DECLS

/* What must not be read in an error, a note, a trace or a sample of one service. */
typedef struct _ShyScrub ShyScrub;

ShyScrub *shy_scrub_new   (ShyService  *service,
                           ShySecrets  *secrets);
void      shy_scrub_free  (ShyScrub    *self);
void      shy_scrub_add   (ShyScrub    *self,
                           const char  *secret);
char     *shy_scrub_text  (ShyScrub    *self,
                           const char  *text);
void      shy_scrub_error (ShyScrub    *self,
                           GError     **error);
char     *shy_scrub_mask  (const char  *text);
char     *shy_scrub_numbers (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyScrub, shy_scrub_free)

G_END_DECLS
