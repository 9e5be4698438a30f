/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-service-pull.h"

G_BEGIN_DECLS

char *shy_landing_words_count    (guint64         count);
char *shy_landing_words_ago      (const char     *then,
                                  GDateTime      *now);
char *shy_landing_words_age      (const char     *then,
                                  GDateTime      *now);
char *shy_landing_words_moment   (const char     *when,
                                  GDateTime      *now);
char *shy_landing_words_left     (gint64          seconds);
char *shy_landing_words_progress (ShyServicePull *pull);
char *shy_landing_words_ending   (ShyServicePull *pull);
char *shy_landing_words_report   (const char     *json);

G_END_DECLS
