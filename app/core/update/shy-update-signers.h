/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShyUpdateSigner: (skip)
 * @name: what the bureau calls it: the name of the key's file without “.pem”
 * @fingerprint: SM3 of the public point, 64 hexadecimal digits
 * @sample: whether it is the published key of the sample province, trusted for that alone
 *
 * Somebody whose updates the bureau trusts.
 */
typedef struct
{
  char             *name;
  char             *fingerprint;
  gboolean          sample;
  struct _ShyKey   *key;
} ShyUpdateSigner;

/**
 * ShyUpdateSigners: (skip)
 * @trusted: (element-type ShyUpdateSigner): the keys
 * @problems: (element-type utf8): a sentence for each file that was passed over
 *
 * Whose updates are trusted: the public SM2 keys in `$XDG_DATA_HOME/shanye/signers`, which the
 * bureau puts there after it made sure whose they are. The program ships none, for no real key is
 * known (未核实); the one in `data/updates` belongs to the sample province, and its private half is
 * published with the tests. Not changed once it is read, so that any thread may use it.
 */
typedef struct
{
  GPtrArray *trusted;
  GPtrArray *problems;
} ShyUpdateSigners;

char                  *shy_update_signers_build_folder (void);
ShyUpdateSigners      *shy_update_signers_load         (void);
void                   shy_update_signers_free         (ShyUpdateSigners       *self);
const ShyUpdateSigner *shy_update_signers_find         (const ShyUpdateSigners *self,
                                                        const char             *fingerprint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyUpdateSigners, shy_update_signers_free)

G_END_DECLS
