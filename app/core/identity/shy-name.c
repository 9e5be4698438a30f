/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity/shy-name.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utrans.h>

#define FIRST_HAN 0x4e00
#define N_HAN (0x9fff - FIRST_HAN + 1)

static UTransliterator *transliterator;
static guint16          simplified[N_HAN]; /* of the characters that were asked for; else 0 */
static GMutex           mutex;

/* While the mutex is held. The character itself where ICU has no other. */
static gunichar
ask_transliterator (gunichar character)
{
  static const UChar id[] = u"Traditional-Simplified";
  UChar              buffer[4] = { (UChar) character };
  int32_t            length = 1, limit = 1;
  UErrorCode         status = U_ZERO_ERROR;

  if (transliterator == NULL)
    transliterator = utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  if (U_SUCCESS (status))
    utrans_transUChars (transliterator, buffer, &length, G_N_ELEMENTS (buffer), 0, &limit, &status);
  if (U_FAILURE (status))
    g_warning ("no simplified characters: %s", u_errorName (status));

  return U_SUCCESS (status) && length == 1 ? buffer[0] : character;
}

/* 麗 is 丽. A register has many thousand names of few characters, so each is asked for once. */
static gunichar
simplify (gunichar character)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = NULL;

  if (character < FIRST_HAN || character >= FIRST_HAN + N_HAN)
    return character;
  locker = g_mutex_locker_new (&mutex);
  if (simplified[character - FIRST_HAN] == 0)
    simplified[character - FIRST_HAN] = (guint16) ask_transliterator (character);

  return simplified[character - FIRST_HAN];
}

static void
shorten (GString *folded)
{
  g_string_replace (folded, "有限责任公司", "有限公司", 0);
}

/* Most names hold nothing but Han characters and ASCII. NULL for others. */
static char *
fold_plain (const char *name)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = (guchar) *c < 0x80 ? (gunichar) *c : g_utf8_get_char_validated (c, -1);

      if (character >= 0x80 && (character < 0x4e00 || character > 0x9fff))
        return NULL;
      if (character >= 0x80)
        g_string_append_unichar (folded, simplify (character));
      else if (g_ascii_isalnum (*c))
        g_string_append_c (folded, g_ascii_toupper (*c));
    }
  shorten (folded);
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/**
 * shy_name_fold:
 * @name: the name of a firm or a person, an address or an account, as somebody wrote it
 *
 * Brings a name to the one form in which two of them are compared: characters of any width in
 * their usual form, traditional ones as simplified ones (Traditional-Simplified of ICU), letters as capitals, without blanks, brackets, points, hyphens and other signs.
 * （浙江）某某公司, (浙江) 某某公司 and 浙江某某公司 are one firm, 买买提·阿卜杜拉 and 买买提•阿卜杜拉 one
 * person. 有限责任公司 is 有限公司, for a firm of that kind may go by either (Company Law, article 7);
 * other words stay as they are.
 *
 * Returns: (transfer full): the name, "" if nothing of it is left
 */
char *
shy_name_fold (const char *name)
{
  g_autofree char *valid = NULL;
  g_autofree char *usual = NULL;
  GString         *folded;
  char            *plain;

  g_return_val_if_fail (name != NULL, NULL);

  plain = fold_plain (name);
  if (plain != NULL)
    return plain;
  valid = g_utf8_make_valid (name, -1);
  usual = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  folded = g_string_new (NULL);
  for (const char *c = usual; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_isalnum (character) || g_unichar_ismark (character))
        g_string_append_unichar (folded, simplify (g_unichar_toupper (character)));
    }
  shorten (folded);
  return g_string_free (folded, FALSE);
}

static int
compare_letters (const void *one,
                 const void *other)
{
  return *(const char *) one - *(const char *) other;
}

/**
 * shy_name_fold_person:
 * @name: the name of a person
 *
 * Brings the name of a person to the one form in which two of them are compared. It is as
 * shy_name_fold() has it, and of a name in Latin letters the letters stand in the order of the
 * alphabet: SMITH JOHN, John Smith and ZHANG SAN FENG, Sanfeng Zhang are written by the same person
 * in any order of the words, and cut in any way.
 *
 * Returns: (transfer full): the name, "" if nothing of it is left
 */
char *
shy_name_fold_person (const char *name)
{
  char *folded;

  g_return_val_if_fail (name != NULL, NULL);

  folded = shy_name_fold (name);
  if (g_str_is_ascii (folded))
    qsort (folded, strlen (folded), 1, compare_letters);

  return folded;
}
