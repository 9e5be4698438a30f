/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-sheet-field-private.h"

#include "sheet/shy-sheet-value-private.h"

#include <string.h>

static gboolean
is_open (gunichar c)
{
  return c == '(' || c == '[' || c == 0x3010 /* 【 */ || c == 0x3014 /* 〔 */;
}

static gboolean
is_close (gunichar c)
{
  return c == ')' || c == ']' || c == 0x3011 || c == 0x3015;
}

static gboolean
is_mark (gunichar c)
{
  return c == '*' || c == ':' || c == '#' || c == '"' || c == 0x2605 /* ★ */ || c == 0x2606 /* ☆ */ ||
         c == 0x25b2 /* ▲ */ || c == 0x203b /* ※ */;
}

/* A number in front of a header only counts the columns: "1.姓名", "3、证件号". */
static const char *
skip_numbering (const char *text)
{
  const char *p = text;

  while (g_ascii_isdigit (*p))
    p++;
  if (p == text || p - text > 2)
    return text;
  if (*p == '.' && !g_ascii_isdigit (p[1]) && p[1] != '\0')
    return p + 1;
  return g_str_has_prefix (p, "、") ? p + strlen ("、") : text;
}

/* Whether brackets hold a unit or an instruction; anything else belongs to the name, as in
 * "姓名（配偶）". */
static gboolean
is_instruction (const char *text)
{
  static const char *const words[] = { "填", "如", "例", "格式", "yyyy", "请", "是/否", "选", "必录", "单位:" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;

  return *text == '\0' || shy_sheet_unit_is_known (text);
}

static void
append_brackets (GString    *reduced,
                 const char *inside)
{
  if (!is_instruction (inside))
    g_string_append_printf (reduced, "(%s)", inside);
}

char *
shy_header_reduce (const char *header)
{
  g_autofree char    *folded = shy_sheet_value_fold (header);
  g_autoptr (GString) inside = g_string_new (NULL);
  GString            *reduced = g_string_new (NULL);
  guint               depth = 0;

  for (const char *p = skip_numbering (folded); *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_open (c))
        depth++;
      else if (is_close (c) && depth > 0)
        {
          if (--depth > 0)
            continue;
          append_brackets (reduced, inside->str);
          g_string_truncate (inside, 0);
        }
      else if (!is_mark (c))
        g_string_append_unichar (depth > 0 ? inside : reduced, c);
    }
  return g_string_free (reduced, FALSE);
}

/* "金额（单位：万元）" and "金额/万元" name 万元. */
char *
shy_header_dup_unit (const char *header)
{
  g_autofree char *folded = shy_sheet_value_fold (header);
  GString         *inside = g_string_new (NULL);
  g_autofree char *text = NULL;
  const char      *word;
  guint            depth = 0;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_open (c) && depth++ == 0)
        g_string_truncate (inside, 0);
      else if (is_close (c))
        depth -= depth > 0;
      else if (depth > 0 && !is_open (c))
        g_string_append_unichar (inside, c);
    }
  if (inside->len == 0 && strrchr (folded, '/') != NULL)
    g_string_assign (inside, strrchr (folded, '/') + 1);
  text = g_string_free (inside, FALSE);
  word = g_str_has_prefix (text, "单位:") ? text + strlen ("单位:") : text;
  return shy_sheet_unit_is_known (word) ? g_strdup (word) : NULL;
}
