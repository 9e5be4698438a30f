/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "field/shy-field.h"
#include "secrets/shy-secrets.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ShyServiceConfig:
 * @name: what templates call it
 * @title: what a person calls it
 * @otherwise: (nullable): its value where none is given
 * @secret: whether it may only be kept where secrets are kept
 * @required: whether a pull needs it
 *
 * A value that each bureau has to give.
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *otherwise;
  gboolean    secret;
  gboolean    required;
} ShyServiceConfig;

typedef struct _ShyServiceStream ShyServiceStream;

#define SHY_TYPE_SERVICE (shy_service_get_type ())
G_DECLARE_FINAL_TYPE (ShyService, shy_service, SHY, SERVICE, GObject)

ShyService             *shy_service_new_from_file  (const char  *path,
                                                    GError     **error);
ShyService             *shy_service_new_from_bytes (GBytes      *bytes,
                                                    const char  *name,
                                                    GError     **error);
gboolean                shy_service_check          (GBytes      *bytes,
                                                    const char  *name,
                                                    guint       *line,
                                                    GError     **error);
const char             *shy_service_get_id         (ShyService  *self);
const char             *shy_service_get_title      (ShyService  *self);
const char             *shy_service_get_about      (ShyService  *self);
const char             *shy_service_get_audience   (ShyService  *self);
const char             *shy_service_get_protocol   (ShyService  *self);
const char             *shy_service_get_doc_url    (ShyService  *self);
char                   *shy_service_dup_origin     (ShyService  *self,
                                                    const char  *url_base,
                                                    ShySecrets  *values);
gboolean                shy_service_get_insecure   (ShyService  *self);
guint                   shy_service_get_n_configs  (ShyService  *self);
const ShyServiceConfig *shy_service_get_config     (ShyService  *self,
                                                    guint        index);
char                  **shy_service_list_missing   (ShyService  *self,
                                                    ShySecrets  *values);
guint                   shy_service_get_n_streams  (ShyService  *self);
const ShyServiceStream *shy_service_get_stream     (ShyService  *self,
                                                    guint        index);
const ShyServiceStream *shy_service_find_stream    (ShyService  *self,
                                                    const char  *name);

const char             *shy_service_stream_get_name        (const ShyServiceStream *self);
const char             *shy_service_stream_get_title       (const ShyServiceStream *self);
gboolean                shy_service_stream_get_merges      (const ShyServiceStream *self);
double                  shy_service_stream_get_min_complete_ratio
                                                           (const ShyServiceStream *self);
guint                   shy_service_stream_get_n_fields    (const ShyServiceStream *self);
const ShyField  *shy_service_stream_get_field       (const ShyServiceStream *self,
                                                     guint                   index);

G_END_DECLS
