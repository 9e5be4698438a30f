/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shy-core.h>

G_BEGIN_DECLS

/*
 * Packs the facts and verdicts of decisions for the register. Those of one policy say nearly the same,
 * so each is deflated beginning from a dictionary, which is stored once (subsidy_dictionary): it is
 * what the policy says most often of the cases of its own pack, who are nobody.
 */
typedef struct _SubsidyPacker SubsidyPacker;

typedef enum
{
  SUBSIDY_PACKED_FACTS,
  SUBSIDY_PACKED_VERDICT,
  SUBSIDY_N_PACKED,
} SubsidyPacked;

SubsidyPacker *subsidy_packer_new  (ShyConnection  *connection,
                                    ShyPolicy      *policy,
                                    GError        **error);
void           subsidy_packer_free (SubsidyPacker  *self);
gboolean       subsidy_packer_bind (SubsidyPacker  *self,
                                    ShyConnection  *connection,
                                    ShyStatement   *statement,
                                    const char     *parameter,
                                    SubsidyPacked   which,
                                    gint64          row,
                                    const char     *clear,
                                    GError        **error);
char          *subsidy_unpack      (ShyConnection  *connection,
                                    SubsidyPacked   which,
                                    gint64          id,
                                    ShyStatement   *row,
                                    int             column,
                                    GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyPacker, subsidy_packer_free)

G_END_DECLS
