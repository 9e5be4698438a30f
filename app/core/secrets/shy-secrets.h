/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SHY_TYPE_SECRETS (shy_secrets_get_type ())
G_DECLARE_FINAL_TYPE (ShySecrets, shy_secrets, SHY, SECRETS, GObject)

ShySecrets *shy_secrets_new             (void);
void        shy_secrets_set             (ShySecrets  *self,
                                         const char  *name,
                                         const char  *value);
const char *shy_secrets_get             (ShySecrets  *self,
                                         const char  *name);
const char *shy_secrets_get_origin      (ShySecrets  *self,
                                         const char  *name);
void        shy_secrets_add_kept        (ShySecrets  *self,
                                         const char  *name,
                                         const char  *value,
                                         const char  *kept_for,
                                         const char  *origin);
gboolean    shy_secrets_add_file        (ShySecrets  *self,
                                         const char  *path,
                                         const char  *service,
                                         GError     **error);
void        shy_secrets_add_environment (ShySecrets  *self,
                                         const char  *service);

void        shy_secret_free             (char        *secret);

G_END_DECLS
