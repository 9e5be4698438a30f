/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-record.h"

G_BEGIN_DECLS

/* A verdict in sentences, for tables and terminals. */
char *subsidy_words_of_verdict (ShyVerdict *verdict);
char *subsidy_words_reasons  (JsonObject *verdict);
char *subsidy_words_missing  (JsonObject *verdict);
char *subsidy_words_changes  (JsonObject *verdict);
char *subsidy_words_warnings (JsonObject *verdict);

G_END_DECLS
