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

/* A number in front of a header only counts the columns: "1.姓名", "3、证件号", "一、姓名". */
static const char *
skip_numbering (const char *text)
{
  static const char numerals[] = "一二三四五六七八九十";
  const char       *p = text;

  while (g_ascii_isdigit (*p))
    p++;
  if (p == text)
    for (guint i = 0; i < 2 && (guchar) *p >= 0x80; i++)
      {
        g_autofree char *one = g_strndup (p, g_utf8_next_char (p) - p);

        if (strstr (numerals, one) == NULL)
          break;
        p = g_utf8_next_char (p);
      }
  else if (p - text > 2)
    return text;
  if (p == text)
    return text;
  if (*p == '.' && !g_ascii_isdigit (p[1]) && p[1] != '\0')
    return p + 1;
  return g_str_has_prefix (p, "、") && p[strlen ("、")] != '\0' ? p + strlen ("、") : text;
}

/* ①姓名: folding makes an ordinary digit of the mark, so it is looked at before. */
static const char *
skip_circled (const char *text)
{
  const char *p = text;
  gunichar    c;

  while (g_ascii_isspace (*p))
    p++;
  c = g_utf8_get_char (p);
  return (c >= 0x2460 && c <= 0x2473) || (c >= 0x2776 && c <= 0x277f) ? g_utf8_next_char (p) : text;
}

static gboolean
is_latin (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr (" ./-_'", *text) == NULL)
      return FALSE;

  return TRUE;
}

/* Whether brackets hold a unit, or how or whether to fill the column in; anything else belongs to the
 * name, as in "姓名（配偶）" and "（不含补缴）". */
static gboolean
is_instruction (const char *text)
{
  static const char *const words[] = {
    "填", "如", "例", "格式", "yyyy", "请", "是/否", "选", "必录", "单位:", "年月日", "年/月/日", "年-月-日", "年.月.日",
    "年、月、日", "年月", "年/月", "精确", "位", "全称", "为准", "一致", "注明", "大写", "小写", "数字", "文本", "半角",
    "小数", "保留", "必须", "须", "公历", "阳历", "签字", "盖章", "勾", "√", "打钩", "限", "照片", "参照", "参考", "按",
    "写", "输入", "有/无", "有或无", "是或否", "男/女", "文字", "可多", "见", "下同",
    "/", "或",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;

  return *text == '\0' || is_latin (text) || shy_sheet_unit_is_known (text);
}

static void
append_brackets (GString    *reduced,
                 const char *inside)
{
  if (!is_instruction (inside))
    g_string_append_printf (reduced, "(%s)", inside);
}

/* "姓名 Name" and "姓名*必填" say more than the name. */
static void
cut_extras (GString *reduced)
{
  static const char *const marks[] = { "必填项", "必填", "选填", "必录" };
  gsize                    latin = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (reduced->len > strlen (marks[i]) && g_str_has_suffix (reduced->str, marks[i]))
      g_string_truncate (reduced, reduced->len - strlen (marks[i]));
    else if (reduced->len > strlen (marks[i]) && g_str_has_prefix (reduced->str, marks[i]))
      g_string_erase (reduced, 0, (gssize) strlen (marks[i]));

  while (latin < reduced->len && (g_ascii_isalpha (reduced->str[reduced->len - latin - 1]) ||
                                  strchr ("./-_'", reduced->str[reduced->len - latin - 1]) != NULL))
    latin++;
  if (latin > 2 && latin < reduced->len && (guchar) reduced->str[0] >= 0x80)
    g_string_truncate (reduced, reduced->len - latin);
}

char *
shy_header_reduce (const char *header)
{
  g_autofree char    *folded = shy_sheet_value_fold (skip_circled (header));
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
  cut_extras (reduced);
  return g_string_free (reduced, FALSE);
}

/* Cuts @ending off, unless nothing would be left. */
static gboolean
cut_ending (GString    *text,
            const char *ending)
{
  if (text->len <= strlen (ending) || !g_str_has_suffix (text->str, ending))
    return FALSE;
  g_string_truncate (text, text->len - strlen (ending));
  return TRUE;
}

/* Events begin and end; forms have many words for it, over and in columns. */
static const char *const beginnings[] = {
  "开始", "起始", "起算", "开始时", "起", "始", "自", "从", "由",
};
static const char *const ends[] = {
  "结束", "终止", "截止", "截至", "到期", "届满", "期满", "止", "终", "至", "到", "讫",
};

static gboolean
cut_any (GString           *text,
         const char *const *endings,
         gsize              n_endings)
{
  for (gsize i = 0; i < n_endings; i++)
    if (cut_ending (text, endings[i]))
      return TRUE;

  return FALSE;
}

/* The event that a header of dates names, written in one way: 劳动合同期限 over 起, 合同起始时间 and
 * 合同开始日 are 合同<. @reduced comes from shy_header_reduce(). */
char *
shy_header_name_event (const char *reduced)
{
  static const char *const days[] = { "年月日", "日期", "时间", "日" };
  static const char *const terms[] = {
    "起止日期", "起止时间", "起止年月", "起止", "有效期", "期限", "期间", "年限", "时间", "日期", "的",
  };
  GString    *event = g_string_new (reduced);
  const char *side = "";

  g_string_replace (event, "劳动合同", "合同", 0);
  g_string_replace (event, "聘用合同", "合同", 0);
  cut_any (event, days, G_N_ELEMENTS (days));
  if (cut_any (event, beginnings, G_N_ELEMENTS (beginnings)))
    side = "<";
  else if (cut_any (event, ends, G_N_ELEMENTS (ends)))
    side = ">";
  if (*side != '\0')
    cut_any (event, terms, G_N_ELEMENTS (terms));
  g_string_append (event, side);
  return g_string_free (event, FALSE);
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
