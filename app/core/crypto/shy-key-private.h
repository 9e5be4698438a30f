/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crypto/shy-crypto-private.h"

G_BEGIN_DECLS

/**
 * ShyKeyForm:
 * @SHY_KEY_FORM_DER: a signature as an ASN.1 sequence of r and s
 * @SHY_KEY_FORM_RAW: a signature as r and s, 32 bytes each
 * @SHY_KEY_FORM_C1C3C2: an SM2 ciphertext in the order of GM/T 0003-2012
 * @SHY_KEY_FORM_C1C2C3: an SM2 ciphertext in the order of the draft of 2010
 *
 * How gateways write SM2 results; they differ, so a description says which.
 */
typedef enum {
  SHY_KEY_FORM_DER,
  SHY_KEY_FORM_RAW,
  SHY_KEY_FORM_C1C3C2,
  SHY_KEY_FORM_C1C2C3,
} ShyKeyForm;

typedef struct _ShyKey ShyKey;

ShyKey  *shy_key_new         (const char  *text,
                              GError     **error);
void     shy_key_free        (ShyKey      *self);

GBytes  *shy_key_sign        (ShyKey      *self,
                              ShyDigest    digest,
                              ShyKeyForm   form,
                              GBytes      *input,
                              GError     **error);
gboolean shy_key_verify      (ShyKey      *self,
                              ShyDigest    digest,
                              ShyKeyForm   form,
                              GBytes      *input,
                              GBytes      *signature);
GBytes  *shy_key_encrypt     (ShyKey      *self,
                              ShyKeyForm   form,
                              gboolean     prefix,
                              GBytes      *plain,
                              GError     **error);
GBytes  *shy_key_decrypt     (ShyKey      *self,
                              ShyKeyForm   form,
                              GBytes      *secret,
                              GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyKey, shy_key_free)

G_END_DECLS
