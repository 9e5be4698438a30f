/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"


G_BEGIN_DECLS

/* How the plugin writes counts and times. Moments come as RFC 3339 and are said as the clocks of the
 * province show them; all texts are new and translated. */

/* "1,234,567" */
char *services_words_count  (guint64     count);
/* "3 days ago"; @then may be NULL: "never" */
char *services_words_ago    (const char *then,
                             GDateTime  *now);
/* How old a copy is: "Data of 3 days ago", "Pulled 5 minutes ago" */
char *services_words_age    (const char *then,
                             GDateTime  *now);
/* A moment of these days: "today 14:30", "tomorrow 08:30", "06-27 08:30"; with the year if another.
 * What is no moment is given as it is, NULL as "". */
char *services_words_moment (const char *when,
                             GDateTime  *now);
/* A moment as it stands in a table: "2025-06-30 09:00"; what is no moment is given as it is. */
char *services_words_stamp  (const char *when);
/* What is left of a pull: "about 3 minutes left"; @seconds is -1 where nobody knows: "" */
char *services_words_left   (gint64      seconds);

/* How far a pull is: "Job fairs: page 12, 2,400 of 10,000 rows, about 1 minute left" */
char *services_words_progress (ShyServicePull *pull);
/* How a pull that has finished ended, in one sentence. */
char *services_words_ending   (ShyServicePull *pull);

G_END_DECLS
