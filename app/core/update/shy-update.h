/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShyUpdateKind: (skip)
 * @SHY_UPDATE_POLICY_PACK: a version of a policy
 * @SHY_UPDATE_CALENDAR: a version of the working calendar
 *
 * What an update brings.
 */
typedef enum {
  SHY_UPDATE_POLICY_PACK,
  SHY_UPDATE_CALENDAR,
} ShyUpdateKind;

/**
 * ShyUpdateState: (skip)
 * @SHY_UPDATE_WAITING: nobody has decided about it
 * @SHY_UPDATE_ACCEPTED: a person accepted it; it is in force
 * @SHY_UPDATE_DISCARDED: a person does not want it
 * @SHY_UPDATE_REVERTED: it was in force, and a person took it back
 *
 * What became of an update.
 */
typedef enum {
  SHY_UPDATE_WAITING,
  SHY_UPDATE_ACCEPTED,
  SHY_UPDATE_DISCARDED,
  SHY_UPDATE_REVERTED,
} ShyUpdateState;

/**
 * ShyUpdate: (skip)
 * @number: its number in the database, from 1; 0 while it is not stored
 * @kind: what it brings
 * @id: the id of the policy or calendar
 * @version: its version
 * @content: the pack or calendar, JSON exactly as it was signed
 * @signature: base64 of the signature in DER
 * @signer: the fingerprint of the key that is said to have signed it
 * @issued_at: when it was signed, RFC 3339
 * @digest: SM3 of what is signed, in hexadecimal: two updates with one digest are the same
 * @source: where it came from: "service:ID" or "file:NAME"
 * @sample: whether it came from a service that is marked as sample
 * @state: what became of it
 * @received_at: when it was stored, UTC
 * @decided_at: (nullable): when somebody accepted, discarded or reverted it, UTC
 * @decided_by: (nullable): who did
 *
 * A signed version of a policy pack or calendar, as data/updates/update.schema.json describes it.
 * Counted by references, and not changed once it is made, so that any thread may read it.
 */
typedef struct
{
  gint64         number;
  ShyUpdateKind  kind;
  char          *id;
  char          *version;
  char          *content;
  char          *signature;
  char          *signer;
  char          *issued_at;
  char          *digest;
  char          *source;
  gboolean       sample;
  ShyUpdateState state;
  char          *received_at;
  char          *decided_at;
  char          *decided_by;
} ShyUpdate;

/* The members of an update, as a file or a row of a service has them; NULL for one that is not
 * there. */
typedef struct
{
  const char *kind;
  const char *id;
  const char *version;
  const char *content;
  const char *signature;
  const char *signer;
  const char *issued_at;
} ShyUpdateMembers;

ShyUpdate  *shy_update_new            (const ShyUpdateMembers  *members,
                                       const char              *source,
                                       gboolean                 sample,
                                       GError                 **error);
ShyUpdate  *shy_update_new_from_bytes (GBytes                  *bytes,
                                       const char              *name,
                                       GError                 **error);
ShyUpdate  *shy_update_new_from_file  (const char              *path,
                                       GError                 **error);
ShyUpdate  *shy_update_ref            (ShyUpdate               *self);
void        shy_update_unref          (ShyUpdate               *self);
char       *shy_update_to_json        (const ShyUpdate         *self);
char       *shy_update_sign           (GBytes                  *content,
                                       const char              *name,
                                       const char              *key,
                                       const char              *issued_at,
                                       GError                 **error);

const char *shy_update_kind_to_word   (ShyUpdateKind            kind);
gboolean    shy_update_kind_from_word (const char              *word,
                                       ShyUpdateKind           *kind);
const char *shy_update_kind_to_label  (ShyUpdateKind            kind);
const char *shy_update_state_to_word  (ShyUpdateState           state);
const char *shy_update_state_to_label (ShyUpdateState           state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyUpdate, shy_update_unref)

G_END_DECLS
