/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/describe/shy-transport-options-private.h"
#include "shy-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A request, whole: nothing is added but what HTTP itself needs. */
typedef struct
{
  char      *method;
  char      *uri;
  GPtrArray *headers;      /* name, value, name, value … */
  char      *content_type; /* (nullable) */
  GBytes    *body;         /* (nullable) */
} ShyRequest;

typedef struct
{
  guint       status;
  GHashTable *headers;      /* lower-case name to value */
  char       *content_type; /* (nullable) as the server wrote it */
  GBytes     *body;
  gint64      skew;         /* seconds the server's clock is ahead of ours, 0 if it sent no date */
} ShyAnswer;

/* What was seen of the server below HTTP. */
typedef struct
{
  gboolean answered; /* it sent a status */
  char    *protocol; /* (nullable): such as "TLS 1.3" */
  char    *pin;      /* (nullable): of the key in its certificate, hexadecimal */
  gboolean trusted;  /* its certificate is signed by an authority that is known here */
  gboolean unsafe;   /* no connection came about because of its certificate or of TLS */
} ShyTransportSight;

typedef struct _ShyTransport ShyTransport;

ShyTransport *shy_transport_new    (const ShyTransportOptions  *options);
void          shy_transport_free   (ShyTransport               *self);
ShyAnswer     *shy_transport_send   (ShyTransport               *self,
                                    const ShyRequest           *request,
                                    GCancellable               *cancellable,
                                    GError                    **error);
void          shy_transport_hold   (ShyTransport               *self,
                                    double                      seconds);
gboolean      shy_transport_sleep  (ShyTransport               *self,
                                    double                      seconds,
                                    GCancellable               *cancellable,
                                    GError                    **error);

const ShyTransportSight *
              shy_transport_get_sight (ShyTransport            *self);
GMainContext *shy_transport_get_context (ShyTransport          *self);

ShyRequest   *shy_request_new      (const char                 *method,
                                    const char                 *uri);
void          shy_request_free     (ShyRequest                 *self);
void          shy_request_add_header (ShyRequest               *self,
                                      const char               *name,
                                      const char               *value);
void          shy_answer_free       (ShyAnswer                   *self);
const char   *shy_answer_get_header (ShyAnswer                   *self,
                                    const char                 *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyTransport, shy_transport_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyRequest, shy_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyAnswer, shy_answer_free)

G_END_DECLS
