/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-facts.h"
#include "policy/shy-policy.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): the words for a name; NULL for a name it does not know. */
typedef char *(*ShySentenceLookup) (const char *name,
                                    gpointer    user_data);

char *shy_sentence_fill   (const char        *sentence,
                           ShySentenceLookup  lookup,
                           gpointer           user_data);

G_END_DECLS
