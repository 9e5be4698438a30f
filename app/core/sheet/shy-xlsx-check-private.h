/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether an xlsx file of ours is whole: each sheet has its rows and its end, and the checksums
 * are right. */
gboolean shy_xlsx_check_rows (const char   *path,
                              const GArray *rows);

G_END_DECLS
