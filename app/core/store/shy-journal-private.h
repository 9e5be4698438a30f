/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/shy-journal.h"

G_BEGIN_DECLS

char *shy_journal_hash_entry (const ShyJournalEntry *entry);

G_END_DECLS
