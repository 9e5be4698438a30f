/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The few steps through ASN.1 DER that keys and signatures need (ITU-T X.690). */

enum {
  SHY_DER_INTEGER = 0x02,
  SHY_DER_BIT_STRING = 0x03,
  SHY_DER_OCTET_STRING = 0x04,
  SHY_DER_OBJECT_ID = 0x06,
  SHY_DER_SEQUENCE = 0x30,
};

/* What is left to read; belongs to the bytes it was made from. */
typedef struct
{
  const guint8 *data;
  gsize         size;
} ShyDer;

gboolean shy_der_next    (ShyDer     *self,
                          guint8      tag,
                          ShyDer     *contents);
gboolean shy_der_peek    (ShyDer     *self,
                          guint8     *tag);
gboolean shy_der_integer (ShyDer     *self,
                          ShyDer     *magnitude);
void     shy_der_put     (GByteArray *out,
                          guint8      tag,
                          GByteArray *contents);
void     shy_der_put_integer (GByteArray   *out,
                              const guint8 *magnitude,
                              gsize         size);

G_END_DECLS
