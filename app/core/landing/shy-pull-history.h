/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-landing.h"

G_BEGIN_DECLS

/**
 * ShyPullRecord: (skip)
 * @id: number of the pull; later ones are higher
 * @service: the id of the service
 * @stream: the name of the stream
 * @started: when it began, RFC 3339
 * @ended: (nullable): when it ended, RFC 3339; %NULL while it runs
 * @outcome: how it ended
 * @rows: rows that came
 * @pages: pages that came
 * @added: rows that were not there before
 * @changed: rows that differ from what was there
 * @withdrawn: rows that were there and are not any more
 * @reason: (nullable): why it did not land, as a sentence
 * @report: (nullable): what the pull did, as JSON
 *
 * A pull in the history.
 */
typedef struct
{
  gint64          id;
  char           *service;
  char           *stream;
  char           *started;
  char           *ended;
  ShyPullOutcome  outcome;
  guint64         rows;
  guint64         pages;
  guint64         added;
  guint64         changed;
  guint64         withdrawn;
  char           *reason;
  char           *report;
} ShyPullRecord;

/**
 * ShyPullNotice: (skip)
 * @id: its number
 * @service: the id of the service
 * @stream: the name of the stream
 * @sentence: what a person should know
 * @made_at: when it was noticed, RFC 3339
 *
 * What was noticed when rows landed: a field that appeared, vanished or changed its type, or fewer
 * rows than before.
 */
typedef struct
{
  gint64  id;
  char   *service;
  char   *stream;
  char   *sentence;
  char   *made_at;
} ShyPullNotice;

const char *shy_pull_outcome_get_name     (ShyPullOutcome   outcome);
GPtrArray  *shy_pull_history_list         (ShyServiceBook  *book,
                                           const char      *service,
                                           guint            limit,
                                           GError         **error);
GPtrArray  *shy_pull_history_list_notices (ShyServiceBook  *book,
                                           const char      *service,
                                           GError         **error);
gboolean    shy_pull_history_dismiss      (ShyServiceBook  *book,
                                           gint64           notice,
                                           GError         **error);

void        shy_pull_record_free          (ShyPullRecord       *self);
char       *shy_pull_record_to_json       (const ShyPullRecord *self);
void        shy_pull_notice_free          (ShyPullNotice       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyPullRecord, shy_pull_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyPullNotice, shy_pull_notice_free)

G_END_DECLS
