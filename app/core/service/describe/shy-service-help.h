/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShyServiceHelp: (skip)
 *
 * What members of descriptions mean, from their JSON Schema. Does not change; one thread at a time.
 */
typedef struct _ShyServiceHelp ShyServiceHelp;

ShyServiceHelp *shy_service_help_new          (GBytes         *words);
void            shy_service_help_free         (ShyServiceHelp *self);
char           *shy_service_help_find         (ShyServiceHelp *self,
                                               const char     *text,
                                               gsize           offset);
char           *shy_service_help_list_members (ShyServiceHelp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyServiceHelp, shy_service_help_free)

G_END_DECLS
