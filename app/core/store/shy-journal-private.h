/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-journal.h"

G_BEGIN_DECLS

char    *shy_journal_hash_entry (const ShyJournalEntry *entry);
gboolean shy_register_check_key (ShyConnection         *connection,
                                 const char            *table,
                                 const char            *key,
                                 char                 **why,
                                 GError               **error);

G_END_DECLS
