/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-version.h"

#include <string.h>

/* Compares numbers of any length by their digits, and moves behind them. */
static int
compare_numbers (const char **a,
                 const char **b)
{
  const char *first = *a + strspn (*a, "0");
  const char *second = *b + strspn (*b, "0");
  gsize       length = strspn (first, "0123456789");
  gsize       other = strspn (second, "0123456789");

  *a = first + length;
  *b = second + other;
  if (length != other)
    return length < other ? -1 : 1;
  return strncmp (first, second, length);
}

/**
 * shy_version_compare:
 * @a: a version of a data file, as "2022.9"
 * @b: another
 *
 * Tells which of two versions is the later one. Numbers count as numbers, so 2022.9 comes before
 * 2022.10; everything else is compared byte by byte, and what is longer comes later.
 *
 * Returns: negative if @a is the earlier, positive if it is the later, 0 if they are the same
 */
int
shy_version_compare (const char *a,
                     const char *b)
{
  int order = 0;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  while (order == 0 && *a != '\0' && *b != '\0')
    if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
      {
        order = compare_numbers (&a, &b);
      }
    else
      {
        order = (guchar) *a - (guchar) *b;
        a++;
        b++;
      }
  return order != 0 ? order : (*a != '\0') - (*b != '\0');
}
