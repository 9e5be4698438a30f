/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-staging-private.h"

G_BEGIN_DECLS

struct _ShyLanding
{
  GObject                 parent_instance;
  ShyServiceBook         *book;    /* (owned) */
  ShyService             *service; /* (owned) */
  const ShyServiceStream *stream;
  ShySecrets             *secrets; /* (owned) */
  gboolean                full;
  gboolean                accept;
  char                   *url_base; /* (owned) (nullable) */
  ShyLandingFunc          progress;
  gpointer                progress_data;
};

/* A run of a landing, in the thread that pulls. */
typedef struct
{
  ShyLanding    *landing;
  GCancellable  *cancellable; /* (unowned) (nullable) */
  ShyStaging     staging;
  ShyPullState  *state;    /* (owned) */
  ShyPullReport *report;   /* (owned) (nullable): until the pull has ended */
  JsonObject    *profile;  /* (owned) (nullable): the report of the last run that landed */
  char          *url_base; /* (owned) (nullable) */
  gboolean       restored; /* @report has what came before an interruption */
  guint64        rows_before;
  gint64         began; /* monotonic */
  gint64         told;  /* monotonic: when progress was told last */

  /* How it ends. */
  gboolean       pulled; /* the service was asked to the end */
  ShyPullOutcome outcome;
  char          *reason;  /* (owned) (nullable) */
  guint64        rows;    /* live */
  guint64        withdrawn;
  GPtrArray     *notices; /* (owned) (nullable) of char */
} ShyLandingRun;

/* Makes the rows of a generation the live ones; see shy_landing_apply(). */
typedef struct
{
  const char     *service;
  const char     *stream;
  gboolean        merges;
  gint64          generation; /* 0: no rows came */
  gint64          live;       /* 0 for none */
  gint64          live_rows;
  const ShyTally *tally;
  const char     *state;   /* that goes with the rows */
  const char     *profile; /* (nullable): the report, as JSON */
  const char     *probe;   /* (nullable): what the service said of its date */
  guint64         rows;      /* result: live */
  guint64         withdrawn; /* result */
} ShyLandingChange;

gboolean shy_landing_apply      (ShyConnection     *connection,
                                 ShyLandingChange  *change,
                                 GError           **error);
char    *shy_landing_find_doubt (ShyLandingRun     *run);
gboolean shy_landing_notice     (ShyConnection     *connection,
                                 ShyLandingRun     *run,
                                 GError           **error);

/* What the service said of its date, from a state as JSON. */
char    *shy_landing_probe_of   (const char        *state);

G_END_DECLS
