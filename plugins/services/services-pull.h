/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-landing.h"

G_BEGIN_DECLS

/* What a pull is asked to do beyond fetching what is new. */
typedef enum {
  SERVICES_PULL_NORMAL = 0,
  SERVICES_PULL_FULL = 1 << 0,      /* everything again, from the first page */
  SERVICES_PULL_AUTOMATIC = 1 << 1, /* nobody waits for it: the schedule asked */
} ServicesPullFlags;

/* How the pull of one stream ended. */
typedef struct
{
  char           *stream;  /* name */
  char           *title;
  ShyPullOutcome  outcome;
  guint64         rows;    /* that are live now */
  char           *reason;  /* (nullable) one sentence, where it did not go well */
} ServicesPullOutcome;

/*
 * A pull of a service: some of its streams, or all, one after the other, on a thread of its own.
 * Everything here belongs to the main thread. Signals: "progressed" at most ten times a second,
 * "finished" once.
 */
#define SERVICES_TYPE_PULL (services_pull_get_type ())
G_DECLARE_FINAL_TYPE (ServicesPull, services_pull, SERVICES, PULL, GObject)

ServicesPull             *services_pull_start        (ShyServiceBook     *book,
                                                      const char         *service,
                                                      const char *const  *streams,
                                                      ServicesPullFlags   flags);
void                      services_pull_cancel       (ServicesPull       *self);
void                      services_pull_wait         (ServicesPull       *self);
gboolean                  services_pull_covers       (ServicesPull       *self,
                                                      const char *const  *streams,
                                                      ServicesPullFlags   flags);
const char               *services_pull_get_service  (ServicesPull       *self);
ServicesPullFlags         services_pull_get_flags    (ServicesPull       *self);
gboolean                  services_pull_is_running   (ServicesPull       *self);
gboolean                  services_pull_is_cancelled (ServicesPull       *self);
/* The title of the stream that is being pulled; NULL before the first. */
const char               *services_pull_get_title    (ServicesPull       *self);
const ShyLandingProgress *services_pull_get_progress (ServicesPull       *self);
/* Of ServicesPullOutcome, in the order of the streams; complete when it has finished. */
GPtrArray                *services_pull_get_outcomes (ServicesPull       *self);
/* Why not even a stream could be begun; NULL when all is well. */
const GError             *services_pull_get_error    (ServicesPull       *self);

G_END_DECLS
