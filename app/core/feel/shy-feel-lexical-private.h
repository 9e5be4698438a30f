/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the character c from the front of the text, when it is there. */
static inline gboolean
shy_feel_take (const char **text,
               char         c)
{
  if (**text != c)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* Takes exactly count digits. */
static inline gboolean
shy_feel_take_digits (const char **text,
                      int          count,
                      gint64      *value)
{
  *value = 0;
  for (int i = 0; i < count; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + (**text - '0');
    }
  return TRUE;
}

/* Takes one digit or more; a number above 18 digits is refused, for it would not fit. */
static inline gboolean
shy_feel_take_number (const char **text,
                      gint64      *value)
{
  const char *start = *text;

  for (*value = 0; g_ascii_isdigit (**text); (*text)++)
    {
      if (*value >= G_GINT64_CONSTANT (100000000000000000))
        return FALSE;
      *value = *value * 10 + (**text - '0');
    }
  return *text > start;
}

/* Takes a fraction of a second behind its point. What is finer than a billionth must be zero,
   because it could not be kept. */
static inline gboolean
shy_feel_take_nanos (const char **text,
                     gint64      *nanos)
{
  const char *start = *text;
  gint64      unit = 100000000;

  for (*nanos = 0; g_ascii_isdigit (**text); (*text)++, unit /= 10)
    {
      if (unit == 0 && **text != '0')
        return FALSE;
      *nanos += unit * (**text - '0');
    }
  return *text > start;
}

/* Appends a fraction of a second with its point and without trailing zeros; nothing for none. */
static inline void
shy_feel_append_nanos (GString *text,
                       guint32  nanos)
{
  if (nanos == 0)
    return;
  g_string_append_printf (text, ".%09u", nanos);
  while (text->str[text->len - 1] == '0')
    g_string_truncate (text, text->len - 1);
}

/* Rounds towards the smaller quotient, as counting from a fixed start needs. */
static inline __int128
shy_feel_floor_div (__int128 number,
                    __int128 divisor)
{
  __int128 quotient = number / divisor;

  return number % divisor < 0 ? quotient - 1 : quotient;
}

G_END_DECLS
