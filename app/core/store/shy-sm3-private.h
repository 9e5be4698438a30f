/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gcrypt.h>
#include <glib.h>

G_BEGIN_DECLS

#define SHY_SM3_BYTES 32

void         shy_sm3          (const void *bytes,
                               gsize       length,
                               guint8     *digest);
char        *shy_sm3_hex      (const void *bytes,
                               gsize       length);
gcry_md_hd_t shy_sm3_open     (void);
gcry_md_hd_t shy_sm3_open_keyed (const void *key,
                               gsize       length);
char        *shy_sm3_close    (gcry_md_hd_t md);
void         shy_random_bytes (guint8     *bytes,
                               gsize       length);
char        *shy_hex          (const guint8 *bytes,
                               gsize         length);

G_END_DECLS
