/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shyctl-verb.h"

G_BEGIN_DECLS

void  shyctl_help_print_verbs   (GListModel       *commands);
void  shyctl_help_print_own     (const ShyctlVerb *verb);
void  shyctl_help_print_brought (ShyCommand       *command);
char *shyctl_help_find_nearest  (GListModel       *commands,
                                 const char       *word);

G_END_DECLS
