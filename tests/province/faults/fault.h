/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../province.h"
#include "wire.h"

G_BEGIN_DECLS

/* What real gateways do wrong: the faults F01 to F40, each in one or several kinds ("F12-eof"),
 * done to the correct answers of a province. */

typedef struct _Faults Faults;

Faults      *faults_new          (Province          *province);
void         faults_free         (Faults            *self);

/* Arms a fault: "F12", all kinds of it in turn; "F12-eof"; "F12:0.2", by chance for two answers of
 * ten; "F12*3", three times; "F12@2", from the second answer it could strike; or several of these
 * marks in this order. */
gboolean     faults_add          (Faults            *self,
                                  const char        *what,
                                  GError           **error);

/* From now on nothing goes wrong that is not armed again. */
void         faults_clear        (Faults            *self);

/* How often something went wrong. */
guint        faults_count        (Faults            *self);

/* Answers as the province would, but for what is armed; a #WireAnswer, @self being the data. */
WireReply   *faults_answer       (const WireRequest *request,
                                  gpointer           self);

/* What is wrong with the server itself, for those faults that are not of single answers. */
WireSecurity faults_get_security (Faults            *self);
const char  *faults_get_certificate (Faults         *self); /* (nullable): file of tests/data/tls */

const char  *faults_get_host     (Faults            *self); /* by which the server is addressed */

/* Where a server that redirects to https sends: the port of another server, if one is needed. */
gboolean     faults_needs_secure    (Faults         *self);
void         faults_set_secure_port (Faults         *self,
                                     guint16         port);

/* Names each fault, a line each. (transfer full) */
char        *faults_list         (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Faults, faults_free)

G_END_DECLS
