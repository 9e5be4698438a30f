/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the report of a pull says, for people: sentences, one a line; "" for none or for what is no
 * report. @json is a report as the history keeps it; it holds no values of rows. */
char *services_report_describe (const char *json);

G_END_DECLS
