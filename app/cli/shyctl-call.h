/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/* What was typed, taken apart. */
typedef struct
{
  char     *verb;       /* (owned) (nullable) */
  char     *database;   /* (owned) (nullable) */
  GStrv     arguments;  /* (owned) the words behind the verb, without those of the program */
  gboolean  help;
  gboolean  version;
} ShyctlCall;

ShyctlCall *shyctl_call_parse (char       **argv,
                               GError     **error);
void        shyctl_call_free  (ShyctlCall  *call);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyctlCall, shyctl_call_free)

G_END_DECLS
