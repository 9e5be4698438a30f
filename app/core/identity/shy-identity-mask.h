/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "identity/shy-identity.h"

G_BEGIN_DECLS

/**
 * ShyIdentityAudience:
 * @SHY_IDENTITY_AUDIENCE_SCREEN: people at work, who must tell two numbers apart
 * @SHY_IDENTITY_AUDIENCE_PUBLIC: everybody: lists that are published
 *
 * Who will read a masked number.
 */
typedef enum {
  SHY_IDENTITY_AUDIENCE_SCREEN,
  SHY_IDENTITY_AUDIENCE_PUBLIC,
} ShyIdentityAudience;

#define SHY_TYPE_IDENTITY_FINDING (shy_identity_finding_get_type ())

/**
 * ShyIdentityFinding:
 * @kind: what the number names
 * @start: where it begins, in characters of the text
 * @length: how long it is, in characters, with blanks inside
 * @masked: the number as it may be shown
 *
 * A number in a text that must not be published.
 */
typedef struct
{
  ShyIdentityKind  kind;
  guint            start;
  guint            length;
  char            *masked;
} ShyIdentityFinding;

char               *shy_identity_mask              (ShyIdentityKind      kind,
                                                    ShyIdentityAudience  audience,
                                                    const char          *number);
char               *shy_identity_mask_name         (const char          *name);
GPtrArray          *shy_identity_find_full_numbers (const char          *text);

GType               shy_identity_finding_get_type  (void);
ShyIdentityFinding *shy_identity_finding_copy      (const ShyIdentityFinding *self);
void                shy_identity_finding_free      (ShyIdentityFinding       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyIdentityFinding, shy_identity_finding_free)

G_END_DECLS
