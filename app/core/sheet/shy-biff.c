/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-biff-private.h"

#include <string.h>

#define HEADER_SIZE 4

/* Flags of a string ([MS-XLS] 2.5.293). */
#define WIDE 0x01
#define EXTENDED 0x04
#define RICH 0x08

static guint
peek16 (ShyBiff *self,
        gsize    at)
{
  return at + 2 <= self->size ? self->data[at] | self->data[at + 1] << 8 : 0;
}

void
shy_biff_init (ShyBiff      *self,
               const guint8 *data,
               gsize         size,
               gsize         start)
{
  self->data = data;
  self->size = size;
  self->position = self->end = MIN (start, size);
  self->kind = 0;
  self->overrun = start > size;
  self->charset = NULL;
}

/* Enters the record at @at. */
static gboolean
enter (ShyBiff *self,
       gsize    at)
{
  gsize length = peek16 (self, at + 2);

  if (at + HEADER_SIZE > self->size || at + HEADER_SIZE + length > self->size)
    {
      self->overrun |= at < self->size;
      return FALSE;
    }
  self->position = at + HEADER_SIZE;
  self->end = self->position + length;
  return TRUE;
}

/* Goes to the next record; FALSE at the end of the stream. */
gboolean
shy_biff_next (ShyBiff *self)
{
  gsize at = self->end;

  if (!enter (self, at))
    return FALSE;
  self->kind = peek16 (self, at);
  return TRUE;
}

gsize
shy_biff_get_left (ShyBiff *self)
{
  return self->end - self->position;
}

/* Goes on in the CONTINUE record behind this one. */
static gboolean
go_on (ShyBiff *self)
{
  if (peek16 (self, self->end) == SHY_BIFF_CONTINUE && enter (self, self->end))
    return TRUE;
  self->overrun = TRUE;
  return FALSE;
}

guint
shy_biff_read8 (ShyBiff *self)
{
  while (self->position == self->end)
    if (!go_on (self))
      return 0;

  return self->data[self->position++];
}

guint
shy_biff_read16 (ShyBiff *self)
{
  guint low = shy_biff_read8 (self);

  return low | shy_biff_read8 (self) << 8;
}

guint32
shy_biff_read32 (ShyBiff *self)
{
  guint32 low = shy_biff_read16 (self);

  return low | (guint32) shy_biff_read16 (self) << 16;
}

double
shy_biff_read_double (ShyBiff *self)
{
  guint64 low = shy_biff_read32 (self);
  guint64 bits = low | (guint64) shy_biff_read32 (self) << 32;
  double  value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* A number in 30 bits, an integer or the upper part of a double, perhaps times 100. */
double
shy_biff_read_rk (ShyBiff *self)
{
  guint32 rk = shy_biff_read32 (self);
  guint64 bits = (guint64) (rk & ~3u) << 32;
  double  value;

  if (rk & 2)
    value = (double) ((gint32) rk >> 2);
  else
    memcpy (&value, &bits, sizeof value);
  return rk & 1 ? value / 100 : value;
}

void
shy_biff_skip (ShyBiff *self,
               gsize    n)
{
  while (n > 0)
    {
      gsize step;

      if (self->position == self->end && !go_on (self))
        return;
      step = MIN (n, self->end - self->position);
      self->position += step;
      n -= step;
    }
}

static void
append_character (GByteArray *text,
                  gunichar    character)
{
  char bytes[6];

  g_byte_array_append (text, (const guint8 *) bytes, g_unichar_to_utf8 (character, bytes));
}

static guint
read_unit (ShyBiff *self,
           guint   *flags)
{
  /* Where text goes on in another record, a new flag says how wide its characters are there. */
  if (self->position == self->end && go_on (self))
    *flags = (*flags & ~WIDE) | (shy_biff_read8 (self) & WIDE);
  return *flags & WIDE ? shy_biff_read16 (self) : shy_biff_read8 (self);
}

static void
append_units (ShyBiff    *self,
              guint       n,
              guint       flags,
              GByteArray *text)
{
  gunichar high = 0;

  for (; n > 0 && !self->overrun; n--)
    {
      guint unit = read_unit (self, &flags);

      if (unit >= 0xdc00 && unit < 0xe000 && high != 0)
        append_character (text, 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
      else if (unit >= 0xd800 && unit < 0xdc00)
        {
          high = unit;
          continue;
        }
      else
        append_character (text, unit == 0 || (unit >= 0xdc00 && unit < 0xe000) ? 0xfffd : unit);
      high = 0;
    }
}

/* Text of Excel 5 and 95: bytes in the code page of the file. */
static void
append_bytes (ShyBiff    *self,
              guint       n,
              GByteArray *text)
{
  g_autofree char *bytes = g_malloc (n + 1);
  g_autofree char *converted = NULL;
  gsize            length = 0;

  for (; length < n && !self->overrun; length++)
    bytes[length] = (char) shy_biff_read8 (self);
  length -= self->overrun && length > 0;
  bytes[length] = '\0';
  converted = g_convert_with_fallback (bytes, length, "UTF-8", self->charset, "\xef\xbf\xbd", NULL, &length, NULL);
  if (converted == NULL)
    converted = g_convert (bytes, length, "UTF-8", "ISO-8859-1", NULL, &length, NULL);
  for (gsize i = 0; converted != NULL && i < length; i++)
    if (converted[i] == '\0')
      converted[i] = ' ';
  if (converted != NULL)
    g_byte_array_append (text, (const guint8 *) converted, length);
}

/* Appends a plain string, of which the length is known, as UTF-8. */
void
shy_biff_append_text (ShyBiff    *self,
                      guint       n_characters,
                      GByteArray *text)
{
  if (self->charset != NULL)
    append_bytes (self, n_characters, text);
  else
    append_units (self, n_characters, shy_biff_read8 (self), text);
}

/* Appends a string that begins with its length and may carry fonts and reading aids, which are
 * left out. */
void
shy_biff_append_rich (ShyBiff    *self,
                      GByteArray *text)
{
  guint   n_characters = shy_biff_read16 (self);
  guint   flags = shy_biff_read8 (self);
  guint   n_runs = flags & RICH ? shy_biff_read16 (self) : 0;
  guint32 extended = flags & EXTENDED ? shy_biff_read32 (self) : 0;

  append_units (self, n_characters, flags, text);
  shy_biff_skip (self, (gsize) n_runs * 4 + extended);
}
