/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/* A verb that the program brings itself; those of plugins are ShyCommands. */
typedef struct
{
  const char *name;
  const char *summary; /* marked with N_() */
  const char *usage;   /* marked with N_() */
  ShyCommandStatus (*run) (const char * const *arguments,
                           const char         *database,
                           GError            **error);
} ShyctlVerb;

/* Each verb stands in a file of its own, verb-NAME.c, and is listed in shyctl-verbs.c. */
extern const ShyctlVerb *const shyctl_verbs[]; /* ended by NULL */

G_END_DECLS
