/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/wire/shy-transport-private.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* How a transport speaks, and who waits; shared with requests that outlive it, since they cannot
 * always be ended at once. */
typedef struct
{
  ShyTransportOptions options; /* strings owned */
  GTlsDatabase       *authority; /* (owned) (nullable): beside the system's */
  GError             *broken;    /* (owned) (nullable): why no https request can be sent */
  gatomicrefcount     refs;

  GMutex lock;
  GCond  changed;   /* a request ended, or somebody cancelled */
  guint  under_way; /* requests; under the lock */
} ShyManner;

/* A session of libsoup and the thread it runs in. Only that thread touches the session. */
typedef struct _ShyLine ShyLine;

/* One request under way, and what became of it. */
typedef struct
{
  gatomicrefcount refs;
  ShyManner      *manner;
  GUri           *uri;
  SoupMessage    *message;     /* (nullable): gone at the end */
  GCancellable   *cancellable; /* cancelled by the caller and by the deadline */
  ShyLine      *line;      /* while it runs */
  GInputStream   *stream;      /* (nullable) */
  GSource        *deadline;    /* (nullable) */
  GByteArray     *body;
  GDestroyNotify  done; /* called in the line's thread at the end */
  gpointer        data;

  /* At the end. */
  ShyAnswer           *answer; /* (nullable) */
  GError              *error;  /* (nullable) */
  GTlsCertificate     *certificate; /* (nullable): of the server */
  GTlsCertificateFlags problems;    /* of the certificate */
  GTlsProtocolVersion  protocol;
  gboolean             late;    /* the deadline passed */
  gboolean             vouched; /* one of our own authorities signed the certificate */
  gboolean             strange; /* the certificate is not the one that is pinned */
} ShyTransfer;

ShyManner   *shy_manner_new      (const ShyTransportOptions *options);
ShyManner   *shy_manner_ref      (ShyManner                 *self);
void         shy_manner_unref    (ShyManner                 *self);

ShyLine   *shy_line_new      (ShyManner                 *manner);
void         shy_line_stop     (ShyLine                 *self,
                                  gboolean                   wait);
GMainContext *shy_line_get_context (ShyLine             *self);

ShyTransfer *shy_transfer_new    (ShyManner                 *manner,
                                  const ShyRequest          *request,
                                  GUri                      *uri);
void         shy_transfer_unref  (ShyTransfer               *self);
void         shy_transfer_start  (ShyTransfer               *self,
                                  ShyLine                 *line,
                                  GDestroyNotify             done,
                                  gpointer                   data);

ShyAnswer   *shy_answer_new      (SoupMessage               *message,
                                  GByteArray                *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyTransfer, shy_transfer_unref)

G_END_DECLS
