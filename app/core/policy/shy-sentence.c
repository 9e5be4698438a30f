/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-sentence-private.h"

#include "county/shy-county-registry.h"
#include "policy/shy-facts-policy.h"

#include <glib/gi18n-lib.h>

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

/* Digits in groups of three, as amounts are written. */
static char *
group_digits (const char *number)
{
  g_autoptr (GString) grouped = g_string_new (number);
  const char *point = strchr (number, '.');
  gsize first = *number == '-' ? 1 : 0;
  gsize whole = strcspn (number + first, ".");

  for (gsize at = whole; at > 3; at -= 3)
    g_string_insert_c (grouped, (gssize) (first + at - 3), ',');
  /* Five jiao are 0.50. */
  if (point != NULL && strlen (point) == 2)
    g_string_append_c (grouped, '0');

  return g_string_free (g_steal_pointer (&grouped), FALSE);
}

/* The last day that a date can be stands for none: a contract without a term. */
char *
shy_sentence_date (const GDate *date)
{
  if (g_date_get_year (date) == 9999 && g_date_get_month (date) == G_DATE_DECEMBER
      && g_date_get_day (date) == 31)
    /* Translators: stands for a day in a sentence, as of a contract that has no last one:
     * 无固定期限. */
    return g_strdup (C_("day in a sentence", "without a term"));
  /* Translators: a day in a sentence: year, month, day, all as numbers. */
  return g_strdup_printf (C_("day in a sentence", "%d-%02d-%02d"), g_date_get_year (date),
                          g_date_get_month (date), g_date_get_day (date));
}

static char *
write_date (const char *text)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_ascii_strtoull (text + 8, NULL, 10),
                  g_ascii_strtoull (text + 5, NULL, 10), g_ascii_strtoull (text, NULL, 10));

  return shy_sentence_date (&date);
}

static char *
write_month (const char *text)
{
  /* Translators: a month in a sentence: year and month, both as numbers. */
  return g_strdup_printf (C_("month in a sentence", "%d-%02d"),
                          (int) g_ascii_strtoll (text, NULL, 10),
                          (int) g_ascii_strtoll (text + 5, NULL, 10));
}

/* The code of a place as its name; what is no place stays as it is. */
static char *
write_place (const char *text)
{
  ShyCountyRegistry *registry = shy_county_registry_get_default (NULL);

  return registry != NULL ? shy_county_registry_dup_place (registry, text) : g_strdup (text);
}

/* A value as a sentence says it; @text is canonical, or NULL where it is not known. */
char *
shy_sentence_value (ShyPolicyType  type,
                    const char    *unit,
                    const char    *text)
{
  g_autofree char *number = NULL;

  if (text == NULL)
    return g_strdup (C_("a fact", "not given"));

  switch (shy_policy_type_get_kind (type))
    {
    case SHY_FACT_DATE:
      return write_date (text);
    case SHY_FACT_MONTH:
      return write_month (text);
    case SHY_FACT_BOOLEAN:
      return g_strdup (g_str_equal (text, "true") ? C_("a fact", "yes") : C_("a fact", "no"));
    case SHY_FACT_NUMBER:
      number = type == SHY_POLICY_TYPE_MONEY ? group_digits (text) : g_strdup (text);
      return g_strconcat (number, unit, NULL);
    case SHY_FACT_TEXT:
    default:
      return type == SHY_POLICY_TYPE_COUNTY ? write_place (text) : g_strdup (text);
    }
}
