/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "county/shy-area.h"

#include "county/shy-area-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Zhejiang: where a name that several areas have is taken to be, before it is merely elsewhere. */
#define HOME "33"

/* What people write instead of an area that is not theirs. */
static const char *const elsewhere[] = {
  "外省", "省外", "外省市", "外市", "市外", "外县", "县外", "外地", "异地", "境外", "国外", "海外",
  SHY_AREA_ELSEWHERE, "其他地区", "其它地区", "其他", "其它", "市本级", "省本级", "市直", "省直", "市级", "省级", "市属", "省属",
};

/* What stands behind the name of a prefecture or province whose own offices are meant. */
static const char *const own_offices[] = { "市本级", "省本级", "本级", "市直", "省直", "直属", "市属", "市级", "市区" };

/* What an address goes on with behind the name of a county. */
static const char *const address_words[] = { "镇", "乡", "街道", "路", "村", "社区", "号", "园", "大道", "区" };

static gboolean
is_one_of (const char        *text,
           const char *const *words,
           guint              n_words)
{
  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (text, words[i]))
      return TRUE;
  return FALSE;
}

/* The name an area has now, or had. */
static const char *
get_name (const ShyAreas *areas,
          const char     *code)
{
  const char *name = g_hash_table_lookup (areas->names, code);

  if (name == NULL)
    name = g_hash_table_lookup (areas->permits, code);
  return name != NULL ? name : g_hash_table_lookup (areas->former, code);
}

/* Takes a name off the front of a text, whole or short; FALSE if it does not stand there. */
static gboolean
skip_name (const ShyAreas  *areas,
           const char      *code,
           const char     **text)
{
  const char      *name = get_name (areas, code);
  g_autofree char *shortened = name != NULL ? shy_areas_dup_short_name (areas, name) : NULL;

  if (name != NULL && g_str_has_prefix (*text, name))
    *text += strlen (name);
  else if (name != NULL && g_str_has_prefix (*text, shortened))
    *text += strlen (shortened);
  else
    return FALSE;
  return TRUE;
}

/* Whether what stands before the name of an area are the areas it lies in, from the outside in. */
static gboolean
lies_in (const ShyAreas *areas,
         const char     *code,
         const char     *before)
{
  char province[3] = "";
  char prefecture[5] = "";

  memcpy (province, code, 2);
  if (strlen (code) > 2)
    skip_name (areas, province, &before);
  if (strlen (code) > 4)
    {
      memcpy (prefecture, code, 4);
      skip_name (areas, prefecture, &before);
    }
  return *before == '\0';
}

/* The area of a name that lies in Zhejiang: of counties and what they lie in the outer one, of
 * several codes of the past the first. Elsewhere, if that settles nothing. */
static const char *
choose_at_home (GPtrArray  *codes,
                GHashTable *names)
{
  const char *chosen = NULL;

  for (guint i = 0; i < codes->len; i++)
    {
      const char *code = codes->pdata[i];

      if (!g_str_has_prefix (code, HOME) || (names != NULL && !g_hash_table_contains (names, code)))
        continue;
      if (names != NULL && chosen != NULL && !g_str_has_prefix (code, chosen)
          && !g_str_has_prefix (chosen, code))
        return SHY_AREA_ELSEWHERE;
      if (chosen == NULL || strcmp (code, chosen) < 0)
        chosen = code;
    }
  return chosen;
}

/* One answer for several areas of a name: of today before those of the past. */
static const char *
choose (const ShyAreas *areas,
        GPtrArray      *codes)
{
  const char *chosen;

  if (codes->len == 1)
    return codes->pdata[0];

  chosen = choose_at_home (codes, areas->names);
  if (chosen == NULL)
    chosen = choose_at_home (codes, NULL);
  return chosen != NULL ? chosen : SHY_AREA_ELSEWHERE;
}

/* The area whose name the text ends with, behind nothing but what it lies in. */
static const char *
find_whole (const ShyAreas *areas,
            const char     *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      GPtrArray            *codes = g_hash_table_lookup (areas->by_name, c);
      g_autoptr (GPtrArray) fitting = g_ptr_array_new ();
      g_autofree char      *before = g_strndup (text, (gsize) (c - text));

      for (guint i = 0; codes != NULL && i < codes->len; i++)
        if (lies_in (areas, codes->pdata[i], before))
          g_ptr_array_add (fitting, codes->pdata[i]);
      if (fitting->len > 0)
        return choose (areas, fitting);
    }
  return NULL;
}

/* The county with which an address begins: 浙江省丽水市景宁畲族自治县红星街道1号. */
static const char *
find_in_address (const ShyAreas *areas,
                 const char     *text)
{
  gboolean is_address = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (address_words); i++)
    is_address = is_address || strstr (text, address_words[i]) != NULL;
  if (!is_address)
    return NULL;

  for (const char *end = text + strlen (text); end > text; end = g_utf8_prev_char (end))
    {
      g_autofree char *front = g_strndup (text, (gsize) (end - text));
      const char      *code = NULL;

      if (g_str_has_suffix (front, "县") || g_str_has_suffix (front, "区")
          || g_str_has_suffix (front, "市") || g_str_has_suffix (front, "旗"))
        code = find_whole (areas, front);
      if (code != NULL && (strlen (code) == 6 || g_str_equal (code, SHY_AREA_ELSEWHERE)))
        return code;
    }
  return NULL;
}

/* A prefecture or province whose own offices are meant: 杭州市本级. */
static const char *
find_own_offices (const ShyAreas *areas,
                  const char     *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_offices); i++)
    if (g_str_has_suffix (text, own_offices[i]))
      {
        g_autofree char *front = g_strndup (text, strlen (text) - strlen (own_offices[i]));
        const char      *code = *front != '\0' ? find_whole (areas, front) : NULL;

        if (code != NULL)
          return code;
      }
  return NULL;
}

/* A code of six digits, or of a township or village (9, 12 or 15), which begins with its county's. */
static char *
find_code (const ShyAreas *areas,
           const char     *digits)
{
  gsize            length = strlen (digits);
  g_autofree char *code = NULL;

  if (length != 2 && length != 4 && length != 6 && length != 9 && length != 12 && length != 15)
    return NULL;
  code = g_strndup (digits, MIN (length, 6));
  while (strlen (code) > 2 && g_str_has_suffix (code, "00"))
    code[strlen (code) - 2] = '\0';
  if (get_name (areas, code) == NULL)
    return NULL;
  return g_strdup_printf ("%s%.*s", code, (int) (6 - strlen (code)), "0000");
}

/**
 * shy_area_find:
 * @text: what somebody wrote for a place: 余杭, 杭州市余杭区, 浙江省义乌市, 330110, 330110001000,
 *   杭州市本级, 外省
 *
 * Finds the area that is meant, of today or of the past, anywhere in the country. Of several areas
 * of one name the one in Zhejiang is meant; where that does not settle it, the place is elsewhere.
 * Nothing is guessed from a name that is no area's.
 *
 * Source: `data/identity/areas.json`.
 *
 * Returns: (transfer full) (nullable): six digits, of prefectures and provinces with 00 behind, or
 *   %SHY_AREA_ELSEWHERE; %NULL if it is no area
 */
char *
shy_area_find (const char *text)
{
  const ShyAreas  *areas = shy_areas_get ();
  g_autofree char *name = NULL;
  const char      *front;
  const char      *code;

  g_return_val_if_fail (text != NULL, NULL);

  name = shy_area_tidy_name (text);
  if (*name == '\0')
    return NULL;
  if (strspn (name, "0123456789") == strlen (name))
    return find_code (areas, name);

  front = g_str_has_prefix (name, "中华人民共和国") ? name + strlen ("中华人民共和国") : name;
  front = g_str_has_prefix (front, "中国") ? front + strlen ("中国") : front;
  if (is_one_of (front, elsewhere, G_N_ELEMENTS (elsewhere)))
    return g_strdup (SHY_AREA_ELSEWHERE);

  code = find_whole (areas, front);
  if (code == NULL)
    code = find_own_offices (areas, front);
  if (code == NULL)
    code = find_in_address (areas, front);
  if (code == NULL || g_str_equal (code, SHY_AREA_ELSEWHERE))
    return g_strdup (code);
  return g_strdup_printf ("%s%.*s", code, (int) (6 - strlen (code)), "0000");
}

/**
 * shy_area_look_up:
 * @code: a text that begins with six digits
 *
 * Returns: how much is known of the area
 */
ShyAreaKnowledge
shy_area_look_up (const char *code)
{
  const ShyAreas *areas = shy_areas_get ();
  char            area[7] = "";
  char            province[3] = "";

  memcpy (area, code, 6);
  memcpy (province, code, 2);
  if (get_name (areas, area) != NULL)
    return SHY_AREA_COUNTY;
  if (!g_hash_table_contains (areas->names, province))
    return SHY_AREA_UNKNOWN;
  if (g_str_has_suffix (area, "00"))
    {
      area[4] = '\0';
      return get_name (areas, area) != NULL ? SHY_AREA_COUNTY : SHY_AREA_PROVINCE;
    }
  return g_hash_table_contains (areas->listed, province) ? SHY_AREA_UNLISTED : SHY_AREA_PROVINCE;
}

static void
append_name (const ShyAreas *areas,
             GString        *name,
             const char     *code,
             gsize           digits)
{
  g_autofree char *part = g_strndup (code, digits);
  const char      *former = g_hash_table_lookup (areas->former, part);
  const char      *present = g_hash_table_lookup (areas->names, part);

  if (former != NULL)
    g_string_append (name, former);
  if (former != NULL && present != NULL)
    g_string_append (name, "、");
  if (present != NULL)
    g_string_append (name, present);
}

/**
 * shy_area_dup_name:
 * @code: a text that begins with six digits, or %SHY_AREA_ELSEWHERE
 *
 * Gets what is known of an area's name, with what it lies in: 浙江省杭州市余杭区.
 *
 * Returns: (transfer full) (nullable): the name, %NULL if there is no such province
 */
char *
shy_area_dup_name (const char *code)
{
  const ShyAreas *areas = shy_areas_get ();
  const char     *permit;
  GString        *name;

  g_return_val_if_fail (code != NULL, NULL);

  if (g_str_equal (code, SHY_AREA_ELSEWHERE))
    return g_strdup (C_("a place", "elsewhere"));
  if (strspn (code, "0123456789") < 6)
    return NULL;

  {
    g_autofree char *area = g_strndup (code, 6);

    permit = g_hash_table_lookup (areas->permits, area);
    if (permit != NULL)
      return g_strdup (permit);

    name = g_string_new (NULL);
    append_name (areas, name, area, 2);
    append_name (areas, name, area, 4);
    append_name (areas, name, area, 6);
  }
  return g_string_free (name, name->len == 0);
}
