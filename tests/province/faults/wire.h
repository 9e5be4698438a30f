/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A web server that can be told to break HTTP: SoupServer cannot misbehave. It listens on loopback,
 * a thread a connection, and is for tests only. */

/* Headers are pairs of texts: name, value, name, value … as they stand on the wire. */

typedef struct
{
  char      *method;
  char      *target;     /* as it stands in the request line */
  GPtrArray *headers;    /* of char */
  GBytes    *body;
  guint      connection; /* from 1 */
  guint      turn;       /* on its connection, from 1 */
  gboolean   secure;     /* came by TLS */
} WireRequest;

typedef enum {
  WIRE_LENGTH,  /* Content-Length */
  WIRE_CHUNKED,
  WIRE_EOF,     /* the body ends where the connection does */
  WIRE_OLD,     /* HTTP/1.0, ends where the connection does */
} WireFraming;

typedef enum {
  WIRE_WHOLE,
  WIRE_CUT,    /* half of the body, then the connection ends as if nothing were amiss */
  WIRE_HANG,   /* the head, then silence until the other side goes away */
  WIRE_MUTE,   /* silence from the beginning */
  WIRE_RESET,  /* TCP's RST instead of an answer */
  WIRE_VANISH, /* the connection ends without an answer */
  WIRE_DRIP,   /* the body byte by byte, one every tenth of a second */
} WireEnd;

typedef struct
{
  guint       status;
  GPtrArray  *headers; /* of char, without those of the framing */
  GBytes     *body;
  WireFraming framing;
  WireEnd     end;
  gboolean    interim; /* "100 Continue" goes before */
  gboolean    twice;   /* Content-Length stands there twice */
  guint       repeat;  /* the body is sent so many times more, within one answer */
} WireReply;

/* Answers one request; never two at a time. */
typedef WireReply *(*WireAnswer) (const WireRequest *request,
                                  gpointer           data);

typedef enum {
  WIRE_PLAIN,
  WIRE_TLS,
  WIRE_TLCP,    /* speaks TLS only to say that there is no common method */
  WIRE_OLD_TLS, /* speaks TLS only to say that the version is too new */
  WIRE_HOLE,    /* connections do not come about and are not refused; at 127.0.0.2 */
} WireSecurity;

typedef struct _WireServer WireServer;

WireServer *wire_server_new      (WireAnswer        answer,
                                  gpointer          data,
                                  WireSecurity      security,
                                  GTlsCertificate  *certificate,
                                  guint16           port,
                                  GError          **error);
guint16     wire_server_get_port (WireServer       *self);
guint       wire_server_count    (WireServer       *self);
void        wire_server_free     (WireServer       *self);

const char *wire_request_header  (const WireRequest *self,
                                  const char        *name);
char       *wire_request_dup_text (const WireRequest *self);
WireReply  *wire_reply_new       (guint             status,
                                  const char       *content_type,
                                  const char       *text);
void        wire_reply_free      (WireReply        *self);
void        wire_reply_set       (WireReply        *self,
                                  const char       *name,
                                  const char       *value);
void        wire_reply_take_body (WireReply        *self,
                                  GBytes           *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WireServer, wire_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WireReply, wire_reply_free)

G_END_DECLS
