/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-policy-batch.h"
#include "policy/shy-program-private.h"

G_BEGIN_DECLS

/* One fact of all rows. */
typedef struct {
  GArray *v; /* (nullable): of gint64; truths have none */
  GArray *s; /* of guint8 */
} ShyFactColumn;

/* From a day on, how a county stands to the group. */
typedef struct {
  gint64          from;
  ShyPolicyResult result;
} ShyGroupSpan;

struct _ShyPolicyBatch
{
  ShyPolicy      *policy;     /* (owned): as asked about */
  ShyPolicy      *resolved;   /* (owned): for the settings, without overrides of counties */
  ShyFacts       *frame;      /* (owned) */
  const ShyJudge *judge;
  ShyProgram     *program;    /* (owned) */
  GHashTable     *texts;      /* (owned): text to index + 1 */
  GPtrArray      *text_list;  /* (owned) */
  ShyFactColumn  *columns;    /* (owned): for each slot before the derived ones */
  GHashTable     *alone;      /* (owned): row to ShyFacts, of those that columns cannot hold */
  GPtrArray      *spans;      /* (owned): for each text that is a county, a GArray of ShyGroupSpan,
                                 the latest first */
  ShyRegister    *registers;  /* (owned): what the program runs on */
  guint           n_rows;
  gboolean        columnar;   /* FALSE: all rows are judged alone */
  gint64          cap;        /* fen that a yearly limit leaves without earlier grants */
  guint8         *outcomes;   /* (owned): ShyPolicyOutcome of each row */
  gint64         *amounts;    /* (owned) */
  guint8        **results;    /* (owned): ShyPolicyResult of each row, for each criterion */
  guint           n_alone;    /* rows judged alone in the last run */
};

gboolean shy_batch_run_span    (ShyPolicyBatch  *self,
                                guint            first,
                                guint            n,
                                GError         **error);
gboolean shy_batch_prepare     (ShyPolicyBatch  *self,
                                GError         **error);

G_END_DECLS
