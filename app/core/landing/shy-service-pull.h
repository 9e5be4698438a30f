/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-landing.h"

G_BEGIN_DECLS

/**
 * ShyServicePullFlags:
 * @SHY_SERVICE_PULL_NORMAL: what is new
 * @SHY_SERVICE_PULL_FULL: everything again, from the first page
 * @SHY_SERVICE_PULL_AUTOMATIC: nobody waits for it: the schedule asked
 *
 * What a pull is asked to do.
 */
typedef enum {
  SHY_SERVICE_PULL_NORMAL = 0,
  SHY_SERVICE_PULL_FULL = 1 << 0,
  SHY_SERVICE_PULL_AUTOMATIC = 1 << 1,
} ShyServicePullFlags;

/**
 * ShyServicePullOutcome: (skip)
 * @stream: the name of the stream
 * @title: what people call it
 * @outcome: how its pull ended
 * @rows: rows that are live now
 * @reason: (nullable): one sentence, where it did not go well
 *
 * How the pull of one stream ended.
 */
typedef struct
{
  char           *stream;
  char           *title;
  ShyPullOutcome  outcome;
  guint64         rows;
  char           *reason;
} ShyServicePullOutcome;

#define SHY_TYPE_SERVICE_PULL (shy_service_pull_get_type ())
G_DECLARE_FINAL_TYPE (ShyServicePull, shy_service_pull, SHY, SERVICE_PULL, GObject)

ShyServicePull           *shy_service_pull_start        (ShyServiceBook      *book,
                                                         const char          *service,
                                                         const char *const   *streams,
                                                         ShyServicePullFlags  flags);
void                      shy_service_pull_cancel       (ShyServicePull      *self);
void                      shy_service_pull_wait         (ShyServicePull      *self);
gboolean                  shy_service_pull_covers       (ShyServicePull      *self,
                                                         const char *const   *streams,
                                                         ShyServicePullFlags  flags);
const char               *shy_service_pull_get_service  (ShyServicePull      *self);
ShyServicePullFlags       shy_service_pull_get_flags    (ShyServicePull      *self);
gboolean                  shy_service_pull_is_running   (ShyServicePull      *self);
gboolean                  shy_service_pull_is_cancelled (ShyServicePull      *self);
const char               *shy_service_pull_get_title    (ShyServicePull      *self);
const ShyLandingProgress *shy_service_pull_get_progress (ShyServicePull      *self);
GPtrArray                *shy_service_pull_get_outcomes (ShyServicePull      *self);
const GError             *shy_service_pull_get_error    (ShyServicePull      *self);

G_END_DECLS
