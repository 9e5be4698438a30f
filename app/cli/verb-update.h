/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shyctl-verb.h"

G_BEGIN_DECLS

/* What stands behind "update". */
typedef struct
{
  char      **words;   /* (owned) the action, and what is no option */
  const char *path;    /* of the database */
  gboolean    json;
  gboolean    all;
  char       *confirm; /* (owned) (nullable): the version that the person read and accepts */
  char       *key;     /* (owned) (nullable): a file */
} UpdateCall;

void             update_try         (ShyUpdateReview  *review,
                                     ShyStore         *store);
void             update_print       (ShyUpdateReview  *review);

ShyCommandStatus update_list        (UpdateCall       *call,
                                     GError          **error);
ShyCommandStatus update_show        (UpdateCall       *call,
                                     GError          **error);
ShyCommandStatus update_sign        (UpdateCall       *call,
                                     GError          **error);
ShyCommandStatus update_signers     (UpdateCall       *call,
                                     GError          **error);

ShyStore        *update_open        (UpdateCall       *call,
                                     GError          **error);
gboolean         update_number      (UpdateCall       *call,
                                     gint64           *number,
                                     GError          **error);

G_END_DECLS
