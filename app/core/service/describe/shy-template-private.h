/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShyTemplateFunc: (skip)
 * @name: a dotted name, as "config.app_id" or "now.ms"
 * @data: what the caller gave
 *
 * Returns: (transfer full) (nullable): the value, or %NULL if nothing has that name
 */
typedef char *(*ShyTemplateFunc) (const char *name,
                                  gpointer    data);

/**
 * ShyTemplateCheck: (skip)
 * @name: a dotted name that a template uses
 * @data: what the caller gave
 *
 * Returns: whether a description may use it
 */
typedef gboolean (*ShyTemplateCheck) (const char *name,
                                      gpointer    data);

gboolean shy_template_check   (const char        *text,
                               ShyTemplateCheck   known,
                               gpointer           data,
                               GError           **error);
gboolean shy_template_is_pure (const char        *text);
char    *shy_template_expand  (const char        *text,
                               ShyTemplateFunc    lookup,
                               gpointer           data,
                               GError           **error);

G_END_DECLS
