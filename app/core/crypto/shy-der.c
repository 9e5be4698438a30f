/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/shy-der-private.h"

/* Reads a length; the form with up to four bytes is enough for any key. */
static gboolean
read_length (ShyDer *self,
             gsize  *length)
{
  guint count;

  if (self->size == 0)
    return FALSE;
  *length = *self->data++;
  self->size--;
  if (*length < 0x80)
    return *length <= self->size;

  count = *length & 0x7f;
  if (count == 0 || count > 4 || count > self->size)
    return FALSE;
  *length = 0;
  for (guint i = 0; i < count; i++)
    *length = *length << 8 | self->data[i];
  self->data += count;
  self->size -= count;

  return *length <= self->size;
}

/* Looks at the tag of the next element. */
gboolean
shy_der_peek (ShyDer *self,
              guint8 *tag)
{
  if (self->size == 0)
    return FALSE;
  *tag = *self->data;

  return TRUE;
}

/* Takes the next element if it has @tag and gives its contents. */
gboolean
shy_der_next (ShyDer *self,
              guint8  tag,
              ShyDer *contents)
{
  ShyDer rest = *self;
  gsize  length;

  if (rest.size == 0 || *rest.data != tag)
    return FALSE;
  rest.data++;
  rest.size--;
  if (!read_length (&rest, &length))
    return FALSE;
  contents->data = rest.data;
  contents->size = length;
  self->data = rest.data + length;
  self->size = rest.size - length;

  return TRUE;
}

/* Takes an unsigned integer, without the zero that keeps it from being negative. */
gboolean
shy_der_integer (ShyDer *self,
                 ShyDer *magnitude)
{
  if (!shy_der_next (self, SHY_DER_INTEGER, magnitude) || magnitude->size == 0)
    return FALSE;
  while (magnitude->size > 1 && *magnitude->data == 0)
    {
      magnitude->data++;
      magnitude->size--;
    }

  return TRUE;
}

static void
put_header (GByteArray *out,
            guint8      tag,
            gsize       length)
{
  guint8 bytes[6] = { tag };
  guint  count = 0;

  if (length < 0x80)
    {
      bytes[1] = (guint8) length;
      g_byte_array_append (out, bytes, 2);
      return;
    }
  for (gsize rest = length; rest > 0; rest >>= 8)
    count++;
  bytes[1] = (guint8) (0x80 | count);
  for (guint i = 0; i < count; i++)
    bytes[2 + i] = (guint8) (length >> (8 * (count - 1 - i)));
  g_byte_array_append (out, bytes, 2 + count);
}

/* Appends an element with the given contents. */
void
shy_der_put (GByteArray *out,
             guint8      tag,
             GByteArray *contents)
{
  put_header (out, tag, contents->len);
  g_byte_array_append (out, contents->data, contents->len);
}

/* Appends an unsigned integer in its shortest form. */
void
shy_der_put_integer (GByteArray   *out,
                     const guint8 *magnitude,
                     gsize         size)
{
  static const guint8 zero = 0;
  gboolean            padded;

  while (size > 1 && *magnitude == 0)
    {
      magnitude++;
      size--;
    }
  padded = (*magnitude & 0x80) != 0;
  put_header (out, SHY_DER_INTEGER, size + padded);
  if (padded)
    g_byte_array_append (out, &zero, 1);
  g_byte_array_append (out, magnitude, size);
}
