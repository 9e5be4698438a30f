/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

GPtrArray *subsidy_applications_load (ShyStore   *store,
                                      ShyPolicy  *policy,
                                      guint       limit,
                                      GError    **error);

gboolean   subsidy_applications_tell (ShyStore   *store,
                                      ShyPolicy  *policy,
                                      ShyFacts   *facts,
                                      GError    **error);

G_END_DECLS
