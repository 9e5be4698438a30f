/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/pull/shy-pull-private.h"
#include "service/pull/shy-trial.h"

G_BEGIN_DECLS

ShyTrial *shy_trial_new (void);
void shy_trial_keep_page (ShyTrial  *self,
                          GPtrArray *rows);
void shy_trial_keep_names (ShyTrial            *self,
                           const ShyPullReport *report);
char *shy_trial_sample (ShyExchange             *exchange,
                        const ShyServiceStream  *stream,
                        const char              *reply);

G_END_DECLS
