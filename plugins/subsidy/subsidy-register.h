/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-spool.h"

G_BEGIN_DECLS

/* Jobs on the register, for shy_store_run(); each is one transaction. */

/* What is taken in, and from where. */
typedef struct
{
  SubsidySpool *spool;
  const char   *file;    /* base name */
  const char   *sheet;
  const char   *policy;
  const char   *version;
  const char   *pack;    /* (nullable): the policy's file, as it was */
  GDate         on;
  gint64        batch;   /* out */
  const char     *digest; /* (nullable): of the file, by which it is known again */
} SubsidyCommit;

char    *subsidy_register_load_pack    (ShyPolicy      *policy);

gboolean subsidy_register_commit       (ShyConnection  *connection,
                                        gpointer        commit,
                                        GCancellable   *cancellable,
                                        GError        **error);

/* What a decision on one case says, new or again. */
typedef struct
{
  gint64         id;       /* 0 for a new case */
  guint          revision; /* the one that was read; 0 for a new case */
  gint64         batch;    /* 0 if it came alone */
  const char    *policy;
  const char    *version;
  const char    *pack;     /* (nullable): the policy's file, as it was */
  GDate          on;
  SubsidyRecord  record;   /* (unowned members) */
} SubsidyDecision;

gboolean subsidy_register_insert       (ShyConnection          *connection,
                                        const SubsidyDecision  *decision,
                                        gint64                  revision_id,
                                        const char             *pack,
                                        char                  **commitment,
                                        GError                **error);
gboolean subsidy_register_amend        (ShyConnection          *connection,
                                        gpointer                decision,
                                        GCancellable           *cancellable,
                                        GError                **error);

gboolean subsidy_register_count        (ShyConnection  *connection,
                                        gpointer        totals,
                                        GCancellable   *cancellable,
                                        GError        **error);

G_END_DECLS
