/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-packer.h"
#include "subsidy-register.h"

G_BEGIN_DECLS

/* A decision on its way into the tables. */
typedef struct
{
  gint64               id;
  gint64               revision_id; /* a reserved number */
  guint                revision;    /* 1 for a new case */
  gint64               batch;       /* 0 if it came alone */
  ShyPolicy           *policy;
  gint64               provenance;  /* its number, 0 for none */
  SubsidyPacker       *packer;      /* of the policy */
  const GDate         *on;
  const SubsidyRecord *record;
} SubsidyStoring;

char    *subsidy_register_now       (void);
gboolean subsidy_register_keep_pack (ShyConnection         *connection,
                                     ShyPolicy             *policy,
                                     gint64                *provenance,
                                     GError               **error);
gboolean subsidy_register_insert    (ShyConnection         *connection,
                                     const SubsidyStoring  *storing,
                                     char                 **commitment,
                                     GError               **error);

G_END_DECLS
