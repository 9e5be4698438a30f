/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-service-book.h"
#include "service/pull/shy-pull.h"

G_BEGIN_DECLS

/**
 * ShyPullOutcome:
 * @SHY_PULL_RUNNING: not ended
 * @SHY_PULL_LANDED: its rows are the live ones now
 * @SHY_PULL_UNCHANGED: the service said that nothing has changed
 * @SHY_PULL_HELD: it is complete but looks wrong, and waits for a person
 * @SHY_PULL_FAILED: it failed or not all rows came
 * @SHY_PULL_CANCELLED: a person ended it
 *
 * How a pull ended.
 */
typedef enum {
  SHY_PULL_RUNNING,
  SHY_PULL_LANDED,
  SHY_PULL_UNCHANGED,
  SHY_PULL_HELD,
  SHY_PULL_FAILED,
  SHY_PULL_CANCELLED,
} ShyPullOutcome;

/**
 * ShyLandingProgress: (skip)
 * @pages: pages that came
 * @rows: rows that came
 * @total: how many rows there will be, -1 if the service does not say
 * @rate: rows a second of this run
 * @seconds_left: how long it will take, -1 if that is not known
 *
 * How far a pull is.
 */
typedef struct
{
  guint64 pages;
  guint64 rows;
  gint64  total;
  double  rate;
  gint64  seconds_left;
} ShyLandingProgress;

/**
 * ShyLandingFunc: (skip)
 * @progress: how far the pull is; only during the call
 * @data: what the caller gave
 *
 * Called in the thread that pulls, at most ten times a second.
 */
typedef void (*ShyLandingFunc) (const ShyLandingProgress *progress,
                                gpointer                  data);

/**
 * ShyLandingResult: (skip)
 * @outcome: how it ended: landed, unchanged or held
 * @rows: rows that are live now
 * @staged: different rows that came
 * @added: of them, rows that were not there before
 * @changed: of them, rows that differ from what was there
 * @withdrawn: rows that were there and are not any more
 * @reason: (nullable): why it is held, as a sentence
 * @report: what the pull did
 * @notices: (element-type utf8): what a person should know, as sentences
 *
 * What a pull came to.
 */
typedef struct
{
  ShyPullOutcome  outcome;
  guint64         rows;
  guint64         staged;
  guint64         added;
  guint64         changed;
  guint64         withdrawn;
  char           *reason;
  ShyPullReport  *report;
  GPtrArray      *notices;
} ShyLandingResult;

#define SHY_TYPE_LANDING (shy_landing_get_type ())
G_DECLARE_FINAL_TYPE (ShyLanding, shy_landing, SHY, LANDING, GObject)

ShyLanding       *shy_landing_new          (ShyServiceBook       *book,
                                            const char           *service,
                                            const char           *stream,
                                            ShySecrets           *secrets,
                                            GError              **error);
void              shy_landing_give_way     (void);
void              shy_landing_set_full     (ShyLanding           *self,
                                            gboolean              full);
void              shy_landing_set_accept   (ShyLanding           *self,
                                            gboolean              accept);
void              shy_landing_set_url_base (ShyLanding           *self,
                                            const char           *url_base);
void              shy_landing_set_progress (ShyLanding           *self,
                                            ShyLandingFunc        progress,
                                            gpointer              data);
ShyLandingResult *shy_landing_run          (ShyLanding           *self,
                                            GCancellable         *cancellable,
                                            GError              **error);
gboolean          shy_landing_accept       (ShyServiceBook       *book,
                                            const char           *service,
                                            const char           *stream,
                                            GError              **error);
gboolean          shy_landing_discard      (ShyServiceBook       *book,
                                            const char           *service,
                                            const char           *stream,
                                            GError              **error);
void              shy_landing_result_free  (ShyLandingResult     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyLandingResult, shy_landing_result_free)

G_END_DECLS
