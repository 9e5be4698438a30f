/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-landing-private.h"

G_BEGIN_DECLS

/* The rows of a pull on their way into a generation of their own, a few pages at a time, each time
 * in one transaction with the state from which a later pull goes on. Of the thread that pulls. */
typedef struct
{
  ShyStore               *store;  /* (owned) */
  const char             *service;
  const ShyServiceStream *stream;
  gboolean                keep_sensitive;
  char                   *owner;      /* (owned): of the lock */
  gint64                  pull;       /* in the history */
  gint64                  generation; /* 0: nothing was staged yet */
  gint64                  live;       /* the live generation, 0 for none */
  gint64                  live_rows;
  gint64                  shape;
  int                     dated;  /* the field with the row's own date, -1 for none */
  ShyTally                tally;
  JsonObject             *before; /* (owned) (nullable): the report until the interruption */

  /* Not stored yet. */
  GPtrArray     *pages; /* (owned) */
  gsize          rows;
  gint64         since; /* monotonic */
  char          *state; /* (owned) (nullable) */
  ShyPullReport *report; /* (unowned) (nullable): of the running pull */
} ShyStaging;

void     shy_staging_clear   (ShyStaging     *self);
void     shy_staging_restart (ShyStaging     *self);
gboolean shy_staging_add     (ShyStaging     *self,
                              GPtrArray      *rows,
                              ShyPullState   *state,
                              ShyPullReport  *report,
                              GError        **error);
gboolean shy_staging_flush   (ShyStaging     *self,
                              GError        **error);
void     shy_staging_correct (ShyStaging     *self,
                              ShyPullReport  *report);
gboolean shy_staging_open    (ShyStaging     *self,
                              ShyConnection  *connection,
                              GError        **error);

char    *shy_tally_write     (const ShyTally *self,
                              JsonObject     *report);
JsonObject *shy_tally_read   (ShyTally       *self,
                              const char     *text);
void     shy_tally_clear     (ShyTally       *self);
void     shy_tally_copy      (ShyTally       *self,
                              const ShyTally *from);

gboolean shy_masked_keep     (GPtrArray      *old_fields,
                              char          **old_values,
                              const ShyServiceStream *stream,
                              char          **values,
                              guint64        *kept);

G_END_DECLS
