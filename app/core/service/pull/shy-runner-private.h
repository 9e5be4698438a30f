/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/pull/shy-fetch-private.h"
#include "service/pull/shy-hash-set-private.h"
#include "service/pull/shy-pull-private.h"

G_BEGIN_DECLS

/* A pull that runs. */
typedef struct
{
  ShyPull           *pull;
  ShyExchange       *exchange;
  ShyFetch          *fetch;
  const ShyPullSink *sink;
  gpointer           data;
  ShyRequestScope           scope;
  ShyRowMaker        rows;
  ShyPullReport     *report;
  char              *update; /* (nullable): what the probe said */
  char              *etag;   /* (nullable): of the probe or of the first page */
  char              *until;  /* (nullable): the end of the last span */
  GDateTime         *newest; /* (nullable): of the moments in the rows */

  gint64             before; /* the totals of spans that are done */
  gint64             most_before; /* the same, of the largest that each named */

  /* Of a pass over all pages. */
  gboolean moved;    /* a total changed between pages */
  gint64   lacks;    /* (with @lacks_of): a span gave so few of so many rows; -1 for none */
  gint64   lacks_of;

  /* Of the span. */
  ShyHashSet  hashes;   /* of pages */
  gint64      total;    /* -1 if not known */
  gint64      most;     /* the largest total so far, -1 if none is known */
  gint64      received; /* records */
  gint64      effective; /* rows of a full page */
  guint       span_pages;
  guint       most_pages;
  gboolean    heads; /* the next page may begin with the names of columns */
} ShyRunner;

void      shy_runner_begin_span (ShyRunner        *self,
                                   const ShySpan  *span,
                                   gboolean          resume);
gboolean  shy_runner_ask_total    (ShyRunner        *self,
                                   GError          **error);
ShyReply *shy_runner_ask_place    (ShyRunner        *self,
                                   const ShyPlace   *place,
                                   GError          **error);
void      shy_runner_send_tag     (ShyRunner        *self);
void      shy_runner_note_tag     (ShyRunner        *self,
                                   const ShyReply   *reply);
gboolean  shy_runner_pull_page    (ShyRunner        *self,
                                   const ShySpan  *span,
                                   gboolean         *more,
                                   GError          **error);

G_END_DECLS
