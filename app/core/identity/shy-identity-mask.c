/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity/shy-identity-mask.h"

#include <string.h>

/* How many characters stay at both ends. */
typedef struct
{
  guint front;
  guint back;
} Shown;

/* At work: what tells two numbers apart on one screen. In public: nothing from which a number
   could be completed with the birth date and the county of a person one knows. A credit code is
   public by law and stays. */
static const Shown shown[][2] = {
  [SHY_IDENTITY_KIND_RESIDENT_ID] = { { 3, 4 }, { 2, 2 } },
  [SHY_IDENTITY_KIND_CREDIT_CODE] = { { 18, 0 }, { 18, 0 } },
  [SHY_IDENTITY_KIND_BANK_CARD] = { { 4, 4 }, { 0, 4 } },
  [SHY_IDENTITY_KIND_MOBILE] = { { 3, 4 }, { 3, 2 } },
};

/* Surnames of two characters. Others are taken to have one. */
static const char *const double_surnames[] = {
  "欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒",
  "司空", "端木", "宇文", "长孙", "轩辕", "南宫", "独孤", "钟离", "百里", "东郭", "呼延",
  "淳于", "单于", "太史", "申屠", "公羊", "赫连", "澹台", "拓跋", "完颜", "闻人", "濮阳",
  "东方", "西门", "南门", "公冶", "公西", "漆雕", "乐正", "宗政", "万俟", "仲孙", "鲜于",
  "闾丘", "司寇", "子车", "颛孙", "巫马", "壤驷", "东门", "纳兰", "叶赫", NULL,
};

/* Of the shorter numbers of passports and permits less may be seen, or little would be hidden. */
#define SHORT_LEAST 8
#define SHORT_MOST  12

static const Shown shown_of_short[] = { { 1, 3 }, { 1, 1 } };

static char *
mask_middle (const char *text,
             Shown       ends)
{
  guint    length = (guint) g_utf8_strlen (text, -1);
  GString *masked = g_string_new (NULL);
  guint    i = 0;

  /* Of a number that is too short for both ends, as a wrong one may be, nothing is shown. */
  if (ends.front + ends.back >= length && ends.back > 0)
    ends = (Shown) { 0, 0 };
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c), i++)
    {
      if (i < ends.front || i + ends.back >= length)
        g_string_append_unichar (masked, g_utf8_get_char (c));
      else
        g_string_append_c (masked, '*');
    }
  return g_string_free (masked, FALSE);
}

/**
 * shy_identity_mask:
 * @kind: what the number names
 * @audience: who will read it
 * @number: a number, in any form and be it wrong
 *
 * Masks a number, one star for each character. On screen a resident ID keeps its first three and
 * last four characters (`331***********0010`), a bank card the first and last four, a mobile
 * number the first three and last four. For the public a resident ID keeps its first two and last
 * two (`33**************10`), a bank card its last four, a mobile number the first three and last
 * two. A credit code is public and stays as it is. The shorter number of another paper, as a
 * passport, keeps its first and last three on screen (`E*****678`), its first and last for the
 * public.
 *
 * Returns: (transfer full): the masked number
 */
char *
shy_identity_mask (ShyIdentityKind      kind,
                   ShyIdentityAudience  audience,
                   const char          *number)
{
  g_autofree char *kept = NULL;
  glong            length;

  g_return_val_if_fail (number != NULL && kind < G_N_ELEMENTS (shown), NULL);
  g_return_val_if_fail (audience <= SHY_IDENTITY_AUDIENCE_PUBLIC, NULL);

  kept = shy_identity_normalize (kind, number);
  length = g_utf8_strlen (kept, -1);
  if (kind == SHY_IDENTITY_KIND_RESIDENT_ID && length >= SHORT_LEAST && length <= SHORT_MOST)
    return mask_middle (kept, shown_of_short[audience]);
  return mask_middle (kept, shown[kind][audience]);
}

static gboolean
has_double_surname (const char *name,
                    glong       length)
{
  for (guint i = 0; length > 2 && double_surnames[i] != NULL; i++)
    if (g_str_has_prefix (name, double_surnames[i]))
      return TRUE;
  return FALSE;
}

/**
 * shy_identity_mask_name:
 * @name: the name of a person
 *
 * Masks a name for the public: 张三 becomes 张*, 欧阳娜娜 becomes 欧阳**. Of a name that is not
 * Chinese the first letter stays; blanks and points between its parts do too.
 *
 * Returns: (transfer full): the masked name
 */
char *
shy_identity_mask_name (const char *name)
{
  g_autofree char *trimmed = NULL;
  GString         *masked;
  glong            keep;
  glong            i = 0;

  g_return_val_if_fail (name != NULL, NULL);

  trimmed = g_strstrip (g_utf8_make_valid (name, -1));
  keep = has_double_surname (trimmed, g_utf8_strlen (trimmed, -1)) ? 2 : 1;
  masked = g_string_new (NULL);
  for (const char *c = trimmed; *c != '\0'; c = g_utf8_next_char (c), i++)
    {
      gunichar character = g_utf8_get_char (c);

      if (i < keep || g_unichar_isspace (character) || character == 0xB7 || character == 0x2022)
        g_string_append_unichar (masked, character);
      else
        g_string_append_c (masked, '*');
    }
  /* A name of one character has nothing left to hide behind. */
  if (i == 1)
    g_string_assign (masked, "*");
  return g_string_free (masked, FALSE);
}
