/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-cases.h"

G_BEGIN_DECLS

/* What a list asks for, and what a job found. A copy of its own for each job. */
typedef struct
{
  char         *outcome; /* (owned): a word, or "" */
  char         *scope;   /* (owned): "", code of a prefecture or of a county */
  char         *text;    /* (owned): in lower case, or "" */
  char         *policy;  /* (owned): or "" */
  gint64        batch;   /* or 0 */
  SubsidyOrder  order;
  GArray       *ids;     /* (owned): of gint64, in order */
  SubsidyTotals totals;  /* under all filters but the outcome */
} SubsidyQuery;

SubsidyQuery *subsidy_query_new  (void);
SubsidyQuery *subsidy_query_copy (const SubsidyQuery  *self);
char         *subsidy_query_scope (const char         *scope);
void          subsidy_query_free (gpointer             self);
gboolean      subsidy_query_run  (ShyConnection       *connection,
                                  gpointer             self,
                                  GCancellable        *cancellable,
                                  GError             **error);

G_END_DECLS
