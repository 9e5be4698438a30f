/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crypto/shy-key-private.h"

#include <gcrypt.h>

G_BEGIN_DECLS

#define SHY_SM2_COORDINATE 32 /* bytes of a coordinate, a scalar and an SM3 hash on the SM2 curve */
#define SHY_SM2_POINT (1 + 2 * SHY_SM2_COORDINATE)

typedef struct gcry_sexp ShySexp;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShySexp, gcry_sexp_release)

/* What shy-key.c reads and shy-key-use.c works with. */
struct _ShyKey
{
  gcry_sexp_t private; /* (owned) (nullable): a public key only */
  gcry_sexp_t public;  /* (owned) */
  gboolean    sm2;
  guint8      point[SHY_SM2_POINT]; /* of an SM2 key: 04, x, y */
};

G_END_DECLS
