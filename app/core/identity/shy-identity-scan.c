/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity/shy-identity-mask.h"

#include "identity/shy-identity-private.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (ShyIdentityFinding, shy_identity_finding, shy_identity_finding_copy,
                     shy_identity_finding_free)

#define ID_LENGTH     18
#define OLD_ID_LENGTH 15
#define MOBILE_LENGTH 11
#define CARD_LEAST    14
#define CARD_MOST     19
#define MAX_GROUPS    5

/* A text as the scanner sees it: digits of every script as ASCII, X in both sizes, - for what may
   part groups of digits, L for a letter with which passports and permits begin, and ? for all else. One character stands for one of the text. */
typedef struct
{
  char      *signs;  /* (owned) */
  gsize      length;
  GPtrArray *found;  /* (element-type ShyIdentityFinding) */
} Scan;

/* How numbers are written in groups, by the lengths of the groups; 0 ends. */
typedef struct
{
  ShyIdentityKind kind;
  guint           lengths[MAX_GROUPS + 1];
} Grouping;

static const Grouping groupings[] = {
  { SHY_IDENTITY_KIND_RESIDENT_ID, { 6, 8, 4 } },
  { SHY_IDENTITY_KIND_RESIDENT_ID, { 6, 4, 4, 4 } },
  { SHY_IDENTITY_KIND_RESIDENT_ID, { 3, 3, 4, 4, 4 } },
  { SHY_IDENTITY_KIND_RESIDENT_ID, { 6, 4, 2, 2, 4 } },
  { SHY_IDENTITY_KIND_BANK_CARD, { 4, 4, 4, 4 } },
  { SHY_IDENTITY_KIND_BANK_CARD, { 4, 4, 4, 4, 1 } },
  { SHY_IDENTITY_KIND_BANK_CARD, { 4, 4, 4, 4, 2 } },
  { SHY_IDENTITY_KIND_BANK_CARD, { 4, 4, 4, 4, 3 } },
  { SHY_IDENTITY_KIND_MOBILE, { 3, 4, 4 } },
};

/**
 * shy_identity_finding_copy:
 * @self: a finding
 *
 * Returns: (transfer full): a copy
 */
ShyIdentityFinding *
shy_identity_finding_copy (const ShyIdentityFinding *self)
{
  ShyIdentityFinding *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->masked = g_strdup (self->masked);
  return copy;
}

/**
 * shy_identity_finding_free:
 * @self: (transfer full): a finding
 */
void
shy_identity_finding_free (ShyIdentityFinding *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->masked);
  g_free (self);
}

/* E, G, D, S and P begin Chinese passports, H and M travel permits of Hong Kong and Macao. */
static gboolean
is_letter_of_papers (gunichar character)
{
  gunichar letter = character >= 0xFF21 && character <= 0xFF5A ? character - 0xFF21 + 'A' : character;

  return letter < 0x80 && letter != 0 && strchr ("EGDSPHM", g_ascii_toupper ((char) letter)) != NULL;
}

static char
get_sign (gunichar character)
{
  if (g_unichar_isdigit (character))
    return (char) ('0' + g_unichar_digit_value (character));
  if (character == 'X' || character == 'x' || character == 0xFF38 || character == 0xFF58)
    return 'X';
  if (g_unichar_isspace (character) || character == '-' || character == '.' || character == 0xB7
      || (character >= 0x2010 && character <= 0x2015) || character == 0xFF0D)
    return '-';
  return is_letter_of_papers (character) ? 'L' : '?';
}

static void
add_finding (Scan            *scan,
             ShyIdentityKind  kind,
             gsize            start,
             gsize            length,
             const char      *number)
{
  ShyIdentityFinding *finding = g_new0 (ShyIdentityFinding, 1);

  finding->kind = kind;
  finding->start = (guint) start;
  finding->length = (guint) length;
  finding->masked = shy_identity_mask (kind, SHY_IDENTITY_AUDIENCE_SCREEN, number);
  g_ptr_array_add (scan->found, finding);
}

/* Whether characters are such a number. Of bank cards only the check digit tells them from other
   long numbers, except that UnionPay's begin with 62. A credit code, which is public, is none. */
static gboolean
is_number (ShyIdentityKind  kind,
           const char      *number)
{
  gsize length = strlen (number);

  if (kind == SHY_IDENTITY_KIND_RESIDENT_ID)
    return (length == ID_LENGTH || length == OLD_ID_LENGTH) && shy_resident_id_looks_real (number);
  if (strspn (number, "0123456789") != length)
    return FALSE;
  if (kind == SHY_IDENTITY_KIND_MOBILE)
    return length == MOBILE_LENGTH && number[0] == '1' && number[1] >= '3';
  if (shy_identity_result_is_valid (shy_credit_code_check (number)))
    return FALSE;
  return length >= CARD_LEAST && length <= CARD_MOST
         && (shy_identity_luhn (number) || (length >= 16 && g_str_has_prefix (number, "62")));
}

/* Within a longer run of digits a resident ID is told by its check digit too. */
static gboolean
find_inside (Scan  *scan,
             gsize  start,
             gsize  length)
{
  for (gsize i = 0; i + ID_LENGTH <= length; i++)
    {
      g_autofree char *number = g_strndup (scan->signs + start + i, ID_LENGTH);

      if (!shy_resident_id_looks_real (number)
          || !shy_identity_result_is_valid (
              shy_identity_check (SHY_IDENTITY_KIND_RESIDENT_ID, number, NULL, NULL)))
        continue;
      add_finding (scan, SHY_IDENTITY_KIND_RESIDENT_ID, start + i, ID_LENGTH, number);
      return TRUE;
    }
  return FALSE;
}

/* A mobile number may have 86 or 0086 before it. */
static gboolean
find_mobile (Scan       *scan,
             gsize       start,
             const char *run)
{
  gsize length = strlen (run);
  gsize prefix = g_str_has_prefix (run, "0086") ? 4 : g_str_has_prefix (run, "86") ? 2 : 0;

  if (length != MOBILE_LENGTH + prefix || !is_number (SHY_IDENTITY_KIND_MOBILE, run + prefix))
    return FALSE;
  add_finding (scan, SHY_IDENTITY_KIND_MOBILE, start + prefix, MOBILE_LENGTH, run + prefix);
  return TRUE;
}

/* The number of a passport (a letter and eight digits) or of a travel permit (eight or ten). */
static gboolean
find_paper (Scan  *scan,
            gsize  start,
            gsize  length)
{
  g_autofree char *number = NULL;

  if ((length != 8 && length != 10) || start == 0 || scan->signs[start - 1] != 'L'
      || (start > 1 && (scan->signs[start - 2] == 'L' || g_ascii_isdigit (scan->signs[start - 2]))))
    return FALSE;
  number = g_strndup (scan->signs + start - 1, length + 1);
  add_finding (scan, SHY_IDENTITY_KIND_RESIDENT_ID, start - 1, length + 1, number);
  return TRUE;
}

/* Looks at a run of digits that ends with them or with an X. */
static gboolean
find_in_run (Scan  *scan,
             gsize  start,
             gsize  length)
{
  g_autofree char *run = g_strndup (scan->signs + start, length);

  if (is_number (SHY_IDENTITY_KIND_RESIDENT_ID, run))
    {
      add_finding (scan, SHY_IDENTITY_KIND_RESIDENT_ID, start, length, run);
      return TRUE;
    }
  if (find_mobile (scan, start, run) || find_paper (scan, start, length))
    return TRUE;
  if (is_number (SHY_IDENTITY_KIND_BANK_CARD, run))
    {
      add_finding (scan, SHY_IDENTITY_KIND_BANK_CARD, start, length, run);
      return TRUE;
    }
  return find_inside (scan, start, length);
}

static gsize
get_run_length (Scan  *scan,
                gsize  start)
{
  gsize length = strspn (scan->signs + start, "0123456789");

  return length + (length > 0 && scan->signs[start + length] == 'X');
}

/* Looks whether the runs from here are the groups of one number; gives the length of all. */
static gsize
find_grouped (Scan           *scan,
              gsize           start,
              const Grouping *grouping)
{
  g_autoptr (GString) number = g_string_new (NULL);
  gsize               at = start;

  for (guint i = 0; grouping->lengths[i] != 0; i++)
    {
      if (i > 0 && scan->signs[at++] != '-')
        return 0;
      if (get_run_length (scan, at) != grouping->lengths[i])
        return 0;
      g_string_append_len (number, scan->signs + at, grouping->lengths[i]);
      at += grouping->lengths[i];
    }
  if (!is_number (grouping->kind, number->str))
    return 0;
  add_finding (scan, grouping->kind, start, at - start, number->str);
  return at - start;
}

static gsize
find_any_grouped (Scan  *scan,
                  gsize  start)
{
  /* The longest way to group comes first, so that four groups are not taken out of five. */
  for (guint i = G_N_ELEMENTS (groupings); i > 0; i--)
    {
      gsize length = find_grouped (scan, start, &groupings[i - 1]);

      if (length > 0)
        return length;
    }
  return 0;
}

/**
 * shy_identity_find_full_numbers:
 * @text: a text that is meant for the public
 *
 * Finds the numbers of resident IDs and other papers of persons, bank cards and mobiles that stand
 * in a text in full. Digits of any
 * width count, blanks and hyphens between the usual groups do not hide a number, and a resident ID
 * with a wrong check digit is found too. Some other long number may be taken for one: nothing is
 * published before somebody has looked.
 *
 * Returns: (transfer full) (element-type ShyIdentityFinding): what was found, in the order of the
 *   text; empty if nothing was
 */
GPtrArray *
shy_identity_find_full_numbers (const char *text)
{
  g_autofree char    *valid = NULL;
  g_autoptr (GString) signs = NULL;
  Scan                scan = { 0 };

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  signs = g_string_new (NULL);
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    g_string_append_c (signs, get_sign (g_utf8_get_char (c)));
  scan.signs = signs->str;
  scan.length = signs->len;
  scan.found = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_identity_finding_free);

  for (gsize at = 0; at < scan.length;)
    {
      gsize length = get_run_length (&scan, at);
      gsize grouped = length > 0 ? find_any_grouped (&scan, at) : 0;

      if (grouped == 0 && length >= MOBILE_LENGTH)
        find_in_run (&scan, at, length);
      at += MAX (MAX (length, grouped), 1);
    }
  return scan.found;
}
