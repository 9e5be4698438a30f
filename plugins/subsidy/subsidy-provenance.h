/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/*
 * By whose word the text decided that a case, a row or a run names: it is kept with the decision, for
 * what is adopted or signed today may not be so tomorrow.
 */
gint64      subsidy_provenance_keep     (ShyConnection          *connection,
                                         ShyPolicy              *policy,
                                         GError                **error);
gboolean    subsidy_provenance_read     (ShyConnection          *connection,
                                         gint64                  id,
                                         ShyPolicyOrigin       **origin,
                                         GError                **error);
JsonObject *subsidy_provenance_to_json  (const char             *policy,
                                         const char             *version,
                                         const char             *digest,
                                         const ShyPolicyOrigin  *origin);
JsonObject *subsidy_provenance_of       (ShyPolicy              *policy);
char       *subsidy_provenance_to_label (JsonObject             *object);

G_END_DECLS
