/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "update/shy-update-book.h"

G_BEGIN_DECLS

/* What is to become of an update, for the job that writes it down. */
typedef struct
{
  ShyUpdate      *update;   /* (owned): as it was read */
  ShyUpdateState  state;    /* the new one */
  const char     *action;   /* for the journal */
  const char     *signer;   /* (nullable): what the bureau calls who signed it */
  const char     *before;   /* (nullable): the version it replaces */
  char           *replaced; /* (owned) (nullable): what stood in the file */
} ShyUpdateStep;

ShyUpdate *shy_update_read_row      (ShyStatement     *row,
                                     GError          **error);
gboolean   shy_update_write_journal (ShyConnection    *connection,
                                     const ShyUpdate  *update,
                                     const char       *action,
                                     const char       *signer,
                                     const char       *before,
                                     GError          **error);
char      *shy_update_now           (void);

/* The files, in shy-update-install.c. */
char      *shy_update_build_path    (const ShyUpdate  *update);
char      *shy_update_read_replaced (const ShyUpdate  *update);
gboolean   shy_update_install       (const ShyUpdate  *update,
                                     GError          **error);
gboolean   shy_update_uninstall     (const ShyUpdate  *update,
                                     const char       *replaced,
                                     GError          **error);

#define SHY_UPDATE_COLUMNS \
  "number, kind, id, version, content, signature, signer, issued_at, digest, source, sample, " \
  "state, received_at, decided_at, decided_by, replaced"
#define SHY_UPDATE_COLUMN_REPLACED 15

G_END_DECLS
