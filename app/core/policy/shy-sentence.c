/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-sentence-private.h"

#include <string.h>

/* "{name:setting}" says where the name comes from; names are unique in a pack, so it adds
 * nothing. */
static char *
name_of (const char *start,
         const char *end)
{
  const char *colon = memchr (start, ':', end - start);

  return g_strstrip (g_strndup (start, (colon != NULL ? colon : end) - start));
}

/* Fills each {name} of a sentence. A name that @lookup does not know stays as it is, so that it is
 * seen. */
char *
shy_sentence_fill (const char        *sentence,
                   ShySentenceLookup  lookup,
                   gpointer           user_data)
{
  g_autoptr (GString) filled = g_string_new (NULL);
  const char *open;

  g_assert (sentence != NULL);

  while ((open = strchr (sentence, '{')) != NULL)
    {
      const char      *close = strchr (open, '}');
      g_autofree char *name = NULL;
      g_autofree char *words = NULL;

      if (close == NULL)
        break;
      name = name_of (open + 1, close);
      words = lookup (name, user_data);
      g_string_append_len (filled, sentence, open - sentence);
      if (words != NULL)
        g_string_append (filled, words);
      else
        g_string_append_len (filled, open, close + 1 - open);
      sentence = close + 1;
    }
  g_string_append (filled, sentence);

  return g_string_free (g_steal_pointer (&filled), FALSE);
}
