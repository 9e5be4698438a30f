/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity/shy-name.h"

/* Most names hold nothing but Han characters and ASCII, which have one form. NULL for others. */
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
        g_string_append_len (folded, c, g_utf8_next_char (c) - c);
      else if (g_ascii_isalnum (*c))
        g_string_append_c (folded, g_ascii_toupper (*c));
    }
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/**
 * shy_name_fold:
 * @name: the name of a firm or a person, an address or an account, as somebody wrote it
 *
 * Brings a name to the one form in which two of them are compared: characters of any width in
 * their usual form, letters as capitals, without blanks, brackets, points, hyphens and other signs.
 * （浙江）某某公司, (浙江) 某某公司 and 浙江某某公司 are one firm, 买买提·阿卜杜拉 and 买买提•阿卜杜拉 one
 * person. Words stay as they are: 有限公司 and 有限责任公司 are two.
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
        g_string_append_unichar (folded, g_unichar_toupper (character));
    }
  return g_string_free (folded, FALSE);
}
