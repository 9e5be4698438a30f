/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/wire/shy-draft-private.h"
#include "service/wire/shy-layers-private.h"
#include "service/wire/shy-scrub-private.h"

G_BEGIN_DECLS

/* What happened between us and the server, in the order it happened; for the test of a connection.
 * @what is a sentence without secrets. */
typedef void (*ShyTraceFunc) (const char *what,
                              gpointer    data);

/* How far a request came. */
typedef enum {
  SHY_STAGE_SIGN,     /* its signature is worked out, with calls of its own */
  SHY_STAGE_NETWORK,  /* it is under way */
  SHY_STAGE_ENVELOPE, /* its answer is read */
  SHY_STAGE_ROWS,     /* its answer was a success */
} ShyStage;

/* Says whether an answer that looks like a failure tells clearly that what was asked about is not
 * there. */
typedef gboolean (*ShyNothingFunc) (gconstpointer    nothing,
                                    const ShyPeeled *peeled);

/* One conversation with one service: connection, clock, tokens. Of one thread. */
typedef struct
{
  ShyService    *service;
  ShySecrets    *secrets;
  ShyTransport  *transport;
  GCancellable  *cancellable; /* (nullable) */
  char          *url_base;    /* (nullable) */
  char          *account;     /* names the tokens that may be shared */
  const ShyJson *stream;      /* (nullable): what the stream changes in requests */
  gint64         skew;        /* seconds */
  gboolean       skew_known;
  gboolean       resigned; /* the clock is corrected */
  guint64        requests;
  ShyStage       stage;    /* of the last request */
  gboolean       unsigned_yet; /* a call of the signature is under way */
  ShyScrub      *scrub;    /* what no error may hold */
  const char    *etag;     /* (nullable): sent with what is asked for next, if that is a GET */
  gboolean       hasty;    /* what only waiting could mend is not asked for again */
  gboolean       beside;   /* @transport belongs to another */
  char          *last;     /* (nullable): the last answer to a request for data, while traced */
  ShyMoment     *fixed; /* (nullable): a moment for tests */
  ShyTraceFunc   trace; /* (nullable) */
  ShyNothingFunc is_nothing; /* (nullable) */
  gconstpointer  nothing;
  gpointer       trace_data;
} ShyExchange;

/* An answer that is no failure. */
typedef struct
{
  ShyPeeled peeled;
  char     *text;
  char     *etag; /* (nullable): names this state of the answer */
  gboolean  unchanged; /* it is as it was when it had the tag that was sent; nothing is in it */
  ShyAction action; /* SUCCESS, IGNORE or STOP_STREAM */
} ShyReply;

gboolean     shy_exchange_check    (ShyService    *service,
                                    ShySecrets    *secrets,
                                    const char    *url_base,
                                    GError       **error);
ShyExchange *shy_exchange_new      (ShyService    *service,
                                    ShySecrets    *secrets,
                                    const char    *url_base);
ShyExchange *shy_exchange_new_beside (ShyExchange *other);
void         shy_exchange_free     (ShyExchange   *self);
gint64       shy_exchange_now      (ShyExchange   *self);
void         shy_exchange_trace    (ShyExchange   *self,
                                    const char    *format,
                                    ...) G_GNUC_PRINTF (2, 3);
ShyReply    *shy_exchange_ask      (ShyExchange   *self,
                                    ShyRequestScope      *scope,
                                    const ShyJson *change,
                                    GPtrArray     *layers,
                                    GError       **error);
ShyRequest  *shy_exchange_sign     (ShyExchange   *self,
                                    ShyRequestScope      *scope,
                                    const ShyJson *change,
                                    GError       **error);
gboolean     shy_exchange_send     (ShyExchange   *self,
                                    const ShyRequest *request,
                                    ShyAnswer    **answer,
                                    char         **text,
                                    GError       **error);
void         shy_reply_free        (ShyReply      *self);

gboolean     shy_auth_step         (ShyExchange   *self,
                                    ShyRequestScope      *scope,
                                    const ShyStep *step,
                                    GError       **error);
void         shy_auth_forget       (ShyExchange   *self,
                                    ShyRequestScope      *scope,
                                    gboolean       all);
ShyAction    shy_judge             (ShyExchange   *self,
                                    ShyAnswer     *answer,
                                    const char    *text,
                                    GPtrArray     *layers,
                                    ShyPeeled     *peeled,
                                    GError       **error);
double       shy_judge_wait        (ShyExchange   *self,
                                    ShyAnswer     *answer,
                                    ShyAction      action,
                                    guint          attempt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyExchange, shy_exchange_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyReply, shy_reply_free)

G_END_DECLS
