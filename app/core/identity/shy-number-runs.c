/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity/shy-number-runs.h"

/* Digits that no date, amount or row number has behind each other: a day without hyphens has eight. */
#define FEWEST_DIGITS 8
#define FEWEST_SIGNS 9

/* With gaps between them more are wanted, for a day and a time have gaps too. */
#define FEWEST_WITH_GAPS 15

/* What is shown of a run at each end. */
#define SHOWN 2

static gboolean
is_sign (gunichar c)
{
  return g_unichar_isdigit (c) || (c < 0x80 && g_ascii_isalpha ((char) c)) ||
         (c >= 0xff21 && c <= 0xff5a && g_unichar_isalpha (c)); /* the same in full width */
}

static gboolean
is_gap (gunichar c)
{
  return c == ' ' || c == '-' || c == 0x3000 || c == 0xa0;
}

typedef struct
{
  const char *end;    /* behind the last sign */
  guint       signs;
  guint       digits;
  gboolean    gaps;
} Run;

/* A run of signs, with at most one gap between any two of them. */
static Run
find_run (const char *from)
{
  Run run = { from };

  for (const char *p = from; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean gap = is_gap (c);

      if (!is_sign (c) && !(gap && p == run.end && p != from))
        break;
      if (gap)
        continue;
      run.gaps |= p != run.end;
      run.signs++;
      run.digits += g_unichar_isdigit (c);
      run.end = g_utf8_next_char (p);
    }
  return run;
}

static gboolean
is_number (const Run *run)
{
  return run->digits >= (run->gaps ? FEWEST_WITH_GAPS : FEWEST_DIGITS) && run->signs >= FEWEST_SIGNS;
}

static void
append_masked (GString    *into,
               const char *from,
               const Run  *run)
{
  guint at = 0;

  for (const char *p = from; p < run->end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_gap (c) && (at++ < SHOWN || at > run->signs - SHOWN))
        g_string_append_unichar (into, c);
      else
        g_string_append_c (into, '*');
    }
}

/**
 * shy_number_runs_mask:
 * @text: any text, as a cell that is quoted
 *
 * Masks what looks like the number of a person, a card or a telephone, wherever it stands.
 *
 * Returns: (transfer full): the text as it may be shown
 */
char *
shy_number_runs_mask (const char *text)
{
  GString *masked = g_string_new (NULL);

  while (*text != '\0')
    {
      Run run = find_run (text);

      if (run.end == text)
        {
          const char *next = g_utf8_next_char (text);

          g_string_append_len (masked, text, next - text);
          text = next;
          continue;
        }
      if (is_number (&run))
        append_masked (masked, text, &run);
      else
        g_string_append_len (masked, text, run.end - text);
      text = run.end;
    }
  return g_string_free (masked, FALSE);
}
