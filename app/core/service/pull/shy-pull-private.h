/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/wire/shy-exchange-private.h"
#include "service/pull/shy-pull.h"
#include "service/pull/shy-row-private.h"

G_BEGIN_DECLS

struct _ShyPullState
{
  GObject  parent_instance;
  char    *described; /* (nullable): the digest of the description that it is of */
  char    *cursor;   /* (nullable): the newest moment that a row had, ISO 8601 */
  char    *update;   /* (nullable): what the update probe said last */
  char    *etag;     /* (nullable): of the probe's answer, or of the page where there is only one */
  gint64   previous; /* rows of the last complete pull, -1 for none */
  gint64   skew;     /* seconds */

  /* An interrupted run: the next page of it. */
  gboolean running;
  char    *span; /* (nullable): where its span begins, ISO 8601 */
  gint64   number;
  gint64   offset;
  char    *page_cursor; /* (nullable) */
  gint64   pages;
  gint64   rows;        /* of the whole run */
  gint64   span_rows; /* of its span */
  char    *newest;      /* (nullable): the newest moment that a row had, ISO 8601 */
  char   **header;      /* (nullable): the names of columns, where rows are lists */
};

struct _ShyPull
{
  GObject                 parent_instance;
  ShyService             *service;
  const ShyServiceStream *stream;
  ShySecrets             *secrets;
  ShyPullState           *state;
  gboolean                keep_sensitive;
  char                  **kept; /* (nullable): names of sensitive fields that are kept */
  char                   *url_base;
  guint                   max_pages; /* 0: the description's */
  ShyMoment              *fixed;
  ShyTraceFunc            trace;
  gpointer                trace_data;
  GHashTable             *examples; /* (nullable): masked values by unmapped name, of a trial */
  gboolean                probed;   /* rows are asked for even if nothing has changed */
};

/* A span of time that is asked for. */
typedef struct
{
  char *begin; /* ISO 8601 */
  char *end;   /* inclusive, ISO 8601 */
  char *start_text;
  char *end_text;
} ShySpan;

void           shy_pull_state_be_of  (ShyPullState     *self,
                                      ShyService       *service);
GDateTime     *shy_sync_read         (const ShySync    *sync,
                                      const char       *text);
char          *shy_sync_choose       (const ShySync    *sync,
                                      GDateTime        *newest,
                                      const char       *until);
GPtrArray     *shy_spans_new       (const ShySync    *sync,
                                      const char       *cursor,
                                      gint64            now_ms);
ShyPullReport *shy_pull_report_new   (void);
void           shy_pull_report_note  (ShyPullReport    *self,
                                      const char       *format,
                                      ...) G_GNUC_PRINTF (2, 3);
void           shy_pull_report_fail  (ShyPullReport    *self,
                                      const char       *format,
                                      ...) G_GNUC_PRINTF (2, 3);
void           shy_pull_report_doubt (ShyPullReport    *self,
                                      const char       *format,
                                      ...) G_GNUC_PRINTF (2, 3);
void           shy_pull_report_reset (ShyPullReport    *self);
void           shy_pull_report_judge (ShyPullReport    *self,
                                      const ShyServiceStream *stream,
                                      gint64            previous,
                                      guint64           rows);
void           shy_pull_set_trace    (ShyPull          *self,
                                      ShyTraceFunc      trace,
                                      gpointer          data);
ShyExchange   *shy_pull_open         (ShyPull           *self,
                                      GCancellable      *cancellable,
                                      GError           **error);
ShyPullReport *shy_pull_run_with     (ShyPull           *self,
                                      ShyExchange       *exchange,
                                      const ShyPullSink *sink,
                                      gpointer           data,
                                      GError           **error);

G_END_DECLS
